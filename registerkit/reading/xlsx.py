"""Opens a filled `.xlsx` or `.xlsm` file: its tables and what their cells hold, errors and formulas told apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

from registerkit.definition import Definition, Field, Table
from registerkit.errors import DamagedFileError, FileError, NoRegisterTableError, UnsupportedFileError
from registerkit.findings import Finding, Location, some_of
from registerkit.ooxml import MAX_COLUMNS, Package, SheetTable, address, check_extent, find_dropdowns, parse_ref
from registerkit.reading.attention import read_attention
from registerkit.reading.calamine import calamine_faults
from registerkit.reading.error_cells import find_marks
from registerkit.reading.headers import (
    can_stand_beside,
    headed,
    header_columns,
    header_row_of,
    held_rows,
    is_held,
    share_of,
)
from registerkit.reading.lists import TABLE_PREFIX, RawList
from registerkit.reading.raw import FormBox, RawTable, RawWorkbook
from registerkit.reading.shown import names_other_money, shown_number, shows_text
from registerkit.reading.struck_out import Strikes, strikes_of, struck_cells
from registerkit.reading.xlsx_formats import cells_in_doubt, in_doubt, number_formats, with_shown
from registerkit.stamp import Stamp

__all__ = ["open_xlsx", "shown_grids", "stamp_of_file"]

_MOST_SPANNED = 80_000_000
"""Cells, blank ones included, that all sheets that are read may span together."""
_LIKE_A_ROW = 4
"""So many filled cells side by side are no note or total any more."""
_ENOUGH = 0.5
"""The share of a table's columns that an Excel table with a name of its own must have to be taken for it."""


def open_xlsx(path: Path, definition: Definition, name: str) -> RawWorkbook:
    """Read a filled workbook; raises a `FileError` when it cannot be used at all."""
    with Package(path) as package:
        stamp = _stamp_in(package)
        if stamp and package.date1904:  # We never build it so: all days that stood in it have moved by four years.
            raise UnsupportedFileError(path, reason="days_of_1904")
        reader = _Reader(package, path, name)
        found, beside = _locate(reader, definition)
        reader.findings += [finding for raw in found.values() if (finding := _renamed(raw, name))]
        if stamp:
            reader.findings += [finding for raw in found.values() if (finding := _unnumbered(raw, name))]
        form = _form_cells(reader, definition)
        if definition.main_id not in found and not form:
            raise NoRegisterTableError(path, table=definition.main.sheet, sheets=some_of(reader.sheet_names))
        parts = {sheet.name: sheet.part for sheet in package.sheets}
        lists = _lists(reader, definition)
        asked = {name: str(box.content) for name, box in _named_cells(reader, "ask_").items()}
        attention = read_attention(package.tables, reader.grid)
        return RawWorkbook(
            path,
            reader.name,
            stamp,
            found,
            form,
            tuple(reader.findings),
            parts,
            lists,
            asked,
            attention=attention,
            held=_named_cells(reader, "held_").get("letters"),
            names=package.defined_names,
            beside=beside,
            grids=reader.grids,
        )


def shown_grids(path: Path) -> dict[str, tuple[list[list[Any]], frozenset[tuple[int, int]]]]:
    """Return what the cells of every sheet show, from A1 on, and which of them hold an error."""
    found = {}
    with Package(path) as package:
        reader = _Reader(package, path, path.name)
        for sheet in package.sheets:
            rows = held_rows(reader.grid(sheet.name))
            wanted = {(n, c) for n, cells in rows for c, cell in enumerate(cells) if isinstance(cell, float)}
            marks = find_marks(package.blocks(sheet.part), range(max((len(cells) for _, cells in rows), default=0)))
            grid: list[list[Any]] = [[]] * (rows[-1][0] if rows else 0)
            for n, cells in with_shown(package, sheet.part, reader.formats, rows, wanted):
                grid[n - 1] = list(cells)
            found[sheet.name] = grid, marks.errors
    return found


