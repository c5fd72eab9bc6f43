"""Every reopening begins a phase of its own; a phase that ended stays as it was."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from registerkit.deadlines import Phase, phases_after


def d(day: int, month: int = 3) -> date:
    return date(2026, month, day)


def after(*records: dict[str, Any]) -> tuple[Phase, ...]:
    """Give the phases after a record passed through these states."""
    phases: tuple[Phase, ...] = ()
    for values in records:
        phases = phases_after("K-1", phases, {"received_on": d(2), **values})
    return phases


CLOSED = {"answered_on": d(10), "closed_on": d(11), "judgement": "gegrond"}


def test_a_new_complaint_has_one_phase() -> None:
    assert after({"due_on": d(30)}) == (Phase("K-1", 1, d(2), due_on=d(30)),)


def test_a_complaint_without_a_day_of_receipt_has_none() -> None:
    assert phases_after("K-1", (), {}) == ()


def test_the_phase_follows_the_record() -> None:
    assert after({"due_on": d(30)}, {"due_on": d(31), **CLOSED}) == (
        Phase("K-1", 1, d(2), None, d(31), d(10), d(11), "gegrond"),
    )


def test_a_reopening_begins_the_second_and_keeps_the_first() -> None:
    reopened = {**CLOSED, "reopened_on": d(20), "reopen_reason": "niet_tevreden", "due_on": d(17, 4)}
    assert after(CLOSED, reopened) == (
        Phase("K-1", 1, d(2), None, None, d(10), d(11), "gegrond"),
        Phase("K-1", 2, d(20), "niet_tevreden", d(17, 4)),
    )


def test_a_reopening_seen_in_one_go_with_the_closing() -> None:
    assert after({}, {**CLOSED, "reopened_on": d(20)})[0] == Phase("K-1", 1, d(2), None, None, d(10), d(11), "gegrond")


def test_the_second_phase_closes_with_its_own_answer() -> None:
    second = {"reopened_on": d(20), "answered_on": d(25), "closed_on": d(25), "judgement": "ongegrond"}
    found = after(CLOSED, {**CLOSED, "reopened_on": d(20)}, second)
    assert [(p.closed_on, p.judgement) for p in found] == [(d(11), "gegrond"), (d(25), "ongegrond")]


def test_a_third_phase() -> None:
    second = {"reopened_on": d(20), "answered_on": d(25), "closed_on": d(25), "judgement": "ongegrond"}
    found = after(CLOSED, {**CLOSED, "reopened_on": d(20)}, second, {**second, "reopened_on": d(28)})
    assert [(p.n, p.started_on, p.closed_on) for p in found] == [(1, d(2), d(11)), (2, d(20), d(25)), (3, d(28), None)]


def test_a_corrected_day_of_reopening_moves_the_phase() -> None:
    reopened = {**CLOSED, "reopened_on": d(20)}
    found = after(CLOSED, reopened, {**CLOSED, "reopened_on": d(18)})
    assert [(p.n, p.started_on) for p in found] == [(1, d(2)), (2, d(18))]


def test_a_reopening_taken_back() -> None:
    assert after(CLOSED, {**CLOSED, "reopened_on": d(20)}, CLOSED) == after(CLOSED)


def test_a_corrected_day_of_receipt_moves_the_first() -> None:
    found = phases_after("K-1", after(CLOSED), {"received_on": d(3), **CLOSED})
    assert found[0].started_on == d(3)


def test_an_answer_on_the_day_of_the_reopening_is_the_new_phases() -> None:
    again = {"reopened_on": d(20), "answered_on": d(20), "closed_on": d(20), "judgement": "ongegrond"}
    found = after(CLOSED, {**CLOSED, "reopened_on": d(20)}, again)
    assert [(p.answered_on, p.closed_on, p.judgement) for p in found] == [
        (d(10), d(11), "gegrond"), (d(20), d(20), "ongegrond"),
    ]  # fmt: skip


def test_the_answer_that_led_to_a_reopening_on_its_day_stays_with_the_first() -> None:
    same_day = {**CLOSED, "closed_on": d(10)}
    for seen in ([same_day], []):
        found = after({}, *seen, {**same_day, "reopened_on": d(10)})
        assert [(p.answered_on, p.closed_on) for p in found] == [(d(10), d(10)), (None, None)]


def test_a_second_closing_on_the_day_of_the_first_and_of_the_reopening_is_kept() -> None:
    same_day = {**CLOSED, "closed_on": d(10), "reopened_on": d(10)}
    phases = after({**CLOSED, "closed_on": d(10)}, same_day)
    record = {"received_on": d(2), **same_day, "judgement": "ongegrond"}
    found = phases_after("K-1", phases, record, closed_again=True)
    assert [(p.closed_on, p.judgement) for p in found] == [(d(10), "gegrond"), (d(10), "ongegrond")]
    assert phases_after("K-1", found, record) == found


DAYS = st.integers(1, 28).map(d)
STATES = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(("answered_on", "closed_on", "reopened_on"), DAYS) | {"judgement": st.sampled_from("ab")},
)


@given(st.lists(STATES, min_size=1, max_size=5))
@example([{"answered_on": d(3), "closed_on": d(1)}, {"answered_on": d(3), "closed_on": d(3), "reopened_on": d(3)}])
def test_the_same_record_twice_changes_nothing(states: list[dict[str, Any]]) -> None:
    phases = after(*states)
    assert phases_after("K-1", phases, {"received_on": d(2), **states[-1]}) == phases


@given(st.lists(STATES, min_size=1, max_size=5))
def test_phases_are_numbered_and_begin_in_order(states: list[dict[str, Any]]) -> None:
    phases = after(*states)
    assert [p.n for p in phases] == list(range(1, len(phases) + 1))
    assert all(p.closed_on is None or p.n == 1 or p.closed_on >= p.started_on for p in phases[-1:])
