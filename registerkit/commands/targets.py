"""Keeps what a command writes to a file that somebody named from taking the place of a file that people keep."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from registerkit.definition import Definition
from registerkit.errors import FileError, WriteRefusedError
from registerkit.files import full_path, need_folder
from registerkit.reading import first_lines
from registerkit.session.session import Session
from registerkit.writeback import backup

__all__ = ["is_export", "need_own_place", "need_target"]

_MOST = 0.8
"""The share of an export's columns that one of an earlier version has at least."""


def need_own_place(session: Session, target: Path) -> None:
    """Raise `WriteRefusedError` for a file that the register itself is kept in, or is filled from."""
    paths, place = session.settings.paths, full_path(target)
    taken = (*paths.own_files, *(source.path for source in session.settings.sources))
    folders = (paths.letters, paths.archive, paths.inbox)  # What lies there is taken for a template, a copy or a form.
    if place in map(full_path, taken) or any(place.is_relative_to(full_path(folder)) for folder in folders):
        raise WriteRefusedError(target, reason="own_place")


def need_target(session: Session, target: Path, is_earlier: Callable[[Path], bool], *, replace: bool) -> None:
    """Make sure that a file may be written: nothing is there, or what an earlier call of the same command wrote.

    With `replace` anything else goes to the archive first; without raises `WriteRefusedError`, as for a file of the
    register itself.
    """
    need_folder(target)
    need_own_place(session, target)
    if not target.exists() or is_earlier(target):
        return
    if not replace:
        raise WriteRefusedError(target, reason="present")
    backup(target, session.archive_for(target), session.at)


def is_export(target: Path, definition: Definition, language: str) -> bool:
    """Tell whether a file is one that `export` wrote: all tables, or every field of the main one and nothing else."""
    if target.suffix.lower() == ".json":
        try:
            document = json.loads(target.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
        return isinstance(document, dict) and isinstance(document.get(definition.main_id), list)
    try:
        lines = first_lines(target)
    except (FileError, OSError):
        return False
    heads = {field.labels[language] for field in definition.main.fields if field.stored}
    return len(lines) == 1 and len(heads.intersection(lines[0])) >= _MOST * len(heads)
