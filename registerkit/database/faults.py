"""What a database says when it cannot be used, as an error that people understand."""

from __future__ import annotations

import re

import sqlalchemy as sa

from registerkit.database.address import Address
from registerkit.errors import StoreError, StoreLostError

__all__ = ["lets_others_go_first", "reason_of", "store_error", "words_of"]

_REASONS = (
    (r"28P01|password authentication failed|no password supplied|role \S+ does not exist|\(using password"
     r"|Login failed|28000", "password"),
    (r"3D000|database \S+ does not exist|Unknown database|Cannot open database", "no_database"),
    (r"42501|permission denied|command denied|Access denied|no pg_hba.conf entry|permission was denied", "rights"),
    (r"IM002|IM003|Can't open lib|Data source name not found", "odbc_driver"),
    (r"Connection refused|Can't connect|could not translate|resolve host|not known|timeout|timed out|HYT00|08001"
     r"|08S01|No route|unreachable|is the server running|starting up|shutting down|No such file", "down"),
)  # fmt: skip
"""How the words and codes of PostgreSQL, MariaDB and SQL Server are told apart; the first that fits counts."""
_DISK = {
    "disk is full": "full",
    "readonly database": "read_only",
    "unable to open database": "not_opened",
    "disk I/O error": "not_opened",
    "is locked": "busy",
    "locking protocol": "busy",
    "disk image is malformed": "damaged",
    "malformed database schema": "damaged",
    "file is not a database": "damaged",
}
"""How SQLite says that the system refuses, or that what it finds is no whole database."""
_OTHERS_FIRST = r"^(40001|40P01) |Record has changed since last read"
"""How a database says that it let another go first: the same work may well succeed the next time."""


def store_error(address: Address, error: sa.exc.SQLAlchemyError) -> StoreError:
    """Return the error that says what a database that cannot be used has said, without any password."""
    cause = getattr(error, "orig", None) or error
    problem = _without_password(words_of(cause), address)
    code = _code_of(cause)
    if lets_others_go_first(error):
        return StoreLostError(address.shown, reason="overtaken")
    if getattr(error, "connection_invalidated", False):
        return StoreLostError(address.shown, problem=problem)
    if address.file is not None:
        reason = _refused_by_disk(problem)
        return (
            StoreError(address.shown, reason=reason, problem=problem)
            if reason
            else StoreError(address.shown, problem=problem)
        )
    return StoreError(address.shown, reason=reason_of(code, problem), problem=problem, known=None)


def _refused_by_disk(problem: str) -> str | None:
    """Return why the system does not let a store in a file be used, None for what is no refusal of the disk."""
    return next((reason for words, reason in _DISK.items() if words in problem), None)


def lets_others_go_first(error: sa.exc.SQLAlchemyError) -> bool:
    """Tell whether a database gave way to another's step: a serialization failure, or a deadlock."""
    cause = getattr(error, "orig", None) or error
    return re.search(_OTHERS_FIRST, f"{_code_of(cause)} {words_of(cause)}") is not None


def _code_of(cause: BaseException) -> str:
    return str(getattr(cause, "sqlstate", None) or (cause.args[0] if cause.args else ""))


def reason_of(code: str, problem: str) -> str:
    """Return why a database cannot be used, as a word, from its code and what it said."""
    told = f"{code} {problem}"
    return next((name for pattern, name in _REASONS if re.search(pattern, told)), "server")


def words_of(cause: BaseException) -> str:
    """Return what the database said in one line, without what drivers put before it and the statement behind it."""
    said = str(cause.args[1] if len(cause.args) > 1 else cause)
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return re.sub(r"^(\[[^\]]*\]\s*)+", "", lines[0]) if lines else type(cause).__name__


def _without_password(text: str, address: Address) -> str:
    password = str(address.url.password or "")
    return text.replace(password, "***") if password else text
