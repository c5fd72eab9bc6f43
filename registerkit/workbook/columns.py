"""How a column of each field kind looks: width in characters and number format; one face per kind."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass

from registerkit.definition import Field

__all__ = [
    "COLUMNS",
    "PAGE_WIDTH",
    "READABLE",
    "ColumnLook",
    "column_look",
    "column_width",
    "pixels",
]

_TEXT = "@"
_BUTTON = 3
"""How wide the filter button is with the indent of a header, in characters."""
DATE = "dd-mm-yyyy"
MONEY = '[$-413]"€" #,##0.00'


@dataclass(frozen=True)
class ColumnLook:
    """Width in characters and number format."""

    width: float
    number_format: str
    align: str = "left"


# Text formats keep a leading zero, and let a text begin with a dash.
COLUMNS: Mapping[str, ColumnLook] = {
    "key": ColumnLook(15, _TEXT),
    "text": ColumnLook(20, _TEXT),
    "memo": ColumnLook(36, _TEXT),
    "date": ColumnLook(13, DATE),
    "integer": ColumnLook(11, "0", "right"),
    "money": ColumnLook(13, MONEY, "right"),
    "yesno": ColumnLook(12, _TEXT),
    "choice": ColumnLook(18, _TEXT),
    "person": ColumnLook(18, _TEXT),
    "numbers": ColumnLook(20, _TEXT),
    "email": ColumnLook(26, _TEXT),
    "phone": ColumnLook(15, _TEXT),
    "postcode": ColumnLook(11, _TEXT),
}


READABLE = 82
"""At so many percent the letters of 11 points print at 9."""
PAGE_WIDTH = 1160
"""So many pixels of columns print that large on A4 lying; LibreOffice draws columns a little wider."""


def pixels(width: float) -> int:
    """Return the width of a column in pixels, of one that is so many characters wide."""
    return int(width * 7 + 5)


def column_look(field: Field) -> ColumnLook:
    """Return how a field's column looks; a formula's cell is never text, for Excel would then show the formula."""
    look = COLUMNS[field.value_kind]
    if field.live and look.number_format == _TEXT:
        return ColumnLook(look.width, "General", look.align)
    return look


def column_width(field: Field, header: str) -> float:
    """Return a column's width: the longest word and the last line of its header stand beside the filter button."""
    longest = max(len(word) for word in header.split()) + 4
    width = max((field.width or column_look(field).width) + 1, longest)
    while len(textwrap.wrap(header, int(width))[-1]) + _BUTTON > width:
        width += 1
    return width
