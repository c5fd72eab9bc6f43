"""Writes the sheet on which sync reports what needs a person's eye; empty and hidden at first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from registerkit.definition import Field, Lookups, Value
from registerkit.excel import Book, Sheet
from registerkit.findings import ATTENTION
from registerkit.ooxml import address, column_letters
from registerkit.register import written
from registerkit.texts import Texts
from registerkit.workbook.content import WorkbookContent
from registerkit.workbook.table_places import FIRST_TABLE_ROW, HEADER_TABLE_ROW
from registerkit.workbook.theme import FOUR_LINES, INPUT, LINE
from registerkit.workbook.wrapping import count_lines

__all__ = ["ATTENTION_CELL", "CHOICES", "attention_height", "attention_text", "choice_kind", "write_attention"]

_WIDTHS = (14, 13, 15, 9, 18, 73, 14, 26, 26, 10)
"""Of the columns, in characters: on a screen of 1366 pixels one sees what to do, and chooses it."""
CHOICES: Mapping[str, tuple[str, ...]] = {
    "conflict": ("register", "file"),
    "gone": ("restore", "leave_out"),
    "moved": ("restore", "as_meant"),
    "note": ("seen",),
}
"""What can be chosen in a row, by what the row is about: the word before the colon of its `ref`."""
_ROWS = 50
_LINE, _PADDING, _HIGHEST = 15.0, 5.0, 409.0
"""The height of a line, what a row has beside it, and the most that Excel takes, in points."""
_VALUE_LINES = 4
ATTENTION_CELL = 500
"""So much of a value stands on the sheet."""


def choice_kind(ref: str) -> str:
    """Return what a row is about."""
    return ref.partition(":")[0]


def attention_text(field: Field, value: Value, lookups: Lookups) -> str:
    """Return a value as the sheet shows it."""
    return (written(field, value, lookups) or "")[:ATTENTION_CELL]


def attention_height(told: Callable[[str], str]) -> float:
    """Return how high a row must be for what it tells by column; of long values that differ one sees the beginning."""
    lines = {
        c: count_lines(told(c), width, indent=1) for c, width in zip(ATTENTION, _WIDTHS, strict=True) if c != "ref"
    }
    most = max(lines["note"], *(min(n, _VALUE_LINES) for n in lines.values()))
    return min(most * _LINE + _PADDING, _HIGHEST)


def write_attention(book: Book, content: WorkbookContent, name: str) -> None:
    """Write the sheet with its empty table."""
    sheet, texts = book.sheet(name), content.texts
    sheet.columns(*_WIDTHS)
    sheet.height(0, 30)
    sheet.write(0, 0, name, book.style("title"))
    sheet.write(1, 0, texts("workbook.hint.attention"), book.style("hint"))
    style = book.style("header")
    columns = [{"header": texts(f"workbook.attention.{c}"), "header_format": style} for c in ATTENTION]
    last = FIRST_TABLE_ROW + _ROWS - 1
    ref = f"{address(HEADER_TABLE_ROW + 1, 0)}:{address(last + 1, len(columns) - 1)}"
    sheet.table(ref, {"name": texts("workbook.attention.table"), "style": None, "columns": columns})
    styles = {column: _cell_style(book, column) for column in ATTENTION}
    for row in range(FIRST_TABLE_ROW, last + 1):
        sheet.height(row, FOUR_LINES)
        for n, column in enumerate(ATTENTION):
            sheet.write(row, n, None, styles[column])
    _offer_choices(book, sheet, texts, last)
    _show_lines(sheet, last)
    sheet.page(texts("workbook.page.footer", sheet=name))
    sheet.repeat_rows(HEADER_TABLE_ROW)
    sheet.freeze_panes(FIRST_TABLE_ROW, 0)
    sheet.hide()


def _cell_style(book: Book, column: str) -> Any:
    changes = {"num_format": "@", "align": "left", "indent": 1, "valign": "top", "bottom": 0}
    if column == "cell":
        return book.style(
            "cell", **changes | {"num_format": "General"}, font_color=f"#{book.theme.accent_ink}", underline=1
        )
    return book.style("cell", **changes)


def _show_lines(sheet: Sheet, last: int) -> None:
    """Draw a line below what is told, and a box where there is something to choose; what stands empty is blank."""
    what, ref = (f"${column_letters(ATTENTION.index(name))}{FIRST_TABLE_ROW + 1}" for name in ("what", "ref"))
    choose = ATTENTION.index("choose")
    for begin, end in ((0, choose - 1), (choose, choose), (choose + 1, len(ATTENTION) - 1)):
        cells = f"{address(FIRST_TABLE_ROW + 1, begin)}:{address(last + 1, end)}"
        if begin == choose:
            sheet.highlight(cells, f'{ref}<>""', {"bg_color": INPUT, "border": 1, "border_color": LINE})
        sheet.highlight(cells, f'{what}<>""', {"bottom": 1, "bottom_color": LINE})


def _offer_choices(book: Book, sheet: Sheet, texts: Texts, last: int) -> None:
    """Return every row the choices that fit what it is about; the words stand in hidden columns."""
    ref, choose, column = (column_letters(ATTENTION.index("ref")), ATTENTION.index("choose"), len(ATTENTION) + 1)
    source = f"${column_letters(column)}$1"  # An empty cell, for rows that are about nothing.
    for kind, words in CHOICES.items():
        column += 1
        for row, word in enumerate(words):
            sheet.write(row, column, texts(f"workbook.attention.choice.{word}"), book.style("hint"))
        letters = column_letters(column)
        cells = f"${letters}$1:${letters}${len(words)}"
        source = f'IF(LEFT(${ref}{FIRST_TABLE_ROW + 1},{len(kind)})="{kind}",{cells},{source})'
    sheet.set_column(ATTENTION.index("ref"), column, None, None, {"hidden": True})
    where = f"{address(FIRST_TABLE_ROW + 1, choose)}:{address(last + 1, choose)}"
    refused = texts("workbook.refuse.dependent")
    sheet.validate(where, {"validate": "list", "source": f"={source}", "error_message": refused})
