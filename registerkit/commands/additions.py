"""Tells what people have put in a workbook beside the register: sheets and columns of their own."""

from __future__ import annotations

from collections.abc import Iterator

from registerkit.ooxml import Package, column_letters
from registerkit.reading import RawTable, RawWorkbook
from registerkit.reading.headers import is_held
from registerkit.session.session import Session
from registerkit.workbook import SheetNames

__all__ = ["additions_in"]


def additions_in(session: Session, raw: RawWorkbook) -> list[str]:
    """Give, in words, each sheet and each column that building the workbook anew would leave out."""
    return [*_sheets(session, raw), *_columns(session, raw)]


def _sheets(session: Session, raw: RawWorkbook) -> Iterator[str]:
    ours = set(SheetNames(session.definition, session.texts).all()) | {table.sheet for table in raw.tables.values()}
    with Package(raw.path) as package:
        for sheet in package.sheets:
            if sheet.visible and sheet.name not in ours:
                yield session.texts("workbook.addition.sheet", name=sheet.name)


def _columns(session: Session, raw: RawWorkbook) -> Iterator[str]:
    for table in raw.tables.values():
        for name in (*table.strange, *_beside(table)):
            yield session.texts("workbook.addition.column", name=name, sheet=table.sheet)


def _beside(table: RawTable) -> list[str]:
    """Return the letters of the columns behind a table in which something stands."""
    if table.excel is None:
        return []
    first = table.excel.last_column + 1
    held = {n for _, cells in table.rows for n, cell in enumerate(cells[first:], first) if is_held(cell)}
    return [column_letters(n) for n in sorted(held)]
