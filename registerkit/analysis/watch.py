"""Looks along the series of a register for signals: all complaints, and those of every category, cause and so on.

The charts show what the rules say. To a signal on the first page more is asked: of so many series and months some
break a rule by chance alone, so the chance that one is there at all is kept under one in twenty (Bonferroni).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from registerkit.analysis.counting import EMPTY
from registerkit.analysis.period import Period
from registerkit.analysis.signals import LOCKED, Limits, Runs, chance_of_point, chance_of_run, limits_of, runs_of
from registerkit.analysis.tally import Tally

__all__ = ["Rule", "Series", "Signal", "Watch", "watch"]

Rule = Literal["above", "below", "long_run", "few_crossings"]
WATCHED = ("category", "cause", "causing_department", "subject", "supplier", "branch")
"""The roles by whose labels complaints are followed over time."""
FALSE_ALARMS = 0.05
"""How many reports may call a signal where there is only chance."""


@dataclass(frozen=True)
class Series:
    """Complaints received per month or week; all of them, or those with a label in a role's field."""

    role: str | None
    label: str
    """Empty for all complaints."""
    values: tuple[int, ...]
    """Per whole step, the oldest first."""
    limits: Limits | None
    """None where there are too few steps, or not one complaint per step, to say what is usual."""
    runs: Runs


@dataclass(frozen=True)
class Signal:
    """What a rule says of a series."""

    series: Series
    rule: Rule
    at: Period
    value: int
    """The count of that step; of a run its length, of crossings their number."""
    called: bool
    """Whether it is more than what chance gives among so many series."""


@dataclass(frozen=True)
class Watch:
    """All series that were looked at, and what the rules say of them in the period."""

    steps: tuple[Period, ...]
    series: tuple[Series, ...]
    """All complaints first."""
    signals: tuple[Signal, ...]
    judged: int = 0
    """How many of the steps are in the period; of none the rules say nothing."""


def watch(tally: Tally, steps: Sequence[Period], period: Period) -> Watch:
    """Follow the complaints over the whole steps that have passed, of which some are in the period."""
    series = tuple(_series(tally, tuple(steps)))
    here = [n for n, step in enumerate(steps) if step.first <= period.last and step.last >= period.first]
    looks = len(series) * (len(here) + 1)
    found = (signal for each in series for signal in _signals(each, steps, here, FALSE_ALARMS / max(looks, 1)))
    return Watch(tuple(steps), series, tuple(sorted(found, key=lambda signal: not signal.called)), len(here))


def _series(tally: Tally, steps: tuple[Period, ...]) -> Iterator[Series]:
    """Return all complaints, and the series that say something by themselves.

    Those are of one complaint per step or more, and not of all of them once more: an office may have one branch.
    """
    if not steps:
        return
    every = Counter(dict(tally.by_step([], steps)))
    yield _one(None, "", every, len(steps))
    for role in WATCHED:
        if not tally.register.has(role):
            continue
        counts: dict[str, Counter[int]] = {}
        for n, code, found in tally.by_step([role], steps):
            counts.setdefault(tally.register.label(role, code) or EMPTY, Counter())[n] += found
        for label in sorted(counts.keys() - {EMPTY}):
            if len(steps) <= counts[label].total() < every.total():
                yield _one(role, label, counts[label], len(steps))


def _one(role: str | None, label: str, counts: Counter[int], steps: int) -> Series:
    values = tuple(counts[n] for n in range(steps))
    return Series(role, label, values, limits_of(values) if sum(values) >= steps else None, runs_of(values))


def _signals(series: Series, steps: Sequence[Period], here: Sequence[int], chance: float) -> Iterator[Signal]:
    limits, runs, last = series.limits, series.runs, len(steps) - 1
    if limits is None or not here:
        return
    for n in here:
        value = series.values[n]
        if limits.hold(value):
            continue
        others = [count for m, count in enumerate(series.values[:LOCKED]) if m != n]
        certain = chance_of_point(value, others) <= chance
        yield Signal(series, "above" if value > limits.high else "below", steps[n], value, certain)
    if last in here and runs.is_long and runs.current > runs.longest_allowed:
        certain = chance_of_run(runs.current, runs.useful) <= chance
        yield Signal(series, "long_run", steps[last], runs.current, certain)
    elif last in here and runs.crosses_seldom:
        yield Signal(series, "few_crossings", steps[last], runs.crossings, False)
