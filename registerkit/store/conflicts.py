"""Conflicts that wait for a person to choose."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from registerkit.definition import Value
from registerkit.store import schema
from registerkit.store.codec import decode
from registerkit.store.store import Store

__all__ = ["StoredConflict", "close_conflicts", "open_conflicts"]


@dataclass(frozen=True)
class StoredConflict:
    """A field that a file and the store changed to different values; `at` is when that came to light, as ISO text."""

    id: int
    source: str
    table: str
    key: str
    field: str
    file_value: Value
    at: str


def open_conflicts(store: Store) -> dict[int, StoredConflict]:
    """Give the open conflicts of all files, oldest first."""
    c, s = schema.conflicts.c, schema.sources.c
    query = sa.select(c.id, s.path, c.table, c.key, c.field, c.file_value, c.at).join(
        schema.sources, s.id == c.source_id
    )
    found: dict[int, StoredConflict] = {}
    with store.reading() as connection:
        for n, path, table, key, field_id, text, at in connection.execute(query.where(c.open).order_by(c.id)):
            field = store.definition.tables[table].by_id.get(field_id) if table in store.definition.tables else None
            if field is not None:
                value = decode(field.value_kind, text)
                found[n] = StoredConflict(n, path, table, key, field_id, value, at or "")
    return found


def close_conflicts(connection: sa.Connection, *which: sa.ColumnElement[bool]) -> None:
    """Close the conflicts for which all conditions hold."""
    connection.execute(schema.conflicts.update().where(*which).values(open=False))
