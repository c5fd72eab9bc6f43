"""A table of Word: a dark header that comes back on every page, and a line under each row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, RGBColor
from docx.table import _Cell

from registerkit.theme import Theme
from registerkit.word.parts import edges, element, put

__all__ = ["add_table", "add_tiles"]

_WHOLE = 9
"""A table of so many rows stays on one page."""


def add_table(
    document: Any,
    theme: Theme,
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    right: frozenset[int],
    colours: Mapping[tuple[int, int], str],
    bold: frozenset[int] = frozenset(),
) -> None:
    """Add a table that begins and ends at the margins; `right` are the columns of numbers, `bold` rows of sums."""
    style = document.styles["Cell"].style_id
    for n, (cells, texts) in enumerate(zip(_grid(document, len(rows) + 1, widths), (header, *rows), strict=True)):
        for i, (cell, text) in enumerate(zip(cells, texts, strict=True)):
            colour = theme.paper if n == 0 else colours.get((n - 1, i))
            paragraph = _fill(cell, text, style, colour)
            for run in paragraph.runs if n - 1 in bold else ():
                run.bold = True
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if i in right else None
            paragraph.paragraph_format.keep_with_next = n < len(rows) < _WHOLE or None
            shade = element("shd", val="clear", color="auto", fill=theme.navy)
            put(cell._tc.get_or_add_tcPr(), shade if n == 0 else edges("tcBorders", {"bottom": (4, theme.line)}))


def add_tiles(document: Any, theme: Theme, tiles: Sequence[tuple[str, str, str]], width: float) -> None:
    """Add figures in a row, as a table of three rows: their labels are its header, below come figure and remark."""
    styles = [document.styles[name].style_id for name in ("Tile Label", "Tile", "Tile Label")]
    grid = _grid(document, len(styles), [width / len(tiles)] * len(tiles))
    gap, bar = {"left": (18, theme.paper)}, {"top": (18, theme.accent)}
    for n, (cells, style) in enumerate(zip(grid, styles, strict=True)):
        for cell, tile in zip(cells, tiles, strict=True):
            _fill(cell, tile[n], style).paragraph_format.keep_with_next = True
            shade = element("shd", val="clear", color="auto", fill=theme.mist)
            put(cell._tc.get_or_add_tcPr(), shade, edges("tcBorders", gap if n else gap | bar))


def _grid(document: Any, rows: int, widths: Sequence[float]) -> list[list[Any]]:
    """Add an empty table of which no row is broken over pages, and the first comes back on every page; gives its cells.

    The library finds a row's cells anew each time that it is asked, and the style of every paragraph among all styles.
    """
    table = document.add_table(rows, len(widths))
    table.autofit = False
    # The edge of the table, not the text in it, stands on the margin.
    put(table._tbl.tblPr, element("tblInd", w=0, type="dxa"))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for row in table._tbl.tr_lst:
        put(row.get_or_add_trPr(), element("cantSplit"))
    put(table._tbl.tr_lst[0].trPr, element("tblHeader"))
    grid = [[_Cell(tc, table) for tc in row.tc_lst] for row in table._tbl.tr_lst]
    for cells in grid:
        for cell, width in zip(cells, widths, strict=True):
            cell.width = Cm(width)
    return grid


def _fill(cell: Any, text: str, style_id: str, colour: str | None = None) -> Any:
    paragraph = cell.paragraphs[0]
    paragraph._p.style = style_id
    run = paragraph.add_run(text)
    if colour:
        run.font.color.rgb, run.bold = RGBColor.from_string(colour), True
    return paragraph
