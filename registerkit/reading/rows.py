"""Understands the rows of a table: values per field, the key, and a finding for every cell that cannot be used."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from types import MappingProxyType
from typing import Any

from registerkit.definition import Field, Lookups, Record, Table, Value
from registerkit.findings import Finding, Location
from registerkit.ooxml import address
from registerkit.reading.columns import Column, quickly
from registerkit.reading.headers import is_held
from registerkit.reading.parse import ParseContext, as_text, held_text, parse_cell
from registerkit.reading.problems import BadCell, DoubtfulCell
from registerkit.reading.raw import RawTable, RawWorkbook
from registerkit.register import is_abroad

__all__ = ["Place", "SourceRow", "TableRows", "location_of", "parse_form", "parse_table"]


@dataclass(frozen=True)
class SourceRow:
    """One row of a filled file, understood as far as it can be."""

    table: str
    row: int
    key: str | None
    values: Record
    """What the file says for every field it has a column for; a blank cell is None.

    Where it says all that the store's record holds, it is that record itself: most rows do, and then need no room.
    """
    bad: frozenset[str] = frozenset()
    """Fields whose cell holds something that cannot be used: the file says nothing about them."""


@dataclass(frozen=True)
class TableRows:
    """A table of a filled file: rows with data, prepared rows that wait, and findings."""

    raw: RawTable
    file: str
    rows: tuple[SourceRow, ...]
    prepared: tuple[tuple[int, str | None], ...] = ()
    """Rows inside the table without data, with the key that stands ready."""
    findings: tuple[Finding, ...] = ()

    @cached_property
    def errors_by_row(self) -> Mapping[int, tuple[str, ...]]:
        """The codes of the errors in each row."""
        found: dict[int, tuple[str, ...]] = {}
        for finding in self.findings:
            if finding.severity == "error" and finding.location.row is not None:
                found[finding.location.row] = (*found.get(finding.location.row, ()), finding.code)
        return found


def location_of(file: str, raw: RawTable, row: int, field_id: str, label: str | None = None) -> Location:
    """Return the place of a field's cell, with the header as the file has it."""
    return Location(file, raw.sheet, raw.cell(row, field_id), row, label or raw.headers.get(field_id))


def parse_table(
    raw: RawTable, file: str, lookups: Lookups, known: Mapping[str, Record] = MappingProxyType({})
) -> TableRows:
    """Understand every row of a table; `known` are the records that the store holds, to be quick and lean."""
    parser = _TableParser(raw, file, lookups, known)
    rows, prepared = [], []
    for number, cells in raw.rows:
        if parser.is_data(cells, number) or (raw.table.fixed and parser.key_of(number, cells)):
            rows.append(parser.row(number, cells))
        elif not raw.table.fixed:
            prepared.append((number, parser.key_of(number, cells)))
    prepared += parser.blank_rows({n for n, _ in raw.rows})
    return TableRows(raw, file, tuple(rows), tuple(sorted(prepared)), tuple(parser.findings))


@dataclass(frozen=True)
class Place:
    """Where a row stands: in a table, or in the boxes of a form."""

    file: str
    sheet: str
    row: int
    cell_of: Callable[[str], str | None]
    """Gives the address of a field's cell."""
    headers: Mapping[str, str]
    codes: tuple[str, ...] = ()
    """The codes of the errors that reading the row gave."""

    @classmethod
    def of_row(cls, rows: TableRows, row: SourceRow) -> Place:
        """Return the place of a table's row."""
        codes, cell_of = rows.errors_by_row.get(row.row, ()), partial(rows.raw.cell, row.row)
        return cls(rows.file, rows.raw.sheet, row.row, cell_of, rows.raw.headers, codes)

    @classmethod
    def of_form(cls, raw: RawWorkbook, findings: Sequence[Finding]) -> Place:
        """Return the place of a filled form."""
        cells = {f: box.cell for f, box in raw.form.items()}
        first = min(raw.form.values(), key=lambda box: (box.row, box.column))
        return cls(raw.name, first.sheet, first.row, cells.get, {}, tuple(f.code for f in findings))

    def locate(self, field_id: str, label: str | None = None) -> Location:
        """Return the location of a field's cell."""
        label = label or self.headers.get(field_id)
        return Location(self.file, self.sheet or None, self.cell_of(field_id), self.row or None, label)


