"""The handlings of a complaint: the first, and one for every reopening; an ended one stays as it was."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from registerkit.register.states import CLOSED, ENDED

if TYPE_CHECKING:
    from registerkit.register.complaint import Complaint

__all__ = ["Phase", "closing_is_earlier", "phases_after"]


@dataclass(frozen=True)
class Phase:
    """One handling of a complaint; it is open until it has a `closed_on`."""

    complaint: str
    n: int
    started_on: date
    reason: str | None = None
    due_on: date | None = None
    answered_on: date | None = None
    """The day that counts for the term."""
    closed_on: date | None = None
    judgement: str | None = None
    ending: str | None = None
    """The state it ended in, with the ground behind a colon where there is one."""
    cost: int | None = None
    """Cents that the complaint had cost at the end of it, those of earlier phases included."""


def closing_is_earlier(complaint: Complaint, *, typed: bool) -> bool:
    """Tell whether a status that says closed is that of the phase before a reopening.

    On the very day of the closing only the phases tell: a reopening that is new there goes before it, and in one that
    is known the closing is a second one when somebody has filled in the status anew (`typed`).
    """
    reopened, closed = complaint.day("reopened_on"), complaint.day("closed_on")
    if reopened is None or closed is None or closed > reopened or complaint.text("status") not in (CLOSED, *ENDED):
        return False
    if closed < reopened:
        return True
    last, before = complaint.phases[-1:], complaint.phases[-2:-1]
    if not before or last[0].started_on != reopened:
        return True
    return not typed and last[0].closed_on is None and before[0].closed_on == closed


def phases_after(complaint: Complaint) -> tuple[Phase, ...]:
    """Return the phases of a complaint as its record now has them.

    A reopening later than the last phase's start begins a new phase, and what the record said of the closing
    stays with the phase before. A corrected day of reopening moves the phase it began, never to before the end of the
    one before; a removed one takes it back
    while that phase has not ended.
    """
    received, reopened = complaint.received_on, complaint.day("reopened_on")
    if received is None:
        return complaint.phases
    before = complaint.phases
    first = before[0] if before else Phase(complaint.number, 1, received)
    kept = [replace(first, started_on=received), *before[1:]]
    if reopened is None:
        kept = _without_reopening(kept, complaint)
    elif len(kept) > 1 and (kept[-1].closed_on is None or reopened < kept[-1].started_on):
        kept[-1] = replace(kept[-1], started_on=max(reopened, kept[-2].closed_on or kept[-2].started_on))
    elif reopened > kept[-1].started_on:
        kept[-1] = _ended(kept[-1], complaint, reopened)
        kept.append(Phase(complaint.number, kept[-1].n + 1, max(reopened, kept[-1].closed_on or reopened)))
    return (*kept[:-1], _current(kept[-1], complaint))


def _without_reopening(kept: list[Phase], complaint: Complaint) -> list[Phase]:
    kept = [phase for phase in kept if phase.n == 1 or phase.closed_on is not None]
    return kept[:1] if _closing_day(complaint) is None else kept


def _ended(phase: Phase, complaint: Complaint, reopened: date) -> Phase:
    """Return the phase before a reopening; one whose ending nobody saw ends as the record says, at the latest then."""
    if phase.closed_on is not None:
        return phase
    closed, answered = complaint.day("closed_on"), complaint.day("answered_on")
    if closed is None or closed > reopened:
        return replace(phase, closed_on=reopened)
    judgement = complaint.text("judgement")
    ending = "closed" if judgement else None
    cost = complaint.whole("cost")
    return replace(phase, closed_on=closed, answered_on=answered, judgement=judgement, ending=ending, cost=cost)


def _closing_day(complaint: Complaint) -> date | None:
    return None if complaint.state.is_open else complaint.own_day("closed_on") or complaint.answer_day


def _current(phase: Phase, complaint: Complaint) -> Phase:
    """Return the running phase with what the record says of it."""
    closed = _closing_day(complaint)
    closed = max(closed, phase.started_on) if closed and phase.n > 1 else closed
    return replace(
        phase,
        reason=complaint.text("reopen_reason") if phase.n > 1 else None,
        due_on=None if complaint.is_taken_over and complaint.answer_day is None else complaint.due_on,
        answered_on=complaint.answer_day,
        closed_on=closed,
        judgement=complaint.text("judgement") if closed else None,
        ending=_ending(complaint) if closed else None,
        cost=complaint.whole("cost") if closed else None,
    )


def _ending(complaint: Complaint) -> str:
    if complaint.state.code in ("settled_unsatisfied", "taken_over") and complaint.text("judgement"):
        return "closed"
    ground = complaint.text("ground") if complaint.state.code == "not_taken_up" else None
    return f"{complaint.state.code}:{ground}" if ground else complaint.state.code
