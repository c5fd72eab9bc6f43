"""Tells of text that people struck out: it is read like any other, for striking out does not say what is the matter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from registerkit.findings import Finding, some_of
from registerkit.pull.merged import Merged, MergedSource
from registerkit.reading import location_of
from registerkit.register import Complaint

__all__ = ["tell_struck_out"]


def tell_struck_out(merged: Merged, complaints: Mapping[str, Complaint]) -> None:
    """Add the findings to the plan of each source and to the result, one for a table; they stay while it is so.

    Nobody needs to say more of a complaint that is closed.
    """
    for source in merged.sources:
        merged.tell(source, _of_source(source, merged, complaints))


def _of_source(source: MergedSource, merged: Merged, complaints: Mapping[str, Complaint]) -> Iterator[Finding]:
    for table in merged.state.definition.tables.values():
        for rows in source.places(table.id):
            keys = source.plan.row_keys.get(rows.raw.place, {}) if rows.raw.struck_out else {}
            cells = [
                (row.row, field_id)
                for row in rows.rows
                if row.row in keys and not _is_done(table.id, keys[row.row], merged, complaints)
                for field_id, column in rows.raw.columns.items()
                if (row.row, column) in rows.raw.struck_out and row.values.get(field_id) is not None
            ]
            if cells:
                named = some_of(location_of(rows.file, rows.raw, *cell).cell or "" for cell in cells)
                yield Finding("struck_out", "warning", location_of(rows.file, rows.raw, *cells[0]), named)


def _is_done(table: str, key: str, merged: Merged, complaints: Mapping[str, Complaint]) -> bool:
    """Tell whether a row is, or belongs to, a complaint that is closed."""
    number = (
        key if table == merged.state.definition.main_id else (merged.state.record(table, key) or {}).get("complaint")
    )
    return number in complaints and not complaints[str(number)].state.is_open
