"""What each handling of complaints took: the first, and those after a reopening, in days and in money."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from registerkit.analysis.content import Cell, Table
from registerkit.analysis.counting import EMPTY, median
from registerkit.analysis.outcomes import label_of
from registerkit.analysis.scope import Ended, Scope, days_of
from registerkit.analysis.view import View
from registerkit.register import Register

__all__ = ["FIRST", "Effort", "efforts", "phase_table"]

FIRST = ""
"""Stands for the first handling, which no reopening is the reason of."""


@dataclass(frozen=True)
class Effort:
    """What some handlings took; `cost` in cents, days are calendar days from the start of a handling to its end."""

    closed: int
    days: int
    median_days: float
    cost: int


def efforts(ended: Iterable[Ended]) -> dict[str, Effort]:
    """Return what handlings took by the code of the reason that they began with: the first ones, then most first."""
    groups: dict[str, list[Ended]] = {}
    for each in ended:
        groups.setdefault((each.reason or EMPTY) if each.again else FIRST, []).append(each)
    found = {reason: _effort(own) for reason, own in groups.items()}
    order = sorted(found, key=lambda reason: (reason != FIRST, reason == EMPTY, -found[reason].closed, reason))
    return {reason: found[reason] for reason in order}


def _effort(ended: Sequence[Ended]) -> Effort:
    days, cost = days_of(ended), sum(each.cost for each in ended)
    whole = sum(number * n for number, n in days.items())
    return Effort(days.total(), whole, median(days) or 0.0, cost)


def phase_table(view: View) -> Table | None:
    """Return the table, with all handlings together below; None where nothing cost money and nothing was reopened."""
    words, has_cost = view.words, view.snapshot.has("cost")
    ended = Scope(view.told.tally, view.period).endings
    found = efforts(ended)
    if not ended or (len(found) < 2 and not any(each.cost for each in ended)):
        return None
    told = [(_label(view, reason), each) for reason, each in found.items()]
    if len(found) > 1:
        told.append((words("phase.whole"), _effort(ended)))
    rows = tuple((Cell(label), *_cells(each, has_cost=has_cost)) for label, each in told)
    columns = ["column.phase", "table.closed", "table.days", "table.days_whole"]
    columns += ["table.cost", "table.cost_each"] if has_cost else []
    totals = frozenset({len(rows) - 1}) if len(found) > 1 else frozenset[int]()
    heads = tuple(words(name) for name in columns)
    return Table(words("table.phases"), heads, rows, None, words("table.phases_note"), totals)


def _cells(effort: Effort, *, has_cost: bool) -> tuple[Cell, ...]:
    cells = (Cell(effort.closed, "number"), Cell(effort.median_days, "decimal"), Cell(effort.days, "number"))
    each = round(effort.cost / effort.closed)
    return (*cells, Cell(effort.cost, "euro"), Cell(each, "euro")) if has_cost else cells


def _label(view: View, reason: str) -> str:
    words = view.words
    if reason == FIRST:
        return words("phase.first")
    if reason == EMPTY:
        return words("phase.again")
    return words("phase.because", reason=words.clean(_reason(view.snapshot, reason)))


def _reason(register: Register, code: str) -> str:
    return label_of(register, "reopen_reason", code) or code
