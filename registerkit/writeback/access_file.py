"""Writes planned edits into an Access file: after a backup, in a copy that takes its place, never over others' work."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from registerkit.database.access import AccessEdits, LeftOut, access_lock, edit_access, edit_shared, has_access_driver
from registerkit.errors import FileError, LockedFileError
from registerkit.files import ChangedMeanwhileError, changing, system_error
from registerkit.writeback.file import Written, backup, content_hash

__all__ = ["write_access_edits"]


def write_access_edits(
    path: Path,
    edits: AccessEdits,
    read_hash: str,
    archive: Path,
    stamp: Mapping[str, str],
    at: datetime,
    *,
    forget: bool = False,
) -> tuple[Written, list[LeftOut]]:
    """Write the edits and renew these properties of the stamp; gives how that ended and what had no room.

    Nothing is written while it is read-only, or when it is no longer the file that was read (`read_hash`): a later run
    writes what is still needed. While somebody has it open, only Microsoft's driver writes in it, where that is there.
    With `forget` no text that was changed stays behind in the file, unless it is written by that driver.
    """
    is_open = access_lock(path) is not None
    if is_open and not has_access_driver():
        return Written(False, "file_open"), []
    if not os.access(path, os.W_OK):
        return Written(False, "file_read_only"), []
    try:
        if content_hash(path) != read_hash:
            return Written(False, "file_changed_meanwhile"), []
        backup(path, archive, at)
        if is_open:
            if content_hash(path) != read_hash:
                return Written(False, "file_changed_meanwhile"), []
            return Written(True, is_shared=True), edit_shared(path, edits, stamp)
        with changing(path, lambda: content_hash(path) == read_hash and access_lock(path) is None) as copy:
            left_out = edit_access(copy, edits, stamp, forget=forget)
    except ChangedMeanwhileError:
        return Written(False, "file_changed_meanwhile"), []
    except (OSError, FileError) as error:
        told = system_error(error, path) if isinstance(error, OSError) else error
        return Written(False, "file_open" if isinstance(told, LockedFileError) else "file_not_written"), []
    return Written(True), left_out
