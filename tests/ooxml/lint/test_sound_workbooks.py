"""Sound workbooks give no fault: XlsxWriter's, those with pivot tables, and those that registerkit makes.

Whether all kinds of files are sound to others too is asked in `tests/acceptance/test_sound_files.py`.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from ooxml_lint import lint_workbook
from ooxml_samples import edit, openpyxl_book
from workbook_samples import complaints, make_content

from registerkit.workbook import build_workbook


def test_a_rich_workbook(rich: Path) -> None:
    assert [] == lint_workbook(rich, column_formulas=True)


def test_a_workbook_with_pivot_tables(pivots: Path) -> None:
    assert [] == lint_workbook(pivots)


def test_a_workbook_of_openpyxl_before_and_after_an_edit(tmp_path: Path) -> None:
    book = openpyxl_book(tmp_path / "a.xlsx")
    edited = edit(book, tmp_path / "b.xlsx", {(2, 0): " K-2 ", (3, 1): date(2026, 4, 5), (9, 6): 1.5})
    assert [] == lint_workbook(book)
    assert [] == lint_workbook(edited)


@pytest.mark.parametrize("filled", [True, False])
def test_the_register(filled: bool, tmp_path: Path) -> None:
    build_workbook(tmp_path / "register.xlsx", make_content("en", complaints() if filled else None))
    assert [] == lint_workbook(tmp_path / "register.xlsx", column_formulas=True)
