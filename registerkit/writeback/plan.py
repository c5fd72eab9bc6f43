"""Says which cells of a filled workbook must change so that it shows what the store holds. Does not write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from registerkit.definition import Definition, Field, Lookups, Record, Table, Value
from registerkit.ooxml import Cached, CellValue, Formula
from registerkit.reading import RawTable, RawWorkbook, SourceRow, TableRows, is_headed
from registerkit.register import cell_value
from registerkit.workbook import OverviewCell, is_printed_by_range, printed_to
from registerkit.writeback.edits import FileEdits, PrintedRows
from registerkit.writeback.growth import Growth, PlainRows, free_name
from registerkit.writeback.live_columns import LiveColumns
from registerkit.writeback.shown import is_shown

__all__ = ["WritebackInput", "plan_writeback", "refresh_overview"]

OTHER_PREPARED = 50
"""Prepared rows that tables beside the main one are kept topped up to."""

_TEXTS = ("text", "memo", "email", "phone", "postcode")
"""Kinds whose cells show the value itself."""
_LABELLED = ("choice", "person", "yesno")
"""Kinds whose cells show a word that stands for the value."""


@dataclass(frozen=True)
class WritebackInput:
    """What a write-back is planned from: the file as read, and the register as it is now."""

    definition: Definition
    lookups: Lookups
    raw: RawWorkbook
    rows: Mapping[str, TableRows]
    row_keys: Mapping[tuple[str, str], Mapping[int, str]]
    """Per table and sheet: row to the key of its record."""
    kept_cells: frozenset[tuple[tuple[str, str], int, str]]
    records: Mapping[str, Mapping[str, Record]]
    live: Mapping[str, Mapping[str, Mapping[str, Value]]]
    """True values of live fields, per table and key."""
    formulas: Mapping[str, Mapping[str, str]]
    """Formula text of live fields, per table."""
    add: Mapping[str, Sequence[str]]
    """Keys per table of records that the file should show and does not."""
    kept: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Live fields of the main table, by key, whose cells hold their value instead of the formula."""
    beside: Sequence[TableRows] = ()
    """Rows that were moved to further sheets."""
    reserved: Sequence[str] = ()
    """Keys that stand ready for this workbook, in order; those the file shows already among them."""
    reserve: Callable[[int], Sequence[str]] = lambda _: ()
    """Gives further keys to stand ready."""
    reserve_wanted: int = 0
    prepared_wanted: int = 0
    empty_form: bool = False
    """Empty the intake form, whose content has been registered."""


def plan_writeback(given: WritebackInput) -> FileEdits:
    """Return the edits that bring a file up to date; empty when it shows all that it should."""
    edits = FileEdits()
    planners = [_TablePlanner(given, given.definition.tables[t], rows, edits) for t, rows in given.rows.items()]
    for planner in planners:
        planner.known_rows()
        planner.renew_formulas()
        planner.prepared_rows()
    further = [_TablePlanner(given, rows.raw.table, rows, edits) for rows in given.beside]
    for planner in further:
        planner.known_rows()
    if given.empty_form:
        _empty_form(given, edits)
    if edits:
        for planner in (*planners, *further):
            planner.refresh_rows()
            planner.printed_rows()
    return edits


