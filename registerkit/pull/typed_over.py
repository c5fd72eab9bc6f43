"""Tells of values that were typed in columns that sync fills in: they are not read, and write-back replaces them.

A cell that shows what the register holds, or held when the file was last written, was not typed in: it is outdated.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from registerkit.definition import Field, Lookups, Value
from registerkit.findings import Finding
from registerkit.pull.merged import Merged, MergedSource
from registerkit.reading import BadCell, ParseContext, RawTable, TableRows, as_text, location_of, parse_cell
from registerkit.session.session import Session
from registerkit.sync.state import RegisterState

__all__ = ["tell_typed_over"]


def tell_typed_over(session: Session, merged: Merged) -> None:
    """Add the findings to the plan of each source and to the result; only a file with our stamp has a base."""
    for source in merged.sources:
        if source.base is not None:
            merged.tell(source, _Watch(session, merged.state, merged.lookups, source).findings())


@dataclass
class _Column:
    """A column that sync fills in, and what its cells were found to mean."""

    about: Field
    at: int
    lookups: Lookups
    met: dict[Any, Value] = field(default_factory=dict)

    def says(self, cell: Any) -> Value:
        """Return the value of a cell; what cannot be understood is text that nobody filled in but by hand."""
        if cell not in self.met:
            try:
                self.met[cell] = parse_cell(cell, ParseContext(self.about, self.lookups))
            except BadCell:
                self.met[cell] = as_text(cell)
        return self.met[cell]


@dataclass
class _Watch:
    session: Session
    state: RegisterState
    lookups: Lookups
    source: MergedSource

    def findings(self) -> Iterator[Finding]:
        """Return a finding for each cell of known records that was typed over."""
        for table in self.source.rows:
            for rows in self.source.places(table):
                if columns := self._columns(rows.raw):
                    yield from self._of_rows(rows, columns)

    def _columns(self, raw: RawTable) -> list[_Column]:
        filled_in = (f for f in raw.table.fields if not f.is_input and f.stored and not f.live and f.id in raw.columns)
        return [_Column(replace(f, kind=f.value_kind), raw.columns[f.id], self.lookups) for f in filled_in]

    def _of_rows(self, rows: TableRows, columns: list[_Column]) -> Iterator[Finding]:
        table, keys = rows.raw.table.id, self.source.plan.row_keys.get(rows.raw.place, {})
        for number, cells in rows.raw.rows:
            key = keys.get(number)
            if key is None or (table, key) in self.state.created:
                continue
            record = self.state.records[table][key]
            for column in columns:
                cell = cells[column.at] if column.at < len(cells) else ""
                if cell in ("", None) or cell == record.get(column.about.id):
                    continue
                if column.says(cell) not in self._held(table, key, column.about.id):
                    where = location_of(rows.file, rows.raw, number, column.about.id)
                    yield Finding("value_typed_over", "warning", where, as_text(cell))

    def _held(self, table: str, key: str, field_id: str) -> tuple[Value, ...]:
        """Return what the register holds, what it held before this run, and what it held at the file's stamp."""
        now = self.state.records[table][key].get(field_id)
        before = self.state.changed.get((table, key), {}).get(field_id, (now,))[0]
        return now, before, self._at_stamp.get((table, key, field_id), before)

    @cached_property
    def _at_stamp(self) -> Mapping[tuple[str, str, str], Value]:
        base = self.source.base
        return {} if base is None else self.session.store.base(base).old
