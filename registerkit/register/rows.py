"""Rows of any table as they are read: a day, a text, a pause, and the rows that belong to each complaint."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from registerkit.deadlines import Pause
from registerkit.definition import Record, Value

__all__ = ["is_reopened_again", "pause_of", "pauses_by_complaint", "row_day", "row_text", "rows_by_complaint"]


def row_day(row: Mapping[str, Value], field_id: str) -> date | None:
    """Return the day in a field of a row."""
    value = row.get(field_id)
    return value if isinstance(value, date) else None


def row_text(row: Mapping[str, Value], field_id: str) -> str | None:
    """Return the text or the code in a field of a row; None when it is blank."""
    value = row.get(field_id)
    return (value.strip() or None) if isinstance(value, str) else None


def pause_of(row: Mapping[str, Value]) -> Pause | None:
    """Return the pause that a row of the pauses table says; None without its first day."""
    start = row_day(row, "from")
    return Pause(start, row_day(row, "until"), row_day(row, "consent_on"), row_text(row, "reason")) if start else None


def is_reopened_again(record: Mapping[str, Value]) -> bool:
    """Tell whether what a record says of its ending is of a phase before its reopening."""
    reopened, closed = row_day(record, "reopened_on"), row_day(record, "closed_on")
    return reopened is not None and closed is not None and closed < reopened


def rows_by_complaint(rows: Iterable[Record]) -> dict[str, list[Record]]:
    """Return the rows of a table that belongs to the main one, by the number of the complaint."""
    found: dict[str, list[Record]] = {}
    for row in rows:
        found.setdefault(str(row.get("complaint")), []).append(row)
    return found


def pauses_by_complaint(rows: Iterable[Record]) -> dict[str, tuple[Pause, ...]]:
    """Return the pauses that rows of their table say, by the number of the complaint."""
    found = rows_by_complaint(rows)
    return {number: tuple(filter(None, map(pause_of, own))) for number, own in found.items()}
