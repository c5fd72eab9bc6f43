"""Writes the sheet that shows all fields of one record, chosen by its number, ready to print."""

from __future__ import annotations

from registerkit.definition import Field, Record
from registerkit.ooxml import address
from registerkit.workbook.book import Book, Sheet
from registerkit.workbook.columns import column_look
from registerkit.workbook.content import WorkbookContent
from registerkit.workbook.display import cell_value
from registerkit.workbook.figures import Facts
from registerkit.workbook.highlights import signal_highlights
from registerkit.workbook.references import column
from registerkit.workbook.validations import NUMBERS

__all__ = ["write_file_sheet"]

_LABELS = (1, 4)
"""The columns of labels, from 0; each has its value at its right."""
_LAST = 5
_CHOOSE_ROW = 2
_ROW_CELL = "$F$3"
"""Where the number's row in the register stands."""
_MEMO_HEIGHT = 34.0


def write_file_sheet(book: Book, content: WorkbookContent, name: str) -> None:
    """Write the sheet; it shows the first record at first."""
    sheet, texts, main = book.sheet(name), content.texts, content.main
    sheet.columns(2, 23, 36, 2, 23, 36, 2)
    sheet.height(0, 30)
    sheet.write(0, 1, name, book.style("title"))
    sheet.write(1, 1, texts("workbook.hint.file", one=main.labels[content.language].lower()), book.style("hint"))
    record = _first(content)
    _choice(book, content, sheet, record)
    row = _CHOOSE_ROW + 2
    groups = main.groups or ()
    for group in groups:
        fields = [f for f in main.fields if f.group == group.id and f.id != main.key and not f.hidden]
        row = _group(book, content, sheet, row, group.labels[content.language], fields, record)
    loose = [f for f in main.fields if not f.group and f.id != main.key and not f.hidden]
    if loose:
        row = _group(book, content, sheet, row, main.labels[content.language], loose, record)
    sheet.page(texts("workbook.page.footer", sheet=name), landscape=False)
    sheet.file.freeze_panes(_CHOOSE_ROW + 1, 0)


def _first(content: WorkbookContent) -> Record:
    rows = content.rows(content.main.id)
    if not rows:
        return {}
    live = Facts.of(content).live.get(str(rows[0].get(content.main.key)), {})
    return {**rows[0], **live}


def _choice(book: Book, content: WorkbookContent, sheet: Sheet, record: Record) -> None:
    main = content.main
    key = main.field(main.key)
    label = key.labels[content.language]
    sheet.height(_CHOOSE_ROW, 24)
    sheet.write(_CHOOSE_ROW, 1, label, book.style("body_bold", valign="vcenter"))
    number = record.get(main.key)
    sheet.write(
        _CHOOSE_ROW, 2, str(number) if number else None, book.style("choice_box", num_format="@", valign="vcenter")
    )
    message = content.texts("workbook.refuse.number")
    chosen = address(_CHOOSE_ROW + 1, 2)
    sheet.validate(chosen, {"validate": "list", "source": f"={NUMBERS}", "error_message": message})
    keys = column(main, key, content.language)
    found = f'IFERROR(MATCH($C${_CHOOSE_ROW + 1},{keys},0),"")'
    sheet.formula(_CHOOSE_ROW, _LAST, found, 1 if record else None, book.style("plain", font_color="#FFFFFF"))


def _group(
    book: Book, content: WorkbookContent, sheet: Sheet, row: int, title: str, fields: list[Field], record: Record
) -> int:
    """Write a group: short fields in two columns, then long texts over the full width; gives the next free row."""
    sheet.height(row, 24)
    for at in range(1, _LAST + 1):
        sheet.write(row, at, title if at == 1 else None, book.style("section"))
    row += 1
    short, long = [f for f in fields if not _is_long(f)], [f for f in fields if _is_long(f)]
    half = -(-len(short) // 2)
    for n in range(half):
        sheet.height(row + n, 18)
        for side, field in zip(_LABELS, short[n::half] if half else [], strict=False):
            _pair(book, content, sheet, row + n, side, side + 1, field, record)
    row += half
    for field in long:
        sheet.height(row, _MEMO_HEIGHT)
        _pair(book, content, sheet, row, _LABELS[0], _LAST, field, record)
        row += 1
    return row + 1


def _is_long(field: Field) -> bool:
    return field.value_kind == "memo" or field.width > 40


def _pair(
    book: Book, content: WorkbookContent, sheet: Sheet, row: int, at: int, last: int, field: Field, record: Record
) -> None:
    look = column_look(field)
    # A text format would make Excel show the formula.
    number_format = "General" if look.number_format == "@" else look.number_format
    style = book.style("value", num_format=number_format)
    cell = f"INDEX({column(content.main, field, content.language)},{_ROW_CELL})"
    formula = f'IF({_ROW_CELL}="","",IF({cell}="","",{cell}))'
    sheet.write(row, at, field.labels[content.language], book.style("label"))
    if last > at + 1:
        sheet.merge(row, at + 1, row, last, None, style)
    sheet.formula(row, at + 1, formula, cell_value(field, record.get(field.id), content.lookups), style)
    if field == content.definition.role("signal"):
        where = address(row + 1, at + 1)
        signal_highlights(content, sheet, where, where)
