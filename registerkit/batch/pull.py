"""The whole of a sync, and checking without changing anything."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from registerkit.batch.merge_parts import Prefer, SourceFile, source_of
from registerkit.batch.merge_run import merge_sources
from registerkit.batch.merged import Merged
from registerkit.batch.results import CheckResult, SyncResult
from registerkit.batch.session import Session
from registerkit.batch.writeback_run import write_back
from registerkit.findings import Finding

__all__ = ["check_files", "merge", "project_sources", "settle", "sync"]


@dataclass(frozen=True)
class _Form:
    path: Path
    number: str | None
    findings: Sequence[Finding]


def sync(session: Session, files: Iterable[Path] = (), prefer: Prefer = None, *, dry_run: bool = False) -> SyncResult:
    """Pull files in, by default all the project's sources, and bring them up to date. A dry run writes nothing."""
    merged = merge(session, files, prefer, commit=not dry_run)
    merged.need_one()
    if not dry_run:
        settle(session, merged)
    return merged.result


def merge(session: Session, files: Iterable[Path] = (), prefer: Prefer = None, *, commit: bool = True) -> Merged:
    """Read and merge sources, and commit that; no file is written yet."""
    named = [_source_for(session, path) for path in files]
    return merge_sources(session, named or project_sources(session), prefer, commit=commit, remember=True)


def settle(session: Session, merged: Merged) -> None:
    """Write what follows into the files: workbooks are brought up to date, forms that were taken in are moved."""
    if merged.unread and session.store.revision != merged.revision:
        _settle_unread(session, merged)
        return
    write_back(session, merged)
    for source in merged.sources:
        if source.source.kind == "form":
            _move(session, _Form(source.source.path, source.form_key, source.plan.findings))


def _settle_unread(session: Session, merged: Merged) -> None:
    """Read files after all: the store changed since, and they must show it."""
    read = merge_sources(session, merged.unread)
    write_back(session, read)
    merged.result.written_back += read.result.written_back
    merged.result.findings += [f for f in read.result.findings if f not in merged.result.findings]


def project_sources(session: Session) -> list[SourceFile]:
    """Give the project's workbook, the filled forms in the inbox, and the sources of the settings."""
    settings = session.settings
    workbook = settings.paths.workbook
    found = [SourceFile(workbook)] if workbook.exists() or not settings.sources else []
    found += [SourceFile(path, "form") for path in _inbox(session)]
    return found + [source_of(session, s.path) for s in settings.sources]


def _inbox(session: Session) -> list[Path]:
    inbox = session.settings.paths.inbox
    if not inbox.is_dir():
        return []
    return sorted(p for p in inbox.glob("*.xlsx") if not p.name.startswith(("~$", ".")))


def _source_for(session: Session, path: Path) -> SourceFile:
    """Give a named file as the kind of source it is in this project."""
    for known in project_sources(session):
        if known.path.resolve() == path.resolve():
            return known
    return SourceFile(path)


def check_files(session: Session, files: Iterable[Path]) -> CheckResult:
    """Check files as a sync would, one by one; changes nothing."""
    paths = tuple(files)
    merged = merge_sources(session, [_source_for(session, path) for path in paths], commit=False)
    merged.need_one()
    rows = sum(source.rows for source in merged.result.sources)
    return CheckResult(len(paths), rows, tuple(merged.result.findings), paths)


def _move(session: Session, form: _Form) -> None:
    """Move a form out of the inbox: to done under its number, or to failed with the reasons beside it."""
    paths, texts = session.settings.paths, session.texts
    folder = paths.done if form.number else paths.failed
    folder.mkdir(parents=True, exist_ok=True)
    stem = f"{form.number} {form.path.stem}" if form.number else form.path.stem
    target = _free(folder / f"{stem}{form.path.suffix}")
    if not form.number:
        lines = [f"{f.place(texts)}: {f.message(texts)} {f.fix(texts)}" for f in form.findings]
        target.with_suffix(".txt").write_text("\r\n".join(lines) + "\r\n", encoding="utf-8-sig")
    shutil.move(form.path, target)


def _free(path: Path) -> Path:
    """Give the path, or one with a number behind it when it is taken."""
    n, free = 1, path
    while free.exists():
        n += 1
        free = path.with_stem(f"{path.stem} ({n})")
    return free
