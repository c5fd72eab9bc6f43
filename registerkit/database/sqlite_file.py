"""Opens a SQLite file to look at it, without a trace of that in it or beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from registerkit.files import full_path

__all__ = ["only_read"]


@contextmanager
def only_read(path: Path) -> Iterator[sqlite3.Connection]:
    """Return a connection that writes nothing; raises `sqlite3.Error` as soon as the file is no good."""
    with closing(sqlite3.connect(f"{full_path(path).as_uri()}?mode=ro", uri=True)) as connection:
        yield connection
