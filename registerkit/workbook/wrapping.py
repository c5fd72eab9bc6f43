"""Estimates how many lines a text takes in a cell that wraps, for Excel keeps the row heights it is given."""

from __future__ import annotations

__all__ = ["count_lines"]

_WIDTHS = {
    **dict.fromkeys("ijlI.,:;'|! ", 0.5),
    **dict.fromkeys("frt-()", 0.69),
    **dict.fromkeys("sczJ/\"", 0.85),
    **dict.fromkeys("mwMW", 1.65),
    **dict.fromkeys("ABCDEFGHKLNOPQRSTUVXYZ", 1.2),
}  # fmt: skip
"""Widths of Calibri's letters in digits, which is how Excel counts a column's width; others take about 1.04."""
_OTHER = 1.04
_SAFE = 0.95
"""Excel's print has wider letters than its screen, 7.4 pixels to a digit where a column counts 7."""


def count_lines(text: str, width: float, *, indent: float = 0) -> int:
    """Return the number of lines of a text at 11 points in a column of so many digits wide, breaking between words."""
    room = (width - indent) * _SAFE
    return sum(_paragraph(line, room) for line in text.split("\n"))


def _paragraph(text: str, room: float) -> int:
    lines, used = 1, 0.0
    for word in text.split(" "):
        length = sum(_WIDTHS.get(letter, _OTHER) for letter in word)
        if used and used + length > room:
            lines, used = lines + 1, 0.0
        used += length + _WIDTHS[" "]
    return lines
