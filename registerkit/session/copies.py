"""Keeps copies of the store: one a day by itself, and one when asked."""

from __future__ import annotations

from pathlib import Path

from registerkit.errors import StoreError
from registerkit.session.session import Session
from registerkit.store.copies import look_at
from registerkit.store.moving import copy_to_file
from registerkit.writeback import backup, next_copy, prune

__all__ = ["keep_copy", "keep_day_copy"]


def keep_day_copy(session: Session) -> None:
    """Keep the store as it is before the first change of a day, and drop copies that have had their time.

    A store on a server is left to `keep_copy` and to the server's own copies.
    """
    paths = session.settings.paths
    day = f"{paths.store.stem}.{session.at:%Y%m%d}-*{paths.store.suffix}"
    if session.store.client_id or not paths.store.exists() or any(paths.archive.glob(day)):
        return
    backup(paths.store, paths.archive, session.at)
    prune(paths.archive, session.settings.backups, session.at)


def keep_copy(session: Session) -> Path:
    """Keep the store as it is now, whatever database it is in, in a file of the archive; gives the file.

    It is read through before it counts as one: raises `StoreError` when that fails.
    """
    paths = session.settings.paths
    if not session.store.client_id:
        kept = backup(paths.store, paths.archive, session.at)
    else:
        kept = next_copy(paths.store, paths.archive, session.at)
        kept.parent.mkdir(parents=True, exist_ok=True)
        copy_to_file(session.store, kept, session.stamp_time)
    if not look_at(kept, session.definition.main_id).is_whole:
        raise StoreError(kept, reason="copy_unreadable")
    return kept
