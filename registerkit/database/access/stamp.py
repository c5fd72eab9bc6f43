"""Reads which register an Access file belongs to, how far it was brought up to date, and which column holds what."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from registerkit.database.access.plan import COLUMNS, META
from registerkit.database.access.read import AccessFile, read_access
from registerkit.errors import AccessError, FileError

__all__ = ["access_lock", "access_meta", "access_names_in", "read_meta"]

_LOCKS = {".accdb": ".laccdb", ".mdb": ".ldb"}


def access_lock(path: Path) -> Path | None:
    """Return the lock file that Access keeps beside a file while somebody has it open, or None."""
    lock = path.with_suffix(_LOCKS.get(path.suffix.lower(), ".ldb"))
    return lock if lock.exists() else None


def read_meta(path: Path) -> Mapping[str, str]:
    """Return what a file says of itself, see `access_meta`; empty for no Access file at all.

    Raises `AccessError` when Jackcess is missing.
    """
    try:
        return access_meta(read_access(path, only=(META,)))
    except AccessError:  # Without Jackcess nobody can tell.
        raise
    except FileError:
        return {}


def access_meta(file: AccessFile) -> Mapping[str, str]:
    """Return what a file says of itself, by name: `register`, `workbook`, `revision` and more; empty when not ours."""
    table = file.tables.get(META)
    return {str(cells[0]): str(cells[1] or "") for _, cells in table.rows} if table else {}


def access_names_in(file: AccessFile) -> Mapping[str, Mapping[str, tuple[str, str]]]:
    """Return the table and the column that hold each field, by the id of its table or `lists.<id>` and its own."""
    found: dict[str, dict[str, tuple[str, str]]] = {}
    table = file.tables.get(COLUMNS)
    for _, (_, table_id, field_id, table_name, column_name) in table.rows if table else ():
        found.setdefault(str(table_id), {})[str(field_id)] = (str(table_name), str(column_name))
    return found
