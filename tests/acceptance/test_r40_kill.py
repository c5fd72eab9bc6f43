"""R40: a weekly run that is killed at any moment loses nothing and does nothing twice; the next run finishes the work."""

from __future__ import annotations

import shutil
import time
from datetime import date
from pathlib import Path

import pytest
from killing import AFTER, BEFORE, SCRIPT, State, leftovers, state
from office import COMPLAINT, Office
from sheets import load

HANDLED = {**COMPLAINT, "Behandelaar": "Jeroen Bakker", "Ontvangen op": date(2026, 11, 16)}
JUDGED = {
    "Oordeel": "gegrond", "Oplossing": "excuses", "Wijze van afhandeling": "brief", "Beantwoord op": date(2026, 11, 19),
}  # fmt: skip
LATE = {
    "Ontvangen op": date(2026, 10, 5), "Bevestigd op": date(2026, 10, 6), "Oordeel": "gegrond", "Oplossing": "excuses",
}  # fmt: skip
"""Past its term and judged: only the answer must still go out."""
ROWS = [
    HANDLED,
    {**HANDLED, "Naam": "B. Bos", "Ernst": "zeer ernstig", **LATE},
    {**HANDLED, "Naam": "C. Smit", **JUDGED},
]
FORM = {
    "in_name": "T. Terpstra", "in_phone": "06 12345678", "in_category": "Product: levering",
    "in_description": "Twee weken te laat.", "in_received_on": date(2026, 11, 18), "in_channel": "aan de balie",
}  # fmt: skip

POINTS = {
    "before the copy of the store": ("registerkit.commands.weekly", "_backup_store", BEFORE),
    "after the run was noted": ("registerkit.commands.weekly", "_begin", AFTER),
    "before the sync's transaction commits": ("registerkit.pull.commit", "write_state", AFTER),
    "right after the sync's transaction": ("registerkit.pull.commit", "finish_outbox", BEFORE),
    "when the letters are staged": ("registerkit.commands.letters", "write_state", BEFORE),
    "before the letters' transaction commits": ("registerkit.commands.letters", "write_state", AFTER),
    "after the letters' transaction": ("registerkit.commands.letters", "finish_outbox", BEFORE),
    "between two letters put in place": ("registerkit.session.outbox", "_place", AFTER),
    "when the letters are in place": ("registerkit.session.outbox", "finish_entry", BEFORE),
    "between letters and reminders": ("registerkit.commands.weekly", "make_reminders", BEFORE),
    "between reminders and reports": ("registerkit.commands.weekly", "make_period_report", BEFORE),
    "with half a copy in the archive": ("registerkit.writeback.file.shutil", "copy2", AFTER),
    "with the new workbook still beside the old": ("registerkit.ooxml.editor", "rewrite", AFTER),
    "when the new workbook is in place": ("registerkit.push.write_back", "write_edits", AFTER),
    "before the form is moved": ("registerkit.commands.sync", "put_away", BEFORE),
    "before the run is noted as finished": ("registerkit.commands.weekly", "finish_run", BEFORE),
    "before the line in the log": ("registerkit.commands.weekly", "_log", BEFORE),
}
"""Where the run is killed: the owner and name of a function, and whether before or after its work."""
MORE = {
    "before the copy of the store", "after the run was noted", "before the letters' transaction commits",
    "when the letters are in place", "between letters and reminders", "before the line in the log",
    "after the letters' transaction", "between reminders and reports", "before the form is moved",
    "before the sync's transaction commits", "with half a copy in the archive", "between two letters put in place",
    "before the run is noted as finished", "when the new workbook is in place",
}  # fmt: skip
"""Points that lie so near another that only the long run looks at them."""


