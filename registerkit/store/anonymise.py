"""Wipes what is personal of complaints out of a store: records, history, and what was seen of files."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

import sqlalchemy as sa

from registerkit.database import REVISION
from registerkit.definition import Table
from registerkit.store import schema
from registerkit.store.bulk import chunks
from registerkit.store.codec import field_id_of
from registerkit.store.mails import forget_mails
from registerkit.store.store import Store
from registerkit.store.write import Transaction

__all__ = ["person_codes", "said_of", "tidy", "wipe"]

_SOURCE = "anonymise"


def person_codes(store: Store) -> dict[str, str]:
    """Return the codes of persons by the numbers of their complaints."""
    p = schema.persons.c
    with store.reading() as connection:
        return {str(n): str(code) for n, code in connection.execute(sa.select(p.complaint, p.code))}


def said_of(store: Store, numbers: Collection[str]) -> Iterator[Mapping[str, object]]:
    """Return what complaints hold, and what files without their numbers were seen to say of them."""
    definition = store.definition
    records = store.records(definition.main_id, definition.main.key, numbers)
    yield from (records[number] for number in numbers if number in records)
    p = schema.pending.c
    for some in chunks(numbers):
        with store.reading() as connection:
            query = sa.select(p.key, p.said).where(p.table == definition.main_id, p.key.in_(some))
            rows = connection.execute(query).all()
        for key, said in rows:
            told = {field_id_of(definition, definition.main_id, f): v for f, v in json.loads(said or "{}").items()}
            yield {**records.get(key, {}), **told}


def wipe(store: Store, numbers: Mapping[str, date], codes: Mapping[str, str], word: str, at: str) -> None:
    """Wipe complaints, each marked with its day, as one step; doing it again changes nothing.

    `codes` are those of their persons, for other complaints of these too. A text that the register cannot do without
    becomes `word`.
    """
    definition = store.definition
    with store.transaction(_SOURCE, at) as transaction:
        connection, main = transaction.connection, definition.main
        for number, code in codes.items():
            transaction.replace(schema.persons, {"complaint": number}, [{"complaint": number, "code": code}])
        transaction.touched |= codes.keys()
        records = store.records(main.id)
        here = [number for number in numbers if number in records]
        for number in here:
            if records[number].get("anonymised_on") is None:
                transaction.update(main.id, number, {"anonymised_on": (None, numbers[number])})
        for table in definition.tables.values():
            if table.personal:
                _wipe_table(transaction, store, table, _keys(connection, store, table, here), word)
        for some in chunks(here):
            forget_mails(connection, some)
        # What was remembered of files may quote them: they are read again.
        connection.execute(schema.sources.update().values(content=None, state=None, outcome=None))


def tidy(store: Store) -> None:
    """Have a store in a file keep nothing of what was wiped in pages that are free; a server sees to its own."""
    if store.database.address.file is not None:
        with store.reading() as connection:
            connection.rollback()
            connection.connection.driver_connection.execute("VACUUM")  # type: ignore[union-attr]


def _keys(connection: sa.Connection, store: Store, table: Table, numbers: Sequence[str]) -> list[str]:
    """Return the keys of a table's rows that belong to complaints."""
    if table.id == store.definition.main_id or table.parent == table.key:
        return list(numbers)
    if not table.parent:
        return []
    c, found = store.tables[table.id].c, list[str]()
    for some in chunks(numbers):
        found += connection.scalars(sa.select(c.rk_key).where(c[table.parent].in_(some)))
    return found


def _wipe_table(transaction: Transaction, store: Store, table: Table, keys: Sequence[str], word: str) -> None:
    connection, layout = transaction.connection, store.tables[table.id]
    needed = _needed(store, table)
    fields = [f for f in table.fields if f.personal and f.stored]
    words = {*(f.id for f in fields), *(f.name for f in fields)}
    values = {f.id: sa.case((layout.c[f.id].is_(None), None), else_=word) if f.id in needed else None for f in fields}
    marked = {**values, REVISION: transaction.revision}
    for some in chunks(keys):
        connection.execute(layout.update().where(layout.c.rk_key.in_(some)).values(marked))
        for each in (schema.history, schema.conflicts):
            own = (each.c.table == table.id, each.c.key.in_(some), each.c.field.in_(words))
            texts = {name: None for name in ("old", "new", "base", "file_value", "store_value") if name in each.c}
            connection.execute(each.update().where(*own).values(texts | ({"open": False} if "open" in each.c else {})))
        _wipe_created(connection, table, some, words)
        _wipe_said(connection, table, some, words)


def _needed(store: Store, table: Table) -> frozenset[str]:
    """Return the texts that a rule may ask for: that something stood there tells how a complaint ended."""
    rules = (rule for rule in store.definition.rules_by_table[table.id] if rule.kind == "required")
    asked = {field_id for rule in rules for field_id in rule.fields}
    return frozenset(
        f.id for f in table.fields if f.kind in ("text", "memo") and (f.when in ("intake", "close") or f.id in asked)
    )


def _wipe_created(connection: sa.Connection, table: Table, keys: Sequence[str], words: Collection[str]) -> None:
    h = schema.history
    own = (h.c.table == table.id, h.c.key.in_(keys), h.c.field == schema.CREATION)
    for n, text in connection.execute(sa.select(h.c.id, h.c.new).where(*own)).all():
        connection.execute(h.update().where(h.c.id == n).values(new=_without(text, words)))


def _wipe_said(connection: sa.Connection, table: Table, keys: Sequence[str], words: Collection[str]) -> None:
    for t in (schema.seen, schema.moved, schema.pending):
        own = (t.c.table == table.id, t.c.key.in_(keys))
        for source_id, key, said in connection.execute(sa.select(t.c.source_id, t.c.key, t.c.said).where(*own)).all():
            which = (t.c.source_id == source_id, t.c.table == table.id, t.c.key == key)
            connection.execute(t.update().where(*which).values(said=_without(said, words)))


def _without(text: str | None, words: Collection[str]) -> str:
    said = json.loads(text or "{}")
    return json.dumps({k: v for k, v in said.items() if k not in words}, ensure_ascii=False)
