"""The three-way merge of one field: what a file says, what it said when it was last written, and what the store says.

Changed on one side travels to the other; changed on both to the same is nothing; changed on both to different values
is a conflict in which the store's value stays (or the file's, with --prefer workbook). No value is ever lost.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stage_samples import INCIDENTS, LOOKUPS, knowledge, make_merger, make_state, record, rows_of

from registerkit.definition import Record, Value
from registerkit.sync.merge import Merger
from registerkit.sync.plan import Knowledge, OpenConflict
from registerkit.sync.state import RegisterState

KEY = "K-2026-0001"
PLACE = ("complaints", "Register")
FIELDS = ("organisation", "city", "remarks", "amount", "consumer", "subject")
"""Fields without rules or derivations, of several kinds."""


def kind_of(field: str) -> st.SearchStrategy[Any]:
    if field == "amount":
        return st.sampled_from([0, 100, 250])
    return st.booleans() if field == "consumer" else st.sampled_from(["a", "b", "c"])


def sides() -> st.SearchStrategy[dict[str, tuple[Any, Any, Any]]]:
    """Give base, file and store per field; each may be empty."""
    return st.fixed_dictionaries({f: st.tuples(*[st.none() | kind_of(f)] * 3) for f in FIELDS})


def merge(
    values: dict[str, tuple[Any, Any, Any]], prefer: Any = None, known: Knowledge | None = None
) -> tuple[RegisterState, Merger]:
    """Merge one row into one record; the stamp knew the base."""
    state = make_state({"complaints": {KEY: record(KEY, **{f: s for f, (_, _, s) in values.items()})}})
    old = {("complaints", KEY, f): b for f, (b, _, s) in values.items() if b != s}
    merger = make_merger(state, known or knowledge(old=old), prefer)
    said = record(KEY) | {f: v for f, (_, v, _) in values.items()}
    merger.merge_table(rows_of({f: v for f, v in said.items() if f in (*FIELDS, "number", *CONSTANT)}))
    return state, merger


CONSTANT = ("received_on", "channel", "name", "phone", "category", "description", "severity", "status", "settlement")


def expected(base: Value, file: Value, store: Value, prefer: str | None) -> tuple[Value, bool]:
    """Give the value that must come out, and whether it is a conflict."""
    if file in (base, store):
        return store, False
    if store == base:
        return file, False
    return (file if prefer == "workbook" else store), True


@given(sides(), st.sampled_from([None, "workbook", "store"]))
def test_every_field_comes_out_as_the_rule_says(values: dict[str, tuple[Any, Any, Any]], prefer: str | None) -> None:
    state, merger = merge(values, prefer)
    found = state.records["complaints"][KEY]
    conflicts = {c.field: c for c in merger.plan.conflicts}
    for field, (base, file, store) in values.items():
        value, is_conflict = expected(base, file, store, prefer)
        assert (field, found[field]) == (field, value)
        assert (field in conflicts) == is_conflict
        if is_conflict:
            told = conflicts[field]
            assert (told.base, told.file_value, told.store_value) == (base, file, store)
            assert told.kept == ("workbook" if prefer == "workbook" else "store")


@given(sides(), st.sampled_from([None, "workbook"]))
def test_no_value_is_lost(values: dict[str, tuple[Any, Any, Any]], prefer: str | None) -> None:
    """What stood in the store or was typed stands in the store, in the history or in a conflict."""
    state, merger = merge(values, prefer)
    changes = state.changed.get(("complaints", KEY), {})
    for field, (base, file, store) in values.items():
        kept: list[Value] = [state.records["complaints"][KEY][field]]
        kept += [changes[field][0]] if field in changes else []
        kept += [v for c in merger.plan.conflicts if c.field == field for v in (c.file_value, c.store_value)]
        assert store in kept
        if file != base:
            assert file in kept


@given(sides(), st.sampled_from([None, "workbook"]))
def test_the_same_file_again_plans_nothing(values: dict[str, tuple[Any, Any, Any]], prefer: str | None) -> None:
    state, first = merge(values, prefer)
    again = make_state(state.records)
    old = {("complaints", KEY, f): b for f, (b, _, s) in values.items() if b != state.records["complaints"][KEY][f]}
    open_conflicts = {
        ("complaints", KEY, c.field): OpenConflict(c.file_value, c.store_value)
        for c in first.plan.conflicts
        if c.kept == "store"
    }
    known = knowledge(old=old, seen=first.plan.seen, conflicts=open_conflicts)
    second = make_merger(again, known, None)
    second.merge_table(rows_of({"number": KEY, **{f: v for f, (_, v, _) in values.items()}}))
    assert (again.is_changed, second.plan.conflicts, second.plan.missing) == (False, [], [])
    assert second.plan.closed_conflicts == set()


@pytest.mark.parametrize(
    ("typed", "value", "closed"),
    [("file", "store", False), ("third", "third", True), ("store", "store", True), (None, None, True)],
)
def test_after_a_conflict_a_cell_edited_again_wins(typed: Value, value: Value, closed: bool) -> None:
    state = make_state({"complaints": {KEY: record(KEY, city="store")}})
    here = ("complaints", KEY, "city")
    known = knowledge(old={here: "base"}, seen={here: "file"}, conflicts={here: OpenConflict("file", "store")})
    merger = make_merger(state, known)
    merger.merge_table(rows_of({"number": KEY, "city": typed}))
    assert state.records["complaints"][KEY]["city"] == value
    assert (merger.plan.closed_conflicts == {here}) == closed
    assert merger.plan.conflicts == []


def test_an_open_conflict_is_settled_when_the_workbook_is_preferred_later() -> None:
    """While the file could not be written it still says what it said: --prefer workbook then takes it."""
    state = make_state({"complaints": {KEY: record(KEY, city="store")}})
    here = ("complaints", KEY, "city")
    known = knowledge(old={here: "base"}, seen={here: "file"}, conflicts={here: OpenConflict("file", "store")})
    merger = make_merger(state, known, "workbook")
    merger.merge_table(rows_of({"number": KEY, "city": "file"}))
    assert state.records["complaints"][KEY]["city"] == "file"
    assert merger.plan.closed_conflicts == {here}


def test_history_names_the_file_for_what_it_brought_and_the_kit_for_what_followed() -> None:
    state = make_state(
        {"complaints": {KEY: record(KEY, branch="hoofd", handler="BJ", judgement="gegrond", solution="excuses")}}
    )
    merger = make_merger(state)
    merger.merge_table(rows_of({"number": KEY, "answered_on": date(2026, 11, 9), "answer_channel": "brief"}))
    sources = {f: source for f, (_, _, source) in state.changed[("complaints", KEY)].items()}
    assert sources == {
        "answered_on": "klachtenregister.xlsx", "answer_channel": "klachtenregister.xlsx",
        "status": "registerkit", "closed_on": "registerkit", "closed_by": "registerkit",
    }  # fmt: skip


# ---------------------------------------------------------------------------------------------- faults and refusals
def test_an_emptied_required_value_keeps_the_store_s_and_the_rest_is_taken() -> None:
    state = make_state({"complaints": {KEY: record(KEY)}})
    merger = make_merger(state)
    rows = rows_of({"number": KEY, "name": None, "city": "Utrecht"})
    merger.merge_table(rows)
    found = state.records["complaints"][KEY]
    assert (found["name"], found["city"]) == ("J. Jansen", "Utrecht")
    assert [(f.code, f.location.label) for f in merger.plan.findings] == [("emptied", "Naam")]
    assert merger.plan.kept_cells == {(PLACE, 2, "name")}


def test_a_held_back_value_is_told_again_while_it_stands() -> None:
    """Otherwise the second sync would find nothing wrong and put the old value back in silence."""
    state = make_state({"complaints": {KEY: record(KEY)}})
    first = make_merger(state)
    first.merge_table(rows_of({"number": KEY, "name": None}))
    second = make_merger(state, knowledge(seen=first.plan.seen))
    second.merge_table(rows_of({"number": KEY, "name": None}))
    assert [f.code for f in second.plan.findings] == ["emptied"]
    assert second.plan.kept_cells == {(PLACE, 2, "name")}


def test_a_held_back_value_is_taken_once_nothing_holds_it_back() -> None:
    stored: Record = {f.id: None for f in INCIDENTS.main.fields} | {
        "number": "K-1", "received_on": date(2026, 11, 2), "place": "Hal", "category": "val", "description": "Gat.",
        "status": "nieuw",
    }  # fmt: skip
    lookups = LOOKUPS.of(INCIDENTS, "nl")
    state = make_state({"incidents": {"K-1": stored}}, INCIDENTS)
    first = make_merger(state, lookups=lookups)
    first.merge_table(rows_of({"number": "K-1", "status": "klaar"}, table="incidents", definition=INCIDENTS))
    assert state.records["incidents"]["K-1"]["status"] == "nieuw"
    second = make_merger(state, knowledge(seen=first.plan.seen), lookups=lookups)
    said = {"number": "K-1", "status": "klaar", "finished_on": date(2026, 11, 9)}
    second.merge_table(rows_of(said, table="incidents", definition=INCIDENTS))
    assert state.records["incidents"]["K-1"]["status"] == "klaar"


def test_a_bad_cell_says_nothing_and_stays_as_it_was_typed() -> None:
    state = make_state({"complaints": {KEY: record(KEY, city="Utrecht")}})
    merger = make_merger(state)
    merger.merge_table(rows_of({"number": KEY, "phone": "x", "city": "Zeist"}, bad={2: {"phone"}}))
    found = state.records["complaints"][KEY]
    assert (found["phone"], found["city"]) == ("030 123 4567", "Zeist")
    assert merger.plan.kept_cells == {(PLACE, 2, "phone")}


def test_a_new_row_s_bad_cell_stays_as_it_was_typed() -> None:
    state = make_state()
    merger = make_merger(state)
    said = record(None) | {"email": "x", "bought_on": "y"}
    merger.merge_table(rows_of(said, bad={2: {"email", "bought_on"}}))
    assert merger.plan.new == 1
    assert {(PLACE, 2, "email"), (PLACE, 2, "bought_on")} <= merger.plan.kept_cells


@pytest.mark.parametrize("field", ["name", "received_on", "category", "description", "channel"])
def test_a_new_row_without_what_intake_needs_is_refused_and_keeps_its_place(field: str) -> None:
    state = make_state()
    merger = make_merger(state)
    merger.merge_table(rows_of(record(None) | {field: None}))
    assert state.records["complaints"] == {}
    assert [(r.row, r.codes) for r in merger.plan.refused] == [(2, ("required",))]
    assert (merger.plan.new, merger.plan.row_keys[PLACE]) == (0, {})


def test_a_new_row_with_a_bad_required_cell_is_refused_too() -> None:
    state = make_state()
    merger = make_merger(state)
    merger.merge_table(rows_of(record(None), bad={2: {"received_on"}}))
    assert (state.records["complaints"], len(merger.plan.refused)) == ({}, 1)


def test_a_new_row_that_cannot_be_closed_yet_is_registered_open() -> None:
    state = make_state()
    merger = make_merger(state)
    merger.merge_table(rows_of(record(None) | {"status": "afgehandeld", "closed_on": date(2026, 11, 9)}))
    found = state.records["complaints"][KEY]
    assert (found["status"], found["closed_on"]) == ("nieuw", None)
    assert {(PLACE, 2, "status"), (PLACE, 2, "closed_on")} <= merger.plan.kept_cells
    assert "required_to_close" in {f.code for f in merger.plan.findings}


def test_a_new_row_that_could_not_be_closed_is_closed_by_the_next_sync() -> None:
    day = date(2026, 11, 9)
    state = make_state()
    first = make_merger(state)
    reserved = frozenset({("complaints", KEY)})
    said = record(KEY) | {"status": "afgehandeld", "settlement": "informeel"}
    first = make_merger(state, knowledge(reserved=reserved))
    first.merge_table(rows_of(said))
    assert state.records["complaints"][KEY]["status"] == "nieuw"
    later = make_state(state.records)
    known = knowledge(newer=reserved, seen=first.plan.seen)
    second = make_merger(later, known)
    second.merge_table(rows_of(said | {"solved_on": day, "customer_satisfied": True}))
    assert later.records["complaints"][KEY]["status"] == "afgehandeld"
    assert second.plan.conflicts == []


# ------------------------------------------------------------------------------------------------- rows and files
def test_a_row_without_a_number_gets_one() -> None:
    state = make_state({"complaints": {KEY: record(KEY)}})
    merger = make_merger(state)
    merger.merge_table(rows_of(record(None, name="E. Bos"), {"number": KEY}))
    assert merger.plan.assigned == [("Register", 2, "K-2026-0002")]
    assert merger.plan.row_keys[PLACE] == {2: "K-2026-0002", 3: KEY}


def test_a_prefix_of_a_branch_s_own() -> None:
    state = make_state()
    make_merger(state, prefix="U").merge_table(rows_of(record(None)))
    assert list(state.records["complaints"]) == ["U-2026-0001"]


def test_a_row_that_waits_for_its_number_is_not_registered_twice() -> None:
    state = make_state()
    first = make_merger(state)
    first.merge_table(rows_of(record(None)))
    second = make_merger(state, knowledge(pending=first.plan.pending, seen=first.plan.seen))
    second.merge_table(rows_of(record(None) | {"city": "Zeist"}))
    assert list(state.records["complaints"]) == [KEY]
    assert state.records["complaints"][KEY]["city"] == "Zeist"
    assert (second.plan.new, second.plan.rows) == (0, 1)


def test_a_number_used_elsewhere_is_given_anew_and_known_from_then_on() -> None:
    state = make_state({"complaints": {KEY: record(KEY)}})
    newer = frozenset({("complaints", KEY)})
    other = record(KEY, name="P. de Wit", phone="020 123 4567", description="Factuur.", category="SF")
    first = make_merger(state, knowledge(newer=newer))
    first.merge_table(rows_of(other))
    assert set(state.records["complaints"]) == {KEY, "K-2026-0002"}
    assert [f.code for f in first.plan.findings] == ["number_used_elsewhere"]
    assert first.plan.assigned == [("Register", 2, "K-2026-0002")]
    known = knowledge(newer=newer | {("complaints", "K-2026-0002")}, aliases=first.plan.aliases, seen=first.plan.seen)
    second = make_merger(state, known)
    second.merge_table(rows_of(other | {"city": "Zeist"}))
    assert state.records["complaints"]["K-2026-0002"]["city"] == "Zeist"
    assert state.records["complaints"][KEY]["city"] is None
    assert len(state.records["complaints"]) == 2


def test_gone_rows_are_told_once_and_never_deleted() -> None:
    state = make_state({"complaints": {KEY: record(KEY), "K-2026-0002": record("K-2026-0002")}})
    first = make_merger(state)
    first.merge_table(rows_of({"number": KEY}))
    assert first.plan.missing == [("complaints", "K-2026-0002")]
    second = make_merger(state, knowledge(gone=frozenset(first.plan.gone)))
    second.merge_table(rows_of({"number": KEY}))
    assert (second.plan.missing, second.plan.gone) == ([], {("complaints", "K-2026-0002")})
    third = make_merger(state, knowledge(gone=frozenset(second.plan.gone)))
    third.merge_table(rows_of({"number": KEY}, {"number": "K-2026-0002"}))
    assert third.plan.gone == set()
    assert len(state.records["complaints"]) == 2


def test_what_came_after_the_stamp_is_not_missing() -> None:
    state = make_state({"complaints": {KEY: record(KEY)}})
    merger = make_merger(state, knowledge(newer=frozenset({("complaints", KEY)})))
    merger.merge_table(rows_of())
    assert (merger.plan.missing, merger.plan.gone) == ([], set())


def test_sorting_and_moving_rows_changes_nothing() -> None:
    stored = {f"K-2026-000{n}": record(f"K-2026-000{n}", name=f"Naam {n}") for n in range(1, 6)}
    state = make_state({"complaints": stored})
    merger = make_merger(state)
    merger.merge_table(rows_of(*reversed([dict(r) for r in stored.values()])))
    assert not state.is_changed
    assert merger.plan.unchanged == 5


def test_a_file_without_a_stamp_overwrites_nothing_and_tells_the_difference() -> None:
    state = make_state({"complaints": {KEY: record(KEY, city="Utrecht")}})
    merger = make_merger(state, knowledge(stamped=False))
    rows = rows_of({"number": KEY, "city": "Zeist", "phone": "x", "name": "J. Jansen"}, bad={2: {"phone"}})
    merger.merge_table(rows)
    assert not state.is_changed
    assert [(f.code, f.context["labels"]) for f in merger.plan.findings] == [("unstamped_difference", ["Woonplaats"])]
    assert merger.plan.kept_cells == {(PLACE, 2, "city"), (PLACE, 2, "phone")}


def test_two_people_of_one_name_are_told() -> None:
    state = make_state({"staff": {"EV": {"code": "EV", "name": "Eva Verhoef"}}})
    merger = make_merger(state)
    merger.merge_table(
        rows_of({"code": "EV", "name": "Eva Verhoef"}, {"code": "E2", "name": "Eva Verhoef"}, table="staff")
    )
    assert [(f.code, f.context["holder"]) for f in merger.plan.findings] == [("not_unique", "EV")]
    assert list(state.records["staff"]) == ["EV"]


def test_two_people_who_change_names_are_not() -> None:
    state = make_state(
        {"staff": {"EV": {"code": "EV", "name": "Eva Verhoef"}, "BJ": {"code": "BJ", "name": "Bo Jans"}}}
    )
    merger = make_merger(state)
    merger.merge_table(
        rows_of({"code": "EV", "name": "Eva de Boer"}, {"code": "BJ", "name": "Eva Verhoef"}, table="staff")
    )
    assert merger.plan.findings == []
    assert [r["name"] for r in state.records["staff"].values()] == ["Eva de Boer", "Eva Verhoef"]


def test_what_a_table_says_of_its_own_new_rows_is_taken_in_late() -> None:
    """A deputy who stands further down; a conflict and a kept cell of the first look do not stand twice."""
    state = make_state({"staff": {"EV": {"code": "EV", "name": "Eva Verhoef", "phone": "2", "deputy": None}}})
    merger = make_merger(state, knowledge(old={("staff", "EV", "phone"): "1"}))
    said = [{"code": "EV", "name": "Eva Verhoef", "phone": "3", "deputy": "ZZ"}, {"code": "ZZ", "name": "Zoë Zand"}]
    before = rows_of(*said, table="staff", bad={2: {"deputy"}})
    merger.merge_table(before)
    assert state.records["staff"]["EV"]["deputy"] is None
    merger.merge_late(before, rows_of(*said, table="staff"))
    assert ("ZZ", "2") == tuple(state.records["staff"]["EV"][f] for f in ("deputy", "phone"))
    assert ["phone"] == [c.field for c in merger.plan.conflicts]
    assert "deputy" not in {field for _, _, field in merger.plan.kept_cells}


def test_another_complaint_under_a_known_number_in_a_file_without_a_stamp_is_refused() -> None:
    """That it differs would be said of the right one: this one is registered nowhere."""
    merger = make_merger(make_state({"complaints": {"K-2026-0001": record("K-2026-0001")}}), knowledge(stamped=False))
    said = {"name": "P. Groot", "phone": "010 765 4321", "description": "De rekening is tweemaal verstuurd.",
            "received_on": date(2026, 11, 9)}  # fmt: skip
    merger.merge_table(rows_of({"number": "K-2026-0001", **said}))
    assert ["number_of_another"] == [f.code for f in merger.plan.findings]
    assert [("number_of_another",)] == [refusal.codes for refusal in merger.plan.refused]
