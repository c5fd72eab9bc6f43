"""Takes what was wiped out of a file's own leftovers: texts that no cell shows any more, and the copy made before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from registerkit.ooxml import Editor, Package
from registerkit.writeback.file import COPY

__all__ = ["copies_of_files", "forget_texts"]


def forget_texts(path: Path) -> None:
    """Leave texts out of a workbook that no cell shows any more."""
    with Package(path) as package:
        editor = Editor(package)
        editor.forget_strings()
        editor.save(path)


def copies_of_files(archive: Path, store: Path) -> Iterator[Path]:
    """Return the copies of workbooks and Access files in the archive; not those of the store."""
    for path in sorted(archive.rglob("*")) if archive.is_dir() else ():
        named = COPY.fullmatch(path.stem)
        if named and path.is_file() and (named[1], path.suffix) != (store.stem, store.suffix):
            yield path
