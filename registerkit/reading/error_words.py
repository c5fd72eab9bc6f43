"""Cells that hold an error in kinds of file that keep one as its text only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

__all__ = ["errors_in"]

_ERROR = re.compile(
    r"#(?:DIV/0|DEEL/0|VALUE|WAARDE|REF|VERW|NUM|GETAL|NULL|LEEG)!|#(?:NAME|NAAM)\?|#N/[AB]|(?:Err|Fout):5\d\d"
)
"""As Excel and LibreOffice write them in Dutch and English."""


def errors_in(rows: Iterable[tuple[int, Sequence[Any]]], columns: Mapping[str, int]) -> frozenset[tuple[int, int]]:
    """Return row and column of the cells whose whole text is that of an error."""
    wanted = sorted(columns.values())
    return frozenset(
        (n, column)
        for n, cells in rows
        for column in wanted
        if column < len(cells) and isinstance(cells[column], str) and _ERROR.fullmatch(cells[column].strip())
    )
