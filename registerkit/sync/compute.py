"""Recounts what follows from the data of complaints: terms, priority, phases, and links both ways."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from registerkit.deadlines import (
    TermPolicy,
    WorkCalendar,
    complaint_terms,
    counted_values,
    has_terms,
    pauses_by_complaint,
    phases_after,
)
from registerkit.definition import Lookups
from registerkit.settings import Routing
from registerkit.sync.complete import route
from registerkit.sync.state import SYSTEM, RegisterState
from registerkit.texts import Texts

__all__ = ["Recount", "recompute"]

_CLOSED, _REOPENED = "afgehandeld", "heropend"
_COMPUTED = ("acknowledge_by", "due_on", "due_reason", "aftercare_by")


@dataclass(frozen=True)
class Recount:
    """What the computed fields depend on beside the records."""

    policy: TermPolicy
    calendar: WorkCalendar
    routing: tuple[Routing, ...]
    lookups: Lookups
    texts: Texts


def recompute(state: RegisterState, recount: Recount, numbers: Iterable[str]) -> None:
    """Bring the stored computed fields, phases and links of complaints up to date."""
    wanted = [number for number in numbers if state.record(state.definition.main_id, number) is not None]
    if state.definition.role("related_to"):
        for number in wanted:
            _link(state, number)
    if not has_terms(state.definition):
        return
    pauses = pauses_by_complaint(state.records.get("pauses", {}).values())
    for number in wanted:
        record = state.records[state.definition.main_id][number]
        terms = complaint_terms(record, pauses.get(number, ()), recount.policy, recount.calendar, recount.texts)
        for field_id in _COMPUTED:
            if terms is not None and state.definition.role(field_id):
                state.change(state.definition.main_id, number, field_id, getattr(terms, field_id), SYSTEM)
        _prioritise(state, recount, number)
        _phase(state, number)
        _count(state, number)


def _count(state: RegisterState, number: str) -> None:
    main = state.definition.main_id
    for role, value in counted_values(state.records[main][number]).items():
        if field := state.definition.role(role):
            state.change(main, number, field.id, value, SYSTEM)


def _prioritise(state: RegisterState, recount: Recount, number: str) -> None:
    field = state.definition.role("priority")
    if field is None:
        return
    named = route(recount.routing, "priority", state.records[state.definition.main_id][number]) or "normaal"
    state.change(state.definition.main_id, number, field.id, recount.lookups.code(field.choices or "", named), SYSTEM)


def _phase(state: RegisterState, number: str) -> None:
    before = state.phases.get(number, ())
    record = state.records[state.definition.main_id][number]
    typed = record.get("status") == _CLOSED and _is_typed(state, number, "status")
    is_reopened = len(before) > 1 and before[-1].closed_on is None
    after = phases_after(number, before, record, closed_again=typed and is_reopened)
    if after != before:
        state.phases[number] = after
        state.changed_phases.add(number)
    # On the very day that a complaint was closed its reopening is no later day: only the phases tell it.
    last = after[-1] if after else None
    if last and last.n > 1 and last.closed_on is None and record.get("status") == _CLOSED:
        state.change(state.definition.main_id, number, "status", _REOPENED, SYSTEM)
        if typed:
            state.reopened.add(number)


def _is_typed(state: RegisterState, number: str, field_id: str) -> bool:
    """Tell whether somebody filled in a field in this run, rather than the kit."""
    key = (state.definition.main_id, number)
    if created := state.created.get(key):
        return field_id not in created.own
    change = state.changed.get(key, {}).get(field_id)
    return change is not None and change[2] != SYSTEM


def _link(state: RegisterState, number: str) -> None:
    """Let the complaints a complaint names name it too; taken away on one side, the link goes on the other."""
    main = state.definition.main_id
    mine = _numbers(state, number)
    change = state.changed.get((main, number), {}).get("related_to")
    before = change[0] if change and isinstance(change[0], tuple) else ()
    for other in {*mine, *before}:
        if state.record(main, other) is None or other == number:
            continue
        theirs = set(_numbers(state, other))
        wanted = theirs | {number} if other in mine else theirs - {number}
        state.change(main, other, "related_to", tuple(sorted(wanted)) or None, SYSTEM)


def _numbers(state: RegisterState, number: str) -> tuple[str, ...]:
    value = state.records[state.definition.main_id][number].get("related_to")
    return value if isinstance(value, tuple) else ()
