"""How a complaint counts in tables of figures: month, quarter, days and whether it was answered in time."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from registers import make_complaint

from registerkit.register import ENDED, counted_values

ON = date(2026, 7, 1)
RECEIVED = {"received_on": date(2026, 3, 30), "due_on": date(2026, 4, 27), "status": "in_behandeling"}
COMPLETE = {
    "judgement": "gegrond",
    "solution": "excuses",
    "answer_channel": "email",
    "closed_by": "BJ",
    "handler": "BJ",
}
AGAIN = {"reopened_on": date(2026, 5, 4), "due_on": date(2026, 6, 1)}


@pytest.mark.parametrize(
    ("more", "days", "in_time"),
    [
        ({}, None, "open"),
        ({"answered_on": date(2026, 4, 27)}, 28, "on_time"),
        ({"answered_on": date(2026, 4, 28)}, 29, "late"),
        ({"answered_on": date(2026, 4, 28), **COMPLETE}, 29, "late"),
        ({"solved_on": date(2026, 3, 30), "customer_satisfied": True}, 0, "on_time"),
        ({"status": "ingetrokken"}, None, None),
        ({"answered_on": date(2026, 4, 1), **AGAIN}, None, "open"),
        ({"answered_on": date(2026, 5, 8), **AGAIN}, 4, "on_time"),
        ({"answered_on": date(2026, 5, 4), **AGAIN}, None, "open"),
        ({"answered_on": date(2026, 5, 4), "status": "afgehandeld", **AGAIN}, 0, "on_time"),
    ],
    ids=[
        "open",
        "on the last day",
        "a day late",
        "closed a day late",
        "solved at once",
        "withdrawn",
        "reopened",
        "answered again",
        "reopened on the day of its answer",
        "answered on the day of its reopening",
    ],
)
def test_days_and_in_time_follow_the_present_phase(more: dict[str, Any], days: int | None, in_time: str | None) -> None:
    found = counted_values(make_complaint(RECEIVED | more, ON))
    assert (days, in_time) == (found["days_to_close"], found["in_time"])
    assert ("2026-03", "2026-Q1") == (found["month"], found["quarter"])


@pytest.mark.parametrize(("month", "quarter"), [(1, 1), (3, 1), (4, 2), (6, 2), (9, 3), (10, 4), (12, 4)])
def test_every_month_is_in_its_quarter(month: int, quarter: int) -> None:
    complaint = make_complaint({"received_on": date(2026, month, 15)}, ON)
    assert f"2026-Q{quarter}" == counted_values(complaint)["quarter"]


@pytest.mark.parametrize("status", sorted(ENDED))
def test_an_answer_that_nobody_owed_has_no_days_and_is_neither_in_time_nor_late(status: str) -> None:
    """As the report has it; a complaint that is not taken up was to be told so by its term."""
    complaint = make_complaint(RECEIVED | COMPLETE | {"answered_on": date(2026, 4, 28), "status": status}, ON)
    found = counted_values(complaint)
    assert not complaint.state.is_open
    expected = (29, "late") if status == "niet_in_behandeling" else (None, None)
    assert expected == (found["days_to_close"], found["in_time"])


def test_while_a_referral_is_to_be_told_it_is_open_whatever_day_is_filled_in() -> None:
    complaint = make_complaint(RECEIVED | {"answered_on": date(2026, 4, 28), "status": "doorgestuurd"}, ON)
    assert "referring" == complaint.state.code
    found = counted_values(complaint)
    assert (None, "open") == (found["days_to_close"], found["in_time"])


def test_without_a_day_of_receipt_nothing_counts() -> None:
    assert {None} == set(counted_values(make_complaint({"answered_on": date(2026, 3, 1)}, ON)).values())
