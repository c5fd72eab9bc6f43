"""The last twelve months on the hidden sheet, which the overview draws a chart from, and how a month is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from registerkit.workbook.content import WorkbookContent
from registerkit.workbook.figures import Facts
from registerkit.workbook.hidden_plan import HiddenPlanner
from registerkit.workbook.periods import period_start
from registerkit.workbook.references import run_of

__all__ = ["MONTHS", "Months", "month_format", "plan_months"]

MONTHS = 12


@dataclass(frozen=True)
class Months:
    """Where the last twelve months and their counts stand on the hidden sheet, from 0, and how many these are."""

    first: int
    last: int
    columns: tuple[int, int]
    sums: str
    total: int


def plan_months(content: WorkbookContent, facts: Facts, hidden: HiddenPlanner) -> Months | None:
    """Plan what the chart of the last twelve months is drawn from; None in a register without days of receipt."""
    if not facts.has("received_on"):
        return None
    labels, counts = hidden.block(), hidden.block()
    received, total, cells = facts.column("received_on"), 0, []
    days = [day for row in facts.rows if isinstance(day := facts.value(row, "received_on"), date)]
    for n in range(MONTHS):
        back = MONTHS - 1 - n
        start, following = (period_start(content.on, 1, n) for n in (back, back - 1))
        count = sum(start <= day < following for day in days)
        total += count
        month = month_format(content.language)
        here = labels.add(start, f"DATE(YEAR(TODAY()),MONTH(TODAY())-{back},1)", number_format=month)
        counted = f'COUNTIFS({received},">="&{here},{received},"<"&DATE(YEAR({here}),MONTH({here})+1,1))'
        cells.append(counts.add(count, counted))
    columns = (hidden.column - 2, hidden.column - 1)
    return Months(1, MONTHS, columns, f"SUM({run_of(cells)})", total)


def month_format(language: str, shape: str = "mmm yyyy") -> str:
    """Return the number format of a month; it names the language, for Excel would use that of the computer."""
    return f"[$-413]{shape}" if language == "nl" else f"[$-809]{shape}"
