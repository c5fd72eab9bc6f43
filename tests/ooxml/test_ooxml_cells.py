"""Addresses, serial days and the text of cells, as the file format has them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, to_excel

from registerkit.ooxml import Cached, Formula, address, column_index, column_letters, date_serial, parse_ref
from registerkit.ooxml.cells import escape_text, render_cell
from registerkit.ooxml.sheet_pieces import Kind
from registerkit.ooxml.sheet_rows import set_cells


@given(st.integers(0, 16383))
def test_columns_are_lettered_as_excel_does(index: int) -> None:
    assert column_letters(index) == get_column_letter(index + 1)
    assert column_index(column_letters(index)) == index


@given(st.integers(1, 1048576), st.integers(0, 16383))
def test_an_address_leads_back(row: int, column: int) -> None:
    assert parse_ref(address(row, column)) == (row, column, row, column)


@pytest.mark.parametrize(
    ("ref", "found"),
    [("A1", (1, 0, 1, 0)), ("A4:CA208", (4, 0, 208, 78)), ("$B$2:$C$3", (2, 1, 3, 2)), ("B$2", (2, 1, 2, 1))],
)
def test_ranges(ref: str, found: tuple[int, int, int, int]) -> None:
    assert parse_ref(ref) == found


@pytest.mark.parametrize("ref", ["", "A", "1", "A0:", "A:A", "Blad1!A1", "#REF!", "a1"])
def test_what_is_no_range(ref: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_ref(ref)


@given(st.dates(date(1900, 3, 1), date(9999, 12, 31)))
def test_days_count_as_excel_counts(day: date) -> None:
    assert date_serial(day) == to_excel(day, CALENDAR_WINDOWS_1900)


@given(st.dates(date(1904, 1, 2), date(9999, 12, 31)))
def test_days_count_from_1904_where_the_book_does(day: date) -> None:
    assert date_serial(day, date1904=True) == to_excel(day, CALENDAR_MAC_1904)


@pytest.mark.parametrize(
    ("day", "serial"),
    [(date(1900, 1, 1), 1), (date(1900, 2, 28), 59), (date(1900, 3, 1), 61), (datetime(2026, 4, 2, 12), 46114.5)],
)
def test_days_around_the_leap_day_that_never_was(day: date, serial: float) -> None:
    assert date_serial(day) == serial


@pytest.mark.parametrize(
    ("value", "xml"),
    [
        (None, b'<c r="B2" s="4"/>'),
        (Cached("x"), b'<c r="B2" s="4"/>'),
        (True, b'<c r="B2" s="4" t="b"><v>1</v></c>'),
        (12, b'<c r="B2" s="4"><v>12</v></c>'),
        (12.5, b'<c r="B2" s="4"><v>12.5</v></c>'),
        (date(2026, 4, 2), b'<c r="B2" s="4"><v>46114</v></c>'),
        ("a <b> & c", b'<c r="B2" s="4" t="inlineStr"><is><t xml:space="preserve">a &lt;b&gt; &amp; c</t></is></c>'),
        (Formula("A1&B1", 3), b'<c r="B2" s="4"><f>A1&amp;B1</f><v>3</v></c>'),
        (Formula("A1<B1", "x&y"), b'<c r="B2" s="4" t="str"><f>A1&lt;B1</f><v>x&amp;y</v></c>'),
        (Formula("A1", date(2026, 4, 2)), b'<c r="B2" s="4"><f>A1</f><v>46114</v></c>'),
        (Formula("A1"), b'<c r="B2" s="4" t="str"><f>A1</f><v></v></c>'),
    ],
)
def test_a_cell_is_written(value: Any, xml: bytes) -> None:
    assert render_cell("B2", b"4", value) == xml


@pytest.mark.parametrize(
    ("text", "xml"),
    [
        ("\x07", b"_x0007_"),
        ("_x0007_", b"_x005F_x0007_"),
        ("_x00", b"_x00"),
        ("__x0041__", b"__x005F_x0041__"),
        ("a\tb\nc", b"a\tb\nc"),
        ("a\ufffe\uffffb\ud800", b"ab"),
        ("\"'", b"\"'"),
        ("🚲é", "🚲é".encode()),
    ],
)
def test_text_is_guarded(text: str, xml: bytes) -> None:
    assert escape_text(text) == xml


@pytest.mark.parametrize(
    ("cell", "value", "after"),
    [
        (b'<c r="A1" s="2"><f>B1</f><v>1</v></c>', 5, b'<c r="A1" s="2"><f>B1</f><v>5</v></c>'),
        (b'<c r="A1" t="str"><f>B1</f><v>a</v></c>', 5, b'<c r="A1"><f>B1</f><v>5</v></c>'),
        (b'<c r="A1"><f>B1</f><v>1</v></c>', "x", b'<c r="A1" t="str"><f>B1</f><v>x</v></c>'),
        (b'<c r="A1"><f>B1</f></c>', None, b'<c r="A1" t="str"><f>B1</f><v></v></c>'),
        (b'<c r="A1"><f t="shared" si="3"/><v>1</v></c>', 2, b'<c r="A1"><f t="shared" si="3"/><v>2</v></c>'),
        (b'<c r="A1" t="e"><f>B1</f><v>#N/A</v></c>', 2, b'<c r="A1"><f>B1</f><v>2</v></c>'),
        (b'<c r="A1" s="2" cm="1"><f t="array" ref="A1">B1</f><v>1</v></c>', 2,
         b'<c r="A1" s="2" cm="1"><f t="array" ref="A1">B1</f><v>2</v></c>'),
        (b'<c r="A1"><v>1</v></c>', 2, b'<c r="A1"><v>1</v></c>'),
    ],
)  # fmt: skip
def test_a_cached_value_is_replaced_and_the_formula_stays(cell: bytes, value: Any, after: bytes) -> None:
    rows = [(Kind.ROWS, b'<row r="1">' + cell + b"</row>")]
    assert list(set_cells(rows, {(1, 0): Cached(value)})) == [(Kind.ROWS, b'<row r="1">' + after + b"</row>")]
