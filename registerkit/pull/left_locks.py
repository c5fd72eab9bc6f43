"""Tells of locks that a program left beside a source: while they lie there the file is not brought up to date."""

from __future__ import annotations

from collections.abc import Iterator

from registerkit.findings import Finding, Location
from registerkit.pull.inbox import in_use
from registerkit.pull.sources import project_sources
from registerkit.session.session import Session
from registerkit.writeback import lock_of

__all__ = ["tell_left_locks"]


def tell_left_locks(session: Session) -> Iterator[Finding]:
    """Return a finding for each lock that was left over, with its owner, its day and what to do."""
    paths = [source.path for source in project_sources(session) if source.odbc is None]
    for path in dict.fromkeys([*paths, *in_use(session)]):
        lock = lock_of(path)
        if lock is not None and lock.is_left_over:
            told = {"owner": lock.owner or session.texts("lock.nobody"), "day": lock.since.date()}
            yield Finding(
                "lock_left_over", "error", Location(session.relative(path)), session.relative(lock.path), told
            )
