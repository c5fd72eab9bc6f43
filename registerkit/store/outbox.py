"""Files that follow from what was stored: noted in the same step, finished by this run or the next."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from registerkit.store import schema
from registerkit.store.store import Store
from registerkit.store.write import Transaction

__all__ = ["OutboxEntry", "finish_entry", "open_entries", "put"]


@dataclass(frozen=True)
class OutboxEntry:
    """A file that is still to be put in its place."""

    id: int
    kind: str
    target: str
    payload: dict[str, Any]


def put(transaction: Transaction, kind: str, target: str, payload: dict[str, Any]) -> None:
    """Note a file that follows from this transaction; `target` is relative to the project."""
    values = {"kind": kind, "target": target, "payload": json.dumps(payload, ensure_ascii=False), "done": False}
    transaction.connection.execute(schema.outbox.insert().values(office=transaction.client_id, **values))


def open_entries(store: Store) -> list[OutboxEntry]:
    """Return what this office still has to do, in order; files of other offices lie out of reach."""
    o = schema.outbox
    own = (o.c.office == store.client_id, ~o.c.done)
    query = sa.select(o.c.id, o.c.kind, o.c.target, o.c.payload).where(*own).order_by(o.c.id)
    with store.reading() as connection:
        return [
            OutboxEntry(n, kind, target, json.loads(payload)) for n, kind, target, payload in connection.execute(query)
        ]


def finish_entry(transaction: Transaction, entry_id: int) -> None:
    """Take an entry out, once its file is in place."""
    transaction.connection.execute(schema.outbox.delete().where(schema.outbox.c.id == entry_id))
