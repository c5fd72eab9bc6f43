"""What closings came to: how they were judged and solved, how fast, and what people thought of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from registerkit.analysis.cases import Handling
from registerkit.analysis.counting import EMPTY, Counts, by_size, share
from registerkit.register import Register

__all__ = ["Outcomes", "Solution", "Speed", "Timing", "endings", "label_of", "outcomes", "speed_by", "timing"]

_FOUNDED = frozenset({"gegrond", "deels"})
_UNFOUNDED = frozenset({"ongegrond", "te_kwader_trouw"})
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


def outcomes(register: Register, handlings: Sequence[Handling]) -> Outcomes:
    """Count what the closings came to."""
    codes = [h.phase.judgement for h in handlings]
    judged = [code for code in codes if code not in _UNJUDGED]
    founded, unfounded = sum(c in _FOUNDED for c in judged), sum(c in _UNFOUNDED for c in judged)
    content = [v for h in handlings if (v := h.case.complaint.flag("customer_satisfied")) is not None]
    # What was withdrawn, referred or settled is not judged, so that nothing is missing there.
    due = [h.phase.judgement for h in handlings if h.ending.startswith("closed:")]
    labels = Counter(label_of(register, "judgement", code) or EMPTY for code in due)
    return Outcomes(
        by_judgement=by_size(labels) if register.has("judgement") else {},
        judged=len(judged),
        founded=founded,
        unfounded=unfounded,
        founded_share=share(founded, len(judged)),
        unfounded_share=share(unfounded, len(judged)),
        by_solution=_by_solution(handlings),
        satisfied_share=share(sum(content), len(content)),
        satisfied_n=len(content),
    )


def speed_by(register: Register, role: str, handlings: Iterable[Handling]) -> dict[str, Speed]:
    """Return the speed of the closings by the label of a field, those with the most late answers first."""
    if not register.has(role):
        return {}
    groups: dict[str, list[Handling]] = {}
    for handling in handlings:
        groups.setdefault(handling.case.complaint.label(role) or EMPTY, []).append(handling)
    speeds = {label: _speed(group) for label, group in groups.items()}
    return dict(sorted(speeds.items(), key=lambda e: (e[0] == EMPTY, -e[1].late, -e[1].closed, e[0].casefold())))


def _speed(handlings: Sequence[Handling]) -> Speed:
    due = [h.in_time for h in handlings if h.in_time is not None]
    return Speed(len(handlings), len(due), sum(due), float(median(h.days for h in handlings)))


def timing(handlings: Sequence[Handling], bounds: Sequence[int]) -> Timing:
    """Group closings by the days they took, and count those with an extension or a pause."""
    groups = [0] * (len(bounds) + 1)
    for handling in handlings:
        groups[sum(handling.days > bound for bound in bounds)] += 1
    due = [h for h in handlings if h.in_time is not None]
    extended, paused = [h for h in due if h.was_extended], [h for h in due if h.was_paused]
    return Timing(
        bounds=tuple(bounds),
        by_duration=tuple(groups),
        extended=len(extended),
        extended_in_time=sum(h.in_time is True for h in extended),
        paused=len(paused),
        paused_in_time=sum(h.in_time is True for h in paused),
    )


def _by_solution(handlings: Iterable[Handling]) -> dict[str, Solution]:
    groups: dict[str, list[Handling]] = {}
    for handling in handlings:
        label = handling.case.complaint.label("solution")
        if label:
            groups.setdefault(label, []).append(handling)
    found = {label: _solution(group) for label, group in groups.items()}
    return dict(sorted(found.items(), key=lambda entry: (-entry[1].closed, entry[0].casefold())))


def _solution(handlings: Sequence[Handling]) -> Solution:
    marks = [m for h in handlings if (m := h.case.complaint.whole("satisfaction")) is not None]
    return Solution(len(handlings), len(marks), fmean(marks) if marks else None, sum(h.cost for h in handlings))


def endings(register: Register, handlings: Iterable[Handling]) -> Counts:
    """Count closings by how they ended: by judgement, and each way to end without one apart."""
    return by_size(Counter(_ending_label(register, handling.ending) for handling in handlings))


def _ending_label(register: Register, ending: str) -> str:
    code, _, detail = ending.partition(":")
    if code == "closed":
        return label_of(register, "judgement", detail or None) or EMPTY
    words = register.texts(f"analysis.ending.{code}")
    return f"{words}: {label_of(register, 'ground', detail)}" if detail else words


def label_of(register: Register, role: str, code: str | None) -> str | None:
    """Return the label of a code of a role's list."""
    field = register.definition.role(role)
    return register.lookups.label(field.choices or "", code) if field else code
