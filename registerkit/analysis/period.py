"""The periods a report can be about: months, quarters, years, ISO weeks, and any range of days."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from registerkit.errors import UsageError
from registerkit.register import a_year_back
from registerkit.setting_kinds import FIRST_DAY, LAST_DAY

__all__ = [
    "Kind",
    "Period",
    "began_late",
    "ended_since",
    "last_complete_month",
    "month_of",
    "parse_period",
    "parts_of",
    "previous",
    "week_of",
    "year_before",
]

Kind = Literal["week", "month", "quarter", "year", "range"]

_LATE_START = 0.25
"""Over this part of a period without a complaint at its start, the register is taken to have begun in it."""
_DAY = timedelta(days=1)
_YEARS = range(1900, 3000)
_LABELS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("week", re.compile(r"(\d{4})-W(\d{2})")),
    ("month", re.compile(r"(\d{4})-(\d{2})")),
    ("quarter", re.compile(r"(\d{4})-Q([1-4])")),
    ("year", re.compile(r"(\d{4})")),
)
_RANGE = re.compile(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})")


@dataclass(frozen=True)
class Period:
    """A run of days, both ends included; labels are 2026-10, 2026-Q3, 2026, 2026-W47 and FROM..UNTIL."""

    label: str
    first: date
    last: date

    @property
    def kind(self) -> Kind:
        """What sort of period the label names."""
        return next((kind for kind, pattern in _LABELS if pattern.fullmatch(self.label)), "range")

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last


def parse_period(text: str) -> Period:
    """Read a period's label; raises `UsageError` (reason "period") when the text names none."""
    label = text.strip().upper()
    try:
        period = _parse(label)
    except ValueError:
        raise UsageError(reason="period", value=text) from None
    if not FIRST_DAY <= period.first <= period.last <= LAST_DAY:
        raise UsageError(reason="period", value=text)
    return period


def previous(period: Period) -> Period:
    """Return the period of the same kind just before; for a range as many days before it."""
    before = period.first - _DAY
    if period.kind == "range":
        days = min((period.last - period.first).days + 1, period.first.toordinal() - 1)
        return _range(period.first - days * _DAY, before)
    return _MAKERS[period.kind](before)


def year_before(period: Period) -> Period:
    """Return the same period of the year before; week 53 gives week 52 where that year has no week 53."""
    if period.kind == "range":
        return _range(a_year_back(period.first), a_year_back(period.last))
    if period.kind == "week":
        year, week, _ = period.first.isocalendar()
        return week_of(date.fromisocalendar(year - 1, min(week, date(year - 1, 12, 28).isocalendar().week), 1))
    return _MAKERS[period.kind](a_year_back(period.first))


def began_late(begun: date, period: Period) -> bool:
    """Tell whether a register that began on a day in a period leaves a fair part of it without figures."""
    missing, whole = (begun - period.first).days, (period.last - period.first).days + 1
    return begun in period and missing > whole * _LATE_START


def parts_of(period: Period, kind: Kind) -> list[Period]:
    """Return the periods of a kind that make up a whole one; none when they do not fit in it exactly."""
    part, parts = _MAKERS[kind](period.first), []
    while part.last <= period.last:
        parts.append(part)
        part = _MAKERS[kind](part.last + _DAY)
    fits = parts and parts[0].first == period.first and parts[-1].last == period.last
    return parts if fits else []


def last_complete_month(on: date) -> Period:
    """Return the month before the one of the day."""
    return month_of(on.replace(day=1) - _DAY)


def month_of(on: date) -> Period:
    """Return the month of the day."""
    first = on.replace(day=1)
    return Period(f"{on.year:04}-{on.month:02}", first, _first_of_next(first, 1) - _DAY)


def week_of(on: date) -> Period:
    """Return the ISO week of the day, Monday to Sunday."""
    year, week, weekday = on.isocalendar()
    first = on - (weekday - 1) * _DAY
    return Period(f"{year:04}-W{week:02}", first, first + 6 * _DAY)


def ended_since(last_run: date | None, on: date) -> list[Period]:
    """Return each month, quarter and year that was not over at the last run and is over on the day.

    A period is over the day after its last one: a run on the 31st still finds the month going. Without a last run
    only the last complete month is given, so that a first run does not make reports of years gone by.
    """
    if last_run is None:
        return [last_complete_month(on)]
    ended = []
    month = month_of(last_run)
    while month.last < on:
        ended.append(month)
        ended += [whole for whole in (_quarter_of(month.last), _year_of(month.last)) if whole.last == month.last]
        month = month_of(month.last + _DAY)
    return ended


def _parse(label: str) -> Period:
    """Raises `ValueError` when the label is none, or names a day or week that does not exist."""
    if match := _RANGE.fullmatch(label):
        first, last = (date.fromisoformat(day) for day in match.groups())
        if last < first or first.year not in _YEARS:
            raise ValueError(label)
        return _range(first, last)
    for kind, pattern in _LABELS:
        if match := pattern.fullmatch(label):
            year, *numbers = map(int, match.groups())
            if year in _YEARS:
                return _MAKERS[kind](_first_day(kind, year, *numbers))
    raise ValueError(label)


def _first_day(kind: Kind, year: int, number: int = 1) -> date:
    if kind == "week":
        return date.fromisocalendar(year, number, 1)
    return date(year, number * 3 - 2 if kind == "quarter" else number, 1)


def _range(first: date, last: date) -> Period:
    return Period(f"{first}..{last}", first, last)


def _quarter_of(on: date) -> Period:
    number = (on.month + 2) // 3
    first = date(on.year, number * 3 - 2, 1)
    return Period(f"{on.year:04}-Q{number}", first, _first_of_next(first, 3) - _DAY)


def _year_of(on: date) -> Period:
    return Period(f"{on.year:04}", date(on.year, 1, 1), date(on.year, 12, 31))


def _first_of_next(first: date, months: int) -> date:
    year, month = divmod(first.month - 1 + months, 12)
    return date(first.year + year, month + 1, 1)


_MAKERS: dict[Kind, Callable[[date], Period]] = {
    "week": week_of,
    "month": month_of,
    "quarter": _quarter_of,
    "year": _year_of,
}
