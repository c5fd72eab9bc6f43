"""Puts counts in order, the biggest first and the empty choice last, and finds the middle of counted numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from math import ceil

__all__ = ["EMPTY", "Counts", "by_size", "count_months", "filled", "median", "month_label", "percentile", "share"]

Counts = dict[str, int]
"""Label to number."""

EMPTY = "-"
"""The label of an empty choice, by the contract."""


def by_size(counts: Mapping[str, int]) -> Counts:
    """Put the biggest first, equals by label, and the empty choice last."""
    return dict(sorted(counts.items(), key=lambda entry: (entry[0] == EMPTY, -entry[1], entry[0].casefold(), entry[0])))


def filled(counts: Counts) -> Counts:
    """Leave the empty choice out."""
    return {label: n for label, n in counts.items() if label != EMPTY}


def count_months(days: Iterable[tuple[date, int]]) -> Counts:
    """Add up the counts of days by month, in order of time."""
    found: Counter[str] = Counter()
    for day, n in days:
        found[month_label(day)] += n
    return dict(sorted(found.items()))


def month_label(day: date) -> str:
    """Return a day's month as 2026-10."""
    return f"{day.year:04}-{day.month:02}"


def share(part: int, whole: int) -> float | None:
    """Divide; None when there is nothing to divide."""
    return part / whole if whole else None


def median(counts: Mapping[int, int]) -> float | None:
    """Return the middle of numbers, each with how often it is there; None when there are none."""
    n = sum(counts.values())
    return (_at(counts, (n - 1) // 2) + _at(counts, n // 2)) / 2 if n else None


def percentile(counts: Mapping[int, int], part: float) -> int | None:
    """Return the number that a part of all stays at or under, by nearest rank; None when there are none."""
    n = sum(counts.values())
    return _at(counts, max(ceil(part * n), 1) - 1) if n else None


def _at(counts: Mapping[int, int], place: int) -> int:
    """Return the number at a place, from 0, when all stand in order."""
    for number in sorted(counts):
        place -= counts[number]
        if place < 0:
            return number
    raise IndexError(place)
