"""Rows written as a block hold what cells hold that are written one by one."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter.worksheet import Worksheet

from registerkit.excel import Book, BuildError, CellContent, LiveCell, Row
from registerkit.excel.worksheet import KitSheet
from registerkit.theme import Theme, theme_of

_STYLES = {"amount": {"num_format": "0.00", "bottom": 1}, "text": {"num_format": "@"}, "plain": {}}

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=40)
VALUES = st.one_of(
    st.none(),
    TEXTS,
    st.sampled_from(["<r>a & b</r>", "=1+1", "_x0041_", " a ", "a\nb", "<r/>", "&amp;"]),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.dates(date(1890, 1, 1), date(2100, 1, 1)),
)


def _theme() -> Theme:
    return theme_of({})


def _written(path: Path, rows: list[list[CellContent]], *, as_block: bool) -> list[list[tuple[object, str]]]:
    with Book(path, _theme(), _STYLES) as book:
        sheet = book.sheet("Blad")
        styles = [book.style(name) for name in _STYLES]
        sheet.write(0, 0, "Kop", styles[2])
        if as_block:
            sheet.rows(2, (Row(20.25, row, styles) for row in rows), [True] * 3)
        else:
            for n, row in enumerate(rows, 2):
                sheet.height(n, 20.25)
                for column, value in enumerate(row):
                    sheet.write(n, column, value, styles[column])
        sheet.write(len(rows) + 3, 1, "Onder", styles[2])
    read = openpyxl.load_workbook(path)["Blad"]
    return [[(c.value, c.number_format, c.border.bottom.style, c.row) for c in row] for row in read.iter_rows()]


@given(st.lists(st.lists(VALUES, min_size=3, max_size=3), min_size=1, max_size=6))
def test_a_block_holds_what_single_cells_hold(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[CellContent]]
) -> None:
    folder = tmp_path_factory.mktemp("block")
    block, cells = (_written(folder / f"{way}.xlsx", rows, as_block=way) for way in (True, False))
    assert block == cells


def test_a_text_that_begins_and_ends_like_rich_text_stays_as_it_was_typed(tmp_path: Path) -> None:
    """XlsxWriter takes such a text for XML; a file with "<r>Jansen & Zn</r>" in it could not be opened."""
    typed = "<r>Jansen & Zn</r>"
    rows = _written(tmp_path / "rich.xlsx", [[typed, typed, typed]], as_block=False)
    assert [cell[0] for cell in rows[2]] == [typed] * 3


def test_empty_cells_stand_in_the_file_only_where_they_are_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "blanks.xlsx"
    with Book(path, _theme(), _STYLES) as book:
        sheet = book.sheet("Blad")
        styles = [book.style(name) for name in _STYLES]
        sheet.rows(0, [Row(15, [None, "", 3], styles, hidden=True)], [True, False, False])
    with zipfile.ZipFile(path) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
    assert '<c r="A1" s=' in xml
    assert 'r="B1"' not in xml
    assert 'hidden="1"' in xml


def test_a_formula_of_a_block_keeps_the_value_it_has(tmp_path: Path) -> None:
    path = tmp_path / "live.xlsx"
    with Book(path, _theme(), _STYLES) as book:
        sheet, plain = book.sheet("Blad"), book.style("plain")
        cells = [LiveCell('IF(1<2,"a & b","")', "a & b"), LiveCell("1+1", 2), LiveCell("TODAY()", date(2026, 11, 20))]
        sheet.rows(0, [Row(15, cells, [plain] * 3)], [True] * 3)
    values = openpyxl.load_workbook(path, data_only=True)["Blad"]
    formulas = openpyxl.load_workbook(path)["Blad"]
    assert [cell.value for cell in values[1]] == ["a & b", 2, 46346]
    assert [cell.value for cell in formulas[1]] == ['=IF(1<2,"a & b","")', "=1+1", "=TODAY()"]


@pytest.mark.parametrize("value", ["x" * 32_768, "\U0001f600" * 16_384, float("nan"), float("inf")])
def test_what_does_not_fit_is_named_by_its_cell(tmp_path: Path, value: CellContent) -> None:
    with pytest.raises(BuildError) as caught, Book(tmp_path / "full.xlsx", _theme(), _STYLES) as book:
        sheet, plain = book.sheet("Blad"), book.style("plain")
        sheet.rows(4, [Row(15, ["a", value], [plain] * 2)], [True] * 2)
    assert caught.value.values["where"] == "Blad B5"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "formula",
    [
        "=SUM(A1:A3)",
        "{=SUM(IF(A1:A3>1,1,0))}",
        "=SORT(A1:A3)",
        '=IF(A1="SORT(",1,2)',
        "=_xlfn.XLOOKUP(A1,B1,C1)",
        "=A1",
    ],
)
@pytest.mark.parametrize("future", [False, True])
def test_formulas_are_prepared_as_xlsxwriter_does_it(formula: str, future: bool) -> None:
    assert KitSheet()._prepare_formula(formula, future) == Worksheet()._prepare_formula(formula, future)
