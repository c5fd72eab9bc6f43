"""Workbooks made by XlsxWriter and openpyxl for the tests of in-place editing, and ways to look inside them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table as ExcelTable
from python_calamine import CalamineWorkbook

from registerkit.ooxml import CellValue, Editor, Package
from registerkit.ooxml.sheet_pieces import pieces
from registerkit.ooxml.sheet_rows import append_rows, set_cells

__all__ = [
    "SHEET", "TABLE", "add_rows", "by_calamine", "by_openpyxl", "edit", "edit_cells", "openpyxl_book", "parts", "plain",
    "prefix_names", "rewrite", "to_strict", "xlsxwriter_book",
]  # fmt: skip

SHEET = "xl/worksheets/sheet1.xml"
TABLE = "xl/tables/table1.xml"
DAY = date(2026, 4, 2)


def xlsxwriter_book(path: Path, rows: int = 3, date1904: bool = False) -> Path:
    """Make a book with a table on `Gegevens & meer`, validations, formats, formulas, a print area and a second sheet."""
    book = xlsxwriter.Workbook(path, {"date_1904": date1904})
    sheet, other = book.add_worksheet("Gegevens & meer"), book.add_worksheet("Ander")
    day, bold = book.add_format({"num_format": "dd-mm-yyyy"}), book.add_format({"bold": True})
    sheet.add_table(0, 0, rows, 3, {"name": "Lijst", "columns": [
        {"header": "Nummer"}, {"header": "Dag"}, {"header": "Bedrag"}, {"header": "Dubbel", "formula": "[@Bedrag]*2"},
    ]})  # fmt: skip
    for n in range(1, rows + 1):
        sheet.write_string(n, 0, f"K-{n}", bold)
        sheet.write_datetime(n, 1, datetime(2026, 4, n), day)
        sheet.write_number(n, 2, n * 1.5)
        sheet.write_formula(n, 3, "Lijst[[#This Row],[Bedrag]]*2", None, n * 3)
    sheet.data_validation(1, 2, rows, 2, {"validate": "decimal", "criteria": ">=", "value": 0})
    sheet.data_validation(1, 0, rows, 0, {"validate": "list", "source": "=Ander!$A$1:$A$3"})
    sheet.conditional_format(1, 0, rows, 3, {"type": "formula", "criteria": "=$C2>3", "format": bold})
    sheet.conditional_format(1, 2, rows, 2, {"type": "data_bar", "data_bar_2010": True})
    sheet.print_area(0, 0, rows, 3)
    sheet.freeze_panes(1, 1)
    other.write_column(0, 0, ["a", "b", "c"])
    other.write_formula("B1", "SUM(Lijst[Bedrag])", None, 9)
    book.set_custom_property("registerkit.revision", "7", "text")
    book.set_custom_property("ander", "blijft", "text")
    book.close()
    return path


def openpyxl_book(path: Path, rows: int = 3) -> Path:
    """Make about the same book with openpyxl, which writes its parts in another way."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Gegevens & meer"
    sheet.append(["Nummer", "Dag", "Bedrag", "Dubbel"])
    for n in range(1, rows + 1):
        sheet.append([f"K-{n}", date(2026, 4, n), n * 1.5, f"=C{n + 1}*2"])
    sheet.add_table(ExcelTable(displayName="Lijst", ref=f"A1:D{rows + 1}"))
    rule = DataValidation("decimal", operator="greaterThan", formula1="0", sqref=f"C2:C{rows + 1}")
    sheet.add_data_validation(rule)
    book.create_sheet("Ander").append(["a", 1])
    book.save(path)
    return path


def edit(source: Path, target: Path, edits: Mapping[tuple[int, int], CellValue], part: str = SHEET) -> Path:
    """Write an edited copy."""
    with Package(source) as package:
        editor = Editor(package)
        editor.set_cells(part, edits)
        editor.save(target)
    return target


def edit_cells(xml: bytes, edits: Mapping[tuple[int, int], CellValue], block: int = 50) -> bytes:
    """Edit a sheet part that comes in blocks of so many bytes."""
    blocks = (xml[at : at + block] for at in range(0, len(xml), block))
    return b"".join(piece for _, piece in set_cells(pieces(blocks), edits))


def add_rows(xml: bytes, last_row: int, rows: Sequence[Mapping[int, CellValue]], block: int = 50) -> bytes:
    """Add rows to a sheet part that comes in blocks of so many bytes."""
    blocks = (xml[at : at + block] for at in range(0, len(xml), block))
    return b"".join(piece for _, piece in append_rows(pieces(blocks), last_row, rows))


def parts(path: Path) -> dict[str, bytes]:
    """Give the parts in the order of the file."""
    with zipfile.ZipFile(path) as package:
        return {info.filename: package.read(info) for info in package.infolist()}


def by_openpyxl(path: Path, sheet: int = 0, values: bool = True) -> list[list[Any]]:
    """Read a sheet with openpyxl."""
    book = openpyxl.load_workbook(path, data_only=values)
    return [list(row) for row in book.worksheets[sheet].iter_rows(values_only=True)]


def by_calamine(path: Path, sheet: int = 0) -> list[list[Any]]:
    """Read a sheet with python-calamine."""
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(sheet).to_python(skip_empty_area=False)


def plain(value: Any) -> Any:
    """Give a value as every reader agrees on it: empty as None, whole numbers as float, moments as days."""
    if value == "":
        return None
    if isinstance(value, datetime):
        return value.date()
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def rewrite(path: Path, wanted: str, change: Callable[[bytes], bytes]) -> None:
    """Change the parts of XML whose name begins so, or the part of just that name, as another program would have."""
    found = parts(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in found.items():
            package.writestr(
                name, change(data) if name.startswith(wanted) and name.endswith((".xml", wanted)) else data
            )


def prefix_names(xml: bytes) -> bytes:
    """Put a prefix before the names of the format, as some programs do: `<x:worksheet>`."""
    return re.sub(rb"<(/?)(\w+)(?=[\s/>])", rb"<\1x:\2", xml).replace(b"xmlns=", b"xmlns:x=")


def to_strict(xml: bytes) -> bytes:
    """Give a part the namespaces that Excel writes for Strict Open XML."""
    for kind in (b"spreadsheetml", b"officeDocument"):
        xml = xml.replace(b"http://schemas.openxmlformats.org/%s/2006" % kind, b"http://purl.oclc.org/ooxml/%s" % kind)
    return xml
