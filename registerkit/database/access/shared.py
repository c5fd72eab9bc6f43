"""Changes an Access file while others have it open, through Microsoft's own driver, which keeps their work apart.

That driver exists on Windows only. The file is read through Jackcess as always.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from registerkit.database.access.edit import AccessEdits, LeftOut, stamp_edits
from registerkit.database.access.kinds import Cell
from registerkit.database.access.plan import META
from registerkit.database.access.read import read_access
from registerkit.database.access.stamp import access_meta
from registerkit.database.access.truncate import text_length
from registerkit.database.read_table import ReadTable
from registerkit.errors import LockedFileError

__all__ = ["ACCESS_DRIVER", "edit_shared", "has_access_driver"]

ACCESS_DRIVER = "Microsoft Access Driver (*.mdb, *.accdb)"
_LONGEST_BOUND = 255
"""A longer text must be told to be one, or the driver takes it for a short one and refuses it."""


def has_access_driver() -> bool:
    """Tell whether pyodbc and Microsoft's driver are there, of as many bits as this Python."""
    try:
        import pyodbc
    except ImportError:
        return False
    return ACCESS_DRIVER in pyodbc.drivers()


def edit_shared(path: Path, edits: AccessEdits, stamp: Mapping[str, str]) -> list[LeftOut]:
    """Make the edits and renew these properties of the stamp, all or nothing.

    It does what `edit_access` does in a file that nobody has open. Raises `LockedFileError` when somebody else is at
    work in a row that must change, and what `read_access` raises.
    """
    import pyodbc

    tables = read_access(path, only={*edits.changed, *edits.added, META}).tables
    left_out: list[LeftOut] = []
    renewed, new = stamp_edits([str(row[0]) for _, row in tables[META].rows], stamp)
    whole, more = {**edits.changed, META: renewed}, {**edits.added, META: new}
    try:
        with closing(pyodbc.connect(f"Driver={{{ACCESS_DRIVER}}};Dbq={path}", autocommit=False)) as connection:
            # Closing a connection takes back what was not committed.
            cursor = connection.cursor()
            for name, rows in whole.items():
                for statement in _updates(_Table(tables[name], left_out), rows):
                    _run(pyodbc, cursor, *statement)
            for name, added in more.items():
                for statement in _inserts(_Table(tables[name], left_out), added):
                    _run(pyodbc, cursor, *statement)
            connection.commit()
    except pyodbc.Error as error:
        raise LockedFileError(path) from error
    if access_meta(read_access(path, only=(META,))).get("revision") != stamp["revision"]:
        raise LockedFileError(path)  # What the driver still holds back counts when the file says it.
    return left_out


@dataclass(frozen=True)
class _Table:
    read: ReadTable
    left_out: list[LeftOut]

    @property
    def key(self) -> str:
        """The column that a row is found by: the number that Access gave it, or else the first, which is the key."""
        return self.read.row_id or self.read.columns[0].name

    def keys(self) -> Mapping[int, Any]:
        """Return the key of each row, by the row's number."""
        if self.read.row_id is not None:
            return {n: n for n, _ in self.read.rows}
        return {n: cells[0] for n, cells in self.read.rows}

    def fitting(self, row: int | None, cells: Mapping[str, Cell]) -> dict[str, Any]:
        """Return the cells that have room; the others are noted."""
        sizes = {column.name: column.size for column in self.read.columns}
        found = {}
        for column, value in cells.items():
            size = sizes.get(column)
            if isinstance(value, str) and size is not None and text_length(value) > size:
                self.left_out.append(LeftOut(self.read.name, row, column, value))
            else:
                found[column] = _bound(value)
        return found


def _updates(table: _Table, rows: Mapping[int, Mapping[str, Cell]]) -> Iterator[tuple[str, list[Any]]]:
    keys = table.keys()
    for row, cells in rows.items():
        fitting = table.fitting(row, cells)
        if fitting and row in keys:
            wanted = ", ".join(f"[{column}] = ?" for column in fitting)
            sql = f"UPDATE [{table.read.name}] SET {wanted} WHERE [{table.key}] = ?"
            yield sql, [*fitting.values(), keys[row]]


def _inserts(table: _Table, rows: Sequence[Mapping[str, Cell]]) -> Iterator[tuple[str, list[Any]]]:
    """Return statements that add rows; a number for Access's own column is taken, or refused when it is in use."""
    for cells in rows:
        given = {column: value for column, value in table.fitting(None, cells).items() if value is not None}
        columns, marks = ", ".join(f"[{column}]" for column in given), ", ".join("?" for _ in given)
        yield f"INSERT INTO [{table.read.name}] ({columns}) VALUES ({marks})", list(given.values())


def _run(pyodbc: Any, cursor: Any, sql: str, values: Sequence[Any]) -> None:
    """Run one statement; never many at once with `fast_executemany`, which this driver damages values with."""
    long = [(pyodbc.SQL_WLONGVARCHAR, len(v), 0) if _is_long(v) else None for v in values]
    cursor.setinputsizes(long if any(long) else None)
    cursor.execute(sql, *values)


def _is_long(value: Any) -> bool:
    return isinstance(value, str) and len(value) > _LONGEST_BOUND


def _bound(value: Cell) -> Any:
    """Return a value as the driver takes it: moments without a fraction of a second, amounts as floats."""
    if isinstance(value, datetime):
        return value.replace(microsecond=0)
    if isinstance(value, date):
        return datetime.combine(value, time())
    return float(value) if isinstance(value, Decimal) else value
