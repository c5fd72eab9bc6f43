"""The process of its own that reads a workbook: `python -m registerkit.reading.sheets FILE`.

Writes lines of JSON: `{"sheet": name}`, then for each row with content `{"row": n, "cells": [[column, value], …]}`,
both counted from 0; or `{"error": code, "values": {…}}`. Days, moments, times, spans and numbers that are shown
in another way have their kind behind them.
"""

from __future__ import annotations

import json
import struct
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from registerkit.errors import DamagedFileError, EncryptedFileError, FileError
from registerkit.ooxml import address, is_too_wide
from registerkit.reading.calamine import calamine_faults
from registerkit.reading.memory import MOST_MEMORY, keep_to
from registerkit.reading.ods_shown import OdsShown, ods_shown
from registerkit.reading.old_formats import CellFormats, xls_formats, xlsb_formats
from registerkit.reading.shown import ShownNumber, as_shown, number_as

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

__all__ = ["main", "told"]

MOST_ROWS = 2_000_000
"""Rows, blank ones included, that all sheets together may have."""
MOST_HELD = 5_000_000
"""Filled cells that are handed over at most: 100,000 rows of fifty columns."""


def main(path: Path) -> None:
    """Read a workbook and write what it holds on standard output."""
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    _limit_memory()
    try:
        for line in _lines(path):
            sys.stdout.write(json.dumps(line) + "\n")
    except EncryptedFileError:
        sys.stdout.write(json.dumps({"error": "encrypted"}) + "\n")
    except FileError as error:
        sys.stdout.write(json.dumps({"error": error.reason, "values": error.values}) + "\n")


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum  # Loaded in this process only.

    with calamine_faults(path):
        workbook = CalamineWorkbook.from_path(str(path))
    sheets = [sheet.name for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    shown = ods_shown(path) if path.suffix.lower() == ".ods" else OdsShown({}, {})
    formats = _formats(path)
    total = reached = 0
    for n, name in enumerate(sheets):  # A sheet that is all chart has no cells.
        with calamine_faults(path):
            sheet = workbook.get_sheet_by_name(name)
        yield {"sheet": name}
        last = 0
        for row, cells in _rows(path, sheet):
            held = {column: cell for column, cell in cells if cell not in ("", None)}
            held |= shown.errors.get(n, {}).get(row, {})
            _show(held, formats.get(name, {}).get(row, {}), as_shown)
            _show(held, shown.numbers.get(n, {}).get(row, {}), number_as)
            if held:
                last = row
                total += len(held)
                # One cell can be said to repeat itself a million times, and blank rows between are made too.
                if total > MOST_HELD or reached + last > MOST_ROWS:
                    raise DamagedFileError(path, reason="too_wide", sheet=name, cell=address(row + 1, max(held)))
                yield {"row": row, "cells": [told(column, held[column]) for column in sorted(held)]}
        reached += last


def _rows(path: Path, sheet: CalamineSheet) -> Iterator[tuple[int, Iterable[tuple[int, Any]]]]:
    """Return the rows of a sheet with their number, each cell with its column."""
    if sheet.start is None or sheet.end is None:
        return
    (_, left), (bottom, right) = sheet.start, sheet.end
    if is_too_wide(bottom + 1, right + 1, 0):
        raise DamagedFileError(path, reason="too_wide", sheet=sheet.name, cell=address(bottom + 1, right))
    for row, cells in enumerate(sheet.iter_rows()):  # The rows above the first filled one come too, columns do not.
        yield row, enumerate(cells, left)


def _formats(path: Path) -> CellFormats:
    """Return the number formats of the cells; none when the file has them in a way that we do not know."""
    read = {".xls": xls_formats, ".xlsb": xlsb_formats}.get(path.suffix.lower())
    try:
        return read(path) if read else {}
    except (struct.error, LookupError, ValueError, ArithmeticError, OSError, zipfile.BadZipFile):
        return {}


def _show(held: dict[int, Any], known: Mapping[int, str], show: Callable[[Any, str], float | str]) -> None:
    """Let numbers and texts show what is known of their cells."""
    for column, text in known.items():
        if type(held.get(column)) in (int, float):
            held[column] = show(float(held[column]), text)
        elif isinstance(held.get(column), str):
            held[column] = show(held[column], text)


def told(column: int, cell: Any) -> list[Any]:
    """Return a cell as JSON can hold it."""
    if isinstance(cell, datetime):
        return [column, cell.isoformat(), "m"]
    if isinstance(cell, date):
        return [column, cell.isoformat(), "d"]
    if isinstance(cell, time):
        return [column, cell.isoformat(), "t"]
    if isinstance(cell, timedelta):
        return [column, cell.total_seconds(), "s"]
    if isinstance(cell, ShownNumber):
        return [column, [float(cell), cell.shown], "n"]
    return [column, float(cell) if type(cell) is int else cell]


def _limit_memory() -> None:
    keep_to(MOST_MEMORY)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