class _Reader:
    """The file's cells by sheet, each sheet read once."""

    def __init__(self, package: Package, path: Path, name: str) -> None:
        from python_calamine import CalamineWorkbook  # Loaded only when a file is read.

        self.package = package
        self.path = path
        self.name = name
        self.findings: list[Finding] = []
        self.grids: dict[str, list[list[Any]]] = {}
        """The sheets read so far."""
        self._spanned = 0
        self._parts = {sheet.name: sheet.part for sheet in package.sheets}
        with calamine_faults(path):
            self._workbook = CalamineWorkbook.from_path(str(path))

    @property
    def sheet_names(self) -> list[str]:
        return list(self._parts)

    def _part(self, wanted: str) -> bytes:
        """Return the workbook's part of a kind; nothing when it has none."""
        parts = (part for kind, part in self.package.relations("xl/workbook.xml").values() if kind == wanted)
        return next((self.package.read(part) for part in parts if self.package.has(part)), b"")

    @cached_property
    def _styles(self) -> bytes:
        return self._part("styles")

    @cached_property
    def formats(self) -> Mapping[int, str]:
        """The formats that show more than a number, by style."""
        return number_formats(self._styles)

    @cached_property
    def strikes(self) -> Strikes:
        """What of the file is struck out."""
        return strikes_of(self._styles, self._part("sharedStrings"))

    @cached_property
    def formats_texts(self) -> bool:
        """Whether one of them shows more of a text than the text."""
        return any(map(shows_text, self.formats.values()))

    @cached_property
    def formats_money(self) -> bool:
        """Whether one of them shows an amount in something else than euros; percents are looked at as it is."""
        shown = (shown_number(1, code) or "" for code in self.formats.values() if "%" not in code)
        return any(map(names_other_money, shown))

    def grid(self, sheet: str) -> list[list[Any]]:
        """Return a sheet's cells from A1 on."""
        if sheet not in self.grids:
            check_extent(self.package, self._parts[sheet], sheet)
            with calamine_faults(self.path):
                # Without this argument leading empty rows vanish, and every address would be wrong (calamine).
                grid = self._workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
            spanned = len(grid) * max(map(len, grid), default=0)
            if self._spanned + spanned > _MOST_SPANNED:
                raise DamagedFileError(self.path, reason="too_wide", sheet=sheet, cell=address(len(grid), 0))
            self._spanned += spanned
            self.grids[sheet] = grid
        return self.grids[sheet]


def _stamp_in(package: Package) -> Stamp | None:
    """Return what a workbook says of the register it belongs to."""
    return Stamp.of({name.removeprefix("registerkit."): text for name, text in package.custom_properties.items()})


def stamp_of_file(path: Path) -> Stamp | None:
    """Return the same of a file; None for one that is no workbook or cannot be read."""
    try:
        with Package(path) as package:
            return _stamp_in(package)
    except (FileError, OSError):
        return None


def _locate(reader: _Reader, definition: Definition) -> tuple[dict[str, RawTable], list[RawTable]]:
    """Return each table where it stands, and the other places with the headings of one."""
    excel, found, beside = reader.package.tables, dict[str, RawTable](), list[RawTable]()
    by_name = [_named(each, definition) for each in excel]
    # A copied sheet can stand before the one it was copied from: the table of the right name comes first.
    for each, table in sorted(zip(excel, by_name, strict=True), key=lambda pair: pair[1] is None):
        table = table or _by_columns(each.columns, definition)
        if table and table.id not in found:
            found[table.id] = _from_excel_table(reader, table, each)
        elif table and can_stand_beside(table, each.columns):
            beside.append(_from_excel_table(reader, table, each))
    taken = {(t.sheet, t.header_row) for t in found.values()}
    for table in definition.tables.values():
        if table.id not in found and table.in_sheet and (plain := _from_headers(reader, table, taken)):
            found[table.id] = plain
            taken.add((plain.sheet, plain.header_row))
    return found, beside + _moved(reader, definition, {raw.sheet for raw in (*found.values(), *beside)})


def _moved(reader: _Reader, definition: Definition, known: set[str]) -> list[RawTable]:
    """Return the sheets without a table to which someone moved rows, headings and all."""
    found = []
    for sheet in reader.package.sheets:
        if sheet.name in known:
            continue
        try:
            grid = reader.grid(sheet.name)
        except DamagedFileError:  # Someone's own sheet, too large to look through; the register is not on it.
            continue
        if place := headed(grid, definition):
            table, row = place
            found.append(_raw_table(reader, table, sheet.name, sheet.part, None, row, len(grid), None))
    return found


def _named(excel: SheetTable, definition: Definition) -> Table | None:
    """Return the definition's table of an Excel table's name."""
    names = {name.casefold(): table for table in definition.tables.values() for name in table.excel.values()}
    table = names.get(excel.name.casefold())
    return table if table and table.in_sheet else None


def _by_columns(columns: Sequence[str], definition: Definition) -> Table | None:
    """Return the table of which an Excel table with a name of its own has most of the columns."""
    fitting = [(share_of(columns, table), table) for table in definition.tables.values() if table.in_sheet]
    best = max(fitting, key=lambda f: f[0], default=(0.0, None))
    return best[1] if best[0] > _ENOUGH else None


