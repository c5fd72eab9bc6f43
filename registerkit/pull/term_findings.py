"""Tells of dates that do not count for a term, at the cells of the files in which they stand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from registerkit.checking import CheckContext, Fault, TermCheck
from registerkit.deadlines import CLOSED_STATUSES, has_terms, pauses_by_complaint
from registerkit.definition import Record
from registerkit.findings import Finding
from registerkit.pull.merged import Merged, MergedSource
from registerkit.reading import TableRows, location_of
from registerkit.session.session import Session
from registerkit.sync import Recount, RegisterState

__all__ = ["tell_terms"]


def tell_terms(session: Session, merged: Merged, recount: Recount, edited: Collection[str]) -> None:
    """Add the findings about terms to the plan of each source and to the result.

    Complaints that are closed are done with: they are looked at only in the sync that edits them.
    """
    if not has_terms(session.definition):
        return
    context = CheckContext(session.definition, recount.lookups, session.on)
    check = TermCheck(context, recount.policy, recount.calendar, recount.texts)
    teller = _Teller(check, merged.state, edited)
    for source in merged.sources:
        found = list(teller.of_source(source))
        source.plan.findings += found
        merged.result.findings += found


class _Teller:
    def __init__(self, check: TermCheck, state: RegisterState, edited: Collection[str]) -> None:
        self.check = check
        self.state = state
        self.edited = edited
        self.main = state.definition.main_id
        self.pauses = pauses_by_complaint(state.records.get("pauses", {}).values())
        self.letters: dict[str, list[Record]] = {}
        for row in state.records.get("letters", {}).values():
            if row.get("kind") == "extension":
                self.letters.setdefault(str(row.get("complaint")), []).append(row)

    def of_source(self, source: MergedSource) -> Iterator[Finding]:
        """Give the findings about the rows of a file; what a file without our stamp says of known rows counts not.

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
        record = self.state.records[self.main][number]
        if not self._looked_at(number, record):
            return
        if number in self.state.reopened:
            yield self.check.reopened(record)
        if self.check.concerns(record):
            yield from self.check.complaint(record, self.pauses.get(number, ()))
        if number in self.letters and (changes := self.state.changed.get((self.main, number))):
            phase = self.state.phases[number][-1].n if self.state.phases.get(number) else 1
            of_phase = [row for row in self.letters[number] if (row.get("phase") or 1) == phase]
            yield from self.check.notified(number, record, changes, of_phase)

    def _pause(self, key: str) -> Iterator[Fault]:
        row = self.state.records["pauses"][key]
        number = str(row.get("complaint"))
        record = self.state.record(self.main, number)
        if record is not None and self._looked_at(number, record):
            fault = self.check.pause(row, record)
            yield from [fault] if fault else ()

    def _looked_at(self, number: str, record: Record) -> bool:
        return number in self.edited or record.get("status") not in CLOSED_STATUSES
