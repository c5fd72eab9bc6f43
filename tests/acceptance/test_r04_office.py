"""R04: the office says on a sheet of its own register who it is, and letters, lists and new complaints follow."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from office import Office, headers
from sheets import load

SHEET, STAFF = "Gegevens", "Medewerkers"
ADDRESS = {
    "Straat en huisnummer": "Lindelaan 12",
    "Postcode": "3512 AB",
    "Plaats": "Utrecht",
    "Telefoon": "030 123 45 67",
}


def rows_of(path: Path) -> dict[str, int]:
    """Give the row of each detail, by its name and part, the first of a name by its name alone."""
    sheet = load(path)[SHEET]
    found: dict[str, int] = {}
    for row in range(5, sheet.max_row + 1):
        found.setdefault(str(sheet.cell(row, 3).value), row)
    return found


def fill_in(path: Path, **details: str | None) -> None:
    book = load(path)
    for row in range(5, book[SHEET].max_row + 1):
        name = str(book[SHEET].cell(row, 3).value)
        if name in details:
            book[SHEET].cell(row, 4).value = details[name]
    book.save(path)


def shown(path: Path) -> dict[str, Any]:
    sheet = load(path)[SHEET]
    return {name: sheet.cell(row, 4).value for name, row in rows_of(path).items()}


def on_start(path: Path) -> list[str]:
    """Give what stands in the line below the title of the first sheet."""
    sheet = openpyxl.load_workbook(path, data_only=True, read_only=True)["Start"]
    (cells,) = sheet.iter_rows(min_row=2, max_row=2, values_only=True)
    return [str(cell) for cell in cells if cell]


def set_in_toml(root: Path, **keys: str) -> None:
    """Set keys of `[organisation]`."""
    file = root / "register.toml"
    text = file.read_text(encoding="utf-8")
    for key, value in keys.items():
        text = re.sub(rf"^#? ?{key} = .*$", f'{key} = "{value}"', text, count=1, flags=re.M)
    file.write_text(text, encoding="utf-8")


@pytest.fixture
def fresh(fresh_once: Callable[[str], Office], tmp_path: Path) -> Office:
    """Give a register in which nothing but the name of the organisation is filled in."""
    shutil.copytree(fresh_once("nl").root, tmp_path / "klachten")
    return Office(tmp_path / "klachten")


def test_r04_the_first_weekly_run_of_a_filled_in_register_makes_letters(fresh: Any, complaint: Any) -> None:
    assert 0 == fresh.run("sync").code
    to_do = on_start(fresh.workbook)
    assert "Eerst invullen op blad Gegevens: ‘Straat en huisnummer’, ‘Postcode’ en nog 3" in to_do, "No name is cut."
    fresh.type({"Code": "SV", "Naam": "Sanne de Vries"}, sheet=STAFF)
    fill_in(fresh.workbook, **ADDRESS, Klachtencoördinator="Sanne de Vries")
    fresh.type(complaint)
    weekly = fresh.run("weekly", "--on", "2026-11-09")
    assert 0 == weekly.code, weekly.json
    assert ["acknowledgement"] == [letter["kind"] for letter in weekly.json["letters"]["letters"]]
    assert "Sanne de Vries" == weekly.json["reminders"]["coordinator"]["name"]
    assert "Sanne de Vries" == fresh.complaints()[0]["handler"]
    to_do = on_start(fresh.workbook)
    assert not any("Eerst invullen" in text for text in to_do)


def test_r04_what_changes_in_register_toml_comes_to_stand_on_the_sheet_and_a_clash_is_told(fresh: Any) -> None:
    set_in_toml(fresh.root, phone="030 765 43 21", city="Zeist")
    fresh.run("sync")
    fresh.run("sync")
    assert ("030 765 43 21", "Zeist") == tuple(shown(fresh.workbook)[n] for n in ("Telefoon", "Plaats"))
    fill_in(fresh.workbook, Telefoon="030 111 11 11", Plaats="Bunnik")
    fresh.run("sync")
    set_in_toml(fresh.root, phone="030 222 22 22")
    for _ in range(2):
        result = fresh.run("sync")
        (told,) = [f for f in result.json["findings"] if f["code"] == "office_unlike"]
        assert ("030 222 22 22", "organisation.phone") == (told["value"], told["label"])
    assert ("030 111 11 11", "Bunnik") == tuple(shown(fresh.workbook)[n] for n in ("Telefoon", "Plaats"))
    set_in_toml(fresh.root, phone="030 111 11 11")
    assert [] == [f for f in fresh.run("sync").json["findings"] if f["code"] == "office_unlike"]
    fill_in(fresh.workbook, Plaats=None)
    assert 0 == fresh.run("sync").json["refused"].__len__()
    assert shown(fresh.workbook)["Plaats"] is None
    assert all(name for name in rows_of(fresh.workbook))


def test_r04_a_value_that_cannot_stand_there_is_told_at_its_cell_and_the_rest_is_taken(fresh: Any) -> None:
    fresh.run("sync")
    rows = rows_of(fresh.workbook)
    fill_in(
        fresh.workbook,
        **{"E-mail": "geen adres", "Logo": "../elders.png", "Plaats": "Doorn", "Vaste behandelaar": "Niemand"},
    )
    result = fresh.run("sync")
    told = {f["cell"]: f["code"] for f in result.json["findings"]}
    wanted = {"E-mail": "office_email", "Logo": "office_logo", "Vaste behandelaar": "unknown_person"}
    assert {f"D{rows[name]}": code for name, code in wanted.items()}.items() <= told.items()
    assert 1 == result.code
    details = {row["name"]: row["value"] for row in fresh.export()["office"]}
    assert ("Doorn", None, None) == tuple(details[n] for n in ("Plaats", "Logo", "Vaste behandelaar"))
    assert "geen adres" == shown(fresh.workbook)["E-mail"]


def test_r04_what_complaints_are_set_against_is_filled_in_on_the_sheet(fresh: Any, complaint: Any) -> None:
    """The row of a new year comes with its first sync."""
    january = date(2027, 1, 15)
    fresh.run("sync", on=january)
    volumes = {"Zet klachten af tegen": "inwoners", "Aantal in 2027": "jan 2.000", "Aantal in 2026": "veel"}
    fill_in(fresh.workbook, **volumes)
    fresh.type(complaint | {"Ontvangen op": date(2027, 1, 4)})
    told = fresh.run("sync", on=january).json["findings"]
    assert [("office_volume", "veel")] == [(f["code"], f["value"]) for f in told if f["code"].startswith("office")]
    report = fresh.run("report", "--period", "2027-01", on=date(2027, 2, 2)).json
    assert (2000, 0.5) == (report["figures"]["volume"], report["figures"]["per_thousand"])
    assert volumes.items() <= shown(fresh.workbook).items()


def test_r04_details_that_are_asked_from_now_on_come_in_the_order_of_a_new_sheet(fresh: Any, tmp_path: Path) -> None:
    """Another term profile asks for who else a complainant can go to: first the name, as on a sheet that is made anew."""
    fresh.run("sync")
    file = fresh.root / "register.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('profile = "eigen"', 'profile = "wkkgz"'), encoding="utf-8")
    before = list(ways_on(fresh.workbook))
    fresh.run("sync")
    come = ways_on(fresh.workbook)[len(before) :]
    assert 0 == fresh.run("workbook", "-o", str(tmp_path / "nieuw.xlsx")).code
    assert len(come) > 2
    assert [name for name in ways_on(tmp_path / "nieuw.xlsx") if name in come] == come


def ways_on(path: Path) -> list[str]:
    """Give the keys of the details of whom else one can go to, as they stand."""
    sheet = load(path)[SHEET]
    keys = (str(sheet.cell(row, 1).value) for row in range(5, sheet.max_row + 1))
    return [key for key in keys if key.startswith("EXTERNAL.")]


def test_r04_rows_of_the_sheet_keep_to_themselves(fresh: Any) -> None:
    """A row that is no detail is told, sorting does no harm, and a register mailed by another says nothing of the office."""
    fresh.run("sync")
    book = load(fresh.workbook)
    sheet = book[SHEET]
    last = sheet.max_row
    first, second = ([sheet.cell(row, c).value for c in range(1, 6)] for row in (5, 6))
    for row, cells in ((5, second), (6, first)):
        for column, value in enumerate(cells, 1):
            sheet.cell(row, column).value = value
    sheet.cell(last + 1, 4).value = "zomaar iets"
    book.save(fresh.workbook)
    result = fresh.run("sync")
    assert ["office_row"] == [f["code"] for f in result.json["findings"] if f["severity"] != "info"]
    before = {row["name"]: row["value"] for row in fresh.export()["office"]}
    mailed = fresh.root.parent / "gemaild.xlsx"
    shutil.copyfile(fresh.workbook, mailed)
    fill_in(mailed, Naam="Een heel ander kantoor")
    fresh.run("sync", str(mailed))
    assert before == {row["name"]: row["value"] for row in fresh.export()["office"]}
    other = fresh.root.parent / "noord.xlsx"
    assert 0 == fresh.run("workbook", "-o", str(other)).code
    assert "De Spaak BV" == shown(other)["Naam"]


def test_r04_a_register_without_the_sheet_goes_on_by_register_toml(fresh: Any) -> None:
    """A workbook built before there was such a sheet: nothing is gone, and the sheet comes with the next build."""
    book = openpyxl.load_workbook(fresh.workbook)
    del book[SHEET]
    book.save(fresh.workbook)
    set_in_toml(fresh.root, city="Zeist")
    result = fresh.run("sync")
    assert [] == [f["code"] for f in result.json["findings"] if f["severity"] == "error"]
    assert "Zeist" in {row["value"] for row in fresh.export()["office"]}
    assert 0 == fresh.run("workbook", "--replace").code
    assert "Zeist" == shown(fresh.workbook)["Plaats"]


def test_r04_an_office_keeps_its_details_when_it_moves_to_a_shared_store(fresh: Any, tmp_path: Path) -> None:
    fill_in(fresh.workbook, Plaats="Bunnik")
    fresh.run("sync", "--on", str(date(2026, 11, 9)))
    assert 0 == fresh.run("move", f"sqlite:///{tmp_path / 'gedeeld.db'}").code
    assert [] == fresh.run("sync").json["findings"]
    fill_in(fresh.workbook, Plaats="Odijk")
    fresh.run("sync")
    held = [row["value"] for row in fresh.export()["office"] if row["name"] == "Plaats"]
    assert ["Odijk"] == held


def test_r04_another_word_for_the_complainant_leaves_no_column_unread(fresh: Any, complaint: Any) -> None:
    """Headers come in the new word with the next build; until then those of before are read, whatever the word was."""
    told = []
    for word, phone in (("deelnemer", "030 111 22 33"), ("gast", "030 444 55 66"), ("huurder", "030 777 88 99")):
        fill_in(fresh.workbook, **{"Zo noemt u de klager": word})
        assert [] == fresh.run("sync").json["findings"]
        head = next(h for h in headers(load(fresh.workbook)["Register"]) if h.startswith("Gevolg voor de"))
        fresh.type(complaint | {"Naam": f"{word} Bos", "Telefoon": phone, head: f"Geen {word} kon erin."})
        assert 1 == fresh.run("sync").json["new"]
        told.append(head)
        if word != "gast":
            assert 0 == fresh.run("workbook", "--replace").code
    assert ["Gevolg voor de klant", *["Gevolg voor de deelnemer"] * 2] == told
    assert {f"Geen {word} kon erin." for word in ("deelnemer", "gast", "huurder")} == {
        c["consequence"] for c in fresh.complaints()
    }