@dataclass
class _TablePlanner:
    given: WritebackInput
    table: Table
    rows: TableRows
    edits: FileEdits
    last_filled: int = 0
    """The last row so far in which a record comes that the file did not show."""

    @property
    def raw(self) -> RawTable:
        return self.rows.raw

    def known_rows(self) -> None:
        keys = self.given.row_keys.get(self.raw.place, {})
        for row in self.rows.rows:
            key = keys.get(row.row)
            if key is not None and (record := self.given.records[self.table.id].get(key)) is not None:
                self._known_row(row, key, record)

    def refresh_rows(self) -> None:
        """Bring the cached values of formulas up to date; the file is written anyway."""
        keys = self.given.row_keys.get(self.raw.place, {})
        for row in self.rows.rows:
            if (key := keys.get(row.row)) is not None:
                for field_, column in self._live:
                    self._refresh(row.row, column, field_, key)

    def printed_rows(self) -> None:
        """Let a table whose rows that stand ready hold something print to a few rows below its last record."""
        excel = self.raw.excel
        if excel is None or not is_printed_by_range(self.table, self.given.definition.main_id):
            return
        grown = next((g for g in self.edits.growths if g.table == excel), Growth(excel, ()))
        filled = max((row.row for row in self.rows.rows), default=excel.header_row)
        if grown.records:
            filled = max(excel.last_row, filled) + len(grown.records)
        last_row = excel.last_row + len(grown.rows)
        last = printed_to(excel.header_row, max(filled, self.last_filled), last_row)
        self.edits.printed.append(PrintedRows(excel, last, last_row))

    def _known_row(self, row: SourceRow, key: str, record: Record) -> None:
        cells = self._cells(row.row)
        # What was wiped is left out of a row: its cells are to show what the record holds.
        if row.bad or not self._told <= row.values.keys() or not row.values.items() <= record.items():
            self._differing(row, record)
        for field_, column, is_text in self._read:
            current = cells[column] if column < len(cells) else None
            if not current or not isinstance(current, str):
                continue
            value = record.get(field_.id)
            if is_text and value is not None:
                continue  # It stands there as it is.
            is_same = field_.id in row.values and row.values[field_.id] == value
            if is_same and self._is_shown_otherwise(field_, current, value):
                self._field(row, column, field_, value)
        for field_, column in self._computed:
            shown = cell_value(field_, record.get(field_.id), self.given.lookups)
            if not is_shown(cells[column] if column < len(cells) else None, shown):
                self._field(row, column, field_, record.get(field_.id))
        for field_, column in self._live:
            self._live_cell(row.row, column, field_, key)
        self._known_key(row, key)

    def _live_cell(self, row: int, column: int, field_: Field, key: str) -> None:
        """Let a cell hold today's formula, or the value that its complaint was closed with."""
        value = self.given.live.get(self.table.id, {}).get(key, {}).get(field_.id)
        shown = cell_value(field_, value, self.given.lookups)
        has_formula = (row, column) in self.raw.formulas
        is_kept = self.table.id == self.given.definition.main_id and field_.id in self.given.kept.get(key, ())
        text = self._formulas.texts.get(field_.id)
        if is_kept:
            cells = self._cells(row)
            if has_formula or not is_shown(cells[column] if column < len(cells) else None, shown):
                self._own(row, column, shown)
        elif (
            text is not None
            and self.raw.excel is not None
            and (not has_formula or field_.id in self._formulas.outdated)
        ):
            self._own(row, column, Formula(text, shown))

    def _own(self, row: int, column: int, value: CellValue) -> None:
        self.edits.owned.setdefault(self.raw.sheet_part, {})[(row, column)] = value

    @cached_property
    def _formulas(self) -> LiveColumns:
        texts = self.given.formulas.get(self.table.id, {})
        is_main = self.table.id == self.given.definition.main_id
        return LiveColumns(self.raw, self.given.raw, texts, self.given.lookups.language, is_main=is_main)

    def renew_formulas(self) -> None:
        """Let names, prepared rows and the table's columns have today's formulas."""
        self.edits.names |= self._formulas.renewed_names()
        if self.raw.excel is None or not self._formulas.outdated:
            return
        for field_, column in self._live:
            if field_.id in self._formulas.outdated:
                text = self._formulas.texts[field_.id]
                header = self.raw.excel.columns[column - self.raw.excel.first_column]
                self.edits.column_formulas.setdefault(self.raw.excel.part, {})[header] = text
                for row, _ in self.rows.prepared:
                    if (row, column) in self.raw.formulas:
                        self._own(row, column, Formula(text, ""))

    def _differing(self, row: SourceRow, record: Record) -> None:
        """Show what the record holds where the row says something else."""
        for field_, column in self._inputs:
            is_same = field_.id in row.values and row.values[field_.id] == record.get(field_.id)
            if not is_same and (self.raw.place, row.row, field_.id) not in self.given.kept_cells:
                self._field(row, column, field_, record.get(field_.id))

    def _known_key(self, row: SourceRow, key: str) -> None:
        column = self.raw.columns.get(self.table.key)
        if column is None or self.table.fixed or self.table.by_id[self.table.key].kind == "date":
            return  # The rows of a fixed table keep the keys they were built with.
        cells = self._cells(row.row)
        shown = cells[column] if column < len(cells) else None
        if row.key != key or (isinstance(shown, str) and shown != key):
            self.edits.set(self.raw.sheet_part, row.row, column, key)

    def _field(self, row: SourceRow, column: int, field_: Field, value: Value) -> None:
        if (row.row, column) not in self.raw.formulas:
            shown = cell_value(field_, value, self.given.lookups)
            self.edits.set(self.raw.sheet_part, row.row, column, shown)

    def _is_shown_otherwise(self, field_: Field, current: str, value: Value) -> bool:
        """A renamed entry is shown by its present label, and a day or a number typed as text as what it is."""
        if field_.kind not in _LABELLED:
            return not isinstance(cell_value(field_, value, self.given.lookups), str)
        said = (field_.id, current, value)
        if said not in self._labels:
            shown = cell_value(field_, value, self.given.lookups)
            self._labels[said] = isinstance(shown, str) and current.strip().casefold() != shown.casefold()
        return self._labels[said]

    @cached_property
    def _labels(self) -> dict[tuple[str, str, Value], bool]:
        """Words in cells, by field and value, and whether the value is shown by another word: there are few."""
        return {}

    def _refresh(self, row: int, column: int, field_: Field, key: str) -> None:
        if (row, column) not in self.raw.formulas:
            return
        value = self.given.live.get(self.table.id, {}).get(key, {}).get(field_.id)
        shown = cell_value(field_, value, self.given.lookups)
        cells = self._cells(row)
        if not is_shown(cells[column] if column < len(cells) else None, shown):
            part = self.edits.refreshed.setdefault(self.raw.sheet_part, {})
            part[(row, column)] = Cached(shown)

    def prepared_rows(self) -> None:
        """Put records the file does not show in prepared rows, lay ready keys in the rest, and top both up."""
        waiting = list(self.given.add.get(self.table.id, ()))
        excel = self.raw.excel
        # What stands right below the table is no row that was made ready: a note, say.
        blank = [(n, key) for n, key in self.rows.prepared if excel is None or n <= excel.last_row]
        used = blank[: len(waiting)]
        for (row, shown_key), key in zip(used, waiting, strict=False):
            self._fill(row, shown_key, key)
        rest, left_over = blank[len(used) :], waiting[len(used) :]
        ready = self._ready_keys(len(rest))
        for n, (row, shown_key) in enumerate(rest):
            wanted = ready[n] if n < len(ready) else None
            if shown_key != wanted and self.table.id == self.given.definition.main_id:
                self._set_key(row, wanted)
        self._grow(left_over, len(rest), ready[len(rest) :])

    def _ready_keys(self, blank: int) -> list[str]:
        if self.table.id != self.given.definition.main_id:
            return []
        places = (self.rows, *(rows for rows in self.given.beside if rows.raw.table.id == self.table.id))
        shown = {row.key for rows in places for row in rows.rows}  # A refused row keeps the number it stands at.
        ready = [key for key in self.given.reserved if key not in shown]
        missing = self.given.reserve_wanted - len(ready)
        return ready + list(self.given.reserve(missing)) if missing > 0 and blank else ready

    def _fill(self, row: int, shown_key: str | None, key: str) -> None:
        record = self.given.records[self.table.id][key]
        self.last_filled = max(self.last_filled, row)
        if shown_key != key:
            self._set_key(row, key)
        for field_, column in self._columns():
            if field_.live:
                value = self.given.live.get(self.table.id, {}).get(key, {}).get(field_.id)
                if (row, column) in self.raw.formulas:
                    cached = Cached(cell_value(field_, value, self.given.lookups))
                    self.edits.set(self.raw.sheet_part, row, column, cached)
            elif field_.id != self.table.key and (value := record.get(field_.id)) is not None:
                self.edits.set(self.raw.sheet_part, row, column, cell_value(field_, value, self.given.lookups))

    def _set_key(self, row: int, key: str | None) -> None:
        column = self.raw.columns.get(self.table.key)
        if column is not None:
            field_ = self.table.by_id[self.table.key]
            shown: CellValue = date.fromisoformat(key) if key and field_.kind == "date" else key
            self.edits.set(self.raw.sheet_part, row, column, shown)

    def _grow(self, waiting: Sequence[str], blank: int, ready: Sequence[str]) -> None:
        """Add rows for records without a prepared row, and fresh prepared rows when few are left."""
        is_main = self.table.id == self.given.definition.main_id
        wanted = self.given.prepared_wanted if is_main else 0 if self.table.fixed else OTHER_PREPARED
        fresh = wanted - blank if waiting or self.edits or blank < wanted // 2 else 0
        keys = tuple((self.table.id, key) for key in waiting)
        plain = self._plain_rows(waiting) if waiting else None
        if self.raw.excel is None:
            self.edits.growths += [Growth(None, (), keys, plain)] if waiting else []
            return
        rows = [self._new_row(key) for key in waiting]
        rows += [self._blank_row(ready[n] if n < len(ready) else None) for n in range(max(0, fresh))]
        if rows:
            self.edits.growths.append(Growth(self.raw.excel, rows, keys, plain))

    def _plain_rows(self, keys: Sequence[str]) -> PlainRows | None:
        """Return where records go that no table takes: below a range with the headings, or on a new sheet."""
        beside = [rows.raw for rows in self.given.beside if rows.raw.table.id == self.table.id and not rows.raw.excel]
        place = self.raw if self.raw.excel is None else (beside or [self.raw])[-1]
        shown = [(self.table.by_id[f], column) for f, column in place.columns.items() if not self.table.by_id[f].live]
        headings = {column: place.headers[f.id] for f, column in shown}
        rows = [{column: self._shown(f, key) for f, column in shown} for key in keys]
        if place.excel is None:
            last = max((n for n, _ in place.rows), default=place.header_row)
            return PlainRows(place.sheet, place.sheet_part, last, rows, headings)
        if not is_headed(self.table, list(headings.values())) or not self.given.raw.sheet_parts:
            return None
        return PlainRows(free_name(place.sheet, self.given.raw.sheet_parts), "", 1, rows, headings)

    def _shown(self, field_: Field, key: str) -> CellValue:
        if field_.id == self.table.key:
            return date.fromisoformat(key) if field_.kind == "date" else key
        return cell_value(field_, self.given.records[self.table.id][key].get(field_.id), self.given.lookups)

    def _new_row(self, key: str) -> dict[int, CellValue]:
        record = self.given.records[self.table.id][key]
        live = self.given.live.get(self.table.id, {}).get(key, {})
        cells = self._blank_row(key)
        for field_, column in self._columns():
            if field_.live:
                text = self._formulas.texts.get(field_.id)
                if text is not None:
                    cells[column] = Formula(text, cell_value(field_, live.get(field_.id), self.given.lookups))
            elif field_.id != self.table.key:
                cells[column] = cell_value(field_, record.get(field_.id), self.given.lookups)
        return cells

    def _blank_row(self, key: str | None) -> dict[int, CellValue]:
        cells: dict[int, CellValue] = {}
        for field_, column in self._columns():
            text = self._formulas.texts.get(field_.id) if field_.live else None
            if text is not None:
                cells[column] = Formula(text, "")
            elif field_.id == self.table.key and key is not None:
                cells[column] = date.fromisoformat(key) if field_.kind == "date" else key
        return cells

    def _columns(self) -> list[tuple[Field, int]]:
        return [(self.table.by_id[f], column) for f, column in self.raw.columns.items()]

    @cached_property
    def _inputs(self) -> list[tuple[Field, int]]:
        return [(f, column) for f, column in self._columns() if f.is_input and f.id != self.table.key]

    @cached_property
    def _read(self) -> list[tuple[Field, int, bool]]:
        """The columns that people fill in, with whether a cell shows the value itself."""
        return [(f, column, f.value_kind in _TEXTS) for f, column in self._inputs]

    @cached_property
    def _told(self) -> frozenset[str]:
        return frozenset(f.id for f, _ in self._inputs if f.personal)

    @cached_property
    def _live(self) -> list[tuple[Field, int]]:
        return [(f, column) for f, column in self._columns() if f.live]

    @cached_property
    def _computed(self) -> list[tuple[Field, int]]:
        return [(f, column) for f, column in self._columns() if not f.is_input and not f.live]

    def _cells(self, row: int) -> Sequence[Any]:
        return self._by_row.get(row, ())

    @cached_property
    def _by_row(self) -> Mapping[int, Sequence[Any]]:
        return dict(self.raw.rows)


def _empty_form(given: WritebackInput, edits: FileEdits) -> None:
    for box in given.raw.form.values():
        edits.set(box.sheet_part, box.row, box.column, None)


def refresh_overview(edits: FileEdits, counted: Iterable[OverviewCell], raw: RawWorkbook) -> None:
    """Bring the cached values of cells that count over the register up to date, along with other edits."""
    for cell in counted:
        part, stands = raw.sheet_parts.get(cell.sheet), raw.grids.get(cell.sheet, ())
        if part is not None and not is_shown(_in_grid(stands, cell.row, cell.column), cell.value):
            edits.refreshed.setdefault(part, {})[(cell.row, cell.column)] = Cached(cell.value, cell.formula)


def _in_grid(grid: Sequence[Sequence[Any]], row: int, column: int) -> Any:
    cells = grid[row - 1] if row <= len(grid) else ()
    return cells[column] if column < len(cells) else None
