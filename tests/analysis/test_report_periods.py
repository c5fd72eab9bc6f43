"""Periods: their labels, the one before, and which have ended since the last run."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from registerkit.analysis import Period, ended_since, last_complete_month, parse_period, previous, week_of
from registerkit.errors import UsageError

LABELS = [
    ("2026-10", "month", "2026-10-01", "2026-10-31", "2026-09"),
    ("2026-01", "month", "2026-01-01", "2026-01-31", "2025-12"),
    ("2024-02", "month", "2024-02-01", "2024-02-29", "2024-01"),
    ("2026-Q3", "quarter", "2026-07-01", "2026-09-30", "2026-Q2"),
    ("2026-Q1", "quarter", "2026-01-01", "2026-03-31", "2025-Q4"),
    ("2026", "year", "2026-01-01", "2026-12-31", "2025"),
    ("2026-W47", "week", "2026-11-16", "2026-11-22", "2026-W46"),
    ("2026-W01", "week", "2025-12-29", "2026-01-04", "2025-W52"),
    ("2026-W53", "week", "2026-12-28", "2027-01-03", "2026-W52"),
    ("2027-W01", "week", "2027-01-04", "2027-01-10", "2026-W53"),
    ("2026-01-01..2026-06-30", "range", "2026-01-01", "2026-06-30", "2025-07-04..2025-12-31"),
    ("2026-03-01..2026-03-01", "range", "2026-03-01", "2026-03-01", "2026-02-28..2026-02-28"),
]


@pytest.mark.parametrize(("label", "kind", "first", "last", "before"), LABELS)
def test_label(label: str, kind: str, first: str, last: str, before: str) -> None:
    period = parse_period(label)
    assert period == Period(label, date.fromisoformat(first), date.fromisoformat(last))
    assert period.kind == kind
    assert previous(period) == parse_period(before)


@pytest.mark.parametrize("text", [" 2026-q3 ", "2026-Q3"])
def test_label_as_typed(text: str) -> None:
    assert parse_period(text).label == "2026-Q3"


@pytest.mark.parametrize(
    "text",
    ["", "oktober", "2026-13", "2026-00", "2026-Q5", "2025-W53", "2026-W00", "2026-W1", "26", "0001", "2026-10-01",
     "2026-06-30..2026-01-01", "2026-02-30..2026-03-01", "2026-01-01..", "2026-1"],
)  # fmt: skip
def test_no_label(text: str) -> None:
    """What names no period is a usage error, with a text that shows what would."""
    with pytest.raises(UsageError) as caught:
        parse_period(text)
    assert (caught.value.reason, caught.value.values) == ("period", {"value": text})


def test_last_complete_month() -> None:
    assert last_complete_month(date(2026, 11, 22)).label == "2026-10"
    assert last_complete_month(date(2026, 1, 31)).label == "2025-12"
    assert last_complete_month(date(2026, 11, 1)).label == "2026-10"


def test_week_of() -> None:
    assert week_of(date(2026, 11, 22)).label == "2026-W47"
    assert week_of(date(2027, 1, 3)).label == "2026-W53"


@pytest.mark.parametrize(
    ("last_run", "on", "labels"),
    [
        (None, "2027-01-04", ["2026-12"]),
        ("2026-11-15", "2026-11-22", []),
        ("2026-10-25", "2026-11-01", ["2026-10"]),
        ("2026-10-25", "2026-10-31", []),
        ("2026-10-31", "2026-11-07", ["2026-10"]),
        ("2026-11-01", "2026-11-08", []),
        ("2026-11-22", "2026-11-22", []),
        ("2026-12-28", "2027-01-04", ["2026-12", "2026-Q4", "2026"]),
        ("2026-08-30", "2026-11-02", ["2026-08", "2026-09", "2026-Q3", "2026-10"]),
        ("2026-11-22", "2026-11-01", []),
    ],
)
def test_ended_since(last_run: str | None, on: str, labels: list[str]) -> None:
    """A month is over the day after its last one: a run on the 31st leaves it for the next run."""
    since = date.fromisoformat(last_run) if last_run else None
    assert [period.label for period in ended_since(since, date.fromisoformat(on))] == labels


def test_periods_reported_once() -> None:
    """However the runs fall, every month, quarter and year is given exactly once."""
    runs = [
        date(2026, 1, 5),
        date(2026, 1, 31),
        date(2026, 2, 1),
        date(2026, 3, 31),
        date(2026, 3, 31),
        date(2027, 1, 1),
    ]
    found = [period.label for last, on in pairwise(runs) for period in ended_since(last, on)]
    months = [f"2026-{month:02}" for month in range(1, 13)]
    assert sorted(found) == sorted([*months, "2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4", "2026"])
