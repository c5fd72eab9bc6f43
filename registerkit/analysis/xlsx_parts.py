"""The parts an Excel report is made of: tiles, tables and native charts, placed under each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

from registerkit.analysis.charts import Place, chart_height, insert_chart, number_format, scaled
from registerkit.analysis.content import Cell, Point, Table, Tile
from registerkit.analysis.words import Words
from registerkit.excel import Book, CellContent, Sheet
from registerkit.theme import Theme

__all__ = ["Cursor", "Place", "begin_sheet", "styles"]

LABEL = 1
"""The first column used; the one before is a margin."""

_CHART_COLUMN = 8
_CHART_WIDTH = 560
_ROW_PIXELS = 20
_PAGE_ROWS = 49
"""Rows of a landscape page at the scale below; a block that would cross its end begins the next page."""
_SCALE = 66
_FOOTER = 230
"""Signs of a name at the foot of a page: Excel takes 255 with what stands around it."""


def styles(theme: Theme) -> dict[str, dict[str, Any]]:
    """Return the properties of every named cell style."""
    ink, navy, accent, quiet, line, mist, paper = (
        f"#{c}" for c in (theme.ink, theme.navy, theme.accent, theme.quiet, theme.line, theme.mist, theme.paper)
    )
    words = f"#{theme.accent_ink}"
    plain = {"font_color": ink, "valign": "top"}
    ruled = {"text_wrap": True, "valign": "vcenter", "bottom": 1, "bottom_color": line}
    tile = {"bg_color": mist, "align": "center", "left": 5, "right": 5, "left_color": paper, "right_color": paper}
    small = {**tile, "font_size": 10, "font_color": quiet}
    return {
        "plain": plain,
        "title": {"font_size": 18, "bold": True, "font_color": navy, "valign": "vcenter"},
        "head": {**plain, "font_size": 12, "bold": True, "font_color": words},
        "note": {**plain, "font_size": 10, "font_color": quiet},
        "under": {**plain, "font_size": 10, "font_color": quiet, "text_wrap": True},
        "text": {**plain, "text_wrap": True},
        "point_head": {**ruled, "bold": True, "font_color": navy, "text_wrap": False},
        "cell": {**ruled, "font_color": ink},
        "header": {"bg_color": navy, "font_color": paper, "bold": True, "text_wrap": True, "valign": "vcenter"},
        "tile_label": {**small, "top": 5, "top_color": accent},
        "tile_value": {**tile, "font_size": 20, "bold": True, "font_color": navy},
        "tile_change": small,
    }


def begin_sheet(book: Book, words: Words, name: str, widths: Sequence[float], portrait: bool = False) -> Cursor:
    """Add a sheet with its columns."""
    sheet = book.sheet(name)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width, book.style("plain"))
    return Cursor(sheet, words, tuple(widths), portrait)


@dataclass
class Cursor:
    """A sheet, and the row where the next part goes."""

    sheet: Sheet
    words: Words
    widths: tuple[float, ...]
    portrait: bool
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
        self.sheet.height(self.row, 28)
        self._line(title, "title")
        if under:
            self._paragraph(LABEL, under, "under")
        self.row += 2

    def head(self, text: str) -> None:
        """Add a small heading."""
        self._line(text, "head")

    def text(self, text: str) -> None:
        """Add a paragraph over the width of the tables."""
        if text:
            self._paragraph(LABEL, text, "text")
            self.row += 2

    def point(self, point: Point) -> None:
        """Add one thing to know, or a term: its head, and the sentences beside it."""
        self._put(LABEL, point.head, "point_head")
        self._paragraph(LABEL + 1, point.text, "cell")
        self.row += 1

    def tiles(self, tiles: Sequence[Tile]) -> None:
        """Put the big figures in a row."""
        self.sheet.height(self.row + 1, 30)
        for column, tile in enumerate(tiles, LABEL):
            for step, part in enumerate(("label", "value", "change")):
                style = self.sheet.book.style(f"tile_{part}")
                self.sheet.write(self.row + step, column, getattr(tile, part), style)
        self.row += 4

    def table(self, table: Table) -> None:
        """Write a table."""
        self.head(table.title)
        self.sheet.set_row_pixels(self.row, self._header_pixels(table))
        for i, name in enumerate(table.columns):
            self._put(LABEL + i, name, "header", align="right" if _is_right(table, i) else "left")
        for n, cells in enumerate(table.rows):
            self.row += 1
            self._wrap_row(cells)
            for i, cell in enumerate(cells):
                self._write(LABEL + i, cell, right=_is_right(table, i), bold=n in table.totals)
        self.row += 1
        if table.note:
            self._line(table.note, "note")

    def block(self, table: Table) -> Place:
        """Write a table with its chart beside it; give where the table's rows are, for a chart elsewhere."""
        height = chart_height(table) if table.chart else 0
        rows = max(len(table.rows) + 3, ceil(height / _ROW_PIXELS) + 1) + 1
        self._keep_together(rows)
        start = self.row
        self.table(table)
        end = self.row
        place = Place(self.sheet.name, start + 2, LABEL, table)
        if table.chart is not None:
            self._insert(place, start, _CHART_COLUMN, _CHART_WIDTH)
            end = max(end, start + ceil(height / _ROW_PIXELS) + 1)
        self.row = end + 1
        return place

    def chart(self, place: Place) -> None:
        """Put the chart of another sheet's table here, over the width of the columns."""
        width = sum(round(w * 7 + 5) for w in self.widths[LABEL:])
        self._insert(place, self.row, LABEL, width)
        self.row += ceil(chart_height(place.table) / _ROW_PIXELS) + 1

    def finish(self, footer: str, one_page: bool = False) -> None:
        """Set up printing: one page where asked, else page breaks between the parts."""
        name = _fitting(footer)
        self.sheet.page(f"&L&9{name}&R&9&P / &N", landscape=not self.portrait, one_page=one_page)
        if not one_page:
            self.sheet.set_print_scale(_SCALE)
            self.sheet.set_h_pagebreaks(self._breaks)

    def _put(self, column: int, value: CellContent, style: str, **changes: Any) -> None:
        self.sheet.write(self.row, column, value, self.sheet.book.style(style, **changes))

    def _line(self, text: str, style: str) -> None:
        self._put(LABEL, text, style)
        self.row += 1

    def _keep_together(self, rows: int) -> None:
        if self.row > self._page_from and self.row + rows - self._page_from > _PAGE_ROWS:
            self._breaks.append(self.row)
            self._page_from = self.row

    def _paragraph(self, first: int, text: str, style: str) -> None:
        width = sum(self.widths[first : self._last + 1])
        self.sheet.merge(self.row, first, self.row, self._last, text, self.sheet.book.style(style))
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

    def _write(self, column: int, cell: Cell, right: bool, bold: bool) -> None:
        value = cell.value
        if value is None or isinstance(value, str):
            self._put(column, self.words.cell(cell), "cell", align="right" if right else "left", bold=bold)
            return
        shape = {"num_format": number_format(cell.kind, self.words)}
        shown = value if isinstance(value, date) else scaled(cell.kind, value)
        self._put(column, shown, "cell", align="right", text_wrap=False, bold=bold, **shape)

    def _insert(self, place: Place, row: int, column: int, width: int) -> None:
        drawn, options = insert_chart(self.sheet.book, place, width)
        self.sheet.insert_chart(row, column, drawn, options)


def _is_right(table: Table, column: int) -> bool:
    """Tell whether a column holds numbers or days; the first names the row."""
    return column > 0 and table.kind(column) != "text"


def _fitting(footer: str) -> str:
    """Return a footer that Excel takes: cut where it is too long, a sign that means something there doubled."""
    name = footer.replace("&", "&&")
    while len(name) > _FOOTER:
        footer = footer[:-2].rstrip() + "…"
        name = footer.replace("&", "&&")
    return name
