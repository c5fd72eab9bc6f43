"""What tells the offices apart that keep one register together on a server: a name that each project folder has."""

from __future__ import annotations

import contextlib
import uuid
from pathlib import Path

from registerkit.files import write_when_changed
from registerkit.settings import Paths

__all__ = ["client_id", "office_at"]


def office_at(paths: Paths, store: Path | None) -> str:
    """Return the name of a project folder in a store, by the file that the store is; none in the folder's own store."""
    return "" if store == paths.store else client_id(paths)


def client_id(paths: Paths) -> str:
    """Return the name of a project folder, which it gets at first use and keeps in `register.office`.

    Two folders with a file of one name, such as their workbook, are no more mixed up than two branches are.
    """
    fresh = f"{uuid.uuid4()}\n"
    # Of two runs that are the first, the one that makes the file names the folder.
    try:
        with paths.office.open("x", encoding="utf-8") as file:
            file.write(fresh)
    except FileExistsError:
        pass
    except OSError:
        with contextlib.suppress(OSError):
            paths.office.unlink(missing_ok=True)
        raise
    if not (name := paths.office.read_text(encoding="utf-8").strip()):
        write_when_changed(paths.office, fresh.encode())  # A run was broken off when it had just made the file.
        name = fresh.strip()
    return name
