"""Who is one person, kept change by change, is what all complaints together say (`register/persons.py`)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from registerkit.definition import Record
from registerkit.register import CaseFacts, Facts, group_persons
from registerkit.store import schema
from registerkit.store.facts import FACTS, forget_facts, write_facts
from registerkit.store.same_person import hashed_keys

TELLING = {
    "name": st.sampled_from([None, "A. Aap", "a.  aap", "B. Beer"]),
    "email": st.sampled_from([None, "a@x.example", "A@x.example", "b@x.example"]),
    "phone": st.sampled_from([None, "0301", "0302"]),
    "customer_number": st.sampled_from([None, None, "7"]),
}
CHANGES = st.lists(
    st.dictionaries(st.integers(1, 8).map(lambda n: f"K-{n}"), st.fixed_dictionaries(TELLING), min_size=1, max_size=4),
    min_size=1,
    max_size=5,
)


@pytest.fixture(scope="module")
def connection() -> Iterator[sa.Connection]:
    engine = sa.create_engine("sqlite://")
    with engine.connect() as connection:
        schema.metadata.create_all(connection, tables=[*FACTS, schema.person_keys])
        yield connection
    engine.dispose()


def write(connection: sa.Connection, records: dict[str, Record], codes: dict[str, str]) -> None:
    facts = [Facts(CaseFacts(number, None, None, 0)) for number in records]
    write_facts(connection, facts, {n: hashed_keys(r, codes.get(n), "secret") for n, r in records.items()})


def persons(connection: sa.Connection) -> dict[str, str]:
    rows = connection.execute(sa.select(schema.cases.c.complaint, schema.cases.c.person))
    return {number: person for number, person in rows}  # noqa: C416


def lowest(groups: dict[str, int]) -> dict[str, str]:
    """Call each group by its lowest number."""
    return {number: min(n for n, group in groups.items() if group == own) for number, own in groups.items()}


@settings(max_examples=150)
@given(CHANGES, st.dictionaries(st.sampled_from(["K-1", "K-2", "K-3"]), st.sampled_from(["c1", "c2"])))
def test_change_by_change_is_as_all_at_once(
    connection: sa.Connection, changes: list[dict[str, Record]], codes: dict[str, str]
) -> None:
    forget_facts(connection)
    records: dict[str, Record] = {}
    for change in changes:
        records |= change
        write(connection, change, codes)
        assert persons(connection) == lowest(group_persons(records.items(), codes))
    kept = set(_kept(connection))
    assert kept == {(key, n) for n, r in records.items() for key in hashed_keys(r, codes.get(n), "secret")}


def _kept(connection: sa.Connection) -> list[tuple[int, str]]:
    return [(row.key, row.complaint) for row in connection.execute(sa.select(schema.person_keys))]


def test_a_hash_tells_nothing_without_the_key_of_its_register() -> None:
    record: Record = {"email": "a@x.example"}
    assert hashed_keys(record, None, "one") != hashed_keys(record, None, "other")
    assert hashed_keys(record | {"email": "A@X.example "}, None, "one") == hashed_keys(record, None, "one")
