"""A number that its cell shows in another way is what people see: `0000000` shows 90887 as 0090887."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from stage_samples import INCIDENTS, LOOKUPS
from xlsb_sample import xlsb_book

from registerkit.reading import RawWorkbook, open_workbook, parse_table
from registerkit.reading.ods_shown import ods_shown
from registerkit.reading.shown import number_as, number_text, shown_number, shown_text

HEADERS = [f.labels["nl"] for f in INCIDENTS.main.fields]
FORMATS: list[tuple[str, float, str]] = [
    ("00000", 42.0, "00042"),
    ('00"-"000', 1234.0, "01-234"),
    ("0000-000", 1234567.0, "1234-567"),
    ('"K"0000', 12.0, "K0012"),
    ("\\A000", 4.0, "A004"),
    ('0000"-2026"', 17.0, "0017-2026"),
    ("0%", 0.25, "25%"),
    ("#,##0.00", 1234.5, "1.234,50"),
    ("0.00;[Red]-0.00", -3.5, "-3,50"),
    ("[$\u20ac-413] #,##0.00", 12.5, "\u20ac 12,50"),
]


@pytest.mark.parametrize(
    ("code", "number", "shown"),
    [
        *FORMATS,
        ("@", 5.0, None),
        ('"K-"@', 5.0, "K-5"),
        ("General", 5.0, None),
        ("dd-mm-yyyy", 46000.0, None),
        ("# ?/?", 0.5, None),
        ("0.00E+00", 1234.0, None),
        ("0;(0)", -5.0, "(5)"),
        ('0;-0;"geen"', 0.0, "geen"),
        ("000;;", -5.0, None),
        ("[<10]00;000", 7.0, "07"),
        ("0,", 12000.0, "12"),
        ('General" st"', 12.0, "12 st"),
        ("00\\.00\\.00", 123456.0, "12.34.56"),
        ("_-* 000_-", 12.0, "012"),
        ("0.0##", 3.0, "3,0"),
        ("0000", float("nan"), None),
    ],
)
def test_a_format_shows_a_number(code: str, number: float, shown: str | None) -> None:
    assert shown == shown_number(number, code)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (7.0, "7"),
        (7.25, "7,25"),
        (0.1 + 0.2, "0,3"),
        (-0.0, "0"),
        (123456789012345.0, "123456789012345"),
        (1e-7, "0,0000001"),
    ],
)
def test_a_number_without_a_format_has_its_own_digits(number: float, text: str) -> None:
    assert text == number_text(number)


@pytest.mark.parametrize(
    ("code", "text", "shown"),
    [
        ('"K-"@', "12", "K-12"),
        ("0;-0;0;@\\*", "12", "12*"),
        ("0000", "12", "12"),
        ("@", "12", "12"),
        ('0;0;0;"geheim"', "x", "geheim"),
        (";;;", "x", "x"),
    ],
)
def test_a_format_shows_a_text(code: str, text: str, shown: str) -> None:
    assert shown == shown_text(text, code)


@pytest.mark.parametrize(("number", "shown"), [(1234.0, "1234"), (1.5, "1.5"), (1e20, "1E+20"), (5.0, "")])
def test_what_is_the_number_itself_is_no_format(number: float, shown: str) -> None:
    assert type(number_as(number, shown)) is float


def line(number: float | str) -> list[Any]:
    said = {"Plaats": number, "Soort incident": "val", "Omschrijving": "Stuk.", "Gemeld op": 46328.0}
    return [said.get(header, "") for header in HEADERS]


def workbook(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADERS)
    for code, number, _ in FORMATS:
        sheet.append([cell if cell != "" else None for cell in line(number)])
        sheet.cell(sheet.max_row, HEADERS.index("Plaats") + 1).number_format = code
    book.save(path)
    return path


def places(raw: RawWorkbook) -> list[Any]:
    return [row.values["place"] for row in parse_table(raw.tables["incidents"], raw.name, LOOKUPS).rows]


def test_an_xlsx_file_tells_what_its_cells_show(tmp_path: Path) -> None:
    assert [shown for *_, shown in FORMATS] == places(open_workbook(workbook(tmp_path / "f.xlsx"), INCIDENTS))


def test_an_xlsb_file_tells_what_its_cells_show(tmp_path: Path) -> None:
    file = xlsb_book(tmp_path / "f.xlsb", [HEADERS, line(42.0)], number_format="00000")
    assert ["00042"] == places(open_workbook(file, INCIDENTS))


@pytest.mark.soffice
@pytest.mark.parametrize("kind", ["ods", "xls"])
def test_what_libreoffice_saved_tells_what_its_cells_show(
    tmp_path: Path, soffice: Callable[..., Path], kind: str
) -> None:
    """LibreOffice shows decimals as the language of the machine has them."""
    raw = open_workbook(soffice(workbook(tmp_path / "f.xlsx"), kind), INCIDENTS)
    shown = [(told, found) for (*_, told), found in zip(FORMATS, places(raw), strict=True)]
    assert [] == [(told, found) for told, found in shown if told != found and "," not in told]


def test_a_text_in_a_format_is_read_as_it_is_shown(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADERS)
    sheet.append([cell if cell != "" else None for cell in line("17")])
    sheet.cell(2, HEADERS.index("Plaats") + 1).number_format = '"K-"@'
    book.save(tmp_path / "f.xlsx")
    assert ["K-17"] == places(open_workbook(tmp_path / "f.xlsx", INCIDENTS))


def test_an_amount_in_another_currency_is_looked_at_and_one_in_euros_is_not(tmp_path: Path) -> None:
    """A number as such says nothing of its currency; in a register of amounts in euros no cell is looked at twice."""
    amount = next(f for f in INCIDENTS.main.fields if f.kind == "money")
    for code, is_other in (
        ("[$$-409]#,##0.00", True),
        ('#,##0.00 "USD"', True),
        ("[$€-413] #,##0.00", False),
        ("0%", False),
    ):
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.append(HEADERS)
        sheet.append([1234.5 if f.id == amount.id else "x" for f in INCIDENTS.main.fields])
        sheet.cell(2, HEADERS.index(amount.labels["nl"]) + 1).number_format = code
        book.save(tmp_path / "f.xlsx")
        raw = open_workbook(tmp_path / "f.xlsx", INCIDENTS)
        told = [
            f for f in parse_table(raw.tables["incidents"], raw.name, LOOKUPS).findings if f.code == "not_an_amount"
        ]
        assert is_other == bool(told), code


def test_a_cell_of_an_ods_file_that_shows_nothing_does_not_take_what_the_next_one_shows(tmp_path: Path) -> None:
    number = 'office:value-type="float" office:value="5"'
    cells = f"<table:table-cell {number}><text:p/></table:table-cell><table:table-cell {number}><text:p>005</text:p></table:table-cell>"
    xml = f'<number:number-style/><table:table table:name="A"><table:table-row>{cells}</table:table-row></table:table>'
    with zipfile.ZipFile(tmp_path / "f.ods", "w") as archive:
        archive.writestr("content.xml", xml)
    assert {0: {0: {1: "005"}}} == ods_shown(tmp_path / "f.ods").numbers
