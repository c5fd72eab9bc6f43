"""The order of the register's columns on its sheet: first what a day's work looks at, then the rest group by group.

Everything else (Access, SQL, .csv, the forms, the case file) keeps the definition's order, and sync finds columns by
their headers, so that a workbook of before keeps its own.
"""

from __future__ import annotations

from dataclasses import replace

from registerkit.definition import Definition, Field, Group, Table

__all__ = ["FRONT", "in_sheet_order"]

FRONT = "front"
"""The group of the columns in front."""
_WIDTHS = {"name": 26.0, "signal": 13.5, "due_on": 15.5, "handler": 15.5, "status": 20.0, "category": 25.5}
"""The roles in front, behind the key, and how wide they are: on a screen of 1366 pixels all of them are seen."""
_TINT = "DCE6F1"


def in_sheet_order(table: Table, definition: Definition, title: str) -> Table:
    """Return the main table as its sheet shows it, other tables as they are; `title` is the name of the group in front.

    A register without terms or handlers has nothing to put in front.
    """
    front = [field for role in _WIDTHS if (field := definition.role(role)) is not None and not field.hidden]
    if table.id != definition.main_id or len(front) < len(_WIDTHS) or not table.groups:
        return table
    key, own = table.field(table.key), {field.id for field in front} | {table.key}
    first = [replace(field, group=FRONT, visible=True, width=_WIDTHS.get(field.id, field.width)) for field in front]
    rest = [field for field in table.fields if field.id not in own]
    fields: tuple[Field, ...] = (replace(key, group=FRONT, visible=True), *first, *rest)
    labels = dict.fromkeys(key.labels, title)
    return replace(table, fields=fields, groups=(Group(FRONT, labels, _TINT), *table.groups))
