"""A complaint as it stands on a day: its values by role, its phases, its terms, and the state it is in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from registerkit.deadlines import Pause, Profile, Signal, TermCase, TermPolicy, Terms, WorkCalendar, compute_terms
from registerkit.deadlines.compute import counting_pauses, is_paused
from registerkit.definition import Definition, Lookups, Record, Value
from registerkit.register.closing import is_taken_over, lacking_to_close
from registerkit.register.phases import Phase
from registerkit.register.rows import is_reopened_again, row_day, row_text
from registerkit.register.staff import same_person
from registerkit.register.states import (
    CLOSED,
    DISPUTE,
    ENDED,
    NEW,
    NOTICES,
    UNFOUNDED,
    WRITTEN,
    WRITTEN_BY_LAW,
    Deciding,
    State,
    state_of,
)
from registerkit.texts import Texts

__all__ = ["GRAVEST", "Complaint", "Rules", "has_terms", "role_label"]

GRAVEST = "zeer_ernstig"
"""The severity code of complaints that are told to the right people at once."""


def role_label(definition: Definition, lookups: Lookups, role: str, value: str | None) -> str | None:
    """Return what a reader sees of a value behind a role: the label of a choice, the name of a person."""
    found = definition.role(role)
    if found is None or value is None:
        return value
    if found.choices:
        return lookups.label(found.choices, value)
    return lookups.person_name(value) if found.value_kind == "person" else value


def has_terms(definition: Definition) -> bool:
    """Tell whether a register has the fields that terms are counted from and shown in."""
    return all(definition.role(name) for name in ("received_on", "due_on", "status"))


@dataclass(frozen=True)
class Rules:
    """What complaints are read by beside their own values; `on` is the day they are looked at."""

    definition: Definition
    lookups: Lookups
    policy: TermPolicy
    calendar: WorkCalendar
    texts: Texts
    on: date
    sent_when_made: bool = True
    """Whether a letter counts as sent on the day it was made, unless another day is filled in."""


@dataclass(frozen=True)
class Complaint:
    """One complaint. What it says of days and codes is asked for by role; a role that no field plays says nothing."""

    number: str
    record: Record
    rules: Rules
    phases: tuple[Phase, ...] = ()
    pauses: tuple[Pause, ...] = ()
    letters: Sequence[Record] = field(default=())
    """Its rows of the letters table."""
    measure: Record | None = None
    """The row of the measure that it led to."""
    investigation: Record | None = None
    """Its row of the investigations table."""
    worked_out: dict[Any, Any] = field(default_factory=dict, init=False, compare=False, repr=False)
    """What follows from it, by the function that said so; see `per_complaint`."""

    # ------------------------------------------------------------------------------------------------------ values
    def day(self, role: str) -> date | None:
        """Return the day behind a role."""
        return row_day(self.record, role)

    def text(self, role: str) -> str | None:
        """Return the text or the code behind a role; None when it is blank."""
        return row_text(self.record, role)

    def whole(self, role: str) -> int | None:
        """Return the whole number (or the cents) behind a role."""
        value = self.record.get(role)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def flag(self, role: str) -> bool | None:
        """Return whether a yes stands behind a role; None when it says nothing."""
        value = self.record.get(role)
        return value if isinstance(value, bool) else None

    def label(self, role: str) -> str | None:
        """Return what a reader sees of a value: the label of a choice, the name of a person."""
        return role_label(self.rules.definition, self.rules.lookups, role, self.text(role))

    @property
    def handled_by(self) -> str | None:
        """Who handles it, or else who closed it."""
        return self.text("handler") or self.text("closed_by")

    @property
    def is_own_handler(self) -> bool:
        """Whether it is handled by whom it is about."""
        return same_person(self.record.get("handler"), self.record.get("employee"), self.rules.lookups)

    @property
    def must_confirm_handler(self) -> bool:
        """Whether somebody must confirm that its handler may be whom it is about (Awb art. 9:7)."""
        return self.profile.name == "awb" and self.is_own_handler and self.flag("handler_confirmed") is not True

    def joined_to(self, complaints: Mapping[str, Complaint]) -> Complaint | None:
        """Return the complaint under whose number it goes on: the first related one that was not joined itself."""
        numbers = self.record.get("related_to")
        others = (complaints.get(number) for number in (numbers if isinstance(numbers, tuple) else ()))
        return next((each for each in others if each is not None and each.state.code != "merged"), None)

    # ------------------------------------------------------------------------------------------------------ phases
    @cached_property
    def profile(self) -> Profile:
        """The term profile, by category and severity."""
        return self.rules.policy.for_case(self.text("category"), self.text("severity"))

    @property
    def received_on(self) -> date | None:
        """The day of receipt."""
        return self.day("received_on")

    @property
    def is_reopened(self) -> bool:
        """Whether the present phase is not the first."""
        return self.day("reopened_on") is not None

    @property
    def is_taken_over(self) -> bool:
        """Whether it was closed before it came in, from an earlier register, and was not opened again since."""
        return is_taken_over(self.record)

    @property
    def started_on(self) -> date | None:
        """The day received or, for a later phase, reopened."""
        return self.day("reopened_on") or self.received_on

    @property
    def phase(self) -> Phase:
        """The present phase."""
        return self.phases[-1] if self.phases else Phase(self.number, 1, self.started_on or self.rules.on)

    def own_day(self, role: str) -> date | None:
        """Return the day behind a role when it belongs to the present phase.

        On the very day of a reopening an answer or a closing is the earlier phase's, unless the status says closed.
        """
        day, start = self.day(role), self.started_on
        if day is None or start is None or day < start:
            return None
        return day if day > start or not self.is_reopened or self.text("status") == CLOSED else None

    @property
    def _status(self) -> str | None:
        """The status, unless it is what the phase before a reopening ended with."""
        status = self.text("status")
        return None if status in (CLOSED, *ENDED) and is_reopened_again(self.record) else status

    # ------------------------------------------------------------------------------------------------------- terms
    @cached_property
    def term_case(self) -> TermCase | None:
        """What the terms of the present phase depend on; None while there is no day of receipt."""
        start, weeks = self.started_on, self.whole("extended_weeks")
        if self.received_on is None or start is None:
            return None
        return TermCase(
            started_on=start,
            acknowledged_on=self.day("acknowledged_on"),
            extended_on=self.day("extended_on"),
            extended_weeks=weeks,
            consent_until=self.day("consent_until"),
            consent_on=self.day("consent_on"),
            committee=self.flag("committee") is True,
            reopened=self.is_reopened,
            refused=self._status == "niet_in_behandeling",
            pauses=self.pauses,
            answered_on=None if self._status in ENDED else self.own_day("answered_on"),
        )

    @cached_property
    def terms(self) -> Terms | None:
        """The terms as they follow from the values and the settings of now; None while there is no day of receipt."""
        case = self.term_case
        if case is None:
            return None
        terms = compute_terms(case, self.profile, self.rules.calendar, self.rules.texts)
        return replace(terms, aftercare_by=None) if self.state.is_open or self.is_taken_over else terms

    @property
    def due_on(self) -> date | None:
        """The day to answer by, as the register tells it everywhere until the next sync counts it anew."""
        return self.day("due_on") or (self.terms.due_on if self.terms else None)

    @property
    def is_refused(self) -> bool:
        """Whether it was judged against the complainant, or ended in a refusal."""
        return self.text("judgement") in UNFOUNDED or self.text("solution") == "afwijzing"

    @property
    def is_extended(self) -> bool:
        """Whether an extension given in this phase moves the term."""
        extended, start, terms = self.day("extended_on"), self.started_on, self.terms
        if extended is None or start is None or extended < start or terms is None or self.due_on is None:
            return False
        return self.due_on > terms.unextended_due_on

    # ------------------------------------------------------------------------------------------------------- state
    @cached_property
    def lacking(self) -> tuple[str, ...]:
        """The fields that closing asks for beside the day of the answer, and that are empty."""
        return lacking_to_close(self.rules.definition, self.record)

    @cached_property
    def state(self) -> State:
        """The state of the present phase on the day; a register without terms knows open and closed only."""
        if has_terms(self.rules.definition):
            return state_of(self.deciding)
        closing = self.rules.definition.closing
        ended = not closing.is_empty and closing.holds(self.record)
        return state_of(Deciding(answered=ended, sent=ended))

    @property
    def counts(self) -> bool:
        """Whether it is in the totals: neither a complaint of a crisis nor one that turned out to be none."""
        return self.flag("special") is not True and not self.state.is_apart

    @property
    def awaits_acknowledgement(self) -> bool:
        """Whether an acknowledgement is still to go out; an extension or a reopening is told in another letter."""
        told = any(self.day(role) for role in ("acknowledged_on", "extended_on", "reopened_on"))
        return self.state.is_open and self.state.notice is None and not self.deciding.answered and not told

    @property
    def awaits_attention(self) -> bool:
        """Whether it is very serious and nobody took it up: it has no handler, or is new as far as anybody said.

        That it was acknowledged says nothing: the letter may have gone out by itself.
        """
        if self.text("severity") != GRAVEST or not self.state.is_open:
            return False
        is_new = self.text("status") in (None, NEW) and self.state.code in ("new", "in_hand")
        return self.text("handler") is None or (is_new and self.rules.definition.role("status") is not None)

    @property
    def has_aftercare(self) -> bool:
        """Whether somebody asks after it was closed how it went: not when it ended without an answer."""
        ended = not self.state.is_open and not self.is_taken_over
        return ended and self.term_case is not None and self.term_case.answered_on is not None

    @cached_property
    def deciding(self) -> Deciding:
        """What the state follows from."""
        answered = self.own_day("answered_on") is not None
        return Deciding(
            status=self._status,
            solved=self.own_day("solved_on") is not None,
            satisfied=self.flag("customer_satisfied") is True,
            answered=answered,
            closed=self.own_day("closed_on") is not None,
            lacking=bool(self.lacking),
            told=self.is_taken_over
            or (answered and self._answer_counts)
            or self.given_on(*NOTICES.values()) is not None,
            sent=self.profile.name not in WRITTEN_BY_LAW or self._is_in_writing or bool(self.outcome_given_on),
            external=self.is_reopened and self.text("reopen_reason") == DISPUTE,
            paused=self._is_paused,
            agreed=self.day("agreed_on") is not None,
            proposed=self.text("proposal") is not None,
            committee=self.flag("committee") is True,
            reopened=self.is_reopened,
            acknowledged=self.day("acknowledged_on") is not None,
            taken_over=self.is_taken_over,
        )

    @property
    def _is_in_writing(self) -> bool:
        return self.text("answer_channel") in WRITTEN

    @property
    def _answer_counts(self) -> bool:
        """Whether the way of answering is one that the profile takes for a notice."""
        by_law = self.profile.name in WRITTEN_BY_LAW
        return self._is_in_writing if by_law else self.text("answer_channel") is not None

    @property
    def _is_paused(self) -> bool:
        return self.running_pause is not None

    @property
    def running_pause(self) -> Pause | None:
        """The pause that the term stands still by on the day; of more than one the first."""
        start, on = self.started_on, self.rules.on
        counting = counting_pauses(self.pauses, self.profile, start) if start is not None else []
        running = (pause for pause in counting if is_paused([pause], self.profile, start or on, on))
        return min(running, key=lambda pause: pause.start, default=None)

    def given_on(self, *kinds: str) -> date | None:
        """Return the day on which one of these letters was sent in this phase, or said to be none to come; the first.

        A row without a file is a letter that the kit did not make: sent in another way, or never to come.
        """
        return self._first_day(row for row in self.letters if row.get("kind") in kinds)

    def was_written(self, kind: str) -> bool:
        """Tell whether a letter was made for the present phase, or sent: not when none was to come."""
        return any(
            row.get("kind") == kind
            and (row.get("phase") or 1) == self.phase.n
            and (row_text(row, "file") is not None or row_day(row, "sent_on") is not None)
            for row in self.letters
        )

    @property
    def outcome_given_on(self) -> date | None:
        """The day on which the present phase's closing letter was sent, or said to be none to come."""
        return self._first_day(row for row in self.letters if _is_outcome(row))

    def _first_day(self, rows: Iterable[Record]) -> date | None:
        start = self.started_on
        days = (day for row in rows if (day := self._given_on(row)) is not None)
        return min((day for day in days if start is not None and day >= start), default=None)

    def _given_on(self, row: Record) -> date | None:
        made, sent = row_day(row, "made_on"), row_day(row, "sent_on")
        return sent or (made if self.rules.sent_when_made or row_text(row, "file") is None else None)

    @property
    def answer_day(self) -> date | None:
        """The day that counts for the term: of sending where the law wants it in writing, else of the answer."""
        if self.state.code == "answered_unsent":
            return None
        if self.state.code in ("settled", "settled_unsatisfied"):
            return self.own_day("solved_on")
        answered = self.own_day("answered_on")
        if answered is None or self.profile.name not in WRITTEN_BY_LAW:
            return answered
        sent = self._first_day(row for row in self.letters if _is_outcome(row) and row_text(row, "file"))
        return max(answered, sent) if sent else answered

    @cached_property
    def signal(self) -> Signal | None:
        """How the complaint stands against its term on the day; None while there is none."""
        due, on, clock = self.due_on, self.rules.on, self.state.clock
        if due is None or self.received_on is None:
            return None
        if clock == "stopped":
            return Signal("closed", None)
        answered = self.own_day("answered_on")
        if clock == "answered" and answered is not None:
            days = (due - answered).days
            return Signal("overdue" if days < 0 else "answered", days)
        days = (due - on).days
        if clock == "paused":
            return Signal("paused", days)
        if days < 0:
            return Signal("overdue", days)
        soon = self.rules.calendar.working_days_between(on, due) <= self.profile.warn_working_days
        return Signal("due_soon" if soon else "on_time", days)


def _is_outcome(row: Mapping[str, Value]) -> bool:
    """Tell whether a row of the letters table is about an answer: that it was settled informally is none."""
    kind = str(row.get("kind"))
    return kind.startswith("outcome_") and kind != "outcome_informal"
