"""The copies of a store that lie in an archive: of when they are, what they hold, and whether they can be read."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from registerkit.database.sqlite_file import only_read
from registerkit.store.migrations import MIGRATIONS

__all__ = ["Copy", "copies_in", "look_at"]

_NAME = re.compile(r"register\.(\d{8}-\d{6})-\d{2,}\.db")


@dataclass(frozen=True)
class Copy:
    """One copy; of one that cannot be read only the file and its moment are known."""

    file: Path
    at: datetime | None
    complaints: int | None = None
    changed_at: str | None = None
    """The moment of the last change in it, as ISO text."""
    register_id: str = ""
    is_newer: bool = False
    """A later version of registerkit made it."""

    @property
    def is_whole(self) -> bool:
        """Whether it can be put back."""
        return self.complaints is not None and not self.is_newer


def copies_in(archive: Path, main_id: str) -> Iterator[Copy]:
    """Return the copies in a folder, the newest first, each read when it is asked for; `main_id` is what is counted."""
    found = [path for path in archive.glob("register.*.db") if _NAME.fullmatch(path.name)]
    return (look_at(path, main_id) for path in sorted(found, reverse=True))


def look_at(file: Path, main_id: str) -> Copy:
    """Read a copy through, so that what is wrong with it shows now. Does not write."""
    named = _NAME.fullmatch(file.name)
    at = datetime.strptime(named[1], "%Y%m%d-%H%M%S") if named else None
    try:
        with only_read(file) as connection:
            if connection.execute("PRAGMA quick_check").fetchone() != ("ok",):
                return Copy(file, at)
            steps = {n for (n,) in connection.execute("SELECT n FROM rk_migrations")}
            meta = dict(connection.execute("SELECT name, value FROM rk_meta").fetchall())
            table = '"{}"'.format(main_id.replace('"', '""'))
            complaints: int = connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]
            changed: str | None = connection.execute("SELECT MAX(at) FROM rk_history").fetchone()[0]
    except (sqlite3.Error, OSError, ValueError):
        return Copy(file, at)
    is_newer = bool(steps - {n for n, _, _ in MIGRATIONS})
    return Copy(file, at, complaints, changed, str(meta.get("register_id", "")), is_newer)
