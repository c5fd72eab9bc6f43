"""A link leads to its cell, whatever the sheet is called."""

from __future__ import annotations

import pytest

from registerkit.workbook import hyperlink


@pytest.mark.parametrize(
    ("sheet", "written"),
    [("Register", "#'Register'!"), ("Jan's blad", "#'Jan''s blad'!"), ('Een "los" blad', '#\'Een ""los"" blad\'!')],
)
def test_the_sheet_is_written_as_excel_reads_it(sheet: str, written: str) -> None:
    assert hyperlink(sheet, '"A1"', '"hier"') == f'HYPERLINK("{written}"&"A1","hier")'
