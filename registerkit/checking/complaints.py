"""What there is to say about a whole complaint: days that do not count for its term, and an ending that is not one.

As with rules, a finding carries no place yet, and a fault names the field whose cell it is about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from registerkit.checking.refusals import doubtful_reasons
from registerkit.checking.rules import CheckContext, Fault
from registerkit.codes import FindingCode
from registerkit.deadlines import pause_warning
from registerkit.definition import Record, Value
from registerkit.findings import Finding, Severity
from registerkit.register import DISPUTE, ENDED, Complaint, Standard, lacks_hearing, pause_of, row_day
from registerkit.texts import Texts

__all__ = ["ComplaintCheck"]

_FIELDS: Mapping[FindingCode, str] = {
    "extension_before_receipt": "extended_on",
    "extension_too_late": "extended_on",
    "extension_too_long": "extended_weeks",
    "consent_not_allowed": "consent_until",
    "consent_undated": "consent_on",
    "consent_not_later": "consent_until",
    "past_known_decree": "due_on",
}
"""What each warning about a complaint is about; those about pauses stand with the pause's own row."""
_PAUSE_FIELDS: Mapping[FindingCode, str] = {
    "pause_ignored": "from",
    "pause_without_consent": "consent_on",
    "pause_open": "until",
}
_EXTENSION = ("extended_on", "extended_weeks")
_INFO = frozenset({"pause_open", "closing_day_set", "unlike_outcome", "cost_unlike_standard"})
_ERRORS = frozenset({"handler_involved", "closed_unheard"})
_UNHEARD = timedelta(days=28)
_NAMED = 3
"""So many complaints a message names."""
_Changes = Mapping[str, tuple[Value, Value, str]]


