"""A register as it stands, for the stages that only look: letters, reminders and analysis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from registerkit.deadlines import (
    Pause,
    Phase,
    Profile,
    Signal,
    TermPolicy,
    WorkCalendar,
    complaint_signal,
    pauses_by_complaint,
    profile_of,
)
from registerkit.definition import Definition, Lookups, Record
from registerkit.settings import Settings
from registerkit.texts import Texts

__all__ = ["Phase", "Snapshot"]


@dataclass(frozen=True)
class Snapshot:
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

    @property
    def complaints(self) -> Mapping[str, Record]:
        """The main table's records by number."""
        return self.records[self.definition.main_id]

    def table(self, table_id: str) -> Mapping[str, Record]:
        """Give a table's records by key; an unknown table is empty."""
        return self.records.get(table_id, {})

    @cached_property
    def pauses(self) -> Mapping[str, tuple[Pause, ...]]:
        """Pauses by complaint."""
        return pauses_by_complaint(self.table("pauses").values())

    def profile(self, record: Record) -> Profile:
        """Give the term profile of a complaint."""
        return profile_of(record, self.policy)

    def signal(self, number: str) -> Signal | None:
        """Tell how a complaint stands on the day of the snapshot."""
        record, pauses = self.complaints[number], self.pauses.get(number, ())
        return complaint_signal(record, pauses, self.policy, self.calendar, self.texts, self.on)
