"""Cells planned before they are written, so that one plan serves the builder and later refreshes of cached values."""

from __future__ import annotations

from dataclasses import dataclass, replace

from registerkit.excel import Book, CellContent, Sheet
from registerkit.ooxml import address
from registerkit.workbook.theme import SIGNAL_COLOURS

__all__ = ["PlacedCell", "first_of", "write_cells"]


@dataclass(frozen=True)
class PlacedCell:
    """A cell to write: a value, or a formula with the value it has now; row and column count from 0."""

    row: int
    column: int
    value: CellContent
    style: str = "plain"
    formula: str | None = None
    """Without the leading `=`."""
    number_format: str | None = None
    last_column: int | None = None
    """The last of the cells that are merged with it, to its right."""
    array: bool = False
    """The formula looks at ranges cell by cell, as with Ctrl + Shift + Enter."""


def first_of(cell: PlacedCell, other: PlacedCell) -> PlacedCell:
    """Return one cell that shows the first while that shows anything, else the other."""
    formula = f"IF(LEN({cell.formula})>0,{cell.formula},{other.formula})"
    return replace(cell, value=cell.value or other.value, formula=formula)


def write_cells(book: Book, sheet: Sheet, cells: list[PlacedCell]) -> None:
    """Write planned cells to a sheet."""
    for cell in cells:
        changes = {"num_format": cell.number_format} if cell.number_format else {}
        style = book.style(cell.style, **changes)
        if cell.last_column is not None:
            sheet.merge(cell.row, cell.column, cell.row, cell.last_column, None, style)
        if cell.formula is None:
            sheet.write(cell.row, cell.column, cell.value, style)
        else:
            write = sheet.array_formula if cell.array else sheet.formula
            write(cell.row, cell.column, cell.formula, cell.value, style)
        if cell.style == "card_alert":
            ref = address(cell.row + 1, cell.column)
            sheet.highlight(ref, f"{ref}>0", {"font_color": SIGNAL_COLOURS["overdue"][0]})
