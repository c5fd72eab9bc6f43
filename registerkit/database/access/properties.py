"""What Access keeps of a column beside its type: name, type and value of each property."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from registerkit.database.access.layout import AccessColumn, Combo

__all__ = ["Property", "properties_of"]

Property = tuple[str, Literal["BOOLEAN", "INT", "TEXT", "MEMO"], str | int | bool]

_COMBO_BOX, _CHECK_BOX = 111, 106
_LIST_ROWS = 16


def properties_of(column: AccessColumn) -> list[Property]:
    """Return the properties of a column that say something."""
    return [(name, kind, value) for name, kind, value in _all(column) if value]


def _all(column: AccessColumn) -> Iterator[Property]:
    """Return all properties; an empty value stands for none."""
    yield "Caption", "MEMO", column.caption
    yield "Description", "MEMO", column.description
    yield "Required", "BOOLEAN", column.required
    yield "DefaultValue", "MEMO", column.default
    yield "ValidationRule", "TEXT", column.rule
    yield "ValidationText", "TEXT", column.refusal
    yield "Format", "TEXT", column.format
    yield "ColumnHidden", "BOOLEAN", column.hidden
    yield "ShowDatePicker", "INT", int(column.type == "date")
    yield "DisplayControl", "INT", _CHECK_BOX if column.type == "boolean" else 0
    if column.combo is not None:
        yield from _of_list(column.combo)


def _of_list(combo: Combo) -> Iterator[Property]:
    yield "DisplayControl", "INT", _COMBO_BOX
    yield "RowSourceType", "TEXT", combo.source_type
    yield "RowSource", "MEMO", combo.source
    yield "BoundColumn", "INT", 1
    yield "ColumnCount", "INT", combo.count
    yield "ColumnWidths", "TEXT", combo.column_widths
    yield "ListWidth", "TEXT", f"{sum(combo.widths)}twip" if combo.widths else ""
    yield "ListRows", "INT", _LIST_ROWS
    yield "LimitToList", "BOOLEAN", True
