"""Finds the tables of a register in a database that people designed: by names, by captions or by a mapping."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from registerkit.database.read_table import ReadTable
from registerkit.definition import Definition, Table, header_key
from registerkit.findings import Finding, Location, some_of
from registerkit.reading.found_tables import found_table
from registerkit.reading.headers import HeaderColumns, header_columns, is_held, share_of
from registerkit.reading.mapping import Mapped
from registerkit.reading.raw import RawTable
from registerkit.reading.shown_columns import shown_rows

__all__ = ["database_table", "foreign_tables", "unknown_columns"]

_ENOUGH = 0.5
"""The share of a table's fields that must have a column for it to be taken for that table."""


def foreign_tables(
    definition: Definition, name: str, tables: Mapping[str, ReadTable], mapping: Mapped
) -> tuple[dict[str, RawTable], list[Finding]]:
    """Return the tables of the definition that are found, with what columns hold; a file's `name` is for findings.

    Raises `SettingsError` when the mapping names what is not there.
    """
    placed = [found_table(read) for read in tables.values()]
    mapped = {raw.table.id: raw for raw in mapping.raw_tables(definition, placed)} if mapping.tables else {}
    found: dict[str, RawTable] = {**mapped}
    findings = [finding for raw in mapped.values() if (finding := unknown_columns(raw, name))]
    numbered = {raw.table.id for raw in mapped.values() if tables[raw.sheet].row_id is not None}
    for table, read, columns in _places(definition, [read for each, read in tables.items() if each not in mapping]):
        if table.id in found:
            continue
        found[table.id] = database_table(table, read, columns)
        findings += _doubled(name, read, columns)
        if read.row_id is not None:
            numbered.add(table.id)
        if finding := unknown_columns(found[table.id], name):
            findings.append(finding)
    return _pointing(definition, found) if definition.main_id in numbered else found, findings


def _doubled(name: str, read: ReadTable, columns: HeaderColumns) -> list[Finding]:
    """Return a finding for each column that means the same as one before it."""
    found = []
    for column, means, first in columns.double:
        where = Location(name, read.name, label=read.columns[column].name)
        told = {"first": read.columns[first].name}
        found.append(Finding("column_read_already", "warning", where, means, told))
    return found


def database_table(table: Table, read: ReadTable, found: HeaderColumns, *, points_at_rows: bool = False) -> RawTable:
    """Return a table of a database in the shape that all filled files have."""
    rows = shown_rows(read, (column for field_id, column in found.columns.items() if field_id != table.parent))
    return RawTable(
        table, read.name, "", None, 0, found.columns, found.headers, [row for row in rows if any(map(is_held, row[1]))],
        strange=tuple(found.strange), points_at_rows=points_at_rows, has_cells=False,
    )  # fmt: skip


def _pointing(definition: Definition, found: Mapping[str, RawTable]) -> dict[str, RawTable]:
    """Let a number in the column of the complaint mean the row that the database itself gave that number."""
    return {id_: replace(raw, points_at_rows=definition.tables[id_].parent is not None) for id_, raw in found.items()}


def unknown_columns(raw: RawTable, name: str) -> Finding | None:
    """Return that a table has columns which are no field's."""
    where = Location(name, raw.sheet, row=raw.header_row or None)
    return Finding("unknown_columns", "warning", where, some_of(raw.strange)) if raw.strange else None


def _places(definition: Definition, free: Sequence[ReadTable]) -> Iterator[tuple[Table, ReadTable, HeaderColumns]]:
    """Return the tables of the definition where they are, by their headings."""
    for table in definition.tables.values():
        likely = max(_headings(table, free, definition.main_id), key=lambda each: each[0], default=None)
        if likely is not None:
            _, heads, read = likely
            yield table, read, header_columns(table, heads, range(len(heads)))


def _headings(table: Table, tables: Iterable[ReadTable], main_id: str) -> Iterator[tuple[float, list[str], ReadTable]]:
    """Return the tables that may be one of the definition's, with what their columns are called and how many fit.

    For the main table it is enough that it has what no row can do without: nobody designs all of a register.
    """
    known = table.by_header
    for read in tables:
        for heads in _heads(read):
            hits = {known[key] for head in heads if (key := header_key(head)) in known}
            is_whole = table.id == main_id and all(field.id in hits for field in table.needed)
            if is_whole or share_of(heads, table) >= _ENOUGH:
                yield len(hits) / len(table.fields), heads, read


def _heads(read: ReadTable) -> tuple[list[str], list[str]]:
    """Return what a table's columns may be known by: their names, or what a form shows in their place."""
    names = [column.name for column in read.columns]
    return names, [column.caption or column.name for column in read.columns]
