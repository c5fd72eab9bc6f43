"""The period that the overview counts over: years, quarters and months up to today, chosen in one cell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from registerkit.workbook.references import run_of

if TYPE_CHECKING:  # The hidden sheet plans what is chosen; here only its columns are used.
    from registerkit.workbook.hidden_plan import HiddenPlanner

__all__ = ["ASK_PERIOD", "LIST_PERIODS", "ChosenPeriod", "Window", "period_start", "plan_period"]

ASK_PERIOD, LIST_PERIODS = "ask_period", "lst_periods"
_YEARS, _QUARTERS, _MONTHS = 3, 8, 13
_FIRST, _LAST = date(1900, 1, 1), date(9999, 12, 31)
_DATE = "dd-mm-yyyy"
_FIGURE_AS_TEXT = re.compile(r"\.0$")


@dataclass(frozen=True)
class Window:
    """A span of days: the cells that hold its first and last day, and these days now."""

    first_cell: str
    last_cell: str
    first: date
    last: date

    def holds(self, column: str) -> str:
        """Return the conditions of COUNTIFS that a day lies in it."""
        return f'{column},">="&{self.first_cell},{column},"<="&{self.last_cell}'

    def test(self, column: str) -> str:
        """Return the same for SUMPRODUCT."""
        return f"({column}>={self.first_cell})*({column}<={self.last_cell})"

    def has(self, day: object) -> bool:
        """Tell whether a day lies in it."""
        return isinstance(day, date) and self.first <= day <= self.last


@dataclass(frozen=True)
class ChosenPeriod:
    """What was chosen, all of the register when nothing was, and the period before it."""

    place: str
    """The cell with the place of the period among those to choose from; 0 for all."""
    label: str | None
    now: Window
    before: Window

    @property
    def is_all(self) -> bool:
        """Whether nothing is chosen, so that there is nothing to compare with."""
        return self.label is None


def plan_period(hidden: HiddenPlanner, asked: str | None, on: date) -> ChosenPeriod:
    """Plan the periods to choose from, and what is counted over now."""
    steps = [(12, back) for back in range(_YEARS)] + [(3, back) for back in range(_QUARTERS)]
    steps += [(1, back) for back in range(_MONTHS)]
    names, starts, ends, earlier = (hidden.block() for _ in range(4))
    labels, froms, untils, befores = list[str](), list[str](), list[str](), list[str]()
    known: dict[str, tuple[date, date, date]] = {}
    for months, back in steps:
        first, following, before = (period_start(on, months, n) for n in (back, back - 1, back + 1))
        start = starts.add(first, _begin_formula(months, back), number_format=_DATE)
        label = _label(first, months)
        known.setdefault(label, (first, following - timedelta(days=1), before))
        labels.append(names.add(label, _label_formula(start, months)))
        froms.append(start)
        end = f"DATE(YEAR({start}),MONTH({start})+{months},1)-1"
        untils.append(ends.add(following - timedelta(days=1), end, number_format=_DATE))
        befores.append(earlier.add(before, f"DATE(YEAR({start}),MONTH({start})-{months},1)", number_format=_DATE))
    hidden.names[LIST_PERIODS] = run_of(labels)
    wanted = _FIGURE_AS_TEXT.sub("", asked or "").strip().upper()
    chosen = known.get(wanted)
    block = hidden.block()
    place = block.add(
        list(known).index(wanted) + 1 if chosen else 0, f'IFERROR(MATCH({ASK_PERIOD}&"",{run_of(labels)},0),0)'
    )

    def cell(value: date, of: str, otherwise: str) -> str:
        return block.add(value, f"IF({place}=0,{otherwise},{of})", number_format=_DATE)

    first, last, before = chosen or (_FIRST, _LAST, _FIRST)
    all_first, all_last = _as_formula(_FIRST), _as_formula(_LAST)
    begun = cell(first, f"INDEX({run_of(froms)},{place})", all_first)
    now = Window(begun, cell(last, f"INDEX({run_of(untils)},{place})", all_last), first, last)
    day_before = first - timedelta(days=1) if chosen else _FIRST
    earlier_first = cell(before, f"INDEX({run_of(befores)},{place})", all_first)
    then = Window(earlier_first, cell(day_before, f"{begun}-1", all_first), before, day_before)
    return ChosenPeriod(place, wanted if chosen else None, now, then)


def period_start(on: date, months: int, back: int) -> date:
    """Return the first day of the year, quarter or month that lies so many of them back."""
    count = on.year * 12 + on.month - 1
    count = count - count % months - back * months
    return date(count // 12, count % 12 + 1, 1)


def _begin_formula(months: int, back: int) -> str:
    month = "MONTH(TODAY())" if months == 1 else f"INT((MONTH(TODAY())-1)/{months})*{months}+1"
    return f"DATE(YEAR(TODAY()),{month}-{back * months},1)"


def _label(first: date, months: int) -> str:
    if months == 12:
        return f"{first.year}"
    return f"{first.year}-Q{(first.month + 2) // 3}" if months == 3 else f"{first.year}-{first.month:02}"


def _label_formula(start: str, months: int) -> str:
    if months == 12:
        return f'YEAR({start})&""'
    if months == 3:
        return f'YEAR({start})&"-Q"&INT((MONTH({start})+2)/3)'
    return f'YEAR({start})&"-"&TEXT(MONTH({start}),"00")'


def _as_formula(day: date) -> str:
    return f"DATE({day.year},{day.month},{day.day})"
