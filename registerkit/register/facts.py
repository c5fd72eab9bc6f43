"""What figures are counted from, for each complaint: all that follows from it whatever the day it is looked at.

What a complaint means is decided by `Complaint`, `Case` and `Handling`; this only writes down what they say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum

from registerkit.deadlines import Pause
from registerkit.deadlines.compute import counting_pauses
from registerkit.register.cases import Case
from registerkit.register.complaint import Complaint, has_terms
from registerkit.register.states import State, state_of

__all__ = ["CaseFacts", "Facts", "HandlingFacts", "Standing", "Wait", "a_year_back", "facts_of"]

_SIGNAL = 0
"""Stands for the present handling in waits that a signal heeds; handlings themselves are numbered from 1."""


class Standing(IntEnum):
    """Whether a complaint is in the totals."""

    COUNTS = 0
    SPECIAL = 1
    """Of special circumstances, such as a crisis."""
    APART = 2
    """It turned out to be none."""


@dataclass(frozen=True)
class CaseFacts:
    """One complaint. `received_on` is empty while nobody has said when it came in: then it is in no figure."""

    complaint: str
    received_on: date | None
    year_before: date | None
    """The day a year before it came in: who complained since then has come back."""
    standing: int
    acknowledge_by: date | None = None
    """The day to confirm receipt by; None where nothing was to be confirmed."""
    acknowledged_on: date | None = None
    late_after: date | None = None
    """The day after which its signal says that it is late, unless its term waits; None when it never does."""
    aftercare_by: date | None = None
    """The day of aftercare, when any is owed."""
    aftercare_on: date | None = None
    mark: int | None = None
    """What the complainant thought of it."""
    marked_on: date | None = None


@dataclass(frozen=True)
class HandlingFacts:
    """One handling of a complaint that has come in; `ended_on` is empty while it goes on."""

    complaint: str
    n: int
    standing: int
    started_on: date
    reason: str | None
    due_on: date | None
    answered_on: date | None
    ended_on: date | None = None
    days: int | None = None
    """Calendar days from its start to its end."""
    ending: str | None = None
    judgement: str | None = None
    in_time: bool | None = None
    extended: bool | None = None
    paused: bool | None = None
    cost: int | None = None
    """Cents; what it cost in this handling."""


@dataclass(frozen=True)
class Wait:
    """Days on which the term of a handling stands still; those of the present one's signal are of handling 0."""

    complaint: str
    n: int
    from_on: date
    until_on: date | None
    """None when nobody has said until when."""


@dataclass(frozen=True)
class Facts:
    """All that is counted of one complaint."""

    case: CaseFacts
    handlings: tuple[HandlingFacts, ...] = ()
    waits: tuple[Wait, ...] = ()


def facts_of(complaint: Complaint) -> Facts:
    """Return what is counted of a complaint; the day of its register makes no difference."""
    received, standing = complaint.received_on, _standing(complaint)
    if received is None:
        return Facts(CaseFacts(complaint.number, None, None, standing))
    case = Case(complaint, received)
    return Facts(_case(case, standing), tuple(_handlings(case, standing)), tuple(_waits(case)))


def a_year_back(on: date) -> date:
    """Return the day a year before; of 29 February the 28th."""
    last_of_february = (on.month, on.day) == (2, 29)
    return on.replace(year=max(on.year - 1, 1), day=28 if last_of_february else on.day)


def _standing(complaint: Complaint) -> int:
    standing = Standing.COUNTS if complaint.counts else Standing.SPECIAL
    return int(Standing.APART if complaint.state.is_apart else standing)


def _case(case: Case, standing: int) -> CaseFacts:
    complaint = case.complaint
    mark, aftercare_on = complaint.whole("satisfaction"), complaint.day("aftercare_on")
    return CaseFacts(
        complaint=case.number,
        received_on=case.received_on,
        year_before=a_year_back(case.received_on),
        standing=standing,
        acknowledge_by=_acknowledge_by(case),
        acknowledged_on=complaint.day("acknowledged_on"),
        late_after=_late_after(case),
        aftercare_by=complaint.day("aftercare_by") if complaint.has_aftercare else None,
        aftercare_on=aftercare_on,
        mark=mark,
        marked_on=None if mark is None else aftercare_on or complaint.day("closed_on"),
    )


def _acknowledge_by(case: Case) -> date | None:
    complaint = case.complaint
    if complaint.is_taken_over and complaint.day("acknowledged_on") is None:
        return None
    by = complaint.day("acknowledge_by")
    if len(case.phases) > 1 or by is None:
        # A reopening moved the day in the record; the one that counts here runs from the receipt.
        days = complaint.profile.acknowledge_working_days
        return complaint.rules.calendar.add_working_days(case.received_on, days)
    return by


def _handlings(case: Case, standing: int) -> Iterator[HandlingFacts]:
    ended = {handling.phase.n: handling for handling in case.handlings}
    for phase in case.phases:
        begun = (case.number, phase.n, standing, phase.started_on, phase.reason, phase.due_on, phase.answered_on)
        handling = ended.get(phase.n)
        if handling is None:
            yield HandlingFacts(*begun)
        else:
            yield HandlingFacts(
                *begun,
                ended_on=handling.closed_on,
                days=handling.days,
                ending=handling.ending,
                judgement=phase.judgement,
                in_time=handling.in_time,
                extended=handling.was_extended,
                paused=handling.was_paused,
                cost=handling.cost,
            )


# ------------------------------------------------------------------------------------------------------ being late
def _running(complaint: Complaint) -> State:
    """Return the state as it is while the term does not wait."""
    if complaint.state.code != "paused":  # Only then does a pause, and so the day, decide about the state.
        return complaint.state
    return state_of(replace(complaint.deciding, paused=False))


def _late_after(case: Case) -> date | None:
    """Return the day after which `Complaint.signal` says that the complaint is late, pauses left out."""
    complaint, due = case.complaint, case.complaint.due_on
    clock = _running(complaint).clock
    if due is None or clock in ("stopped", "paused"):
        return None
    answered = complaint.own_day("answered_on")
    if clock == "answered" and answered is not None:
        first = min(phase.started_on for phase in case.phases)
        return date.fromordinal(max(first.toordinal() - 1, 1)) if answered > due else None
    return due


def _waits(case: Case) -> Iterator[Wait]:
    complaint = case.complaint
    if not complaint.pauses:
        return
    for phase in case.phases:
        yield from _merged(case, phase.n, counting_pauses(complaint.pauses, complaint.profile, phase.started_on))
    heeds = has_terms(complaint.rules.definition) and state_of(replace(complaint.deciding, paused=True)).code
    if heeds == "paused" and complaint.started_on is not None:
        counting = counting_pauses(complaint.pauses, complaint.profile, complaint.started_on)
        yield from _merged(case, _SIGNAL, counting)


def _merged(case: Case, n: int, pauses: list[Pause]) -> Iterator[Wait]:
    """Return pauses with one for each first day."""
    until: dict[date, date | None] = {}
    for pause in pauses:
        known = until.get(pause.start, date.min)
        until[pause.start] = None if known is None or pause.until is None else max(known, pause.until)
    for start, end in until.items():
        yield Wait(case.number, n, start, end)
