"""The choice lists as an office keeps them on the sheet of lists, one Excel table per list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from registerkit.ooxml import SheetTable
from registerkit.reading.parse import as_text

__all__ = ["TABLE_PREFIX", "ListRow", "RawList", "list_rows"]

TABLE_PREFIX = "Lijst_"
"""What the names of the lists' Excel tables begin with; the list's id follows."""
_NO = frozenset({"nee", "no", "n", "0", "onwaar", "false"})


@dataclass(frozen=True)
class RawList:
    """One list's Excel table; `cells` are those of its columns, from its first row of entries on."""

    list_id: str
    excel: SheetTable
    cells: Sequence[Sequence[Any]]

    @property
    def has_parent(self) -> bool:
        """Whether the list has a column that says which entry of another list each belongs to."""
        return self.excel.last_column - self.excel.first_column == 3


@dataclass(frozen=True)
class ListRow:
    """One row of a list: empty cells are None, and an empty In use counts as yes."""

    row: int
    code: str | None
    label: str | None
    parent: str | None
    in_use: bool


def list_rows(raw: RawList) -> list[ListRow]:
    """Understand the rows of a list, blank ones included."""
    rows = []
    for n, cells in enumerate(raw.cells, raw.excel.header_row + 1):
        texts = [as_text(cell) or None if cell not in ("", None) else None for cell in cells]
        parent = texts[2] if raw.has_parent else None
        rows.append(ListRow(n, texts[0], texts[1], parent, (texts[-1] or "").casefold() not in _NO))
    return rows
