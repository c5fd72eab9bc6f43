"""The part of a register that a few complaints are shown with, read without the others."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from registerkit.definition import Record
from registerkit.register import Register
from registerkit.session.facts import bring_up_to_date
from registerkit.session.session import Session
from registerkit.store import schema

__all__ = ["complaints_of", "of_same_person", "register_of"]


def register_of(session: Session, numbers: Collection[str]) -> Register:
    """Return the register with these complaints alone and what belongs to them; other tables are whole."""
    with session.store.reading():
        return session.register_with(complaints_of(session, numbers), numbers)


def complaints_of(session: Session, numbers: Collection[str]) -> dict[str, dict[str, Record]]:
    """Return the records of all tables, of the main table and of those that belong to it only these complaints'."""
    store, definition = session.store, session.definition
    records = {}
    for table in definition.tables.values():
        if table.id == definition.main_id:
            records[table.id] = store.records(table.id, table.key, numbers)
        elif table.parent:
            records[table.id] = store.records(table.id, table.parent, numbers)
        else:
            records[table.id] = store.records(table.id)
    return records


def of_same_person(session: Session, number: str) -> set[str]:
    """Return the numbers of a person's complaints, by the number of one."""
    bring_up_to_date(session)
    c = schema.cases.c
    whose = sa.select(c.person).where(c.complaint == number).scalar_subquery()
    with session.store.reading() as connection:
        return set(connection.scalars(sa.select(c.complaint).where(c.person == whose)))
