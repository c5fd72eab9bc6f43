"""Says when a form came that has no box for it: a complainant fills it in, and its file is all that the office has."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from registerkit.definition import Table
from registerkit.findings import Finding, Location
from registerkit.reading import RawWorkbook, SourceRow

__all__ = ["with_arrival"]


def with_arrival(row: SourceRow, raw: RawWorkbook, table: Table, on: date) -> tuple[SourceRow, list[Finding]]:
    """Fill in the day that the file came, at the latest `on`, where nothing says so; a remark asks to look at it."""
    received = table.by_id.get("received_on")
    if raw.came_on is None or received is None or received.kind != "date" or row.values.get(received.id) is not None:
        return row, []
    day = min(raw.came_on, on)
    told = {"label": received.labels, "day": day}
    finding = Finding("received_on_file_day", "info", Location(raw.name), None, told)
    return replace(row, values={**row.values, received.id: day}), [finding]
