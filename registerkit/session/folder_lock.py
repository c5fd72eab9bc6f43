"""Keeps two runs from changing one project folder at the same time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from time import time

from registerkit.errors import BusyError
from registerkit.settings import LOCK_FILE

__all__ = ["held"]

_WAIT_SECONDS = 10


@contextmanager
def held(root: Path) -> Iterator[None]:
    """Keep other runs out of a project folder; raises `BusyError` when one is at work already."""
    from filelock import FileLock, Timeout

    path = root / LOCK_FILE
    since = path.stat().st_mtime if path.exists() else time()
    lock = FileLock(str(path))
    try:
        lock.acquire(timeout=_WAIT_SECONDS)
    except Timeout:
        with suppress(OSError):  # Trying touched the file, whose time says since when the other is at work.
            os.utime(path, (since, since))
        raise BusyError(root, since=f"{datetime.fromtimestamp(since):%d-%m-%Y %H:%M}") from None
    except OSError as error:  # Nobody knows the lock; it is the folder that may not be written in.
        error.filename = str(path if path.is_dir() else root)
        raise
    with suppress(OSError):
        os.utime(path)
    try:
        yield
    finally:
        lock.release()
