"""Opens a filled Access file: one that registerkit made, or one that people designed themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from registerkit.database.access import FORMATS, AccessFile, access_meta, access_names_in, read_access
from registerkit.database.read_table import ReadTable
from registerkit.definition import Definition, Table
from registerkit.errors import NoRegisterTableError
from registerkit.findings import Finding, Location, some_of
from registerkit.ooxml import SheetTable, first_bytes
from registerkit.reading.foreign import database_table, foreign_tables
from registerkit.reading.headers import HeaderColumns
from registerkit.reading.lists import RawList
from registerkit.reading.mapping import Mapped, no_mapping
from registerkit.reading.raw import RawTable, RawWorkbook
from registerkit.stamp import Stamp

__all__ = ["ACCESS", "open_access", "with_numbers"]

ACCESS = tuple(FORMATS)
_SETUP = frozenset({"staff", "holidays"})
"""Tables that every file shows whole: people choose from them."""


def open_access(path: Path, definition: Definition, name: str, mapping: Mapped | None = None) -> RawWorkbook:
    """Read a filled file; raises a `FileError` when it cannot be used at all, or `AccessError` without Java."""
    first_bytes(path)
    file = read_access(path)
    meta = access_meta(file)
    if meta:
        return _own(path, definition, name, file, meta)
    found, findings = foreign_tables(definition, name, file.with_words, mapping or no_mapping())
    if definition.main_id not in found:
        raise NoRegisterTableError(path, reason="database", tables=some_of(file.tables))
    findings.append(Finding("cannot_write_database", "info", Location(file=name)))
    return RawWorkbook(path, name, None, found, {}, tuple(findings))


def with_numbers(raw: RawTable, numbers: Mapping[int, str]) -> RawTable:
    """Return a table whose rows point at the main table's by row number with the numbers of the records instead."""
    column = raw.columns.get(raw.table.parent or "")
    if not raw.points_at_rows or column is None:
        return raw
    return replace(raw, rows=[(n, _pointing(cells, column, numbers)) for n, cells in raw.rows])


def _pointing(cells: Sequence[Any], column: int, numbers: Mapping[int, str]) -> list[Any]:
    told = cells[column]
    number = numbers.get(int(told), f"Id {int(told)}") if isinstance(told, float) else told
    return [*cells[:column], number, *cells[column + 1 :]]


# ------------------------------------------------------------------------------------------------------- our own file
def _own(path: Path, definition: Definition, name: str, file: AccessFile, meta: Mapping[str, str]) -> RawWorkbook:
    names = access_names_in(file)
    found = {}
    for table in definition.tables.values():
        columns = names.get(table.id, {})
        read = file.tables.get(next(iter(columns.values()))[0]) if columns else None
        if read is not None:
            fields = {table.names.get(field, field): column for field, (_, column) in columns.items()}
            found[table.id] = _of_fields(table, read, fields)
    stamp = Stamp.of(meta)
    lists = {list_id: raw for list_id in definition.lists if (raw := _list(definition, list_id, file, names))}
    partial = frozenset() if meta.get("records") == "all" else frozenset(found) - _SETUP
    return RawWorkbook(path, name, stamp, found, {}, (), lists=lists, partial=partial, can_write=file.is_writable)


def _of_fields(table: Table, read: ReadTable, names: Mapping[str, str]) -> RawTable:
    places = {column.name: n for n, column in enumerate(read.columns)}
    columns = {f: places[name] for f, name in names.items() if name in places and f in table.by_id}
    headers = {f: read.columns[n].name for f, n in columns.items()}
    found = HeaderColumns(columns, headers, ())
    return database_table(table, read, found, points_at_rows=table.parent is not None)


def _list(
    definition: Definition, list_id: str, file: AccessFile, names: Mapping[str, Mapping[str, tuple[str, str]]]
) -> RawList | None:
    """Return a choice list as the workbook has it: code, label, the label that it belongs to, and if it is in use."""
    read, cells = _list_cells(list_id, file, names)
    if read is None:
        return None
    parent = definition.parent_list(list_id)
    _, above = _list_cells(parent, file, names) if parent else (None, [])
    labels = {row["code"]: row["label"] for row in above}
    shown = ["code", "label", *(["parent"] if parent else []), "in_use"]
    rows = [[labels.get(row[f], row[f]) if f == "parent" else row[f] for f in shown] for row in cells]
    columns = tuple(names[f"lists.{list_id}"][f][1] for f in shown)
    table = SheetTable(read.name, "", read.name, "", 0, 0, len(rows), len(shown) - 1, False, columns)
    return RawList(list_id, table, rows)


def _list_cells(
    list_id: str, file: AccessFile, names: Mapping[str, Mapping[str, tuple[str, str]]]
) -> tuple[ReadTable | None, list[dict[str, Any]]]:
    columns = names.get(f"lists.{list_id}", {})
    read = file.tables.get(columns["code"][0]) if "code" in columns else None
    if read is None:
        return None, []
    places = {column.name: n for n, column in enumerate(read.columns)}
    kept = {field: places[name] for field, (_, name) in columns.items() if name in places}
    return read, [{f: "" if cells[n] is None else cells[n] for f, n in kept.items()} for _, cells in read.rows]
