"""What a record held before, by its history."""

from __future__ import annotations

from collections.abc import Mapping

from registerkit.definition import Value
from registerkit.store.codec import decode, value_kind
from registerkit.store.store import Store

__all__ = ["earlier_values"]


def earlier_values(store: Store, table: str, key: str) -> Mapping[str, frozenset[Value]]:
    """Return every value that the fields of a record have had; before it came in, they had none."""
    held: dict[str, set[Value]] = {}
    changes = [change for change in store.history(table, key) if change.taken]
    for change in changes:
        kind = value_kind(store.definition, table, change.field)
        texts = (change.new,) if change.revision == changes[0].revision else (change.old, change.new)
        held.setdefault(change.field, set()).update(decode(kind, text) for text in texts)
    return {field_id: frozenset(values) for field_id, values in held.items()}
