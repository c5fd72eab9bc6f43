"""Puts documents and workbooks in the place of earlier ones, but for one that somebody changed: that is kept beside.

Whatever program saves such a file notes in it when it was changed; in ours that is the day on which it was made.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from registerkit.files import file_in, system_error, write_when_changed
from registerkit.ooxml.archive import BROKEN

__all__ = ["put_document"]

_CORE = "docProps/core.xml"
_ENOUGH = 1 << 16
_DAY = re.compile(rb"<dcterms:(created|modified)\b[^<>]*>([^<]*)<")


def put_document(target: Path, content: bytes, kept: str) -> Path | None:
    """Write a `.docx` or `.xlsx` file whole; gives where the one is that was there, when somebody had changed it.

    `kept` is what that one is called from now on. Raises what `system_error` makes of a refusal.
    """
    aside = None
    if target.exists() and target.read_bytes() != content and not _is_as_made(target):
        aside = file_in(target.parent, kept, target.suffix, Path.exists)
        try:
            target.rename(aside)
        except OSError as error:
            raise system_error(error, target) from error
    write_when_changed(target, content)
    return aside


def _is_as_made(file: Path) -> bool:
    try:
        with zipfile.ZipFile(file) as archive, archive.open(_CORE) as part:
            days = dict(_DAY.findall(part.read(_ENOUGH)))
    except (KeyError, OSError, *BROKEN):
        return False
    return days.get(b"created") is not None and days.get(b"created") == days.get(b"modified")
