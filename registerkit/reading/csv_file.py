"""Opens a `.csv` file as a table of the definition: semicolons or commas, UTF-8 or Dutch Excel's Windows-1252."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from registerkit.definition import Table, clean_header, header_fields, header_key
from registerkit.errors import DamagedFileError, EmptyFileError, MissingFileError, NoRegisterTableError
from registerkit.reading.raw import RawTable

__all__ = ["open_csv"]

_DELIMITERS = ";,\t"
_NAMED = re.compile(r"sep=(.)\r?\n")


def open_csv(path: Path, table: Table) -> RawTable:
    """Read the rows of a `.csv` file whose first line holds the headers.

    Raises `MissingFileError`, `EmptyFileError`, `DamagedFileError`, or `NoRegisterTableError` when hardly any header
    is one of the table's.
    """
    lines = _lines(path)
    known = header_fields(table)
    columns: dict[str, int] = {}
    for column, header in enumerate(lines[0]):
        if (field_id := known.get(header_key(header))) is not None:
            columns.setdefault(field_id, column)
    if len(columns) < 2:
        raise NoRegisterTableError(path, table=table.labels, sheets=", ".join(lines[0])[:80])
    headers = {field_id: clean_header(lines[0][column]) for field_id, column in columns.items()}
    rows = [(n, cells) for n, cells in enumerate(lines[1:], 2) if any(cell.strip() for cell in cells)]
    return RawTable(table, path.name, "", None, 1, columns, headers, rows)


def _lines(path: Path) -> list[list[str]]:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise MissingFileError(path) from None
    except OSError as error:
        raise DamagedFileError(path, problem=str(error)) from error
    text = _decoded(data)
    if not text.strip():
        raise EmptyFileError(path)
    if named := _NAMED.match(text):  # Excel's own first line, which it does not count as a row.
        text = text[named.end() :]
    delimiter = named[1] if named else max(_DELIMITERS, key=text.split("\n", 1)[0].count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)) or [[]]
    except csv.Error as error:
        raise DamagedFileError(path, problem=str(error)) from error


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
