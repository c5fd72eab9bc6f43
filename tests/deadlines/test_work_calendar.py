"""The calendar counts working days as Excel's WORKDAY and NETWORKDAYS do, and rolls ends of terms forward."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registerkit.deadlines import WorkCalendar

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        (date(2026, 4, 1), 0, date(2026, 4, 1)),
        (date(2026, 4, 4), 0, date(2026, 4, 4)),
        (date(2026, 4, 1), 1, date(2026, 4, 2)),
        (date(2026, 4, 2), 1, date(2026, 4, 7)),
        (date(2026, 4, 4), 1, date(2026, 4, 7)),
        (date(2026, 4, 1), 5, date(2026, 4, 10)),
        (date(2026, 4, 7), -1, date(2026, 4, 2)),
    ],
)
def test_add_working_days(law_calendar: WorkCalendar, day: date, n: int, expected: date) -> None:
    assert expected == law_calendar.add_working_days(day, n)


def test_roll_forward_names_what_it_passes(law_calendar: WorkCalendar) -> None:
    expected = (
        date(2026, 5, 18),
        [
            (date(2026, 5, 14), "Hemelvaartsdag"),
            (date(2026, 5, 15), "Bij besluit gelijkgestelde dag"),
            (date(2026, 5, 16), "saturday"),
            (date(2026, 5, 17), "sunday"),
        ],
    )
    assert expected == law_calendar.roll_forward(date(2026, 5, 14))


def test_an_ordinary_day_stays(law_calendar: WorkCalendar) -> None:
    assert law_calendar.roll_forward(date(2026, 5, 18)) == (date(2026, 5, 18), [])


@given(first=DAYS, length=st.integers(0, 400))
def test_working_days_between_counts_each_day(law_calendar: WorkCalendar, first: date, length: int) -> None:
    last = first + timedelta(days=length)
    days = (first + timedelta(days=i) for i in range(1, length + 1))
    expected = sum(law_calendar.is_working_day(day) for day in days)
    assert expected == law_calendar.working_days_between(first, last)
    assert -expected == law_calendar.working_days_between(last, first)


@given(day=DAYS, n=st.integers(0, 60))
def test_adding_and_counting_agree(law_calendar: WorkCalendar, day: date, n: int) -> None:
    assert n == law_calendar.working_days_between(day, law_calendar.add_working_days(day, n))
