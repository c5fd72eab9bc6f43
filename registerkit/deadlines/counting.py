"""How a complaint counts in tables of figures: month and quarter of receipt, days, and whether it was in time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from registerkit.deadlines.complaint import CLOSED_STATUSES
from registerkit.definition import Value

__all__ = ["counted_values"]

_ROLES = ("month", "quarter", "days_to_close", "in_time")
"""The roles of the fields that `counted_values` fills."""


def counted_values(record: Mapping[str, Value]) -> dict[str, Value]:
    """Give the values by role: `2026-03`, `2026-Q1`, calendar days of the present phase, and a code of `in_time`.

    `due_on` must be up to date. A complaint that was closed without an answer has no days and no `in_time`.
    """
    received = record.get("received_on")
    if not isinstance(received, date):
        return dict.fromkeys(_ROLES)
    reopened = record.get("reopened_on")
    start = reopened if isinstance(reopened, date) else received
    end = _end(record, start, again=start is reopened)
    return {
        "month": f"{received:%Y-%m}",
        "quarter": f"{received:%Y}-Q{(received.month + 2) // 3}",
        "days_to_close": (end - start).days if end else None,
        "in_time": _in_time(record, end),
    }


def _end(record: Mapping[str, Value], start: date, *, again: bool) -> date | None:
    """Give the day of the answer, or for an informal settlement the day it was solved.

    An answer on the day of a reopening (`again`) is that of the earlier phase while the complaint is open.
    """
    is_closed = record.get("status") in CLOSED_STATUSES
    for role in ("answered_on", "solved_on"):
        day = record.get(role)
        if isinstance(day, date) and (day > start or (day == start and (is_closed or not again))):
            return day
    return None


def _in_time(record: Mapping[str, Value], end: date | None) -> str | None:
    due = record.get("due_on")
    if end is not None and isinstance(due, date):
        return "on_time" if end <= due else "late"
    return None if record.get("status") in CLOSED_STATUSES else "open"
