"""Every reopening begins a phase of its own; a phase that ended stays as it was."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from registers import make_register

from registerkit.register import Complaint, Phase, phases_after


def d(day: int, month: int = 3) -> date:
    return date(2026, month, day)


RULES = make_register({}, date(2026, 12, 1)).rules
JUDGED = {"solution": "excuses", "answer_channel": "email", "closed_by": "BJ", "handler": "BJ", "due_on": d(30)}


def step(phases: tuple[Phase, ...], values: dict[str, Any]) -> tuple[Phase, ...]:
    """Return the phases after a record with these values."""
    return phases_after(Complaint("K-1", values, RULES, phases))


def after(*records: dict[str, Any]) -> tuple[Phase, ...]:
    """Return the phases after a record passed through these states."""
    phases: tuple[Phase, ...] = ()
    for values in records:
        phases = step(phases, {"received_on": d(2), **values})
    return phases


def told(phases: tuple[Phase, ...]) -> list[tuple[Any, ...]]:
    return [(p.n, p.started_on, p.answered_on, p.closed_on, p.judgement) for p in phases]


CLOSED = {**JUDGED, "answered_on": d(10), "closed_on": d(11), "judgement": "gegrond", "status": "afgehandeld"}
AGAIN = {**CLOSED, "reopened_on": d(20), "status": "heropend"}
FIRST = (1, d(2), d(10), d(11), "gegrond")


def test_a_new_complaint_has_one_phase() -> None:
    assert after({"due_on": d(30)}) == (Phase("K-1", 1, d(2), due_on=d(30)),)


def test_a_complaint_without_a_day_of_receipt_has_none() -> None:
    assert step((), {}) == ()


def test_the_phase_follows_the_record() -> None:
    expected = Phase("K-1", 1, d(2), None, d(31), d(10), d(11), "gegrond", "closed", 500)
    assert after({"due_on": d(30)}, {**CLOSED, "due_on": d(31), "cost": 500}) == (expected,)


@pytest.mark.parametrize(
    ("values", "ending"),
    [
        ({"status": "ingetrokken"}, "withdrawn"),
        ({"status": "samengevoegd"}, "merged"),
        ({"status": "niet_in_behandeling", "ground": "te_oud", "answered_on": d(9), "answer_channel": "brief"},
         "not_taken_up:te_oud"),
        ({"solved_on": d(9), "customer_satisfied": True}, "settled"),
    ],
)  # fmt: skip
def test_a_phase_ends_without_a_judgement(values: dict[str, Any], ending: str) -> None:
    assert [(p.closed_on, p.ending) for p in after({"closed_on": d(9), **values})] == [(d(9), ending)]


def test_what_is_answered_and_lacks_something_has_not_ended() -> None:
    assert told(after({**CLOSED, "judgement": None, "status": "in_behandeling"})) == [(1, d(2), d(10), None, None)]


def test_a_reopening_begins_the_second_and_keeps_the_first() -> None:
    reopened = {**AGAIN, "reopen_reason": "niet_tevreden", "due_on": d(17, 4)}
    found = after(CLOSED, reopened)
    assert told(found) == [FIRST, (2, d(20), None, None, None)]
    assert (found[0].due_on, found[1].due_on, found[1].reason) == (d(30), d(17, 4), "niet_tevreden")


def test_a_reopening_of_what_was_withdrawn() -> None:
    withdrawn = {"status": "ingetrokken", "closed_on": d(9)}
    found = after(withdrawn, {**withdrawn, "status": "heropend", "reopened_on": d(20)})
    assert [(p.ending, p.closed_on) for p in found] == [("withdrawn", d(9)), (None, None)]


def test_a_reopening_seen_in_one_go_with_the_closing() -> None:
    assert told(after({}, AGAIN))[0] == FIRST


SECOND = {**CLOSED, "reopened_on": d(20), "answered_on": d(25), "closed_on": d(25), "judgement": "ongegrond"}


def test_the_second_phase_closes_with_its_own_answer() -> None:
    found = after(CLOSED, AGAIN, SECOND)
    assert [(p.closed_on, p.judgement) for p in found] == [(d(11), "gegrond"), (d(25), "ongegrond")]


def test_a_third_phase() -> None:
    found = after(CLOSED, AGAIN, SECOND, {**SECOND, "reopened_on": d(28), "status": "heropend"})
    assert [(p.n, p.started_on, p.closed_on) for p in found] == [(1, d(2), d(11)), (2, d(20), d(25)), (3, d(28), None)]


def test_a_corrected_day_of_reopening_moves_the_phase() -> None:
    found = after(CLOSED, AGAIN, {**AGAIN, "reopened_on": d(18)})
    assert [(p.n, p.started_on) for p in found] == [(1, d(2)), (2, d(18))]


def test_a_reopening_taken_back() -> None:
    assert after(CLOSED, AGAIN, CLOSED) == after(CLOSED)


def test_a_corrected_day_of_receipt_moves_the_first() -> None:
    assert step(after(CLOSED), {"received_on": d(3), **CLOSED})[0].started_on == d(3)


def test_an_answer_on_the_day_of_the_reopening_is_the_new_phases() -> None:
    found = after(CLOSED, AGAIN, {**SECOND, "answered_on": d(20), "closed_on": d(20)})
    assert told(found) == [FIRST, (2, d(20), d(20), d(20), "ongegrond")]


def test_the_answer_that_led_to_a_reopening_on_its_day_stays_with_the_first() -> None:
    same_day = {**CLOSED, "closed_on": d(10)}
    for seen in ([same_day], []):
        found = after({}, *seen, {**same_day, "reopened_on": d(10), "status": "heropend"})
        assert [(p.answered_on, p.closed_on) for p in found] == [(d(10), d(10)), (None, None)]


def test_a_second_closing_on_the_day_of_the_first_and_of_the_reopening_is_kept() -> None:
    same_day = {**CLOSED, "closed_on": d(10), "reopened_on": d(10)}
    phases = after({**CLOSED, "closed_on": d(10)}, {**same_day, "status": "heropend"})
    record = {"received_on": d(2), **same_day, "judgement": "ongegrond"}
    found = step(phases, record)
    assert [(p.closed_on, p.judgement) for p in found] == [(d(10), "gegrond"), (d(10), "ongegrond")]
    assert step(found, record) == found


DAYS = st.integers(1, 28).map(d)
STATES = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(("answered_on", "closed_on", "reopened_on", "solved_on"), DAYS),
        "judgement": st.sampled_from(("gegrond", "ongegrond")),
        "solution": st.just("excuses"),
        "answer_channel": st.just("email"),
        "closed_by": st.just("BJ"),
        "customer_satisfied": st.booleans(),
        "status": st.sampled_from(("afgehandeld", "heropend", "in_behandeling", "ingetrokken", "doorgestuurd")),
    },
)


@given(st.lists(STATES, min_size=1, max_size=5))
@example([{"answered_on": d(3), "closed_on": d(1)}, {"answered_on": d(3), "closed_on": d(3), "reopened_on": d(3)}])
@example(
    [
        {"answered_on": d(4), "reopened_on": d(3), "status": "ingetrokken", "solution": "excuses", "closed_by": "BJ"},
        {"status": "ingetrokken"},
    ]
)
@example(
    [{"closed_on": d(4), "reopened_on": d(1), "status": "afgehandeld", "answered_on": d(1)}, {"reopened_on": d(3)}]
)
def test_the_same_record_twice_changes_nothing(states: list[dict[str, Any]]) -> None:
    phases = after(*states)
    assert step(phases, {"received_on": d(2), **states[-1]}) == phases


@given(st.lists(STATES, min_size=1, max_size=5))
@example([{**CLOSED, "reopened_on": d(12), "closed_on": d(12)}, {"answered_on": d(2), "status": "ingetrokken"}])
def test_phases_are_numbered_and_begin_in_order(states: list[dict[str, Any]]) -> None:
    phases = after(*states)
    assert [p.n for p in phases] == list(range(1, len(phases) + 1))
    assert all(p.closed_on is None or p.n == 1 or p.closed_on >= p.started_on for p in phases[-1:])
