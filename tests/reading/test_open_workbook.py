"""Tables are found by their headers wherever people move them, and the cells come as they stand.

The workbooks are made with openpyxl, never with our own code.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.styles import Font
from openpyxl.worksheet.table import Table as ExcelTable
from openpyxl.worksheet.worksheet import Worksheet
from stage_samples import DEFINITION, INCIDENTS, LOOKUPS

from registerkit.errors import (
    DamagedFileError,
    EmptyFileError,
    EncryptedFileError,
    FileError,
    MissingFileError,
    NoRegisterTableError,
    NotAWorkbookError,
    UnsupportedFileError,
)
from registerkit.reading import RawTable, open_workbook, parse_table
from registerkit.reading.error_cells import find_marks

HEADERS = [f.labels["nl"] for f in INCIDENTS.main.fields if f.id != "anonymised_on"]
ROW = ["K-2026-001", date(2026, 11, 2), "Hal", "val", 1, "Uitgegleden.", None, 12.5, "nee", "nieuw", None]
Edit = Callable[[Worksheet], None]


def save(tmp_path: Path, *rows: list[Any], at: str = "A1", table: str | None = "Incidenten", name: str = "f.xlsx",
         sheet: str = "Incidenten", headers: list[str] = HEADERS, edit: Edit | None = None,
         last: int | None = None) -> Path:  # fmt: skip
    """Save a workbook with one table; `last` is the last row of the Excel table when not the last filled one."""
    book = openpyxl.Workbook()
    target = book.active
    assert isinstance(target, Worksheet)
    target.title = sheet
    first = target[at]
    for r, row in enumerate([headers, *rows]):
        for c, value in enumerate(row):
            target.cell(first.row + r, first.column + c).value = value
    if table:
        end = target.cell(last or first.row + max(1, len(rows)), first.column + len(headers) - 1)
        target.add_table(ExcelTable(displayName=table, ref=f"{at}:{end.coordinate}"))
    if edit:
        edit(target)
    book.save(tmp_path / name)
    return tmp_path / name


def incidents(path: Path) -> RawTable:
    return open_workbook(path, INCIDENTS).tables["incidents"]


def values(raw: RawTable) -> list[dict[str, Any]]:
    return [{f: cells[c] for f, c in raw.columns.items() if cells[c] != ""} for _, cells in raw.rows]


EXPECTED = {
    "number": "K-2026-001", "received_on": datetime(2026, 11, 2), "place": "Hal", "category": "val",
    "people_hurt": 1.0, "description": "Uitgegleden.", "damage": 12.5, "police": "nee", "status": "nieuw",
}  # fmt: skip


def plain(found: dict[str, Any]) -> dict[str, Any]:
    """Days may come as a date or as a moment."""
    return {f: datetime(v.year, v.month, v.day) if isinstance(v, date) else v for f, v in found.items()}


@pytest.mark.parametrize(
    ("given", "row"),
    [
        ({}, 2),
        ({"at": "C5"}, 6),
        ({"table": None}, 2),
        ({"table": None, "at": "B8"}, 9),
        ({"table": "Tabel1"}, 2),
        ({"sheet": "Blad met 'andere' naam & zo"}, 2),
        ({"headers": [h.upper() + " *" for h in HEADERS]}, 2),
        ({"headers": [f.labels["en"] for f in INCIDENTS.main.fields]}, 2),
    ],
    ids=str,
)
def test_a_table_is_found_wherever_it_lies(tmp_path: Path, given: dict[str, Any], row: int) -> None:
    raw = incidents(save(tmp_path, ROW, **given))
    assert [plain(v) for v in values(raw)] == [EXPECTED]
    assert [n for n, _ in raw.rows] == [row]


def test_columns_may_be_reordered_hidden_and_added(tmp_path: Path) -> None:
    headers = ["Eigen kolom", *reversed(HEADERS), "Nog een"]

    def hide(sheet: Worksheet) -> None:
        sheet.column_dimensions["C"].hidden = True
        sheet.row_dimensions[2].hidden = True

    raw = incidents(save(tmp_path, ["x", *reversed(ROW), "y"], headers=headers, edit=hide))
    assert plain(values(raw)[0]) == EXPECTED
    assert raw.columns["number"] == len(HEADERS)


def test_a_column_may_be_missing(tmp_path: Path) -> None:
    raw = incidents(save(tmp_path, ROW[:-2], headers=HEADERS[:-2]))
    assert "status" not in raw.columns
    assert raw.columns["police"] == 8


def test_a_column_that_stands_twice_is_told_and_the_first_is_read(tmp_path: Path) -> None:
    path = save(tmp_path, [*ROW, "Kelder"], headers=[*HEADERS, "Plaats "])
    book = open_workbook(path, INCIDENTS)
    assert [(f.code, f.location.cell) for f in book.findings] == [("duplicate_column", "L1")]
    assert values(book.tables["incidents"])[0]["place"] == "Hal"


def test_empty_rows_inside_keep_their_numbers(tmp_path: Path) -> None:
    empty: list[Any] = [None] * len(ROW)
    raw = incidents(save(tmp_path, ROW, empty, ["K-2026-002", *ROW[1:]]))
    assert [n for n, _ in raw.rows] == [2, 4]
    rows = parse_table(raw, "f.xlsx", LOOKUPS)
    assert [(r.row, r.key) for r in rows.rows] == [(2, "K-2026-001"), (4, "K-2026-002")]
    assert rows.prepared == ((3, None),)


def test_rows_typed_below_the_table_are_read_and_told(tmp_path: Path) -> None:
    raw = incidents(save(tmp_path, ROW, ["K-2026-002", *ROW[1:]], last=2))
    assert [n for n, _ in raw.rows] == [2, 3]
    assert raw.below == 3
    assert next((f.code, f.location.row) for f in parse_table(raw, "f", LOOKUPS).findings) == ("below_table", 3)


def test_a_note_with_an_empty_row_between_is_not_part_of_the_table(tmp_path: Path) -> None:
    def note(sheet: Worksheet) -> None:
        sheet["A5"] = "Tellen: zie blad 2"

    raw = incidents(save(tmp_path, ROW, edit=note))
    assert ([n for n, _ in raw.rows], raw.below) == ([2], None)


def test_a_totals_row_is_no_complaint(tmp_path: Path) -> None:
    def totals(sheet: Worksheet) -> None:
        sheet["A3"], sheet["H3"] = "Totaal", 12.5
        table = sheet.tables["Incidenten"]
        table.ref, table.totalsRowCount = table.ref.replace("2", "3"), 1

    raw = incidents(save(tmp_path, ROW, edit=totals))
    assert [n for n, _ in raw.rows] == [2]
    assert raw.excel is not None
    assert raw.excel.totals
    assert raw.excel.last_row == 2


def test_a_sheet_of_notes_with_some_of_the_words_is_not_taken_for_a_table(tmp_path: Path) -> None:
    with pytest.raises(NoRegisterTableError):
        open_workbook(save(tmp_path, [1, 2, 3], headers=["Nummer", "Plaats", "Prijs"], table="Prijzen"), INCIDENTS)


def test_hidden_sheets_are_read_too(tmp_path: Path) -> None:
    def hide(sheet: Worksheet) -> None:
        assert sheet.parent is not None
        sheet.parent.create_sheet("Voorblad")
        sheet.sheet_state = "hidden"
        sheet.parent.active = 1

    assert plain(values(incidents(save(tmp_path, ROW, edit=hide)))[0]) == EXPECTED


def test_formulas_and_errors_are_known_by_their_cells(tmp_path: Path) -> None:
    def put(sheet: Worksheet) -> None:
        sheet["C2"] = "=A1"  # openpyxl keeps no value with a formula.
        sheet["D2"] = "#N/A"

    path = save(tmp_path, ROW, edit=put)
    raw = incidents(path)
    assert raw.formulas == {(2, 2): False}
    assert raw.errors == {(2, 3)}
    rows = parse_table(raw, "f.xlsx", LOOKUPS)
    found = {(f.code, f.location.cell) for f in rows.findings}
    assert {("uncached_formula", "C2"), ("error_cell", "D2")} <= found
    assert {"place", "category"} <= rows.rows[0].bad
    assert not {"place", "category"} & set(rows.rows[0].values)


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        (b'<c r="C2"><f>A1</f><v>7</v></c>', True),
        (b'<c r="C2" s="4" t="str"><f>A1</f><v>x</v></c>', True),
        (b'<c r="C2" t="str"><f>A1</f><v></v></c>', True),
        (b'<c r="C2" t="str"><f t="shared" si="0"/><v/></c>', True),
        (b'<c r="C2"><f t="shared" si="0"/><v>1</v></c>', True),
        (b'<c r="C2"><f>A1</f><v></v></c>', False),
        (b'<c r="C2"><f>A1</f><v/></c>', False),
        (b'<c r="C2"><f>A1</f></c>', False),
        (b'<c r="C2" s="1"><f>IF(A1&lt;3,1,2)</f></c>', False),
    ],
)
def test_whether_a_formula_has_its_value(cell: bytes, kept: bool) -> None:
    """A text formula that gives nothing has a value: nothing. A number formula without one was never counted."""
    xml = b'<row r="2"><c r="B2"/>' + cell + b'<c r="D2"><v>1</v></c></row>'
    assert {(2, 2): kept} == dict(find_marks([xml], {2}).formulas)


def test_a_file_of_another_making_has_no_stamp(tmp_path: Path) -> None:
    assert open_workbook(save(tmp_path, ROW), INCIDENTS).stamp is None


@pytest.mark.parametrize(("revision", "stamp"), [("7", 7), ("7.0", 7), ("zeven", None), ("", None), ("-1", None)])
def test_the_stamp_is_read_from_the_custom_properties(tmp_path: Path, revision: str, stamp: int | None) -> None:
    from openpyxl.packaging.custom import StringProperty

    def put(sheet: Worksheet) -> None:
        assert sheet.parent is not None
        for name, value in (("register", "reg & co"), ("workbook", "w1"), ("revision", revision)):
            sheet.parent.custom_doc_props.append(StringProperty(name=f"registerkit.{name}", value=value))

    found = open_workbook(save(tmp_path, ROW, edit=put), INCIDENTS).stamp
    assert (found.revision if found else None) == stamp
    assert found is None or found.register_id == "reg & co"


def test_an_intake_form_is_found_by_its_names(tmp_path: Path) -> None:
    from openpyxl.workbook.defined_name import DefinedName

    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Ons 'formulier'"
    sheet["C4"], sheet["C6"] = "J. Jansen", 5
    for name, ref in (("in_name", "$C$4"), ("in_phone", "$C$9"), ("in_nothing", "$C$4"), ("other", "$C$6")):
        book.defined_names[name] = DefinedName(name, attr_text=f"'Ons ''formulier'''!{ref}")
    book.save(tmp_path / "form.xlsx")
    form = open_workbook(tmp_path / "form.xlsx", DEFINITION).form
    assert {f: (box.cell, box.content) for f, box in form.items()} == {"name": ("C4", "J. Jansen"), "phone": ("C9", "")}


def broken(tmp_path: Path, name: str, data: bytes) -> Path:
    (tmp_path / name).write_bytes(data)
    return tmp_path / name


def truncated(tmp_path: Path) -> Path:
    whole = save(tmp_path, ROW).read_bytes()
    return broken(tmp_path, "kort.xlsx", whole[: len(whole) // 2])


def without_sheet(tmp_path: Path) -> Path:
    path = save(tmp_path, ROW)
    target = tmp_path / "zonder.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w") as out:
        for info in source.infolist():
            if "sheet1" not in info.filename:
                out.writestr(info, source.read(info.filename))
    return target


def other_zip(tmp_path: Path) -> Path:
    with zipfile.ZipFile(tmp_path / "brief.xlsx", "w") as out:
        out.writestr("word/document.xml", "<w/>")
    return tmp_path / "brief.xlsx"


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda folder: folder / "nergens.xlsx", MissingFileError),
        (lambda folder: folder, (NotAWorkbookError, UnsupportedFileError)),
        (lambda folder: broken(folder, "leeg.xlsx", b""), EmptyFileError),
        (lambda folder: broken(folder, "tekst.xlsx", b"Naam;Adres\r\n"), NotAWorkbookError),
        (lambda folder: broken(folder, "kort.xlsx", b"PK"), DamagedFileError),
        (lambda folder: broken(folder, "slot.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600), EncryptedFileError),
        (lambda folder: broken(folder, "oud.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600), DamagedFileError),
        (lambda folder: broken(folder, "oud.xlt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600), UnsupportedFileError),
        (other_zip, NotAWorkbookError),
        (truncated, DamagedFileError),
        (without_sheet, DamagedFileError),
    ],
    ids=["missing", "folder", "empty", "text", "two-bytes", "encrypted", "xls", "xlt", "word", "truncated", "no-sheet"],
)  # fmt: skip
def test_a_file_that_cannot_be_used_says_why(
    tmp_path: Path, make: Callable[[Path], Path], error: type[FileError]
) -> None:
    with pytest.raises(error):
        open_workbook(make(tmp_path), INCIDENTS)


def test_a_cell_at_the_far_end_is_told_and_does_not_end_the_process(tmp_path: Path) -> None:
    """calamine would make a rectangle of 17 milliard cells of it."""
    path = save(tmp_path, ROW, edit=lambda sheet: sheet.cell(1048576, 16384, "x"))
    with pytest.raises(DamagedFileError) as told:
        open_workbook(path, INCIDENTS)
    assert ("too_wide", "XFD1048576") == (told.value.reason, told.value.values["cell"])


def test_cells_that_are_struck_out_are_known_whole_or_in_part(tmp_path: Path) -> None:
    """Also where the line goes through but a part of a text; one that was taken away again is none."""
    with xlsxwriter.Workbook(tmp_path / "f.xlsx") as book:
        sheet = book.add_worksheet("Incidenten")
        struck, bold = book.add_format({"font_strikeout": True}), book.add_format({"bold": True})
        sheet.write_row("A1", HEADERS)
        sheet.write_row("A2", ["K-1", None, "Hal"])
        sheet.write("C2", "Hal", struck)
        sheet.write_rich_string("F2", struck, "Uitgegleden.", bold, " Gevallen.")
        sheet.write_rich_string("F3", bold, "Uitgegleden.", " Gevallen.")
    assert {(2, 2), (2, 5)} == incidents(tmp_path / "f.xlsx").struck_out
    not_struck = save(tmp_path, ROW, edit=lambda sheet: setattr(sheet["C2"], "font", Font(strike=False)))
    assert frozenset() == incidents(not_struck).struck_out
