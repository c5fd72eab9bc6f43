"""Lets rows point at complaints by the numbers that these have here, where a file knows them by others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from registerkit.definition import Table
from registerkit.reading import SourceRow, TableRows

__all__ = ["in_own_numbers"]


def in_own_numbers(rows: TableRows, aliases: Mapping[tuple[str, str], str], main: str) -> TableRows:
    """Return the rows with our numbers; `aliases` has the keys that stand for others, by table and key."""
    table = rows.raw.table
    others = {shown: key for (name, shown), key in aliases.items() if name == main}
    pointing = [f.id for f in table.fields if f.kind == "numbers" or f.id == table.parent]
    if not others or not pointing:
        return rows
    return replace(rows, rows=tuple(_renumbered(row, table, pointing, others) for row in rows.rows))


def _renumbered(row: SourceRow, table: Table, pointing: Sequence[str], others: Mapping[str, str]) -> SourceRow:
    values = {
        f: tuple(others.get(n, n) for n in value) if isinstance(value, tuple) else others.get(str(value), value)
        for f, value in row.values.items()
        if f in pointing
    }
    key = others.get(row.key, row.key) if row.key and table.key in pointing else row.key
    return replace(row, key=key, values={**row.values, **values})
