"""Reads a table of any database that has an ODBC driver, through pyodbc; writes nothing in it."""

from __future__ import annotations

import hashlib
import math
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property
from typing import Any

from registerkit.database.faults import reason_of, words_of
from registerkit.database.read_table import EXACT, MOST_CELLS, ReadColumn, ReadTable, Value
from registerkit.errors import OdbcError
from registerkit.findings import ODBC
from registerkit.suggest import nearest

__all__ = ["OdbcTable"]

_ENV = "env:"
_PART = re.compile(r"\s*([^=;]+?)\s*=\s*(\{(?:[^}]|\}\})*(?:\}|$)|[^;]*)")
"""One setting of a connection string; a value in braces may hold anything, a closing brace twice."""
_SECRETS = ("pwd", "password")
_SERVERS = ("server", "servername", "host")
_DATABASES = ("database", "db", "dbq", "filedsn")
_SECONDS = 10
"""How long a server may take to let us in."""
_BATCH = 1000


@dataclass(frozen=True)
class OdbcTable:
    """A table of a database. What is shown of it never has a password."""

    address: str = field(repr=False)
    """A connection string, the name of a data source (DSN), or `env:NAME` for an environment variable with either."""
    table: str

    @property
    def shown(self) -> str:
        """How the source is called everywhere: where its database is, and the table."""
        if self.address.startswith(_ENV):
            return f"{ODBC}{self.address.removeprefix(_ENV)} {self.table}"
        told = _parts(_whole(self.address))
        database, server = (_first(told, names) for names in (_DATABASES, _SERVERS))
        place = told.get("dsn") or "@".join(filter(None, (database.replace("\\", "/"), server)))
        return f"{ODBC}{place or '?'} {self.table}"

    @property
    def typed(self) -> str:
        """How its database is called on the command line, without a password."""
        return ODBC + _PART.sub(lambda told: f"{told[1]}=***" if _is_secret(told[1]) else told[0], self.address)

    @cached_property
    def content(self) -> ReadTable:
        """What the table holds, read once; raises `OdbcError`."""
        with self._connected() as connection:
            return _read(connection, self)

    @cached_property
    def fingerprint(self) -> str:
        """A fingerprint of what the table holds; raises `OdbcError`."""
        digest = hashlib.sha256(repr(self.content.columns).encode())
        for row in self.content.rows:
            digest.update(repr(row).encode("utf-8", "replace"))
        return digest.hexdigest()

    @contextmanager
    def _connected(self) -> Iterator[Any]:
        """Return a connection; what goes wrong in the block comes as an `OdbcError`."""
        text = self._connection_string()
        try:
            import pyodbc
        except ImportError:  # The package itself, or on Linux the machine's part of ODBC.
            raise OdbcError(self.shown, reason="package") from None
        try:
            with closing(_connect(pyodbc, text)) as connection:
                yield connection
        except pyodbc.Error as error:
            code, problem = str(error.args[0]) if error.args else "", _without_secrets(words_of(error), text)
            raise OdbcError(
                self.shown, reason=reason_of(code, problem), problem=problem, known=sorted(pyodbc.drivers())
            ) from None  # The cause could tell the password to a log.
        except (ValueError, OverflowError) as error:
            raise OdbcError(self.shown, reason="server", problem=_without_secrets(str(error), text)) from None

    def _connection_string(self) -> str:
        if not self.address.startswith(_ENV):
            return _whole(self.address)
        name = self.address.removeprefix(_ENV)
        if not os.environ.get(name):
            raise OdbcError(self.shown, reason="environment", name=name)
        return _whole(os.environ[name])


# ------------------------------------------------------------------------------------------------------- connecting
def _connect(pyodbc: Any, text: str) -> Any:
    """Connect, so that values come as they are with every driver that is known to make something else of them."""
    connection = pyodbc.connect(text, autocommit=True, timeout=_SECONDS)
    driver = str(connection.getinfo(pyodbc.SQL_DRIVER_NAME)).lower()
    if "psqlodbc" in driver and "boolsaschar" not in _parts(text):
        connection.close()  # Else yes and no come as the texts 1 and 0.
        return pyodbc.connect(f"{text.rstrip('; ')};BoolsAsChar=0", autocommit=True, timeout=_SECONDS)
    if "maodbc" in driver or "myodbc" in driver:
        connection.setdecoding(pyodbc.SQL_CHAR, encoding="utf-8")  # Whatever the machine's own letters are.
    return connection


def _whole(text: str) -> str:
    """Return a connection string for what may be the mere name of a data source."""
    return text if "=" in text else f"DSN={text.strip()}"


