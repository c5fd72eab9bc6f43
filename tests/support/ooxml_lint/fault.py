"""What the linter finds: one fault, and the list that collects them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

__all__ = ["MOST", "Faults", "LintFault"]

MOST = 50
"""Faults of one code that are kept of one part: a wrong style in every cell is one fault, not a million."""


@dataclass(frozen=True, order=True)
class LintFault:
    """One thing that Excel would repair, refuse or lose; `place` is a cell, range, name or id within the part."""

    part: str
    place: str
    code: str
    detail: str


class Faults:
    """Collects faults, at most `MOST` of a code in a part."""

    def __init__(self) -> None:
        self.found: list[LintFault] = []
        self._counts: Counter[tuple[str, str]] = Counter()

    def add(self, code: str, part: str, place: str, detail: str) -> None:
        """Take in a fault; `code` is one of `codes.CODES`."""
        self._counts[part, code] += 1
        if self._counts[part, code] <= MOST:
            self.found.append(LintFault(part, place, code, detail))
