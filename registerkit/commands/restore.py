"""Puts a copy of the store back, without giving a number twice or losing what was typed since."""

from __future__ import annotations

import contextlib
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from registerkit.commands.backup import copies_json
from registerkit.database import Address
from registerkit.definition import Definition, Record, definition_of
from registerkit.errors import FileError, MissingFileError, StoreError
from registerkit.files import project_name
from registerkit.reading import open_workbook
from registerkit.session.anonymised import read_list
from registerkit.session.client_id import office_at
from registerkit.session.session import store_address
from registerkit.settings import Settings, load_settings
from registerkit.store import Store, schema
from registerkit.store.anonymise import tidy, wipe
from registerkit.store.copies import Copy, copies_in, look_at
from registerkit.store.database import Database
from registerkit.store.moving import copy_to_file, replace_store
from registerkit.sync.numbers import counted_as
from registerkit.texts import load_texts
from registerkit.writeback import backup, copy_from, need_closed, next_copy

__all__ = ["Restored", "list_copies", "restore_copy", "restored_json"]


@dataclass(frozen=True)
class Restored:
    """What was put back, or would be, and what differs from how the store is now."""

    copy: Copy
    only_now: tuple[str, ...] = ()
    """Complaints that the copy does not have; the next sync brings back those that stand in a workbook."""
    only_then: tuple[str, ...] = ()
    different: tuple[str, ...] = ()
    kept: tuple[Path, ...] = ()
    """Where what was there until now lies."""
    workbook: Path | None = None
    """The copy of the workbook that was put back."""
    is_compared: bool = True
    """The store of now could be read."""
    files: tuple[Path, ...] = ()


def list_copies(root: Path) -> list[Copy]:
    """Return the copies of a project's store, the newest first."""
    settings = load_settings(root)
    return list(copies_in(settings.paths.archive, definition_of(settings).main_id))


def restore_copy(
    root: Path, wanted: str, at: datetime, *, with_workbook: bool = False, dry_run: bool = False
) -> Restored:
    """Put a copy back; `wanted` is its path, its name in the archive, or its day.

    What is there now is kept first. Raises `MissingFileError` when there is no such copy, and `StoreError` when it
    cannot be put back; then nothing has changed.
    """
    settings = load_settings(root)
    work = _Restore(settings, definition_of(settings), at)
    copy = _find(settings, work.definition.main_id, wanted)
    with work.opened(copy) as store:
        return work.compare(copy, store) if dry_run else work.put_back(copy, store, with_workbook=with_workbook)


def _find(settings: Settings, main_id: str, wanted: str) -> Copy:
    for place in (Path(wanted), settings.paths.root / wanted, settings.paths.archive / wanted):
        if place.is_file():
            return look_at(place, main_id)
    copies = list(copies_in(settings.paths.archive, main_id))
    with contextlib.suppress(ValueError):
        day = date.fromisoformat(wanted)
        for copy in copies:
            if copy.at is not None and copy.at.date() == day:
                return copy
    named = ", ".join(copy.file.name for copy in copies[:5])
    raise MissingFileError(wanted, reason="copy", known=named or "-", archive=settings.paths.archive.name)


