"""What the store keeps beside the records: files still to come, runs, choice lists, and what sources said."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from stage_samples import ON, record

from registerkit.definition import Choice
from registerkit.stamp import Stamp
from registerkit.store import Store
from registerkit.store.conflicts import open_conflicts
from registerkit.store.lists import merged_lists, stored_lists, stored_lookups
from registerkit.store.outbox import finish_entry, open_entries, put
from registerkit.store.runs import begin_run, finish_run, finished_on, last_finished
from registerkit.store.sources import (
    keep_outcome,
    keep_source,
    knowledge_of,
    reserve,
    reserved_keys,
    source_info,
)
from registerkit.store.timeline import Anchor
from registerkit.sync.plan import Conflict, Knowledge, OpenConflict, SourcePlan

AT = "2026-11-20T10:00:00"
KEY = "K-2026-0001"
FILE = "filiaal.xlsx"
HERE = ("complaints", KEY, "city")


class StopError(Exception):
    """What ends a transaction in the middle."""


# --------------------------------------------------------------------------------------------------------- outbox
def test_the_outbox_keeps_its_order_until_a_file_is_in_place(fresh_db: Store) -> None:
    with fresh_db.transaction("x", AT) as transaction:
        put(transaction, "letter", "brieven/a.docx", {"from": "tijdelijk/1"})
        put(transaction, "alert", "uitvoer/é.eml", {"n": 2})
    entries = open_entries(fresh_db)
    assert [(e.kind, e.target, e.payload) for e in entries] == [
        ("letter", "brieven/a.docx", {"from": "tijdelijk/1"}), ("alert", "uitvoer/é.eml", {"n": 2}),
    ]  # fmt: skip
    with fresh_db.transaction("x", AT) as transaction:
        finish_entry(transaction, entries[0].id)
    assert [e.kind for e in open_entries(fresh_db)] == ["alert"]


def test_a_file_of_a_transaction_that_failed_is_not_in_the_outbox(fresh_db: Store) -> None:
    with pytest.raises(StopError), fresh_db.transaction("x", AT) as transaction:
        put(transaction, "letter", "a", {})
        raise StopError
    assert open_entries(fresh_db) == []


# ----------------------------------------------------------------------------------------------------------- runs
def test_a_run_that_never_ended_is_gone_on_with(fresh_db: Store) -> None:
    with fresh_db.transaction("x", AT) as transaction:
        first = begin_run(transaction, "weekly", ON, "2026-W47", AT)
    with fresh_db.transaction("x", AT) as transaction:
        assert begin_run(transaction, "weekly", ON, "2026-W47", AT) == first
        assert begin_run(transaction, "letters", ON, "", AT) != first
        finish_run(transaction, first, AT, {"new": 3})
        assert begin_run(transaction, "weekly", ON, "2026-W47", AT) != first
    assert finished_on(fresh_db, "weekly", ON) == {"new": 3}


def test_the_last_run_before_a_day(fresh_db: Store) -> None:
    days = [date(2026, 11, 6), date(2026, 11, 13), ON]
    with fresh_db.transaction("x", AT) as transaction:
        for day in days:
            run = begin_run(transaction, "weekly", day, "", AT)
            if day != date(2026, 11, 13):
                finish_run(transaction, run, AT, {})
    assert last_finished(fresh_db, "weekly", ON) == date(2026, 11, 6)
    assert last_finished(fresh_db, "weekly", date(2026, 11, 21)) == ON
    assert last_finished(fresh_db, "weekly", date(2026, 11, 6)) is None
    assert finished_on(fresh_db, "weekly", date(2026, 11, 13)) is None


# ---------------------------------------------------------------------------------------------------------- lists
CHOICES = (
    Choice("b", {"nl": "blauw", "en": "blue"}, explanation={"nl": "als de zee"}, aliases=("azuur", "é")),
    Choice("a", {"nl": "appel", "en": "apple"}, parent="b", in_use=False),
)


def test_lists_come_back_in_their_order(fresh_db: Store) -> None:
    with fresh_db.transaction("x", AT) as transaction:
        transaction.set_lists("colour", CHOICES)
        transaction.set_lists("other", CHOICES[:1])
        transaction.set_lists("other", CHOICES[1:])
    assert stored_lists(fresh_db) == {"colour": CHOICES, "other": CHOICES[1:]}
    assert stored_lookups(fresh_db, "nl").code("colour", "Azuur") == "b"


def test_new_entries_go_behind_the_office_s_own() -> None:
    own = (Choice("b", {"nl": "eigen", "en": "own"}),)
    assert merged_lists({"colour": own}, {"colour": CHOICES}) == {"colour": (*own, CHOICES[1])}
    assert merged_lists({"colour": CHOICES}, {"colour": CHOICES}) == {}


# -------------------------------------------------------------------------------------------------------- sources
def plan(**given: Any) -> SourcePlan:
    made = SourcePlan(FILE, "workbook", ON)
    for name, value in given.items():
        setattr(made, name, value)
    return made


def known(store: Store, workbook: str | None = "w1", revision: int | None = 1) -> Knowledge:
    stamp = Stamp("r", workbook, revision) if workbook and revision is not None else None
    return knowledge_of(store, source_info(store, FILE), stamp, Anchor(revision) if stamp else None)


def keep(store: Store, made: SourcePlan, workbook: str | None = "w1", revision: int = 1) -> None:
    with store.transaction("x", AT) as transaction:
        keep_source(transaction, FILE, "workbook", Stamp("r", workbook, revision) if workbook else None, made)


FULL: dict[str, Any] = {
    "seen": {HERE: "Zeist", ("complaints", KEY, "bought_on"): date(2026, 1, 2), ("complaints", KEY, "amount"): None},
    "pending": {("complaints", KEY): {"name": "J. Jansen", "received_on": ON, "consumer": True, "city": None}},
    "aliases": {("complaints", "K-2026-0009"): KEY},
    "gone": {("complaints", "K-2026-0005")},
    "conflicts": [Conflict("complaints", KEY, "city", "A", "Zeist", "Utrecht", "store")],
}


def test_a_file_never_seen_has_only_its_stamp(fresh_db: Store) -> None:
    found = known(fresh_db)
    assert (found.source_id, found.stamped, found.seen, found.aliases) == (None, True, {}, {})
    assert not known(fresh_db, None, None).stamped


def test_what_a_source_said_comes_back(fresh_db: Store) -> None:
    keep(fresh_db, plan(**FULL))
    found = known(fresh_db)
    assert found.seen == FULL["seen"]
    assert found.pending == {("complaints", KEY): {"name": "J. Jansen", "received_on": ON, "consumer": True}}
    assert found.aliases == FULL["aliases"]
    assert found.gone == FULL["gone"]
    assert found.conflicts == {HERE: OpenConflict("Zeist", "Utrecht")}
    assert found.knows("complaints", KEY)
    assert not found.knows("complaints", "K-2")


@pytest.mark.parametrize(("workbook", "revision"), [("w1", 2), ("w1", 0), ("w2", 1)])
def test_what_was_seen_belongs_to_its_stamp(fresh_db: Store, workbook: str, revision: int) -> None:
    """Another stamp under the same name is another file: last month's copy put back, or a new workbook."""
    keep(fresh_db, plan(**FULL))
    found = known(fresh_db, workbook, revision)
    assert (found.seen, found.pending, found.aliases, found.conflicts) == ({}, {}, {}, {})
    assert found.gone == FULL["gone"]


