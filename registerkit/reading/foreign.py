"""Finds the tables of a register in a database that people designed: by names, by captions or by a mapping."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from registerkit.database.read_table import ReadTable
from registerkit.definition import Definition, Table, header_fields, header_key
from registerkit.findings import Finding, Location
from registerkit.reading.headers import HeaderColumns, header_columns, is_held, share_of
from registerkit.reading.mapping import Mapped
from registerkit.reading.raw import RawTable
from registerkit.reading.shown_columns import shown_rows

__all__ = ["database_table", "foreign_tables"]

_ENOUGH = 0.5
"""The share of a table's fields that must have a column for it to be taken for that table."""


def foreign_tables(
    definition: Definition, name: str, tables: Mapping[str, ReadTable], mapping: Mapped
) -> tuple[dict[str, RawTable], list[Finding]]:
    """Return the tables of the definition that are found, with what columns hold; a file's `name` is for findings.

    Raises `SettingsError` when the mapping names what is not there.
    """
    found: dict[str, RawTable] = {}
    findings: list[Finding] = []
    numbered = set()
    for table, read, columns in _places(definition, tables, mapping):
        if table.id in found:
            continue
        found[table.id] = database_table(table, read, columns)
        findings += _doubled(name, read, columns)
        if read.row_id is not None:
            numbered.add(table.id)
        if columns.strange:
            where = Location(name, read.name)
            findings.append(Finding("unknown_columns", "warning", where, ", ".join(columns.strange)))
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


def _places(
    definition: Definition, tables: Mapping[str, ReadTable], mapping: Mapped
) -> Iterator[tuple[Table, ReadTable, HeaderColumns]]:
    """Return the tables of the definition where they are: first those that the mapping names."""
    names = {name: [column.name for column in read.columns] for name, read in tables.items()}
    for name, (table, columns) in mapping.places(definition, names).items():
        yield table, tables[name], columns
    free = [read for name, read in tables.items() if name not in mapping]
    for table in definition.tables.values():
        likely = max(_headings(table, free, definition.main_id), key=lambda each: each[0], default=None)
        if likely is not None:
            _, heads, read = likely
            yield table, read, header_columns(table, heads, range(len(heads)))


def _headings(table: Table, tables: Iterable[ReadTable], main_id: str) -> Iterator[tuple[float, list[str], ReadTable]]:
    """Return the tables that may be one of the definition's, with what their columns are called and how many fit.

    For the main table it is enough that it has what no row can do without: nobody designs all of a register.
    """
    known = header_fields(table)
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
