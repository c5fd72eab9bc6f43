"""The attention sheet as it lies in a file: what sync wrote there, and what people chose."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from registerkit.findings import ATTENTION
from registerkit.ooxml import SheetTable
from registerkit.reading.parse import as_text
from registerkit.texts import LANGUAGES, load_texts

__all__ = ["RawAttention", "read_attention"]


@dataclass(frozen=True)
class RawAttention:
    """The table of the attention sheet; `rows` has the texts of every row of it by column, blank rows included."""

    excel: SheetTable
    columns: Mapping[str, int]
    rows: Mapping[int, Mapping[str, str]]
    can_grow: bool = True
    """Nothing stands below the table."""


def read_attention(
    tables: Sequence[SheetTable], grid_of: Callable[[str], Sequence[Sequence[Any]]]
) -> RawAttention | None:
    """Read the table; None when the file has none with all its columns. `grid_of` gives a sheet's cells from A1 on."""
    for excel, words in _named(tables):
        columns = {name: excel.first_column + excel.columns.index(h) for name, h in words.items() if h in excel.columns}
        if len(columns) == len(ATTENTION):
            grid = grid_of(excel.sheet)
            below = any(cell not in ("", None) for line in grid[excel.last_row :] for cell in line)
            return RawAttention(excel, columns, dict(_rows(excel, columns, grid)), not below)
    return None


def _named(tables: Sequence[SheetTable]) -> Iterator[tuple[SheetTable, dict[str, str]]]:
    """Return the tables that carry the sheet's name in a language, with the headers of that language."""
    for language in LANGUAGES:
        texts = load_texts(language)
        for excel in tables:
            if excel.name == texts("workbook.attention.table"):
                yield excel, {name: texts(f"workbook.attention.{name}") for name in ATTENTION}


def _rows(
    excel: SheetTable, columns: Mapping[str, int], grid: Sequence[Sequence[Any]]
) -> Iterator[tuple[int, Mapping[str, str]]]:
    for row in range(excel.header_row + 1, excel.last_row + 1):
        cells = grid[row - 1] if row <= len(grid) else ()
        held = {name: cells[column] if column < len(cells) else "" for name, column in columns.items()}
        yield row, {name: as_text(cell) if cell not in ("", None) else "" for name, cell in held.items()}
