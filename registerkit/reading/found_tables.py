"""Reads the tables of any file as they lie there, for who has to say what is what in them: a mapping, or a person.

A table of a sheet begins at the row that looks most like headings; a mapping may name another.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from registerkit.database.access import FORMATS as ACCESS
from registerkit.database.access import read_access
from registerkit.database.odbc import OdbcTable
from registerkit.database.read_table import MOST_CELLS, ReadColumn, ReadTable
from registerkit.database.sqlite_file import only_read
from registerkit.errors import DamagedFileError, EmptyFileError, UnsupportedFileError
from registerkit.findings import Finding
from registerkit.ooxml import MAX_ROWS, first_bytes, in_usual_words
from registerkit.reading.apart import APART, read_apart
from registerkit.reading.csv_file import beyond_headers, csv_lines
from registerkit.reading.error_words import errors_in
from registerkit.reading.headers import held_rows, is_held
from registerkit.reading.shown_columns import shown_rows
from registerkit.reading.xlsx import shown_grids

__all__ = ["TABLES", "FoundTable", "first_lines", "found_in", "found_table", "found_tables"]

SQLITE = (".db", ".sqlite", ".sqlite3")
_XLSX = (".xlsx", ".xlsm")
TABLES = (*_XLSX, *APART, ".csv", ".json", *ACCESS, *SQLITE)
"""The kinds of file in which tables are found."""
_OTHER_WORDS = ("prefixed", "strict")
"""Workbooks that say the same in other words than Excel does."""
_HEADER_ROWS = 25
"""How far down a sheet its headings are looked for."""
_LOOKED_AT = 20
"""So many rows below are looked at to see whether they are what the headings say."""
_LONGEST_HEADING = 80
_Grids = Mapping[str, tuple[Sequence[Sequence[Any]], frozenset[tuple[int, int]]]]
"""The cells of each sheet, and which of them hold an error."""
MOST_JSON = 256 * 1024**2
"""Bytes of a `.json` file that are read."""


@dataclass(frozen=True)
class FoundTable:
    """A table as it lies in a file; rows count as the file does, columns from 0."""

    name: str
    """The name of the sheet or table."""
    header_row: int
    """The row with the headings; 0 in a database."""
    headers: tuple[str, ...]
    rows: Sequence[tuple[int, Sequence[Any]]]
    errors: frozenset[tuple[int, int]] = frozenset()
    has_cells: bool = True
    """Its cells have addresses."""
    grid: Sequence[Sequence[Any]] = ()
    """All cells from A1 on, where it lies on a sheet."""
    notes: tuple[Finding, ...] = ()
    """What is to be told of the reading of it."""

    def headed_at(self, row: int) -> FoundTable:
        """Return the table that begins at another row of the sheet."""
        if not self.grid or row == self.header_row:
            return self
        return replace(_of_grid(self.name, self.grid, row, self.errors), notes=self.notes)


def found_tables(path: Path, odbc: OdbcTable | None = None) -> list[FoundTable]:
    """Return the tables of a file that hold anything; raises a `FileError` when it cannot be read at all."""
    if odbc is not None:
        return [found_table(odbc.content)]
    kind = path.suffix.lower()
    if path.is_dir():
        raise UnsupportedFileError(path, reason="folder")
    if kind not in TABLES and path.exists():
        raise UnsupportedFileError(path, kinds=", ".join(TABLES))
    found = list(_tables(path, kind))
    if not found:
        raise EmptyFileError(path, reason="no_tables")
    return found


def first_lines(path: Path) -> list[Sequence[Any]]:
    """Return the first line of every sheet of a `.csv` or `.xlsx` file; raises a `FileError` when it cannot be read."""
    if path.suffix.lower() == ".csv":
        return [csv_lines(path)[0][0]]
    return [grid[0] if grid else () for grid, _ in shown_grids(path).values()]


def found_in(tables: Iterable[FoundTable], name: str) -> FoundTable | None:
    """Return the table of a name, whatever its capitals."""
    return next((table for table in tables if table.name.casefold().strip() == name.casefold().strip()), None)


def _tables(path: Path, kind: str) -> Iterator[FoundTable]:
    if kind == ".csv":
        lines, notes = csv_lines(path)
        if any("\0" in cell for cells in lines for cell in cells):
            raise DamagedFileError(path, reason="no_text")
        found = _of_grid(path.stem, lines, 1 if _is_heading(lines[0]) else _header_row(lines))
        yield replace(found, notes=(*notes, *beyond_headers(lines, found.header_row)))
    elif kind == ".json":
        yield from map(found_table, _json_tables(path))
    elif kind in ACCESS:
        first_bytes(path)
        yield from (found_table(table) for table in read_access(path).with_words.values() if table.rows)
    elif kind in SQLITE:
        yield from (found_table(table) for table in _sqlite_tables(path) if table.rows)
    else:
        yield from _sheets(path, kind)


def _sheets(path: Path, kind: str) -> Iterator[FoundTable]:
    for name, (grid, errors) in (_shown(path) if kind in _XLSX else _apart(path)).items():
        if len(held_rows(grid)) > 1:
            yield _of_grid(name, grid, _header_row(grid), errors)


def _shown(path: Path) -> _Grids:
    try:
        return shown_grids(path)
    except UnsupportedFileError as error:
        if error.reason not in _OTHER_WORDS:
            raise
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        in_usual_words(path, copy)
        return shown_grids(copy)


def _apart(path: Path) -> _Grids:
    return {name: (grid, frozenset()) for name, grid in read_apart(path).items()}


def _of_grid(
    name: str, grid: Sequence[Sequence[Any]], header_row: int, errors: frozenset[tuple[int, int]] = frozenset()
) -> FoundTable:
    cells = grid[header_row - 1] if 0 < header_row <= len(grid) else ()
    headers = tuple(_heading(cell) for cell in cells)
    rows = held_rows(grid, header_row)
    told = errors or errors_in(rows, {str(n): n for n in range(len(headers))})
    return FoundTable(name, header_row, headers, rows, told, grid=grid)


def found_table(read: ReadTable) -> FoundTable:
    """Return a table of a database as it lies there."""
    headers = tuple(column.name for column in read.columns)
    return FoundTable(read.name, 0, headers, shown_rows(read, range(len(headers))), has_cells=False)


def _heading(cell: object) -> str:
    return " ".join(str("" if cell is None else cell).split())


def _header_row(grid: Sequence[Sequence[Any]]) -> int:
    """Return the row that looks most like headings: many different short texts, above rows that fill their columns."""
    best = max(range(min(len(grid), _HEADER_ROWS)), key=lambda n: (_likeness(grid, n), -n), default=0)
    return best + 1


def _likeness(grid: Sequence[Sequence[Any]], n: int) -> float:
    columns = [column for column, cell in enumerate(grid[n]) if _is_name(cell)]
    differ = {_heading(grid[n][column]).casefold(): column for column in reversed(columns)}
    # Headings differ from each other, values repeat; but beside the table may stand another with a heading of its own.
    columns = sorted(differ.values())[: max(0, 2 * len(differ) - len(columns))]
    below = grid[n + 1 : n + 1 + _LOOKED_AT]
    filled = sum(any(column < len(line) and is_held(line[column]) for line in below) for column in columns)
    return filled + 0.1 * len(columns)


def _is_name(cell: object) -> bool:
    text = _heading(cell) if isinstance(cell, str) else ""
    return 0 < len(text) <= _LONGEST_HEADING and not text[0].isdigit()


def _is_heading(cells: Sequence[Any]) -> bool:
    held = [cell for cell in cells if is_held(cell)]
    return len(held) > 1 and all(map(_is_name, held))


# ------------------------------------------------------------------------------------------------------ JSON, SQLite
def _json_tables(path: Path) -> list[ReadTable]:
    first_bytes(path)
    if path.stat().st_size > MOST_JSON:
        raise DamagedFileError(path, reason="too_large", limit=MOST_JSON // 1024**2)
    try:
        tree = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError):
        raise DamagedFileError(path, reason="json") from None
    named = tree if isinstance(tree, dict) and any(_is_rows(rows) for rows in tree.values()) else {path.stem: tree}
    return [_of_objects(str(name), rows) for name, rows in named.items() if _is_rows(rows)]


def _is_rows(tree: object) -> bool:
    return isinstance(tree, list) and bool(tree) and all(isinstance(row, dict) for row in tree)


def _of_objects(name: str, objects: list[dict[str, Any]]) -> ReadTable:
    columns = tuple(dict.fromkeys(str(key) for row in objects for key in row))
    rows = [(n, [_json_cell(row.get(column)) for column in columns]) for n, row in enumerate(objects, 1)]
    names = [_whole_signs(column) for column in columns]
    return ReadTable(_whole_signs(name), tuple(ReadColumn(each, each, None) for each in names), None, rows)


def _whole_signs(text: str) -> str:
    """Return a text without half a sign, which JSON can hold and no file can."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _json_cell(value: Any) -> Any:
    if isinstance(value, list) and not any(isinstance(each, dict | list) for each in value):
        return ", ".join(str(each) for each in value if each is not None)
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, str):
        return _whole_signs(value)
    return float(value) if type(value) is int and abs(value) < 10**15 else str(value) if type(value) is int else value


def _sqlite_tables(path: Path) -> Iterator[ReadTable]:
    if first_bytes(path)[:6] != b"SQLite":
        raise DamagedFileError(path, problem="SQLite")
    room = MOST_CELLS
    try:
        with only_read(path) as connection:
            connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
            names = connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name")
            for (name,) in names.fetchall():
                if name.startswith("sqlite_"):
                    continue
                quoted = name.replace('"', '""')
                cursor = connection.execute(f'SELECT * FROM "{quoted}"')
                columns = tuple(ReadColumn(told[0], told[0], None) for told in cursor.description)
                rows = []
                for n, row in enumerate(cursor, 1):
                    room -= len(columns)
                    if room < 0 or n > MAX_ROWS:
                        raise DamagedFileError(path, reason="too_many_lines")
                    rows.append((n, [_json_cell(cell) if not isinstance(cell, bytes) else None for cell in row]))
                yield ReadTable(name, columns, None, rows)
    except sqlite3.Error as error:
        raise DamagedFileError(path, problem=str(error)) from None
