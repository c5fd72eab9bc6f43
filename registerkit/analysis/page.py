"""Writes the report as one web page: charts beside the tables they come from, to sort, to look into and to print."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from registerkit.analysis.content import Cell, Content, Table
from registerkit.analysis.svg import draw
from registerkit.analysis.words import Words
from registerkit.theme import Theme
from registerkit.web import as_json, render

__all__ = ["report_page"]


def report_page(content: Content, words: Words, theme: Theme) -> bytes:
    """Return the page, which needs no other file and no network."""
    names = (f"c{n}" for n in count(1))
    values = {
        "content": content,
        "language": words.texts.language,
        "say": words,
        "cell": words.cell,
        "picture": lambda table: draw(table, words, next(names)),
        "is_right": lambda table, column: column > 0 and table.kind(column) != "text",
        "raw": _raw,
        "is_sortable": _is_sortable,
        "counts": as_json(_counts(content, words)),
    }
    return render(__package__, theme, content.title, content.organisation, values).encode("utf-8")


def _raw(cell: Cell) -> str:
    """Return what a column is sorted by; empty for nothing, which goes last."""
    value = cell.value
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def _is_sortable(table: Table) -> bool:
    """Tell whether another order of the rows makes sense: not where some rows add others up."""
    return len(table.rows) > 2 and not table.totals


def _counts(content: Content, words: Words) -> dict[str, Any]:
    """Return what the script knows: the counts, and the words to tell in how many there are."""
    if content.explored is None:
        return {}
    steps = content.explored.steps
    whole = words("explore.span", first=steps[0], last=steps[-1])
    span = whole if len(steps) > 1 else words("explore.step", step=steps[0])
    told = {"none": "zero", "one": "one", "many": "other"}
    said = {name: words.texts(f"analysis.explore.found.{form}", n="{n}", span=span) for name, form in told.items()}
    return {"counts": content.explored.counts, **said}
