"""The tests' own way of typing into workbooks does what Excel does: cells change, and nothing else."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from ooxml_samples import by_openpyxl, openpyxl_book, xlsxwriter_book
from python_calamine import CalamineWorkbook
from sheets import load

SHEET = "Gegevens & meer"
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")  # openpyxl's, of the sample.
TYPED: dict[str, Any] = {
    "A2": "K-9 & <b>", "A3": "  regels\nen spaties ", "A4": None, "B2": date(2027, 1, 2), "C2": 12.5, "C3": 7, "C4": True,
    "D3": "=1+1", "F2": "ernaast", "F12": date(2026, 12, 31), "G3": "#N/A", "G4": "_x0041_",
}  # fmt: skip


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.fixture(params=[xlsxwriter_book, openpyxl_book], ids=["xlsxwriter", "openpyxl"])
def typed(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Path]:
    """Give a workbook, and a copy of it in which something was typed."""
    book = request.param(tmp_path / "voor.xlsx")
    opened = load(book)
    for cell, value in TYPED.items():
        opened[SHEET][cell] = value
    opened.save(tmp_path / "na.xlsx")
    return book, tmp_path / "na.xlsx"


def test_others_read_what_was_typed(typed: tuple[Path, Path]) -> None:
    sheet = openpyxl.load_workbook(typed[1])[SHEET]
    shown = {cell: sheet[cell].value for cell in TYPED}
    days = {cell: value.date() for cell, value in shown.items() if isinstance(value, datetime)}
    shown["G4"] = str(shown["G4"]).replace("_x005F", "")  # openpyxl understands this escape in one of the two only.
    assert TYPED == shown | days
    rows = CalamineWorkbook.from_path(str(typed[1])).get_sheet_by_name(SHEET).to_python(skip_empty_area=False)
    assert ("K-9 & <b>", date(2027, 1, 2), 12.5, date(2026, 12, 31), "_x0041_") == (
        *rows[1][:3], rows[11][5], rows[3][6],
    )  # fmt: skip


def test_it_reads_what_was_typed(typed: tuple[Path, Path]) -> None:
    sheet = load(typed[1])[SHEET]
    shown = {cell: sheet[cell].value for cell in TYPED}
    days = {cell: value.date() for cell, value in shown.items() if isinstance(value, datetime)}
    assert TYPED == shown | days
    assert (12, 7, "e", "f", "s") == (
        sheet.max_row, sheet.max_column, *(sheet[cell].data_type for cell in ("G3", "D3", "A2")),
    )  # fmt: skip


def test_it_reads_all_cells_as_openpyxl_does(typed: tuple[Path, Path]) -> None:
    for values in (True, False):
        expected = by_openpyxl(typed[0], values=values)
        assert expected == [list(row) for row in load(typed[0], values)[SHEET].iter_rows(values_only=True)]


def test_other_parts_and_cells_stay_byte_for_byte(typed: tuple[Path, Path]) -> None:
    before, after = (parts(path) for path in typed)
    changed = {name for name in before if before[name] != after[name]}
    assert list(before) == list(after)
    assert changed <= {"xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"}
    assert by_openpyxl(typed[0], 1, values=False) == by_openpyxl(typed[1], 1, values=False)
    assert by_openpyxl(typed[0])[2][1] == by_openpyxl(typed[1])[2][1]


def test_nothing_typed_changes_nothing(tmp_path: Path) -> None:
    book = xlsxwriter_book(tmp_path / "voor.xlsx")
    load(book).save(tmp_path / "na.xlsx")
    assert parts(book) == parts(tmp_path / "na.xlsx")


def test_a_typed_cell_keeps_its_style(typed: tuple[Path, Path]) -> None:
    """Only a day in a cell that shows no days gets another, as in Excel."""
    before, after = (openpyxl.load_workbook(path)[SHEET] for path in typed)
    for cell in ("A2", "B2", "C2", "D3"):
        assert before[cell].number_format == after[cell].number_format
        assert before[cell].font.b == after[cell].font.b
    assert after["F12"].is_date
