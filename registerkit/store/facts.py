"""Writes what figures are counted from: the facts of each complaint, and whose it is."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import sqlalchemy as sa

from registerkit.register import Facts
from registerkit.store import schema
from registerkit.store.bulk import chunks, insert_rows
from registerkit.store.same_person import packed, regroup

__all__ = ["FACTS", "forget_facts", "write_facts"]

FACTS = (schema.cases, schema.handlings, schema.waits)


def write_facts(connection: sa.Connection, every: Sequence[Facts], keys: Mapping[str, Collection[int]]) -> None:
    """Write the facts of some complaints in place of those that were known; `keys` say whose they are, by number."""
    persons = regroup(connection, keys)
    for some in chunks(keys):
        for table in FACTS:
            connection.execute(table.delete().where(table.c.complaint.in_(some)))
    cases = [
        {**vars(facts.case), "person": persons[number], "keys": packed(keys[number])}
        for facts in every
        for number in (facts.case.complaint,)
    ]
    insert_rows(connection, schema.cases, cases)
    insert_rows(connection, schema.handlings, [vars(each) for facts in every for each in facts.handlings])
    insert_rows(connection, schema.waits, [vars(each) for facts in every for each in facts.waits])


def forget_facts(connection: sa.Connection) -> None:
    """Forget everything that figures are counted from."""
    for table in (*FACTS, schema.person_keys):
        connection.execute(table.delete())
