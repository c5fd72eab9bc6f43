"""Opens a filled file of whatever kind people send."""

from __future__ import annotations

from pathlib import Path

from registerkit.definition import Definition
from registerkit.errors import UnsupportedFileError
from registerkit.reading.access import ACCESS, open_access
from registerkit.reading.calamine_formats import PLAIN, open_plain
from registerkit.reading.mapping import Mapped
from registerkit.reading.raw import WRITABLE, RawWorkbook
from registerkit.reading.xlsx import open_xlsx

__all__ = ["READABLE", "open_workbook"]

READABLE = (*WRITABLE, *PLAIN, *ACCESS)


def open_workbook(
    path: Path, definition: Definition, name: str | None = None, mapping: Mapped | None = None
) -> RawWorkbook:
    """Read a filled file; raises a `FileError` when it cannot be used at all.

    `mapping` says what is what in a database that somebody designed.
    `MissingColumnError` is not raised here: which columns are needed depends on what the caller does.
    """
    if path.is_dir():
        raise UnsupportedFileError(path, reason="folder")
    kind = path.suffix.lower()
    if kind not in READABLE and path.exists():
        raise UnsupportedFileError(path, kinds=", ".join(READABLE))
    if kind in ACCESS:
        return open_access(path, definition, name or path.name, mapping)
    opened = open_plain if kind in PLAIN else open_xlsx
    return opened(path, definition, name or path.name)
