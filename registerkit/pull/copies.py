"""Finds files of this register that lie beside its sources unread: copies that a drive or a person made."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cached_property
from pathlib import Path

from registerkit.database.access import FORMATS, read_meta
from registerkit.errors import FileError
from registerkit.files import TEMPORARY, full_path
from registerkit.findings import Finding, Location
from registerkit.pull.merge import merge_sources
from registerkit.pull.sources import project_sources
from registerkit.reading import APART, WRITABLE, stamp_of_file
from registerkit.session.merge_parts import source_of
from registerkit.session.session import Session
from registerkit.store.codec import json_object

__all__ = ["tell_copies"]

_READ = "copies_read"
"""Where the store remembers what was found in copies."""
_NOT_READ = -1


def tell_copies(session: Session, *, remember: bool) -> list[Finding]:
    """Return a finding for each copy, with its day and how much it holds that the register has not.

    A copy is read when it or the register has changed since; with `remember` the outcome is noted in the store.
    """
    known: dict[str, list[int]] = session.store.noted(_meta(session), json_object) or {}
    seen: dict[str, list[int]] = {}
    found = []
    for path in _copies(session):
        name = session.relative(path)
        seen[name] = _looked_at(session, path, known.get(name))
        found.append(_finding(name, path, news=seen[name][-1]))
    if remember and seen != known:
        with session.store.transaction("registerkit", session.stamp_time, bookkeeping=True) as transaction:
            transaction.set_meta(_meta(session), json.dumps(seen))
    return found


def _meta(session: Session) -> str:
    return session.store.own_name(_READ, session.store.client_id)


def _copies(session: Session) -> Iterator[Path]:
    """Return the files with this register's stamp in the folders of the sources, whatever they are called.

    An Access file is one when it is a copy of a source: others are read when somebody names them. Of a kind that keeps
    no stamp it is one that has the register's name in its own.
    """
    settings = session.settings
    own = {full_path(source.path) for source in project_sources(session) if source.odbc is None}
    own.add(full_path(settings.paths.workbook))
    folders = {path.parent for path in own if path.parent != full_path(settings.paths.inbox)}
    register, known = session.store.register_id(), _OfAccess(own)
    stem = settings.paths.workbook.stem.casefold()
    for folder in sorted(folders):
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            if path.name.startswith(TEMPORARY) or full_path(path) in own:
                continue
            is_book = (
                path.suffix.lower() in WRITABLE and (stamp := stamp_of_file(path)) and stamp.register_id == register
            )
            is_saved_as = path.suffix.lower() in APART and stem in path.stem.casefold()
            if is_book or is_saved_as or (path.suffix.lower() in FORMATS and known.has_copy(path)):
                yield path


class _OfAccess:
    """The Access files among the sources, by what they say of themselves."""

    def __init__(self, sources: Iterable[Path]) -> None:
        self._sources = [path for path in sources if path.suffix.lower() in FORMATS]

    @cached_property
    def _ids(self) -> set[tuple[str | None, str | None]]:
        return {_access_id(path) for path in self._sources} - {_NO_ID}

    def has_copy(self, path: Path) -> bool:
        """Tell whether a file was copied from one of them."""
        return bool(self._sources) and _access_id(path) in self._ids


_NO_ID = (None, None)


def _access_id(path: Path) -> tuple[str | None, str | None]:
    try:
        meta = read_meta(path)
    except FileError:
        return _NO_ID
    return meta.get("register"), meta.get("workbook")


def _looked_at(session: Session, path: Path, known: list[int] | None) -> list[int]:
    """Return size, time and revision at which a copy was read, and how many records in it are new or differ."""
    about = path.stat()
    mark = [about.st_size, about.st_mtime_ns]
    revision = session.store.revision()
    # What holds nothing new never will, for the register only comes to have more.
    if known and known[:2] == mark and (known[-1] == 0 or known[2] == revision):
        return known
    try:
        result = merge_sources(session, [source_of(session, path)], commit=False).result
    except (FileError, OSError):
        return [*mark, revision, _NOT_READ]
    is_read = not any(source.error for source in result.sources)
    unlike = sum(finding.code == "unstamped_difference" for finding in result.findings)
    news = result.new + result.changed + len(result.conflicts) + len(result.refused) + unlike
    return [*mark, revision, news if is_read and result.sources else _NOT_READ]


def _finding(name: str, path: Path, news: int) -> Finding:
    day = datetime.fromtimestamp(path.stat().st_mtime).date()
    if news == _NOT_READ:
        return Finding("copy_not_read", "warning", Location(name), name, {"day": day})
    if news:
        return Finding("copy_with_news", "warning", Location(name), name, {"day": day, "many": news})
    return Finding("copy_without_news", "info", Location(name), name, {"day": day})
