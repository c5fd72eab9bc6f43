"""Errors and formulas of a sheet part, found where their marks stand, are those that a search of every cell finds."""

from __future__ import annotations

import re

import pytest

from registerkit.ooxml import column_index
from registerkit.reading.error_cells import _ERROR, _FORMULA, find_marks

ROWS = [
    b'<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="str"><f>A1&amp;"x"</f><v></v></c></row>',
    b'<row r="2"><c r="A2"/><c r="B2" s="3"><f t="shared" si="0"/><v>4</v></c><c r="C2" t="e"><v>#N/A</v></c></row>',
    b'<row r="4" spans="1:3"><c s="1" r="A4" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="C4"><f>A1</f></c></row>',
    b'<row r="5"><c r="A5" t="inlineStr"><is><t>&lt;f&gt; t="e"</t></is></c><c r="AA5">\n<f>A1</f><v>1</v></c></row>',
    b'<row r="6"/>',
    b'<row r="7"><c r="B7" t="str"><f>A1&amp;"x"</f><v></v></c></row>',
]
PART = b'<worksheet><cols><col min="1"/></cols><sheetData>' + b"".join(ROWS) + b"</sheetData><f/></worksheet>"
COLUMNS = {0, 1, 2, 26}


def plainly(pattern: re.Pattern[bytes], part: bytes) -> dict[tuple[int, int], bool]:
    """Search every cell of the whole part."""
    return {(int(m[2]), column_index(m[1].decode())): m.lastindex == 4 for m in pattern.finditer(part)}


@pytest.mark.parametrize("size", [1, 7, 64, 200, 10_000])
def test_blocks_of_any_size_give_what_a_search_of_every_cell_gives(size: int) -> None:
    marks = find_marks((PART[n : n + size] for n in range(0, len(PART), size)), COLUMNS)
    assert plainly(_FORMULA, PART) == dict(marks.formulas)
    assert plainly(_ERROR, PART).keys() == marks.errors
    assert b"</sheetData><f/></worksheet>" == marks.behind


def test_columns_that_are_not_asked_for_are_left_out() -> None:
    marks = find_marks([PART], {2})
    assert {(4, 2): False} == dict(marks.formulas)
    assert {(2, 2)} == marks.errors


def test_formulas_are_known_by_cell_and_by_row() -> None:
    formulas = find_marks([PART], COLUMNS).formulas
    assert (1, 1) in formulas
    assert (1, 0) not in formulas
    assert (3, 1) not in formulas
    assert {0: True, 2: False} == formulas.in_row(4)
    assert formulas.in_row(1) is formulas.in_row(7)
    assert 6 == len(formulas)


def test_a_row_that_comes_twice_keeps_the_formulas_of_both() -> None:
    row = b'<row r="1"><c r="%b1"><f>A1</f><v>1</v></c></row>'
    assert {(1, 0): True, (1, 2): True} == dict(find_marks([row % b"A", row % b"C"], COLUMNS).formulas)


@pytest.mark.parametrize("rubbish", [b"<f", b'<c t="e"', b'<c r="A1" ', b"<c", b'<c r="A1"><f>'])
def test_a_part_that_never_ends_a_cell_is_looked_through_once(rubbish: bytes) -> None:
    """Two million of them take moments; looked through again and again they would take hours."""
    block = rubbish * (200_000 // len(rubbish))
    assert not find_marks([block] * 20, COLUMNS).formulas