class _TableParser:
    def __init__(self, raw: RawTable, file: str, lookups: Lookups, known: Mapping[str, Record]) -> None:
        self.raw = raw
        self.file = file
        self.lookups = lookups
        self.known = known
        self.findings = [note.at(replace(note.location, file=file)) for note in raw.notes]
        self._key = raw.table.by_id[raw.table.key]
        typed_key = not raw.table.numbering
        inputs = raw.table.fields if typed_key else raw.table.inputs
        self._columns = [Column(f, raw.columns[f.id], lookups) for f in inputs if f.is_input and f.id in raw.columns]
        self._places = frozenset(column.at for column in self._columns)
        self._width = max(self._places, default=-1) + 1
        self._is_whole = len(self._columns) == len([f for f in inputs if f.is_input])
        self._country = raw.columns.get("country")
        self._faulty = {row for row, _ in raw.errors}
        self._live = [(f, raw.columns[f.id]) for f in raw.table.fields if f.live and f.id in raw.columns]
        if raw.below:
            where = Location(file, raw.sheet, address(raw.below, 0), raw.below)
            self.findings.append(Finding("below_table", "info", where))

    def is_data(self, cells: Sequence[Any], number: int) -> bool:
        """A row counts as data when anything but its key is filled; an error cell is something too."""
        if any(is_held(_cell(cells, column.at)) for column in self._columns):
            return True
        return number in self._faulty and any((number, column.at) in self.raw.errors for column in self._columns)

    def key_of(self, number: int, cells: Sequence[Any]) -> str | None:
        """Return the row's key as text, or None."""
        column = self.raw.columns.get(self._key.id)
        raw = _cell(cells, column) if column is not None else ""
        if not is_held(raw):
            return None
        try:
            value = parse_cell(raw, ParseContext(self._key, self.lookups))
        except BadCell as bad:
            self._add(number, self._key, raw, bad.code, bad.context)
            return None
        return value.isoformat() if isinstance(value, date) else as_text(value) if value is not None else None

    def row(self, number: int, cells: Sequence[Any]) -> SourceRow:
        values = self._plain_row(number, cells)
        values, bad = (values, frozenset[str]()) if values is not None else self._cell_by_cell(number, cells)
        self._typed_over(number, cells)
        return SourceRow(self.raw.table.id, number, self.key_of(number, cells), values, bad)

    def _plain_row(self, number: int, cells: Sequence[Any]) -> Record | None:
        """Return the values of a row in which nothing is the matter; None when it has to be looked at cell by cell."""
        if number in self._faulty or not self._places.isdisjoint(self.raw.formulas.in_row(number)):
            return None
        key = _cell(cells, self.raw.columns.get(self._key.id))
        known = self.known.get(key, {}) if isinstance(key, str) else {}
        padded = cells if len(cells) >= self._width else [*cells, *[""] * (self._width - len(cells))]
        try:
            values = quickly(self._columns, padded, known)
        except BadCell:
            return None
        return known if self._is_whole and values.items() <= known.items() else values

    def _cell_by_cell(self, number: int, cells: Sequence[Any]) -> tuple[Record, frozenset[str]]:
        values: Record = {}
        bad: set[str] = set()
        for column in self._columns:
            raw = _cell(cells, column.at)
            try:
                values[column.id] = self._value(number, column, raw, values)
            except DoubtfulCell as doubt:
                values[column.id] = doubt.value
                if column.field.kind == "postcode" and is_abroad(_cell(cells, self._country)):
                    continue
                self._add(number, column.field, raw, doubt.code, doubt.context, "warning")
            except BadCell as problem:
                bad.add(column.id)
                held = held_text(raw) if isinstance(raw, float) else raw
                self._add(number, column.field, held, problem.code, problem.context)
        return values, frozenset(bad)

    def blank_rows(self, seen: set[int]) -> list[tuple[int, str | None]]:
        """Return the rows inside the Excel table that hold no cell with content at all."""
        if self.raw.excel is None or self.raw.table.fixed:
            return []
        inside = range(self.raw.header_row + 1, self.raw.excel.last_row + 1)
        return [(n, None) for n in inside if n not in seen]

    def _value(self, number: int, column: Column, raw: Any, values: Mapping[str, Value]) -> Value:
        where = (number, column.at)
        if where in self.raw.errors:
            raise BadCell("error_cell")
        if not is_held(raw) and where in self.raw.formulas and not self.raw.formulas[where]:
            raise BadCell("uncached_formula")
        return column.value(raw, values)

    def _typed_over(self, number: int, cells: Sequence[Any]) -> None:
        """Report computed columns where a value stands in place of the formula; its content is not read."""
        formulas = self.raw.formulas.in_row(number)
        for field_, column in self._live:
            raw = _cell(cells, column)
            if raw not in ("", None) and column not in formulas and self.raw.formulas:
                self._add(number, field_, raw, "formula_typed_over", {}, "warning")

    def _add(
        self, number: int, field_: Field, raw: Any, code: str, context: Mapping[str, Any], severity: str = "error"
    ) -> None:
        # In a database nothing but the name of its column leads to it.
        label = field_.labels[self.lookups.language] if self.raw.has_cells else None
        where = location_of(self.file, self.raw, number, field_.id, label)
        shown = None if raw in ("", None) else as_text(raw)
        self.findings.append(Finding(code, severity, where, shown, dict(context)))  # type: ignore[arg-type]


