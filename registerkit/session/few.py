"""The part of a register that a few complaints are shown with, read without the others."""

from __future__ import annotations

from collections.abc import Collection

from registerkit.definition import Record
from registerkit.register import PERSON, PersonKey, Register, comparable, person_keys
from registerkit.session.session import Session
from registerkit.store.anonymise import person_codes

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
    """Return the numbers of a person's complaints, by the number of one; read are only the fields that tell who it is.

    Complaints may be joined by others between them, so it is looked again until nothing more is found.
    """
    main, codes = session.definition.main, person_codes(session.store)
    known = [role for role in dict.fromkeys(role for told in PERSON for role in told) if role in main.by_id]
    first = [n for n, role in enumerate(known, 1) if any(told[0] == role for told in PERSON)]
    names = [main.key, *known, *(["anonymised_on"] if "anonymised_on" in main.by_id else [])]
    found, keys, words, grown = {number}, set[PersonKey | str](), set[str](), True
    while grown:
        grown = False
        for row in session.store.rows(main.id, names):
            # Most rows have none of the words that the person is known by, and need no further look.
            if row[0] != number and row[0] not in codes and not any(comparable(row[n]) in words for n in first):
                continue
            told: Record = dict(zip(names, row, strict=True))
            of: set[PersonKey | str] = {*person_keys(told), *([codes[row[0]]] if row[0] in codes else [])}
            if (row[0] in found or not keys.isdisjoint(of)) and not of <= keys:
                keys |= of
                words |= {comparable(row[n]) for n in first} - {""}
                grown = True
            if not keys.isdisjoint(of):
                found.add(row[0])
    return found
