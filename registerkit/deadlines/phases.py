"""The handlings of a complaint: the first, and one for every reopening; an ended one stays as it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from registerkit.definition import Value

__all__ = ["Phase", "phases_after"]


@dataclass(frozen=True)
class Phase:
    """One handling of a complaint."""

    complaint: str
    n: int
    started_on: date
    reason: str | None = None
    due_on: date | None = None
    answered_on: date | None = None
    closed_on: date | None = None
    judgement: str | None = None


def phases_after(
    number: str, phases: Sequence[Phase], record: Mapping[str, Value], *, closed_again: bool = False
) -> tuple[Phase, ...]:
    """Give the phases of a complaint as its record now has them.

    A reopening later than the last phase's start begins a new phase, and what the record said of the closing
    stays with the phase before. A corrected day of reopening moves the phase it began; a removed one takes it back
    while that phase has not ended. On the very day of a reopening an answer or a closing is the new phase's, unless
    it is the one that the phase before ended with; `closed_again` says that both ended on that day.
    """
    received, reopened = _day(record, "received_on"), _day(record, "reopened_on")
    if received is None:
        return tuple(phases)
    first = phases[0] if phases else Phase(number, 1, received)
    kept = [replace(first, started_on=received), *phases[1:]]
    if reopened is None:
        kept = [phase for phase in kept if phase.n == 1 or phase.closed_on is not None]
        while len(kept) > 1 and _current(kept, record).closed_on is None:
            kept.pop()
    elif len(kept) > 1 and (kept[-1].closed_on is None or reopened < kept[-1].started_on):
        kept[-1] = replace(kept[-1], started_on=reopened)
    elif reopened > kept[-1].started_on:
        kept[-1] = _ended(kept[-1], record, reopened)
        kept.append(Phase(number, kept[-1].n + 1, reopened))
    return (*kept[:-1], _current(kept, record, closed_again))


def _ended(phase: Phase, record: Mapping[str, Value], reopened: date) -> Phase:
    """Give the phase before a reopening; an unseen closing is taken from the record when it came before."""
    closed, answered = _day(record, "closed_on"), _day(record, "answered_on")
    if phase.closed_on is not None or closed is None or closed > reopened:
        return phase
    return replace(phase, closed_on=closed, answered_on=answered, judgement=_text(record, "judgement"))


def _current(phases: Sequence[Phase], record: Mapping[str, Value], closed_again: bool = False) -> Phase:
    """Give the running phase with what the record says of it; dates from before its start are not its own."""
    phase, before = phases[-1], phases[-2] if len(phases) > 1 else None
    answered, closed = _day(record, "answered_on"), _day(record, "closed_on")
    if before is not None:
        known = closed_again or phase.closed_on == phase.started_on
        closed = _own(closed, phase.started_on, None if known else before.closed_on)
        # An answer of that day goes with a closing of that day.
        known = known or closed == phase.started_on
        answered = _own(answered, phase.started_on, None if known else before.answered_on)
    return replace(
        phase,
        reason=_text(record, "reopen_reason") if before else None,
        due_on=_day(record, "due_on"),
        answered_on=answered,
        closed_on=closed,
        judgement=_text(record, "judgement") if closed else None,
    )


def _own(day: date | None, started_on: date, before: date | None) -> date | None:
    """Give the day when it belongs to a phase: after its start, or on it and not what the phase before had."""
    return day if day and (day > started_on or (day == started_on and day != before)) else None


def _day(record: Mapping[str, Value], field_id: str) -> date | None:
    value = record.get(field_id)
    return value if isinstance(value, date) else None


def _text(record: Mapping[str, Value], field_id: str) -> str | None:
    value = record.get(field_id)
    return value if isinstance(value, str) else None
