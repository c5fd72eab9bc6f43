"""The look of cells that are not in the file: that of their row where it has one, else that of their column."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

__all__ = ["ColumnStyle", "column_styles", "no_styles", "row_style"]

ColumnStyle = Callable[[int], bytes | None]
"""Gives the style of a column, which counts from 0."""

_COLUMN = re.compile(rb"<col\b[^>]*>")
_MIN, _MAX, _STYLE = (re.compile(rb'\b%s="(\d+)"' % name) for name in (b"min", b"max", b"style"))
_ROW_STYLE = re.compile(rb'\ss="(\d+)"')


def column_styles(front: bytes) -> ColumnStyle:
    """Return the styles of a sheet's columns, told by what stands before its first row."""
    spans = []
    for match in _COLUMN.finditer(front):
        low, high, style = (pattern.search(match[0]) for pattern in (_MIN, _MAX, _STYLE))
        if low and high and style:
            spans.append((int(low[1]) - 1, int(high[1]) - 1, style[1]))

    @lru_cache(maxsize=1024)
    def style_of(column: int) -> bytes | None:
        return next((style for low, high, style in spans if low <= column <= high), None)

    return style_of


def no_styles(_: int) -> bytes | None:
    """Tell nothing of any column."""
    return None


def row_style(attributes: bytes, columns: ColumnStyle) -> ColumnStyle:
    """Return how the cells of a row look that are not in the file; `attributes` are those of the row."""
    own = _ROW_STYLE.search(attributes)
    return (lambda _: own[1]) if own else columns
