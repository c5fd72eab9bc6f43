"""A filled file as read: tables with their cells, boxes of the form, and which cells are errors or formulas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from registerkit.definition import Table
from registerkit.findings import Finding, Location
from registerkit.messages import Message
from registerkit.ooxml import SheetTable, address
from registerkit.reading.attention import RawAttention
from registerkit.reading.error_cells import FormulaCells
from registerkit.reading.lists import RawList
from registerkit.stamp import Stamp

__all__ = ["WRITABLE", "FormBox", "RawTable", "RawWorkbook"]

WRITABLE = (".xlsx", ".xlsm")
"""The kinds of file that can be brought up to date, and not only read."""


@dataclass(frozen=True)
class RawTable:
    """One table of the definition as it lies in a file; rows count from 1, columns from 0."""

    table: Table
    sheet: str
    sheet_part: str
    """Empty in a file of a kind that is only read."""
    excel: SheetTable | None
    header_row: int
    columns: Mapping[str, int]
    """Field id to column."""
    headers: Mapping[str, str]
    """Field id to the header as it stands in the file."""
    rows: Sequence[tuple[int, Sequence[Any]]]
    """Row number and its cells from column A on, rows without any cell left out."""
    errors: frozenset[tuple[int, int]] = frozenset()
    struck_out: frozenset[tuple[int, int]] = frozenset()
    """Cells that are struck out, whole or in part; their text is there all the same."""
    formulas: FormulaCells = field(default_factory=FormulaCells)
    """Cells with a formula, and whether its value is kept in the file."""
    dropdowns: tuple[tuple[str, str], ...] = ()
    """The validations on its sheet: the source of a list, empty for any other, and the cells it is for."""
    strange: tuple[str, ...] = ()
    """Headers that are no field's: in a workbook they are the user's own columns, or were renamed."""
    below: int | None = None
    """The first row below the Excel table that holds something."""

    points_at_rows: bool = False
    """Its rows tell the main table's row that they belong to by that row's number, as in an Access file."""
    notes: tuple[Finding, ...] = ()
    """What is to be told of the whole of it; a note does not say in which file yet."""
    has_cells: bool = True
    """Its cells have addresses; in a database there are none, and a row is known by its number."""

    shown_at: Mapping[str, int] | None = None
    """Where a mapping made its cells of others: the column in the file, by field; None where they stand there as read.
    """

    is_keyed: bool = False
    """Its rows carry the numbers that they have where they come from, by which they are known again."""
    rest: str | None = None
    """The field that takes what can stand nowhere else."""
    is_history: bool = False
    """What is closed in it was closed before this register began."""

    def cell(self, row: int, field_id: str) -> str | None:
        """Return the address of a field's cell, None when there is none."""
        column = (self.columns if self.shown_at is None else self.shown_at).get(field_id)
        return address(row, column) if column is not None and self.has_cells else None

    @property
    def place(self) -> tuple[str, str]:
        """The table and the sheet: where a row stands, but for its number."""
        return self.table.id, self.sheet


@dataclass(frozen=True)
class FormBox:
    """One box of the intake form; the row counts from 1, the column from 0."""

    sheet: str
    """Empty in a form of Word, as its part; its row is 0."""
    sheet_part: str
    row: int
    column: int
    content: Any

    @property
    def cell(self) -> str | None:
        """The box's address; None in a form of Word."""
        return address(self.row, self.column) if self.row else None

    def at(self, file: str, label: str) -> Location:
        """Return the box's place."""
        return Location(file, self.sheet or None, self.cell, self.row or None, label)


@dataclass(frozen=True)
class RawWorkbook:
    """A filled file as read: nothing in it has been understood yet."""

    path: Path
    name: str
    """How findings name the file."""
    stamp: Stamp | None
    tables: Mapping[str, RawTable]
    """The tables by their id, each where it stands first."""
    form: Mapping[str, FormBox]
    """The intake form's boxes by field id."""
    findings: tuple[Finding, ...]
    sheet_parts: Mapping[str, str] = field(default_factory=dict)
    """The part of every sheet, by its name."""
    lists: Mapping[str, RawList] = field(default_factory=dict)
    """The choice lists, by list id."""
    asked: Mapping[str, str] = field(default_factory=dict)
    """What people chose to look something up, by the name of the cell without `ask_`."""
    held: FormBox | None = None
    """The cell that says which held letters the file shows; None in files built before it was there."""
    attention: RawAttention | None = None
    """What stands on the attention sheet."""
    partial: frozenset[str] = frozenset()
    """Tables of which the file shows only what was typed in it, never all that the store holds."""
    can_write: bool = False
    """An Access file of this register, of a version that can be brought up to date."""
    names: Mapping[str, str] = field(default_factory=dict)
    """What the file's own names refer to."""
    beside: Sequence[RawTable] = ()
    """Other places with the headings of a table: a sheet that rows were moved to, or a copy of one."""
    grids: Mapping[str, Sequence[Sequence[Any]]] = field(default_factory=dict)
    """The cells of sheets, from A1 on, by the sheet's name."""
    loose: Sequence[tuple[str, str]] = ()
    """What stands beside the boxes of a form of Word: the words it stands beside, and what it says."""
    came_on: date | None = None
    """The day on which a form came that has no box for it."""

    message: Message | None = None
    """The mail that the file is."""

    def places(self, table: str | None = None) -> tuple[RawTable, ...]:
        """Return every place of one table or of all, the first ones first."""
        return tuple(raw for raw in (*self.tables.values(), *self.beside) if table in (None, raw.table.id))

    @property
    def is_writable(self) -> bool:
        """Whether a file of this kind can be brought up to date; the others are only read."""
        return self.path.suffix.lower() in WRITABLE and all(raw.has_cells for raw in self.tables.values())
