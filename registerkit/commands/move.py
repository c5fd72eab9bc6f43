"""Databases of a register's own: their layout, as tables or as SQL, and moving the store from one to another."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from registerkit.commands.access_file import access_layout
from registerkit.commands.settings_file import with_settings
from registerkit.commands.targets import need_target
from registerkit.database import Address
from registerkit.errors import MissingFileError, UsageError, WriteRefusedError
from registerkit.files import write_when_changed
from registerkit.session.client_id import office_at
from registerkit.session.session import Session, store_address
from registerkit.settings import parse_settings
from registerkit.store import Store
from registerkit.store.database import Database
from registerkit.store.layout_sql import DIALECTS, layout_sql
from registerkit.store.moving import Copied, copy_store, finish_move, leave_moved
from registerkit.writeback import backup

__all__ = ["LAYOUTS", "Moved", "make_layout", "move_store", "write_layout"]

_LAYOUT = b"CREATE TABLE"
LAYOUTS = (*DIALECTS, "access")
"""The kinds of database that a layout can be written for as SQL."""


@dataclass(frozen=True)
class Moved:
    """Where a store went, what of it, and where the old one lies."""

    database: str
    copied: Copied
    kept: tuple[Path, ...]

    def as_json(self, session: Session) -> dict[str, Any]:
        """Return what was done as a document."""
        files = [session.relative(path) for path in (session.settings.paths.settings, *self.kept)]
        return {"files": files, "database": self.database, "tables": self.copied.tables, "rows": self.copied.rows}


def make_layout(session: Session, url: str) -> str:
    """Make or migrate the tables in a database; gives its address as people may see it."""
    address = _address(session, url)
    Store.open(address, session.definition, session.stamp_time, office_at(session.settings.paths, address.file)).close()
    return _shown(session, address)


def write_layout(session: Session, target: Path, dialect: str | None = None, *, replace: bool = False) -> str:
    """Write the tables as SQL, of the kind of database that the project uses unless one is named; gives that kind.

    Raises `WriteRefusedError` rather than write over a file that is no such layout, unless `replace`; a copy is kept.
    """
    kind = dialect or session.store.database.address.dialect
    if kind not in LAYOUTS:
        raise UsageError(target, reason="dialect", value=kind, known=", ".join(LAYOUTS))
    need_target(session, target, _is_layout, replace=replace)
    sql = access_layout(session) if kind == "access" else layout_sql(session.store.tables, kind, session.stamp_time)
    write_when_changed(target, sql.encode())
    return kind


def _is_layout(file: Path) -> bool:
    with suppress(OSError):
        return file.read_bytes().startswith(_LAYOUT)
    return False


def move_store(session: Session, url: str) -> Moved:
    """Copy the store into another database and let the settings name that; the old one is kept aside.

    Whatever happens on the way, the project has one store that is whole: the old one, until the settings are written.
    """
    paths, source = session.settings.paths, session.store.database.address
    address = _address(session, url)
    if address == source:
        raise WriteRefusedError(address.shown, reason="same_store")
    if address.file is not None and not address.file.parent.is_dir():
        raise MissingFileError(address.file.parent)
    with paths.settings.open(encoding="utf-8", newline="") as file:
        settings = with_settings(file.read(), {"database": {"url": url}})
    office = office_at(session.settings.paths, address.file)
    target = Database(address, shared=bool(office))
    try:
        with target.exclusive():
            copied = copy_store(session.store, target, office, session.stamp_time)
            kept = backup(paths.settings, paths.archive, session.at)
            write_when_changed(paths.settings, settings.encode())
            if session.store.client_id:
                leave_moved(session.store, _shown(session, address))
            finish_move(target)
    finally:
        target.close()
    return Moved(_shown(session, address), copied, (kept, *_set_aside(session)))


def _set_aside(session: Session) -> list[Path]:
    """Put a store that was one file in the archive; one on a server stays there, with a note of where it went."""
    file = session.store.database.address.file
    if file is None:
        return []
    session.store.close()  # Windows moves no file that is open.
    kept = backup(file, session.settings.paths.archive, session.at)
    with suppress(PermissionError):  # Another program holds it; nothing looks at it any more.
        file.unlink()
    return [kept]


def _address(session: Session, url: str) -> Address:
    """Understand an address as the settings would, `env:NAME` too."""
    text = with_settings("", {"database": {"url": url}})
    return store_address(parse_settings(text, session.settings.paths.root))


def _shown(session: Session, address: Address) -> str:
    return address.shown if address.file is None else session.relative(address.file)