def test_a_conflict_waits_until_someone_has_chosen(fresh_db: Store) -> None:
    """A file that was written since still has its conflicts; another workbook of that name has none."""
    keep(fresh_db, plan(**FULL))
    keep(fresh_db, plan(), revision=2)
    assert known(fresh_db, "w1", 2).conflicts == {HERE: OpenConflict("Zeist", "Utrecht")}
    (conflict,) = open_conflicts(fresh_db).values()
    assert (conflict.source, conflict.field, conflict.file_value, conflict.at) == (FILE, "city", "Zeist", AT)
    keep(fresh_db, plan(settled={conflict.id}), revision=2)
    assert (known(fresh_db, "w1", 2).conflicts, open_conflicts(fresh_db)) == ({}, {})
    keep(fresh_db, plan(**FULL))
    keep(fresh_db, plan(), workbook="w2")
    assert open_conflicts(fresh_db) == {}


def test_the_same_field_waits_once(fresh_db: Store) -> None:
    keep(fresh_db, plan(**FULL))
    keep(fresh_db, plan(conflicts=[Conflict("complaints", KEY, "city", "A", "Soest", "Utrecht", "store")]))
    assert [c.file_value for c in open_conflicts(fresh_db).values()] == ["Soest"]


def test_rows_left_out_are_remembered_among_those_that_are_gone(fresh_db: Store) -> None:
    keep(fresh_db, plan(gone={("complaints", KEY), ("complaints", "K-2")}, left_out={("complaints", KEY)}))
    found = known(fresh_db)
    assert (len(found.gone), found.left_out) == (2, {("complaints", KEY)})


