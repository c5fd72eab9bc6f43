"""A sheet part in pieces that break between rows, so that a large sheet is read and edited without holding it whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum

__all__ = ["CannotEditError", "Kind", "Piece", "pieces", "whole_rows"]

_ROW_END = b"</row>"
_DATA, _NO_DATA, _DATA_END = b"<sheetData>", b"<sheetData/>", b"</sheetData>"


class Kind(Enum):
    """What a piece of a sheet part holds."""

    FRONT = "front"
    """All up to the first row; comes once."""
    ROWS = "rows"
    TAIL = "tail"
    """All behind the last row; comes once."""


Piece = tuple[Kind, bytes]


class CannotEditError(Exception):
    """The sheet is written in a way that cannot be edited safely; `reason` names why."""

    def __init__(self, reason: str, cell: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.cell = cell


def whole_rows(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Cut the blocks anew where a row ends, so that no cell is cut through; what is behind the last row comes last."""
    rest = bytearray()
    for block in blocks:
        seen = max(0, len(rest) - len(_ROW_END))
        rest += block
        end = rest.rfind(_ROW_END, seen) + len(_ROW_END)
        if end >= len(_ROW_END):
            yield bytes(rest[:end])
            del rest[:end]
    yield bytes(rest)


def pieces(blocks: Iterable[bytes]) -> Iterator[Piece]:
    """Return a sheet part, which comes in blocks of any size, in pieces; raises `CannotEditError` for another XML.

    A sheet without any row is given room for rows.
    """
    chunks = whole_rows(blocks)
    front, rows = _front(next(chunks))
    yield Kind.FRONT, front
    while (end := rows.find(_DATA_END)) < 0:
        yield Kind.ROWS, rows
        if (rows := next(chunks, b"")) == b"":
            raise CannotEditError("prefixed")
    yield Kind.ROWS, rows[:end]
    yield Kind.TAIL, b"".join([rows[end:], *chunks])


def _front(rows: bytes) -> tuple[bytes, bytes]:
    """Split what comes up to the first row off the first rows."""
    if _DATA not in rows:
        rows = rows.replace(_NO_DATA, _DATA + _DATA_END, 1)
    front, data, rest = rows.partition(_DATA)
    if not data:
        raise CannotEditError("prefixed")
    return front + data, rest
