"""The complaints of a snapshot as the analysis sees them: read by role, with how they stood on a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from registerkit.deadlines import CLOSED_STATUSES, Phase, phases_after
from registerkit.deadlines.compute import counting_pauses
from registerkit.definition import Record, Value
from registerkit.store.snapshot import Snapshot

__all__ = ["Case", "Handling", "Register"]

_PHASE_ROLES = ("received_on", "reopened_on", "reopen_reason", "due_on", "answered_on", "closed_on", "judgement")


@dataclass(frozen=True)
class Handling:
    """One handling of a complaint that was brought to an end; a reopened complaint has several."""

    case: Case
    phase: Phase
    closed_on: date

    @property
    def answered_by(self) -> date:
        """The day that counts for the term: of the answer, or of the closing where none was given (withdrawn)."""
        return self.phase.answered_on or self.closed_on

    @property
    def in_time(self) -> bool | None:
        """Whether it was answered by the day it was due; None when the register knows no such day."""
        return None if self.phase.due_on is None else self.answered_by <= self.phase.due_on

    @property
    def days(self) -> int:
        """Calendar days from the start of this handling to its end."""
        return (self.closed_on - self.phase.started_on).days


@dataclass(frozen=True)
class Case:
    """One complaint. `status_closed` says that its status needs no more work, whatever the dates say."""

    number: str
    record: Record
    received_on: date
    phases: tuple[Phase, ...]
    status_closed: bool

    def handlings(self) -> Iterator[Handling]:
        """Give the handlings that ended, in order."""
        for phase in self.phases:
            closed_on = self._closed_on(phase)
            if closed_on is not None:
                yield Handling(self, phase, closed_on)

    def open_phase(self, on: date) -> Phase | None:
        """Give the handling that was going on at the end of a day, None when the complaint was not open then."""
        begun = [phase for phase in self.phases if phase.started_on <= on]
        if not begun:
            return None
        closed_on = self._closed_on(begun[-1])
        if closed_on is None:
            return None if self._ended(begun[-1]) else begun[-1]
        return None if closed_on <= on else begun[-1]

    def unanswered(self, on: date) -> bool:
        """Tell whether it was open at the end of a day, and its answer not given."""
        phase = self.open_phase(on)
        return phase is not None and (phase.answered_on is None or phase.answered_on > on)

    def _closed_on(self, phase: Phase) -> date | None:
        # Withdrawn and referred complaints may carry no closing day; the answer's day is then the next best.
        return phase.closed_on or (phase.answered_on if self._ended(phase) else None)

    def _ended(self, phase: Phase) -> bool:
        return self.status_closed and phase is self.phases[-1]


class Register:
    """Reads a snapshot's complaints by role, so that a register with other fields gives what it can."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._fields = {role: field for role in _ROLES if (field := snapshot.definition.role(role)) is not None}
        self.cases = tuple(self._read())

    def has(self, *roles: str) -> bool:
        """Tell whether the register has fields for all these roles."""
        return all(role in self._fields for role in roles)

    def value(self, record: Mapping[str, Value], role: str) -> Value:
        """Give the value behind a role; None when the register has no such field."""
        field = self._fields.get(role)
        return None if field is None else record.get(field.id)

    def day(self, record: Mapping[str, Value], role: str) -> date | None:
        """Give the day behind a role."""
        value = self.value(record, role)
        return value if isinstance(value, date) else None

    def whole(self, record: Mapping[str, Value], role: str) -> int | None:
        """Give the whole number (or the cents) behind a role."""
        value = self.value(record, role)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def text(self, record: Mapping[str, Value], role: str) -> str | None:
        """Give the text or the code behind a role; None when it is blank."""
        value = self.value(record, role)
        return (value.strip() or None) if isinstance(value, str) else None

    def label(self, record: Mapping[str, Value], role: str) -> str | None:
        """Give what a reader sees of the value behind a role: the label of a choice, the name of a person."""
        return self.show(role, self.text(record, role))

    def show(self, role: str, code: str | None) -> str | None:
        """Give the label or the name of a code in the register's language."""
        field = self._fields.get(role)
        if field is None or code is None:
            return code
        if field.choices:
            return self.snapshot.lookups.label(field.choices, code)
        return self.snapshot.lookups.person_name(code) if field.value_kind == "person" else code

    def overdue(self, case: Case, on: date) -> bool:
        """Tell whether a complaint was open, unanswered and past its term at the end of a day.

        As in the signal of the register, one that waits for someone with right (a running pause) is not late.
        """
        phase = case.open_phase(on)
        if phase is None or phase.due_on is None or phase.due_on >= on or not case.unanswered(on):
            return False
        profile = self.snapshot.profile(case.record)
        pauses = counting_pauses(self.snapshot.pauses.get(case.number, ()), profile, phase.started_on)
        return not any(p.start <= on and (p.until is None or on <= p.until) for p in pauses)

    def _read(self) -> Iterator[Case]:
        for number, record in self.snapshot.complaints.items():
            received = self.day(record, "received_on")
            if received is None:
                continue
            phases = tuple(self.snapshot.phases.get(number, ())) or self._phases(number, record)
            yield Case(number, record, received, phases, self._closed(record))

    def _closed(self, record: Record) -> bool:
        closing = self.snapshot.definition.closing
        return self.text(record, "status") in CLOSED_STATUSES or (not closing.is_empty and closing.holds(record))

    def _phases(self, number: str, record: Record) -> tuple[Phase, ...]:
        return phases_after(number, (), {role: self.value(record, role) for role in _PHASE_ROLES})


_ROLES = (
    *_PHASE_ROLES,
    *("channel", "branch", "category", "subcategory", "subject", "process", "severity", "special", "customer_kind"),
    *("department", "causing_department", "handler", "cause", "responsible", "supplier", "status"),
    *("name", "email", "phone", "postcode", "acknowledge_by", "acknowledged_on", "amount", "cost", "solution"),
    *("agreement_by", "agreement_kept_on", "aftercare_by", "aftercare_on", "satisfaction", "customer_satisfied"),
)