def test_a_written_file_starts_afresh(fresh_db: Store) -> None:
    keep(fresh_db, plan(**FULL))
    with fresh_db.transaction("x", AT) as transaction:
        keep_outcome(transaction, FILE, content="hash", state="s", outcome={"rows": 1}, stamped=Stamp("r", "w1", 7))
    found = known(fresh_db, "w1", 7)
    assert (found.seen, found.pending, found.aliases) == ({}, {}, {})
    assert found.gone == FULL["gone"]
    info = source_info(fresh_db, FILE)
    assert info is not None
    assert (info.revision, info.content, info.state, info.outcome) == (7, "hash", "s", {"rows": 1})


def test_a_settled_conflict_is_closed(fresh_db: Store) -> None:
    keep(fresh_db, plan(**FULL))
    keep(fresh_db, plan(closed_conflicts={HERE}))
    assert known(fresh_db).conflicts == {}


def test_a_conflict_that_the_file_won_does_not_wait(fresh_db: Store) -> None:
    keep(fresh_db, plan(conflicts=[Conflict("complaints", KEY, "city", "A", "Zeist", "Utrecht", "workbook")]))
    assert known(fresh_db).conflicts == {}


def test_the_second_look_replaces_the_first(fresh_db: Store) -> None:
    keep(fresh_db, plan(**FULL))
    keep(fresh_db, plan(seen={HERE: "Baarn"}))
    found = known(fresh_db)
    assert (found.seen, found.pending, found.aliases, found.gone) == ({HERE: "Baarn"}, {}, {}, frozenset())


def test_the_base_of_a_field(fresh_db: Store) -> None:
    with fresh_db.transaction("f", AT) as transaction:
        transaction.create("complaints", KEY, record(KEY, city="Utrecht"))
    first = fresh_db.revision()
    with fresh_db.transaction("f", AT) as transaction:
        transaction.update("complaints", KEY, {"city": ("Utrecht", "Zeist")})
        transaction.create("complaints", "K-2", record("K-2"))
    at_first, at_last = known(fresh_db, "w1", first), known(fresh_db, "w1", fresh_db.revision())
    assert at_first.base("complaints", KEY, "city", "Zeist") == "Utrecht"
    assert at_first.base("complaints", KEY, "name", "J. Jansen") == "J. Jansen"
    assert at_first.base("complaints", "K-2", "name", "J. Jansen") is None
    assert at_first.newer == {("complaints", "K-2")}
    assert at_last.base("complaints", KEY, "city", "Zeist") == "Zeist"
    assert at_last.newer == frozenset()


def test_what_was_seen_goes_before_the_stamp(fresh_db: Store) -> None:
    keep(fresh_db, plan(seen={HERE: "Baarn"}))
    assert known(fresh_db).base(*HERE, "Zeist") == "Baarn"


def test_a_file_without_a_stamp_only_remembers_its_new_rows(fresh_db: Store) -> None:
    keep(fresh_db, plan(**FULL), workbook=None, revision=0)
    found = known(fresh_db, None, None)
    assert (found.stamped, found.seen, found.aliases) == (False, {}, {})
    assert list(found.pending) == [("complaints", KEY)]


def test_reserved_keys_belong_to_their_workbook(fresh_db: Store) -> None:
    with fresh_db.transaction("x", AT) as transaction:
        reserve(transaction, "complaints", ["K-2", "K-1"], "w1")
        reserve(transaction, "complaints", ["K-3"], "w2")
        reserve(transaction, "complaints", [], "w3")
    assert reserved_keys(fresh_db, "w1") == [("complaints", "K-1"), ("complaints", "K-2")]
    assert len(reserved_keys(fresh_db)) == 3
    assert known(fresh_db).reserved == {("complaints", "K-1"), ("complaints", "K-2")}


def test_text_of_any_length_and_sign_is_kept(fresh_db: Store) -> None:
    odd = '\'; DROP TABLE rk_seen; --\n"é" 🚲 ' + "x" * 40_000
    keep(fresh_db, plan(seen={HERE: odd}))
    assert known(fresh_db).seen == {HERE: odd}
