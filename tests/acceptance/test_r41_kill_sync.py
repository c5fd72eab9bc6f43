"""R41: a sync of several files that is killed at any step is finished by the next: nothing lost, twice or half."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from killing import AFTER, BEFORE, SCRIPT, State, leftovers, state
from office import COMPLAINT, Office
from sheets import load

SOURCE = '\n[[sources]]\npath = "noord.xlsx"\nprefix = "N"\n'

POINTS = {
    "when one file has been merged": ("registerkit.pull.merge._Run", "_collect", AFTER),
    "before the transaction": ("registerkit.pull.merge", "commit_merged", BEFORE),
    "when the records are written": ("registerkit.pull.commit", "write_state", AFTER),
    "when one file's bookkeeping is written": ("registerkit.pull.commit", "keep_source", AFTER),
    "right after the transaction": ("registerkit.pull.commit", "finish_outbox", BEFORE),
    "before numbers are laid ready": ("registerkit.push.write_back", "reserve", BEFORE),
    "before the first file is written": ("registerkit.push.write_back", "write_edits", BEFORE),
    "with half a copy in the archive": ("registerkit.writeback.file.shutil", "copy2", AFTER),
    "with the new workbook still beside the old": ("registerkit.ooxml.editor", "rewrite", AFTER),
    "when the first file is in place": ("registerkit.push.write_back", "write_edits", AFTER),
    "between two files": ("registerkit.push.write_back._Writer", "write", AFTER),
    "before the form is moved": ("registerkit.commands.sync", "put_away", BEFORE),
    "when the form is moved": ("registerkit.commands.sync", "put_away", AFTER),
}
"""Every step of a sync that puts something down: the owner and name of a function, and before or after its work."""
MORE = {
    "before numbers are laid ready",
    "right after the transaction",
    "before the transaction",
    "before the first file is written",
    "between two files",
    "before the form is moved",
    "with half a copy in the archive",
    "when one file's bookkeeping is written",
    "when one file has been merged",
}
"""Points that lie so near another that only the long run looks at them."""


@pytest.fixture(scope="module")
def waiting(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an office whose two registers say different things, with a new row in each, a list entry and a form."""
    root = tmp_path_factory.mktemp("vrijdag") / "klachten"
    shutil.copytree(made_once, root)
    office = Office(root)
    office.type(
        COMPLAINT,
        {**COMPLAINT, "Naam": "B. Bos", "E-mail": "bos@voorbeeld.example", "Omschrijving": "De rekening klopt niet."},
    )
    assert office.run("sync").code == 0
    office.settings(SOURCE)
    other = root / "noord.xlsx"
    shutil.copyfile(office.workbook, other)
    office.change(5, {"Ernst": "ernstig", "Woonplaats": "Zeist"})
    office.change(5, {"Ernst": "licht", "Telefoon": "030 765 43 21"}, path=other)
    office.change(6, {"Ernst": "heel erg"}, path=other)
    for path, (name, told) in {
        office.workbook: ("Klaassen", "Er nam niemand op."),
        other: ("Roos", "Te duur."),
    }.items():
        email = f"{name.lower()}@voorbeeld.example"
        office.type({**COMPLAINT, "Naam": name, "E-mail": email, "Telefoon": None, "Omschrijving": told}, path=path)
    form = root / "postvak-in" / "balie.xlsx"
    shutil.copyfile(root / "klachtenformulier.xlsx", form)
    fill(form, {"in_name": "T. Terpstra", "in_phone": "06 12345678", "in_category": "Product: levering", "in_description": "Te laat.", "in_channel": "aan de balie", "in_received_on": date(2026, 11, 18)})  # fmt: skip
    return root


def fill(form: Path, values: dict[str, Any]) -> None:
    book = load(form)
    for name, value in values.items():
        sheet, cell = next(iter(book.defined_names[name].destinations))
        book[sheet][cell.replace("$", "").split(":")[0]] = value
    book.save(form)


def ended(office: Office) -> tuple[State, dict[str, Any]]:
    """Give how the project stands, and what its other register shows."""
    shown = {sheet: office.rows(sheet, office.root / "noord.xlsx") for sheet in ("Register", "Aandachtspunten")}
    return state(office), shown


@pytest.fixture(scope="module")
def undisturbed(waiting: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[State, dict[str, Any]]:
    """Give how it stands after a sync that nobody killed."""
    office = Office(tmp_path_factory.mktemp("rustig") / "klachten")
    shutil.copytree(waiting, office.root)
    assert office.run("sync").code == 1
    return ended(office)


def test_r41_the_undisturbed_sync_did_all_there_is_to_do(undisturbed: tuple[State, dict[str, Any]]) -> None:
    """What the killed syncs are compared with is worth comparing with."""
    stood, shown = undisturbed
    assert 5 == len(stood.document["complaints"]) == len(stood.rows["Register"]) == len(shown["Register"])
    assert {"Conflict", "Fout"} <= {row["Wat"] for row in shown["Aandachtspunten"].values()}
    assert "postvak-in/balie.xlsx" not in stood.files


@pytest.mark.parametrize(
    "point", [pytest.param(point, marks=[pytest.mark.slow] if point in MORE else []) for point in POINTS]
)
def test_r41_a_killed_sync_is_finished_by_the_next(
    waiting: Path, undisturbed: tuple[State, dict[str, Any]], tmp_path: Path, point: str
) -> None:
    """Both registers open right after the kill; the next sync ends as one without a kill, and a third does nothing."""
    owner, name, body = POINTS[point]
    office = Office(tmp_path / "klachten")
    shutil.copytree(waiting, office.root)
    killed = office.process("sync", script=SCRIPT.format(owner=owner, name=name, body=body))
    assert killed.returncode not in (0, 1, 2, 3), killed.stderr
    assert "Traceback" not in killed.stderr
    for path in (office.workbook, office.root / "noord.xlsx"):
        assert load(path).sheetnames
    office.run("sync")
    assert undisturbed == ended(office)
    assert [] == list(leftovers(office.root))
    again = office.run("sync").json
    assert (0, 0, [], []) == (again["new"], again["changed"], again["conflicts"], again["written_back"])
