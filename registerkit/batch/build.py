"""Builds the workbook and the single form of a project from what the store holds."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path

from registerkit.batch.merge_run import Merged, SourceFile, counters_of, merge_sources
from registerkit.batch.session import Session
from registerkit.definition import Record
from registerkit.errors import FileError, WriteRefusedError
from registerkit.reading import open_workbook
from registerkit.store import schema
from registerkit.store.lists import stored_lookups
from registerkit.store.sources import keep_outcome, keep_source, reserve, reserved_keys
from registerkit.sync import Numbers, SourcePlan
from registerkit.workbook import Stamp, WorkbookContent, build_form, build_workbook
from registerkit.writeback import backup, content_hash, excel_lock

__all__ = ["build_project_form", "build_project_workbook"]


def build_project_workbook(session: Session, target: Path, *, replace: bool = False) -> Merged | None:
    """Build the workbook at `target`; what it holds already is synced first when `replace` is given.

    Gives that sync. Raises `WriteRefusedError` while the target holds values that were not synced, or is not ours.
    """
    merged = _take_over(session, target, replace=replace) if target.exists() else None
    workbook_id = _workbook_id(session, target) or str(uuid.uuid4())
    reserved = _reserve(session, workbook_id)
    build_workbook(target, content_for(session, workbook_id, reserved))
    _keep(session, target, workbook_id)
    return merged


def build_project_form(session: Session, target: Path) -> None:
    """Build the single form, in Excel."""
    build_form(target, content_for(session, "", {}))


def content_for(session: Session, workbook_id: str, reserved: Mapping[str, Sequence[str]]) -> WorkbookContent:
    """Give all that a workbook of this project shows now."""
    records = session.store.all_records()
    stamp = Stamp(session.store.register_id, workbook_id, session.store.revision)
    return WorkbookContent(
        definition=session.definition,
        texts=session.texts,
        lookups=stored_lookups(session.store, session.settings.language),
        records={table: _ordered(table, rows) for table, rows in records.items()},
        reserved=reserved,
        stamp=stamp,
        on=session.on,
        policy=session.policy,
        calendar=session.calendar(records.get("holidays", {}).values()),
        organisation=session.settings.organisation,
        theme=_theme(session),
        prepared=session.settings.prepared,
    )


def _ordered(table: str, rows: Mapping[str, Record]) -> list[Record]:
    return [rows[key] for key in sorted(rows)] if table == "holidays" else list(rows.values())


def _theme(session: Session) -> dict[str, str]:
    theme = dict(session.settings.theme)
    if logo := theme.get("logo"):
        theme["logo"] = str(session.settings.paths.root / logo)
    return theme


def _take_over(session: Session, target: Path, *, replace: bool) -> Merged | None:
    """Make sure that nothing in the target gets lost: what was not synced yet is taken in, or stops the build."""
    try:
        stamp = open_workbook(target, session.definition).stamp
    except FileError:
        stamp = None
    ours = stamp is not None and stamp.register_id == session.store.register_id
    if not ours and not replace:
        raise WriteRefusedError(target, reason="foreign")
    if ours and not replace and _has_news(merge_sources(session, [SourceFile(target)], commit=False)):
        raise WriteRefusedError(target, reason="unsynced")
    if excel_lock(target) is not None:
        raise WriteRefusedError(target, reason="open")
    backup(target, session.settings.paths.archive, session.at)
    return merge_sources(session, [SourceFile(target)]) if ours and replace else None


def _has_news(merged: Merged) -> bool:
    result = merged.result
    return bool(
        result.new
        or result.changed
        or result.refused
        or result.conflicts
        or result.needs_person
        or merged.state.is_changed
    )


def _workbook_id(session: Session, target: Path) -> str | None:
    """Give the id of the workbook that stands at the target, so that its reserved numbers stay its own."""
    try:
        stamp = open_workbook(target, session.definition).stamp
    except FileError:
        return None
    return stamp.workbook_id if stamp and stamp.register_id == session.store.register_id else None


def _reserve(session: Session, workbook_id: str) -> dict[str, list[str]]:
    main = session.definition.main
    if not main.numbering:
        return {}
    ready = [key for table, key in reserved_keys(session.store, workbook_id) if table == main.id]
    missing = session.settings.reserved - len(ready)
    if missing > 0:
        numbers = Numbers(counters_of(session), session.settings.prefix, lambda *_: False)
        fresh = numbers.give_many(main.id, main.numbering, session.on.year, missing)
        with session.store.transaction("registerkit", session.stamp_time) as transaction:
            reserve(transaction, main.id, fresh, workbook_id)
            for name, value in numbers.counters.items():
                transaction.replace(schema.counters, {"name": name}, [{"name": name, "value": value}])
        ready += fresh
    return {main.id: ready}


def _keep(session: Session, target: Path, workbook_id: str) -> None:
    """Keep that the file now shows all there is."""
    name, revision = session.relative(target), session.store.revision
    with session.store.transaction("registerkit", session.stamp_time) as transaction:
        keep_source(transaction, name, "workbook", workbook_id, revision, SourcePlan(name, "workbook", session.on))
        keep_outcome(transaction, name, content=content_hash(target), state=None, outcome={}, stamped=revision)
