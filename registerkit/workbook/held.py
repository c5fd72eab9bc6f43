"""What a letter is held back for, as the workbook tells it."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["HeldCell", "HeldLine"]


@dataclass(frozen=True)
class HeldCell:
    """A cell that stands in the way: its table, the column and text that find its row, its field, and what it held."""

    table: str
    key_field: str
    key: str
    field: str
    was: str = ""


@dataclass(frozen=True)
class HeldLine:
    """A letter that is held back: its complaint, what it lacks in a few words, and the cells that mend it.

    Each of the `ways` is enough by itself, and takes a change of all its cells. Without any, nothing in the workbook
    mends it.
    """

    number: str
    told: str
    ways: tuple[tuple[HeldCell, ...], ...] = ()
