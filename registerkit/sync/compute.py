"""Recounts what follows from the data of complaints: terms, closing days, priority, phases, and links both ways."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from registerkit.definition import Value
from registerkit.register import (
    ENDED,
    NOTICES,
    REOPENED,
    Complaint,
    Rules,
    closing_is_earlier,
    counted_values,
    has_terms,
    phases_after,
)
from registerkit.settings import Routing
from registerkit.sync.complaints import Complaints
from registerkit.sync.complete import route
from registerkit.sync.state import SYSTEM, RegisterState

__all__ = ["EndedOn", "Recount", "recompute"]

_TERMS = ("acknowledge_by", "due_on", "due_reason", "aftercare_by")
_DECIDE_TERMS = frozenset(
    {"received_on", "reopened_on", "extended_on", "extended_weeks", "consent_until", "consent_on", "committee",
     "category", "severity", "answered_on"}
)  # fmt: skip
"""What the terms of a complaint follow from beside its pauses and the office's settings."""

EndedOn = Callable[[str, str], date | None]
"""Gives the day since when a complaint (number) has had a status, as the history tells it."""


@dataclass(frozen=True)
class Recount:
    """What the computed fields depend on beside the records."""

    rules: Rules
    routing: tuple[Routing, ...]
    ended_on: EndedOn = lambda *_: None


def recompute(state: RegisterState, recount: Recount, numbers: Iterable[str]) -> None:
    """Bring the stored computed fields, phases and links of complaints up to date."""
    wanted = [number for number in numbers if state.record(state.definition.main_id, number) is not None]
    if state.definition.role("related_to"):
        for number in wanted:
            _link(state, number)
    if has_terms(state.definition):
        counting = _Counting(state, recount)
        for number in wanted:
            counting.bring_up_to_date(number)


class _Counting:
    """Counts the complaints of one working copy."""

    def __init__(self, state: RegisterState, recount: Recount) -> None:
        self.state = state
        self.recount = recount
        self.main = state.definition.main_id
        self.complaints = Complaints(state, recount.rules)

    @cached_property
    def _paused_now(self) -> set[str]:
        """The complaints whose pauses changed in this run."""
        touched = {key for table, key in (*self.state.changed, *self.state.created) if table == "pauses"}
        rows = self.state.records.get("pauses", {})
        return {str(rows[key].get("complaint")) for key in touched}

    def bring_up_to_date(self, number: str) -> None:
        """Recount one complaint."""
        self._reopen(number)
        self._count_terms(number)
        self._close(number)
        self._prioritise(number)
        phases = phases_after(self.complaints[number])
        if phases != self.state.phases.get(number, ()):
            self.state.phases[number] = phases
            self.state.changed_phases.add(number)
        for role, value in counted_values(self.complaints[number]).items():
            self._set(number, role, value)

    def _set(self, number: str, role: str, value: Value) -> None:
        if self.state.definition.role(role):
            self.state.change(self.main, number, role, value, SYSTEM)

    def _reopen(self, number: str) -> None:
        """Let the status follow a reopening; only the phases tell one on the very day of the closing."""
        typed = _is_typed(self.state, number, "status")
        if closing_is_earlier(self.complaints[number], typed=typed):
            self._set(number, "status", REOPENED)
            if typed:
                self.state.reopened.add(number)

    def _count_terms(self, number: str) -> None:
        """Count the terms; what was closed before keeps its days, whatever became of settings and holidays."""
        complaint = self.complaints[number]
        terms = complaint.terms
        if terms is None or self._keeps_terms(complaint):
            return
        for role in _TERMS:
            self._set(number, role, getattr(terms, role))

    def _keeps_terms(self, complaint: Complaint) -> bool:
        if complaint.state.is_open or complaint.phase.closed_on is None or complaint.day("due_on") is None:
            return False
        if complaint.phase.started_on != complaint.started_on or complaint.number in self._paused_now:
            return False
        return not _DECIDE_TERMS & self.state.changed.get((self.main, complaint.number), {}).keys()

    def _close(self, number: str) -> None:
        """Give a complaint that ended without an answer its closing day: the one on which that was seen, and told."""
        complaint = self.complaints[number]
        if complaint.is_taken_over:
            self._close_as_before(complaint)
            return
        status, started = complaint.text("status"), complaint.started_on
        if complaint.state.is_open or status not in ENDED or complaint.own_day("closed_on") or started is None:
            return
        typed = self.state.changed.get((self.main, number), {}).get("status")
        seen = None if typed or (self.main, number) in self.state.created else self.recount.ended_on(number, status)
        told = complaint.given_on(*NOTICES.values()) or complaint.own_day("answered_on")
        day = max(started, told or min(seen or self.state.on, self.state.on))
        if self.state.definition.role("closed_on"):
            self._set(number, "closed_on", day)
            self.state.ended[number] = day

    def _close_as_before(self, complaint: Complaint) -> None:
        """Give what an earlier register closed without saying when its day: of the answer, else of the receipt."""
        if complaint.started_on is not None and complaint.day("closed_on") is None:
            day = complaint.day("answered_on") or complaint.day("solved_on") or complaint.started_on
            self._set(complaint.number, "closed_on", max(day, complaint.started_on))

    def _prioritise(self, number: str) -> None:
        field = self.state.definition.role("priority")
        if field is None:
            return
        named = route(self.recount.routing, "priority", self.state.records[self.main][number]) or "normaal"
        self._set(number, "priority", self.recount.rules.lookups.code(field.choices or "", named))


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
