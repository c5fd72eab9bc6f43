"""Tells of free text that holds what does not belong there, at the cell, in the sync in which it comes in."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from registerkit.checking import CheckContext
from registerkit.checking.sensitive import SEVERITY, sensitive_cells
from registerkit.codes import FindingCode
from registerkit.definition import Table
from registerkit.findings import Finding, Location
from registerkit.pull.merged import Merged, MergedSource
from registerkit.reading import TableRows, location_of
from registerkit.sync.state import RegisterState

__all__ = ["tell_sensitive"]


def tell_sensitive(merged: Merged, context: CheckContext, *, health: bool) -> None:
    """Add the findings to the plan of each source and to the result; a value is told once, and held back never."""
    for source in merged.sources:
        merged.tell(source, _of_source(source, merged.state, context, health=health))


def _of_source(source: MergedSource, state: RegisterState, context: CheckContext, *, health: bool) -> Iterator[Finding]:
    for table in (table for table in state.definition.tables.values() if table.personal):
        for rows in source.places(table.id):
            for row, key in source.plan.row_keys.get(rows.raw.place, {}).items():
                for field_id, code in _of_record(source, state, table, key, health=health):
                    yield Finding(code, SEVERITY[code], _place(rows, row, field_id, context))
    if source.form_key is not None:
        main = state.definition.main
        for field_id, code in _of_record(source, state, main, source.form_key, health=health):
            label = context.label(main.id, field_id)
            yield Finding(code, SEVERITY[code], Location(source.name, label=label))


def _of_record(
    source: MergedSource, state: RegisterState, table: Table, key: str, *, health: bool
) -> Iterator[tuple[str, FindingCode]]:
    if new := _new_from(source.plan.name, state, table.id, key):
        yield from sensitive_cells(table, state.records[table.id][key], new, health=health)


def _new_from(name: str, state: RegisterState, table: str, key: str) -> Collection[str]:
    """Return the fields of a record that a source filled in or changed in this run."""
    if created := state.created.get((table, key)):
        record = state.records[table][key]
        return {f for f in record if f not in created.own and created.by.get(f, created.source) == name}
    return {f for f, (_, _, source) in state.changed.get((table, key), {}).items() if source == name}


def _place(rows: TableRows, row: int, field_id: str, context: CheckContext) -> Location:
    label = context.label(rows.raw.table.id, field_id)
    return location_of(rows.file, rows.raw, row, field_id, rows.raw.headers.get(field_id, label))
