"""Finds rows that say all that another record told: the column of numbers was shifted or sorted apart from its rows."""

from __future__ import annotations

from collections.abc import Sequence

from registerkit.definition import Table, Value
from registerkit.reading import SourceRow
from registerkit.sync.likeness import own_fields
from registerkit.sync.plan import Knowledge
from registerkit.sync.state import RegisterState

__all__ = ["moved_numbers"]

_ENOUGH = 2
"""So many texts a row must have in common with another record, that two may well say the same in one."""


def moved_numbers(
    rows: Sequence[SourceRow], table: Table, state: RegisterState, knowledge: Knowledge
) -> dict[int, str]:
    """Return rows that say what another record told when the file was last written, with that one's key.

    The other record's own row says something else now, or is not there: a text that was copied to a second row stays.
    Where rows bear the numbers of others, those with a number that is new, or with none, moved with them.
    """
    if table.hidden_key or not (knowledge.stamped or knowledge.is_keyed):
        return {}
    records, fields = state.records[table.id], own_fields(table, state.definition.main_id)
    strange = [row for row in rows if _is_changed(row, records.get(row.key or ""), fields)]
    if len(strange) < 2:
        return {}
    said = {row.key: tuple(row.values.get(f) for f in fields) for row in rows if row.key is not None}
    shown = {f for row in rows for f in row.values}
    told: dict[str, tuple[Value, ...]] = {}
    for key, record in records.items():
        if (table.id, key) not in state.created:
            told[key] = tuple(knowledge.base(table.id, key, f, record.get(f)) if f in shown else None for f in fields)
    holders = {values: key for key, values in told.items() if sum(v is not None for v in values) >= _ENOUGH}
    found = {}
    for row in strange:
        other = holders.get(tuple(row.values.get(f) for f in fields))
        if other is not None and other != row.key and said.get(other) != told[other]:
            found[row.row] = other
    known = any(row.row in found and row.key in records for row in strange)
    return found if known else {}


def _is_changed(row: SourceRow, record: dict[str, Value] | None, fields: Sequence[str]) -> bool:
    if record is None or row.values is record:  # Most rows say what their record holds, and are that record.
        return record is None
    return any(row.values.get(f) != record.get(f) for f in fields if f in row.values)
