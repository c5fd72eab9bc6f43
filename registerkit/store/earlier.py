"""What a record held before, by its history."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from registerkit.definition import Value
from registerkit.store import schema
from registerkit.store.codec import decode, field_id_of, value_kind
from registerkit.store.store import Store

__all__ = ["earlier_values"]


def earlier_values(store: Store, table: str, key: str) -> Mapping[str, frozenset[Value]]:
    """Return every value that the fields of a record have had; before it came in, they had none."""
    h = schema.history.c
    query = sa.select(h.revision, h.field, h.old, h.new).where(h.table == table, h.key == key, h.taken).order_by(h.id)
    held: dict[str, set[Value]] = {}
    first = None
    with store.reading() as connection:
        for revision, word, old, new in connection.execute(query):
            field_id = field_id_of(store.definition, table, word)
            first = revision if first is None else first
            kind = value_kind(store.definition, table, field_id)
            texts = (new,) if revision == first else (old, new)
            held.setdefault(field_id, set()).update(decode(kind, text) for text in texts)
    return {field_id: frozenset(values) for field_id, values in held.items()}
