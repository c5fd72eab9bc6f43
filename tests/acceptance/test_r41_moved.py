"""R41: rows that people move to a sheet of their own, and copies of a sheet that lie in the file."""

from __future__ import annotations

from copy import copy
from pathlib import Path

import openpyxl
import pytest
from office import COMPLAINT, Office, header_row, headers
from openpyxl.worksheet.table import Table
from sheets import load

NAMES = ("J. Jansen", "P. Pieters", "K. Klaassen")
STORIES = ("De fiets is niet geleverd.", "De rekening klopt niet.", "Er nam niemand op.")


@pytest.fixture
def filled(office: Office) -> Office:
    """Give an office whose register shows three complaints."""
    rows = [{**COMPLAINT, "Naam": name, "Omschrijving": story} for name, story in zip(NAMES, STORIES, strict=True)]
    office.type(*rows)
    assert 0 == office.run("sync").code
    return office


def copy_sheet(path: Path, name: str, only: str | None = None) -> None:
    """Copy the register's sheet, headings and all, as cells without a table; with `only` just that complaint, cut."""
    book = openpyxl.load_workbook(path)
    register = book["Register"]
    top, columns = header_row(register), headers(register)
    sheet = book.create_sheet(name)
    sheet.append([cell.value for cell in register[top]])
    for row in range(top + 1, register.max_row + 1):
        if only is None or register.cell(row, columns["Naam"]).value == only:
            sheet.append([copy(cell.value) for cell in register[row]])
            if only is not None:
                for cell in register[row]:
                    cell.value = None
    book.save(path)


def cell_of(office: Office, sheet: str, name: str, header: str) -> tuple[int, int]:
    """Give the row and column of a complaint's cell on a copied sheet."""
    book = load(office.workbook)
    heads = {str(cell.value): cell.column for cell in book[sheet][1]}
    row = next(r for r in range(2, book[sheet].max_row + 1) if book[sheet].cell(r, heads["Naam"]).value == name)
    return row, heads[header]


def put(office: Office, sheet: str, place: tuple[int, int], value: object) -> None:
    book = load(office.workbook)
    book[sheet].cell(*place).value = value
    book.save(office.workbook)


def shown(office: Office, sheet: str, place: tuple[int, int]) -> object:
    book = load(office.workbook)
    return book[sheet].cell(*place).value


def test_r41_a_row_that_was_moved_to_a_sheet_of_its_own_is_read_there(filled: Office) -> None:
    """It is not gone, is not put back in the register, and what is changed there comes in."""
    copy_sheet(filled.workbook, "Afgehandeld", only="P. Pieters")
    outcome = filled.run("sync")
    assert [] == outcome.json["missing"]
    assert 3 == outcome.json["sources"][0]["rows"]
    assert {"J. Jansen", "K. Klaassen"} == {row["Naam"] for row in filled.rows().values()}
    put(filled, "Afgehandeld", cell_of(filled, "Afgehandeld", "P. Pieters", "Telefoon"), "030 765 43 21")
    assert 1 == filled.run("sync").json["changed"]
    assert "030 765 4321" in [c["phone"] for c in filled.complaints()]


def test_r41_a_moved_row_shows_what_the_store_holds(filled: Office) -> None:
    """What another file changes is written on the sheet where the row stands now."""
    copy_sheet(filled.workbook, "Afgehandeld", only="P. Pieters")
    filled.run("sync")
    other = filled.root / "kopie.xlsx"
    other.write_bytes(filled.workbook.read_bytes())
    place = cell_of(filled, "Afgehandeld", "P. Pieters", "Woonplaats")
    book = load(other)
    book["Afgehandeld"].cell(*place).value = "Zeist"
    book.save(other)
    assert 1 == filled.run("sync", str(other)).json["changed"]
    filled.run("sync")
    assert "Zeist" == shown(filled, "Afgehandeld", place)


def test_r41_a_copy_of_the_sheet_brings_nothing_old_back(filled: Office) -> None:
    """The rows of a copy are counted in one finding, and what is changed in the register stays changed."""
    copy_sheet(filled.workbook, "Register (2)")
    row = next(row for row, cells in filled.rows().items() if cells["Naam"] == "J. Jansen")
    filled.change(row, {"Woonplaats": "Zeist"})
    outcome = filled.run("sync")
    assert 1 == outcome.json["changed"]
    assert [("copied_rows", "3")] == [(f["code"], f["value"]) for f in outcome.json["findings"]]
    assert [] == outcome.json["missing"] + outcome.json["conflicts"] + outcome.json["refused"]
    assert {"Zeist", "Utrecht"} == {c["city"] for c in filled.complaints()}


