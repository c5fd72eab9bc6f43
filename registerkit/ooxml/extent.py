"""How far the cells of a sheet reach, looked at before a reader makes a whole rectangle of them.

Two cells in opposite corners of a sheet span 17 milliard: no reader survives that (calamine's ends the process).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from registerkit.errors import DamagedFileError
from registerkit.ooxml.cells import MAX_COLUMNS, MAX_ROWS, address, column_index
from registerkit.ooxml.package import Package

__all__ = ["MOST_BLANK", "check_extent", "is_too_wide"]

MOST_BLANK = 20_800_000
"""Cells, blank ones included, that a sheet may always span: 104 columns (up to CZ) by 200,000 rows."""
_SHARE_FILLED = 8
"""A larger sheet must have at least one filled cell in this many."""
_CELL, _PLAIN_CELL = b"<c", b'<c r="'
_FAR = (
    re.compile(rb'<c r="(?:(?:[D-Z][A-Z]|[A-Z]{3,})\d|[A-Z]{1,2}(?:[2-9]\d{5}|\d{7,}))'),
    re.compile(rb'<c r="(?:[A-Z]{3,}\d|[A-Z]{1,2}\d{5,})'),
)
"""A cell beyond column CZ or row 199,999, and one beyond column ZZ or row 9,999: within either there is room always."""
_TAG = re.compile(rb"<(row|c)\b([^<>]*?)(/?)>")
_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Z]{0,4})(\d{1,9})["']""")
_LONGEST_TAG = 1 << 22


def check_extent(package: Package, part: str, sheet: str) -> None:
    """Raise `DamagedFileError` when a sheet's cells reach further than can be held."""
    if _is_near(package, part):
        return
    rows, columns, filled = _extent(package, part)
    if is_too_wide(rows, columns, filled):
        last = address(rows, columns - 1)
        raise DamagedFileError(package.path, reason="too_wide", sheet=sheet, cell=last)


def is_too_wide(rows: int, columns: int, filled: int) -> bool:
    """Tell whether so many filled cells span more rows and columns than can be held."""
    spans = rows * columns
    return rows > MAX_ROWS or columns > MAX_COLUMNS or spans > max(MOST_BLANK, _SHARE_FILLED * filled)


def _is_near(package: Package, part: str) -> bool:
    """Tell, at once, that every cell says its own place and that none is far away."""
    shapes = list(_FAR)
    for piece in _pieces(package, part):
        if piece.count(_CELL) != piece.count(_PLAIN_CELL):
            return False
        if not (shapes := [far for far in shapes if far.search(piece) is None]):
            return False
    return True


def _extent(package: Package, part: str) -> tuple[int, int, int]:
    """Return the last row and column (both from 1) with a cell that is not blank, and how many of those there are."""
    row = column = rows = columns = filled = 0
    for piece in _pieces(package, part):
        for kind, attributes, is_blank in _TAG.findall(piece):
            place = _PLACE.search(attributes)
            if kind == b"row":
                row, column = int(place[2]) if place else row + 1, 0
                continue
            if place and place[1]:
                row, column = int(place[2]), column_index(place[1].decode()) + 1
            else:
                column += 1
            if not is_blank:
                rows, columns, filled = max(rows, row), max(columns, column), filled + 1
    return rows, columns, filled


def _pieces(package: Package, part: str) -> Iterator[bytes]:
    """Return the XML of a sheet's rows in pieces that break before a tag."""
    rest, inside = b"", False
    for block in package.blocks(part):
        data = rest + block
        if not inside:
            start = data.find(b"<sheetData")
            if start < 0:
                rest = data[-16:]
                continue
            data, inside = data[start:], True
        end = data.find(b"</sheetData")
        cut = end if end >= 0 else data.rfind(b"<")
        yield data[:cut]
        if end >= 0:
            return
        rest = data[cut:]
        if len(rest) > _LONGEST_TAG:
            raise DamagedFileError(package.path, problem=part)
    if inside:
        yield rest
