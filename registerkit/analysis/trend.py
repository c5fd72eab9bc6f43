"""What shows over time: how many came in and were closed, step by step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from registerkit.analysis.cases import Case
from registerkit.analysis.period import Period, month_of, previous, week_of

__all__ = ["Step", "Trend", "trend"]

STEPS = 12


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


def trend(cases: Sequence[Case], period: Period, as_of: date) -> Trend:
    """Count the last twelve months (weeks for a week) up to and including the period's end."""
    weekly = period.kind == "week"
    begun = min((case.received_on for case in cases), default=None)
    if begun is None:
        return Trend((), weekly)
    step_of = week_of if weekly else month_of
    received = Counter(step_of(case.received_on) for case in cases if case.received_on <= as_of)
    closed = Counter(step_of(h.closed_on) for case in cases for h in case.handlings if h.closed_on <= as_of)
    steps: list[Step] = []
    step = step_of(as_of)
    while len(steps) < max(STEPS, _steps_in(period, weekly)) and step.last >= begun:
        inside = step.first <= period.last and step.last >= period.first
        steps.insert(0, Step(step, received[step], closed[step], inside, step.last <= as_of))
        step = previous(step)
    return Trend(tuple(steps), weekly)


def _steps_in(period: Period, weekly: bool) -> int:
    if weekly:
        return 1
    return min((period.last.year - period.first.year) * 12 + period.last.month - period.first.month + 1, 36)
