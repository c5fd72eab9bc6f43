"""Builds the workbook and the single form of a project from what the store holds."""

from __future__ import annotations

import dataclasses
import hashlib
import tempfile
import uuid
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from pathlib import Path

from registerkit.commands.additions import additions_in
from registerkit.commands.held_letters import held_of
from registerkit.commands.targets import need_own_place
from registerkit.commands.typed_cells import TypedCells, placed, typed_cells
from registerkit.definition import Record, Table
from registerkit.errors import FileError, UnsupportedFileError, UsageError, WriteRefusedError
from registerkit.files import need_folder, write_when_changed
from registerkit.findings import Finding, Location
from registerkit.pull.dismissals import KEPT_SINCE
from registerkit.pull.merge import merge_sources
from registerkit.pull.merged import Merged
from registerkit.pull.results import SyncResult, refused_rows
from registerkit.reading import TableRows, open_csv, open_workbook, parse_table, stamp_of_file
from registerkit.session.content import content_for
from registerkit.session.merge_parts import (
    SourceFile,
    counters_of,
    keep_counters,
    merger_for,
    recount_for,
    scope_of,
    source_of,
)
from registerkit.session.session import Session
from registerkit.stamp import Stamp
from registerkit.store.sources import (
    keep_outcome,
    keep_source,
    left_out_of,
    lost_stamp,
    reserve,
    reserved_keys,
    source_info,
)
from registerkit.sync.compute import recompute
from registerkit.sync.likeness import Telling, telling_values
from registerkit.sync.numbers import Numbers
from registerkit.sync.plan import Knowledge, SourcePlan
from registerkit.sync.state import RegisterState
from registerkit.webform import build_web_form, is_web_form
from registerkit.workbook import WorkbookContent, build_form, build_paper_form, build_workbook
from registerkit.writeback import backup, content_hash, need_closed

__all__ = ["build_project_forms", "build_project_workbook", "has_news", "in_scope", "put_made", "rows_from_csv"]


_FORMS = "forms_made"
"""Where the store remembers the forms that an office made, so that one that somebody changed is not written over."""
_FORMS_KEPT = 50


def _building(session: Session) -> str:
    """Name what the store keeps of the workbook that this office is building: its path, and the id it will carry."""
    return session.store.own_name("building", session.store.client_id)


def build_project_workbook(
    session: Session, target: Path, records: Path | None = None, *, replace: bool = False
) -> SyncResult | None:
    """Build the workbook at `target`, with the store's records or with the rows of the `.csv` file `records`.

    What the target holds already is synced first when `replace` is given; gives what that sync did, or what was
    found in `records`. Raises `UsageError` for a name that Excel does not open, and `WriteRefusedError` while the
    target holds values that were not synced, or things that are not ours.
    """
    if target.suffix.lower() != ".xlsx" and target != session.settings.paths.workbook:
        raise UsageError(target, reason="workbook")
    need_folder(target)
    merged, result = _take_over(session, target, replace=replace) if target.exists() else (None, None)
    typed = typed_cells(merged.sources[0]) if merged is not None else TypedCells()
    workbook_id = (
        _stamped(session, target) or _workbook_id(session, target) or _begun(session, target) or str(uuid.uuid4())
    )
    source = source_of(session, target)
    register = session.register()
    held = held_of(session)(register)
    if records is not None:
        rows, result = rows_from_csv(session, records, workbook_id, source)
        main = session.definition.main_id
        register = dataclasses.replace(register, records={**register.records, main: {**register.records[main], **rows}})
    left_out = left_out_of(session.store, session.relative(target))
    content = in_scope(session, content_for(session, workbook_id, register, held), source, left_out).by_term()
    reserved = _reserve(session, target, workbook_id, content, source.prefix)
    content = dataclasses.replace(content, reserved=reserved)
    build_workbook(target, dataclasses.replace(content, typed=placed(typed, content), in_form=typed.form))
    plan = SourcePlan(session.relative(target), "workbook", session.on, gone=set(left_out), left_out=set(left_out))
    if merged is not None:
        plan.moved = merged.sources[0].plan.moved
    _keep(session, target, content.stamp, plan)
    return result


