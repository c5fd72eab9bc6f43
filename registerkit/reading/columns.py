"""Understands the cells of a table column by column, and what stands in many rows only once.

`quickly` is for rows in which nothing is the matter; it gives what `parse_cell` gives for every cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from registerkit.definition import Field, Lookups, Record, Value
from registerkit.reading.parse import ParseContext, parse_cell

__all__ = ["Column", "quickly"]

_AS_TYPED = frozenset({"text", "memo", "email", "phone", "postcode"})
"""Kinds whose cells show the very value that the store keeps."""
_REPEATED = frozenset({"choice", "person", "yesno", "date"})
"""Kinds of which a register has the same few cells over and over."""


class Column:
    """One column that people fill in: its field, its place from 0, and what its cells were found to mean."""

    def __init__(self, field: Field, at: int, lookups: Lookups) -> None:
        self.field = field
        self.id = field.id
        self.at = at
        self.is_as_typed = field.kind in _AS_TYPED
        self._lookups = lookups
        self._repeated = field.kind in _REPEATED
        self._known: dict[tuple[type, Any, Value], Value] = {}

    def value(self, raw: Any, values: Mapping[str, Value]) -> Value:
        """Give the value of a cell; `values` are those of the row so far. Raises `BadCell`."""
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            return None
        parent = values.get(self.field.parent) if self.field.parent else None
        if not self._repeated:
            return self._parsed(raw, parent)
        said = (type(raw), raw, parent)  # The type too: True is 1.0 to Python, and means something else in a cell.
        if said not in self._known:
            self._known[said] = self._parsed(raw, parent)
        return self._known[said]

    def _parsed(self, raw: Any, parent: Value) -> Value:
        return parse_cell(raw, ParseContext(self.field, self._lookups, parent if isinstance(parent, str) else None))


def quickly(columns: Iterable[Column], cells: Sequence[Any], known: Mapping[str, Value]) -> Record:
    """Give the values of a row that reaches to the last column; `known` is what its record in the store holds.

    A cell that shows the value that its record holds is not understood anew. Raises `BadCell`.
    """
    values: Record = {}
    for column in columns:
        raw = cells[column.at]
        if raw == "":
            values[column.id] = None
        elif column.is_as_typed and raw == known.get(column.id):
            values[column.id] = raw
        else:
            values[column.id] = column.value(raw, values)
    return values
