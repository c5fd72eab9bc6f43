"""Says which lists to choose from were pasted away in a file, so that they can be put back."""

from __future__ import annotations

import re

from registerkit.definition import Definition, Field
from registerkit.ooxml import SheetTable, column_letters, is_covered, is_shared
from registerkit.reading import RawTable, RawWorkbook
from registerkit.texts import Texts
from registerkit.workbook import CellRule, dropdown
from registerkit.writeback.edits import FileEdits, LostDropdown

__all__ = ["plan_dropdowns"]

_NAME = re.compile(r"lst_\w+")


def plan_dropdowns(edits: FileEdits, raw: RawWorkbook, definition: Definition, texts: Texts) -> None:
    """Add the lists that no longer hold for every row of their column."""
    for table in raw.tables.values():
        if table.excel is not None:
            for field in table.table.fields:
                if field.id in table.columns and field.is_input:
                    _plan(edits, table, table.excel, field, CellRule(field, definition, texts, *_cells(table, field)))


def _cells(table: RawTable, field: Field) -> tuple[str, str | None]:
    """Return the first cell of a field's column, and of the column that it depends on."""
    first = table.header_row + 1
    parent = table.columns.get(field.parent or "")
    return (
        f"${column_letters(table.columns[field.id])}{first}",
        None if parent is None else f"${column_letters(parent)}{first}",
    )


def _plan(edits: FileEdits, table: RawTable, excel: SheetTable, field: Field, rule: CellRule) -> None:
    wanted = dropdown(rule)
    if wanted is None or (field.parent and rule.parent is None):
        return
    name = _NAME.search(wanted.source)
    there = [sqref for source, sqref in table.dropdowns if source and (name is None or name[0] in source)]
    column, first, last = table.columns[field.id], table.header_row + 1, excel.last_row
    if not is_covered(there, column, first, last) and not is_shared((ref for _, ref in table.dropdowns), column):
        edits.dropdowns.append(LostDropdown(table.sheet_part, column, first, last, wanted))
