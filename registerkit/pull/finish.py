"""The end of a pull: what follows from the data is counted anew, and what the whole register has to tell is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from registerkit.checking import CheckContext
from registerkit.definition import Lookups, Record, Value
from registerkit.findings import Finding, Location
from registerkit.office import TABLE as OFFICE
from registerkit.pull.complaint_findings import tell_complaints
from registerkit.pull.dismissals import KEPT_SINCE, dismiss_old
from registerkit.pull.emptied import tell_emptied
from registerkit.pull.merged import ALIKE_TOLD, FIELDS, Merged
from registerkit.pull.office import office_findings
from registerkit.pull.results import Changed
from registerkit.pull.routing_findings import settings_findings
from registerkit.pull.sensitive_findings import tell_sensitive
from registerkit.pull.struck_findings import tell_struck_out
from registerkit.pull.typed_over import tell_typed_over
from registerkit.register import GRAVEST, Register, recurring_now
from registerkit.session.merge_parts import recount_for, term_fingerprint
from registerkit.session.session import Session
from registerkit.settings import SETTINGS_FILE
from registerkit.sync.compute import Recount, recompute
from registerkit.sync.state import SYSTEM

__all__ = ["Finish", "about_settings"]


def about_settings(session: Session, lookups: Lookups, details: Mapping[str, Record]) -> list[Finding]:
    """Return what is wrong with the settings; `details` are the rows of what the office says of itself."""
    found = settings_findings(session.definition, session.settings, lookups)
    return [*found, *office_findings(session, details)]


@dataclass(frozen=True)
class Finish:
    """What ends a pull; `severity` and `due` are those of the complaints before it, by number."""

    session: Session
    merged: Merged
    lookups: Lookups
    severity: Mapping[str, Value]
    due: Mapping[str, Value]

    def run(self) -> str:
        """Count and tell; gives a fingerprint of all but the records that terms follow from."""
        session, state, result = self.session, self.merged.state, self.merged.result
        recount = recount_for(session, state, self.lookups)
        calendar = term_fingerprint(session, state.records.get("holidays", {}))
        result.changes += [
            Changed(source, table, key, field_id, old, new)
            for (table, key), fields in state.changed.items()
            for field_id, (old, new, source) in fields.items()
            if source != SYSTEM
        ]
        edited, complaints = set(state.dirty), state.records[session.definition.main_id]
        everything = session.store.meta("calendar") != calendar
        numbers = list(complaints) if everything else sorted(edited)
        session.progress("count", n=len(numbers))
        recompute(state, recount, numbers)
        register = self._register(recount)
        if dismissed := self._dismiss(recount, register):
            self.merged.dismissed, register = dismissed, self._register(recount)
        tell_complaints(session, self.merged, register, edited)
        tell_struck_out(self.merged, register.complaints)
        context = CheckContext(session.definition, self.lookups, session.on)
        tell_sensitive(self.merged, context, health=session.settings.profile != "wkkgz")
        result.findings += about_settings(session, self.lookups, state.records.get(OFFICE, {}))
        result.findings += self._alike(register)
        result.findings += self._fields_gone()
        tell_typed_over(session, self.merged)
        tell_emptied(self.merged)
        self._tell_changes(register, edited)
        return calendar

    def _tell_changes(self, register: Register, edited: set[str]) -> None:
        """Note the very serious complaints that are new, and the terms that were counted anew."""
        result, complaints = self.merged.result, register.complaints
        for number, record in self.merged.state.records[self.session.definition.main_id].items():
            is_new = record.get("severity") == GRAVEST and self.severity.get(number) != GRAVEST
            if is_new and complaints[number].state.is_open:
                result.alerts.append(number)
            old, new = self.due.get(number), record.get("due_on")
            if number not in edited and old is not None and old != new:
                result.recounted.append((number, old, new))

    def _register(self, recount: Recount) -> Register:
        """Return the register as the working copy has it."""
        state = self.merged.state
        return self.session.register_of(state.records, state.phases, recount.rules.lookups)

    def _dismiss(self, recount: Recount, register: Register) -> list[tuple[str, str]]:
        """Dismiss old letters of what came in now, and in the first run of this version those of all complaints."""
        main, state = self.session.definition.main_id, self.merged.state
        first = self.session.store.meta(KEPT_SINCE) is None
        fresh = {key for table, key in state.created if table == main}
        numbers = state.records[main] if first else fresh
        dismissed = dismiss_old(state, register, numbers)
        if dismissed:
            recompute(state, recount, sorted({number for number, _ in dismissed}))
            where = Location(SETTINGS_FILE, label="letters")
            told = {"n": len(dismissed)}
            self.merged.result.findings.append(Finding("letters_dismissed", "info", where, context=told))
        workbook = self.session.settings.paths.workbook
        if first and state.records[main].keys() - fresh and workbook.exists():
            self.merged.result.findings.append(Finding("sheets_of_before", "info", Location(workbook.name)))
        return dismissed

    def _fields_gone(self) -> Iterator[Finding]:
        """Tell of fields that the definition had and has no more: what they held stays, and is seen nowhere."""
        before = (self.session.store.meta(FIELDS) or "").split()
        self.merged.fields = fields = [f.id for f in self.session.definition.main.fields if f.stored]
        if gone := [field_id for field_id in before if field_id not in fields]:
            file = self.session.settings.definition or self.session.settings.paths.settings
            yield Finding("fields_gone", "warning", Location(file.name), ", ".join(gone))

    def _alike(self, register: Register) -> Iterator[Finding]:
        """Tell what came in three times or more within four weeks, when it was not told of these weeks before."""
        told = self.session.store.noted(ALIKE_TOLD, _pairs) or {}
        found = recurring_now(register) if register.has_terms else ()
        self.merged.alike = {**told, **{each.label: each.last.isoformat() for each in found}}
        for each in found:
            before = date.fromisoformat(told[each.label]) if each.label in told else None
            if before is None or each.first > before:
                context = {"n": each.n, "first": each.first, "about": each.label}
                yield Finding("three_alike", "info", context=context)


def _pairs(text: str) -> dict[str, str]:
    """Return what stands in lines of two, with a tab between."""
    return dict(line.split("\t") for line in text.splitlines())
