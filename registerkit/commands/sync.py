"""Syncs a project with its sources: pulls in what they say, and brings the files up to date."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from registerkit.commands.alerts import send_alerts
from registerkit.commands.held_letters import held_of
from registerkit.errors import FileError, LockedFileError, SettingsError, UnsupportedFileError
from registerkit.files import named_from
from registerkit.findings import SEVERITIES, Finding, Location
from registerkit.pull.copies import tell_copies
from registerkit.pull.inbox import OTHER_KINDS, clear_notes, closed, in_use, links, put_away
from registerkit.pull.left_locks import tell_left_locks
from registerkit.pull.mended import is_mended
from registerkit.pull.merge import merge_sources
from registerkit.pull.merged import Merged, MergedSource
from registerkit.pull.results import SyncResult
from registerkit.pull.sources import named_source, project_sources
from registerkit.pull.waiting import tell_waiting
from registerkit.push.write_back import write_back
from registerkit.register import shown
from registerkit.session.gc_pause import gc_pause
from registerkit.session.session import Session
from registerkit.sync.merge import Prefer
from registerkit.sync.plan import Conflict

__all__ = ["merge", "settle", "sync"]

_IN_REGISTER = frozenset({"mail_incomplete", "mail_with_complaint", "mail_with_closed"})
"""What is told of a mail that the register shows by itself: nobody looks for it beside the mail."""


def sync(session: Session, files: Iterable[Path] = (), prefer: Prefer = None, *, dry_run: bool = False) -> SyncResult:
    """Pull files in, by default all the project's sources, and bring them up to date. A dry run writes nothing."""
    with gc_pause():
        merged = merge(session, files, prefer, commit=not dry_run)
        merged.need_one()
        if dry_run:
            tell_waiting(session, merged.result, keep=False)
        else:
            settle(session, merged)
            merged.result.findings += send_alerts(session, merged.result.alerts)
    return merged.result


def merge(session: Session, files: Iterable[Path] = (), prefer: Prefer = None, *, commit: bool = True) -> Merged:
    """Read and merge sources, and commit that; no file is written yet."""
    named = [named_source(session, path) for path in files]
    merged = merge_sources(session, named or project_sources(session), prefer, commit=commit, remember=True)
    merged.result.findings += [] if named else _around(session, remember=commit)
    return merged


def _around(session: Session, *, remember: bool) -> list[Finding]:
    """Return what is told of files that lie among the sources and are none, or wait to be read."""
    left = list(tell_left_locks(session))
    held = {finding.location.file for finding in left}
    open_now = [name for path in in_use(session) if (name := session.relative(path)) not in held]
    waiting = [Finding("form_open", "info", Location(file=name)) for name in open_now]
    shut = [Finding("inbox_closed", "error", Location(file=session.relative(path))) for path in closed(session)]
    inbox = session.settings.paths.inbox
    gone = [] if inbox.exists() else [Finding("inbox_gone", "warning", Location(file=session.relative(inbox)))]
    return [*left, *waiting, *shut, *gone, *_links(session), *tell_copies(session, remember=remember)]


def settle(session: Session, merged: Merged) -> None:
    """Write what follows into the files: workbooks are brought up to date, forms that were taken in are moved."""
    if merged.unread and session.store.revision() != merged.revision:
        _settle_unread(session, merged)
    else:
        write_back(session, merged, held_of(session))
        _empty_inbox(session, merged)
    tell_waiting(session, merged.result)


