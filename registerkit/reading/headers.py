"""Finds a table by its header row: which row it is, and which column is which field."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from registerkit.definition import Definition, Table, clean_header, header_key, visible
from registerkit.findings import Finding, Location
from registerkit.ooxml import address

__all__ = [
    "HeaderColumns",
    "can_stand_beside",
    "headed",
    "header_columns",
    "header_row_of",
    "held_rows",
    "is_headed",
    "is_held",
    "share_of",
    "shows_form",
]

Cells = TypeVar("Cells", bound=Sequence[Any])
_HEADER_ROWS = 25
"""How far down a header row is looked for on a sheet without Excel tables."""
_FORM_ROWS = 4
"""On so many rows of a sheet stand labels of the form when it is one; those of a table stand on one row."""
_ENOUGH = 0.5
"""The share of a table's columns that a header row must have to be taken for it."""


@dataclass(frozen=True)
class HeaderColumns:
    """What the columns of a table are, by its header row."""

    columns: Mapping[str, int]
    """Field id to column."""
    headers: Mapping[str, str]
    """Field id to the header as it stands in the file."""
    double: Sequence[tuple[int, str, int]]
    """Column, header, and the column of the same field that is read."""
    strange: Sequence[str] = ()
    """Headers that are no field's."""

    def doubled(self, file: str, sheet: str, row: int) -> list[Finding]:
        """Return a finding for each column that stands there twice."""
        return [
            Finding(
                "duplicate_column",
                "error",
                Location(file, sheet, address(row, column), row, header),
                context={"first": address(row, first)},
            )
            for column, header, first in self.double
        ]


def share_of(headers: Sequence[Any], table: Table) -> float:
    """Return the share of a table's fields that have a header here; none when its key has not."""
    return _share(_keys(headers), table)


def _keys(headers: Sequence[Any]) -> set[str]:
    return {header_key(header) for header in headers if header is not None and header != ""}


def _share(keys: Collection[str], table: Table) -> float:
    hits = {field_id for key in keys if (field_id := table.by_header.get(key))}
    return len(hits) / len(table.fields) if table.key in hits or table.hidden_key else 0.0


def shows_form(grid: Sequence[Sequence[Any]], table: Table) -> bool:
    """Tell whether a sheet is the single form of a table, by the labels that stand on it."""
    asked = [field for field in table.fields if field.form]
    labels = {header_key(text) for field in asked for text in (*field.labels.values(), *field.question.values())}
    return sum(any(header_key(str(cell).rstrip(" *")) in labels for cell in row) for row in grid) >= _FORM_ROWS


def can_stand_beside(table: Table, headers: Sequence[Any]) -> bool:
    """Tell whether a second place with these headings can hold rows of a table: their keys must stand there."""
    return table.numbering is not None and any(table.by_header.get(key) == table.key for key in _keys(headers))


def is_headed(table: Table, headers: Sequence[Any]) -> bool:
    """Tell whether a sheet with these headings alone would be read as a further place of a table."""
    return can_stand_beside(table, headers) and share_of(headers, table) >= _ENOUGH


def header_row_of(grid: Sequence[Sequence[Any]], table: Table, taken: Collection[int] = ()) -> int | None:
    """Return the row, from 1, that holds a table's headers; None when none of the first does."""
    return _row_of(((n, _keys(cells)) for n, cells in enumerate(grid[:_HEADER_ROWS], 1) if n not in taken), table)


def _row_of(rows: Iterable[tuple[int, Collection[str]]], table: Table) -> int | None:
    return next((n for n, keys in rows if _share(keys, table) >= _ENOUGH), None)


def headed(grid: Sequence[Sequence[Any]], definition: Definition) -> tuple[Table, int] | None:
    """Return the table whose rows can stand on a further sheet, by its headings, and their row."""
    rows = [(n, keys) for n, cells in enumerate(grid[:_HEADER_ROWS], 1) if (keys := _keys(cells))]
    for table in definition.tables.values():
        row = _row_of(rows, table) if table.in_sheet else None
        if row is not None and can_stand_beside(table, grid[row - 1]):
            return table, row
    return None


def header_columns(table: Table, cells: Sequence[Any], span: range) -> HeaderColumns:
    """Return the columns of the fields in a header row, as far as they lie in `span`."""
    known = table.by_header
    columns: dict[str, int] = {}
    headers: dict[str, str] = {}
    double, strange = [], []
    for column, cell in enumerate(cells):
        field_id = known.get(header_key(cell)) if column in span else None
        if field_id is None:
            strange += [clean_header(cell)] if column in span and is_held(cell) else []
            continue
        if field_id in columns:
            double.append((column, clean_header(cell), columns[field_id]))
            continue
        columns[field_id], headers[field_id] = column, clean_header(cell)
    return HeaderColumns(columns, headers, double, strange)


def held_rows(grid: Sequence[Cells], below: int = 0, last: int | None = None) -> list[tuple[int, Cells]]:
    """Return the rows of a grid that hold anything, with their numbers: those below a row, up to the last."""
    return [(n, cells) for n, cells in enumerate(grid[below:last], below + 1) if any(map(is_held, cells))]


def is_held(cell: Any) -> bool:
    """Tell whether a cell holds something that a person sees."""
    if isinstance(cell, str):
        return bool(cell.strip() if cell.isascii() else visible(cell).strip())
    return cell is not None