def in_scope(
    session: Session,
    content: WorkbookContent,
    source: SourceFile,
    left_out: Collection[tuple[str, str]] = frozenset(),
) -> WorkbookContent:
    """Leave out what does not belong in the file: a branch with a register of its own sees no other branch.

    `left_out` are records (table, key) that somebody wants to have left out.
    """
    scope, main = scope_of(session, source, session.lookups()), content.main
    stored = {main.id: {str(record[main.key]): record for record in content.rows(main.id)}}

    def belongs(table_id: str, record: Record) -> bool:
        key = _key(content.definition.tables[table_id], record)
        return scope.holds(table_id, record, stored) and (table_id, key) not in left_out

    records = {table: [record for record in rows if belongs(table, record)] for table, rows in content.records.items()}
    shown = {record.get(main.key) for record in records[main.id]}
    held = [line for line in content.held if line.number in shown]
    return dataclasses.replace(content, shown=records, held=held)


def _key(table: Table, record: Record) -> str:
    key = record[table.key]
    return key.isoformat() if isinstance(key, date) else str(key)


def rows_from_csv(
    session: Session, file: Path, workbook_id: str, target: SourceFile
) -> tuple[dict[str, Record], SyncResult]:
    """Return the records of a `.csv` file, with numbers that stand ready for the workbook until it is synced."""
    main = session.definition.main
    records = session.records()[main.id]
    rows, there = _not_there_yet(parse_table(open_csv(file, main), file.name, session.lookups()), records)
    taken = {key for table, key in reserved_keys(session.store) if table == main.id} | set(records)
    typed = {row.key for row in rows.rows if row.key}
    numbers = Numbers(counters_of(session), session.settings.prefix, lambda _, key: key in taken or key in typed)
    state = RegisterState(session.definition, {t: {} for t in session.definition.tables}, {}, numbers, session.on)
    plan = SourcePlan(file.name, "records", session.on)
    reserved = frozenset((main.id, key) for key in typed - taken)
    merger = merger_for(session, state, Knowledge(None, False, reserved=reserved), plan, target)
    merger.merge_table(rows)
    recompute(state, recount_for(session, state), list(state.records[main.id]))
    with session.store.transaction("registerkit", session.stamp_time) as transaction:
        reserve(transaction, main.id, state.records[main.id], workbook_id)
        keep_counters(transaction, numbers)
    result = SyncResult(findings=plan.findings, new=plan.new, unchanged=there)
    result.refused = refused_rows(plan)
    return state.records[main.id], result


def _not_there_yet(rows: TableRows, records: Mapping[str, Record]) -> tuple[TableRows, int]:
    """Leave out rows that say nothing but what a record holds already, once for each; gives how many those were."""
    known: dict[Telling, list[Record]] = {}
    for record in records.values():
        known.setdefault(telling_values(record), []).append(record)
    kept = []
    for row in rows.rows:
        alike = known.get(telling_values(row.values), [])
        same = next((r for r in alike if all(r.get(f) == v for f, v in row.values.items() if v is not None)), None)
        if same is None:
            kept.append(row)
        else:
            alike.remove(same)
    return dataclasses.replace(rows, rows=tuple(kept)), len(rows.rows) - len(kept)


def build_project_forms(session: Session, targets: Iterable[Path], *, replace: bool = False) -> None:
    """Build the single form, all files or none: in Excel, or on paper (`.docx`) or as a web page (`.html`).

    Raises `WriteRefusedError` for a form that somebody changed, or a file that is none of ours, unless `replace`: then
    it goes to the archive first. A form that is as it was made is written over.
    """
    targets = list(targets)
    for target in targets:
        need_own_place(session, target)
    built = {target: _built_form(session, target) for target in targets}
    put_made(session, built, is_own=lambda target: _is_form(session, target), replace=replace)