def _parts(text: str) -> Mapping[str, str]:
    """Return the settings of a connection string, by their names in small letters."""
    found = {}
    for name, value in _PART.findall(text):
        is_braced = value.startswith("{") and value.endswith("}")
        found[name.lower()] = value[1:-1].replace("}}", "}") if is_braced else value.strip()
    return found


def _first(told: Mapping[str, str], names: Sequence[str]) -> str:
    return next((told[name] for name in names if told.get(name)), "")


def _is_secret(name: str) -> bool:
    return name.lower() in _SECRETS


def _without_secrets(problem: str, text: str) -> str:
    for secret in (value for name, value in _parts(text).items() if value and _is_secret(name)):
        problem = problem.replace(secret, "***")
    return problem


# ---------------------------------------------------------------------------------------------------------- reading
def _read(connection: Any, source: OdbcTable) -> ReadTable:
    cursor = connection.cursor()
    names = _table_names(cursor, source)
    keys = _key_columns(cursor, names)
    decimals = _decimal_columns(cursor, names[-1])
    cursor.execute(f"SELECT * FROM {'.'.join(_quote_identifier(connection, name) for name in names)}")
    columns = [str(told[0]) for told in cursor.description]
    as_number = [column in decimals for column in columns]
    rows: list[list[Value]] = []
    while some := cursor.fetchmany(_BATCH):
        rows += [[_number(v) if n else _value(v) for v, n in zip(row, as_number, strict=True)] for row in some]
        if len(rows) * len(columns) > MOST_CELLS:
            raise OdbcError(source.shown, reason="too_long")
    if keys and set(keys) <= set(columns):
        places = [columns.index(key) for key in keys]
        rows.sort(key=lambda row: [(type(row[n]).__name__, row[n]) for n in places])
    return ReadTable(names[-1], tuple(ReadColumn(name, "", None) for name in columns), None, list(enumerate(rows, 1)))


def _table_names(cursor: Any, source: OdbcTable) -> tuple[str, ...]:
    """Return the table's name as the database spells it, its schema in front when that was asked for."""
    known: dict[str, tuple[str, ...]] = {}
    for row in cursor.tables():
        above = row.table_schem or row.table_cat
        known.setdefault(row.table_name, (row.table_name,))
        if above:
            known.setdefault(f"{above}.{row.table_name}", (above, row.table_name))
    alike = (name for name in known if name.casefold() == source.table.casefold())
    name = source.table if source.table in known else next(alike, None)
    if name is None:
        raise OdbcError(source.shown, reason="no_table", table=source.table, nearest=nearest(source.table, known))
    return known[name]


def _key_columns(cursor: Any, names: Sequence[str]) -> list[str]:
    """Return the columns of the table's key; none where there is no key, or where the driver cannot tell."""
    import pyodbc

    try:
        found = [row for row in cursor.primaryKeys(names[-1]) if len(names) == 1 or names[0] in (row[0], row[1])]
    except pyodbc.Error:
        return []
    return [str(row.column_name) for row in sorted(found, key=lambda row: int(row.key_seq))]


def _decimal_columns(cursor: Any, table: str) -> set[str]:
    """Return the columns with decimals; a driver may hand these over as texts, and `1.234` is not a thousand there."""
    import pyodbc

    kinds = (pyodbc.SQL_NUMERIC, pyodbc.SQL_DECIMAL)
    found = [row for row in cursor.columns(table) if row.table_name == table]
    return {
        str(row.column_name)
        for row in found
        if row.data_type in kinds or str(row.type_name).lower().startswith(("decimal", "numeric"))
    }


def _quote_identifier(connection: Any, name: str) -> str:
    import pyodbc

    mark = str(connection.getinfo(pyodbc.SQL_IDENTIFIER_QUOTE_CHAR)).strip()
    return f"{mark}{name.replace(mark, mark * 2)}{mark}" if mark else name


def _number(value: Any) -> Value:
    """Return a value of a column with decimals, also when the driver made a text of it."""
    try:
        return _value(Decimal(value)) if isinstance(value, str) else _value(value)
    except ArithmeticError:
        return _value(value)


def _value(value: Any) -> Value:
    """Return a cell as other files give theirs; no field of a register holds pictures and the like."""
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, float):
        return value
    if isinstance(value, int | Decimal):
        is_exact = math.isfinite(value) and -EXACT < value < EXACT
        return float(value) if is_exact else str(value)
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value
    if isinstance(value, date):
        return value
    if isinstance(value, bytes | bytearray):  # MySQL keeps yes and no in one bit.
        return bool(value[0]) if bytes(value) in (b"\0", b"\1") else None
    return str(value)
