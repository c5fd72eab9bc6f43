"""What tells the offices apart that keep one register together on a server: a name that each project folder has."""

from __future__ import annotations

import uuid

from filelock import FileLock

from registerkit.files import write_when_changed
from registerkit.settings import Paths

__all__ = ["office_of"]


def office_of(paths: Paths) -> str:
    """Give the name of a project folder, which it gets at first use and keeps in `register.office`.

    Two folders with a file of one name, such as their workbook, are no more mixed up than two branches are.
    """
    if name := _kept(paths):
        return name
    with FileLock(str(paths.lock)):
        if name := _kept(paths):
            return name
        name = str(uuid.uuid4())
        write_when_changed(paths.office, f"{name}\n".encode())
    return name


def _kept(paths: Paths) -> str:
    return paths.office.read_text(encoding="utf-8").strip() if paths.office.is_file() else ""
