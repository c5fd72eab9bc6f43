"""The complaints of a working copy, read by role."""

from __future__ import annotations

from functools import cached_property

from registerkit.deadlines import Pause
from registerkit.definition import Record
from registerkit.register import Complaint, Phase, Rules, pauses_by_complaint, rows_by_complaint
from registerkit.sync.state import RegisterState

__all__ = ["Complaints"]


class Complaints:
    """Gives complaints as they stand in a working copy; the rows that belong to them are grouped once."""

    def __init__(self, state: RegisterState, rules: Rules) -> None:
        self.state = state
        self.rules = rules
        self.main = state.definition.main_id
        self._last: Complaint | None = None

    def __getitem__(self, number: str) -> Complaint:
        """Return a complaint as it stands now: the one that was asked for last, as long as nothing of it changed."""
        record, phases, last = self.state.records[self.main][number], self.state.phases.get(number, ()), self._last
        if last is None or last.number != number or last.record is not record or last.phases is not phases:
            self._last = last = self._made(number, record, phases)
        return last

    def _made(self, number: str, record: Record, phases: tuple[Phase, ...]) -> Complaint:
        return Complaint(
            number,
            record,
            self.rules,
            phases,
            self._pauses.get(number, ()),
            self._letters.get(number, ()),
            investigation=next(iter(self._investigations.get(number, ())), None),
        )

    @cached_property
    def _pauses(self) -> dict[str, tuple[Pause, ...]]:
        return pauses_by_complaint(self.state.records.get("pauses", {}).values())

    @cached_property
    def _investigations(self) -> dict[str, list[Record]]:
        return rows_by_complaint(self.state.records.get("investigations", {}).values())

    @cached_property
    def _letters(self) -> dict[str, list[Record]]:
        return rows_by_complaint(self.state.records.get("letters", {}).values())
