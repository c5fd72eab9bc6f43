"""The parts an Excel report is made of: formats, tiles, tables and native charts, placed under each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from math import ceil
from textwrap import fill
from typing import Any

import xlsxwriter

from registerkit.analysis.content import Cell, CellKind, Chart, Point, Table, Tile
from registerkit.analysis.words import Words
from registerkit.theme import Theme

__all__ = ["Book", "Cursor", "Place"]

LABEL = 1
"""The first column used; the one before is a margin."""

_A4 = 9
_CHART_COLUMN = 7
_CHART_WIDTH = 560
_ROW_PIXELS = 20
_PAGE_ROWS = 45
"""Rows of a landscape page at the scale below; a block that would cross its end begins the next page."""
_SCALE = 72
_FORMATS: dict[CellKind, str] = {
    "number": "#,##0",
    "decimal": "0.0",
    "percent": "0%",
    "euro": '"€" #,##0.00',
    "date": "dd-mm-yyyy",
    "signed": "+#,##0;-#,##0;0",
    "signed_decimal": "+0.0;-0.0;0.0",
    "signed_euro": '+"€" #,##0.00;-"€" #,##0.00;"€" 0.00',
}


class Book:
    """An Excel report under way."""

    def __init__(self, out: BytesIO, theme: Theme, words: Words) -> None:
        self.theme, self.words = theme, words
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self.workbook = xlsxwriter.Workbook(out, options)
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def describe(self, title: str, author: str, made: datetime) -> None:
        """Fill in the workbook's properties."""
        self.workbook.set_properties({"title": title, "author": author, "created": made})

    def close(self) -> None:
        """Write the file."""
        self.workbook.close()

    def format(self, **properties: Any) -> Any:
        """Give a cell format; equal ones are made once."""
        basis = {"font_name": self.theme.font, "font_size": 11, "font_color": f"#{self.theme.ink}", "valign": "top"}
        whole = tuple(sorted((basis | properties).items()))
        if whole not in self._formats:
            self._formats[whole] = self.workbook.add_format(dict(whole))
        return self._formats[whole]

    def sheet(self, name: str, widths: Sequence[float], portrait: bool = False) -> Cursor:
        """Add a sheet with its columns and print set-up."""
        sheet = self.workbook.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.set_paper(_A4)
        sheet.set_margins(left=0.5, right=0.4, top=0.5, bottom=0.7)
        if not portrait:
            sheet.set_landscape()
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width, self.format())
        return Cursor(self, sheet, tuple(widths))


@dataclass(frozen=True)
class Place:
    """Where a table stands: its sheet, and the row of its first cells."""

    sheet: str
    first: int
    table: Table


