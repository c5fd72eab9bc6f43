"""How complaints of the same kind ended before, so that the same complaint gets the same answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cached_property
from itertools import chain, islice

from registerkit.register.complaint import Complaint

__all__ = ["Precedents"]

_WITHIN = timedelta(days=365)
"""So long an outcome stands as an example."""
_FAR_APART = 2
"""Amounts of which one is so many times the other are no longer the same."""


class Precedents:
    """The complaints that have an outcome, by what they were about."""

    MOST = 5
    """How many examples are shown."""

    def __init__(self, complaints: Iterable[Complaint]) -> None:
        self._complaints = complaints

    @cached_property
    def _by_kind(self) -> dict[tuple[str, str], list[Complaint]]:
        """Every complaint with a solution under its category and its subcategory, the newest first."""
        found: dict[tuple[str, str], list[Complaint]] = {}
        solved = (c for c in self._complaints if c.text("solution") is not None)
        for complaint in sorted(solved, key=lambda c: (_ended_on(c), c.number), reverse=True):
            for role in ("category", "subcategory"):
                if what := complaint.text(role):
                    found.setdefault((role, what), []).append(complaint)
        return found

    def solved_alike(self, complaint: Complaint, most: int = MOST) -> list[Complaint]:
        """Return others of its kind that were solved: those of its subcategory first, then the newest."""
        closer, kind = self._of(complaint, "subcategory"), complaint.text("subcategory")
        others = (c for c in self._of(complaint, "category") if kind is None or c.text("subcategory") != kind)
        return list(islice(chain(closer, others), most))

    def _of(self, complaint: Complaint, role: str) -> list[Complaint]:
        what = complaint.text(role)
        return [c for c in self._by_kind.get((role, what), ()) if c.number != complaint.number] if what else []

    def unlike(self, complaint: Complaint) -> list[Complaint]:
        """Return what speaks against an outcome: like complaints of a year, with none among them that ended so.

        Like are complaints of one subcategory with the same judgement and the same wish; in a register without
        subcategories nothing is alike enough to say so.
        """
        if complaint.text("solution") is None or complaint.text("judgement") is None:
            return []
        same = [c for c in self._of(complaint, "subcategory") if _is_like(c, complaint)]
        return [] if any(_ended_so(c, complaint) for c in same) else same


def _ended_on(complaint: Complaint) -> date:
    return complaint.day("answered_on") or complaint.day("solved_on") or complaint.received_on or date.min


def _is_like(other: Complaint, complaint: Complaint) -> bool:
    is_same = all(other.text(role) == complaint.text(role) for role in ("judgement", "remedy_sought"))
    return is_same and abs(_ended_on(complaint) - _ended_on(other)) <= _WITHIN


def _ended_so(other: Complaint, complaint: Complaint) -> bool:
    if other.text("solution") != complaint.text("solution"):
        return False
    low, high = sorted((other.whole("cost") or 0, complaint.whole("cost") or 0))
    return low == 0 or high < _FAR_APART * low
