"""What a workbook is built from: the register on a day, with what is this file's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from registerkit.deadlines import TermPolicy, WorkCalendar
from registerkit.definition import Choice, Definition, Lookups, Record, Table, Value
from registerkit.excel import CellContent
from registerkit.register import GRAVEST, Register
from registerkit.stamp import Stamp
from registerkit.texts import Texts
from registerkit.workbook.formulas import LiveValues, live_values
from registerkit.workbook.held import HeldLine

__all__ = ["WorkbookContent"]

_Result = TypeVar("_Result")


@dataclass(frozen=True)
class WorkbookContent:
    """All that the sheets of a workbook show; the cached values are true for the register's day."""

    register: Register
    stamp: Stamp
    reserved: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Keys that stand ready in the first prepared rows, per table id."""
    shown: Mapping[str, Sequence[Record]] | None = None
    """The rows per table as this file has them, empty where a row shows no record; else all the register's rows."""
    asked: Mapping[str, str] = field(default_factory=dict)
    """What people chose or typed in the workbook to look something up, by the name of the cell without `ask_`."""
    attention: int = 0
    """How many rows the attention sheet has to tell."""
    held: Sequence[HeldLine] = ()
    """The letters that are held back, those with the earliest term first."""
    typed: Mapping[str, Mapping[int, Mapping[str, CellContent]]] = field(default_factory=dict)
    """Cells that show what was typed in place of what the store holds: by table, place of the row, and field."""
    in_form: Mapping[str, CellContent] = field(default_factory=dict)
    """What stands in the boxes of the intake form, by field."""
    _known: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What more than one cell counts over; see `once`."""

    def once(self, what: object, work: Callable[[], _Result]) -> _Result:
        """Return what work gives, done once for all cells; `what` names it."""
        if what not in self._known:
            self._known[what] = work()
        result: _Result = self._known[what]
        return result

    @property
    def definition(self) -> Definition:
        """The register's definition."""
        return self.register.definition

    @property
    def texts(self) -> Texts:
        """The catalogue in the register's language."""
        return self.register.texts

    @property
    def lookups(self) -> Lookups:
        """The lists and the staff."""
        return self.register.lookups

    @property
    def policy(self) -> TermPolicy:
        """The term profiles."""
        return self.register.policy

    @property
    def calendar(self) -> WorkCalendar:
        """The working days."""
        return self.register.calendar

    @property
    def on(self) -> date:
        """The day that the cached values are true for."""
        return self.register.on

    @property
    def organisation(self) -> Mapping[str, str]:
        """The office's own name and address."""
        return self.register.settings.organisation

    @cached_property
    def theme(self) -> Mapping[str, str]:
        """`accent` (a colour), `font`, `logo` (a path); each may be left out."""
        settings = self.register.settings
        theme = dict(settings.theme)
        return theme | {"logo": str(settings.paths.root / theme["logo"])} if theme.get("logo") else theme

    @property
    def prepared(self) -> int:
        """How many empty rows stand ready."""
        return self.register.settings.prepared

    @property
    def checkboxes(self) -> bool:
        """Whether the intake form asks yes or no with a box to tick."""
        return self.register.settings.checkboxes

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

    @cached_property
    def records(self) -> Mapping[str, Sequence[Record]]:
        """The rows of every table."""
        if self.shown is not None:
            return self.shown
        return {table: _in_order(table, rows) for table, rows in self.register.records.items()}

    def by_term(self) -> WorkbookContent:
        """Return the same with the main table's rows as a sheet shows them: by term, what is closed out of sight."""
        if not self.sorts_by_term:
            return self
        rows = sorted(self.rows(self.main.id), key=self._urgency)
        return replace(self, shown={**self.records, self.main.id: rows})

    @property
    def sorts_by_term(self) -> bool:
        """Whether the register shows what is open in the order of its terms, and folds away what is closed."""
        return self.register.has_terms and self.register.has("signal", "due_on")

    def is_folded(self, record: Record) -> bool:
        """Tell whether a record is closed, and is filtered out of sight until somebody asks for it."""
        complaint = self.register.complaints.get(str(record.get(self.main.key)))
        return self.sorts_by_term and complaint is not None and not complaint.state.is_open

    def _urgency(self, record: Record) -> tuple[bool, date]:
        """Return what rows are sorted by: those that are closed first, out of sight, then by the last day to answer."""
        is_open = not self.is_folded(record)
        due = record.get("due_on")
        return is_open, due if is_open and isinstance(due, date) else date.max

    def rows(self, table_id: str) -> Sequence[Record]:
        """Return a table's rows."""
        return self.records.get(table_id, ())

    @cached_property
    def live(self) -> LiveValues:
        """The true value of every live field on the day."""
        return live_values(self.register)

    def live_row(self, row: Record) -> Mapping[str, Value]:
        """Return a row of the main table with its live values."""
        return {**row, **self.live.get(self.main.id, {}).get(str(row.get(self.main.key)), {})}


def _in_order(table: str, rows: Mapping[str, Record]) -> list[Record]:
    return [rows[key] for key in sorted(rows)] if table == "holidays" else list(rows.values())