@dataclass(frozen=True)
class _Restore:
    settings: Settings
    definition: Definition
    at: datetime

    @property
    def moment(self) -> str:
        return self.at.isoformat(timespec="seconds")

    @property
    def address(self) -> Address:
        return store_address(self.settings)

    @property
    def office(self) -> str:
        """The name of this folder on a server; empty for a store in the folder itself."""
        return office_at(self.settings.paths, self.address.file)

    @contextlib.contextmanager
    def opened(self, copy: Copy) -> Iterator[Store]:
        """Open a copy of the copy, in which things can be changed; raises `StoreError` for one that is no good."""
        if not copy.is_whole:
            raise StoreError(copy.file, reason="copy_too_new" if copy.is_newer else "copy_unreadable")
        half = self.settings.paths.archive / f".{copy.file.name}.tmp"
        shutil.copyfile(copy.file, half)
        store = None
        try:
            store = Store.open(Address.of_file(half), self.definition, self.moment, create=False)
            yield store
        finally:
            if store is not None:
                store.close()
            half.unlink(missing_ok=True)

    @contextlib.contextmanager
    def now(self) -> Iterator[Store | None]:
        """Open the store as it is now; None when it cannot be."""
        store = None
        with contextlib.suppress(StoreError):
            store = Store.open(self.address, self.definition, self.moment, self.office, create=False)
        try:
            yield store
        finally:
            if store is not None:
                store.close()

    def compare(self, copy: Copy, store: Store) -> Restored:
        """Say what the copy has otherwise than the store has now."""
        with self.now() as now:
            self._need_same(copy, now)
            return self._compared(copy, store, now)

    def _compared(self, copy: Copy, store: Store, now: Store | None) -> Restored:
        then, present = store.records(self.definition.main_id), _readable(now, self.definition.main_id)
        if present is None:
            return Restored(copy, is_compared=False)
        both = then.keys() & present.keys()
        return Restored(
            copy,
            tuple(sorted(present.keys() - then.keys())),
            tuple(sorted(then.keys() - present.keys())),
            tuple(sorted(key for key in both if then[key] != present[key])),
        )

    def put_back(self, copy: Copy, store: Store, *, with_workbook: bool) -> Restored:
        """Let the copy be the store, after a copy of what is there."""
        paths, address = self.settings.paths, self.address
        workbook = self._workbook_copy(copy) if with_workbook else None
        with self.now() as now:
            self._need_same(copy, now)
            found = self._compared(copy, store, now)
            kept = self._kept(now)
            self._prepare(store, now)
        if address.file is None:
            target = Database(address, shared=True)
            try:
                with target.exclusive():
                    replace_store(store, target, self.moment)
            finally:
                target.close()
        else:
            store.close()
            source = store.database.address.file
            assert source is not None
            source.replace(address.file)
        if workbook is not None:
            kept += (backup(paths.workbook, paths.archive, self.at),) if paths.workbook.exists() else ()
            shutil.copyfile(workbook, paths.workbook)
        files = tuple(f for f in (address.file, paths.workbook if workbook else None) if f is not None)
        return replace(found, kept=kept, workbook=workbook, files=files)

    def _need_same(self, copy: Copy, now: Store | None) -> None:
        """Raise `StoreError` for the copy of another register."""
        known = now.register_id() if now is not None else self._stamped()
        if known and copy.register_id != known:
            raise StoreError(copy.file, reason="copy_of_other")

    def _stamped(self) -> str | None:
        try:
            stamp = open_workbook(self.settings.paths.workbook, self.definition).stamp
        except (FileError, OSError):
            return None
        return stamp.register_id if stamp else None

    def _kept(self, now: Store | None) -> tuple[Path, ...]:
        """Keep what is there now, whatever state it is in."""
        paths, file = self.settings.paths, self.address.file
        if file is not None:
            return (backup(file, paths.archive, self.at),) if file.exists() and file.stat().st_size else ()
        if now is None:
            return ()
        kept = next_copy(paths.store, paths.archive, self.at)
        copy_to_file(now, kept, self.moment)
        return (kept,)

    def _workbook_copy(self, copy: Copy) -> Path:
        """Return the copy of the workbook that goes with a copy of the store: the last one from before it."""
        paths = self.settings.paths
        need_closed(paths.workbook)
        found = copy_from(paths.workbook, paths.archive, copy.at)
        if found is None:
            raise MissingFileError(paths.workbook.name, reason="copy", known="-", archive=paths.archive.name)
        return found

    # ---------------------------------------------------------------------------------------------- numbers in use
    def _prepare(self, store: Store, now: Store | None) -> None:
        """Take all numbers that went out since as used, and forget files of then that were still to come."""
        if (listed := read_list(self.settings.paths)).numbers:
            wipe(store, listed.numbers, listed.codes, load_texts(self.settings.language)("value.wiped"), self.moment)
            tidy(store)
        with store.transaction("registerkit", self.moment, bookkeeping=True) as transaction:
            connection = transaction.connection
            connection.execute(schema.outbox.update().values(done=True))
            if now is not None:
                _add_reserved(connection, now)
            counters = {str(n): int(v) for n, v in connection.execute(sa.select(schema.counters))}
            for name, value in self._used(now):
                if value > counters.get(name, 0):
                    counters[name] = value
                    transaction.replace(schema.counters, {"name": name}, [{"name": name, "value": value}])

    def _used(self, now: Store | None) -> Iterator[tuple[str, int]]:
        """Return the last number that was given out anywhere, by the name of its counter."""
        if now is not None:
            with now.reading() as connection:
                yield from ((str(n), int(v)) for n, v in connection.execute(sa.select(schema.counters)))
        for table_id, key in self._seen():
            pattern = self.definition.tables[table_id].numbering
            if pattern and (counted := counted_as(table_id, pattern, key)):
                yield counted

    def _seen(self) -> Iterator[tuple[str, str]]:
        """Return the keys (table, key) that stand in workbooks or in the names of letters."""
        files = {self.settings.paths.workbook, *(source.path for source in self.settings.sources)}
        for file in files:
            try:
                raw = open_workbook(file, self.definition)
            except (FileError, OSError):
                continue
            for table in raw.tables.values():
                column = table.columns.get(table.table.key)
                for _, cells in table.rows:
                    if column is not None and column < len(cells) and isinstance(cells[column], str):
                        yield table.table.id, cells[column].strip()
        for letter in self.settings.paths.output.rglob("*.docx"):
            yield self.definition.main_id, re.split(r"\s", letter.stem, maxsplit=1)[0]


def _readable(now: Store | None, table_id: str) -> Mapping[str, Record] | None:
    try:
        return now.records(table_id) if now is not None else None
    except StoreError:
        return None


def _add_reserved(connection: sa.Connection, now: Store) -> None:
    """Let the numbers that stand ready in workbooks stand ready still."""
    r = schema.reservations
    there = {(t, k) for t, k in connection.execute(sa.select(r.c.table, r.c.key))}
    with now.reading() as present:
        rows = [dict(row._mapping) for row in present.execute(sa.select(r))]
    fresh = [row for row in rows if (row["table"], row["key"]) not in there]
    if fresh:
        connection.execute(r.insert(), fresh)


def restored_json(root: Path, restored: Restored) -> dict[str, Any]:
    """Return what was put back as a document."""
    return {
        "copy": copies_json(root, [restored.copy])[0],
        "only_now": list(restored.only_now),
        "only_in_copy": list(restored.only_then),
        "different": list(restored.different),
        "compared": restored.is_compared,
        "kept": [project_name(path, root) for path in restored.kept],
        "files": [project_name(path, root) for path in restored.files],
    }
