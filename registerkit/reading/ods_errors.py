"""Which cells of an `.ods` file hold an error: python-calamine gives those as blank."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

__all__ = ["ods_errors"]

_TAG = re.compile(rb"<table:(table-row|table-cell|covered-table-cell|table)(?=[\s/>])([^<>]*)>")
_TIMES = re.compile(rb'\btable:number-(?:rows|columns)-repeated="(\d{1,7})"')
_ERROR = b'calcext:value-type="error"'
_TEXT = re.compile(rb"\s*<text:p[^<>]*>([^<]*)<")


def ods_errors(path: Path) -> dict[int, dict[int, dict[int, str]]]:
    """Return what the cells with an error show, by sheet, row and column, all from 0."""
    with zipfile.ZipFile(path) as archive:
        xml = archive.read("content.xml")
    found: dict[int, dict[int, dict[int, str]]] = {}
    if _ERROR not in xml:
        return found
    sheet, row, next_row, column = -1, 0, 0, 0
    for tag in _TAG.finditer(xml):
        times = _TIMES.search(tag[2])
        repeated = int(times[1]) if times else 1
        if tag[1] == b"table":
            sheet, next_row = sheet + 1, 0
        elif tag[1] == b"table-row":
            row, next_row, column = next_row, next_row + repeated, 0
        else:
            if _ERROR in tag[2] and (shown := _TEXT.match(xml, tag.end())):
                found.setdefault(sheet, {}).setdefault(row, {})[column] = shown[1].decode(errors="replace")
            column += repeated
    return found
