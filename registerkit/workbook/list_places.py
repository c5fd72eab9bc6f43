"""Where each choice list stands on the sheet of lists, and in which order its entries come."""

from __future__ import annotations

from dataclasses import dataclass

from registerkit.definition import Choice
from registerkit.workbook.content import WorkbookContent
from registerkit.workbook.references import span

__all__ = ["FIRST_ROW", "INDEX_COLUMN", "ListPlace", "list_entries", "list_places"]

TITLE_ROW = 3
HEADER_ROW = 4
FIRST_ROW = 5
"""The first row of entries, from 0."""

INDEX_COLUMN = 1
"""The column with a link to each list, before the lists."""
_SLOTS = 60
"""Lists have room for entries in steps of this many, so that formulas keep their place while lists grow."""
_SPARE = 10


@dataclass(frozen=True)
class ListPlace:
    """The columns of one list, from 0, and how many entries formulas look at."""

    list_id: str
    column: int
    parent: str | None
    slots: int
    rows: int
    """The rows of the Excel table, blank ones for additions included."""

    @property
    def last_column(self) -> int:
        """The column that says whether an entry is in use."""
        return self.column + (3 if self.parent else 2)

    def labels(self, sheet: str) -> str:
        """Return the range of the labels."""
        return self._span(sheet, self.column + 1)

    def parents(self, sheet: str) -> str:
        """Return the range of the parents' labels."""
        return self._span(sheet, self.column + 2)

    def in_use(self, sheet: str) -> str:
        """Return the range that says whether an entry is in use."""
        return self._span(sheet, self.last_column)

    def _span(self, sheet: str, column: int) -> str:
        return span(sheet, FIRST_ROW, FIRST_ROW + self.slots - 1, column)


def list_places(content: WorkbookContent) -> dict[str, ListPlace]:
    """Lay the lists side by side behind the index, with a narrow column between."""
    places: dict[str, ListPlace] = {}
    column = INDEX_COLUMN + 2
    for list_id, declared in content.definition.lists.items():
        parent = content.definition.parent_list(list_id)
        rows = len(content.lookups.lists.get(list_id, ())) + (0 if declared.fixed else _SPARE)
        steps = -(-rows // _SLOTS)
        # A list that depends on another grows fastest, so it gets room at once.
        slots = _SLOTS * max(steps, 4 if parent else 1)
        places[list_id] = ListPlace(list_id, column, parent, slots, rows)
        column = places[list_id].last_column + 2
    return places


def list_entries(content: WorkbookContent, list_id: str) -> list[Choice]:
    """Return a list's entries in the order of the sheet: by parent where it has one, else as the store has them."""
    choices = list(content.lookups.lists.get(list_id, ()))
    parent = content.definition.parent_list(list_id)
    if parent is None:
        return choices
    order = {choice.code: n for n, choice in enumerate(content.lookups.lists.get(parent, ()))}
    return sorted(choices, key=lambda c: order.get(c.parent or "", len(order)))