def _empty_inbox(session: Session, merged: Merged) -> None:
    """Move every form that was read out of the inbox, and every file that is none; one that is in use waits."""
    texts = session.texts
    read = [(source.source, source.form_key, _reasons(session, source), _is_taken(source)) for source in merged.sources]
    unusable = [
        (source, None, _why_unusable(session, error), False)
        for source, error in merged.failures
        if not isinstance(error, LockedFileError)
    ]
    taken = [source for source in merged.sources if source.source.kind == "form" and _is_taken(source)]
    clear_notes(session, lambda failed: is_mended(session, failed, taken))
    for link, finding in zip(links(session), _links(session), strict=True):
        told = [finding.full_message(texts), texts("cli.sync.until_gone")]
        target = put_away(session, link, None, told, taken=False)
        if target is not None:
            beside = f"{session.relative(target.parent)}/{target.name}"  # The link's own name, not what it points to.
            merged.result.moved.append((finding.location.file or "", beside))
    for source, number, reasons, is_taken in [*read, *unusable]:
        if source.kind == "form" and source.path.exists():
            target = put_away(session, source.path, number, reasons, taken=is_taken)
            if target is not None:
                merged.result.moved.append((session.relative(source.path), session.relative(target)))


def _why_unusable(session: Session, error: FileError | SettingsError) -> list[str]:
    """Say why a file could not be used at all, and what becomes of it."""
    can_mend = not (isinstance(error, UnsupportedFileError) and error.reason in OTHER_KINDS)
    told = named_from(error, session.settings.paths.root).full_message(session.texts)
    names = [*(["try_again"] if can_mend else []), "until_gone"]
    return [told, *(session.texts(f"cli.sync.{name}") for name in names)]


def _links(session: Session) -> list[Finding]:
    """Return what is told of links in the inbox; a link is named itself, not what it points to."""
    root = session.settings.paths.root
    return [
        Finding("inbox_link", "warning", Location(file=path.relative_to(root).as_posix())) for path in links(session)
    ]


def _is_taken(source: MergedSource) -> bool:
    """Tell whether everything in a file of the inbox was registered, be it without a cell that could not be used.

    A copy of a workbook that says otherwise than the register is not done with: nobody could choose about it.
    """
    known = any(finding.code == "list_taken_before" for finding in source.plan.findings)
    is_whole = source.plan.rows and not source.plan.refused and not _conflicts(source)
    return known or bool(source.form_key or is_whole)


def _conflicts(source: MergedSource) -> list[Conflict]:
    return [conflict for conflict in source.plan.conflicts if conflict.kept == "store"]


def _reasons(session: Session, source: MergedSource) -> list[str]:
    """Say what of a file could not be registered; nothing when all of it could."""
    texts, taken = session.texts, _is_taken(source)
    told = [f for f in source.plan.findings if not taken or (f.severity != "info" and f.code not in _IN_REGISTER)]
    told.sort(
        key=lambda finding: SEVERITIES.index(finding.severity)
    )  # The first line is told of the file on every run.
    lines = [f"{f.place(texts)}: {f.full_message(texts)}" for f in told]
    if taken:
        return lines
    lines += [_conflict_line(session, conflict) for conflict in _conflicts(source)]
    is_done = any(finding.code == "mail_automatic" for finding in told)  # It says itself what may be done with it.
    ending = [*([] if is_done else [texts("cli.sync.try_again")]), texts("cli.sync.until_gone")]
    return [*(lines or [texts("cli.sync.empty_form")]), *ending]


def _conflict_line(session: Session, conflict: Conflict) -> str:
    """Say what a file and the register have otherwise, and what to do when the file is right."""
    definition, texts, lookups = session.definition, session.texts, session.lookups()
    told = {"file": conflict.file_value, "store": conflict.store_value}
    values = {
        name: texts.show(shown(definition, conflict.table, conflict.field, value, lookups))
        for name, value in told.items()
    }
    label = definition.tables[conflict.table].by_id[conflict.field].labels[texts.language]
    line = texts("cli.sync.conflict_store", number=conflict.key, label=label, **values)
    return f"{line} {texts('cli.sync.type_it')}"


def _settle_unread(session: Session, merged: Merged) -> None:
    """Read files after all: the store changed since, and they must show it."""
    read = merge_sources(session, merged.unread)
    write_back(session, read, held_of(session))
    merged.result.written_back += read.result.written_back
    merged.result.findings += [f for f in read.result.findings if f not in merged.result.findings]
