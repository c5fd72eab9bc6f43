"""Keeps which complaints are one person's: `register/persons.py` says so by keys, of which hashes are kept here.

What changes touches only the persons of the complaints that changed, however many others there are.
"""

from __future__ import annotations

import base64
import hashlib
import struct
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping

import sqlalchemy as sa

from registerkit.definition import Record
from registerkit.register import Groups, person_keys
from registerkit.store import schema
from registerkit.store.bulk import chunks, insert_rows

__all__ = ["hashed_keys", "packed", "regroup"]

_CASE, _KEY = schema.cases.c, schema.person_keys.c


def hashed_keys(record: Record, code: str | None, secret: str) -> frozenset[int]:
    """Return what a complaint's person is known by; `code` is the one that the person was given when wiped."""
    return frozenset(_hashed(repr(key), secret) for key in person_keys(record, code))


def _hashed(text: str, secret: str) -> int:
    digest = hashlib.blake2b(text.encode(), digest_size=8, key=secret.encode()[:64]).digest()
    return int.from_bytes(digest, "big", signed=True)


def packed(keys: Collection[int]) -> str:
    """Return keys as a short text, the same for the same keys."""
    return base64.b64encode(struct.pack(f">{len(keys)}q", *sorted(keys))).decode()


def regroup(connection: sa.Connection, keys: Mapping[str, Collection[int]]) -> dict[str, str]:
    """Take in the keys of complaints that are new or changed; gives the person of each, and moves others along.

    A person is called by the lowest number among his complaints.
    """
    known = dict(_read(connection, _CASE.complaint, keys))
    holders = _holders(connection, {key for own in keys.values() for key in own})
    persons = {number: person for number, (person, _) in known.items()}
    lost = _keep_keys(connection, {number: own for number, (_, own) in known.items()}, keys)
    broken = {persons[number] for number in lost}
    members = dict(_read(connection, _CASE.person, broken))
    groups = Groups()
    for number, own in keys.items():
        groups.join(number, *own)
        if number in persons and number not in members:
            groups.join(number, persons[number])
    others = {number: own for number, (_, own) in members.items() if number not in keys}
    for number, own in others.items():
        groups.join(number, *own)
    whole = set(persons.values()) - broken
    for key, person in holders.items():
        if person not in broken:
            groups.join(key, person)
            whole.add(person)
    named = _named(groups, {*keys, *others, *whole})
    _rename(connection, _CASE.person, {old: named[old] for old in whole if named[old] != old})
    _rename(connection, _CASE.complaint, {number: named[number] for number in others})
    return {number: named[number] for number in keys}


def _named(groups: Groups, numbers: Iterable[str]) -> dict[str, str]:
    """Return for each number the lowest of its group."""
    lowest: dict[Hashable, str] = {}
    return {number: lowest.setdefault(groups.root(number), number) for number in sorted(numbers)}


def _keep_keys(
    connection: sa.Connection, known: Mapping[str, Collection[int]], keys: Mapping[str, Collection[int]]
) -> list[str]:
    """Keep the keys of complaints; gives the complaints that have one no more."""
    gone = [(number, key) for number, own in known.items() for key in own if key not in keys[number]]
    fresh = [(number, key) for number, own in keys.items() for key in own if key not in known.get(number, ())]
    if gone:
        own = (_KEY.key == sa.bindparam("of_key"), _KEY.complaint == sa.bindparam("of_complaint"))
        rows = [{"of_complaint": number, "of_key": key} for number, key in gone]
        connection.execute(schema.person_keys.delete().where(*own), rows)
    insert_rows(connection, schema.person_keys, [{"key": key, "complaint": number} for number, key in fresh])
    return [number for number, _ in gone]


def _holders(connection: sa.Connection, keys: Collection[int]) -> dict[int, str]:
    """Return the person of the complaints with each of these keys; of one key they are all one person's."""
    query = sa.select(_KEY.key, sa.func.min(_KEY.complaint)).group_by(_KEY.key)
    one: dict[int, str] = {}
    for some in chunks(keys):
        one |= {key: number for key, number in connection.execute(query.where(_KEY.key.in_(some)))}  # noqa: C416
    persons = {number: person for number, (person, _) in _read(connection, _CASE.complaint, set(one.values()))}
    return {key: persons[number] for key, number in one.items() if number in persons}


def _read(
    connection: sa.Connection, column: sa.Column[str], values: Iterable[str]
) -> Iterator[tuple[str, tuple[str, tuple[int, ...]]]]:
    """Return the complaints in whose row a column has one of these values: the number, the person and the keys."""
    query = sa.select(_CASE.complaint, _CASE.person, _CASE["keys"])
    for some in chunks(values):
        for number, person, keys in connection.execute(query.where(column.in_(some))):
            packed_keys = base64.b64decode(keys)
            yield number, (person, struct.unpack(f">{len(packed_keys) // 8}q", packed_keys))


def _rename(connection: sa.Connection, column: sa.Column[str], names: Mapping[str, str]) -> None:
    """Give the rows in which a column has one of these values another person."""
    if names:
        update = (
            schema.cases.update().where(column == sa.bindparam("of_value")).values(person=sa.bindparam("to_person"))
        )
        connection.execute(update, [{"of_value": value, "to_person": person} for value, person in names.items()])
