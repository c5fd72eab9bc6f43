"""Several files in one run: what an earlier one brought came after the stamp of each, and nothing of it is lost."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from stage_samples import knowledge, make_merger, make_state, record, rows_of

from registerkit.sync.state import SYSTEM, RegisterState

KEY = "K-2026-0001"
HERE = ("complaints", KEY, "city")
CITIES = st.sampled_from(["Zeist", "Soest", "Baarn", None])


def pull(state: RegisterState, name: str, city: str | None, prefer: Any = None, **known: Any) -> Any:
    merger = make_merger(state, state.since_stamp(knowledge(**known)), prefer, name)
    merger.merge_table(rows_of(record(KEY, city=city)))
    return merger.plan


def begun(city: str | None = "Utrecht") -> RegisterState:
    return make_state({"complaints": {KEY: record(KEY, city=city)}})


@given(first=CITIES, second=CITIES)
def test_both_values_are_somewhere(first: str | None, second: str | None) -> None:
    state = begun()
    assert pull(state, "a.xlsx", first).conflicts == []
    plan = pull(state, "b.xlsx", second)
    assert state.records["complaints"][KEY]["city"] == first
    assert [c.file_value for c in plan.conflicts] == ([second] if second != first else [])


@given(first=CITIES, second=CITIES)
def test_preferring_the_file_keeps_what_it_replaces(first: str | None, second: str | None) -> None:
    state = begun()
    pull(state, "a.xlsx", first)
    pull(state, "b.xlsx", second, "workbook")
    assert state.records["complaints"][KEY]["city"] == second
    lost = [(r.value, r.source) for r in state.replaced if r.field == "city"]
    assert lost == ([(first, "a.xlsx")] if first not in (second, None) else [])


def test_what_only_the_kit_filled_in_is_no_conflict() -> None:
    state = begun(None)
    state.change("complaints", KEY, "city", "Zeist", SYSTEM)
    plan = pull(state, "b.xlsx", "Baarn")
    assert (plan.conflicts, state.records["complaints"][KEY]["city"]) == ([], "Baarn")


def test_a_record_of_this_run_is_newer_than_the_next_file() -> None:
    """A copy that used the same prepared number for someone else does not write over it."""
    state = make_state()
    make_merger(state, knowledge(reserved=frozenset({("complaints", KEY)})), None, "a.xlsx").merge_table(
        rows_of(record(KEY, name="A. Bos", description="Te laat.", phone="030 123 4567"))
    )
    merger = make_merger(state, state.since_stamp(knowledge(reserved=frozenset({("complaints", KEY)}))), None, "b.xlsx")
    merger.merge_table(rows_of(record(KEY, name="B. Kaya", description="Kapot.", phone="020 123 4567")))
    assert sorted(str(r["name"]) for r in state.records["complaints"].values()) == ["A. Bos", "B. Kaya"]
    assert [f.code for f in merger.plan.findings] == ["number_used_elsewhere"]


def test_a_field_that_a_second_file_fills_in_a_new_record_is_its_own() -> None:
    state = make_state()
    make_merger(state, knowledge(reserved=frozenset({("complaints", KEY)})), None, "a.xlsx").merge_table(
        rows_of(record(KEY, city="Zeist"))
    )
    state.change("complaints", KEY, "city", "Soest", "b.xlsx")
    created = state.created[("complaints", KEY)]
    assert (created.source, created.by) == ("a.xlsx", {"city": "b.xlsx"})
    assert [(r.value, r.source) for r in state.replaced] == [("Zeist", "a.xlsx")]