def put_made(
    session: Session, built: Mapping[Path, bytes], *, is_own: Callable[[Path], bool], replace: bool = False
) -> None:
    """Put files in their place that an office may change afterwards, all or none; one that was changed stays.

    `is_own` tells of a file that is not as it was made whether it is of this register, for what is said of it.
    """
    own = {*_forms_made(session), *(hashlib.sha256(data).hexdigest() for data in built.values())}
    changed = [target for target in built if target.exists() and content_hash(target) not in own]
    for target in built:
        if target in changed and not replace:
            raise WriteRefusedError(target, reason="edited" if is_own(target) else "foreign")
        if target.exists():
            need_closed(target)
    for target in changed:
        backup(target, session.archive_for(target), session.at)
    _remember_forms(session, own)  # Before they are there: a file that nobody knows to be ours would stay as it is.
    for target, data in built.items():
        write_when_changed(target, data)


def _built_form(session: Session, target: Path) -> bytes:
    builders = {".xlsx": build_form, ".docx": build_paper_form, ".html": build_web_form}
    if target.suffix.lower() not in builders:
        raise UsageError(target, reason="form")
    need_folder(target)
    with tempfile.TemporaryDirectory() as folder:
        built = Path(folder) / f"form{target.suffix.lower()}"
        builders[built.suffix](built, content_for(session, ""))
        return built.read_bytes()


def _is_form(session: Session, target: Path) -> bool:
    """Tell whether a file is a form of this register, as far as can be told: Word keeps no sign of it."""
    if target in (session.settings.paths.form_xlsx, session.settings.paths.form_docx):
        return True
    try:
        return is_web_form(target) or bool(open_workbook(target, session.definition).form)
    except FileError:
        return False


def _forms_made(session: Session) -> list[str]:
    """Return the fingerprints of the forms that this office made, the newest last."""
    return (session.store.meta(session.store.own_name(_FORMS, session.store.client_id)) or "").split()


def _remember_forms(session: Session, own: Collection[str]) -> None:
    known = _forms_made(session)
    if fresh := sorted(set(own) - set(known)):
        with session.store.transaction("registerkit", session.stamp_time, bookkeeping=True) as transaction:
            name = session.store.own_name(_FORMS, session.store.client_id)
            transaction.set_meta(name, "\n".join([*known, *fresh][-_FORMS_KEPT:]))


def _take_over(session: Session, target: Path, *, replace: bool) -> tuple[Merged | None, SyncResult | None]:
    """Make sure that nothing in the target gets lost: what was not synced yet is taken in, or stops the build.

    Gives what was read of it, None when nothing could be, and what is to be told.
    """
    ours = _workbook_id(session, target) is not None
    if not replace:
        _need_nothing_of_others(session, target, ours=ours)
    elif not ours:
        _need_as_much(session, target)
    need_closed(target)
    copy = backup(target, session.archive_for(target), session.at)
    if not replace:
        return None, None
    merged = merge_sources(session, [source_of(session, target)]) if ours else None
    where, told = Location(session.relative(target)), {"copy": session.relative(copy)}
    if merged is None or not merged.sources:
        return None, SyncResult(findings=[Finding("left_unread", "warning", where, None, told)])
    if added := additions_in(session, merged.sources[0].raw):
        told |= {"added": "; ".join(added)}
        merged.result.findings.append(Finding("left_behind", "warning", where, None, told))
    return merged, merged.result


def _need_nothing_of_others(session: Session, target: Path, *, ours: bool) -> None:
    """Raise `WriteRefusedError` when the target holds anything that the workbook to be built will not hold."""
    if not ours:
        raise WriteRefusedError(target, reason="foreign")
    merged = merge_sources(session, [source_of(session, target)], commit=False)
    if has_news(merged):
        raise WriteRefusedError(target, reason="unsynced")
    if added := additions_in(session, merged.sources[0].raw):
        raise WriteRefusedError(target, reason="additions", added="; ".join(added))


