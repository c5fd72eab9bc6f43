"""Keeps a copy of the store when asked, and tells which copies there are."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from registerkit.files import project_name
from registerkit.session.copies import keep_copy
from registerkit.session.session import Session
from registerkit.store.copies import Copy, look_at

__all__ = ["copies_json", "make_backup"]


def make_backup(session: Session) -> Copy:
    """Keep the store as it is now in the archive; gives what was kept."""
    return look_at(keep_copy(session), session.definition.main_id)


def copies_json(root: Path, copies: Iterable[Copy]) -> list[dict[str, Any]]:
    """Return copies as a document shows them."""
    return [
        {
            "file": project_name(copy.file, root),
            "at": copy.at.isoformat() if copy.at else None,
            "complaints": copy.complaints,
            "changed_at": copy.changed_at,
            "readable": copy.is_whole,
        }
        for copy in copies
    ]
