"""The complaints of a working copy, read by role."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from registerkit.deadlines import Pause
from registerkit.definition import Record
from registerkit.register import Complaint, Rules, pauses_by_complaint, rows_by_complaint
from registerkit.sync.state import RegisterState

__all__ = ["Complaints"]


class Complaints:
    """Gives complaints as they stand in a working copy; the rows that belong to them are grouped once."""

    def __init__(self, state: RegisterState, rules: Rules) -> None:
        self.state = state
        self.rules = rules
        self.main = state.definition.main_id

    def __getitem__(self, number: str) -> Complaint:
        return Complaint(
            number,
            self.state.records[self.main][number],
            self.rules,
            self.state.phases.get(number, ()),
            self._pauses.get(number, ()),
            self._letters.get(number, ()),
            investigation=next(iter(self._investigations.get(number, ())), None),
        )

    def __iter__(self) -> Iterator[Complaint]:
        return (self[number] for number in self.state.records[self.main])

    @cached_property
    def _pauses(self) -> dict[str, tuple[Pause, ...]]:
        return pauses_by_complaint(self.state.records.get("pauses", {}).values())

    @cached_property
    def _investigations(self) -> dict[str, list[Record]]:
        return rows_by_complaint(self.state.records.get("investigations", {}).values())

    @cached_property
    def _letters(self) -> dict[str, list[Record]]:
        return rows_by_complaint(self.state.records.get("letters", {}).values())
