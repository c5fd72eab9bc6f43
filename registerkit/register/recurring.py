"""What comes back: the same subcategory three times or more within four weeks, crises left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from registerkit.definition import Definition

if TYPE_CHECKING:
    from registerkit.register.register import Register

__all__ = ["ALIKE", "WITHIN", "Recurrence", "kind_of", "recurring", "recurring_now"]

ALIKE = 3
WITHIN = timedelta(weeks=4)


@dataclass(frozen=True)
class Recurrence:
    """Something that came back: `n` times in its densest four weeks, from `first` through `last`."""

    label: str
    n: int
    first: date
    last: date


def recurring(days: Mapping[str, Sequence[date]], first: date) -> tuple[Recurrence, ...]:
    """Return what came in three times or more within four weeks that end on or after a day, the most frequent first.

    `days` are those on which complaints came in, by what they were about (`kind_of`), from `WITHIN` before that day on.
    """
    found = (_densest(what, sorted(own), first) for what, own in days.items())
    return tuple(sorted((r for r in found if r.n >= ALIKE), key=lambda r: (-r.n, r.label.casefold())))


def kind_of(definition: Definition) -> str:
    """Return the role that makes complaints alike; where there are subcategories a category alone does not."""
    return "subcategory" if definition.role("subcategory") else "category"


def recurring_now(register: Register) -> tuple[Recurrence, ...]:
    """Return what came in three times or more within four weeks that end in the last four of the register's day."""
    first, kind = register.on - WITHIN + timedelta(days=1), kind_of(register.definition)
    days: dict[str, list[date]] = {}
    for complaint in register.complaints.values():
        day = complaint.received_on
        if day is None or not first - WITHIN < day <= register.on:
            continue
        if (what := complaint.label(kind)) and complaint.counts:
            days.setdefault(what, []).append(day)
    return recurring(days, first)


def _densest(label: str, days: Sequence[date], first: date) -> Recurrence:
    """Return the four weeks with most of these days, of those that end on or after the first day."""
    best, start = Recurrence(label, 0, days[0], days[0]), 0
    for end, day in enumerate(days):
        while day - days[start] >= WITHIN:
            start += 1
        if day >= first and end - start + 1 > best.n:
            best = Recurrence(label, end - start + 1, days[start], day)
    return best