def _from_excel_table(reader: _Reader, table: Table, excel: SheetTable) -> RawTable:
    grid = reader.grid(excel.sheet)
    last, below = _rows_below(grid, excel)
    if (stray := _stray_row(grid, excel, last)) is not None:
        where = Location(reader.name, excel.sheet, address(stray, excel.first_column), stray)
        reader.findings.append(Finding("rows_far_below", "error", where, str(stray)))
    return _raw_table(reader, table, excel.sheet, excel.sheet_part, excel, excel.header_row, last, below)


def _rows_below(grid: list[list[Any]], excel: SheetTable) -> tuple[int, int | None]:
    """Return the last row with content that hangs on to the table, and the first of them below it.

    LibreOffice does not stretch a table when people type under it.
    """
    if excel.totals:
        return excel.last_row, None
    row = excel.last_row
    while row < len(grid) and any(is_held(c) for c in grid[row][excel.first_column : excel.last_column + 1]):
        row += 1
    return row, excel.last_row + 1 if row > excel.last_row else None


def _stray_row(grid: list[list[Any]], excel: SheetTable, last: int) -> int | None:
    """Return the first row below the table, with blank rows between, that looks like one of its rows."""
    if excel.totals:
        return None
    span = slice(excel.first_column, excel.last_column + 1)
    rows = enumerate(grid[last:], last + 1)
    return next((n for n, cells in rows if sum(map(is_held, cells[span])) >= _LIKE_A_ROW), None)


def _from_headers(reader: _Reader, table: Table, taken: set[tuple[str, int]]) -> RawTable | None:
    """Find a table by its header row on a sheet where it is no Excel table (any more)."""
    for sheet in reader.package.sheets:
        grid = reader.grid(sheet.name)
        row = header_row_of(grid, table, {n for name, n in taken if name == sheet.name})
        if row is not None:
            return _raw_table(reader, table, sheet.name, sheet.part, None, row, len(grid), None)
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
    found = header_columns(table, header_cells, range(first, last + 1))
    reader.findings += found.doubled(reader.name, sheet, header_row)
    marks = find_marks(reader.package.blocks(part), found.columns.values())
    rows = held_rows(grid, header_row, last_row)
    inputs = {column: field for f, column in found.columns.items() if (field := table.by_id[f]).is_input}
    wanted = cells_in_doubt(inputs, rows, with_texts=reader.formats_texts, with_money=reader.formats_money)
    shown = with_shown(reader.package, part, reader.formats, rows, wanted)
    return RawTable(
        table=table,
        sheet=sheet,
        sheet_part=part,
        excel=excel,
        header_row=header_row,
        columns=found.columns,
        headers=found.headers,
        rows=shown,
        errors=marks.errors,
        struck_out=struck_cells(reader.package, part, reader.strikes, inputs),
        formulas=marks.formulas,
        dropdowns=find_dropdowns(marks.behind),
        strange=tuple(found.strange) if excel else (),
        below=below,
    )


def _renamed(raw: RawTable, name: str) -> Finding | None:
    """Tell of columns that are missing where there are others that nobody knows: a header may have been changed."""
    missing = [f.labels for f in raw.table.fields if f.is_input and not f.hidden and f.id not in raw.columns]
    if not raw.strange or not missing:
        return None
    where = Location(name, raw.sheet, row=raw.header_row)
    return Finding("renamed_columns", "warning", where, ", ".join(raw.strange), {"labels": missing})


def _unnumbered(raw: RawTable, name: str) -> Finding | None:
    """Tell of a table of ours whose column of numbers is gone, so that its rows are known by what they say alone."""
    key = raw.table.by_id[raw.table.key]
    if not raw.table.numbering or raw.table.hidden_key or key.id in raw.columns:
        return None
    return Finding(
        "number_column_gone", "error", Location(name, raw.sheet, row=raw.header_row), context={"labels": [key.labels]}
    )


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
    """Return the intake form's boxes, which carry the names `in_<field id>`."""
    main, boxes = definition.main, _named_cells(reader, "in_")
    named = {main.names.get(name, name): box for name, box in boxes.items()}
    boxes = {field_id: box for field_id, box in named.items() if field_id in main.by_id}
    return {f: _as_shown(reader, box, main.by_id[f]) for f, box in boxes.items()}


def _as_shown(reader: _Reader, box: FormBox, field: Field) -> FormBox:
    if not in_doubt(field, box.content, with_texts=True, with_money=True):
        return box
    cells = [(box.row, [""] * box.column + [box.content])]
    ((_, shown),) = with_shown(reader.package, box.sheet_part, reader.formats, cells, {(box.row, box.column)})
    return replace(box, content=shown[-1])


def _named_cells(reader: _Reader, prefix: str) -> dict[str, FormBox]:
    """Return the cells whose names begin with `prefix`, by the rest of the name; ranges by their first cell."""
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