def parse_form(raw: RawWorkbook, table: Table, lookups: Lookups) -> tuple[SourceRow | None, list[Finding]]:
    """Understand a filled intake form; None when nobody has filled anything in."""
    values: Record = {}
    bad: set[str] = set()
    findings: list[Finding] = []
    for field_ in table.fields:
        if field_.id not in raw.form or not field_.is_input:
            continue
        box = raw.form[field_.id]
        content = box.content
        label = field_.labels[lookups.language]
        where = box.at(raw.name, label)
        if content in ("", None):
            values[field_.id] = None
            continue
        parent = values.get(field_.parent) if field_.parent else None
        try:
            context = ParseContext(field_, lookups, parent if isinstance(parent, str) else None)
            values[field_.id] = parse_cell(content, context)
        except DoubtfulCell as doubt:
            values[field_.id] = doubt.value
            findings.append(Finding(doubt.code, "warning", where, as_text(content), dict(doubt.context)))
        except BadCell as problem:
            bad.add(field_.id)
            findings.append(Finding(problem.code, "error", where, held_text(content), dict(problem.context)))
            if field_.when != "intake" and _note(values, table, label, as_text(content)):
                noted = {"label": label}
                findings.append(Finding("noted_in_remarks", "info", Location(raw.name), as_text(content), noted))
    for beside, text in raw.loose:
        _note(values, table, beside, text)
        findings.append(Finding("text_beside_boxes", "warning", Location(raw.name, label=beside or None), text))
    # A box that was ticked and cleared again says no, as one that was never touched says nothing.
    if not bad and all(value is None or value is False for value in values.values()):
        return None, []
    return SourceRow(table.id, 0, None, values, frozenset(bad)), findings


def _note(values: Record, table: Table, label: str | None, text: str) -> bool:
    """Add what cannot be used to the remarks: a registered form is emptied. Tells whether there are any remarks."""
    remarks = table.by_id.get("remarks")
    if remarks is None or remarks.kind not in ("text", "memo"):
        return False
    noted = f"{label}: {text}" if label else text
    values[remarks.id] = "\n".join(filter(None, (str(values.get(remarks.id) or ""), noted)))
    return True


def _cell(cells: Sequence[Any], column: int | None) -> Any:
    return cells[column] if column is not None and column < len(cells) else ""