@dataclass(frozen=True)
class ComplaintCheck:
    """Looks at complaints and pauses of one register."""

    context: CheckContext
    texts: Texts

    def complaint(self, complaint: Complaint) -> Iterator[Fault]:
        """Return what is to be said of a complaint that is open, or was edited."""
        yield from self._terms(complaint)
        yield from self._ending(complaint)
        yield from self._reopening(complaint)
        yield from self._handler(complaint)
        yield from self._refusal(complaint)
        yield from self.hearing(complaint)

    def _terms(self, complaint: Complaint) -> Iterator[Fault]:
        """Return what does not count of an extension and consent, and a term that runs too far to know."""
        terms, calendar = complaint.terms, complaint.rules.calendar
        if terms is None:
            return
        told = {
            "day": terms.unextended_due_on if "extension_too_late" in terms.warnings else terms.due_on,
            "received": complaint.received_on,
            "maximum": complaint.profile.extension_max_weeks,
            "consent": complaint.day("consent_until"),
            "known": calendar.known_until,
        }
        shown = complaint.record | {"due_on": terms.due_on}
        for code, field_id in _FIELDS.items():
            if code in terms.warnings:
                yield self._fault(code, complaint, field_id, row=shown, **told)

    def _ending(self, complaint: Complaint) -> Iterator[Fault]:
        """Return that a complaint was answered and cannot be closed yet, or says that it ended and did not."""
        if complaint.state.code == "answered_incomplete":
            labels = [self.context.label(self._main, field_id) for field_id in complaint.lacking]
            told = {"day": complaint.own_day("answered_on"), "labels": labels}
            yield self._fault("answered_incomplete", complaint, complaint.lacking[0], **told)
        elif complaint.state.code == "closed_unanswered":
            field_id = "closed_on" if complaint.own_day("closed_on") else "status"
            yield self._fault("closed_unanswered", complaint, field_id)

    def _reopening(self, complaint: Complaint) -> Iterator[Fault]:
        """Return that a reopening came after the days in which the office reopens complaints."""
        reopened, before = complaint.day("reopened_on"), complaint.phases[-2:-1]
        ended, window = before[0].closed_on if before else None, complaint.profile.reopen_window_days
        if reopened and ended and (reopened - ended).days > window and complaint.text("reopen_reason") != DISPUTE:
            told = {"days": (reopened - ended).days, "window": window}
            yield self._fault("reopened_after_window", complaint, "reopened_on", **told)

    def _handler(self, complaint: Complaint) -> Iterator[Fault]:
        """Return that the handler is whom the complaint is about, which under awb somebody must confirm (Awb 9:7)."""
        if complaint.must_confirm_handler:
            yield self._fault("handler_involved", complaint, "handler")

    def _refusal(self, complaint: Complaint) -> Iterator[Fault]:
        """Return the reasons of a refusal that the law does not take from a consumer."""
        for name in doubtful_reasons(complaint):
            yield self._fault("refusal_doubtful", complaint, "reasons", law=self.texts(f"terms.refusal.{name}"))

    def hearing(self, complaint: Complaint) -> Iterator[Fault]:
        """Return that a complaint was answered with a judgement under awb, and nobody was heard (Awb 9:10).

        Told for four weeks after the answer: what lies longer back is seldom mended any more.
        """
        answered = complaint.own_day("answered_on")
        if answered is None or complaint.text("judgement") is None or answered < self.context.on - _UNHEARD:
            return
        if complaint.text("status") not in ENDED and not complaint.own_day("solved_on") and lacks_hearing(complaint):
            tables = self.context.definition.tables["investigations"]
            sheet = tables.sheet[self.context.lookups.language]
            yield self._fault("closed_unheard", complaint, "judgement", investigation=sheet)

    def closing_day(self, complaint: Complaint, day: date) -> Fault:
        """Return that a complaint which ended without a closing day was given one."""
        return self._fault("closing_day_set", complaint, "closed_on", day=day)

    def reopened(self, complaint: Complaint) -> Fault:
        """Return that a complaint counts as reopened although its status was filled in as closed."""
        return self._fault("closing_reopened", complaint, "status", day=complaint.day("reopened_on"))

    def pause(self, row: Record, complaint: Complaint) -> Fault | None:
        """Return why a pause does not count for its complaint, or not yet."""
        pause, started_on = pause_of(row), complaint.started_on
        if pause is None or started_on is None:
            return None
        code = pause_warning(pause, complaint.profile, started_on)
        if code is None:
            return None
        return self._fault(code, complaint, _PAUSE_FIELDS[code], row=row, table="pauses", start=pause.start)

    def notified(self, complaint: Complaint, changes: _Changes, letters: Iterable[Record]) -> Iterator[Fault]:
        """Return the changes of an extension that a letter of this phase (`letters`) has told already."""
        made = max((day for row in letters if (day := row_day(row, "made_on"))), default=None)
        for field_id in _EXTENSION if made else ():
            old = changes[field_id][0] if field_id in changes else None
            if old is not None:
                told = {"made": made, "old": self.context.written(self._main, field_id, old)}
                yield self._fault("extension_notified", complaint, field_id, number=complaint.number, **told)

    def unlike(self, complaint: Complaint, others: Sequence[Complaint]) -> Fault:
        """Return that like complaints (`others`, the newest first) had another outcome than this one."""
        told = [f"{c.number} ({', '.join(self._outcome(c))})" for c in others[:_NAMED]]
        label = self.context.label(self._main, "reasons")
        return self._fault("unlike_outcome", complaint, "solution", others=told, reasons=label)

    def standard(self, complaint: Complaint, standard: Standard | None) -> Iterator[Fault]:
        """Return that a complaint got something else than the office's standard compensation."""
        cost = complaint.whole("cost")
        if standard is None or cost == standard.amount or (cost is None and not complaint.own_day("answered_on")):
            return
        if self.context.definition.role("cost") and (cost or standard.amount):
            told = {"amount": self.context.written(self._main, "cost", standard.amount), "rule": standard.rule}
            told["remarks"] = self.context.label(self._main, "remarks" if self._has("remarks") else "cost")
            yield self._fault("cost_unlike_standard", complaint, "cost", **told)

    def _has(self, role: str) -> bool:
        return self.context.definition.role(role) is not None

    def _outcome(self, complaint: Complaint) -> Iterator[str]:
        yield complaint.label("solution") or ""
        if (cost := complaint.whole("cost")) is not None:
            yield self.context.written(self._main, "cost", cost) or ""

    @property
    def _main(self) -> str:
        return self.context.definition.main_id

    def _fault(self, code: FindingCode, complaint: Complaint, field_id: str, **told: Any) -> Fault:
        """Return a finding about a field of a complaint, or of the `row` of another `table`."""
        severity: Severity = "info" if code in _INFO else "error" if code in _ERRORS else "warning"
        definition, language = self.context.definition, self.context.lookups.language
        about, row = told.pop("table", self._main), told.pop("row", complaint.record)
        told |= {
            "label": self.context.label(about, field_id),
            "profile": self.texts(f"terms.profile.{complaint.profile.name}"),
        }
        for name, role in (("other", "consent_until"), ("confirm", "handler_confirmed")):
            if definition.role(role):
                told[name] = self.context.label(self._main, role)
        if holidays := definition.tables.get("holidays"):
            told["sheet"] = holidays.sheet[language]
        value = self.context.written(about, field_id, row.get(field_id))
        return Fault(field_id, Finding(code, severity, value=value, context=told))
