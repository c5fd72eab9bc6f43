"""Opens a filled workbook: where its tables lie, what their cells hold, and which cells are errors or formulas."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from registerkit.definition import Definition, Table, clean_header, header_fields, header_key
from registerkit.errors import DamagedFileError, EncryptedFileError, NoRegisterTableError, UnsupportedFileError
from registerkit.findings import Finding, Location
from registerkit.ooxml import Package, SheetTable, address, find_dropdowns, parse_ref
from registerkit.reading.attention import RawAttention, read_attention
from registerkit.reading.lists import TABLE_PREFIX, RawList
from registerkit.reading.marks import FormulaCells, find_marks

__all__ = ["FormBox", "RawTable", "RawWorkbook", "Stamp", "open_workbook"]

READABLE = (".xlsx", ".xlsm")
MAX_COLUMNS = 16384
_HEADER_ROWS = 25
"""How far down a header row is looked for on a sheet without Excel tables."""
_ENOUGH = 0.5
"""The share of a table's columns that a header row must have to be taken for it."""


@dataclass(frozen=True)
class Stamp:
    """What registerkit put in the file when it last wrote it."""

    register_id: str
    workbook_id: str
    revision: int


@dataclass(frozen=True)
class RawTable:
    """One table of the definition as it lies in a file; rows count from 1, columns from 0."""

    table: Table
    sheet: str
    sheet_part: str
    excel: SheetTable | None
    header_row: int
    columns: Mapping[str, int]
    """Field id to column."""
    headers: Mapping[str, str]
    """Field id to the header as it stands in the file."""
    rows: Sequence[tuple[int, Sequence[Any]]]
    """Row number and its cells from column A on, rows without any cell left out."""
    errors: frozenset[tuple[int, int]] = frozenset()
    formulas: FormulaCells = field(default_factory=FormulaCells)
    """Cells with a formula, and whether its value is kept in the file."""
    dropdowns: tuple[tuple[str, str], ...] = ()
    """The validations on its sheet: the source of a list, empty for any other, and the cells it is for."""
    below: int | None = None
    """The first row below the Excel table that holds something."""


@dataclass(frozen=True)
class FormBox:
    """One box of the intake form; the row counts from 1, the column from 0."""

    sheet: str
    sheet_part: str
    row: int
    column: int
    content: Any

    @property
    def cell(self) -> str:
        """The box's address."""
        return address(self.row, self.column)


@dataclass(frozen=True)
class RawWorkbook:
    """A filled file as read: nothing in it has been understood yet."""

    path: Path
    name: str
    """How findings name the file."""
    stamp: Stamp | None
    tables: Mapping[str, RawTable]
    form: Mapping[str, FormBox]
    """The intake form's boxes by field id."""
    findings: tuple[Finding, ...]
    sheet_parts: Mapping[str, str] = field(default_factory=dict)
    """The part of every sheet, by its name."""
    lists: Mapping[str, RawList] = field(default_factory=dict)
    """The choice lists, by list id."""
    asked: Mapping[str, str] = field(default_factory=dict)
    """What people chose to look something up, by the name of the cell without `ask_`."""
    attention: RawAttention | None = None
    """What stands on the attention sheet."""


def open_workbook(path: Path, definition: Definition, name: str | None = None) -> RawWorkbook:
    """Read a filled workbook; raises a `FileError` when it cannot be used at all.

    `MissingColumnError` is not raised here: which columns are needed depends on what the caller does.
    """
    if path.is_dir():
        raise UnsupportedFileError(path, reason="folder")
    if path.suffix.lower() not in READABLE and path.exists():
        raise UnsupportedFileError(path, kinds=", ".join(READABLE))
    with Package(path) as package:
        reader = _Reader(package, path, name or path.name)
        found = _locate(reader, definition)
        form = _form_cells(reader, definition)
        if definition.main_id not in found and not form:
            raise NoRegisterTableError(path, table=definition.main.labels, sheets=", ".join(reader.sheet_names))
        parts = {sheet.name: sheet.part for sheet in package.sheets}
        lists = _lists(reader, definition)
        asked = {name: str(box.content) for name, box in _named_cells(reader, "ask_").items()}
        attention = read_attention(package.tables, reader.grid)
        return RawWorkbook(
            path, reader.name, _stamp(package), found, form, tuple(reader.findings), parts, lists, asked, attention
        )