@dataclass
class Cursor:
    """A sheet, and the row where the next part goes."""

    book: Book
    sheet: Any
    widths: tuple[float, ...]
    row: int = 0

    def __post_init__(self) -> None:
        self._breaks: list[int] = []
        self._page_from = 0

    @property
    def _last(self) -> int:
        return max(column for column, width in enumerate(self.widths) if width > 5)

    def skip(self) -> None:
        """Leave a row empty."""
        self.row += 1

    def title(self, title: str, under: str) -> None:
        """Begin the sheet."""
        theme = self.book.theme
        self.sheet.set_row(self.row, 28)
        style = self.book.format(font_size=18, bold=True, font_color=f"#{theme.navy}", valign="vcenter")
        self.sheet.write_string(self.row, LABEL, title, style)
        self.row += 1
        if under:
            quiet = self.book.format(font_size=10, font_color=f"#{theme.quiet}", text_wrap=True)
            self._paragraph(LABEL, self._last, under, quiet)
        self.row += 2

    def head(self, text: str) -> None:
        """Add a small heading."""
        style = self.book.format(font_size=12, bold=True, font_color=f"#{self.book.theme.accent}")
        self.sheet.write_string(self.row, LABEL, text, style)
        self.row += 1

    def text(self, text: str) -> None:
        """Add a paragraph over the width of the tables."""
        if text:
            self._paragraph(LABEL, self._last, text, self.book.format(text_wrap=True))
            self.row += 2

    def point(self, point: Point) -> None:
        """Add one thing to know: its head, and the sentences beside it."""
        line = {"bottom": 1, "bottom_color": f"#{self.book.theme.line}"}
        head = self.book.format(bold=True, font_color=f"#{self.book.theme.navy}", valign="vcenter", **line)
        self.sheet.write_string(self.row, LABEL, point.head, head)
        self._paragraph(LABEL + 1, self._last, point.text, self.book.format(text_wrap=True, valign="vcenter", **line))
        self.row += 1

    def term(self, term: str, text: str) -> None:
        """Add a term and what it means."""
        self.point(Point(term, text))

    def tiles(self, tiles: Sequence[Tile]) -> None:
        """Put the big figures in a row."""
        theme, mist = self.book.theme, {"bg_color": f"#{self.book.theme.mist}", "align": "center"}
        edge = {"left": 5, "right": 5, "left_color": f"#{theme.paper}", "right_color": f"#{theme.paper}"}
        small = self.book.format(font_size=10, font_color=f"#{theme.quiet}", **mist, **edge)
        top = self.book.format(
            font_size=10, font_color=f"#{theme.quiet}", top=5, top_color=f"#{theme.accent}", **mist, **edge
        )
        big = self.book.format(font_size=20, bold=True, font_color=f"#{theme.navy}", **mist, **edge)
        self.sheet.set_row(self.row + 1, 30)
        for column, tile in enumerate(tiles, LABEL):
            for step, (value, style) in enumerate(((tile.label, top), (tile.value, big), (tile.change, small))):
                self.sheet.write_string(self.row + step, column, value, style)
        self.row += 4

    def table(self, table: Table) -> None:
        """Write a table."""
        self.head(table.title)
        line = {"bottom": 1, "bottom_color": f"#{self.book.theme.line}"}
        dark = {"bg_color": f"#{self.book.theme.navy}", "font_color": f"#{self.book.theme.paper}", "bold": True}
        self.sheet.set_row_pixels(self.row, self._header_pixels(table))
        for i, name in enumerate(table.columns):
            align = "right" if i and _is_right(table, i) else "left"
            style = self.book.format(text_wrap=True, align=align, valign="vcenter", **dark)
            self.sheet.write_string(self.row, LABEL + i, name, style)
        for cells in table.rows:
            self.row += 1
            self._wrap_row(cells)
            for i, cell in enumerate(cells):
                self._write(LABEL + i, cell, right=i > 0 and _is_right(table, i), **line)
        self.row += 1
        if table.note:
            quiet = self.book.format(font_size=10, font_color=f"#{self.book.theme.quiet}")
            self.sheet.write_string(self.row, LABEL, table.note, quiet)
            self.row += 1

    def block(self, table: Table) -> Place:
        """Write a table with its chart beside it; give where the table's rows are, for a chart elsewhere."""
        height = _chart_pixels(table) if table.chart else 0
        rows = max(len(table.rows) + 3, ceil(height / _ROW_PIXELS) + 1) + 1
        self._keep_together(rows)
        start = self.row
        self.table(table)
        end = self.row
        place = Place(self.sheet.get_name(), start + 2, table)
        if table.chart is not None:
            self._insert(place, start, _CHART_COLUMN, _CHART_WIDTH)
            end = max(end, start + ceil(height / _ROW_PIXELS) + 1)
        self.row = end + 1
        return place

    def chart(self, place: Place) -> None:
        """Put the chart of another sheet's table here, over the width of the columns."""
        width = sum(round(w * 7 + 5) for w in self.widths[LABEL:])
        self._insert(place, self.row, LABEL, width)
        self.row += ceil(_chart_pixels(place.table) / _ROW_PIXELS) + 1

    def finish(self, organisation: str, title: str, one_page: bool = False) -> None:
        """Set up printing: one page where asked, else page breaks between the parts."""
        name = " · ".join(part for part in (organisation, title) if part).replace("&", "&&")
        self.sheet.set_footer(f"&L&9{name}&R&9&P / &N")
        if one_page:
            self.sheet.fit_to_pages(1, 1)
            return
        self.sheet.set_print_scale(_SCALE)
        self.sheet.set_h_pagebreaks(self._breaks)

    def _keep_together(self, rows: int) -> None:
        if self.row > self._page_from and self.row + rows - self._page_from > _PAGE_ROWS:
            self._breaks.append(self.row)
            self._page_from = self.row

    def _paragraph(self, first: int, last: int, text: str, style: Any) -> None:
        width = sum(self.widths[first : last + 1])
        if last > first:
            self.sheet.merge_range(self.row, first, self.row, last, "", style)
        self.sheet.write_string(self.row, first, text, style)
        self.sheet.set_row_pixels(self.row, max(1, ceil(len(text) * 0.97 / width)) * _ROW_PIXELS + 6)

    def _header_pixels(self, table: Table) -> int:
        lines = [ceil(len(name) / self.widths[LABEL + i]) for i, name in enumerate(table.columns)]
        return max(lines) * _ROW_PIXELS + 4

    def _wrap_row(self, cells: Sequence[Cell]) -> None:
        lines = [
            ceil(len(cell.value) * 0.97 / self.widths[LABEL + i])
            for i, cell in enumerate(cells)
            if isinstance(cell.value, str)
        ]
        if max(lines, default=1) > 1:
            self.sheet.set_row_pixels(self.row, max(lines) * _ROW_PIXELS)

    def _write(self, column: int, cell: Cell, right: bool, **line: Any) -> None:
        value = cell.value
        if value is None or isinstance(value, str):
            style = self.book.format(text_wrap=True, align="right" if right else "left", valign="vcenter", **line)
            self.sheet.write_string(self.row, column, self.book.words.cell(cell), style)
            return
        number_format = _FORMATS.get(cell.kind) or self.book.words("number.points_format")
        style = self.book.format(num_format=number_format, align="right", valign="vcenter", **line)
        if isinstance(value, date):
            self.sheet.write_datetime(self.row, column, datetime.combine(value, time()), style)
        else:
            self.sheet.write_number(self.row, column, _scaled(cell.kind, value), style)

    def _insert(self, place: Place, row: int, column: int, width: int) -> None:
        source, first, table, chart = place.sheet, place.first, place.table, place.table.chart
        if chart is None:
            return
        drawn = self.book.workbook.add_chart({"type": "bar" if chart.shape == "bars" else "column"})
        last = first + len(table.charted) - 1
        values = LABEL + chart.column
        drawn.add_series(
            {
                "name": [source, first - 1, values],
                "categories": [source, first, LABEL, last, LABEL],
                "values": [source, first, values, last, values],
                "gap": 45,
                "fill": {"color": f"#{self.book.theme.accent}"},
                "points": self._points(table, chart),
                "data_labels": {"value": True, "font": self._font(10)},
            }
        )
        self._calm(drawn, chart)
        drawn.set_size({"width": width, "height": _chart_pixels(table)})
        self.sheet.insert_chart(row, column, drawn, {"description": chart.alt, "object_position": 2})

    def _points(self, table: Table, chart: Chart) -> list[Any]:
        theme = self.book.theme
        rows = range(len(table.charted))
        return [
            {"fill": {"color": f"#{theme.accent if not chart.accent or row in chart.accent else theme.muted}"}}
            for row in rows
        ]

    def _calm(self, drawn: Any, chart: Chart) -> None:
        """Take away what a chart does not need: legend, grid lines, the axis with numbers."""
        names = {"num_font": self._font(10), "line": {"color": f"#{self.book.theme.line}"}, "major_tick_mark": "none"}
        numbers = {"visible": False, "major_gridlines": {"visible": False}, "min": 0}
        drawn.set_legend({"none": True})
        drawn.set_chartarea({"border": {"none": True}})
        drawn.set_title(
            {
                "name": fill(chart.title, 78),
                "name_font": {**self._font(11), "bold": True, "color": f"#{self.book.theme.navy}"},
                "layout": {"x": 0.01, "y": 0.02},
            }
        )
        if chart.shape == "bars":
            drawn.set_y_axis({**names, "reverse": True})
            drawn.set_x_axis(numbers)
        else:
            drawn.set_x_axis(names)
            drawn.set_y_axis(numbers)

    def _font(self, size: int) -> dict[str, Any]:
        return {"name": self.book.theme.font, "size": size, "color": f"#{self.book.theme.ink}", "bold": False}


def _chart_pixels(table: Table) -> int:
    if table.chart is None or table.chart.shape == "columns":
        return 280
    return 70 + 28 * len(table.charted)


def _is_right(table: Table, column: int) -> bool:
    kind = next((row[column].kind for row in table.rows), "text")
    return kind != "text"


def _scaled(kind: CellKind, value: float) -> float:
    """Cents become euros, and a difference of shares becomes percentage points."""
    if kind in ("euro", "signed_euro"):
        return value / 100
    return value * 100 if kind == "points" else value
