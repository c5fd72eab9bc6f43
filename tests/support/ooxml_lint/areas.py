"""Ranges of cells as rectangles: reading them, and finding two that overlap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeVar

from registerkit.ooxml.cells import parse_ref

__all__ = ["LAST_COLUMN", "LAST_ROW", "Area", "area_of", "areas_of", "overlapping"]

LAST_ROW = 1_048_576
LAST_COLUMN = 16_383
"""The sheet's last row, counted from 1, and last column (XFD), counted from 0."""

Label = TypeVar("Label")


class Area(NamedTuple):
    """A rectangle of cells with its edges; rows count from 1, columns from 0."""

    top: int
    left: int
    bottom: int
    right: int

    def meets(self, other: Area) -> bool:
        """Tell whether the two share a cell."""
        return (
            self.top <= other.bottom
            and other.top <= self.bottom
            and self.left <= other.right
            and other.left <= self.right
        )

    def holds(self, other: Area) -> bool:
        """Tell whether the other lies wholly inside."""
        return (
            self.top <= other.top
            and other.bottom <= self.bottom
            and self.left <= other.left
            and other.right <= self.right
        )


def area_of(ref: str | None) -> Area | None:
    """Read a range such as `A4:CA208`; None when it is none, turned round, or outside the sheet."""
    try:
        area = Area(*parse_ref(ref or ""))
    except ValueError:
        return None
    fits = 1 <= area.top <= area.bottom <= LAST_ROW and area.left <= area.right <= LAST_COLUMN
    return area if fits else None


def areas_of(sqref: str) -> list[Area] | None:
    """Read ranges with spaces between them; None when one of them is no range."""
    areas = [area_of(ref) for ref in sqref.split()]
    whole = [area for area in areas if area is not None]
    return whole if areas and len(whole) == len(areas) else None


def overlapping(labelled: Iterable[tuple[Area, Label]]) -> Iterator[tuple[Label, Label]]:
    """Give every two labels whose rectangles share a cell, in the order of their first rows."""
    open_areas: list[tuple[Area, Label]] = []
    for area, label in sorted(labelled, key=lambda pair: pair[0]):
        open_areas = [pair for pair in open_areas if pair[0].bottom >= area.top]
        yield from ((other, label) for known, other in open_areas if known.meets(area))
        open_areas.append((area, label))
