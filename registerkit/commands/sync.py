"""Syncs a project with its sources: pulls in what they say, and brings the files up to date."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from registerkit.errors import LockedFileError
from registerkit.files import named_from
from registerkit.findings import Finding, Location
from registerkit.pull.copies import tell_copies
from registerkit.pull.inbox import in_use, links, put_away
from registerkit.pull.left_locks import tell_left_locks
from registerkit.pull.merge import merge_sources
from registerkit.pull.merged import Merged, MergedSource
from registerkit.pull.results import SyncResult
from registerkit.pull.sources import named_source, project_sources
from registerkit.push.write_back import write_back
from registerkit.session.gc_pause import gc_pause
from registerkit.session.merge_parts import Prefer
from registerkit.session.session import Session
from registerkit.texts import Texts

__all__ = ["merge", "settle", "sync"]


def sync(session: Session, files: Iterable[Path] = (), prefer: Prefer = None, *, dry_run: bool = False) -> SyncResult:
    """Pull files in, by default all the project's sources, and bring them up to date. A dry run writes nothing."""
    with gc_pause():
        merged = merge(session, files, prefer, commit=not dry_run)
        merged.need_one()
        if not dry_run:
            settle(session, merged)
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
    return [*left, *waiting, *_links(session), *tell_copies(session, remember=remember)]


def settle(session: Session, merged: Merged) -> None:
    """Write what follows into the files: workbooks are brought up to date, forms that were taken in are moved."""
    if merged.unread and session.store.revision() != merged.revision:
        _settle_unread(session, merged)
        return
    write_back(session, merged)
    _empty_inbox(session, merged)


def _empty_inbox(session: Session, merged: Merged) -> None:
    """Move every form that was read out of the inbox, and every file that is none; one that is in use waits."""
    texts, root = session.texts, session.settings.paths.root
    read = [(source.source, source.form_key, _reasons(source, texts), _is_taken(source)) for source in merged.sources]
    unusable = [
        (source, None, [named_from(error, root).full_message(texts), texts("cli.sync.try_again")], False)
        for source, error in merged.failures
        if not isinstance(error, LockedFileError)
    ]
    for link, finding in zip(links(session), _links(session), strict=True):
        target = put_away(session, link, None, [finding.full_message(texts)], taken=False)
        if target is not None:
            beside = f"{session.relative(target.parent)}/{target.name}"  # The link's own name, not what it points to.
            merged.result.moved.append((finding.location.file or "", beside))
    for source, number, reasons, taken in [*read, *unusable]:
        if source.kind == "form" and source.path.exists():
            target = put_away(session, source.path, number, reasons, taken=taken)
            if target is not None:
                merged.result.moved.append((session.relative(source.path), session.relative(target)))


def _links(session: Session) -> list[Finding]:
    """Return what is told of links in the inbox; a link is named itself, not what it points to."""
    inbox = session.relative(session.settings.paths.inbox)
    return [Finding("inbox_link", "warning", Location(file=f"{inbox}/{path.name}")) for path in links(session)]


def _is_taken(source: MergedSource) -> bool:
    """Tell whether everything in a file of the inbox was registered, be it without a cell that could not be used."""
    known = any(finding.code == "list_taken_before" for finding in source.plan.findings)
    return known or bool(source.form_key or (source.plan.rows and not source.plan.refused))


def _reasons(source: MergedSource, texts: Texts) -> list[str]:
    """Say what of a file could not be registered; nothing when all of it could."""
    taken = _is_taken(source)
    told = [f for f in source.plan.findings if f.severity != "info" or not taken]
    lines = [f"{f.place(texts)}: {f.full_message(texts)}" for f in told]
    return lines if taken else [*(lines or [texts("cli.sync.empty_form")]), texts("cli.sync.try_again")]


def _settle_unread(session: Session, merged: Merged) -> None:
    """Read files after all: the store changed since, and they must show it."""
    read = merge_sources(session, merged.unread)
    write_back(session, read)
    merged.result.written_back += read.result.written_back
    merged.result.findings += [f for f in read.result.findings if f not in merged.result.findings]