class _Reader:
    """The file's cells by sheet, each sheet read once."""

    def __init__(self, package: Package, path: Path, name: str) -> None:
        from python_calamine import CalamineError, CalamineWorkbook, PasswordError  # Loaded only when a file is read.

        self.package = package
        self.path = path
        self.name = name
        self.findings: list[Finding] = []
        self._grids: dict[str, list[list[Any]]] = {}
        self._calamine_error = CalamineError
        try:
            self._workbook = CalamineWorkbook.from_path(str(path))
        except PasswordError:
            raise EncryptedFileError(path) from None
        except CalamineError as error:
            raise DamagedFileError(path, problem=str(error)) from error

    @property
    def sheet_names(self) -> list[str]:
        return [sheet.name for sheet in self.package.sheets]

    def grid(self, sheet: str) -> list[list[Any]]:
        """Give a sheet's cells from A1 on."""
        if sheet not in self._grids:
            try:
                # Without this argument leading empty rows vanish, and every address would be wrong (calamine).
                self._grids[sheet] = self._workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
            except self._calamine_error as error:
                raise DamagedFileError(self.path, problem=str(error)) from error
        return self._grids[sheet]


def _stamp(package: Package) -> Stamp | None:
    properties = package.custom_properties
    register, workbook = properties.get("registerkit.register"), properties.get("registerkit.workbook")
    revision = properties.get("registerkit.revision", "")
    if not register or not workbook or not re.fullmatch(r"\d+(?:\.0+)?", revision):
        return None
    return Stamp(register, workbook, int(float(revision)))


def _locate(reader: _Reader, definition: Definition) -> dict[str, RawTable]:
    found: dict[str, RawTable] = {}
    for excel in reader.package.tables:
        table = _table_of(excel, definition)
        if table and table.id not in found:
            found[table.id] = _from_excel_table(reader, table, excel)
    taken = {(t.sheet, t.header_row) for t in found.values()}
    for table in definition.tables.values():
        if table.id not in found and table.in_sheet and (plain := _from_headers(reader, table, taken)):
            found[table.id] = plain
            taken.add((plain.sheet, plain.header_row))
    return found


def _table_of(excel: SheetTable, definition: Definition) -> Table | None:
    """Give the definition's table by the Excel table's name, else by its columns."""
    for table in definition.tables.values():
        if table.in_sheet and excel.name.casefold() in {name.casefold() for name in table.excel.values()}:
            return table
    fitting = [(_share(excel.columns, table), table) for table in definition.tables.values() if table.in_sheet]
    best = max(fitting, key=lambda f: f[0], default=(0.0, None))
    return best[1] if best[0] > _ENOUGH else None


def _share(headers: Sequence[Any], table: Table) -> float:
    known = header_fields(table)
    hits = {known[header_key(h)] for h in headers if header_key(h) in known}
    return len(hits) / len(table.fields) if table.key in hits or table.hidden_key else 0.0


def _from_excel_table(reader: _Reader, table: Table, excel: SheetTable) -> RawTable:
    grid = reader.grid(excel.sheet)
    last, below = _rows_below(grid, excel)
    return _raw_table(reader, table, excel.sheet, excel.sheet_part, excel, excel.header_row, last, below)


def _rows_below(grid: list[list[Any]], excel: SheetTable) -> tuple[int, int | None]:
    """Give the last row with content that hangs on to the table, and the first of them below it.

    LibreOffice does not stretch a table when people type under it.
    """
    if excel.totals:
        return excel.last_row, None
    row = excel.last_row
    while row < len(grid) and any(_held(c) for c in grid[row][excel.first_column : excel.last_column + 1]):
        row += 1
    return row, excel.last_row + 1 if row > excel.last_row else None


