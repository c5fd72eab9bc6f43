"""Numbers run on per pattern, prefix and year, and are never given twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registerkit.sync.numbers import Numbers

PATTERN = "{prefix}-{year}-{n:04}"


def numbers(counters: dict[str, int] | None = None, taken: frozenset[str] = frozenset()) -> Numbers:
    return Numbers(counters or {}, "K", lambda _, key: key in taken)


def test_numbers_run_on() -> None:
    assert numbers().give_many("complaints", PATTERN, 2026, 3) == ["K-2026-0001", "K-2026-0002", "K-2026-0003"]


def test_every_year_and_prefix_begins_anew() -> None:
    given_out = numbers()
    found = [given_out.give("complaints", PATTERN, year, prefix) for year, prefix in
             ((2026, None), (2027, None), (2026, "U"), (2026, None))]  # fmt: skip
    assert found == ["K-2026-0001", "K-2027-0001", "U-2026-0001", "K-2026-0002"]


def test_tables_with_one_pattern_count_apart() -> None:
    given_out = numbers()
    assert [given_out.give(t, "R{n:06}", 2026) for t in ("contacts", "pauses")] == ["R000001", "R000001"]


def test_taken_numbers_are_passed_over() -> None:
    assert numbers(taken=frozenset({"K-2026-0001", "K-2026-0002"})).give("complaints", PATTERN, 2026) == "K-2026-0003"


def test_a_counter_goes_on_where_it_was() -> None:
    first = numbers()
    first.give_many("complaints", PATTERN, 2026, 7)
    assert numbers(first.counters).give("complaints", PATTERN, 2026) == "K-2026-0008"


def test_more_than_the_digits_hold() -> None:
    assert numbers({"complaints:K-2026-": 9999}).give("complaints", PATTERN, 2026) == "K-2026-10000"


@pytest.mark.parametrize(
    ("key", "pattern", "prefix", "expected"),
    [
        ("K-2026-0001", PATTERN, None, True), ("N-2026-0001", PATTERN, None, False), ("N-2026-0001", PATTERN, "N", True),
        ("KN-2026-0001", PATTERN, None, False), ("MW01", "MW{n:02}", "N", True), ("x", "", "N", True),
    ],
)  # fmt: skip
def test_whose_prefix_a_number_carries(key: str, pattern: str, prefix: str | None, expected: bool) -> None:
    assert numbers().carries(key, pattern, prefix) is expected


@given(st.lists(st.tuples(st.sampled_from(["a", "b"]), st.integers(2025, 2027), st.sampled_from([None, "U"]))),
       st.sets(st.integers(1, 12)))  # fmt: skip
def test_no_key_is_given_twice(asked: list[tuple[str, int, str | None]], taken: set[int]) -> None:
    reserved = frozenset(f"K-2026-{n:04}" for n in taken)
    given_out = numbers(taken=reserved)
    found = [(table, given_out.give(table, PATTERN, year, prefix)) for table, year, prefix in asked]
    assert len(set(found)) == len(found)
    assert not {key for _, key in found} & reserved
