"""Counts complaints by a field, in a fixed order: the biggest first, the empty choice last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date
from math import ceil

from registerkit.analysis.cases import Case
from registerkit.register import Register

__all__ = ["EMPTY", "Counts", "by_size", "count", "count_months", "filled", "month_label", "percentile", "share"]

Counts = dict[str, int]
"""Label to number."""

EMPTY = "-"
"""The label of an empty choice, by the contract."""


def count(register: Register, role: str, cases: Iterable[Case]) -> Counts:
    """Count complaints by the label of a field; a register without the field gives nothing."""
    if not register.has(role):
        return {}
    return by_size(Counter(case.complaint.label(role) or EMPTY for case in cases))


def by_size(counts: Counts) -> Counts:
    """Put the biggest first, equals by label, and the empty choice last."""
    return dict(sorted(counts.items(), key=lambda entry: (entry[0] == EMPTY, -entry[1], entry[0].casefold(), entry[0])))


def filled(counts: Counts) -> Counts:
    """Leave the empty choice out."""
    return {label: n for label, n in counts.items() if label != EMPTY}


def count_months(days: Iterable[date]) -> Counts:
    """Count days by month, in order of time."""
    return dict(sorted(Counter(month_label(day) for day in days).items()))


def month_label(day: date) -> str:
    """Return a day's month as 2026-10."""
    return f"{day.year:04}-{day.month:02}"


def share(part: int, whole: int) -> float | None:
    """Divide; None when there is nothing to divide."""
    return part / whole if whole else None


def percentile(values: Collection[int], part: float) -> int | None:
    """Return the value that a part of all stays at or under, by nearest rank; None when there are none."""
    return sorted(values)[max(ceil(part * len(values)), 1) - 1] if values else None
