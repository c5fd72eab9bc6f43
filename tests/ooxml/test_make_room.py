"""What stands below a table moves down when it grows, with all that refers to it; else nothing changes, and it is told."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from ooxml_samples import SHEET, by_calamine, parts

from registerkit.ooxml import CannotEditError, Editor, Package
from registerkit.ooxml.inserted_rows import InsertedRows

ROWS = InsertedRows("Lijst & co", 1, 9, 5)


@pytest.mark.parametrize(
    ("formula", "here", "elsewhere"),
    [
        ("A9+A10", "A9+A15", "A9+A10"),
        ("SUM(A2:A9)", "SUM(A2:A14)", "SUM(A2:A9)"),
        ("SUM(A2:A20)+$B$12", "SUM(A2:A25)+$B$17", "SUM(A2:A20)+$B$12"),
        ("'Lijst & co'!$A$12", "'Lijst & co'!$A$17", "'Lijst & co'!$A$17"),
        ("SUM('lijst & CO'!A2:B9)", "SUM('lijst & CO'!A2:B14)", "SUM('lijst & CO'!A2:B14)"),
        ("Ander!A12", "Ander!A12", "Ander!A12"),
        ("[1]Blad!A12", "[1]Blad!A12", "[1]Blad!A12"),
        ('"A12"&A12', '"A12"&A17', '"A12"&A12'),
        ("T[[#This Row],[A12]]+LOG10(12)+1.5+12", "T[[#This Row],[A12]]+LOG10(12)+1.5+12", None),
        ("T['[A12]+1E12+naam_A12", "T['[A12]+1E12+naam_A12", None),
        ("SUM(12:14,A:C)", "SUM(17:19,A:C)", "SUM(12:14,A:C)"),
        ("A2:INDEX(A12,1)", "A2:INDEX(A17,1)", "A2:INDEX(A12,1)"),
        ("A1:A1048576", "A1:A1048576", "A1:A1048576"),
    ],
)
def test_references_follow_the_cells_that_they_were_about(formula: str, here: str, elsewhere: str | None) -> None:
    assert ROWS.formula(formula) == here
    assert ROWS.formula(formula, is_here=False) == (formula if elsewhere is None else elsewhere)


def test_a_running_total_in_the_last_row_stays_as_it_is() -> None:
    cell = b'<row r="9"><c r="A9"><f>SUM(B$2:B9)+SUM(B$2:B$9)</f></c></row>'
    assert b"SUM(B$2:B9)+SUM(B$2:B$14)" in ROWS.rows(cell)


@pytest.mark.parametrize(
    "formula",
    [
        b'<f t="shared" ref="B8:B12" si="0">A8</f>',
        b'<f t="array" ref="B8:B12">A8:A12</f>',
        b'<f t="shared" ref="B2:B4" si="0">A8</f>',
    ],
)
def test_formulas_that_cannot_be_taken_apart_are_named(formula: bytes) -> None:
    row = int(re.search(rb'ref="B(\d+)', formula)[1])  # type: ignore[index]
    with pytest.raises(CannotEditError) as caught:
        ROWS.rows(b'<row r="%d"><c r="B%d">%s</c></row>' % (row, row, formula))
    assert caught.value.reason == "formula_block"


def busy_book(path: Path) -> Path:
    """Make a table to row 5 with a totals row, and below that all that can stand on a sheet."""
    book = xlsxwriter.Workbook(path)
    sheet, other = book.add_worksheet("Lijst & co"), book.add_worksheet("Ander")
    columns = [{"header": "Nr", "total_string": "Totaal"}, {"header": "Bedrag", "total_function": "sum"}]
    sheet.add_table("A1:B6", {"name": "Lijst", "total_row": True, "columns": columns})
    for n in range(1, 5):
        sheet.write_row(n, 0, [f"K-{n}", n])
    sheet.write("A8", "Let op", None)
    sheet.write_formula("B8", "=SUM(B2:B5)", None, 10)
    sheet.merge_range("C9:D9", "samen")
    sheet.add_table("A11:B12", {"name": "Tweede", "columns": [{"header": "x"}, {"header": "y", "formula": "=$B$8"}]})
    sheet.write_comment("A8", "een opmerking")
    sheet.write_url("A14", "internal:'Lijst & co'!A8", None, "naar boven")
    sheet.data_validation("C14:C20", {"validate": "list", "source": "=$A$11:$A$12"})
    sheet.conditional_format("C14:C20", {"type": "formula", "criteria": "=$B$8>3", "format": book.add_format()})
    sheet.conditional_format("B2:B5", {"type": "formula", "criteria": "=$B2>$B$8", "format": book.add_format()})
    sheet.set_h_pagebreaks([9])
    sheet.print_area("A1:D20")
    chart = book.add_chart({"type": "bar"})
    chart.add_series({"values": "='Lijst & co'!$B$2:$B$5", "categories": "='Lijst & co'!$A$11:$A$12"})
    sheet.insert_chart("F12", chart)
    other.write_formula("A1", "='Lijst & co'!B8", None, 10)
    book.define_name("noot", "='Lijst & co'!$A$8")
    book.close()
    return path


def grown(book: Path, target: Path, count: int = 3) -> Path:
    with Package(book) as package:
        editor = Editor(package)
        table = next(each for each in package.tables if each.name == "Lijst")
        editor.grow(table, [{0: f"N-{n}", 1: n} for n in range(count)])
        editor.save(target)
    return target


def test_everything_below_moves_down_with_what_refers_to_it(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(grown(busy_book(tmp_path / "a.xlsx"), tmp_path / "b.xlsx"))
    sheet, other = book.worksheets
    assert [sheet[f"A{n}"].value for n in (5, 6, 8, 9, 11, 14, 17)] == [
        "K-4", "N-0", "N-2", "Totaal", "Let op", "x", "naar boven",
    ]  # fmt: skip
    assert dict(sheet.tables.items()) == {"Lijst": "A1:B9", "Tweede": "A14:B15"}
    assert sheet.tables["Lijst"].autoFilter.ref == "A1:B8"
    assert (sheet["B11"].value, other["A1"].value) == ("=SUM(B2:B8)", "='Lijst & co'!B11")
    assert [str(each) for each in sheet.merged_cells.ranges] == ["C12:D12"]
    assert sheet["A11"].comment.text == "een opmerking"
    assert (sheet["A17"].hyperlink.ref, sheet["A17"].hyperlink.location) == ("A17", "'Lijst & co'!A11")
    (validation,) = sheet.data_validations.dataValidation
    assert (str(validation.sqref), validation.formula1) == ("C17:C23", "$A$14:$A$15")
    rules = {str(each.sqref): each.rules[0].formula for each in sheet.conditional_formatting}
    assert rules == {"C17:C23": ["$B$11>3"], "B2:B8": ["$B2>$B$11"]}
    assert [each.id for each in sheet.row_breaks.brk] == [12]
    assert (sheet.print_area, book.defined_names["noot"].value) == ("'Lijst & co'!$A$1:$D$23", "'Lijst & co'!$A$11")
    made = b"".join(parts(tmp_path / "b.xlsx").values())
    assert b"$B$2:$B$8</c:f>" in made
    assert b"$A$14:$A$15</c:f>" in made
    assert b"<xdr:row>14</xdr:row>" in made
    assert b"<x:Row>10</x:Row>" in made
    assert b"<calculatedColumnFormula>$B$11<" in made


@pytest.mark.ooxml_sdk
def test_the_open_xml_sdk_finds_nothing_wrong_after_a_move(tmp_path: Path, sdk: Callable[[Path], list[Any]]) -> None:
    before = busy_book(tmp_path / "a.xlsx")
    assert sdk(grown(before, tmp_path / "b.xlsx")) == sdk(before) == []


def test_what_is_not_in_the_way_stays_where_it_is(tmp_path: Path) -> None:
    path = tmp_path / "plat.xlsx"
    plain = xlsxwriter.Workbook(path)
    sheet = plain.add_worksheet()
    sheet.add_table("A1:B3", {"name": "Lijst"})
    sheet.write("A9", "blijft")
    plain.close()
    assert by_calamine(grown(path, tmp_path / "c.xlsx"))[8][0] == "blijft"
    assert by_calamine(grown(path, tmp_path / "d.xlsx", 6))[14][0] == "blijft"


def test_a_table_beside_that_reaches_further_down_is_named_and_nothing_changes(tmp_path: Path) -> None:
    path = tmp_path / "naast.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.add_table("A1:B3", {"name": "Lijst"})
    sheet.add_table("D2:E9", {"name": "Naast"})
    book.close()
    with Package(path) as package:
        editor = Editor(package)
        with pytest.raises(CannotEditError) as caught:
            editor.grow(package.tables[0], [{0: "x"}])
        assert (caught.value.reason, caught.value.cell) == ("table_beside", "D2")
        editor.add_sheet("Lijst 2", package.tables[0], {0: "Nr", 1: "Bedrag"}, [{0: "x", 1: 5}])
        editor.save(tmp_path / "uit.xlsx")
    assert parts(path)[SHEET] == parts(tmp_path / "uit.xlsx")[SHEET]
    assert by_calamine(tmp_path / "uit.xlsx", 1) == [["Nr", "Bedrag"], ["x", 5.0]]
