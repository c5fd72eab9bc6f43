"""Many rows into a table at once, in the way that is quickest with each kind of database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from typing import Any, TypeVar

import sqlalchemy as sa

__all__ = ["chunks", "insert_rows"]

_Value = TypeVar("_Value", str, int)

_MANY = 500
"""So many values stand in one condition: some databases take no more than a thousand."""
_FEW = 50
"""So many rows are quick enough one after the other."""
_BATCH = 2000
"""So many rows go to SQLite at once."""
_VALUES = 2000
"""So many values stand in one statement of ODBC: SQL Server takes no more than 2,100."""
_ROWS = 1000
"""And so many rows, of which SQL Server takes no more either."""


def chunks(values: Iterable[_Value]) -> Iterator[list[_Value]]:
    """Return values in as many parts as a condition can take."""
    left = iter(values)
    while some := list(islice(left, _MANY)):
        yield some


def insert_rows(connection: sa.Connection, table: sa.Table, rows: Iterable[Mapping[str, Any]]) -> None:
    """Put rows into a table; all name the same columns, and every column that may not be empty."""
    left = iter(rows)
    some = list(islice(left, _BATCH))
    if len(some) > _FEW and connection.dialect.name != "sqlite":
        fill = _copy if connection.dialect.name == "postgresql" else _many_a_statement
        fill(connection, table, [c for c in table.columns if c.key in some[0]], chain(some, left))
        return
    while some:  # What is made of rows on the way takes far more room than they do.
        connection.execute(table.insert(), [dict(row) for row in some])
        some = list(islice(left, _BATCH))


def _copy(
    connection: sa.Connection, table: sa.Table, columns: Sequence[sa.Column[Any]], rows: Iterable[Mapping[str, Any]]
) -> None:
    """Send rows to PostgreSQL with COPY: one statement for all."""
    preparer = connection.dialect.identifier_preparer
    names = [c.name for c in columns]
    into = f"{preparer.format_table(table)} ({', '.join(preparer.quote(name) for name in names)})"
    raw: Any = connection.connection.driver_connection
    try:
        with raw.cursor() as cursor, cursor.copy(f"COPY {into} FROM STDIN") as copy:
            for row in rows:
                copy.write_row([row[c.key] for c in columns])
    except raw.Error as error:
        if lost := bool(raw.closed):
            connection.invalidate(error)
        told = sa.exc.IntegrityError if isinstance(error, raw.IntegrityError) else sa.exc.OperationalError
        raise told(f"COPY {into}", None, error, connection_invalidated=lost) from error


def _many_a_statement(
    connection: sa.Connection, table: sa.Table, columns: Sequence[sa.Column[Any]], rows: Iterable[Mapping[str, Any]]
) -> None:
    """Send rows through ODBC, many to a statement: each statement is a journey to the server and back."""
    preparer = connection.dialect.identifier_preparer
    names = [c.name for c in columns]
    into = f"INSERT INTO {preparer.format_table(table)} ({', '.join(preparer.quote(name) for name in names)}) VALUES "
    one = f"({', '.join('?' * len(names))})"
    left = iter(rows)
    with _numbers_of_our_own(connection, table, names):
        while some := list(islice(left, min(_ROWS, _VALUES // len(names)))):
            values = tuple(row[c.key] for row in some for c in columns)
            connection.exec_driver_sql(into + ", ".join([one] * len(some)), values)


@contextmanager
def _numbers_of_our_own(connection: sa.Connection, table: sa.Table, names: Sequence[str]) -> Iterator[None]:
    """Let SQL Server take the numbers that rows bring along; others always do."""
    counted = table.autoincrement_column
    if connection.dialect.name != "mssql" or counted is None or counted.name not in names:
        yield
        return
    named = connection.dialect.identifier_preparer.format_table(table)
    connection.exec_driver_sql(f"SET IDENTITY_INSERT {named} ON")
    yield
    connection.exec_driver_sql(f"SET IDENTITY_INSERT {named} OFF")
