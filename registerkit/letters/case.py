"""One complaint as the letters see it: its record, the phase it is in, and its terms."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from registerkit.deadlines import Terms, complaint_terms
from registerkit.definition import Record
from registerkit.store import Phase, Snapshot

__all__ = ["Case", "case_of"]


@dataclass(frozen=True)
class Case:
    """A complaint in its present phase; `made` has the kinds of letters that this phase was sent."""

    number: str
    record: Record
    phase: Phase
    terms: Terms
    made: Collection[str]

    @property
    def is_extended(self) -> bool:
        """Whether an extension given in this phase moves the term."""
        extended = self.record.get("extended_on")
        if not isinstance(extended, date) or extended < self.phase.started_on:
            return False
        return self.terms.due_on > self.terms.unextended_due_on

    @property
    def had_aftercare(self) -> bool:
        """Whether aftercare was done after the answer of this phase."""
        aftercare, answered = self.record.get("aftercare_on"), self.phase.answered_on
        return answered is not None and isinstance(aftercare, date) and aftercare >= answered

    def answered_before(self, day: date) -> bool:
        """Tell whether an answer is too old on a day for a letter to bring it: aftercare was due by now, or done."""
        by = self.terms.aftercare_by
        return self.phase.answered_on is not None and (self.had_aftercare or (by is not None and by < day))


def case_of(snapshot: Snapshot, number: str, made: Mapping[tuple[str, int], Collection[str]]) -> Case | None:
    """Give a complaint with the letters made for it, out of those by number and phase; None without terms."""
    record, pauses = snapshot.complaints[number], snapshot.pauses.get(number, ())
    terms = complaint_terms(record, pauses, snapshot.policy, snapshot.calendar, snapshot.texts)
    if terms is None:
        return None
    phases = snapshot.phases.get(number)
    phase = phases[-1] if phases else Phase(number, 1, snapshot.on)
    return Case(number, record, phase, terms, made.get((number, phase.n), ()))
