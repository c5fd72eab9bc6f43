"""Reads the tables of an Access file through Jackcess: what its columns are called, and what its cells hold."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, time
from pathlib import Path
from typing import Any

from registerkit.database.access.java import jackcess, java_class
from registerkit.database.access.looks import Lookup, column_look, lookup_of, resolved
from registerkit.database.read_table import EXACT, MOST_CELLS, ReadColumn, ReadTable, Value
from registerkit.errors import DamagedFileError, EncryptedFileError

__all__ = ["AccessFile", "opened", "read_access"]

_LOCKED = ("UnsupportedCodecException", "InvalidCredentialsException")
"""What Jackcess raises for a file with a password."""
_WRITABLE = ("V2000", "V2003", "V2007", "V2010", "V2016", "V2019")
"""The versions that Jackcess writes; it only reads Access 97."""
_OPEN_TO_ALL = ("V1997", "V2000", "V2003")
"""The versions whose password only asks: what lies in the file is not encrypted, and Jackcess does not ask."""


@dataclass(frozen=True)
class AccessFile:
    """All tables of a file, by name; `is_writable` tells whether it is of a version that can be written."""

    tables: dict[str, ReadTable]
    is_writable: bool
    lookups: Mapping[tuple[str, str], Lookup] = field(default_factory=dict)
    """Where columns, by table and name, have words from for the numbers that they hold."""

    @property
    def with_words(self) -> Mapping[str, ReadTable]:
        """The tables with those words, as people see them."""
        return resolved(self.tables, self.lookups)


def read_access(path: Path, only: Collection[str] = ()) -> AccessFile:
    """Read a file whole, or `only` some of its tables; does not write, and takes no notice of who has it open.

    Raises `AccessError` when Java or Jackcess is missing, `EncryptedFileError` for a file with a password, and
    `DamagedFileError` for one that cannot be read.
    """
    with opened(path, read_only=True) as database:
        version = str(database.getFileFormat())
        tables, room = dict[str, ReadTable](), MOST_CELLS
        lookups: dict[tuple[str, str], Lookup] = {}
        for name in [name for name in database.getTableNames() if not only or str(name) in only]:
            meta = database.getTableMetaData(name)
            # A link leads to another file, which nobody asked us to open; some files name tables that are not there.
            found = None if meta is None or meta.isLinked() else database.getTable(name)
            if found is None:
                continue
            table = _table(path, found, room)
            room -= len(table.rows) * len(table.columns)
            tables[table.name] = table
            looks = ((str(column.getName()), lookup_of(column)) for column in found.getColumns())
            lookups |= {(table.name, column): look for column, look in looks if look is not None}
        return AccessFile(tables, any(version.startswith(v) for v in _WRITABLE), lookups)


@contextmanager
def opened(path: Path, *, read_only: bool) -> Iterator[Any]:
    """Open a file in Jackcess and close it afterwards; what Jackcess raises comes as one of the file errors."""
    library = jackcess()
    import jpype

    try:
        builder = library.DatabaseBuilder().withFile(java_class("java.io.File")(str(path))).withReadOnly(read_only)
        database = builder.open()
        try:
            if str(database.getFileFormat()).startswith(_OPEN_TO_ALL) and database.getDatabasePassword() is not None:
                raise EncryptedFileError(path, reason="database")
            database.setDateTimeType(library.DateTimeType.LOCAL_DATE_TIME)
            yield database
        finally:
            database.close()
    except jpype.JException as error:
        name = type(error).__name__.rpartition(".")[2]
        if name in _LOCKED or "password" in str(error).lower():
            raise EncryptedFileError(path, reason="database") from error
        raise DamagedFileError(path, reason="database", problem=str(error)) from error


def _table(path: Path, table: Any, room: int) -> ReadTable:
    columns = list(table.getColumns())
    row_id = next((str(c.getName()) for c in columns if c.isAutoNumber() and str(c.getType()) == "LONG"), None)
    at = next((n for n, c in enumerate(columns) if row_id == str(c.getName())), None)
    rows: list[tuple[int, list[Value]]] = []
    for n, row in enumerate(table, 1):
        if (n + 1) * len(columns) > room:
            raise DamagedFileError(path, reason="too_long", table=str(table.getName()))
        cells = [_value(value) for value in row.values()]
        rows.append((n if at is None else int(cells[at] or n), cells))  # type: ignore[arg-type]
    return ReadTable(str(table.getName()), tuple(map(_column, columns)), row_id, rows)


def _column(column: Any) -> ReadColumn:
    caption = column.getProperties().getValue("Caption")
    is_text = str(column.getType()) == "TEXT"
    named = str(column.getName()), str(caption) if caption is not None else ""
    return column_look(column, *named, column.getLengthInUnits() if is_text else None)


def _value(value: Any) -> Value:
    """Return a cell as other files give theirs: numbers as float, a day without a time as a day.

    Pictures, attachments and fields with several values are left out: no field of a register holds them.
    """
    if value is None or type(value) is str:
        return value
    make = _MAKE.get(type(value).__name__)
    return make(value) if make else None


def _whole(value: Any) -> Value:
    """Return a number; one with more digits than a float keeps stays as it is written."""
    number = float(str(value))
    return number if abs(number) < EXACT else str(value)


def _moment(value: Any) -> Value:
    try:
        moment = datetime.fromisoformat(str(value)[:26])
    except ValueError:  # A year that Python does not know: as a text it is told where it stands.
        return str(value)
    return moment.date() if moment.time() == time() else moment


_MAKE: Mapping[str, Callable[[Any], Value]] = {
    "java.lang.Boolean": bool,
    "java.lang.Byte": float,
    "java.lang.Short": float,
    "java.lang.Integer": float,
    "java.lang.Long": _whole,
    "java.lang.Float": float,
    "java.lang.Double": float,
    "java.math.BigDecimal": _whole,
    "java.time.LocalDateTime": _moment,
}
"""What makes a value of Python's of each of Java's."""
