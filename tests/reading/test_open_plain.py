"""Files that are only read: `.xls`, `.xlsb`, `.ods` and `.csv`; their tables are known by the headers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from stage_samples import INCIDENTS, LOOKUPS
from xlsb_sample import xlsb_book

from registerkit.errors import DamagedFileError, EncryptedFileError, FileError, NoRegisterTableError, NotAWorkbookError
from registerkit.reading import READABLE, RawWorkbook, open_workbook, parse_table

HEADERS = [f.labels["nl"] for f in INCIDENTS.main.fields]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def lines(**more: Any) -> list[list[Any]]:
    """Give a title, a blank row, the headers and one incident."""
    said = {"Plaats": "Café", "Soort incident": "val", "Omschrijving": "Stuk.", "Gemeld op": 46328.0, **more}
    return [["Incidenten 2026"], [""], HEADERS, [said.get(h, "") for h in HEADERS]]


def book(path: Path, rows: list[list[Any]], edit: Callable[[Any], None] = lambda _: None) -> Path:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "Blad1"
    for row in rows:
        sheet.append([cell if cell != "" else None for cell in row])
    edit(sheet)
    made.save(path)
    return path


def found(raw: RawWorkbook) -> list[tuple[int, Any, Any]]:
    rows = parse_table(raw.tables["incidents"], raw.name, LOOKUPS).rows
    return [(row.row, row.values["received_on"], row.values["place"]) for row in rows]


def test_an_xlsb_file_is_read(tmp_path: Path) -> None:
    raw = open_workbook(xlsb_book(tmp_path / "f.xlsb", lines()), INCIDENTS)
    assert [(4, date(2026, 11, 2), "Café")] == found(raw)
    assert (None, {}, False) == (raw.stamp, raw.form, raw.is_writable)


@pytest.mark.soffice
@pytest.mark.parametrize("kind", ["ods", "xls"])
def test_what_libreoffice_saved_is_read(tmp_path: Path, soffice: Callable[..., Path], kind: str) -> None:
    """Days come as days, and an error is an error."""
    rows = lines(**{"Gemeld op": date(2026, 11, 2)})

    def put(sheet: Any) -> None:
        sheet.cell(4, HEADERS.index("Omschrijving") + 1).value = "=1/0"

    raw = open_workbook(soffice(book(tmp_path / "f.xlsx", rows, put), kind), INCIDENTS)
    assert [(4, date(2026, 11, 2), "Café")] == found(raw)
    table = raw.tables["incidents"]
    codes = {f.code for f in parse_table(table, "f", LOOKUPS).findings}
    assert (kind == "ods") == ("error_cell" in codes)


def test_a_csv_file_is_read_as_the_sheet_that_excel_makes_of_it(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(
        "Nummer;Gemeld op;Plaats;Soort incident;Omschrijving\r\n;2-11-2026;Café;val;#N/B\r\n".encode("cp1252")
    )
    raw = open_workbook(path, INCIDENTS)
    assert [(2, date(2026, 11, 2), "Café")] == found(raw)
    told = parse_table(raw.tables["incidents"], raw.name, LOOKUPS).findings
    assert ("error_cell", "export", "E2") in [(f.code, f.location.sheet, f.location.cell) for f in told]


@pytest.mark.parametrize("name", ["f.xlsb", "f.csv"])
def test_it_is_told_that_the_file_itself_is_not_brought_up_to_date(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name == "f.csv":
        path.write_text(";".join(HEADERS) + "\n", encoding="utf-8")
    else:
        xlsb_book(path, lines())
    findings = open_workbook(path, INCIDENTS, "map/" + name).findings
    told = [(f.code, f.severity, f.location.file, f.value) for f in findings]
    assert [("cannot_write_kind", "info", "map/" + name, path.suffix)] == told


def test_a_column_that_stands_twice_is_told(tmp_path: Path) -> None:
    rows = lines()
    rows[2] = [*HEADERS, "Plaats"]
    raw = open_workbook(xlsb_book(tmp_path / "f.xlsb", rows), INCIDENTS)
    assert ["duplicate_column"] == [f.code for f in raw.findings if f.severity == "error"]


def test_a_file_without_the_register(tmp_path: Path) -> None:
    with pytest.raises(NoRegisterTableError) as told:
        open_workbook(xlsb_book(tmp_path / "f.xlsb", [["Artikel", "Prijs"], ["Bel", 3.0]]), INCIDENTS)
    assert ("Blad1", INCIDENTS.main.sheet) == (told.value.values["sheets"], told.value.values["table"])


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("f.xls", b"Naam\tAdres\r\n", NotAWorkbookError),
        ("f.xls", b"<html><table></table></html>", NotAWorkbookError),
        ("f.xls", OLE + bytes(600), DamagedFileError),
        ("f.xlsb", b"PK\x03\x04", DamagedFileError),
        ("f.xlsb", OLE + bytes(600), EncryptedFileError),
        ("f.ods", OLE + bytes(600), EncryptedFileError),
        ("f.ods", b"Naam;Adres", NotAWorkbookError),
    ],
)
def test_a_file_that_is_no_workbook_is_seen_before_it_is_read(
    tmp_path: Path, name: str, data: bytes, error: type[FileError]
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(error):
        open_workbook(path, INCIDENTS)


def test_every_kind_that_can_be_read_is_named() -> None:
    assert {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".accdb", ".mdb"} == set(READABLE)
