"""Conflicts that wait for a person to choose."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from registerkit.definition import Definition, Value
from registerkit.store import schema
from registerkit.store.codec import decode, encode, field_id_of, value_kind
from registerkit.store.store import Store
from registerkit.store.write import Transaction
from registerkit.sync.plan import OpenConflict, SourcePlan

__all__ = ["StoredConflict", "close_conflicts", "conflicts_of", "keep_conflicts", "open_conflicts"]


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
    """Return the open conflicts of all files of this office, oldest first."""
    c, s = schema.conflicts.c, schema.sources.c
    query = sa.select(c.id, s.path, c.table, c.key, c.field, c.file_value, c.at).join(
        schema.sources, s.id == c.source_id
    )
    query = query.where(c.open, s.office == store.client_id).order_by(c.id)
    found: dict[int, StoredConflict] = {}
    with store.reading() as connection:
        for n, path, table, key, word, text, at in connection.execute(query):
            field_id = field_id_of(store.definition, table, word)
            field = store.definition.tables[table].by_id.get(field_id) if table in store.definition.tables else None
            if field is not None:
                value = decode(field.value_kind, text)
                found[n] = StoredConflict(n, path, table, key, field_id, value, at or "")
    return found


def conflicts_of(
    connection: sa.Connection, source_id: int, definition: Definition
) -> dict[tuple[str, str, str], OpenConflict]:
    """Return the open conflicts of one file by table, key and field."""
    t = schema.conflicts
    query = sa.select(t.c.table, t.c.key, t.c.field, t.c.file_value, t.c.store_value)
    found = {}
    for table, key, word, file_value, store_value in connection.execute(
        query.where(t.c.source_id == source_id, t.c.open)
    ):
        field_id = field_id_of(definition, table, word)
        kind = value_kind(definition, table, field_id)
        found[(table, key, field_id)] = OpenConflict(decode(kind, file_value), decode(kind, store_value))
    return found


def keep_conflicts(transaction: Transaction, source_id: int, plan: SourcePlan) -> None:
    """Keep the conflicts that a file's plan found, and close those that it settled."""
    c, connection = schema.conflicts.c, transaction.connection
    told = plan.closed_conflicts | {(conflict.table, conflict.key, conflict.field) for conflict in plan.conflicts}
    for table, key, field_id in told:
        words = {field_id, transaction.definition.tables[table].by_id[field_id].name}
        close_conflicts(connection, c.source_id == source_id, c.table == table, c.key == key, c.field.in_(words))
    if plan.settled:
        close_conflicts(connection, c.id.in_(plan.settled))
    rows = [
        {
            "source_id": source_id,
            "table": conflict.table,
            "key": conflict.key,
            "field": conflict.field,
            "base": encode(conflict.base),
            "file_value": encode(conflict.file_value),
            "store_value": encode(conflict.store_value),
            "revision": transaction.revision,
            "open": conflict.kept == "store",
            "at": transaction.at,
        }
        for conflict in plan.conflicts
    ]
    if rows:
        connection.execute(schema.conflicts.insert(), rows)


def close_conflicts(connection: sa.Connection, *which: sa.ColumnElement[bool]) -> None:
    """Close the conflicts for which all conditions hold."""
    connection.execute(schema.conflicts.update().where(*which).values(open=False))
