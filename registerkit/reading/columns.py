"""Understands the cells of a table column by column, and what stands in many rows only once.

`quickly` is for rows in which nothing is the matter; it gives what `parse_cell` gives for every cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from registerkit.definition import Field, Lookups, Record, Value
from registerkit.reading.headers import is_held
from registerkit.reading.parse import ParseContext, is_sound, parse_cell

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
        self.met: dict[Any, Value] = {}
        """What cells met before mean, where nothing else in the row bears on it; see `_REPEATED`."""
        self._lookups = lookups
        self._is_repeated = field.kind in _REPEATED and not field.parent

    def value(self, raw: Any, values: Mapping[str, Value]) -> Value:
        """Return the value of a cell, None when it is blank; `values` are those of the row so far. Raises `BadCell`."""
        if not is_held(raw):
            return None
        parent = values.get(self.field.parent) if self.field.parent else None
        context = ParseContext(self.field, self._lookups, parent if isinstance(parent, str) else None)
        value = parse_cell(raw, context)
        if self._is_repeated and isinstance(raw, str | date):  # Never a number: to Python 1.0 is True too.
            self.met[raw] = value
        return value


def quickly(columns: Iterable[Column], cells: Sequence[Any], known: Mapping[str, Value]) -> Record:
    """Return the values of a row that reaches to the last column; `known` is what its record in the store holds.

    A cell that shows the value that its record holds is that value. Raises `BadCell` when there is something to note.
    """
    values: Record = {}
    for column in columns:
        raw = cells[column.at]
        if raw == "":
            values[column.id] = None
        elif column.is_as_typed and raw == known.get(column.id):
            if raw is not None and not is_sound(column.field.kind, raw):
                column.value(raw, values)  # Another spelling of it is no change, but what is doubtful is told.
            values[column.id] = raw
        elif raw in column.met:
            values[column.id] = column.met[raw]
        else:
            values[column.id] = column.value(raw, values)
    return values
