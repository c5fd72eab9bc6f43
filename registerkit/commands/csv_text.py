"""Rows as a `.csv` file holds them for Dutch Excel: it opens them with a double click, and works nothing out."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from typing import Any, TextIO

from registerkit.files import seen

__all__ = ["ENCODING", "csv_cell", "write_rows"]

ENCODING = "utf-8-sig"
"""With a mark in front, by which Excel knows the letters."""

_SIGNS = tuple("=+-@＝＋－＠")
"""What a formula begins with, on a keyboard with wide letters too; an apostrophe in front makes it text."""
_LOOKED_AT = 1000
_NUMBER = re.compile(r"\+\d[\d ().\-/]*|-\d[\d.,]*")
"""A telephone number, or an amount below nothing."""


def write_rows(file: TextIO, rows: Iterable[Iterable[Any]]) -> None:
    """Write rows to a file that is open for text, without any change of line ends of its own."""
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerows(map(csv_cell, row) for row in rows)


def csv_cell(value: Any) -> str:
    """Return a value as Excel shows it and works nothing out; amounts and telephone numbers stay as they are."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.2f}".replace(".", ",")
    text = str(value)
    begins = seen(text[:_LOOKED_AT])
    is_formula = begins[:1] in _SIGNS and len(begins) > 1 and not _NUMBER.fullmatch(text)
    return f"'{text}" if is_formula else text
