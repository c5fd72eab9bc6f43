"""Complaints received per month or week, by department and category: what a reader of the web page can look into."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from registerkit.analysis.cases import Case
from registerkit.analysis.counting import EMPTY
from registerkit.analysis.period import Period
from registerkit.analysis.trend import step_of
from registerkit.register import Register

__all__ = ["Crosstab", "crosstab"]

ROLES = ("department", "category")


@dataclass(frozen=True)
class Crosstab:
    """Counts by step and by the labels of both roles; labels in the order of the alphabet."""

    steps: tuple[Period, ...]
    labels: tuple[tuple[str, ...], tuple[str, ...]]
    counts: tuple[tuple[int, int, int, int], ...]
    """Place of the step, of the department, of the category, and how many; none of nought."""


def crosstab(register: Register, cases: Sequence[Case], steps: Sequence[Period]) -> Crosstab | None:
    """Count the complaints of the steps; None when the register has neither field, or nothing came in."""
    if not steps or not all(register.has(role) for role in ROLES):
        return None
    make, at = step_of(steps[0]), {step: n for n, step in enumerate(steps)}
    found: Counter[tuple[int, str, str]] = Counter()
    for case in cases:
        place = at.get(make(case.received_on))
        if place is not None:
            one, other = (case.complaint.label(role) or EMPTY for role in ROLES)
            found[place, one, other] += 1
    if not found:
        return None
    first = tuple(sorted({one for _, one, _ in found}, key=_order))
    second = tuple(sorted({other for _, _, other in found}, key=_order))
    counts = sorted((n, first.index(one), second.index(other), k) for (n, one, other), k in found.items())
    return Crosstab(tuple(steps), (first, second), tuple(counts))


def _order(label: str) -> tuple[bool, str]:
    return label == EMPTY, label.casefold()
