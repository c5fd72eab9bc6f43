"""The runs of an office's batch commands: when they began, what they made, and whether they came to their end."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from registerkit.store import schema
from registerkit.store.store import Store
from registerkit.store.write import Transaction

__all__ = ["begin_run", "finish_run", "finished_on", "last_finished"]


def begin_run(transaction: Transaction, command: str, on: date, label: str, at: str) -> int:
    """Note that a run began; one of the same day that never came to its end is gone on with."""
    r = schema.runs
    own = (r.c.office == transaction.client_id, r.c.command == command)
    same = (*own, r.c.acted_on == on, r.c.finished_at.is_(None))
    known = transaction.connection.scalar(sa.select(r.c.id).where(*same))
    if known is not None:
        return int(known)
    values = {"office": transaction.client_id, "command": command, "acted_on": on, "label": label, "started_at": at}
    inserted = transaction.connection.execute(r.insert().values(**values)).inserted_primary_key
    return int(inserted[0]) if inserted else 0


def finish_run(transaction: Transaction, run_id: int, at: str, summary: Mapping[str, Any]) -> None:
    """Note that a run came to its end."""
    text = json.dumps(dict(summary), ensure_ascii=False)
    update = schema.runs.update().where(schema.runs.c.id == run_id)
    transaction.connection.execute(update.values(finished_at=at, summary=text))


def last_finished(store: Store, command: str, before: date) -> date | None:
    """Return the day of the last run before a day that came to its end."""
    r = schema.runs
    own = (r.c.office == store.client_id, r.c.command == command)
    finished = (*own, r.c.finished_at.is_not(None), r.c.acted_on < before)
    query = sa.select(sa.func.max(r.c.acted_on)).where(*finished)
    with store.reading() as connection:
        day: date | None = connection.scalar(query)
        return day


def finished_on(store: Store, command: str, on: date) -> Mapping[str, Any] | None:
    """Return the summary of a run of that day that came to its end."""
    r = schema.runs
    own = (r.c.office == store.client_id, r.c.command == command)
    query = sa.select(r.c.summary).where(*own, r.c.acted_on == on, r.c.finished_at.is_not(None))
    with store.reading() as connection:
        text = connection.scalar(query.order_by(r.c.id.desc()).limit(1))
        found: dict[str, Any] | None = json.loads(text) if text else None
        return found
