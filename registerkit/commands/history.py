"""Tells what happened to one complaint, change by change."""

from __future__ import annotations

from typing import Any

from registerkit.commands.records import number_in
from registerkit.definition import Definition, Lookups
from registerkit.register import shown
from registerkit.session.session import Session
from registerkit.store import decode

__all__ = ["history_of"]


def history_of(session: Session, number: str) -> list[dict[str, Any]]:
    """Return every change of a main record and of the rows that belong to it, in order."""
    definition, store, lookups = session.definition, session.store, session.lookups()
    key = number_in(session, number)
    changes = store.history(definition.main_id, key)
    for table in definition.tables.values():
        if table.parent and (belonging := store.records(table.id, table.parent, [key])):
            changes += store.history(table.id, *belonging)
    return [
        {
            "at": change.at,
            "source": change.source,
            "table": change.table,
            "key": change.key,
            "field": _name_of(definition, change.table, change.field),
            "old": _shown(definition, lookups, change.table, change.field, change.old),
            "new": _shown(definition, lookups, change.table, change.field, change.new),
            "taken": change.taken,
        }
        for change in sorted(changes, key=lambda change: change.n)
    ]


def _name_of(definition: Definition, table: str, field_id: str) -> str:
    """Return what JSON calls a field, also one of an earlier definition."""
    fields = definition.tables[table].by_id
    return fields[field_id].name if field_id in fields else field_id


def _shown(definition: Definition, lookups: Lookups, table: str, field_id: str, text: str | None) -> Any:
    field = definition.tables[table].by_id.get(field_id)
    if field is None or text is None:
        return text
    return shown(definition, table, field_id, decode(field.value_kind, text), lookups)
