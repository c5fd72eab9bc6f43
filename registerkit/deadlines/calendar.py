"""The calendar of an office: which days are working days, and to which day an end of a term moves."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from registerkit.deadlines.holidays import Holiday, last_known_decree
from registerkit.deadlines.profile import Profile

__all__ = ["WorkCalendar", "work_calendar"]

_DAY = timedelta(days=1)
_WEEKEND = {5: "saturday", 6: "sunday"}


@dataclass(frozen=True)
class WorkCalendar:
    """The holidays in use, by day, with their names.

    `recognised` are those that an end of a term moves past (Algemene termijnenwet art. 3); None means all.
    `known_until` is the last day up to which decree days are known, None when that does not matter.
    """

    holidays: Mapping[date, str]
    recognised: frozenset[date] | None = None
    known_until: date | None = None

    def is_working_day(self, day: date) -> bool:
        """Tell whether the day is no Saturday, Sunday or holiday in use."""
        return day.weekday() < 5 and day not in self.holidays

    def add_working_days(self, day: date, n: int) -> date:
        """Return the n-th working day after `day` (before it when negative); 0 gives `day` itself, as WORKDAY does."""
        step = _DAY if n > 0 else -_DAY
        for _ in range(abs(n)):
            day += step
            while not self.is_working_day(day):
                day += step
        return day

    def roll_forward(self, day: date) -> tuple[date, list[tuple[date, str]]]:
        """Return the first ordinary day from `day` on, and the days passed, each with its reason.

        A reason is the holiday's name, or "saturday" or "sunday" (Algemene termijnenwet art. 1 and 3).
        """
        passed: list[tuple[date, str]] = []
        while (reason := self._no_end_of_term(day)) is not None:
            passed.append((day, reason))
            day += _DAY
        return day, passed

    def working_days_between(self, first: date, last: date) -> int:
        """Count the working days after `first` up to and including `last`; negative when `last` is earlier."""
        if last < first:
            return -self.working_days_between(last, first)
        weeks, rest = divmod((last - first).days, 7)
        weekdays = weeks * 5 + sum((first.weekday() + i) % 7 < 5 for i in range(1, rest + 1))
        free = self._free_weekdays
        return weekdays - (bisect_right(free, last) - bisect_right(free, first))

    @cached_property
    def _free_weekdays(self) -> list[date]:
        return sorted(day for day in self.holidays if day.weekday() < 5)

    def _no_end_of_term(self, day: date) -> str | None:
        if day in self.holidays and (self.recognised is None or day in self.recognised):
            return self.holidays[day]
        return _WEEKEND.get(day.weekday())


def work_calendar(holidays: Iterable[Holiday], profile: Profile) -> WorkCalendar:
    """Make the calendar of a profile from the office's holiday rows; only those in use count."""
    rows = list(holidays)
    used = {row.day: row.name for row in rows if row.in_use}
    recognised = frozenset(row.day for row in rows if row.in_use and row.origin in profile.holidays)
    follows_decrees = profile.roll_forward and "besluit" in profile.holidays
    return WorkCalendar(used, recognised, last_known_decree(rows) if follows_decrees else None)
