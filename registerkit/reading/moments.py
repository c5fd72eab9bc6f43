"""Times of day behind a day, as systems and people write them, and the Dutch day that a moment with an offset is on."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

__all__ = ["Moment", "dutch_day", "split_moment"]

_ZONES = {
    "z": 0, "utc": 0, "gmt": 0, "wet": 0, "bst": 60, "west": 60, "cet": 60, "met": 60, "mez": 60, "cest": 120,
    "mest": 120,
    "mesz": 120, "eet": 120, "eest": 180, "msk": 180, "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420,
    "mdt": -360, "pst": -480, "pdt": -420,
}  # fmt: skip
"""Minutes that a named zone is ahead of Greenwich."""
_TIME = re.compile(
    r"(?P<day>.*?\d)(?:t|\s*,?\s+(?:om\s+|at\s+|@\s*|-\s+)?|,)"
    r"(?P<hour>\d{1,2})(?:[:.uh](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d{1,9})?)?)?"
    r"(?:\s*(?P<half>[ap])\.?\s?m\b\.?)?(?P<clock>\s*(?:uur|u|h)\b\.?)?"
    r"\s*(?P<zone>[a-z]{1,4}(?![a-z]))?\s*(?P<offset>[+-]\d{1,2}(?::?\d{2})?)?\s*(?:\([^()]*\))?(?P<year>\s\d{4})?\Z"
)
_CLOSE = re.compile(r"(?P<day>\d{8})t?(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?(?P<zone>z)?\Z")
"""A moment in digits only, as in names of files."""
_SUMMER = timedelta(hours=2)
_WINTER = timedelta(hours=1)


class Moment:
    """A day as text, and where a time stands behind it, how many minutes of that day have gone by in Greenwich."""

    def __init__(self, day: str, minutes: int | None = None) -> None:
        self.day = day
        self.minutes = minutes
        """None without a zone: then the day is as it is written."""


def split_moment(text: str) -> Moment | None:
    """Take the time off a day in small letters; None when what stands there is no time of any day."""
    match = _CLOSE.match(text)
    if match is None:
        match = _TIME.match(text)
        if match is None or not any(match[name] for name in ("minute", "half", "clock")):
            return Moment(text)
    parts = match.groupdict()
    hour, minute, second = (int(parts.get(name) or 0) for name in ("hour", "minute", "second"))
    if parts.get("half"):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if parts["half"] == "p" else 0)
    if minute > 59 or second > 60 or hour > 24 or (hour == 24 and minute + second):
        return None
    zone, offset = parts.get("zone"), parts.get("offset")
    if zone and zone not in _ZONES:
        return None
    ahead = (_ZONES[zone] if zone else 0) + (_minutes(offset) if offset else 0)
    day = parts["day"] + (parts.get("year") or "")
    return Moment(day, hour * 60 + minute - ahead if zone or offset else None)


def _minutes(offset: str) -> int:
    digits = offset[1:].replace(":", "")
    hours, minutes = (digits, "0") if len(digits) <= 2 else (digits[:-2], digits[-2:])
    return (int(hours) * 60 + int(minutes)) * (-1 if offset[0] == "-" else 1)


def dutch_day(day: date, minutes: int | None) -> date:
    """Return the day in the Netherlands at a moment: so many minutes after midnight in Greenwich.

    Raises `OverflowError` at the end of the calendar. No table of zones is asked: Windows has none.
    """
    if minutes is None:
        return day
    moment = datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)
    starts, ends = (_last_sunday(moment.year, month) for month in (3, 10))
    return (moment + (_SUMMER if starts <= moment < ends else _WINTER)).date()


def _last_sunday(year: int, month: int) -> datetime:
    """Return when the clock is moved in a month: at one in the night in Greenwich, on its last Sunday."""
    last = datetime(year, month, 31, 1)
    return last - timedelta(days=(last.weekday() + 1) % 7)
