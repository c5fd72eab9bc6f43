"""Tells of changes of choice lists that were not taken over, at the cell of the sheet of lists."""

from __future__ import annotations

from registerkit.batch.session import Session
from registerkit.definition import Choice
from registerkit.findings import Finding, Location
from registerkit.ooxml import address
from registerkit.reading import ListRow, RawList

__all__ = ["list_finding"]


def list_finding(file: str, raw: RawList, row: ListRow, choice: Choice, session: Session) -> Finding:
    """Give the finding about a row that changes an entry in a file that did not show the newest lists."""
    language, excel = session.settings.language, raw.excel
    old, value, column = choice.labels[language], row.label, 1
    if row.label == old and row.in_use != choice.in_use:
        value, column = session.texts.show(row.in_use), excel.last_column - excel.first_column
    elif row.label == old:
        value, column = row.parent, 2
    cell = address(row.row, excel.first_column + column)
    where = Location(file, excel.sheet, cell, row.row, excel.columns[column])
    told = {"old": old, "list": session.definition.lists[raw.list_id].labels[language], "cell": cell}
    return Finding("list_not_taken", "warning", where, value, told)
