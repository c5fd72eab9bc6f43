"""Opens a `.csv` file as a table of the definition: semicolons or commas, UTF-8 or Dutch Excel's Windows-1252."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from registerkit.definition import Table, clean_header, header_fields, header_key
from registerkit.errors import EmptyFileError, MissingFileError, NoRegisterTableError
from registerkit.reading.raw import RawTable

__all__ = ["open_csv"]

_DELIMITERS = ";,\t"


def open_csv(path: Path, table: Table) -> RawTable:
    """Read the rows of a `.csv` file whose first line holds the headers.

    Raises `MissingFileError`, `EmptyFileError`, or `NoRegisterTableError` when the key's or no other header is there.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise MissingFileError(path) from None
    if not data.strip():
        raise EmptyFileError(path)
    text = _decoded(data)
    first = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first.count)
    lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    known = header_fields(table)
    columns: dict[str, int] = {}
    for column, header in enumerate(lines[0]):
        if (field_id := known.get(header_key(header))) is not None:
            columns.setdefault(field_id, column)
    if len(columns) < 2:
        raise NoRegisterTableError(path, table=table.labels["nl"], sheets=first[:80])
    headers = {field_id: clean_header(lines[0][column]) for field_id, column in columns.items()}
    rows = [(n, cells) for n, cells in enumerate(lines[1:], 2) if any(cell.strip() for cell in cells)]
    return RawTable(table, path.name, "", None, 1, columns, headers, rows)


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
