"""The complaints of a register as figures count them: by the handlings that began and ended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from registerkit.deadlines.compute import counting_pauses
from registerkit.register.complaint import Complaint
from registerkit.register.phases import Phase, phases_after
from registerkit.register.states import STATES

__all__ = ["Case", "Handling"]

_NO_TERM = frozenset(state.code for state in STATES if not state.owes_answer)
"""Endings that no answer was owed for, so that they are neither in time nor late."""


@dataclass(frozen=True)
class Handling:
    """One handling of a complaint that was brought to an end; a reopened complaint has several."""

    case: Case
    phase: Phase
    closed_on: date
    cost: int
    """Cents; what it cost in this handling."""

    @property
    def ending(self) -> str:
        """The state it ended in, with the ground behind a colon where there is one."""
        return self.phase.ending or "closed"

    @property
    def in_time(self) -> bool | None:
        """Whether it was answered by the day it was due; None where there was no such day, or nothing to answer."""
        if self.phase.due_on is None or self.ending in _NO_TERM:
            return None
        return (self.phase.answered_on or self.closed_on) <= self.phase.due_on

    @property
    def was_extended(self) -> bool:
        """Whether its handler gave the complainant a later day for the answer during this handling."""
        moved = self.case.complaint.day("extended_on")
        return moved is not None and self.phase.started_on <= moved <= self.closed_on

    @property
    def was_paused(self) -> bool:
        """Whether its term waited during this handling."""
        complaint, begun = self.case.complaint, self.phase.started_on
        pauses = counting_pauses(complaint.pauses, complaint.profile, begun)
        return any(pause.start <= self.closed_on and (pause.until or pause.start) >= begun for pause in pauses)

    @property
    def days(self) -> int:
        """Calendar days from the start of this handling to its end."""
        return (self.closed_on - self.phase.started_on).days


@dataclass(frozen=True)
class Case:
    """One complaint with its handlings."""

    complaint: Complaint
    received_on: date

    @property
    def number(self) -> str:
        """The complaint's number."""
        return self.complaint.number

    @cached_property
    def phases(self) -> tuple[Phase, ...]:
        """The handlings, the last one open or not."""
        return self.complaint.phases or phases_after(self.complaint)

    @property  # Not kept, for each handling refers to its case: those would go round in a circle.
    def handlings(self) -> tuple[Handling, ...]:
        """The handlings that ended, in order."""
        return tuple(self._ended())

    def _ended(self) -> Iterator[Handling]:
        before = 0
        for n, phase in enumerate(self.phases):
            closed_on = self._end(n)
            if closed_on is not None:
                total = before if phase.cost is None else phase.cost
                yield Handling(self, phase, closed_on, total - before)
                before = total

    def _end(self, n: int) -> date | None:
        """Return the day on which a handling ended.

        One that was reopened without an ending ended then; one that ended while nobody has said when counts from its
        start, so that it stays in one period until the day is filled in.
        """
        phase, following = self.phases[n], self.phases[n + 1 : n + 2]
        closed = phase.closed_on
        if following:
            closed = min(closed or following[0].started_on, following[0].started_on)
        elif closed is None and not self.complaint.state.is_open:
            closed = phase.answered_on or phase.started_on
        return None if closed is None else max(closed, phase.started_on)

    def open_phase(self, on: date) -> Phase | None:
        """Return the handling that was going on at the end of a day, None when the complaint was not open then."""
        begun = [n for n, phase in enumerate(self.phases) if phase.started_on <= on]
        if not begun:
            return None
        closed = self._end(begun[-1])
        return None if closed is not None and closed <= on else self.phases[begun[-1]]
