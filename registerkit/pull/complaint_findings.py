"""Tells what there is to say about whole complaints, at the cells of the files in which they stand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from registerkit.checking import CheckContext, ComplaintCheck, Fault
from registerkit.definition import Record
from registerkit.findings import Finding
from registerkit.pull.merged import Merged, MergedSource
from registerkit.reading import TableRows, location_of
from registerkit.register import Complaint, Precedents, Register, has_terms, rows_by_complaint, standard_of
from registerkit.session.session import Session
from registerkit.settings import Compensation

__all__ = ["tell_complaints"]

_OUTCOME = frozenset({"judgement", "solution", "cost"})
"""What an outcome is compared by, once a complaint that was known is given one."""


def tell_complaints(session: Session, merged: Merged, register: Register, edited: Collection[str]) -> None:
    """Add the findings about complaints to the plan of each source and to the result.

    Complaints that are closed are done with: they are looked at only in the sync that edits them, except for a hearing
    that still can be made up for.
    """
    if not has_terms(session.definition):
        return
    check = ComplaintCheck(CheckContext(session.definition, register.lookups, session.on), session.texts)
    teller = _Teller(check, merged, register.complaints, edited, session.settings.compensations)
    for source in merged.sources:
        merged.tell(source, teller.of_source(source))


class _Teller:
    def __init__(
        self,
        check: ComplaintCheck,
        merged: Merged,
        complaints: Mapping[str, Complaint],
        edited: Collection[str],
        compensations: Sequence[Compensation] = (),
    ) -> None:
        self.check = check
        self.compensations = compensations
        self.state = merged.state
        self.edited = edited
        self.main = merged.state.definition.main_id
        self.complaints = complaints

    @cached_property
    def extensions(self) -> dict[str, list[Record]]:
        """The letters that told of an extension."""
        rows = self.state.records.get("letters", {}).values()
        return rows_by_complaint(row for row in rows if row.get("kind") == "extension")

    @cached_property
    def precedents(self) -> Precedents:
        """How like complaints ended."""
        return Precedents(self.complaints.values())

    def of_source(self, source: MergedSource) -> Iterator[Finding]:
        """Return the findings about the rows of a file; what a file without our stamp says of known rows counts not.

        A cell whose value was not taken in has its finding already.
        """
        told = {(f.location.sheet, f.location.cell) for f in source.plan.findings if f.severity == "error"}
        for table, about in ((self.main, self._complaint), ("pauses", self._pause)):
            for rows in source.places(table):
                for row, key in source.plan.row_keys.get(rows.raw.place, {}).items():
                    if source.stamp or (table, key) in self.state.created:
                        yield from self._of_row(rows, row, about(key), told)

    def _of_row(
        self, rows: TableRows, row: int, faults: Iterable[Fault], told: Collection[tuple[str | None, str | None]]
    ) -> Iterator[Finding]:
        for fault in faults:
            label = self.check.context.label(rows.raw.table.id, fault.field)
            where = location_of(rows.file, rows.raw, row, fault.field, rows.raw.headers.get(fault.field, label))
            if where.cell is None or (where.sheet, where.cell) not in told:
                yield fault.finding.at(where)

    def _complaint(self, number: str) -> Iterator[Fault]:
        complaint = self.complaints[number]
        if day := self.state.ended.get(number):
            yield self.check.closing_day(complaint, day)
        if not self._looked_at(complaint):
            yield from self.check.hearing(complaint)
            return
        if number in self.state.reopened:
            yield self.check.reopened(complaint)
        yield from self.check.complaint(complaint)
        can_tell = self.check.context.definition.role("reasons") is not None
        has_new_outcome = not _OUTCOME.isdisjoint(self.state.changed.get((self.main, number), ()))
        if can_tell and has_new_outcome and (others := self.precedents.unlike(complaint)):
            yield self.check.unlike(complaint, others)
        if has_new_outcome or (self.main, number) in self.state.created:
            yield from self.check.standard(complaint, standard_of(self.compensations, complaint.record))
        if number in self.extensions and (changes := self.state.changed.get((self.main, number))):
            of_phase = [row for row in self.extensions[number] if (row.get("phase") or 1) == complaint.phase.n]
            yield from self.check.notified(complaint, changes, of_phase)

    def _pause(self, key: str) -> Iterator[Fault]:
        row = self.state.records["pauses"][key]
        number = str(row.get("complaint"))
        if self.state.record(self.main, number) is None or not self._looked_at(self.complaints[number]):
            return
        if fault := self.check.pause(row, self.complaints[number]):
            yield fault

    def _looked_at(self, complaint: Complaint) -> bool:
        return complaint.number in self.edited or complaint.state.is_open
