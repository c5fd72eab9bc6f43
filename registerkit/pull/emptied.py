"""Tells of a column that was emptied whole: one key does that, and what stood there is seen nowhere any more."""

from __future__ import annotations

from collections.abc import Iterator

from registerkit.findings import Finding
from registerkit.pull.merged import Merged, MergedSource
from registerkit.reading import location_of
from registerkit.sync.state import RegisterState

__all__ = ["tell_emptied"]

_MANY = 3
"""In so many rows nobody empties the same column, and leaves nothing in it, one by one."""


def tell_emptied(merged: Merged) -> None:
    """Add the findings to the plan of each source and to the result."""
    for source in merged.sources:
        merged.tell(source, _emptied(merged.state, source))


def _emptied(state: RegisterState, source: MergedSource) -> Iterator[Finding]:
    main = state.definition.main
    if main.id not in source.rows:
        return
    emptied: dict[str, int] = {}
    for (table, _), changes in state.changed.items():
        for field_id, (old, new, by) in changes.items() if table == main.id else ():
            if by == source.plan.name and old is not None and new is None:
                emptied[field_id] = emptied.get(field_id, 0) + 1
    shown = [state.records[main.id][key] for table, key in source.plan.shown if table == main.id]
    raw = source.rows[main.id].raw
    for field_id, n in emptied.items():
        if n >= _MANY and all(record.get(field_id) is None for record in shown):
            where = location_of(source.name, raw, raw.header_row, field_id)
            yield Finding("column_emptied", "warning", where, context={"n": n})
