"""R41: what was decided about a register stays: what is left out, who left, which settings it is kept by."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from office import Office, header_row, headers
from sheets import load


def test_r41_what_was_left_out_stays_out_of_a_new_workbook(office: Any, complaint: Any) -> None:
    rows = office.type(
        complaint, complaint | {"Naam": "Piet Kok", "Telefoon": "020 111 22 33", "Omschrijving": "Ander."}
    )
    office.run("sync")
    book = load(office.workbook)
    sheet = book["Register"]
    for column in range(1, sheet.max_column + 1):
        sheet.cell(rows[0], column).value = None
    book.save(office.workbook)
    assert 1 == len(office.run("sync").json["missing"])
    book = load(office.workbook)
    sheet = book["Aandachtspunten"]
    lines = list(sheet.iter_rows(values_only=True))
    top = next(n for n, line in enumerate(lines) if "Kies" in line)
    sheet.cell(top + 2, lines[top].index("Kies") + 1).value = "weglaten"
    book.save(office.workbook)
    office.run("sync")
    assert 0 == office.run("workbook", "--replace").code
    assert ["Piet Kok"] == [row["Naam"] for row in office.rows().values()]
    result = office.run("sync")
    assert (0, [], []) == (result.code, result.json["missing"], result.json["findings"])
    assert ["Piet Kok"] == [row["Naam"] for row in office.rows().values()]
    assert 2 == len(office.complaints())


def test_r41_an_empty_workbook_never_takes_the_place_of_a_filled_one(
    office: Any, complaint: Any, tmp_path: Path
) -> None:
    other = Office(tmp_path / "ander")
    other.init()
    other.type(complaint)
    other.run("sync")
    shutil.copyfile(other.workbook, office.workbook)
    before = office.workbook.read_bytes()
    result = office.run("workbook", "--replace")
    assert (3, "write_refused.would_empty") == (result.code, result.json["error"]["code"])
    assert before == office.workbook.read_bytes()


def test_r41_a_new_workbook_says_what_it_left_behind(office: Any, complaint: Any) -> None:
    office.type(complaint)
    office.run("sync")
    book = load(office.workbook)
    register = book["Register"]
    register.cell(header_row(register) + 1, max(headers(register).values()) + 1).value = "Kleur van de map"
    book.save(office.workbook)
    (told,) = office.run("workbook", "--replace").json["findings"]
    assert ("left_behind", True) == (told["code"], "Register" in told["message"])
    assert "archief/klachtenregister." in told["fix"]


def test_r23_who_left_hears_nothing_more_and_is_not_forgotten(office: Any, complaint: Any) -> None:
    office.type(complaint | {"Behandelaar": "Jeroen Bakker"})
    office.run("sync")
    staff = {row["Naam"]: n for n, row in office.rows("Medewerkers").items()}
    office.change(staff["Jeroen Bakker"], {"Uit dienst op": date(2026, 11, 1)}, sheet="Medewerkers")
    assert 0 == office.run("sync").code
    digests = office.run("reminders", on=date(2026, 12, 10)).json
    assert "Jeroen Bakker" not in [d["name"] for d in digests["handlers"]]
    assert ["K-2026-0001"] == [*digests["coordinator"]["overdue"], *digests["coordinator"]["due_soon"]]
    office.run("workbook", "--replace")
    left = {row["Naam"]: row["Uit dienst op"] for row in office.rows("Medewerkers").values()}
    assert date(2026, 11, 1) == left["Jeroen Bakker"].date()
    assert "Jeroen Bakker" == office.export()["complaints"][0]["handler"] or office.rows()


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ("", "settings.empty", None),
        ("# alleen uitleg\n\n", "settings.empty", None),
        ('[register]\nlanguage = "nl"\nprefix = "K\n', "settings.syntax", 3),
        ('[organisation]\nname = "De Spaak BV"\n', "settings.lost_key", None),
    ],
    ids=["emptied", "remarks only", "half a line", "half the file"],
)
def test_r41_settings_that_lost_something_are_told_before_anything_is_written(
    tmp_path: Path, text: str, code: str, where: int | None
) -> None:
    office = Office(tmp_path / "klachten")
    office.init()
    settings = office.root / "register.toml"
    told = settings.read_text(encoding="utf-8").replace('prefix = "K"', 'prefix = "KL"')
    settings.write_text(told, encoding="utf-8")
    assert 0 == office.run("sync").code
    settings.write_text(text, encoding="utf-8")
    before = {p: p.read_bytes() for p in office.root.rglob("*.*") if p.is_file()}
    for command in ("sync", "weekly"):
        result = office.run(command)
        assert (3, code) == (result.code, result.json["error"]["code"])
        assert where is None or where == result.json["error"]["line"]
    assert before == {p: p.read_bytes() for p in before}


def test_r41_another_register_s_definition_beside_the_store_is_refused(office: Any) -> None:
    own = Path(__file__).parents[1] / "definitions" / "incidents.toml"
    shutil.copyfile(own, office.root / own.name)
    settings = office.root / "register.toml"
    told = settings.read_text(encoding="utf-8").replace("[register]\n", f'[register]\ndefinition = "{own.name}"\n', 1)
    settings.write_text(told, encoding="utf-8")
    before = (office.root / "register.db").read_bytes()
    result = office.run("sync")
    assert (3, "store.other_definition") == (result.code, result.json["error"]["code"])
    assert before == (office.root / "register.db").read_bytes()


@pytest.mark.parametrize("was_there", [True, False])
def test_r41_a_project_that_could_not_be_made_leaves_nothing(tmp_path: Path, was_there: bool) -> None:
    folder, broken = tmp_path / "nieuw", tmp_path / "kapot.toml"
    broken.write_text("[register\n", encoding="utf-8")
    if was_there:
        folder.mkdir()
        (folder / "brief.txt").write_text("van iemand", encoding="utf-8")
    result = Office(folder).run("init", str(folder), "--definition", str(broken))
    assert 3 == result.code
    assert (["brief.txt"] if was_there else []) == [p.name for p in folder.rglob("*")]
    assert was_there == folder.exists()
