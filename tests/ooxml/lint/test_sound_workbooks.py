"""Sound workbooks give no fault: XlsxWriter's, those with pivot tables, and those that registerkit makes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from broken import changed
from checked import assert_sound
from lint_samples import WORKBOOK
from ooxml_lint import lint_workbook
from ooxml_samples import edit, openpyxl_book
from workbook_samples import complaints, make_content

from registerkit.definition import load_definition
from registerkit.workbook import build_form, build_workbook


def test_a_rich_workbook(rich: Path) -> None:
    assert [] == lint_workbook(rich, column_formulas=True)
    assert_sound(rich)


def test_a_workbook_with_pivot_tables(pivots: Path) -> None:
    assert_sound(pivots)


def test_a_workbook_of_openpyxl_before_and_after_an_edit(tmp_path: Path) -> None:
    book = openpyxl_book(tmp_path / "a.xlsx")
    edited = edit(book, tmp_path / "b.xlsx", {(2, 0): " K-2 ", (3, 1): date(2026, 4, 5), (9, 6): 1.5})
    assert [] == lint_workbook(book)
    assert [] == lint_workbook(edited)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("filled", [True, False])
def test_the_form(language: str, filled: bool, tmp_path: Path) -> None:
    build_form(tmp_path / "form.xlsx", make_content(language, complaints() if filled else None))
    assert_sound(tmp_path / "form.xlsx")


@pytest.mark.parametrize("filled", [True, False])
def test_the_register(filled: bool, tmp_path: Path) -> None:
    build_workbook(tmp_path / "register.xlsx", make_content("en", complaints() if filled else None))
    assert [] == lint_workbook(tmp_path / "register.xlsx", column_formulas=True)
    assert_sound(tmp_path / "register.xlsx")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_register_of_another_definition(language: str, tmp_path: Path) -> None:
    incidents = load_definition(Path(__file__).parents[2] / "definitions" / "incidents.toml")
    build_workbook(tmp_path / "register.xlsx", make_content(language, definition=incidents))
    assert_sound(tmp_path / "register.xlsx")


def test_a_broken_workbook_is_not_sound(rich: Path, tmp_path: Path) -> None:
    broken = changed(rich, tmp_path / "b.xlsx", WORKBOOK, 'name="tarief"', 'name="A1"')
    with pytest.raises(AssertionError, match="name_syntax"):
        assert_sound(broken)
