"""Opens a `.csv` file as a table of the definition: in cells by whatever sign, in whatever letters it was saved."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from itertools import chain, islice
from pathlib import Path

from registerkit.definition import Table
from registerkit.errors import DamagedFileError, EmptyFileError, NoRegisterTableError, NotAWorkbookError
from registerkit.findings import Finding, some_of
from registerkit.ooxml import MAX_COLUMNS, MAX_ROWS, OLE, first_bytes
from registerkit.reading.encodings import Decoded, decoded
from registerkit.reading.error_words import errors_in
from registerkit.reading.headers import header_columns, held_rows
from registerkit.reading.raw import RawTable

__all__ = ["beyond_headers", "csv_lines", "open_csv"]

MAX_SIZE = 256 * 1024**2
"""Bytes that are read; a sheet of 100,000 complaints takes about thirty million."""
_NO_TEXT = (b"PK\x03\x04", OLE, b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b", b"\0\1\0\0Stan")
"""What workbooks, papers, pictures, packed files and databases begin with, whatever their name says."""
_DELIMITERS = ";,\t|"
_KEPT_AS_TEXT = re.compile(r'="((?:[^"]|"")*)"')
"""How programs keep Excel from making a number of a text: ="0090887"."""
_END = "\ufdd0"
"""Stands behind the last line while a file is read; one that comes back within a cell was swallowed by it."""
_DOS_END = "\x1a"
_NAMED = re.compile(r"sep=(.)(?:\r?\n|\r|\Z)")


def open_csv(path: Path, table: Table) -> RawTable:
    """Read the rows of a `.csv` file whose first line holds the headers.

    Raises `MissingFileError`, `EmptyFileError`, `DamagedFileError`, or `NoRegisterTableError` when hardly any header
    is one of the table's.
    """
    lines, notes = csv_lines(path)
    found = header_columns(table, lines[0], range(len(lines[0])))
    if len(found.columns) < 2:
        raise NoRegisterTableError(path, table=table.sheet, sheets=some_of(lines[0]))
    rows = held_rows(lines, 1)
    errors = errors_in(rows, found.columns)
    return RawTable(
        table, path.stem, "", None, 1, found.columns, found.headers, rows, errors, strange=tuple(found.strange),
        notes=(*notes, *beyond_headers(lines), *found.doubled("", path.stem, 1)),
    )  # fmt: skip


def beyond_headers(lines: Sequence[Sequence[str]], header_row: int = 1) -> list[Finding]:
    """Return what is to be told of text that stands where no column is: most often a cell was split by what it says."""
    width, rows_below = len(lines[header_row - 1]), enumerate(lines[header_row:], header_row + 1)
    beyond = {n: text for n, line in rows_below if (text := " ".join(filter(str.strip, line[width:])))}
    if not beyond:
        return []
    rows = ", ".join(map(str, islice(beyond, 5))) + (" …" if len(beyond) > 5 else "")
    return [Finding("cells_without_header", "error", value=next(iter(beyond.values()))[:80], context={"rows": rows})]


def csv_lines(path: Path) -> tuple[list[list[str]], tuple[Finding, ...]]:
    """Return the lines of a `.csv` file in cells, and what is to be told of the letters that it was saved in."""
    read = _read(path)
    return _lines(path, read.text), _notes(read)


def _notes(read: Decoded) -> tuple[Finding, ...]:
    """Return what is to be told of the letters that a file was saved in."""
    if read.letters is None:
        return ()
    return (
        Finding(
            "letters_guessed",
            "info" if read.is_sure else "warning",
            value=read.sample,
            context={"letters": read.letters},
        ),
    )


def _read(path: Path) -> Decoded:
    if first_bytes(path).startswith(_NO_TEXT):
        raise NotAWorkbookError(path, reason="list")
    if path.stat().st_size > MAX_SIZE:
        raise DamagedFileError(path, reason="too_large", limit=MAX_SIZE // 1024**2)
    return decoded(path.read_bytes())


def _lines(path: Path, text: str) -> list[list[str]]:
    if named := _NAMED.match(text):  # Excel's own first line, which it does not count as a row.
        text = text[named.end() :]
    text = text.removesuffix(_DOS_END)
    if not text.strip():
        raise EmptyFileError(path)
    delimiter = named[1] if named else _delimiter(text)
    try:
        read = csv.reader(chain(io.StringIO(text, newline=""), [_END]), delimiter=delimiter)
        lines = [[_as_text(cell) for cell in line] for line in islice(read, MAX_ROWS + 2)]
    except csv.Error as error:
        raise DamagedFileError(path, problem=str(error)) from error
    if len(lines) <= MAX_ROWS + 1 and lines.pop() != [_END]:
        raise DamagedFileError(path, reason="open_quote", row=len(lines) + 1)
    if len(lines) > MAX_ROWS or max(map(len, lines)) > MAX_COLUMNS:
        raise DamagedFileError(path, reason="too_many_lines")
    return lines


def _delimiter(text: str) -> str:
    """Return the sign between the cells: the one that the first line has most of, below a title that has none."""
    lines = (line[0].strip() for line in re.finditer("[^\r\n]+", text))
    first = next((line for line in lines if not set(_DELIMITERS).isdisjoint(line)), "")
    return max(_DELIMITERS, key=first.count)


def _as_text(cell: str) -> str:
    kept = _KEPT_AS_TEXT.fullmatch(cell) if cell.startswith("=") else None
    return kept[1].replace('""', '"') if kept else cell
