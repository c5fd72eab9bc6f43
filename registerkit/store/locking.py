"""A lock inside the database itself: of all offices that share a register, one run at a time goes on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping

import sqlalchemy as sa

__all__ = ["free_lock", "take_lock"]

_NAME = "registerkit"
_NUMBER = int.from_bytes(hashlib.sha256(_NAME.encode()).digest()[:8], "big", signed=True)
_NOT_AVAILABLE = "55P03"
"""PostgreSQL's code for a lock that did not come free in time."""


def take_lock(connection: sa.Connection, seconds: int) -> bool:
    """Wait for the register's lock; tells whether it came free in time.

    The lock belongs to the connection, so that it ends with it: whatever is committed over this connection afterwards
    is committed while the lock is held.
    """
    with connection.begin():
        return _TAKE[connection.dialect.name](connection, seconds)


def free_lock(connection: sa.Connection) -> None:
    """Let the next one go."""
    with connection.begin():
        _FREE[connection.dialect.name](connection)


def _take_postgresql(connection: sa.Connection, seconds: int) -> bool:
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = {seconds * 1000}")
    waiting = connection.begin_nested()
    try:
        connection.execute(sa.text("SELECT pg_advisory_lock(:n)"), {"n": _NUMBER})
    except sa.exc.DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) != _NOT_AVAILABLE:
            raise
        waiting.rollback()
        return False
    return True


def _free_postgresql(connection: sa.Connection) -> None:
    connection.execute(sa.text("SELECT pg_advisory_unlock(:n)"), {"n": _NUMBER})


def _take_mysql(connection: sa.Connection, seconds: int) -> bool:
    given = {"name": _name_in(connection), "seconds": seconds}
    got: int | None = connection.scalar(sa.text("SELECT GET_LOCK(:name, :seconds)"), given)
    return got == 1


def _free_mysql(connection: sa.Connection) -> None:
    connection.execute(sa.text("SELECT RELEASE_LOCK(:name)"), {"name": _name_in(connection)})


def _name_in(connection: sa.Connection) -> str:
    """Return the lock's name: unlike the others, MariaDB's are of the whole server."""
    database = str(connection.engine.url.database)
    return f"{_NAME}:{hashlib.sha256(database.encode()).hexdigest()[:32]}"


def _take_mssql(connection: sa.Connection, seconds: int) -> bool:
    sql = (
        "SET NOCOUNT ON; DECLARE @got int; EXEC @got = sp_getapplock @Resource = :name, @LockMode = 'Exclusive', "
        "@LockOwner = 'Session', @LockTimeout = :wait; SELECT @got"
    )
    got: int = connection.scalar(sa.text(sql), {"name": _NAME, "wait": seconds * 1000})
    return got >= 0


def _free_mssql(connection: sa.Connection) -> None:
    connection.execute(sa.text("EXEC sp_releaseapplock @Resource = :name, @LockOwner = 'Session'"), {"name": _NAME})


_TAKE: Mapping[str, Callable[[sa.Connection, int], bool]] = {
    "postgresql": _take_postgresql, "mysql": _take_mysql, "mssql": _take_mssql,
}  # fmt: skip
_FREE: Mapping[str, Callable[[sa.Connection], None]] = {
    "postgresql": _free_postgresql, "mysql": _free_mysql, "mssql": _free_mssql,
}  # fmt: skip
