"""Says which rows of an Access file must change so that it shows what the store holds. Does not write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from registerkit.database.access import ACCESS_KINDS, ROW_ID, AccessEdits, Cell, ListColumns
from registerkit.definition import Choice, Definition, Field, Lookups, Record, Table, Value
from registerkit.reading import RawList, RawTable, SourceRow, TableRows, list_rows
from registerkit.texts import Texts
from registerkit.writeback.shown import is_shown

__all__ = ["AccessWriteback", "plan_access_edits"]


@dataclass(frozen=True)
class AccessWriteback:
    """What the edits are planned from: the file as read, and the register as it is now."""

    definition: Definition
    texts: Texts
    lookups: Lookups
    rows: Mapping[str, TableRows]
    lists: Mapping[str, RawList]
    row_keys: Mapping[tuple[str, str], Mapping[int, str]]
    kept_cells: frozenset[tuple[tuple[str, str], int, str]]
    records: Mapping[str, Mapping[str, Record]]
    add: Mapping[str, Sequence[str]]
    """Keys per table of records that the file should show and does not."""


def plan_access_edits(given: AccessWriteback) -> AccessEdits:
    """Return the edits that bring a file up to date; empty when it shows all that it should."""
    edits = AccessEdits()
    numbers = _Numbers(given)
    for table_id, rows in given.rows.items():
        planner = _TablePlanner(given, given.definition.tables[table_id], rows, numbers, edits)
        planner.known_rows()
        planner.new_rows()
    for raw in given.lists.values():
        _plan_list(given, raw, edits)
    return edits


class _Numbers:
    """Which row of the main table shows which record, with the rows that will be added."""

    def __init__(self, given: AccessWriteback) -> None:
        main = given.rows.get(given.definition.main_id)
        shown = given.row_keys.get(main.raw.place, {}) if main else {}
        self.rows = {key: row for row, key in shown.items()}
        last = max((row for row, _ in main.raw.rows), default=0) if main else 0
        for n, key in enumerate(given.add.get(given.definition.main_id, ()), last + 1):
            self.rows[key] = n


@dataclass
class _TablePlanner:
    given: AccessWriteback
    table: Table
    rows: TableRows
    numbers: _Numbers
    edits: AccessEdits

    @property
    def raw(self) -> RawTable:
        return self.rows.raw

    def known_rows(self) -> None:
        """Show what the records hold where the rows say something else."""
        keys, records = self.given.row_keys.get(self.raw.place, {}), self.given.records[self.table.id]
        for row in self.rows.rows:
            key = keys.get(row.row)
            if key is not None and (record := records.get(key)) is not None:
                self._known_row(row, record)

    def _known_row(self, row: SourceRow, record: Record) -> None:
        cells = self._cells[row.row]
        for field, column in self._columns:
            if (self.raw.place, row.row, field.id) in self.given.kept_cells:
                continue
            says = field.id in row.values and row.values[field.id] == record.get(field.id)
            if field.is_input and field.id != self.table.key and says:
                continue
            wanted = self._cell(field, record.get(field.id))
            if not is_shown(cells[column] if column < len(cells) else None, wanted):
                self.edits.set(self.raw.sheet, row.row, self.raw.headers[field.id], wanted)

    def new_rows(self) -> None:
        """Add rows for the records that the file should show and does not."""
        for key in self.given.add.get(self.table.id, ()):
            record = self.given.records[self.table.id][key]
            row = {self.raw.headers[f.id]: self._cell(f, record.get(f.id)) for f, _ in self._columns}
            if self.table.id == self.given.definition.main_id:
                row[ROW_ID] = self.numbers.rows[key]
            self.edits.added.setdefault(self.raw.sheet, []).append(row)

    def _cell(self, field: Field, value: Value) -> Cell:
        if field.id == self.table.parent and self.raw.points_at_rows:
            return self.numbers.rows.get(str(value))
        if value in (None, ""):
            return None
        return ACCESS_KINDS[field.value_kind].value(value, self.given.texts)

    @cached_property
    def _columns(self) -> list[tuple[Field, int]]:
        return [(self.table.by_id[f], column) for f, column in self.raw.columns.items()]

    @cached_property
    def _cells(self) -> Mapping[int, Sequence[Any]]:
        """The cells by row; in the parent's column stands the number by now, and no row's number any more."""
        return dict(self.raw.rows)


def _plan_list(given: AccessWriteback, raw: RawList, edits: AccessEdits) -> None:
    """Show a choice list as the store keeps it: codes of new entries, present labels, and entries it lacks."""
    columns, language = ListColumns(given.texts), given.lookups.language
    choices = {choice.code: choice for choice in given.lookups.lists.get(raw.list_id, ())}
    shown = set()
    for row in list_rows(raw):
        choice = choices.get(row.code or "")
        if choice is None:
            continue
        shown.add(choice.code)
        if row.label != choice.labels[language]:
            edits.set(raw.excel.sheet, row.row, columns.label, choice.labels[language])
        if row.in_use != choice.in_use:
            edits.set(raw.excel.sheet, row.row, columns.in_use, choice.in_use)
    for n, choice in enumerate(choices.values(), 1):
        if choice.code not in shown:
            edits.added.setdefault(raw.excel.sheet, []).append(_list_row(choice, raw, columns, language, n))


def _list_row(choice: Choice, raw: RawList, columns: ListColumns, language: str, n: int) -> dict[str, Cell]:
    parent: dict[str, Cell] = {columns.parent: choice.parent} if raw.has_parent else {}
    return {
        columns.code: choice.code,
        columns.label: choice.labels[language],
        **parent,
        columns.explanation: choice.explanation.get(language) or None,
        columns.position: n,
        columns.in_use: choice.in_use,
    }
