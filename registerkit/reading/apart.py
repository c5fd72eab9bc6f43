"""Reads the sheets of an old or foreign kind of workbook in a process of its own.

python-calamine ends the whole process on some files of these kinds, and can take all memory; here that costs only
the file. The process hands its rows over as lines of JSON (`sheets.py`).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from time import monotonic
from typing import IO, Any

from registerkit.errors import DamagedFileError, EncryptedFileError, NotAWorkbookError
from registerkit.files import full_path
from registerkit.ooxml import OLE, check_parts, first_bytes, open_zip
from registerkit.reading.memory import MOST_MEMORY, must_be_watched, used_by
from registerkit.reading.shown import ShownNumber

__all__ = ["APART", "read_apart"]

APART = (".xls", ".xlsb", ".ods")
TIME_LIMIT = 120.0
"""Seconds that reading one file may take; 100,000 rows of twenty columns take about ten."""
_LOOK_AGAIN = 0.2
"""Seconds between two looks at the memory of a process that must be watched."""
_MODULE = "registerkit.reading.sheets"
_CODE = Path(__file__).resolve().parents[2]
_MAKE: Mapping[str, Callable[[Any], Any]] = {
    "d": date.fromisoformat,
    "m": datetime.fromisoformat,
    "t": time.fromisoformat,
    "n": lambda told: ShownNumber(*told),
    "s": lambda seconds: timedelta(seconds=seconds),
}
"""What makes a value of what JSON has no kind for; see `sheets.told`."""


def read_apart(path: Path) -> dict[str, list[list[Any]]]:
    """Return the cells of every sheet from A1 on, rows as long as they are filled; raises a `FileError`."""
    _check(path)
    with tempfile.TemporaryFile() as answer:
        if _run(path, answer) != 0:
            raise DamagedFileError(path, reason="crash")
        answer.seek(0)
        return _sheets(path, answer)


def _check(path: Path) -> None:
    """Raise what can be seen without reading the file as a workbook."""
    head = first_bytes(path)
    if path.suffix.lower() == ".xls":
        if head != OLE:
            raise NotAWorkbookError(path)
        return
    with open_zip(path) as archive:
        check_parts(archive, path)


def _run(path: Path, answer: IO[bytes]) -> int:
    """Run the reader; gives the exit code of its process."""
    paths = [str(_CODE), *filter(None, [os.environ.get("PYTHONPATH")])]
    # -P keeps what lies in the folder of the moment from being taken for a module.
    with subprocess.Popen(
        [sys.executable, "-P", "-m", _MODULE, str(full_path(path))],
        stdin=subprocess.DEVNULL,
        stdout=answer,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    ) as process:
        try:
            return _watched(process) if must_be_watched() else process.wait(TIME_LIMIT)
        except subprocess.TimeoutExpired:
            raise DamagedFileError(path, reason="too_slow", seconds=int(TIME_LIMIT)) from None
        finally:
            process.kill()  # One that ended already is left alone.


def _watched(process: subprocess.Popen[bytes]) -> int:
    """Wait for a process that the system does not keep to its memory; one that takes too much is ended."""
    end = monotonic() + TIME_LIMIT
    while True:
        try:
            return process.wait(_LOOK_AGAIN)
        except subprocess.TimeoutExpired:
            if monotonic() > end:
                raise
            if used_by(process.pid) > MOST_MEMORY:
                process.kill()


def _sheets(path: Path, answer: IO[bytes]) -> dict[str, list[list[Any]]]:
    sheets: dict[str, list[list[Any]]] = {}
    rows: list[list[Any]] = []
    for line in map(json.loads, answer):
        if "error" in line:
            raise _error(path, line)
        if "sheet" in line:
            rows = sheets[line["sheet"]] = []
            continue
        rows += ([] for _ in range(line["row"] - len(rows)))
        rows.append(_cells(line["cells"]))
    return sheets


def _cells(given: list[list[Any]]) -> list[Any]:
    """Return a row's cells; each comes as column and value, with the kind of value behind it when JSON has none."""
    row: list[Any] = [""] * (given[-1][0] + 1)
    for column, value, *kind in given:
        row[column] = _MAKE[kind[0]](value) if kind else value
    return row


def _error(path: Path, line: dict[str, Any]) -> DamagedFileError | EncryptedFileError:
    reason = line["error"]
    return (
        EncryptedFileError(path) if reason == "encrypted" else DamagedFileError(path, reason=reason, **line["values"])
    )
