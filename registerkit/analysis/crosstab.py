"""Complaints received per month or week, by department and category: what a reader of the web page can look into."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from registerkit.analysis.counting import EMPTY
from registerkit.analysis.period import Period
from registerkit.analysis.tally import Tally

__all__ = ["Crosstab", "crosstab"]

ROLES = ("department", "category")


@dataclass(frozen=True)
class Crosstab:
    """Counts by step and by the labels of both roles; labels in the order of the alphabet."""

    steps: tuple[Period, ...]
    labels: tuple[tuple[str, ...], tuple[str, ...]]
    counts: tuple[tuple[int, int, int, int], ...]
    """Place of the step, of the department, of the category, and how many; none of nought."""


def crosstab(tally: Tally, steps: Sequence[Period]) -> Crosstab | None:
    """Count the complaints of the steps; None when the register has neither field, or nothing came in."""
    register = tally.register
    if not steps or not all(register.has(role) for role in ROLES):
        return None
    found: Counter[tuple[int, str, str]] = Counter()
    for place, *codes, n in tally.by_step(ROLES, steps):
        one, other = (register.label(role, code) or EMPTY for role, code in zip(ROLES, codes, strict=True))
        found[place, one, other] += n
    if not found:
        return None
    first = tuple(sorted({one for _, one, _ in found}, key=_order))
    second = tuple(sorted({other for _, _, other in found}, key=_order))
    counts = sorted((n, first.index(one), second.index(other), k) for (n, one, other), k in found.items())
    return Crosstab(tuple(steps), (first, second), tuple(counts))


def _order(label: str) -> tuple[bool, str]:
    return label == EMPTY, label.casefold()
