"""Checks files without changing anything."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from registerkit.pull.merge import merge_sources
from registerkit.pull.results import CheckResult
from registerkit.pull.sources import named_source
from registerkit.session.gc_pause import gc_pause
from registerkit.session.session import Session

__all__ = ["check_files"]


def check_files(session: Session, files: Iterable[Path]) -> CheckResult:
    """Check files as a sync would, one by one; changes nothing."""
    with gc_pause():
        merged = merge_sources(session, [named_source(session, path) for path in files], commit=False)
    merged.need_one()
    rows = sum(source.rows for source in merged.result.sources)
    return CheckResult(tuple(merged.result.sources), rows, tuple(merged.result.findings))
