"""A table that grows takes its range, validations, formats, names and styles along, and stays a valid file."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from ooxml_samples import (
    SHEET,
    TABLE,
    add_rows,
    by_calamine,
    by_openpyxl,
    openpyxl_book,
    parts,
    rewrite,
    xlsxwriter_book,
)

from registerkit.ooxml import CellValue, Editor, Formula, Package

pytestmark = pytest.mark.filterwarnings("ignore:.*xtension is not supported")

ROWS: list[dict[int, CellValue]] = [
    {0: "K-4", 1: date(2026, 5, 1), 2: 4.5, 3: Formula("Lijst[[#This Row],[Bedrag]]*2", 9)},
    {0: "K-5", 2: 5.5, 3: Formula("Lijst[[#This Row],[Bedrag]]*2", 11)},
    {},
]


def grown(book: Path, target: Path, rows: list[dict[int, CellValue]] = ROWS) -> Path:
    with Package(book) as package:
        editor = Editor(package)
        assert editor.grow(package.tables[0], rows) == package.tables[0].last_row + len(rows)
        editor.save(target)
    return target


@pytest.fixture(params=[xlsxwriter_book, openpyxl_book], ids=["xlsxwriter", "openpyxl"])
def pair(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Path]:
    """Give a book and its copy with three rows more."""
    book = request.param(tmp_path / "boek.xlsx")
    return book, grown(book, tmp_path / "kopie.xlsx")


def test_the_new_rows_are_read(pair: tuple[Path, Path]) -> None:
    found = by_calamine(pair[1])
    assert [row[0] for row in found] == ["Nummer", "K-1", "K-2", "K-3", "K-4", "K-5"]
    assert [row[2] for row in found[4:]] == [4.5, 5.5]
    assert found[4][1] == date(2026, 5, 1)
    assert (by_openpyxl(pair[1])[4][3], by_openpyxl(pair[1])[5][3]) == (9, 11)


def test_the_table_and_its_filter_reach_the_new_last_row(pair: tuple[Path, Path]) -> None:
    with Package(pair[1]) as package:
        table = package.tables[0]
        assert (table.header_row, table.last_row, table.last_column) == (1, 7, 3)
    refs = set(re.findall(rb'\bref="([^"]*)"', parts(pair[1])[TABLE]))
    assert refs == {b"A1:D7"}


def test_validations_formats_and_the_dimension_reach_it_too(pair: tuple[Path, Path]) -> None:
    before, after = (parts(p)[SHEET] for p in pair)
    for pattern in (rb'sqref="([^"]*)"', rb"<xm:sqref>([^<]*)", rb'<dimension ref="([^"]*)"'):
        old, new = re.findall(pattern, before), re.findall(pattern, after)
        assert new == [re.sub(rb"(:[A-Z]+)4\b", rb"\g<1>7", ref) for ref in old]


def test_the_print_area_reaches_it_and_other_names_stay(tmp_path: Path) -> None:
    book = grown(xlsxwriter_book(tmp_path / "b.xlsx"), tmp_path / "k.xlsx")
    with Package(book) as package:
        assert package.defined_names["_xlnm.Print_Area"] == "'Gegevens & meer'!$A$1:$D$7"


NOTE = "'Gegevens & meer'!$A$1"


@pytest.mark.parametrize(
    ("area", "renewed"),
    [
        (f"{NOTE}:$D$4", f"{NOTE}:$D$6"),
        (f"{NOTE}:$D$7", f"{NOTE}:$D$6"),
        (f"{NOTE}:INDEX('Gegevens & meer'!$D$1:$D$100004,MAX(5,1))", f"{NOTE}:$D$6"),
        ("'Gegevens & meer'!$B$1:$D$3", "'Gegevens & meer'!$B$1:$D$3"),
        (f"{NOTE}:$D$30", f"{NOTE}:$D$30"),
    ],
    ids=["before", "all", "formula", "from-elsewhere", "beyond"],
)
def test_a_sheet_prints_to_another_row_unless_somebody_chose_what_prints(
    tmp_path: Path, area: str, renewed: str
) -> None:
    book = xlsxwriter_book(tmp_path / "b.xlsx")
    wanted = area.replace("&", "&amp;").encode()
    rewrite(book, "xl/workbook.xml", lambda xml: re.sub(rb"(Print_Area\"[^>]*>)[^<]*", rb"\g<1>" + wanted, xml))
    with Package(book) as package:
        editor = Editor(package)
        editor.grow(package.tables[0], ROWS)
        editor.set_printed_rows(package.tables[0], 6, 7)
        editor.save(tmp_path / "k.xlsx")
    with Package(tmp_path / "k.xlsx") as package:
        assert package.defined_names["_xlnm.Print_Area"] == renewed


def test_the_new_rows_are_styled_like_the_last(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(grown(xlsxwriter_book(tmp_path / "b.xlsx"), tmp_path / "k.xlsx")).worksheets[0]
    assert [sheet[f"B{n}"].number_format for n in (4, 5, 6, 7)] == ["dd-mm-yyyy"] * 4
    assert [sheet[f"A{n}"].font.bold for n in (4, 5, 6, 7)] == [True] * 4


def test_other_parts_stay_byte_for_byte(pair: tuple[Path, Path]) -> None:
    before, after = (parts(p) for p in pair)
    assert list(before) == list(after)
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {SHEET, TABLE, "xl/workbook.xml"}


def test_the_calculation_chain_goes_with_its_mentions(tmp_path: Path) -> None:
    import zipfile

    book, chained = xlsxwriter_book(tmp_path / "b.xlsx"), tmp_path / "c.xlsx"
    with zipfile.ZipFile(book) as source, zipfile.ZipFile(chained, "w") as out:
        for info in source.infolist():
            data = source.read(info)
            if info.filename == "[Content_Types].xml":
                data = data.replace(b"</Types>", b'<Override PartName="/xl/calcChain.xml" ContentType="x"/></Types>')
            if info.filename == "xl/_rels/workbook.xml.rels":
                data = data.replace(
                    b"</Relationships>",
                    b'<Relationship Id="rId99" Type="t/calcChain" Target="calcChain.xml"/></Relationships>',
                )
            out.writestr(info, data)
        out.writestr("xl/calcChain.xml", b"<calcChain/>")
    after = parts(grown(chained, tmp_path / "k.xlsx"))
    assert not any(b"calcChain" in data for data in (*after.values(), *(n.encode() for n in after)))


def test_growing_twice_is_growing_on(tmp_path: Path) -> None:
    book = xlsxwriter_book(tmp_path / "b.xlsx")
    twice = grown(grown(book, tmp_path / "k.xlsx"), tmp_path / "l.xlsx")
    with Package(twice) as package:
        assert package.tables[0].last_row == 10


def test_rows_below_that_only_have_a_style_make_room() -> None:
    rows = b'<row r="2"><c r="A2" s="1"><v>1</v></c></row><row r="3"><c r="A3" s="2"/></row><row r="9"><c r="A9" s="2"/></row>'
    xml = b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>"
    after = add_rows(xml, 2, [{0: 5}, {0: 6}])
    assert re.findall(rb'<row r="(\d+)"', after) == [b"2", b"3", b"4", b"9"]
    assert b'<c r="A3" s="1"><v>5</v></c>' in after


def test_a_hidden_last_row_does_not_hide_the_new_ones() -> None:
    xml = b'<worksheet><sheetData><row r="2" hidden="1" ht="15"><c r="A2"/></row></sheetData></worksheet>'
    after = add_rows(xml, 2, [{0: 5}])
    assert b'<row r="3" ht="15">' in after


@pytest.mark.ooxml_sdk
def test_the_open_xml_sdk_finds_nothing_wrong(pair: tuple[Path, Path], sdk: Callable[[Path], list[Any]]) -> None:
    before, after = pair
    assert sdk(after) == sdk(before)  # openpyxl has a fault or two of its own.
