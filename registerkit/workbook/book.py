"""A thin layer over XlsxWriter: formats made once, every return code checked, user text never taken for a formula."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from registerkit.errors import FileError
from registerkit.ooxml import address
from registerkit.theme import Theme
from registerkit.workbook.theme import style

__all__ = ["Book", "BuildError", "CellContent", "Sheet", "checked"]

CellContent = str | int | float | date | None
"""What a cell holds."""

_FIRST_DAY = date(1900, 3, 1)
"""Earlier days have other numbers in other programs, so they are written as text."""


class BuildError(FileError):
    """A workbook cannot be built, because a value or a name does not fit in the file format."""

    code = "build"


def checked(code: Any, where: str) -> None:
    """Turn a return code of XlsxWriter that says "not written" into an error."""
    if isinstance(code, int) and code < 0:
        raise BuildError(where=where, problem=code)


def _cached(value: CellContent) -> str | int | float:
    """Give a value as a formula's cell keeps it."""
    if isinstance(value, date):
        return (value - date(1899, 12, 30)).days
    return "" if value is None else value


def _internal(sheet: str, cell: str) -> str:
    return "internal:'" + sheet.replace("'", "''") + f"'!{cell}"


class _Worksheet(Worksheet):  # type: ignore[misc]  # XlsxWriter ships no types.
    """XlsxWriter's sheet, with a memory for formulas: those of a table are the same in every row.

    XlsxWriter looks for some thirty functions in every formula that it gets, one after another: most of the time that
    a register takes. What comes out hangs on the words of the formula alone (checked with XlsxWriter 3.2).
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return _prepared(formula, bool(expand_future_functions or self.use_future_functions))


@lru_cache(maxsize=16384)
def _prepared(formula: str, future: bool) -> str:
    prepared: str = _PREPARING._prepare_formula(formula, future)
    return prepared


_PREPARING = Worksheet()


class Book:
    """The workbook being built; formats are made once per set of properties."""

    def __init__(self, path: str, theme: Theme) -> None:
        self.theme = theme
        options = {
            "default_format_properties": {"font_name": theme.font, "font_size": 11},
            "strings_to_formulas": False,
            "strings_to_urls": False,
        }
        self.file = xlsxwriter.Workbook(path, options)
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def style(self, name: str, **changes: Any) -> Any:
        """Give the format of a named style, with changes."""
        return self.format({**style(self.theme, name), **changes})

    def format(self, properties: Mapping[str, Any]) -> Any:
        """Give the format with these properties."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.file.add_format(dict(properties))
        return self._formats[key]

    def sheet(self, name: str) -> Sheet:
        """Add a sheet."""
        return Sheet(self, self.file.add_worksheet(name, _Worksheet), name)

    def name(self, name: str, formula: str) -> None:
        """Define a name in the whole workbook; `formula` comes without the leading `=`."""
        checked(self.file.define_name(name, f"={formula}"), name)


class Sheet:
    """One sheet; rows and columns count from 0."""

    def __init__(self, book: Book, file: Any, name: str) -> None:
        self.book = book
        self.file = file
        self.name = name

    def write(self, row: int, column: int, value: CellContent, style: Any) -> None:
        """Write a value as what it is: text always as text, even when it begins with `=`."""
        if code := self._write(row, column, value, style):
            checked(code, self.at(row, column))

    def _write(self, row: int, column: int, value: CellContent, style: Any) -> Any:
        if value is None or value == "":
            return self.file.write_blank(row, column, None, style)
        if isinstance(value, str):
            return self.file.write_string(row, column, value, style)
        if isinstance(value, date):
            if value < _FIRST_DAY:
                return self.file.write_string(row, column, f"{value:%d-%m-%Y}", style)
            return self.file.write_datetime(row, column, datetime.combine(value, time()), style)
        return self.file.write_number(row, column, value, style)

    def formula(self, row: int, column: int, formula: str, value: CellContent, style: Any) -> None:
        """Write a formula, without the leading `=`, with the value it has now."""
        if code := self.file.write_formula(row, column, f"={formula}", style, _cached(value)):
            checked(code, self.at(row, column))

    def array_formula(self, row: int, column: int, formula: str, value: CellContent, style: Any) -> None:
        """Write a formula that looks at ranges cell by cell, with the value it has now."""
        code = self.file.write_array_formula(row, column, row, column, f"{{={formula}}}", style, _cached(value))
        checked(code, self.at(row, column))

    def merge(self, row: int, column: int, last_row: int, last_column: int, value: CellContent, style: Any) -> None:
        """Merge a block of cells and write its value; one cell alone is just written."""
        if (row, column) != (last_row, last_column):
            checked(self.file.merge_range(row, column, last_row, last_column, "", style), self.at(row, column))
        self.write(row, column, value, style)

    def link(
        self, row: int, column: int, sheet: str, text: str, style: Any, cell: str = "A1", tip: str | None = None
    ) -> None:
        """Write a link to a cell of a sheet, its top when none is named; `tip` shows when the mouse rests on it."""
        code = self.file.write_url(row, column, _internal(sheet, cell), style, text, tip)
        checked(code, self.at(row, column))

    def floating_link(self, row: int, column: int, sheet: str, text: str, cell: str, place: Mapping[str, int]) -> None:
        """Put a link in a text box over the cells: on a protected sheet a cell that is locked cannot be clicked."""
        options = {
            **place,
            "url": _internal(sheet, cell),
            "font": {
                "name": self.book.theme.font,
                "size": 10,
                "underline": True,
                "color": f"#{self.book.theme.accent}",
            },
            "align": {"vertical": "bottom", "text": "right"},
            "fill": {"none": True},
            "line": {"none": True},
            "description": text,
        }
        checked(self.file.insert_textbox(row, column, text, options), self.at(row, column))

    def columns(self, *widths: float) -> None:
        """Set the widths of the first columns, in characters."""
        for column, width in enumerate(widths):
            checked(self.file.set_column(column, column, width), self.name)

    def height(self, row: int, points: float) -> None:
        """Set the height of a row."""
        checked(self.file.set_row(row, points), self.name)

    def validate(self, ref: str, options: Mapping[str, Any]) -> None:
        """Add a data validation."""
        checked(self.file.data_validation(ref, dict(options)), f"{self.name} {ref}")

    def highlight(self, ref: str, condition: str, properties: Mapping[str, Any], *, stop: bool = False) -> None:
        """Colour cells for which a formula holds, written for the first cell of `ref`, without the leading `=`."""
        options = {
            "type": "formula",
            "criteria": f"={condition}",
            "format": self.book.format(properties),
            "stop_if_true": stop,
        }
        checked(self.file.conditional_format(ref, options), f"{self.name} {ref}")

    def table(self, ref: str, options: Mapping[str, Any]) -> None:
        """Make a range an Excel table."""
        checked(self.file.add_table(ref, dict(options)), f"{self.name} {ref}")

    def page(self, footer: str, *, landscape: bool = True, one_page: bool = False) -> None:
        """Set the sheet up for printing: A4, one page wide, with page numbers; hides the grid lines."""
        self.file.set_paper(9)
        if landscape:
            self.file.set_landscape()
        self.file.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        self.file.fit_to_pages(1, 1 if one_page else 0)
        self.file.set_footer(footer)
        self.file.hide_gridlines(2)

    def at(self, row: int, column: int) -> str:
        """Name a cell for a message."""
        return f"{self.name} {address(row + 1, column)}"
