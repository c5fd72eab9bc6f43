"""A table of Word: a dark header that comes back on every page, and a line under each row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

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
    head, pattern = _grid(document, 2, widths)
    shade = element("shd", val="clear", color="auto", fill=theme.navy)
    for i, cell in enumerate(head):
        _plain_cell(cell, style, WD_ALIGN_PARAGRAPH.RIGHT if i in right else None, shade)
    for i, cell in enumerate(pattern):
        line = edges("tcBorders", {"bottom": (4, theme.line)})
        _plain_cell(cell, style, WD_ALIGN_PARAGRAPH.RIGHT if i in right else None, line)
    empty = pattern[0]._tc.getparent()
    lines = [head[0]._tc.getparent(), *(deepcopy(empty) for _ in rows)]
    empty.getparent().extend(lines[1:])
    empty.getparent().remove(empty)
    for n, (line, texts) in enumerate(zip(lines, (header, *rows), strict=True)):
        for i, (cell, text) in enumerate(zip(line.tc_lst, texts, strict=True)):
            colour = theme.paper if n == 0 else colours.get((n - 1, i))
            _say(cell, text, colour, is_bold=n - 1 in bold, keep=n < len(rows) < _WHOLE)


def _plain_cell(cell: Any, style_id: str, alignment: Any, look: Any) -> None:
    """Prepare a cell of a row that others are copied from: to put each together anew takes several times as long."""
    _fill(cell, "", style_id).alignment = alignment
    put(cell._tc.get_or_add_tcPr(), deepcopy(look))


def _say(cell: Any, text: str, colour: str | None, *, is_bold: bool, keep: bool) -> None:
    """Put a text in an empty cell that has its look."""
    paragraph = cell.p_lst[0]
    run = paragraph.r_lst[0]
    run.text = text
    if colour:
        Run(run, None).font.color.rgb = RGBColor.from_string(colour)  # type: ignore[arg-type]
    if colour or is_bold:
        Run(run, None).bold = True  # type: ignore[arg-type]
    if keep:
        Paragraph(paragraph, None).paragraph_format.keep_with_next = True  # type: ignore[arg-type]


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


def _fill(cell: Any, text: str, style_id: str) -> Any:
    paragraph = cell.paragraphs[0]
    paragraph._p.style = style_id
    paragraph.add_run(text)
    return paragraph
