"""Puts rows into a file that has none ready: below a table, or on a sheet of their own where that cannot be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from registerkit.ooxml import CannotEditError, CellValue, Editor, SheetTable

__all__ = ["Growth", "PlainRows", "Refused", "free_name", "grow"]

Row = Mapping[int, CellValue]


@dataclass(frozen=True)
class PlainRows:
    """Rows to add below the last one of a sheet without an Excel table; they hold no formulas, which need a table."""

    sheet: str
    part: str
    """Empty for a sheet that is yet to be made, with these headings, by column."""
    last_row: int
    rows: Sequence[Row]
    headings: Mapping[int, str]


@dataclass(frozen=True)
class Growth:
    """Rows to add below a table, by column; without a table they go to `plain`."""

    table: SheetTable | None
    rows: Sequence[Row]
    records: tuple[tuple[str, str], ...] = ()
    """The records (table, key) that the first of them show."""
    plain: PlainRows | None = None
    """Where the records go when no row can be put in below the table."""


@dataclass(frozen=True)
class Refused:
    """A growth that could not be made: what is in the way, and on which other sheet the records stand now, if any."""

    growth: Growth
    reason: str
    cell: str | None
    sheet: str | None = None


def grow(editor: Editor, growths: Iterable[Growth]) -> list[Refused]:
    """Make the growths and return those that something stood in the way of; these leave everything else alone."""
    refused = []
    # From below, for a table moves what stands under it.
    for growth in sorted(growths, key=lambda g: -g.table.last_row if g.table else 0):
        try:
            if growth.table is not None:
                editor.grow(growth.table, growth.rows)
                continue
            error = None
        except CannotEditError as found:
            error = found
        placed, why = _grow_plain(editor, growth, error)
        if error is not None or not placed:
            at = error or why
            sheet = growth.plain.sheet if growth.plain and placed else None
            refused.append(Refused(growth, at.reason if at else "below_table", at.cell if at else None, sheet))
    return refused


def _grow_plain(editor: Editor, growth: Growth, error: CannotEditError | None) -> tuple[bool, CannotEditError | None]:
    """Put a growth's records on a plain sheet; tells whether that is done, or else why not."""
    plain = growth.plain
    if plain is None:
        return False, error
    try:
        if plain.part:
            editor.add_rows(plain.part, plain.last_row, plain.rows)
        elif growth.table is not None:
            editor.add_sheet(plain.sheet, growth.table, plain.headings, plain.rows)
    except CannotEditError as found:
        return False, found
    return True, None


def free_name(sheet: str, taken: Iterable[str]) -> str:
    """Return a name for a sheet that goes on where another ends."""
    names, n = {name.casefold() for name in taken}, 2
    while (name := f"{sheet[: 30 - len(str(n))].strip()} {n}").casefold() in names:
        n += 1
    return name