def test_r41_a_copied_sheet_that_stands_first_is_still_the_copy(filled: Office) -> None:
    """Excel gives the table of a copied sheet a name of its own, wherever the sheet is put."""
    copy_sheet(filled.workbook, "Register (2)")
    book = openpyxl.load_workbook(filled.workbook)
    sheet = book["Register (2)"]
    book.move_sheet(sheet, -len(book.sheetnames))
    sheet.add_table(Table(displayName="Klachten_2", ref=f"A1:{sheet.cell(sheet.max_row, sheet.max_column).coordinate}"))
    book.save(filled.workbook)
    row = next(row for row, cells in filled.rows().items() if cells["Naam"] == "J. Jansen")
    filled.change(row, {"Woonplaats": "Zeist"})
    outcome = filled.run("sync")
    assert 1 == outcome.json["changed"]
    assert [("copied_rows", "Register (2)")] == [(f["code"], f["sheet"]) for f in outcome.json["findings"]]


def test_r41_an_old_copy_is_no_place_a_row_was_moved_to(filled: Office) -> None:
    """A row that was deleted in the register and changed since the copy is gone; its copy does not undo the change."""
    copy_sheet(filled.workbook, "Register (2)")
    row = next(row for row, cells in filled.rows().items() if cells["Naam"] == "J. Jansen")
    filled.change(row, {"Woonplaats": "Zeist"})
    filled.run("sync")
    book = load(filled.workbook)
    for cell in book["Register"][row]:
        cell.value = None
    book.save(filled.workbook)
    outcome = filled.run("sync")
    assert 1 == len(outcome.json["missing"])
    assert "Zeist" in [c["city"] for c in filled.complaints()]


def test_r41_a_row_typed_on_a_further_sheet_is_registered_there(filled: Office) -> None:
    """It gets its number in the row where it stands."""
    copy_sheet(filled.workbook, "Afgehandeld", only="P. Pieters")
    book = load(filled.workbook)
    sheet = book["Afgehandeld"]
    heads = {str(cell.value): cell.column for cell in sheet[1]}
    for header, value in {**COMPLAINT, "Naam": "R. Roos", "Omschrijving": "De bel ontbreekt."}.items():
        sheet.cell(3, heads[header]).value = value
    book.save(filled.workbook)
    outcome = filled.run("sync")
    assert 1 == outcome.json["new"]
    assigned = outcome.json["assigned"][0]
    assert ("Afgehandeld", 3) == (assigned["sheet"], assigned["row"])
    assert assigned["number"] == shown(filled, "Afgehandeld", (3, heads["Klachtnummer"]))
    assert 4 == len(filled.complaints())
    assert {"new": 0, "changed": 0} == {k: filled.run("sync").json[k] for k in ("new", "changed")}


def test_r41_a_number_changed_into_one_that_stands_ready_makes_no_second_complaint(filled: Office) -> None:
    """The row is still its complaint: it is told, and mended by putting the number back."""
    row = next(row for row, cells in filled.rows().items() if cells["Naam"] == "J. Jansen")
    filled.change(row, {"Klachtnummer": "K-2026-0012"})
    outcome = filled.run("sync")
    assert (1, 0, []) == (outcome.code, outcome.json["new"], outcome.json["missing"])
    told = [(f["code"], f["value"]) for f in outcome.json["findings"] if f["severity"] == "error"]
    assert [("number_changed", "K-2026-0012")] == told
    assert 3 == len(filled.complaints())
    filled.change(row, {"Klachtnummer": "K-2026-0001", "Woonplaats": "Zeist"})
    assert (0, 1) == ((again := filled.run("sync")).code, again.json["changed"])


def test_r41_a_copied_row_that_stands_first_does_not_take_the_number(filled: Office) -> None:
    """The row that says what its complaint said keeps it, wherever it stands; the other is told."""
    rows = filled.rows()
    first = next(row for row, cells in rows.items() if cells["Naam"] == "J. Jansen")
    second = next(row for row, cells in rows.items() if cells["Naam"] == "P. Pieters")
    original = {h: v for h, v in rows[second].items() if h in (*COMPLAINT, "Klachtnummer")}
    filled.change(
        first, {**original, "Naam": "K. Kopie", "Omschrijving": "Iets anders.", "E-mail": "k@voorbeeld.example"}
    )
    outcome = filled.run("sync")
    assert ["P. Pieters"] == [c["name"] for c in filled.complaints() if c["number"] == "K-2026-0002"]
    told = [(f["code"], f["row"]) for f in outcome.json["findings"] if f["severity"] == "error"]
    assert [("duplicate_key", first)] == told


