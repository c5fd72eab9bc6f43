"""Puts files in their place that were made ready with a change of the store; every run begins with it."""

from __future__ import annotations

import uuid
from pathlib import Path

from registerkit.files import system_error
from registerkit.session.session import Session
from registerkit.store.outbox import OutboxEntry, finish_entry, open_entries

__all__ = ["finish_outbox", "stage"]

_STAGING = ".staging"
_HALF = ".registerkit-*.tmp"
"""What files are called while they are written."""


def stage(session: Session, target: Path, data: bytes) -> dict[str, str]:
    """Write a file beside its place under a passing name; gives the payload that the outbox keeps for it."""
    folder = session.settings.paths.output / _STAGING
    folder.mkdir(parents=True, exist_ok=True)
    staged = folder / f"{uuid.uuid4().hex}{target.suffix}"
    try:
        staged.write_bytes(data)
    except OSError as error:  # A full disk wants every byte back, and says of no file that it was about that.
        staged.unlink(missing_ok=True)
        error.filename = str(target)
        raise system_error(error, target) from error
    return {"staged": session.relative(staged)}


def finish_outbox(session: Session) -> list[Path]:
    """Finish what the outbox still holds; gives the files that came into place."""
    done = []
    entries = open_entries(session.store)
    for entry in entries:
        target = session.settings.paths.root / entry.target
        _place(session, entry, target)
        done.append(target)
    if entries:
        with session.store.transaction("registerkit", session.stamp_time, bookkeeping=True) as transaction:
            for entry in entries:
                finish_entry(transaction, entry.id)
    _clean(session)
    return done


def _place(session: Session, entry: OutboxEntry, target: Path) -> None:
    """Move a staged file to its place; a file that is there already was placed by a run that broke off after it."""
    staged = session.settings.paths.root / str(entry.payload["staged"])
    if staged.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        staged.replace(target)


def _clean(session: Session) -> None:
    """Take away what a run left that broke off: staged files, and half-written ones beside their targets."""
    paths = session.settings.paths
    folder = paths.output / _STAGING
    if folder.is_dir():
        for left in folder.iterdir():
            left.unlink(missing_ok=True)
        folder.rmdir()
    beside = {paths.root, paths.letters, *(source.path.parent for source in session.settings.sources)}
    half = [left for where in beside for left in where.glob(_HALF)]
    for left in (*half, *paths.output.rglob(_HALF), *paths.archive.rglob("*.tmp")):
        left.unlink(missing_ok=True)
