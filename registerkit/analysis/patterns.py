"""What shows over time: how many came in step by step, and what recurs within four weeks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from registerkit.analysis.cases import Case, Register
from registerkit.analysis.period import Period, month_of, previous, week_of

__all__ = ["Recurrence", "Step", "Trend", "recurring", "trend"]

STEPS = 12
ALIKE = 3
WITHIN = timedelta(weeks=4)


@dataclass(frozen=True)
class Step:
    """One month or week; `inside` tells that it belongs to the period of the report, `whole` that it is over."""

    period: Period
    received: int
    closed: int
    inside: bool
    whole: bool


@dataclass(frozen=True)
class Trend:
    """The steps up to the end of the period, oldest first, none from before the register began."""

    steps: tuple[Step, ...]
    weekly: bool


@dataclass(frozen=True)
class Recurrence:
    """Something that came back: `n` times in its densest four weeks, from `first` through `last`."""

    label: str
    n: int
    first: date
    last: date


def trend(register: Register, period: Period, as_of: date) -> Trend:
    """Count the last twelve months (weeks for a week) up to and including the period's end."""
    weekly = period.kind == "week"
    begun = min((case.received_on for case in register.cases), default=None)
    if begun is None:
        return Trend((), weekly)
    step_of = week_of if weekly else month_of
    received = Counter(step_of(case.received_on) for case in register.cases if case.received_on <= as_of)
    closed = Counter(step_of(h.closed_on) for case in register.cases for h in case.handlings() if h.closed_on <= as_of)
    steps: list[Step] = []
    step = step_of(as_of)
    while len(steps) < max(STEPS, _steps_in(period, weekly)) and step.last >= begun:
        inside = step.first <= period.last and step.last >= period.first
        steps.insert(0, Step(step, received[step], closed[step], inside, step.last <= as_of))
        step = previous(step)
    return Trend(tuple(steps), weekly)


def recurring(register: Register, cases: Iterable[Case]) -> tuple[Recurrence, ...]:
    """Give what came in three times or more within four weeks, by subcategory; crises are left out.

    Complaints without a subcategory are grouped by category. The most frequent come first.
    """
    days: dict[str, list[date]] = {}
    for case in cases:
        what = register.label(case.record, "subcategory") or register.label(case.record, "category")
        if what and register.value(case.record, "special") is not True:
            days.setdefault(what, []).append(case.received_on)
    found = [r for what, own in days.items() if (r := _densest(what, sorted(own))).n >= ALIKE]
    return tuple(sorted(found, key=lambda r: (-r.n, r.label.casefold())))


def _densest(label: str, days: Sequence[date]) -> Recurrence:
    best, start = Recurrence(label, 0, days[0], days[0]), 0
    for end, day in enumerate(days):
        while day - days[start] >= WITHIN:
            start += 1
        if end - start + 1 > best.n:
            best = Recurrence(label, end - start + 1, days[start], day)
    return best


def _steps_in(period: Period, weekly: bool) -> int:
    if weekly:
        return 1
    return min((period.last.year - period.first.year) * 12 + period.last.month - period.first.month + 1, 36)
