"""What shows over time: how many came in and were closed, step by step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from registerkit.analysis.period import Period, month_of, previous, week_of
from registerkit.analysis.tally import Tally, steps_of
from registerkit.register import Standing
from registerkit.store.schema import cases, handlings

__all__ = ["Step", "Trend", "trend"]

_FEWEST = 12


@dataclass(frozen=True)
class Step:
    """One month or week; `inside` tells that all of it is in the period of the report, `whole` that it is over."""

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


def trend(tally: Tally, period: Period, as_of: date) -> Trend:
    """Count by month (by week for a week) up to and including the period's end.

    The first step is January of the year before, or the first week of the quarter before: it stays where it is while
    the reports go on, and so do limits that rest on the first twelve.
    """
    weekly, begun = period.kind == "week", tally.counted_from
    if begun is None:
        return Trend((), weekly)
    there = _steps(begun, period, as_of, weekly=weekly)
    if not there:
        return Trend((), weekly)
    received = _by_step(tally, cases, cases.c.received_on, there, as_of)
    closed = _by_step(tally, handlings, handlings.c.ended_on, there, as_of)
    steps = (
        Step(step, received[n], closed[n], period.first <= step.first and step.last <= period.last, step.last <= as_of)
        for n, step in enumerate(there)
    )
    return Trend(tuple(steps), weekly)


def _steps(begun: date, period: Period, as_of: date, *, weekly: bool) -> list[Period]:
    """Return the steps up to a day, the oldest first."""
    first = max(begun, min(_anchor(as_of, weekly), period.first))
    steps: list[Period] = []
    step = (week_of if weekly else month_of)(as_of)
    while step.last >= begun and (step.last >= first or len(steps) < _FEWEST):
        steps.insert(0, step)
        step = previous(step)
    return steps


def _by_step(
    tally: Tally, facts: sa.Table, day: sa.ColumnElement[date], steps: Sequence[Period], as_of: date
) -> Counter[int]:
    """Count what counts by the step that a day is in, up to `as_of`."""
    within = sa.and_(facts.c.standing == Standing.COUNTS.value, day.between(steps[0].first, as_of))
    told = sa.select(steps_of(day, steps)).where(within).subquery()
    found = tally.rows(sa.select(told.c.step, sa.func.count()).group_by(told.c.step))
    return Counter({step: n for step, n in found})  # noqa: C416


def _anchor(as_of: date, weekly: bool) -> date:
    if not weekly:
        return date(max(as_of.year - 1, 1), 1, 1)
    quarter = as_of.replace(month=(as_of.month - 1) // 3 * 3 + 1, day=1)
    before = quarter - timedelta(days=1)
    return before.replace(month=before.month - 2, day=1)
