"""Reads which register an Access file belongs to, and how far it was brought up to date."""

from __future__ import annotations

from pathlib import Path

from registerkit.database.access.java import jackcess, java_class
from registerkit.database.access.plan import META

__all__ = ["access_lock", "read_meta"]

_LOCKS = {".accdb": ".laccdb", ".mdb": ".ldb"}


def access_lock(path: Path) -> Path | None:
    """Give the lock file that Access keeps beside a file while somebody has it open, or None."""
    lock = path.with_suffix(_LOCKS.get(path.suffix.lower(), ".ldb"))
    return lock if lock.exists() else None


def read_meta(path: Path) -> dict[str, str]:
    """Give what a file says of itself, by name: `register`, `workbook`, `revision` and more.

    Empty for a file that is not registerkit's, or no Access file at all. Raises `AccessError` when Jackcess is missing.
    """
    library = jackcess()
    import jpype

    try:
        file = java_class("java.io.File")(str(path))
        database = library.DatabaseBuilder().withFile(file).withReadOnly(True).open()
        try:
            table = database.getTable(META)
            return {row.getString("name"): row.getString("value") for row in table} if table is not None else {}
        finally:
            database.close()
    except jpype.JException:
        return {}
