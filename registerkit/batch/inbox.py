"""The inbox: the files that wait there, and where they go once they have been read."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from registerkit.batch.session import Session

__all__ = ["put_away", "waiting"]

_LEFT_BY_SYSTEMS = frozenset({"thumbs.db", "desktop.ini"})
_PASSING = ("~$", ".", "~lock")
"""How names begin of files that a program keeps only while it is at work."""


def waiting(session: Session) -> list[Path]:
    """Give the files that people put in the inbox, of whatever kind."""
    inbox = session.settings.paths.inbox
    if not inbox.is_dir():
        return []
    found = (p for p in inbox.iterdir() if p.is_file() and not p.name.startswith(_PASSING))
    return sorted(p for p in found if p.name.casefold() not in _LEFT_BY_SYSTEMS)


def put_away(session: Session, form: Path, number: str | None, reasons: Sequence[str]) -> Path:
    """Move a file out of the inbox: to done, a form under its number, or to failed when there are reasons for that.

    The reasons go into a text beside it.
    """
    paths = session.settings.paths
    folder = paths.failed if reasons else paths.done
    folder.mkdir(parents=True, exist_ok=True)
    target = _free(folder / (f"{number} {form.name}" if number else form.name))
    if reasons:
        beside = _free(target.with_suffix(".txt"))
        beside.write_text("\r\n".join(reasons) + "\r\n", encoding="utf-8-sig", newline="")
    shutil.move(form, target)
    return target


def _free(path: Path) -> Path:
    """Give the path, or one with a number behind it when it is taken."""
    n, free = 1, path
    while free.exists():
        n += 1
        free = path.with_stem(f"{path.stem} ({n})")
    return free
