"""Where a table stands on its sheet: the rows above it, its columns and how many rows it has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from registerkit.definition import Field, Record, Table
from registerkit.ooxml import address, column_letters
from registerkit.workbook.content import WorkbookContent
from registerkit.workbook.sheet_order import in_sheet_order

__all__ = [
    "FAR_ROW",
    "FIRST_TABLE_ROW",
    "HEADER_TABLE_ROW",
    "TablePlace",
    "is_printed_by_range",
    "place_table",
    "printed_to",
]

GROUP_ROW = 2
HEADER_TABLE_ROW = 3
FIRST_TABLE_ROW = 4
"""The first row of a table's data, from 0: title, hint, groups and headers come before."""

_PREPARED_ELSEWHERE = 50
_PRINTED_READY, _PRINTED_SHARE = 10, 10
"""So many of the rows that stand ready print too, or one for so many records when that is more.

What is typed between two syncs is then on paper as well: with a sync a week, a tenth of what has been filled in is more
than a week brings once a register is ten weeks old.
"""
FAR_ROW = 100_004
"""Names and checks look this far down, so that they go on working when a table has grown."""


@dataclass(frozen=True)
class TablePlace:
    """One table's rows: records first, then prepared ones; rows and columns count from 0."""

    table: Table
    records: tuple[Record, ...]
    keys: tuple[str | None, ...]
    """The key of each row: of the records, then those reserved, then None."""

    @cached_property
    def _columns(self) -> Mapping[str, int]:
        return {field.id: n for n, field in enumerate(self.table.fields)}

    @property
    def last_row(self) -> int:
        """The last row inside the Excel table."""
        return FIRST_TABLE_ROW + len(self.keys) - 1

    @property
    def ref(self) -> str:
        """The Excel table's range, headers included."""
        return f"{address(HEADER_TABLE_ROW + 1, 0)}:{address(self.last_row + 1, len(self.table.fields) - 1)}"

    @property
    def body(self) -> str:
        """The range of the rows below the headers."""
        return f"{address(FIRST_TABLE_ROW + 1, 0)}:{address(self.last_row + 1, len(self.table.fields) - 1)}"

    def column(self, field: Field) -> int:
        """Return a field's column."""
        return self._columns[field.id]

    def cells(self, field: Field) -> str:
        """Return the range of a field's cells."""
        letters = column_letters(self.column(field))
        return f"{letters}{FIRST_TABLE_ROW + 1}:{letters}{self.last_row + 1}"

    def first(self, field: Field) -> str:
        """Return a field's cell in the first row, its column fixed, for formulas that go down with the row."""
        return f"${column_letters(self.column(field))}{FIRST_TABLE_ROW + 1}"

    def far(self, field: Field) -> str:
        """Return a field's cells, fixed, further down than the table is now."""
        letters = column_letters(self.column(field))
        return f"${letters}${FIRST_TABLE_ROW + 1}:${letters}${FAR_ROW}"

    def used(self) -> str:
        """Return the count of what people filled in, in the first row: a row is data when it is not 0."""
        inputs = {self.column(f) for f in self.table.inputs}
        runs: list[list[int]] = []
        for column in sorted(inputs):
            if runs and runs[-1][1] == column - 1:
                runs[-1][1] = column
            else:
                runs.append([column, column])
        row = FIRST_TABLE_ROW + 1
        spans = [f"${column_letters(a)}{row}:${column_letters(b)}{row}" for a, b in runs]
        return f"COUNTA({','.join(spans)})"


def place_table(content: WorkbookContent, table: Table) -> TablePlace:
    """Lay out a table's rows: the records, the reserved keys, and further prepared rows."""
    return content.once(("place", table.id), lambda: _placed(content, table))


def _placed(content: WorkbookContent, table: Table) -> TablePlace:
    records = tuple(content.rows(table.id))
    prepared = content.prepared if table.id == content.main.id else 0 if table.fixed else _PREPARED_ELSEWHERE
    reserved = list(content.reserved.get(table.id, ()))
    waiting = [*reserved, *[None] * max(0, prepared - len(reserved))] or [None] * (not (table.fixed and records))
    typed = max(content.typed.get(table.id, {}), default=-1) + 1 - len(records)
    waiting += [None] * (typed - len(waiting))
    used = [str(key) if (key := record.get(table.key)) is not None else None for record in records]
    table = in_sheet_order(table, content.definition, content.texts("workbook.front"))
    return TablePlace(table, records, (*used, *waiting))


def is_printed_by_range(table: Table, main_id: str) -> bool:
    """Tell whether the rows of a table that stand ready hold something, a number or a formula, and would print."""
    return table.id == main_id or any(field.live for field in table.fields)


def printed_to(header_row: int, last_filled: int, last_row: int) -> int:
    """Return the last row that prints of a table whose rows that stand ready hold something.

    LibreOffice follows no print area that is a formula; so this is a range, renewed whenever the file is written.
    """
    ready = max(_PRINTED_READY, (last_filled - header_row) // _PRINTED_SHARE)
    return max(last_filled, min(last_filled + ready, last_row))
