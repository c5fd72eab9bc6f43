"""A table of a database as it was read, whichever way it was reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

__all__ = ["EXACT", "MOST_CELLS", "ReadColumn", "ReadTable", "Value"]

Value = str | float | bool | date | datetime | None
"""A cell as other files give theirs: numbers as float, a day without a time as a day."""
EXACT = 10**15
"""From here a number of a sheet may have lost digits; one of a database is kept as text, with all that it has."""
MOST_CELLS = 40_000_000
"""Cells, empty ones included, that all tables together may have: 500,000 rows of eighty columns."""


@dataclass(frozen=True)
class ReadColumn:
    """A column: its name, what a form shows in its place, and for a text the most characters it takes."""

    name: str
    caption: str
    size: int | None
    number_format: str = ""
    """How the program of the database shows its cells; empty where it shows what they hold."""
    is_rich: bool = False
    """Its texts have markup."""
    is_link: bool = False
    """Its texts are links: what is shown, a hash sign and the address."""
    words: Mapping[Value, str] = field(default_factory=dict, hash=False)
    """What is shown in place of what its cells hold."""


@dataclass(frozen=True)
class ReadTable:
    """A table as it lies in a file; a row's number is Access's own where the table has that, else its place from 1."""

    name: str
    columns: tuple[ReadColumn, ...]
    row_id: str | None
    """The column with the number that Access gives each row."""
    rows: list[tuple[int, list[Value]]]
