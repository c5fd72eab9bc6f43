"""Builds the Access file of a project from what the store holds, or its layout as SQL."""

from __future__ import annotations

import dataclasses
import uuid
from pathlib import Path

from registerkit.commands.workbook import has_news, in_scope
from registerkit.database.access import (
    FORMATS,
    AccessPlan,
    Row,
    access_rows,
    access_sql,
    fitted,
    plan_access,
    read_meta,
    write_access,
)
from registerkit.errors import UnsupportedFileError, UsageError, WriteRefusedError
from registerkit.files import need_folder
from registerkit.pull.merge import merge_sources
from registerkit.session.content import content_for
from registerkit.session.merge_parts import source_of
from registerkit.session.session import Session
from registerkit.stamp import Stamp
from registerkit.store.sources import keep_outcome, keep_source
from registerkit.sync.plan import SourcePlan
from registerkit.workbook import WorkbookContent
from registerkit.writeback import backup, content_hash, need_closed

__all__ = ["KIND", "access_layout", "build_access_file"]

KIND = "access"
"""How the store calls an Access file among the files that it knows."""
_SETUP = ("staff", "holidays")
"""The tables that every file shows: people choose from them."""


def build_access_file(session: Session, target: Path, *, with_records: bool = False, replace: bool = False) -> None:
    """Build the Access file at `target`, with the lists and the staff, and with the store's records when asked.

    Raises `WriteRefusedError` while the target holds what was not synced, or is not ours, unless `replace`: then that
    is synced, and the file goes to the archive first; what a sync cannot take in still refuses. Raises `AccessError`
    when Java or Jackcess is missing, `UsageError` for another suffix.
    """
    if target.suffix.lower() not in FORMATS:
        raise UsageError(target, reason="database")
    need_folder(target)
    if target.is_dir():
        raise UnsupportedFileError(target, reason="folder")
    file_id = _take_over(session, target, replace=replace) if target.exists() else None
    content = _content(session, target, file_id or str(uuid.uuid4()), with_records=with_records)
    plan, rows = _planned(content, with_records=with_records)
    write_access(target, plan, rows)
    _keep(session, target, content.stamp)


def _content(session: Session, target: Path, file_id: str, *, with_records: bool) -> WorkbookContent:
    content = in_scope(session, content_for(session, file_id), source_of(session, target))
    if with_records:
        return content
    return dataclasses.replace(content, shown={name: content.rows(name) for name in _SETUP})


def _planned(content: WorkbookContent, *, with_records: bool) -> tuple[AccessPlan, dict[str, list[Row]]]:
    plan = plan_access(content.definition, content.texts)
    rows = access_rows(plan, content, complete=with_records)
    return fitted(plan, rows), rows


def access_layout(session: Session) -> str:
    """Return the SQL that makes the same tables in an empty Access file, with the lists to choose from."""
    content = dataclasses.replace(content_for(session, ""), shown={})
    plan, rows = _planned(content, with_records=False)
    return access_sql(plan, rows)


def _take_over(session: Session, target: Path, *, replace: bool) -> str | None:
    """Make sure that nothing in the target gets lost; gives the id of a file that is ours already."""
    need_closed(target)
    meta = read_meta(target)
    ours = meta.get("register") == session.store.register_id()
    if not replace and not ours:
        raise WriteRefusedError(target, reason="foreign")
    if not replace and has_news(merge_sources(session, [source_of(session, target)], commit=False)):
        raise WriteRefusedError(target, reason="unsynced")
    backup(target, session.archive_for(target), session.at)
    if ours and replace:
        merged = merge_sources(session, [source_of(session, target)])
        if merged.result.refused or any(source.plan.moved for source in merged.sources):
            raise WriteRefusedError(target, reason="held")
    return meta.get("workbook") if ours else None


def _keep(session: Session, target: Path, stamp: Stamp) -> None:
    """Keep that the file holds nothing but what the store knows."""
    name = session.relative(target)
    with session.store.transaction("registerkit", session.stamp_time) as transaction:
        keep_source(transaction, name, KIND, stamp, SourcePlan(name, KIND, session.on))
        keep_outcome(transaction, name, content=content_hash(target), state=None, outcome={}, stamped=stamp)
