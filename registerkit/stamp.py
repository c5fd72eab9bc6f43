"""What a file says of the register that it belongs to: which one, how far it was written back, and in which timeline.

A register that was copied, or put back from a copy, goes on in two timelines that count their changes alike. Every
change of a store therefore has a nonce beside its number: the newest that file and store have in common is where they
parted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["Stamp", "kept_commits"]

_LATEST = 200
"""So many of the latest changes a file names all; of those before, ever fewer."""
_LONGEST = 250
"""A property of a workbook is cut by some programs beyond 255 characters."""
_COMMITS = "commits"


@dataclass(frozen=True)
class Stamp:
    """What says in a file which register it belongs to, and how far it was written back.

    `commits` has the nonces of the store's latest changes by revision; files of earlier versions have none.
    """

    register_id: str
    workbook_id: str
    revision: int
    commits: Mapping[int, str] = field(default_factory=dict)

    @property
    def nonce(self) -> str | None:
        """The nonce of the revision that the file was written at."""
        return self.commits.get(self.revision)

    def properties(self) -> dict[str, str]:
        """Return the stamp as short texts by name."""
        named = {"register": self.register_id, "workbook": self.workbook_id}
        return named | self.moving()

    def moving(self) -> dict[str, str]:
        """Return that part of the properties that every write-back renews."""
        text = _as_text(self.commits)
        parts = [text[at : at + _LONGEST] for at in range(0, len(text), _LONGEST)]
        return {"revision": str(self.revision)} | {f"{_COMMITS}.{n}": part for n, part in enumerate(parts, 1)}

    @classmethod
    def of(cls, properties: Mapping[str, str]) -> Stamp | None:
        """Return the stamp that properties hold, None when they hold none."""
        register, workbook = properties.get("register"), properties.get("workbook")
        number = re.fullmatch(r"([0-9]{1,9})(?:\.0+)?", properties.get("revision", ""))
        if not (register and workbook and number):
            return None
        parts = (properties.get(f"{_COMMITS}.{n}", "") for n in range(1, len(properties) + 1))
        return cls(register, workbook, int(number[1]), _from_text("".join(parts)))


def kept_commits(revision: int) -> list[int]:
    """Return the revisions up to this one that a file names, the newest first."""
    kept = list(range(revision, max(revision - _LATEST, -1), -1))
    back, step = _LATEST, _LATEST // 8
    while back <= revision:
        kept += range(revision - back, max(revision - 2 * back, -1), -step)
        back, step = 2 * back, 2 * step
    return [*kept, 0] if kept[-1] else kept


def _as_text(commits: Mapping[int, str]) -> str:
    """Return nonces with their revisions, the newest first; a revision that is one less than the last is left out."""
    told, last = [], None
    for revision in sorted(commits, reverse=True):
        told.append(commits[revision] if last == revision + 1 else f"{revision}:{commits[revision]}")
        last = revision
    return " ".join(told)


def _from_text(text: str) -> dict[int, str]:
    found: dict[int, str] = {}
    revision: int | None = None
    for word in text.split():
        number, _, nonce = word.rpartition(":")
        if number and not number.isdecimal():
            continue
        revision = int(number) if number else None if revision is None else revision - 1
        if revision is not None:
            found[revision] = nonce
    return found