def _need_as_much(session: Session, target: Path) -> None:
    """Raise `WriteRefusedError` when a filled workbook of who knows which register would give way to an empty one."""
    main = session.definition.main
    if session.records()[main.id]:
        return
    try:
        raw = open_workbook(target, session.definition)
    except FileError:
        return
    if (table := raw.tables.get(main.id)) and parse_table(table, target.name, session.lookups()).rows:
        raise WriteRefusedError(target, reason="would_empty")


def has_news(merged: Merged) -> bool:
    """Tell whether a file holds anything that is not in the store, or that needs a person."""
    result = merged.result
    return bool(
        result.new
        or result.changed
        or result.refused
        or result.conflicts
        or result.needs_person
        or merged.state.is_changed
    )


def _stamped(session: Session, target: Path) -> str | None:
    """Return the same of a workbook that says it itself, without reading the rest; only when it was read before."""
    stamp = stamp_of_file(target)
    return stamp.workbook_id if stamp and stamp.register_id == session.store.register_id() else None


def _workbook_id(session: Session, target: Path) -> str | None:
    """Return the id of the workbook that stands at the target, so that its reserved numbers stay its own."""
    try:
        raw = open_workbook(target, session.definition)
    except UnsupportedFileError:
        raise  # It was only saved in another way: what was typed in it must not go.
    except FileError:
        return None
    stamp = raw.stamp or lost_stamp(session.store, source_info(session.store, session.relative(target)), raw)
    return stamp.workbook_id if stamp and stamp.register_id == session.store.register_id() else None


def _begun(session: Session, target: Path) -> str | None:
    """Return the id of a workbook that a run broke off before it was there: numbers kept for it are still its own."""
    name, _, workbook_id = (session.store.meta(_building(session)) or "").rpartition("\n")
    return workbook_id if workbook_id and name == session.relative(target) and not target.exists() else None


def _reserve(
    session: Session, target: Path, workbook_id: str, content: WorkbookContent, prefix: str | None
) -> dict[str, list[str]]:
    """Return the numbers that stand ready in the prepared rows, and keep the new ones among them."""
    main = session.definition.main
    if not main.numbering:
        return {}
    shown = {record.get(main.key) for record in content.rows(main.id)}
    numbers = Numbers(counters_of(session), session.settings.prefix, lambda _, key: key in shown)
    ready = [
        key
        for table, key in reserved_keys(session.store, workbook_id)
        if table == main.id and key not in shown and numbers.carries(key, main.numbering, prefix)
    ]
    missing = session.settings.reserved - len(ready)
    if missing > 0:
        fresh = numbers.give_many(main.id, main.numbering, session.on.year, missing, prefix)
        with session.store.transaction("registerkit", session.stamp_time) as transaction:
            reserve(transaction, main.id, fresh, workbook_id)
            keep_counters(transaction, numbers)
            transaction.set_meta(_building(session), f"{session.relative(target)}\n{workbook_id}")
        ready += fresh
    return {main.id: ready}


def _keep(session: Session, target: Path, stamp: Stamp, plan: SourcePlan) -> None:
    """Keep that the file now shows all there is but what the plan has left out or held."""
    is_new = not session.records()[session.definition.main_id]
    with session.store.transaction("registerkit", session.stamp_time) as transaction:
        keep_source(transaction, plan.name, "workbook", stamp, plan)
        keep_outcome(
            transaction,
            plan.name,
            content=content_hash(target),
            state=None,
            outcome={},
            stamped=stamp,
            moved=plan.moved,
        )
        transaction.set_meta(_building(session), "")
        if is_new:
            transaction.set_meta(KEPT_SINCE, session.on.isoformat())
