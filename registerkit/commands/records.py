"""Records as the commands that look them up show them: found by a number as people type it, written as JSON has it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from registerkit.definition import Definition, Lookups, Record
from registerkit.errors import UsageError
from registerkit.register import shown
from registerkit.session.session import Session
from registerkit.suggest import nearest
from registerkit.sync.numbers import bare_number

__all__ = ["json_record", "known_number", "number_in"]


def known_number(numbers: Iterable[str], number: str) -> str:
    """Return the key that a number typed by hand means, or its last part; raises `UsageError` with the nearest."""
    wanted = bare_number(number)
    bare = {key: bare_number(key) for key in numbers}
    same = [k for k, b in bare.items() if b == wanted] or [k for k, b in bare.items() if b.endswith(f"-{wanted}")]
    if len(same) != 1:
        raise UsageError(reason="number", value=number, nearest=nearest(number.strip().upper(), bare))
    return same[0]


def number_in(session: Session, number: str) -> str:
    """Return the same of the complaints in the store, of which nothing but the numbers is read."""
    main, whole = session.definition.main, number.strip()
    if session.store.records(main.id, main.key, [whole]):
        return whole
    return known_number((row[0] for row in session.store.rows(main.id, [main.key])), number)


def json_record(definition: Definition, table: str, record: Record, lookups: Lookups) -> dict[str, Any]:
    """Return a record with every stored field, as JSON shows values."""
    fields = definition.tables[table].fields
    return {f.name: shown(definition, table, f.id, record.get(f.id), lookups) for f in fields if f.stored}