@pytest.fixture(scope="module")
def waiting(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an office on Friday morning: three complaints typed, one form in the inbox, nothing done yet."""
    root = tmp_path_factory.mktemp("vrijdag") / "klachten"
    shutil.copytree(made_once, root)
    office = Office(root)
    office.type(*ROWS)
    form = root / "postvak-in" / "balie.xlsx"
    shutil.copyfile(root / "klachtenformulier.xlsx", form)
    book = load(form)
    for name, value in FORM.items():
        sheet, cell = next(iter(book.defined_names[name].destinations))
        book[sheet][cell.replace("$", "").split(":")[0]] = value
    book.save(form)
    return root


@pytest.fixture(scope="module")
def undisturbed(waiting: Path, tmp_path_factory: pytest.TempPathFactory) -> State:
    """Give how it stands after a run that nobody killed."""
    root = tmp_path_factory.mktemp("rustig") / "klachten"
    shutil.copytree(waiting, root)
    office = Office(root)
    assert office.run("weekly").code == 1  # The form names no handler, so its letter is held back.
    return state(office)


def test_r40_the_undisturbed_run_did_all_there_is_to_do(undisturbed: State) -> None:
    """What the killed runs are compared with is worth comparing with."""
    assert 4 == len(undisturbed.document["complaints"])
    letters = [(x["complaint"], x["kind"]) for x in undisturbed.document["letters"]]
    expected = {"K-2026-0001": "ontvangstbevestiging", "K-2026-0002": "afsluiting gegrond", "K-2026-0003": "afsluiting gegrond"}  # fmt: skip
    assert expected == dict(letters)
    assert "postvak-in/verwerkt/K-2026-0026 balie.xlsx" in undisturbed.files
    assert "uitvoer/2026-W47/signalen/zeer ernstig K-2026-0002.eml" in undisturbed.files
    assert (4, 3) == (len(undisturbed.rows["Register"]), len(undisturbed.rows["Brieven"]))


@pytest.mark.parametrize(
    "point", [pytest.param(point, marks=[pytest.mark.slow] if point in MORE else []) for point in POINTS]
)
def test_r40_a_killed_run_is_finished_by_the_next(
    waiting: Path, undisturbed: State, tmp_path: Path, point: str
) -> None:
    """Store and workbook open right after the kill; the next run ends in the same state as one without a kill."""
    owner, name, body = POINTS[point]
    office = Office(tmp_path / "klachten")
    shutil.copytree(waiting, office.root)
    killed = office.process("weekly", script=SCRIPT.format(owner=owner, name=name, body=body))
    assert killed.returncode not in (0, 1, 2, 3), killed.stderr
    assert "Traceback" not in killed.stderr
    book = load(office.workbook)
    assert book.sheetnames
    assert 0 == office.run("find", "Jansen").code
    if "archive" in point:
        time.sleep(1.1)  # A run in the same second would use the same names.
    result = office.run("weekly")
    assert 1 == result.code, result.text
    after = state(office)
    assert undisturbed.document == after.document
    assert undisturbed.files == after.files
    assert undisturbed.rows == after.rows
    assert undisturbed.history == after.history
    assert [] == list(leftovers(office.root))
    again = office.run("weekly").json
    assert ([], []) == (again["letters"]["letters"], again["sync"]["written_back"])


def test_r40_what_is_typed_after_a_killed_run_is_taken_in_too(waiting: Path, tmp_path: Path) -> None:
    """The store has the rows and the workbook does not show it yet; an edit made meanwhile is an edit, not a conflict."""
    owner, name, body = POINTS["with the new workbook still beside the old"]
    office = Office(tmp_path / "klachten")
    shutil.copytree(waiting, office.root)
    assert office.process("weekly", script=SCRIPT.format(owner=owner, name=name, body=body)).returncode != 0
    office.change(5, {"Omschrijving": "De fiets kwam te laat.", "Ordernummer": "A-1"})
    result = office.run("weekly").json["sync"]
    assert (0, 1, []) == (result["new"], result["changed"], result["conflicts"])
    shown = office.rows()[5]
    assert ("De fiets kwam te laat.", "A-1") == (shown["Omschrijving"], shown["Ordernummer"])
    assert 4 == len(office.complaints())
