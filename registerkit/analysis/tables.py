"""Makes the tables of a report from counts, with a chart whose title says the point."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import accumulate

from registerkit.analysis.content import Cell, Chart, Table
from registerkit.analysis.counting import EMPTY, Counts, filled
from registerkit.analysis.signals import Limits
from registerkit.analysis.view import View, lead_of

__all__ = ["FEWEST_BARS", "LONGEST", "count_table", "label_cell", "lead_chart", "level_cells", "level_columns"]

FEWEST_BARS = 3
"""Two bars say no more than two numbers."""
_FEWEST_PARETO = 4
_LOWEST_BAR = 3
"""A chart whose longest bar is shorter says no more than the table does: 2-1-1-1."""
LONGEST = 10
"""Rows of a table before the rest is put together."""


def label_cell(view: View, label: str | None) -> Cell:
    """Return the cell of a choice's label; an empty one says that it was not filled in."""
    return Cell(view.words("table.empty") if label in (EMPTY, None) else view.words.clean(str(label)))


def count_table(
    view: View, name: str, counts: Counts, before: Counts | None, charted: bool = True, pareto: bool = False
) -> Table | None:
    """Return a count as a table with shares and the period before; None when nothing at all is filled in.

    With `pareto` the chart shows beside the counts what the biggest are together, where there are enough to tell.
    """
    known = filled(counts)
    if not known:
        return None
    words, total = view.words, sum(counts.values())
    columns = [words("table.number"), words("table.share")]
    if before is not None:
        columns += [words("table.before"), *([words("table.change")] if view.fair else [])]
    shown = _shortened(view, counts)
    old = _same_rows(counts, shown, before or {})
    rows = tuple(
        (label_cell(view, label), *_numbers(n, total, None if before is None else old[label], view.fair))
        for label, n in shown.items()
    )
    drawn = len([label for label in shown if label != EMPTY])
    chart = _count_chart(view, name, counts, drawn) if charted else None
    if pareto and chart is not None and drawn >= _FEWEST_PARETO:
        # Like the chart's title, the line is about what is known; the row of what is not comes last, without a part.
        sums, of = accumulate(shown.values()), sum(known.values())
        parts = (None if label == EMPTY else part / of for label, part in zip(shown, sums, strict=True))
        rows = tuple((*row, Cell(part, "percent")) for row, part in zip(rows, parts, strict=True))
        chart = replace(chart, shape="columns", lines=(len(columns) + 1,))
        columns.append(words("table.sofar" if of == total else "table.sofar_known"))
    return Table(words(f"table.{name}"), (words(f"column.{name}"), *columns), rows, chart)


def _numbers(n: int, total: int, old: int | None, is_fair: bool) -> tuple[Cell, ...]:
    """Return the cells of a row; a difference only of periods that may be compared."""
    cells = (Cell(n, "number"), Cell(n / total, "percent"))
    if old is None:
        return cells
    return (*cells, Cell(old, "number"), *((Cell(n - old, "signed"),) if is_fair else ()))


def _shortened(view: View, counts: Counts) -> Counts:
    """Put the smallest together when the table would get too long."""
    known = list(filled(counts).items())
    if len(known) <= LONGEST:
        return counts
    head, rest = known[: LONGEST - 1], known[LONGEST - 1 :]
    short = dict(head) | {view.words("table.rest", n=len(rest)): sum(n for _, n in rest)}
    return short | ({EMPTY: counts[EMPTY]} if EMPTY in counts else {})


def _same_rows(counts: Counts, shown: Counts, before: Mapping[str, int]) -> Counts:
    """Return the numbers of the period before for the rows shown; those put together are added up."""
    own = {label: before.get(label, 0) for label in shown if label in counts}
    rest = sum(before.get(label, 0) for label in counts if label not in shown)
    return {label: own.get(label, rest) for label in shown}


def _count_chart(view: View, name: str, counts: Counts, rows: int) -> Chart | None:
    lead = lead_of(counts)
    if lead is None or rows < FEWEST_BARS or lead.n < _LOWEST_BAR:
        return None
    whole = EMPTY not in counts
    of = view.words("chart.of_all" if whole else "chart.of_known", total=lead.total)
    return lead_chart(view, name, counts, of, rows)


def lead_chart(view: View, name: str, counts: Counts, of: str, rows: int) -> Chart:
    """Return the chart of a count that names who leads; `of` says what the number is out of."""
    words, lead = view.words, lead_of(counts)
    if lead is not None and lead.share > 0.5 and lead.total > 2:
        title = words("chart.majority", label=words.clean(lead.labels[0]), n=lead.n, of=of)
    else:
        title = view.lead_sentence("chart", counts, of=of, what=words(f"column.{name}"))
    leaders = frozenset(range(len(lead.labels))) if lead is not None and lead.others else frozenset[int]()
    point = words.capital(title)
    return Chart(point, words("chart.alt_bars", title=words(f"table.{name}"), point=point), rows=rows, accent=leaders)


def level_columns(view: View, limits: Limits | None) -> list[str]:
    """Return the heads of the columns that a chart draws as level lines; none where nothing is usual yet."""
    return [view.words(f"table.{name}") for name in ("mean", "low", "high")] if limits is not None else []


def level_cells(limits: Limits | None) -> list[Cell]:
    """Return their cells, the same in every row."""
    return [Cell(level, "decimal") for level in limits.levels] if limits is not None else []