def _from_headers(reader: _Reader, table: Table, taken: set[tuple[str, int]]) -> RawTable | None:
    """Find a table by its header row on a sheet where it is no Excel table (any more)."""
    for sheet in reader.package.sheets:
        grid = reader.grid(sheet.name)
        for n, cells in enumerate(grid[:_HEADER_ROWS], 1):
            if (sheet.name, n) not in taken and _share(cells, table) >= _ENOUGH:
                return _raw_table(reader, table, sheet.name, sheet.part, None, n, len(grid), None)
    return None


def _raw_table(
    reader: _Reader,
    table: Table,
    sheet: str,
    part: str,
    excel: SheetTable | None,
    header_row: int,
    last_row: int,
    below: int | None,
) -> RawTable:
    grid = reader.grid(sheet)
    first, last = (excel.first_column, excel.last_column) if excel else (0, MAX_COLUMNS)
    header_cells = grid[header_row - 1] if header_row <= len(grid) else []
    columns, headers = _columns(reader, table, sheet, header_row, header_cells, range(first, last + 1))
    marks = find_marks(reader.package.blocks(part), columns.values())
    rows = [(n, cells) for n, cells in enumerate(grid[header_row:last_row], header_row + 1) if any(map(_held, cells))]
    return RawTable(
        table=table,
        sheet=sheet,
        sheet_part=part,
        excel=excel,
        header_row=header_row,
        columns=columns,
        headers=headers,
        rows=rows,
        errors=marks.errors,
        formulas=marks.formulas,
        dropdowns=find_dropdowns(marks.behind),
        below=below,
    )


def _columns(
    reader: _Reader, table: Table, sheet: str, header_row: int, cells: Sequence[Any], span: range
) -> tuple[dict[str, int], dict[str, str]]:
    known = header_fields(table)
    columns: dict[str, int] = {}
    headers: dict[str, str] = {}
    for column, cell in enumerate(cells):
        field_id = known.get(header_key(cell)) if column in span else None
        if field_id is None:
            continue
        if field_id in columns:
            where = Location(reader.name, sheet, address(header_row, column), header_row, clean_header(cell))
            first = address(header_row, columns[field_id])
            reader.findings.append(Finding("duplicate_column", "error", where, context={"first": first}))
            continue
        columns[field_id], headers[field_id] = column, clean_header(cell)
    return columns, headers


def _lists(reader: _Reader, definition: Definition) -> dict[str, RawList]:
    found = {}
    for excel in reader.package.tables:
        list_id = excel.name.removeprefix(TABLE_PREFIX)
        if list_id != excel.name and list_id in definition.lists:
            grid = reader.grid(excel.sheet)
            lines = grid[excel.header_row : excel.last_row]
            width = excel.last_column + 1
            cut = [line[excel.first_column : width] for line in lines]
            padded = [[*line, *[""] * (width - excel.first_column - len(line))] for line in cut]
            found[list_id] = RawList(list_id, excel, padded)
    return found


def _form_cells(reader: _Reader, definition: Definition) -> dict[str, FormBox]:
    """Give the intake form's boxes, which carry the names `in_<field id>`."""
    return {field_id: box for field_id, box in _named_cells(reader, "in_").items() if field_id in definition.main.by_id}


def _named_cells(reader: _Reader, prefix: str) -> dict[str, FormBox]:
    """Give the cells whose names begin with `prefix`, by the rest of the name; ranges by their first cell."""
    found = {}
    parts = {sheet.name: sheet.part for sheet in reader.package.sheets}
    for name, target in reader.package.defined_names.items():
        if not name.startswith(prefix) or "!" not in target:
            continue
        sheet, _, ref = target.rpartition("!")
        if sheet.startswith("'"):
            sheet = sheet[1:-1].replace("''", "'")
        try:
            row, column, _, _ = parse_ref(ref.replace("$", ""))
        except ValueError:
            continue
        if sheet in parts:
            grid = reader.grid(sheet)
            cell = grid[row - 1][column] if row <= len(grid) and column < len(grid[row - 1]) else ""
            found[name.removeprefix(prefix)] = FormBox(sheet, parts[sheet], row, column, cell)
    return found


def _held(cell: Any) -> bool:
    return cell != "" and cell is not None and not (isinstance(cell, str) and not cell.strip())
