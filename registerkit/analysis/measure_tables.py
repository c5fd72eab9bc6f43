"""The tables of the loop: what measures did, temporary ways that go on, and who is to be told."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import fmean

from registerkit.analysis.content import Cell, Chart, Table
from registerkit.analysis.effects import Effect, temporary_ways
from registerkit.analysis.signal_words import usual
from registerkit.analysis.signals import limits_of
from registerkit.analysis.tables import label_cell, level_cells, level_columns
from registerkit.analysis.view import View
from registerkit.register import row_day, row_text

__all__ = ["effect_charts", "effect_table", "temporary_table"]

_DRAWN = 2
"""So many measures get a chart, those with the most months after them first."""
_LOWEST_PEAK = 4
"""A line that only goes up and down between a few complaints shows nothing that the table does not."""


def effect_table(view: View) -> Table | None:
    """Return what measures did, before and after; None when none was carried out of late."""
    words, told = view.words, view.told.effects
    if not told:
        return None
    rows = tuple(
        (
            Cell(words.clean(f"{effect.number} {effect.description}")),
            Cell(effect.done_on, "date"),
            Cell(words.clean("; ".join(f"{words(f'column.{role}')}: {label}" for role, label in effect.aims)) or None),
            Cell(fmean(effect.before) if effect.before and effect.aims else None, "decimal"),
            Cell(fmean(effect.after) if effect.after and effect.aims else None, "decimal"),
            Cell(words(f"effect.{effect.verdict}")),
        )
        for effect in told
    )
    columns = ("column.measure", "column.done_on", "column.aims", "column.before", "column.after", "column.verdict")
    return Table(words("table.effects"), tuple(words(name) for name in columns), rows, note=words("effect.note"))


def effect_charts(view: View) -> Iterator[Table]:
    """Return the months before and after the measures of which something can be seen."""
    seen = [effect for effect in view.told.effects if _is_worth_drawing(effect)]
    for effect in sorted(seen, key=lambda effect: -len(effect.after))[:_DRAWN]:
        yield _months(view, effect)


def _is_worth_drawing(effect: Effect) -> bool:
    return effect.verdict in ("fewer", "more") or (
        effect.verdict == "alike" and max(*effect.before, *effect.after) >= _LOWEST_PEAK
    )


def _months(view: View, effect: Effect) -> Table:
    words, counts = view.words, (*effect.before, *effect.after)
    limits = limits_of(effect.before)
    rows = tuple(
        (Cell(words.step(month)), Cell(n, "number"), *level_cells(limits))
        for month, n in zip(effect.months, counts, strict=True)
    )
    columns = (words("column.month"), words("table.received"), *level_columns(view, limits))
    title = words(
        f"chart.effect_{effect.verdict}",
        number=effect.number,
        before=words.number(fmean(effect.before), 1),
        after=words.number(fmean(effect.after), 1),
    )
    alt = words("chart.alt_effect", n=len(counts), day=words.day(effect.done_on), point=title)
    after = frozenset(range(len(effect.before), len(counts)))
    note = words("effect.usual", usual=usual(view, limits)) if limits is not None else ""
    if limits is not None:
        outside = frozenset(n for n in after if not limits.hold(counts[n]))
        chart = Chart(title, alt, "line", lines=(2, 3, 4), accent=outside)
    else:
        chart = Chart(title, alt, "columns", accent=after)
    return Table(words("table.effect_of", number=effect.number), columns, rows, chart, note)


def temporary_table(view: View) -> Table | None:
    """Return the temporary ways of working that go on; None when there are none."""
    words, figures = view.words, view.figures
    found = temporary_ways(view.snapshot, figures.as_of)
    if not found:
        return None
    lookups = view.snapshot.lookups
    rows = tuple(
        (
            Cell(words.clean(f"{number} {row_text(row, 'temporary')}")),
            label_cell(view, lookups.person_name(row_text(row, "owner"))),
            Cell(row_day(row, "ready_by"), "date"),
        )
        for number, row in found
    )
    columns = ("column.way", "column.owner", "table.by")
    return Table(words("table.temporary"), tuple(words(name) for name in columns), rows)
