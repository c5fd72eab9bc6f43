"""Plans a report: everything it says, for the workbook, the document and the page alike."""

from __future__ import annotations

import math
from collections.abc import Mapping

from registerkit.analysis.comparison import Comparison
from registerkit.analysis.content import Cell, CellKind, Content, Explored, Table
from registerkit.analysis.crosstab import ROLES
from registerkit.analysis.figures import Figures, figure_kinds
from registerkit.analysis.points import points, tiles
from registerkit.analysis.received import received_table
from registerkit.analysis.sections import sections
from registerkit.analysis.tables import label_cell
from registerkit.analysis.view import View, coverage
from registerkit.register import Register

__all__ = ["plan_report"]

_DIFFERENCE: Mapping[CellKind, CellKind] = {
    "number": "signed",
    "decimal": "signed_decimal",
    "percent": "points",
    "euro": "signed_euro",
}
_FEW = 30
"""Under so many complaints the document is brief."""
_IN_BALANCE = frozenset({"received", "closed", "open_at_start", "open_at_end", "reopened"})
_DEFINED = (
    *("received", "closed", "in_time", "acknowledged", "open", "overdue", "days", "p90", "reopened", "volume"),
    *("complainants", "repeat", "satisfaction", "cost", "founded", "special", "recurring", "usual", "unseen", "before"),
)


def plan_report(snapshot: Register, told: Comparison) -> Content:
    """Say everything that a report says; the same input gives the same words."""
    view = View(snapshot, told)
    words, figures = view.words, told.figures
    return Content(
        title=words("title.report", period=words.period(told.period)),
        organisation=words.clean(snapshot.settings.name),
        as_of=figures.as_of,
        remark=words.sentence(
            words("title.as_of", day=words.day(figures.as_of)) if not view.goes_on else "", coverage(view)
        ),
        tiles=tiles(view),
        points=points(view),
        key_figures=_key_figures(view),
        sections=sections(view),
        explored=_explored(view),
        received=received_table(view),
        brief_figures=_key_figures(view, _IN_BALANCE) if _is_quiet(figures) else None,
        definitions=tuple((words(f"definition.{name}.term"), words(f"definition.{name}.text")) for name in _DEFINED),
    )


def _is_quiet(figures: Figures) -> bool:
    return max(figures.received or 0, figures.closed or 0) < _FEW


def _key_figures(view: View, left_out: frozenset[str] = frozenset()) -> Table:
    words, before, year_ago = view.words, view.before, view.year_ago
    columns = [words("column.figure"), words("table.this_period")]
    if before is not None:
        columns += [words("table.previous_period"), *([words("table.change")] if view.fair else [])]
    if year_ago is not None:
        columns.append(words("table.year_ago"))
    rows = []
    for name, kind in figure_kinds(key=True):
        now, old, then = (None if told is None else getattr(told, name) for told in (view.figures, before, year_ago))
        if name in left_out or (now is None and old is None and then is None):
            continue
        cells = [Cell(words(f"figure.{name}", unit=view.unit)), Cell(now, kind)]
        if before is not None:
            change = None if now is None or old is None else _as_shown(now, kind) - _as_shown(old, kind)
            cells += [Cell(old, kind), *([Cell(change, _DIFFERENCE[kind])] if view.fair else [])]
        if year_ago is not None:
            cells.append(Cell(then, kind))
        rows.append(tuple(cells))
    return Table(words("table.key_figures"), tuple(columns), tuple(rows))


def _explored(view: View) -> Explored | None:
    words, found = view.words, view.told.crosstab
    if found is None:
        return None
    column = words("column.week" if view.told.trend.weekly else "column.month")
    filters = tuple(
        (words(f"column.{role}"), tuple(str(label_cell(view, label).value) for label in labels))
        for role, labels in zip(ROLES, found.labels, strict=True)
    )
    return Explored(column, tuple(words.step(step) for step in found.steps), filters, found.counts)


def _as_shown(value: float, kind: CellKind) -> float:
    """Round as the table does, so that a reader who subtracts finds the difference that stands there."""
    if kind not in ("percent", "decimal"):
        return value
    scale = 100 if kind == "percent" else 10
    return math.floor(value * scale + 0.5) / scale
