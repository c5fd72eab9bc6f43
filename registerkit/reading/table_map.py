"""What a mapping file says of one table: which columns make which fields, and what their cells become on the way."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from registerkit.definition import Table, fold
from registerkit.findings import Finding
from registerkit.reading.dates import day_first
from registerkit.reading.found_tables import FoundTable
from registerkit.reading.headers import is_held
from registerkit.reading.parse import as_text
from registerkit.reading.raw import RawTable

__all__ = ["DAY", "EARLIER_NUMBER", "MONTH", "FieldMap", "TableMap", "is_sparse", "mapped_table", "tells_day"]

_SPARSE = 2
"""So many texts stand in a row of totals at most."""
DAY, MONTH = "day", "month"
"""What comes first in a date that is written in digits."""
EARLIER_NUMBER = "earlier_number"
"""The role of the field that keeps the number which a complaint had in the register that it comes from."""


@dataclass(frozen=True)
class FieldMap:
    """How the cells of one field come about."""

    columns: tuple[str, ...] = ()
    join: str = " "
    """What stands between the texts of several columns."""
    split: str | None = None
    part: int = 1
    """The part, from 1, that is taken of a text that is split; -1 is the last."""
    dates: str | None = None
    """What comes first in a date: `day`, `month`, or how it is written, as `strptime` says it."""
    values: Mapping[str, str] = field(default_factory=dict)
    """What is registered in place of what stands in the cell."""
    default: str | None = None
    """What is registered when the cell is blank."""
    value: str | None = None
    """What is registered in every row."""

    def cell(self, cells: Sequence[Any], places: Sequence[int]) -> Any:
        """Return what a row's cells make of the field."""
        if self.value is not None:
            return self.value
        held = [cells[n] for n in places if n < len(cells) and is_held(cells[n])]
        if not held:
            return self.default or ""
        raw = held[0] if len(held) == 1 else self.join.join(map(as_text, held))
        return self._translated(self._split(raw))

    def _split(self, raw: Any) -> Any:
        if self.split is None:
            return raw
        parts = [part.strip() for part in as_text(raw).split(self.split)]
        at = self.part - 1 if self.part > 0 else self.part
        return parts[at] if -len(parts) <= at < len(parts) else ""

    def _translated(self, raw: Any) -> Any:
        if self.values and (told := self._by_fold.get(fold(as_text(raw)))) is not None:
            return told or self.default or ""
        if self.dates is None or not isinstance(raw, str):
            return raw if is_held(raw) else self.default or ""
        text = as_text(raw)
        if self.dates in (DAY, MONTH):
            return day_first(text, is_month=self.dates == MONTH)
        try:
            return datetime.strptime(text, self.dates).date()
        except ValueError:
            return raw

    @cached_property
    def _by_fold(self) -> Mapping[str, str]:
        return {fold(known): told for known, told in self.values.items()}


@dataclass(frozen=True)
class TableMap:
    """What a mapping file says of one table, or of several sheets that look alike."""

    fields: Mapping[str, FieldMap]
    """By field id."""
    key: str | None = None
    """The column by which the next import knows a row again."""
    history: bool = False
    """What was closed in the earlier register comes in closed, with what is known of it."""
    rest: str | None = None
    """The field that takes what stands in columns that are no field's."""
    ignore: tuple[str, ...] = ()
    """Columns that nobody needs."""
    skip: tuple[str, ...] = ()
    """How rows begin that are no complaint, such as totals."""


def mapped_table(told: TableMap, table: Table, found: FoundTable) -> RawTable:
    """Return the rows of a found table as cells of the register's fields; the map names no column that is not there."""
    places = {name.casefold(): n for n, name in reversed(list(enumerate(found.headers)))}
    at = {field_id: [places[c.casefold()] for c in each.columns] for field_id, each in told.fields.items()}
    fields = dict(told.fields)
    if told.key and EARLIER_NUMBER in table.by_id and EARLIER_NUMBER not in fields:
        fields[EARLIER_NUMBER], at[EARLIER_NUMBER] = FieldMap((told.key,)), [places[told.key.casefold()]]
    rest = _rest(told, found, {n for used in at.values() for n in used})
    if told.rest:
        fields.setdefault(told.rest, FieldMap())
    ids = [*fields, *([table.key] if table.key not in fields and told.key else [])]
    rows = []
    for n, cells in found.rows:
        if not _is_skipped(cells, told.skip):
            made = {f: each.cell(cells, at.get(f, ())) for f, each in fields.items()}
            if told.rest and (lines := _lines(cells, rest, found.headers)):
                made[told.rest] = "\n".join(filter(None, [as_text(made[told.rest]), *lines]))
            rows.append((n, [made.get(f, "") for f in ids]))
    kept, left = {n for n, _ in rows}, len(found.rows) - len(rows)
    notes = (Finding("rows_skipped", "info", value=str(left), context={"sheet": found.name}),) if left else ()
    errors = {(row, f) for row, column in found.errors for f, used in at.items() if column in used and row in kept}
    shown_at = {f: used[0] for f, used in at.items() if used}
    return RawTable(
        table, found.name, "", None, found.header_row, {f: n for n, f in enumerate(ids)},
        {f: found.headers[column] for f, column in shown_at.items()}, rows,
        frozenset((row, ids.index(f)) for row, f in errors), has_cells=found.has_cells, shown_at=shown_at,
        strange=() if told.rest else tuple(found.headers[n] for n in rest), is_keyed=told.key is not None,
        rest=told.rest, is_history=told.history, notes=(*found.notes, *notes),
    )  # fmt: skip


def _rest(told: TableMap, found: FoundTable, used: set[int]) -> list[int]:
    """Return the columns that are no field's and that somebody may want to keep."""
    ignored = {name.casefold() for name in told.ignore}
    return [n for n, name in enumerate(found.headers) if name and n not in used and name.casefold() not in ignored]


def _lines(cells: Sequence[Any], columns: Sequence[int], headers: Sequence[str]) -> list[str]:
    return [f"{headers[n]}: {as_text(cells[n])}" for n in columns if n < len(cells) and is_held(cells[n])]


def _is_skipped(cells: Sequence[Any], beginnings: Sequence[str]) -> bool:
    """Tell whether a row is a total: it begins with one of these words, and tells little else in words."""
    first = next((fold(as_text(cell)) for cell in cells if is_held(cell)), "")
    begins = any(re.match(rf"{re.escape(fold(word))}(?!\w)", first) for word in beginnings)
    return begins and is_sparse(cells)


def tells_day(written: str) -> bool:
    """Tell whether a way of writing, as `strptime` has it, says a day whole."""
    day = datetime(1997, 12, 31)
    try:
        return datetime.strptime(day.strftime(written), written).date() == day.date()
    except ValueError:
        return False


def is_sparse(cells: Sequence[Any]) -> bool:
    """Tell whether hardly any cell of a row holds a text: no row about somebody does."""
    return sum(isinstance(cell, str) and any(c.isalpha() for c in cell) for cell in cells) <= _SPARSE
