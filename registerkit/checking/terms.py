"""What there is to say about the dates that a complaint's term follows from: which do not count, and why.

As with rules, a finding carries no place yet, and a fault names the field whose cell it is about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from registerkit.checking.rules import CheckContext, Fault
from registerkit.deadlines import Pause, TermPolicy, WorkCalendar, complaint_terms, pause_of, pause_warning, profile_of
from registerkit.definition import Record, Value
from registerkit.findings import Finding, Severity
from registerkit.texts import Texts

__all__ = ["TermCheck"]

_FIELDS = {
    "extension_before_receipt": "extended_on",
    "extension_too_late": "extended_on",
    "extension_too_long": "extended_weeks",
    "consent_not_allowed": "consent_until",
    "consent_undated": "consent_on",
    "consent_not_later": "consent_until",
    "past_known_decree": "due_on",
}
"""What each warning about a complaint is about; those about pauses stand with the pause's own row."""
_PAUSE_FIELDS = {"pause_ignored": "from", "pause_without_consent": "consent_on", "pause_open": "until"}
_EXTENSION = ("extended_on", "extended_weeks")
_Changes = Mapping[str, tuple[Value, Value, str]]


@dataclass(frozen=True)
class TermCheck:
    """Looks at complaints and pauses of one register."""

    context: CheckContext
    policy: TermPolicy
    calendar: WorkCalendar
    texts: Texts

    def concerns(self, record: Record) -> bool:
        """Tell whether there can be anything to say about a complaint; quick, for most have nothing."""
        if record.get("extended_on") is not None or record.get("consent_until") is not None:
            return True
        due_on, until = record.get("due_on"), self.calendar.known_until
        return until is not None and isinstance(due_on, date) and due_on > until

    def complaint(self, record: Record, pauses: tuple[Pause, ...]) -> list[Fault]:
        """Give what does not count of a complaint's extension and consent, and a term that runs too far to know."""
        terms = complaint_terms(record, pauses, self.policy, self.calendar, self.texts)
        if terms is None:
            return []
        told = {
            "day": terms.unextended_due_on if "extension_too_late" in terms.warnings else terms.due_on,
            "received": record.get("received_on"),
            "maximum": profile_of(record, self.policy).extension_max_weeks,
            "consent": record.get("consent_until"),
            "known": self.calendar.known_until,
        }
        main = self.context.definition.main_id
        return [
            self._fault(code, main, _FIELDS[code], {**record, "due_on": terms.due_on}, record, **told)
            for code in terms.warnings
            if code in _FIELDS
        ]

    def pause(self, row: Record, record: Record) -> Fault | None:
        """Give why a pause does not count for its complaint, or not yet."""
        pause, started_on = pause_of(row), record.get("reopened_on") or record.get("received_on")
        if pause is None or not isinstance(started_on, date):
            return None
        code = pause_warning(pause, profile_of(record, self.policy), started_on)
        return self._fault(code, "pauses", _PAUSE_FIELDS[code], row, record, start=pause.start) if code else None

    def notified(self, number: str, record: Record, changes: _Changes, letters: Iterable[Record]) -> Iterator[Fault]:
        """Give the changes of an extension that a letter of this phase (`letters`) has told already."""
        main = self.context.definition.main_id
        made = max((day for row in letters if isinstance(day := row.get("made_on"), date)), default=None)
        for field_id in _EXTENSION if made else ():
            old = changes[field_id][0] if field_id in changes else None
            if old is not None:
                told = {"made": made, "old": self.context.written(main, field_id, old), "number": number}
                yield self._fault("extension_notified", main, field_id, record, record, **told)

    def reopened(self, record: Record) -> Fault:
        """Give that a complaint counts as reopened although its status was filled in as closed."""
        main = self.context.definition.main_id
        return self._fault("closing_reopened", main, "status", record, record, day=record.get("reopened_on"))

    def _fault(self, code: str, table: str, field_id: str, row: Record, record: Record, **told: Any) -> Fault:
        severity: Severity = "info" if code == "pause_open" else "warning"
        definition, language = self.context.definition, self.context.lookups.language
        told |= {
            "label": self.context.label(table, field_id),
            "profile": self.texts(f"terms.profile.{profile_of(record, self.policy).name}"),
        }
        if definition.role("consent_until"):
            told["other"] = self.context.label(definition.main_id, "consent_until")
        if holidays := definition.tables.get("holidays"):
            told["sheet"] = holidays.sheet[language]
        value = self.context.written(table, field_id, row.get(field_id))
        return Fault(field_id, Finding(code, severity, value=value, context=told))
