"""The inbox: the files that wait there, and where they go once they have been read."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from registerkit.files import file_in
from registerkit.session.session import Session
from registerkit.writeback import excel_lock

__all__ = ["in_use", "links", "put_away", "waiting"]

_LEFT_BY_SYSTEMS = frozenset({"thumbs.db", "desktop.ini"})
_PASSING = ("~$", ".", "~lock")
"""How names begin of files that a program keeps only while it is at work."""


def waiting(session: Session) -> list[Path]:
    """Return the files that people put in the inbox, of whatever kind; one that is open in a program waits."""
    return [path for path in _handed_in(session) if excel_lock(path) is None]


def in_use(session: Session) -> list[Path]:
    """Return the files in the inbox that are open in a program."""
    return [path for path in _handed_in(session) if excel_lock(path) is not None]


def links(session: Session) -> list[Path]:
    """Return what only points to a file elsewhere; nobody handed that file in, so it is not read."""
    return sorted(path for path in _entries(session) if path.is_symlink())


def _handed_in(session: Session) -> list[Path]:
    return sorted(path for path in _entries(session) if path.is_file() and not path.is_symlink())


def _entries(session: Session) -> Iterator[Path]:
    inbox = session.settings.paths.inbox
    for path in inbox.iterdir() if inbox.is_dir() else ():
        if not path.name.startswith(_PASSING) and path.name.casefold() not in _LEFT_BY_SYSTEMS:
            yield path


def put_away(session: Session, form: Path, number: str | None, reasons: Sequence[str], *, taken: bool) -> Path | None:
    """Move a file out of the inbox, with what there is to say of it in a text beside it; gives where it is now.

    What was taken in goes to done, a form under its number, and anything else to failed. None when another program
    holds the file: the next run moves it.
    """
    paths = session.settings.paths
    folder = paths.done if taken else paths.failed
    folder.mkdir(parents=True, exist_ok=True)
    stem, suffix = (form.stem, form.suffix) if form.suffix[1:].isalnum() else (form.name, "")
    target = file_in(folder, f"{number} {stem}" if number else stem, suffix, _is_there)
    try:
        form.replace(target)
    except PermissionError:
        return None
    if reasons:
        beside = file_in(folder, target.stem, ".txt", _is_there)
        beside.write_text("\r\n".join(reasons) + "\r\n", encoding="utf-8-sig", newline="")
    return target


def _is_there(path: Path) -> bool:
    return os.path.lexists(path)
