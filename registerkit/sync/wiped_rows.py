"""Knows rows without a number that hold the text of an anonymised complaint: by a keyed hash, never by the text."""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

__all__ = ["WipedRows", "hashes_of"]

_TELLING = (
    ("received_on", "name", "description"),
    ("received_on", "name", "email"),
    ("received_on", "name", "phone"),
    ("received_on", "email", "description"),
)
"""Values that together are one complaint's: a row of which one cell was mended since is known by the others."""
_STORY = "description"
_WHOLE_STORY = 30
"""From so many letters on a story is nobody else's by chance."""
_LENGTH = 32


def hashes_of(secret: str, values: Mapping[str, object]) -> frozenset[str]:
    """Return what a row is known by; nothing of one that tells too little."""
    return frozenset(_keyed(secret, told) for told in _told(values))


def _told(values: Mapping[str, object]) -> Iterator[str]:
    plain = {name: _plain(values.get(name)) for name in {_STORY, *(name for names in _TELLING for name in names)}}
    if len(plain[_STORY]) >= _WHOLE_STORY:
        yield f"{_STORY}={plain[_STORY]}"
    for names in _TELLING:
        if all(plain[name] for name in names):
            yield "|".join(f"{name}={plain[name]}" for name in names)


def _plain(value: object) -> str:
    """Return a value without regard for capitals, blanks and signs."""
    text = value.isoformat() if isinstance(value, date) else str(value or "")
    return "".join(c for c in text.casefold() if c.isalnum())


def _keyed(secret: str, text: str) -> str:
    return hmac.new(secret.encode(), text.encode(), "sha256").hexdigest()[:_LENGTH]


@dataclass
class WipedRows:
    """The hashes of the rows that are known, and of those that were told of, by file."""

    secret: str = field(default="", repr=False)
    known: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()
    fresh: set[str] = field(default_factory=set)
    """What is told in this run for the first time."""

    def holds(self, values: Mapping[str, object]) -> bool:
        """Tell whether a row holds the text of an anonymised complaint."""
        return bool(self.known) and not self.known.isdisjoint(hashes_of(self.secret, values))

    def is_news(self, source: str, values: Mapping[str, object]) -> bool:
        """Tell whether nobody was told yet of this row in this file, and note that it is told now."""
        row = _keyed(self.secret, "|".join((source, *sorted(hashes_of(self.secret, values)))))
        if row in self.told or row in self.fresh:
            return False
        self.fresh.add(row)
        return True
