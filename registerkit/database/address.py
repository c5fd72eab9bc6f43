"""Where a store lies: the address of a database as people write it, and an engine that reaches it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from registerkit.errors import StoreError
from registerkit.files import full_path

__all__ = ["KINDS", "Address"]

KINDS: Mapping[str, str] = {
    "sqlite": "sqlite",
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
    "mysql": "mysql+pyodbc",
    "mariadb": "mysql+pyodbc",
    "mysql+pyodbc": "mysql+pyodbc",
    "mariadb+pyodbc": "mysql+pyodbc",
    "mssql": "mssql+pyodbc",
    "sqlserver": "mssql+pyodbc",
    "mssql+pyodbc": "mssql+pyodbc",
}
"""How an address may begin, and what SQLAlchemy calls that."""
_EXAMPLES = ("sqlite:///register.db", "postgresql://…", "mariadb://…", "mssql://…")
_PARTS = {"postgresql+psycopg": ("psycopg", "postgresql")}
"""The Python package that reaches a kind of server, and the extra of registerkit that brings it."""
_ODBC_PART = ("pyodbc", "odbc")
_DRIVERS = {
    "mysql": ("mariadb.*", "mysql.*unicode.*", "mysql.*"),
    "mssql": (r"odbc driver \d+ for sql server", "sql server.*", "freetds"),
}
"""The ODBC drivers that will do when the address names none, the best first."""
_SECONDS = 10
"""How long a server may take to answer at all."""


@dataclass(frozen=True)
class Address:
    """The address of a database; it never shows its password."""

    url: sa.URL

    @classmethod
    def parse(cls, text: str, root: Path) -> Address:
        """Understand an address; a SQLite file is taken from `root`. Raises `StoreError` when that cannot be done."""
        kind = text.partition("://")[0]
        if "://" not in text or kind not in KINDS:
            # Whatever else was given may hold a password.
            raise StoreError(f"{kind}://…" if "://" in text else "…", reason="kind", known=", ".join(_EXAMPLES))
        try:
            url = sa.make_url(text).set(drivername=KINDS[kind])
        except (sa.exc.ArgumentError, ValueError):
            url = None
        if url is None or (url.drivername != "sqlite" and ("@" in (url.host or "") or _is_misread(url.database))):
            raise StoreError(f"{kind}://…", reason="address", known=", ".join(_EXAMPLES))
        if url.drivername == "sqlite" and url.database and url.database != ":memory:":
            url = url.set(database=full_path(root / url.database).as_posix())
        return cls(url)

    @classmethod
    def of_file(cls, path: Path) -> Address:
        """Return the address of a store in one file."""
        return cls(sa.URL.create("sqlite", database=path.as_posix()))

    @property
    def dialect(self) -> str:
        """The kind of database: sqlite, postgresql, mysql (MariaDB too) or mssql."""
        return self.url.get_backend_name()

    @property
    def file(self) -> Path | None:
        """The file, of a store in one file."""
        return Path(self.url.database) if self.dialect == "sqlite" and self.url.database else None

    @property
    def shown(self) -> str:
        """The address as people may see it: without its password and details."""
        if self.file is not None:
            return str(self.file)
        url = self.url
        return str(sa.URL.create(self.dialect, url.username, host=url.host, port=url.port, database=url.database))

    def engine(self) -> sa.Engine:
        """Return what reaches the database, without reaching for it yet; raises `StoreError` when a part is missing."""
        try:
            engine = sa.create_engine(self._whole_url(), **self._options())
        except ImportError:
            package, extra = _PARTS.get(self.url.drivername, _ODBC_PART)
            raise StoreError(self.shown, reason="package", name=package, extra=extra) from None
        except sa.exc.ArgumentError:
            raise StoreError(self.shown, reason="address", known=", ".join(_EXAMPLES)) from None
        if self.dialect == "sqlite":
            sa.event.listen(engine, "connect", _prepare_sqlite)
        if "pyodbc" in self.url.drivername:
            sa.event.listen(engine, "handle_error", _notice_lost)
        return engine

    def _options(self) -> dict[str, Any]:
        if self.dialect == "sqlite":
            return {}
        login = "connect_timeout" if self.dialect == "postgresql" else "timeout"
        options: dict[str, Any] = {"pool_pre_ping": True, "connect_args": {login: _SECONDS}}
        # All that one look at a register reads is of one moment; SQL Server has its own ways for that.
        return options if self.dialect == "mssql" else options | {"isolation_level": "REPEATABLE READ"}

    def _whole_url(self) -> sa.URL:
        """Return the address with what ODBC must be told."""
        if "pyodbc" not in self.url.drivername or "odbc_connect" in self.url.query:
            return self.url
        url = self.url
        if self.dialect == "mysql":
            # SQLAlchemy writes a port the way of SQL Server, behind the server's name; MariaDB wants a key of its own.
            port = {"port": str(url.port)} if url.port else {}
            url = url._replace(port=None).update_query_dict({"charset": "utf8mb4"} | port | dict(url.query))
        if "driver" not in url.query and url.host:
            url = url.update_query_dict({"driver": self._driver()})
        return url

    def _driver(self) -> str:
        import pyodbc

        installed: list[str] = sorted(pyodbc.drivers(), reverse=True)
        wanted = _DRIVERS[self.dialect]
        fitting = [name for kind in wanted for name in installed if re.fullmatch(kind, name, re.IGNORECASE)]
        if not fitting:
            raise StoreError(self.shown, reason="odbc_driver", known=installed)
        return fitting[0]


def _is_misread(database: str | None) -> bool:
    """Tell whether the rest of a password that should have been escaped went into the name of the database."""
    return re.search("[@/:]", database or "") is not None


def _prepare_sqlite(connection: sqlite3.Connection, _: object) -> None:
    # A rollback journal and full syncs: the file may lie on a network share, and must survive a crash.
    for pragma in ("journal_mode=DELETE", "synchronous=FULL", "busy_timeout=10000", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _notice_lost(context: sa.engine.ExceptionContext) -> None:
    """Let SQLAlchemy know that a connection is gone: not every ODBC driver says so in words that it knows."""
    said = context.original_exception.args
    if context.connection is not None and said and str(said[0]).startswith("08"):
        context.is_disconnect = True
