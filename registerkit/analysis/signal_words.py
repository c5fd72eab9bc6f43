"""What the signals say, in sentences and as a table."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil, floor

from registerkit.analysis.content import Cell, Table
from registerkit.analysis.signals import FEWEST, Limits
from registerkit.analysis.view import View
from registerkit.analysis.watch import Series, Signal

__all__ = ["signal_point", "signal_table", "usual"]

_TOLD = 3
"""Signals that the first page tells; the others stand in the table."""


def usual(view: View, limits: Limits) -> str:
    """Say between which counts a series usually stays: "11 tot 27"."""
    low, high = ceil(limits.low), max(floor(limits.high), ceil(limits.low))
    return view.words("signal.usual" if low < high else "signal.always", low=low, high=high)


def signal_point(view: View) -> str:
    """Say on the first page what stands out from what is usual, and how that was looked for."""
    words, watch = view.words, view.told.watch
    unit = "week" if view.told.trend.weekly else "month"
    if not watch.series or watch.series[0].limits is None:
        is_rare = len(watch.steps) >= FEWEST
        units = {"unit": words(f"unit.{unit}"), "units": words(f"units.{unit}")}
        return words("signal.rare" if is_rare else "signal.few_steps", **units)
    if not watch.judged:
        return words("signal.not_yet", unit=words(f"unit.{unit}"))
    called = [_sentence(view, signal) for signal in watch.signals if signal.called]
    more = words("signal.more", n=len(called) - _TOLD) if len(called) > _TOLD else ""
    maybe = len(watch.signals) - len(called)
    told = called[:_TOLD] or ([] if maybe else [words("signal.none")])
    base = watch.series[0].limits
    on = words(f"steps.{unit}", n=base.points)
    provisional = words("signal.provisional", steps=on) if base.are_provisional else ""
    looked = len(watch.series)
    chance = words("signal.maybe", n=maybe, looked=looked) if maybe else words("signal.looked", n=looked)
    return words.sentence(*told, more, chance, provisional)


def _sentence(view: View, signal: Signal) -> str:
    words = view.words
    limits = signal.series.limits
    return words(
        f"signal.{signal.rule}",
        what=_name(view, signal.series),
        n=signal.value,
        step=words.period(signal.at),
        usual=usual(view, limits) if limits else "",
        unit=words("unit.week" if view.told.trend.weekly else "unit.month"),
        units=words("units.week" if view.told.trend.weekly else "units.month"),
    )


def _name(view: View, series: Series) -> str:
    words = view.words
    return f"{words(f'column.{series.role}')} {words.clean(series.label)}" if series.role else words("signal.all")


def signal_table(view: View) -> Table | None:
    """Return what the rules say of every series in the period; None when they say nothing."""
    words, signals = view.words, view.told.watch.signals
    if not signals:
        return None
    columns = tuple(words(f"column.{name}") for name in ("series", "when", "rule", "usual", "sure", "seen"))
    note = words("signal.note", n=len(view.told.watch.series))
    return Table(words("table.signals"), columns, tuple(_rows(view, signals)), note=note)


def _rows(view: View, signals: Iterable[Signal]) -> Iterable[tuple[Cell, ...]]:
    words = view.words
    for signal in signals:
        limits = signal.series.limits
        outside = signal.rule in ("above", "below") and limits is not None
        yield (
            Cell(words.capital(_name(view, signal.series))),
            Cell(words.step(signal.at)),
            Cell(words(f"rule.{signal.rule}")),
            Cell(usual(view, limits) if outside and limits else None),
            Cell(str(words.texts.show(signal.called))),
            Cell(signal.value, "number"),
        )
