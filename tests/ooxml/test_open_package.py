"""A workbook that another program wrote in its own way is told from one that Excel wrote."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from ooxml_samples import openpyxl_book, prefix_names, rewrite, to_strict, xlsxwriter_book

from registerkit.errors import FileError, UnsupportedFileError
from registerkit.ooxml import OLE, Package, open_zip


@pytest.mark.parametrize("make", [xlsxwriter_book, openpyxl_book])
def test_what_excel_itself_writes_is_read(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    with Package(make(tmp_path / "b.xlsx")) as package:
        assert ["Gegevens & meer", "Ander"] == [sheet.name for sheet in package.sheets]
        assert ["Lijst"] == [table.name for table in package.tables]


@pytest.mark.parametrize(
    ("parts", "change", "reason"),
    [
        ("xl/workbook", prefix_names, "prefixed"),
        ("xl/worksheets", prefix_names, "prefixed"),
        ("xl/", prefix_names, "prefixed"),
        ("xl/workbook", to_strict, "strict"),
        ("xl/worksheets", to_strict, "strict"),
    ],
)
def test_another_way_of_writing_says_which(
    tmp_path: Path, parts: str, change: Callable[[bytes], bytes], reason: str
) -> None:
    book = xlsxwriter_book(tmp_path / "b.xlsx")
    rewrite(book, parts, change)
    with pytest.raises(UnsupportedFileError) as told:
        Package(book)
    assert reason == told.value.reason


def test_a_table_in_another_way_of_writing_is_told_when_it_is_looked_for(tmp_path: Path) -> None:
    book = xlsxwriter_book(tmp_path / "b.xlsx")
    rewrite(book, "xl/tables", prefix_names)
    with Package(book) as package, pytest.raises(UnsupportedFileError):
        _ = package.tables


def test_a_file_that_is_refused_is_let_go(tmp_path: Path) -> None:
    book = xlsxwriter_book(tmp_path / "b.xlsx")
    rewrite(book, "xl/workbook", prefix_names)
    with pytest.raises(UnsupportedFileError):
        Package(book)
    book.unlink()
    assert not book.exists()


def test_a_word_file_that_cannot_be_opened_says_what_to_do_in_word(tmp_path: Path) -> None:
    for name, data, told in (
        ("f.docx", b"\x89PNG\r\n", ("not_a_workbook", "word")),
        ("f.docx", OLE, ("encrypted", "word")),
        ("f.xlsx", b"%PDF-1.7", ("not_a_workbook", None)),
    ):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(FileError) as found:
            open_zip(tmp_path / name)
        assert told == (found.value.code.partition(".")[0], found.value.reason)
