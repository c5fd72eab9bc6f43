"""What shows over time: how many came in and were closed, step by step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from registerkit.analysis.cases import Case
from registerkit.analysis.period import Period, month_of, previous, week_of

__all__ = ["Step", "Trend", "step_of", "trend"]

_FEWEST = 12


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

    def whole_since(self, begun: date | None) -> tuple[Period, ...]:
        """Return the steps that are over, and all of which the register was there for."""
        return tuple(s.period for s in self.steps if s.whole and begun is not None and begun <= s.period.first)


def trend(cases: Sequence[Case], period: Period, as_of: date) -> Trend:
    """Count by month (by week for a week) up to and including the period's end.

    The first step is January of the year before, or the first week of the quarter before: it stays where it is while
    the reports go on, and so do limits that rest on the first twelve.
    """
    weekly = period.kind == "week"
    begun = min((case.received_on for case in cases), default=None)
    if begun is None:
        return Trend((), weekly)
    make = week_of if weekly else month_of
    received = Counter(make(case.received_on) for case in cases if case.received_on <= as_of)
    closed = Counter(make(h.closed_on) for case in cases for h in case.handlings if h.closed_on <= as_of)
    first = max(begun, min(_anchor(as_of, weekly), period.first))
    steps: list[Step] = []
    step = make(as_of)
    while step.last >= begun and (step.last >= first or len(steps) < _FEWEST):
        inside = step.first <= period.last and step.last >= period.first
        steps.insert(0, Step(step, received[step], closed[step], inside, step.last <= as_of))
        step = previous(step)
    return Trend(tuple(steps), weekly)


def step_of(step: Period) -> Callable[[date], Period]:
    """Return what gives the step of a day: its week or its month."""
    return week_of if step.kind == "week" else month_of


def _anchor(as_of: date, weekly: bool) -> date:
    if not weekly:
        return date(max(as_of.year - 1, 1), 1, 1)
    quarter = as_of.replace(month=(as_of.month - 1) // 3 * 3 + 1, day=1)
    before = quarter - timedelta(days=1)
    return before.replace(month=before.month - 2, day=1)
