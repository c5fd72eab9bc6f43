"""The nonces of a store's changes: by them a file is known to show a state that this very store was in."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from registerkit.stamp import Stamp, kept_commits
from registerkit.store import schema
from registerkit.store.store import Store

__all__ = ["Anchor", "anchor_of", "stamp_of"]


@dataclass(frozen=True)
class Anchor:
    """Where a file stands in the store's own timeline."""

    base: int | None
    """The newest revision that file and store have in common; None when they have none."""
    is_own: bool = True
    """The file was last written by this store in this timeline; another has numbers that are unknown here."""
    is_early: bool = False
    """The file is of before there were nonces: which timeline it is of nobody can tell."""
    is_guess: bool = False
    """The file lost its stamp: the base is that of the file that lay there when it was last written."""


def anchor_of(store: Store, stamp: Stamp) -> Anchor:
    """Return where a file with this stamp stands."""
    if not stamp.commits:
        began = store.noted(schema.NONCES_SINCE, int) or 0
        return Anchor(stamp.revision, is_early=True) if stamp.revision <= began else Anchor(None, is_own=False)
    ours = _nonces(store, list(stamp.commits))
    common = max((n for n, nonce in stamp.commits.items() if ours.get(n) == nonce), default=None)
    return Anchor(common, is_own=common == max(stamp.commits))


def stamp_of(store: Store, workbook_id: str) -> Stamp:
    """Return the stamp of a file that is written now."""
    with store.reading():
        revision = store.revision()
        return Stamp(store.register_id(), workbook_id, revision, _nonces(store, kept_commits(revision)))


def _nonces(store: Store, revisions: list[int]) -> dict[int, str]:
    c = schema.commits.c
    with store.reading() as connection:
        rows = connection.execute(sa.select(c.revision, c.nonce).where(c.revision.in_(revisions)))
        return {int(revision): str(nonce) for revision, nonce in rows}
