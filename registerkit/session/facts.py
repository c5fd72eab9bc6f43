"""Keeps what figures are counted from in step with the register: each change writes the facts of what it touched.

They are made anew, in blocks, when they were made by other rules than those of today or in another place.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import sqlalchemy as sa

from registerkit.database import REVISION
from registerkit.definition import Record
from registerkit.register import Register, facts_of
from registerkit.store import Transaction, schema
from registerkit.store.bulk import chunks
from registerkit.store.codec import json_object
from registerkit.store.facts import forget_facts, write_facts
from registerkit.store.same_person import hashed_keys

if TYPE_CHECKING:
    from registerkit.session.session import Session

__all__ = ["bring_up_to_date", "keep_facts"]

_VERSION = 1
"""Counts the ways in which facts were made: one more whenever the same register would give others."""
_KEPT = "facts"
"""Where the store says what its facts were made by, and up to which change."""
_BELONGING = ("pauses", "letters")
"""The tables of which rows bear on a complaint's facts."""


def bring_up_to_date(session: Session) -> None:
    """Write the facts of what changed since, or of all complaints, where that was not done with the change itself."""
    if not _is_current(session):
        with session.store.exclusive(), session.store.transaction(_KEPT, session.stamp_time, bookkeeping=True) as step:
            keep_facts(session, step)


def keep_facts(session: Session, transaction: Transaction) -> None:
    """Write the facts of what changed since they were last written; `transaction` has written its own changes."""
    connection, rules = transaction.connection, _rules(session)
    since, now = _known(session, rules), session.store.revision()
    if since is None:
        forget_facts(connection)
    numbers = _all(session, connection) if since is None else _changed(session, connection, since)
    wanted = numbers if since is None else sorted({*numbers, *transaction.touched})
    register: Register | None = None
    for some in chunks(wanted):
        register = register or session.register_with({"holidays": _holidays(session)}, ())
        _write(register, session, connection, some)
    transaction.set_meta(_KEPT, json.dumps({"rules": rules, "revision": now}))


def _is_current(session: Session) -> bool:
    with session.store.reading():
        return _known(session, _rules(session)) == session.store.revision()


def _known(session: Session, rules: str) -> int | None:
    """Return the change up to which facts were written; None when they were made by other rules, or never."""
    kept = session.store.noted(_KEPT, json_object) or {}
    revision = kept.get("revision")
    return revision if kept.get("rules") == rules and isinstance(revision, int) else None


def _rules(session: Session) -> str:
    """Return a fingerprint of everything but a complaint's own records that its facts follow from."""
    definition, main = session.definition, session.definition.main
    fields = [(f.id, f.when, f.value_kind, f.choices) for f in main.fields]
    asked = [(rule.id, rule.fields, rule.when) for rule in definition.closing_rules]
    days = sorted((key, row.get("in_use"), row.get("origin")) for key, row in _holidays(session).items())
    closing = (definition.closing, asked, dict(definition.taken_over), session.settings.sent_when_made)
    told = (_VERSION, main.id, fields, closing, session.policy, days)
    return hashlib.sha256(repr(told).encode()).hexdigest()


def _holidays(session: Session) -> Mapping[str, Record]:
    return session.store.records("holidays") if "holidays" in session.definition.tables else {}


def _all(session: Session, connection: sa.Connection) -> Iterator[str]:
    """Return the numbers of all complaints, in order; few are in memory at a time."""
    key, last, some = session.store.tables[session.definition.main_id].c.rk_key, "", [""]
    while some:
        some = list(connection.scalars(sa.select(key).where(key > last).order_by(key).limit(10_000)))
        yield from some
        last = some[-1] if some else last


def _changed(session: Session, connection: sa.Connection, since: int) -> Iterator[str]:
    """Return the numbers of complaints that changed after a revision, or of which something that belongs to them."""
    for table in session.definition.tables.values():
        layout = session.store.tables[table.id].c
        number = layout.rk_key if table.id == session.definition.main_id else _number(layout, table.parent, table.key)
        if number is not None:
            yield from filter(None, connection.scalars(sa.select(number).where(layout[REVISION] > since)))


def _number(layout: sa.ColumnCollection[str, sa.Column[str]], parent: str | None, key: str) -> sa.Column[str] | None:
    """Return the column that says to which complaint a row belongs; None in a table of its own."""
    return None if parent is None else layout.rk_key if parent == key else layout[parent]


def _write(register: Register, session: Session, connection: sa.Connection, numbers: Collection[str]) -> None:
    """Write the facts of some complaints; `register` has what they are read by."""
    store, definition, codes = session.store, session.definition, schema.persons.c
    there = [table for name in _BELONGING if (table := definition.tables.get(name))]
    records = {table.id: store.records(table.id, table.parent, numbers) for table in there}
    records[definition.main_id] = store.records(definition.main_id, definition.main.key, numbers)
    some = replace(register, records=records, phases=store.phases(numbers)).complaints
    query = sa.select(codes.complaint, codes.code).where(codes.complaint.in_(numbers))
    known, secret = {number: code for number, code in connection.execute(query)}, store.register_id()  # noqa: C416
    keys = {number: hashed_keys(complaint.record, known.get(number), secret) for number, complaint in some.items()}
    write_facts(connection, [facts_of(complaint) for complaint in some.values()], keys)
