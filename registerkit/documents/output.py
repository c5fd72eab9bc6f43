"""Puts papers and reports in the output folder; one that somebody changed is kept beside the new one, and told.

Whatever program saves such a file notes in it when it was changed; in ours that is the day on which it was made.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from registerkit.files import file_in, system_error, write_when_changed
from registerkit.findings import Finding, Location
from registerkit.ooxml import BROKEN
from registerkit.texts import Texts

__all__ = ["put_output"]

_CORE = "docProps/core.xml"
_ENOUGH = 1 << 16
_DAY = re.compile(rb"<dcterms:(created|modified)\b[^<>]*>([^<]*)<")


def put_output(target: Path, content: bytes, texts: Texts) -> Finding | None:
    """Write a `.docx` or `.xlsx` file whole; tells when one that somebody had changed was there, and where it is now.

    Raises what `system_error` makes of a refusal.
    """
    kept = None
    if target.exists() and target.read_bytes() != content and not _is_as_made(target):
        kept = file_in(target.parent, texts("documents.kept", name=target.stem), target.suffix, Path.exists)
        try:
            target.rename(kept)
        except OSError as error:
            raise system_error(error, target) from error
    write_when_changed(target, content)
    return Finding("document_kept", "warning", Location(target.name), kept.name) if kept else None


def _is_as_made(file: Path) -> bool:
    try:
        with zipfile.ZipFile(file) as archive, archive.open(_CORE) as part:
            days = dict(_DAY.findall(part.read(_ENOUGH)))
    except (KeyError, OSError, *BROKEN):
        return False
    return days.get(b"created") is not None and days.get(b"created") == days.get(b"modified")
