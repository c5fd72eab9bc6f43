"""The register as it stands on a day: what letters, reminders, analysis and workbook read. No database, no Excel."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from registerkit.deadlines import TermPolicy, WorkCalendar
from registerkit.definition import Definition, Lookups, Record
from registerkit.register.complaint import Complaint, Rules, has_terms, role_label
from registerkit.register.persons import group_persons
from registerkit.register.phases import Phase
from registerkit.register.rows import pauses_by_complaint, row_text, rows_by_complaint
from registerkit.register.staff import Staff
from registerkit.settings import Settings
from registerkit.texts import Texts

__all__ = ["Register"]


@dataclass(frozen=True)
class Register:
    """Everything about a register on one day; nothing in it changes."""

    definition: Definition
    settings: Settings
    texts: Texts
    lookups: Lookups
    records: Mapping[str, Mapping[str, Record]]
    """Per table id, records by key."""
    phases: Mapping[str, Sequence[Phase]]
    policy: TermPolicy
    calendar: WorkCalendar
    on: date
    codes: Mapping[str, str] = field(default_factory=dict)
    """The codes of persons of whom a complaint was anonymised, by the complaint's number."""
    in_doubt: Collection[str] = frozenset()
    """Complaints of which a file says what is another's, until somebody says what is right."""
    known: Mapping[str, Complaint] = field(default_factory=dict, compare=False, repr=False)
    """Complaints as an earlier look had them: of one that is the same still, nothing is worked out anew."""

    def table(self, table_id: str) -> Mapping[str, Record]:
        """Return a table's records by key; an unknown table is empty."""
        return self.records.get(table_id, {})

    def has(self, *roles: str) -> bool:
        """Tell whether the main table has fields for all these roles."""
        return all(self.definition.role(role) for role in roles)

    def label(self, role: str, value: object) -> str | None:
        """Return what a reader sees of a value behind a role of the main table; None of a blank one."""
        text = row_text({role: value}, role) if isinstance(value, str) else None
        return role_label(self.definition, self.lookups, role, text)

    @property
    def has_terms(self) -> bool:
        """Whether the register has the fields that terms are counted from and shown in."""
        return has_terms(self.definition)

    @cached_property
    def rules(self) -> Rules:
        """What complaints are read by."""
        sent = self.settings.sent_when_made
        rules = Rules(self.definition, self.lookups, self.policy, self.calendar, self.texts, self.on, sent)
        known = next(iter(self.known.values()), None)
        return known.rules if known is not None and known.rules == rules else rules

    @cached_property
    def staff(self) -> Staff:
        """The people of the office, as they are on the day."""
        return Staff.on_day(self.table("staff"), self.on, self.lookups, self.settings.responsible.get("coordinator"))

    @cached_property
    def complaints(self) -> Mapping[str, Complaint]:
        """The records of the main table by number, read by role."""
        pauses = pauses_by_complaint(self.table("pauses").values())
        investigations = rows_by_complaint(self.table("investigations").values())
        letters, measures = rows_by_complaint(self.table("letters").values()), self.table("measures")
        now = {
            number: Complaint(
                number,
                record,
                self.rules,
                tuple(self.phases.get(number, ())),
                pauses.get(number, ()),
                letters.get(number, ()),
                measures.get((row_text(record, "measure") or "").upper()),
                next(iter(investigations.get(number, ())), None),
            )
            for number, record in self.table(self.definition.main_id).items()
        }
        before = ((number, self.known.get(number)) for number in now)
        return now | {number: known for number, known in before if known is not None and known == now[number]}

    @property
    def worked_out(self) -> Mapping[str, Complaint]:
        """The complaints as far as anybody has looked at them, for the next look at the register."""
        return self.complaints if "complaints" in vars(self) else self.known

    @cached_property
    def persons(self) -> Mapping[str, int]:
        """Who complained, as a running number, by the complaint's number."""
        order = sorted(self.complaints.values(), key=lambda c: (c.received_on or date.max, c.number))
        return group_persons(((complaint.number, complaint.record) for complaint in order), self.codes)

    def others_of_complainant(self, number: str) -> list[str]:
        """Return the numbers of the same person's other complaints, in the order in which they came in."""
        own = self.persons.get(number)
        return [other for other, person in self.persons.items() if person == own and other != number]
