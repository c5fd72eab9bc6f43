"""What closings came to: how they were judged and solved, how fast, and what people thought of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from registerkit.analysis.counting import EMPTY, Counts, by_size, median, share
from registerkit.analysis.scope import ENDED, Ended, Scope
from registerkit.analysis.tally import how_many
from registerkit.register import FOUNDED, UNFOUNDED, Register
from registerkit.store.schema import handlings

__all__ = [
    "Outcomes",
    "Solution",
    "Speed",
    "Timing",
    "ending_label",
    "endings",
    "label_of",
    "outcomes",
    "speed_by",
    "timing",
]

_TERMS = (how_many(handlings.c.in_time.is_not(None)), how_many(handlings.c.in_time == sa.true()))
"""How many closings had a term, and how many were within it."""
_UNJUDGED = frozenset({None, "geen_oordeel"})


@dataclass(frozen=True)
class Speed:
    """How fast some closings were; `in_time` of the `due` that had a term, `median_days` in calendar days."""

    closed: int
    due: int
    in_time: int
    median_days: float

    @property
    def late(self) -> int:
        """How many were answered after their term."""
        return self.due - self.in_time


@dataclass(frozen=True)
class Timing:
    """How long closings took, and how many of them stayed within their term, moved or not."""

    bounds: tuple[int, ...]
    """The last day of each group but the last, which has none."""
    by_duration: tuple[int, ...]
    """Closings per group of calendar days: up to and including the first bound, then the second, and over the last."""
    extended: int
    """Closings that had a term, and whose term the handler had moved."""
    extended_in_time: int
    paused: int
    """Closings that had a term, and whose term had waited."""
    paused_in_time: int


@dataclass(frozen=True)
class Solution:
    """What one kind of solution did; `cost` in cents."""

    closed: int
    satisfaction_n: int
    satisfaction_mean: float | None
    cost: int


@dataclass(frozen=True)
class Outcomes:
    """Closings by judgement and solution. Shares are of those that were judged; a doubtful one is neither."""

    by_judgement: Counts
    judged: int
    founded: int
    unfounded: int
    founded_share: float | None
    unfounded_share: float | None
    by_solution: Mapping[str, Solution]
    """The most used first."""
    satisfied_share: float | None
    """Of those asked whether they were content."""
    satisfied_n: int


def outcomes(scope: Scope) -> Outcomes:
    """Count what the closings of a period came to."""
    register, content = scope.register, Counter[bool]()
    solved: dict[str, list[list[Any]]] = {}
    for code, satisfied, *sums in _solved(scope) if scope.endings else ():
        if satisfied is not None:
            content[bool(satisfied)] += sums[0]
        if label := register.label("solution", code):
            solved.setdefault(label, []).append(sums)
    judged = [each for each in scope.endings if each.judgement not in _UNJUDGED]
    founded = sum(each.n for each in judged if each.judgement in FOUNDED)
    unfounded = sum(each.n for each in judged if each.judgement in UNFOUNDED)
    told = {label: _solution(rows) for label, rows in solved.items()}
    n, asked = sum(each.n for each in judged), content.total()
    return Outcomes(
        by_judgement=_by_judgement(scope) if register.has("judgement") else {},
        judged=n,
        founded=founded,
        unfounded=unfounded,
        founded_share=share(founded, n),
        unfounded_share=share(unfounded, n),
        by_solution=dict(sorted(told.items(), key=lambda entry: (-entry[1].closed, entry[0].casefold()))),
        satisfied_share=share(content[True], asked),
        satisfied_n=asked,
    )


def _by_judgement(scope: Scope) -> Counts:
    """Count judgements; what was withdrawn, referred or settled is not judged, so that nothing is missing there."""
    labels: Counter[str] = Counter()
    for each in scope.endings:
        if each.ending == "closed" or each.ending.startswith("closed:"):
            labels[label_of(scope.register, "judgement", each.judgement) or EMPTY] += each.n
    return by_size(labels)


def _solved(scope: Scope) -> Iterator[tuple[Any, ...]]:
    """Return closings by solution and by whether people were content: how many, with a mark, the marks, the cost."""
    sums = _given(scope.tally.role("satisfaction"))
    return scope.groups(["solution", "customer_satisfied"], ENDED, facts=handlings, sums=sums)


@lru_cache(maxsize=8)
def _given(mark: sa.ColumnElement[Any]) -> tuple[sa.ColumnElement[Any], ...]:
    """Return how many marks there are, all of them together, and the cost."""
    return how_many(mark.is_not(None)), how_many(mark.is_not(None), mark), sa.func.sum(handlings.c.cost)


def _solution(rows: Sequence[Sequence[Any]]) -> Solution:
    n, marked, marks, cost = (sum(int(row[at] or 0) for row in rows) for at in range(4))
    return Solution(n, marked, marks / marked if marked else None, cost)


def speed_by(scope: Scope, role: str) -> dict[str, Speed]:
    """Return the speed of a period's closings by the label of a field, those with the most late answers first."""
    if not scope.register.has(role) or not scope.endings:
        return {}
    h, found = handlings.c, dict[str, _Days]()
    for code, days, n, due, in_time in scope.groups([role], ENDED, h.days, facts=handlings, sums=_TERMS):
        group = found.setdefault(scope.register.label(role, code) or EMPTY, _Days())
        group.days[days] += n
        group.due += int(due)
        group.in_time += int(in_time)
    speeds = {label: group.speed for label, group in found.items()}
    return dict(sorted(speeds.items(), key=lambda e: (e[0] == EMPTY, -e[1].late, -e[1].closed, e[0].casefold())))


@dataclass
class _Days:
    """The days that some closings took, and how many were in time."""

    days: Counter[int] = field(default_factory=Counter)
    due: int = 0
    in_time: int = 0

    @property
    def speed(self) -> Speed:
        return Speed(self.days.total(), self.due, self.in_time, median(self.days) or 0.0)


def timing(scope: Scope, bounds: Sequence[int]) -> Timing:
    """Group a period's closings by the days they took, and count those with an extension or a pause."""
    groups = [0] * (len(bounds) + 1)
    for each in scope.endings:
        groups[sum(each.days > bound for bound in bounds)] += each.n
    return Timing(
        bounds=tuple(bounds),
        by_duration=tuple(groups),
        extended=sum(each.extended for each in scope.endings),
        extended_in_time=sum(each.extended_in_time for each in scope.endings),
        paused=sum(each.paused for each in scope.endings),
        paused_in_time=sum(each.paused_in_time for each in scope.endings),
    )


def endings(register: Register, ended: Iterable[Ended]) -> Counts:
    """Count closings by how they ended: by judgement, and each way to end without one apart."""
    found: Counter[str] = Counter()
    for each in ended:
        found[_ending_of(register, each)] += each.n
    return by_size(found)


def _ending_of(register: Register, ended: Ended) -> str:
    code, _, detail = ended.ending.partition(":")
    if code == "closed":
        return label_of(register, "judgement", detail or ended.judgement or None) or EMPTY
    return ending_label(register, ended.ending)


def ending_label(register: Register, ending: str) -> str:
    """Return how a complaint ended without a judgement, with the ground where there is one."""
    code, _, detail = ending.partition(":")
    words = register.texts(f"analysis.ending.{code}")
    return f"{words}: {label_of(register, 'ground', detail)}" if detail else words


def label_of(register: Register, role: str, code: str | None) -> str | None:
    """Return the label of a code of a role's list."""
    field = register.definition.role(role)
    return register.lookups.label(field.choices or "", code) if field else code
