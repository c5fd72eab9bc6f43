"""What came in and was closed over time, with what is usual."""

from __future__ import annotations

from registerkit.analysis.content import Cell, Chart, Table
from registerkit.analysis.signal_words import usual
from registerkit.analysis.signals import Limits
from registerkit.analysis.tables import level_cells, level_columns
from registerkit.analysis.trend import Step
from registerkit.analysis.view import View

__all__ = ["trend_table"]


def trend_table(view: View) -> Table | None:
    """Return what came in and was closed per month (per week in the report of a week); None without a past."""
    words, trend, limits = view.words, view.told.trend, _limits(view)
    if not trend.steps:
        return None
    unit = "week" if trend.weekly else "month"
    rows = tuple(_row(view, step, limits) for step in trend.steps)
    columns = [words(f"column.{unit}"), words("table.received"), words("table.closed")]
    columns += level_columns(view, limits)
    note = ""
    if limits is not None:
        steps = words(f"steps.{unit}", n=limits.points)
        note = words("trend.provisional" if limits.are_provisional else "trend.limits", steps=steps)
    chart = _chart(view, limits) if len(rows) > 1 else None
    return Table(words(f"table.trend_{unit}"), tuple(columns), rows, chart, note)


def _row(view: View, step: Step, limits: Limits | None) -> tuple[Cell, ...]:
    name = view.words.step(step.period, None if step.whole else view.figures.as_of)
    counts = (Cell(step.received, "number"), Cell(step.closed, "number"))
    return (Cell(name), *counts, *level_cells(limits))


def _limits(view: View) -> Limits | None:
    """Return what all complaints together usually stay within."""
    series = view.told.watch.series
    return series[0].limits if series else None


def _chart(view: View, limits: Limits | None) -> Chart:
    words, steps = view.words, view.told.trend.steps
    title = _title(view, limits)
    alt = words("chart.alt_trend" if limits is None else "chart.alt_limits", n=len(steps), point=title)
    if limits is not None:
        outside = frozenset(n for n, s in enumerate(steps) if s.whole and not limits.hold(s.received))
        return Chart(title, alt, "line", lines=(3, 4, 5), accent=outside)
    inside = frozenset(n for n, step in enumerate(steps) if step.inside)
    return Chart(title, alt, "columns", accent=inside if len(inside) < len(steps) else frozenset())


def _title(view: View, limits: Limits | None) -> str:
    words, weekly = view.words, view.told.trend.weekly
    steps, period = view.told.trend.steps, view.period
    own = [step for step in steps if step.inside]
    cuts = any(not s.inside and s.period.first <= period.last and s.period.last >= period.first for s in steps)
    unit = words("unit.week" if weekly else "unit.month")
    if len(own) > 1 and not cuts:
        return _busiest(view, own, unit)
    n, name = view.figures.received or 0, words.capital(words.period(period))
    if limits is None or cuts or not own or not own[0].whole:
        return words("trend.plain", n=n, period=name)
    form = "more" if n > limits.high else "less" if n < limits.low else "usual"
    return words(f"trend.{form}", n=n, period=name, usual=usual(view, limits), unit=unit)


def _busiest(view: View, own: list[Step], unit: str) -> str:
    words = view.words
    high, low = max(step.received for step in own), min(step.received for step in own)
    top = [step for step in own if step.received == high]
    if len(top) == 1:
        return words("trend.busiest", step=words.capital(words.period(top[0].period)), n=high)
    if low == high:
        return words("trend.even", n=high, unit=unit)
    return words("trend.between", low=low, high=high, unit=unit)
