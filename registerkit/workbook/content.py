"""What a workbook is built from: the definition, the records as the store has them, and the office's settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from registerkit.deadlines import GRAVEST, TermPolicy, WorkCalendar
from registerkit.definition import Choice, Definition, Lookups, Record, Table
from registerkit.texts import Texts

__all__ = ["Stamp", "WorkbookContent"]


@dataclass(frozen=True)
class Stamp:
    """What says which register a file belongs to and how far it was written back."""

    register_id: str
    workbook_id: str
    revision: int


@dataclass(frozen=True)
class WorkbookContent:
    """All that the sheets of a workbook show; `on` is the day the cached values are true for."""

    definition: Definition
    texts: Texts
    lookups: Lookups
    records: Mapping[str, Sequence[Record]]
    """Records per table id, with their stored computed values."""
    reserved: Mapping[str, Sequence[str]]
    """Keys that stand ready in the first prepared rows, per table id."""
    stamp: Stamp
    on: date
    policy: TermPolicy
    calendar: WorkCalendar
    organisation: Mapping[str, str] = field(default_factory=dict)
    theme: Mapping[str, str] = field(default_factory=dict)
    """`accent` (a colour), `font`, `logo` (a path); each may be left out."""
    prepared: int = 200
    checkboxes: bool = False
    """The intake form asks yes or no with a box to tick."""
    asked: Mapping[str, str] = field(default_factory=dict)
    """What people chose or typed in the workbook to look something up, by the name of the cell without `ask_`."""

    attention: int = 0
    """How many rows the attention sheet has to tell."""

    @property
    def language(self) -> str:
        """The language of everything in the workbook."""
        return self.lookups.language

    @property
    def main(self) -> Table:
        """The table the register is about."""
        return self.definition.main

    @property
    def one(self) -> str:
        """What a record of the main table is called within a sentence."""
        return self.main.labels[self.language].lower()

    @property
    def many(self) -> str:
        """What the records of the main table are called within a sentence."""
        return self.main.excel[self.language].lower()

    @property
    def gravest(self) -> Choice | None:
        """The severity of which the right people are told at once, when the register has it."""
        field = self.definition.role("severity")
        return self.lookups.choice(field.choices or "", GRAVEST) if field else None

    def rows(self, table_id: str) -> Sequence[Record]:
        """Give a table's records."""
        return self.records.get(table_id, ())
