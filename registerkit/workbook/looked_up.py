"""What a cell shows that looks up a field of a row found elsewhere: the formula, its value now and how it is shown."""

from __future__ import annotations

from registerkit.definition import Field, Record, Table
from registerkit.excel import CellContent
from registerkit.register import cell_value
from registerkit.workbook.columns import column_look
from registerkit.workbook.content import WorkbookContent
from registerkit.workbook.references import column

__all__ = ["looked_up"]


def looked_up(
    content: WorkbookContent, table: Table, field: Field, place: str, record: Record
) -> tuple[CellContent, str, str]:
    """Return value, formula and number format; `place` is a cell with the row's place in the table, 0 for no row."""
    shape = column_look(field).number_format
    inside = f"INDEX({column(table, field, content.language)},{place})"
    formula = f'IF({place}=0,"",IF({inside}="","",{inside}))'
    # A text format would make Excel show the formula.
    return cell_value(field, record.get(field.id), content.lookups), formula, "General" if shape == "@" else shape
