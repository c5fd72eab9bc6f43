"""Writes the sheet on which sync reports what needs a person's eye; empty and hidden at first."""

from __future__ import annotations

from registerkit.ooxml import address
from registerkit.workbook.book import Book
from registerkit.workbook.content import WorkbookContent
from registerkit.workbook.table_places import FIRST_TABLE_ROW, HEADER_TABLE_ROW

__all__ = ["ATTENTION_COLUMNS", "write_attention"]

ATTENTION_COLUMNS = (
    ("nr", 6), ("what", 40), ("sheet", 18), ("cell", 8), ("field", 22), ("register", 28), ("file", 28),
    ("choose", 14), ("note", 60),
)  # fmt: skip
"""The columns' text names and widths; sheet and cell are what the conditional formats look up."""

_ROWS = 50


def write_attention(book: Book, content: WorkbookContent, name: str) -> None:
    """Write the sheet with its empty table."""
    sheet, texts = book.sheet(name), content.texts
    sheet.columns(*(width for _, width in ATTENTION_COLUMNS))
    sheet.height(0, 30)
    sheet.write(0, 0, name, book.style("title"))
    sheet.write(1, 0, texts("workbook.hint.attention"), book.style("hint"))
    style = book.style("header")
    columns = [
        {"header": texts(f"workbook.attention.{column}"), "header_format": style} for column, _ in ATTENTION_COLUMNS
    ]
    last = FIRST_TABLE_ROW + _ROWS - 1
    ref = f"{address(HEADER_TABLE_ROW + 1, 0)}:{address(last + 1, len(columns) - 1)}"
    sheet.table(ref, {"name": texts("workbook.attention.table"), "style": None, "columns": columns})
    cell = book.style("cell", num_format="@", align="left", indent=1)
    for row in range(FIRST_TABLE_ROW, last + 1):
        for column in range(len(columns)):
            sheet.write(row, column, None, cell)
    sheet.page(texts("workbook.page.footer", sheet=name))
    sheet.file.freeze_panes(FIRST_TABLE_ROW, 0)
    sheet.file.hide()
