"""A person's complaints stay together when what told who it was has been wiped."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from registerkit.definition import Record
from registerkit.register import group_persons

PEOPLE = st.fixed_dictionaries(
    {
        "email": st.sampled_from([None, "a@x.example", "b@x.example"]),
        "name": st.sampled_from(["A", "B"]),
        "phone": st.sampled_from([None, "1", "2"]),
    }
)


@given(st.lists(st.tuples(PEOPLE, st.booleans()), max_size=8))
def test_who_is_who_stays_whatever_is_wiped(people: list[tuple[Record, bool]]) -> None:
    records = {f"K-{n}": record for n, (record, _) in enumerate(people)}
    before = group_persons(records.items())
    gone = {f"K-{n}" for n, (_, is_wiped) in enumerate(people) if is_wiped}
    codes = {n: f"c{person}" for n, person in before.items() if person in {before[number] for number in gone}}
    wiped: Record = {"name": "geanonimiseerd", "address": None, "anonymised_on": date(2026, 1, 1)}
    after = group_persons(((n, wiped if n in gone else r) for n, r in records.items()), codes)
    assert {(a, b): before[a] == before[b] for a in before for b in before} == {
        (a, b): after[a] == after[b] for a in after for b in after
    }
