"""What comes back: the same subcategory three times or more within four weeks, crises left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from registerkit.register.complaint import Complaint

if TYPE_CHECKING:
    from registerkit.register.register import Register

__all__ = ["ALIKE", "WITHIN", "Recurrence", "recurring", "recurring_now"]

ALIKE = 3
WITHIN = timedelta(weeks=4)


@dataclass(frozen=True)
class Recurrence:
    """Something that came back: `n` times in its densest four weeks, from `first` through `last`."""

    label: str
    n: int
    first: date
    last: date


def recurring(complaints: Iterable[Complaint], first: date, last: date) -> tuple[Recurrence, ...]:
    """Return what came in three times or more within four weeks that end between two days, the most frequent first.

    It looks back over the first day. In a register with subcategories a category alone makes no two complaints alike.
    """
    days: dict[str, list[date]] = {}
    for complaint in complaints:
        day = complaint.received_on
        if day is None or not first - WITHIN < day <= last:
            continue
        what = complaint.label(_kind_of(complaint))
        if what and complaint.counts:
            days.setdefault(what, []).append(day)
    found = (_densest(what, sorted(own), first) for what, own in days.items())
    return tuple(sorted((r for r in found if r.n >= ALIKE), key=lambda r: (-r.n, r.label.casefold())))


def _kind_of(complaint: Complaint) -> str:
    return "subcategory" if complaint.rules.definition.role("subcategory") else "category"


def recurring_now(register: Register) -> tuple[Recurrence, ...]:
    """Return what came in three times or more within four weeks that end in the last four of the register's day."""
    return recurring(register.complaints.values(), register.on - WITHIN + timedelta(days=1), register.on)


def _densest(label: str, days: Sequence[date], first: date) -> Recurrence:
    """Return the four weeks with most of these days, of those that end on or after the first day."""
    best, start = Recurrence(label, 0, days[0], days[0]), 0
    for end, day in enumerate(days):
        while day - days[start] >= WITHIN:
            start += 1
        if day >= first and end - start + 1 > best.n:
            best = Recurrence(label, end - start + 1, days[start], day)
    return best