def test_r41_a_register_without_its_sheet_of_complaints_says_so_until_it_is_built_anew(filled: Office) -> None:
    book = openpyxl.load_workbook(filled.workbook)
    del book["Register"]
    book.save(filled.workbook)
    for _ in range(2):
        outcome = filled.run("sync")
        assert (outcome.code, [f["code"] for f in outcome.json["findings"]]) == (1, ["register_sheet_gone"])
    assert filled.run("workbook", "--replace").code in (0, 1)
    assert (filled.run("sync").code, len(filled.rows())) == (0, len(filled.complaints()))


def test_r41_rows_far_below_the_table_are_told(filled: Office) -> None:
    """They are not read, for nobody can tell what they are, and the file says so until they are moved."""
    book = load(filled.workbook)
    sheet, columns = book["Register"], headers(book["Register"])
    for header, value in COMPLAINT.items():
        sheet.cell(230, columns[header]).value = value
    book.save(filled.workbook)
    outcome = filled.run("check", str(filled.workbook))
    assert [("rows_far_below", 230)] == [(f["code"], f["row"]) for f in outcome.json["findings"]]
    assert 1 == filled.run("sync").code


@pytest.mark.parametrize("words", [("workbook", "-o"), ("form", "-o"), ("export",)])
def test_r41_a_folder_that_is_not_there_is_told(office: Office, words: tuple[str, ...]) -> None:
    """Nothing is made, and no number is used up."""
    result = office.run(*words, str(office.root / "nergens" / "x.xlsx"))
    assert (3, "missing_file.folder") == (result.code, result.json["error"]["code"])


def clear_numbers(office: Office, sheet: str, header: str) -> None:
    """Clear a column of numbers, as who selects it and presses Delete."""
    book = load(office.workbook)
    columns, top = headers(book[sheet]), header_row(book[sheet])
    for row in range(top + 1, top + 30):
        book[sheet].cell(row, columns[header]).value = None
    book.save(office.workbook)


def test_r41_rows_whose_numbers_were_cleared_are_their_complaints_still(filled: Office) -> None:
    """The numbers come back where they stood, and what was typed beside is taken; a new row is new."""
    day = COMPLAINT["Ontvangen op"]
    filled.type({"Klachtnummer": "K-2026-0001", "Datum": day, "Inhoud": "Gebeld."}, sheet="Contactmomenten")
    filled.run("sync")
    before, numbers = filled.export(), {row: cells["Klachtnummer"] for row, cells in filled.rows().items()}
    first = min(numbers)
    clear_numbers(filled, "Register", "Klachtnummer")
    filled.change(first, {"Woonplaats": "Zeist"})
    filled.type({**COMPLAINT, "Naam": "N. Nieuw", "Omschrijving": "De bel doet het niet."})
    result = filled.run("sync").json
    assert (1, 1, []) == (result["new"], result["changed"], result["missing"])
    assert [("numbers_back", "K-2026-0001, K-2026-0002, K-2026-0003")] == [
        (f["code"], f["value"]) for f in result["findings"]
    ]
    after = filled.rows()
    assert numbers == {row: cells["Klachtnummer"] for row, cells in after.items() if row in numbers}
    assert before["contacts"] == filled.export()["contacts"]
    assert (0, 0, []) == tuple(filled.run("sync").json[k] for k in ("new", "changed", "findings"))


def test_r41_a_column_of_numbers_that_was_deleted_is_told_until_it_is_back(filled: Office) -> None:
    """No complaint is registered a second time, and a new workbook has the numbers again."""

    def name(header: str) -> None:
        book = load(filled.workbook)
        book["Register"].cell(header_row(book["Register"]), column).value = header
        book.save(filled.workbook)

    column = headers(load(filled.workbook)["Register"])["Klachtnummer"]
    clear_numbers(filled, "Register", "Klachtnummer")
    name("Nr.")
    for _ in range(2):
        result = filled.run("sync").json
        assert (0, 0, []) == tuple(result[k] for k in ("new", "changed", "missing"))
        assert ("number_column_gone", "error") in {(f["code"], f["severity"]) for f in result["findings"]}
    filled.run("workbook", "--replace")
    assert set(NAMES) == {cells["Naam"] for cells in filled.rows().values()}
    assert (0, 0, []) == tuple(filled.run("sync").json[k] for k in ("new", "changed", "findings"))
