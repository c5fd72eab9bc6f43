"""Opens a filled `.xls`, `.xlsb`, `.ods` or `.csv` file, whose tables are known by their headers only.

These kinds carry no stamp of the register and are never written: what is in them is taken in, and that is told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from registerkit.definition import Definition, Table
from registerkit.errors import NoRegisterTableError
from registerkit.findings import Finding, Location, some_of
from registerkit.reading.apart import APART, read_apart
from registerkit.reading.csv_file import open_csv
from registerkit.reading.error_words import errors_in
from registerkit.reading.foreign import unknown_columns
from registerkit.reading.headers import headed, header_columns, header_row_of, held_rows, shows_form
from registerkit.reading.old_forms import form_boxes
from registerkit.reading.raw import RawTable, RawWorkbook

__all__ = ["PLAIN", "open_plain"]

PLAIN = (*APART, ".csv")
Grid = Sequence[Sequence[Any]]
Found = tuple[dict[str, RawTable], list[RawTable], list[Finding]]
"""The tables where they stand first, the other places with their headings, and what is to be told of them."""


def open_plain(path: Path, definition: Definition, name: str) -> RawWorkbook:
    """Read a filled file, a register or a form; raises a `FileError` when it cannot be used at all."""
    if path.suffix.lower() == ".csv":
        return _opened(path, name, {definition.main_id: open_csv(path, definition.main)}, [], [])
    grids = read_apart(path)
    found, beside, findings = _sheets(grids, definition, name)
    if definition.main_id in found:
        return _opened(path, name, found, beside, findings)
    if form := form_boxes(path, grids, definition.main):
        return RawWorkbook(path, name, None, {}, form, ())
    if any(shows_form(grid, definition.main) for grid in grids.values()):
        raise NoRegisterTableError(path, reason="form")
    raise NoRegisterTableError(path, table=definition.main.sheet, sheets=some_of(grids))


def _opened(
    path: Path, name: str, found: dict[str, RawTable], beside: list[RawTable], findings: list[Finding]
) -> RawWorkbook:
    findings += [finding for raw in (*found.values(), *beside) if (finding := unknown_columns(raw, name))]
    findings.append(Finding("cannot_write_kind", "info", Location(file=name), path.suffix.lower()))
    return RawWorkbook(path, name, None, found, {}, tuple(findings), beside=beside)


def _sheets(grids: Mapping[str, Grid], definition: Definition, name: str) -> Found:
    found: dict[str, RawTable] = {}
    findings: list[Finding] = []
    for table in definition.tables.values():
        if table.in_sheet and (place := _place(grids, table, found)):
            found[table.id], doubled = _table(grids[place[0]], table, *place, name)
            findings += doubled
    beside = []
    known = {raw.sheet for raw in found.values()}
    for sheet, grid in grids.items():
        if sheet not in known and (there := headed(grid, definition)):
            raw, doubled = _table(grid, there[0], sheet, there[1], name)
            beside.append(raw)
            findings += doubled
    return found, beside, findings


def _place(grids: Mapping[str, Grid], table: Table, found: Mapping[str, RawTable]) -> tuple[str, int] | None:
    """Return the sheet and the header row of a table, where no other table was found."""
    for sheet, grid in grids.items():
        taken = {raw.header_row for raw in found.values() if raw.sheet == sheet}
        if (row := header_row_of(grid, table, taken)) is not None:
            return sheet, row
    return None


def _table(grid: Grid, table: Table, sheet: str, header_row: int, name: str) -> tuple[RawTable, list[Finding]]:
    cells = grid[header_row - 1]
    found = header_columns(table, cells, range(len(cells)))
    rows = held_rows(grid, header_row)
    errors, strange = errors_in(rows, found.columns), tuple(found.strange)
    raw = RawTable(table, sheet, "", None, header_row, found.columns, found.headers, rows, errors, strange=strange)
    return raw, found.doubled(name, sheet, header_row)
