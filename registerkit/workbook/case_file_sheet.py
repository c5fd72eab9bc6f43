"""Writes the sheet that shows one record whole, chosen by its number, ready to print on one page."""

from __future__ import annotations

from registerkit.excel import Book
from registerkit.ooxml import address
from registerkit.workbook.case_file_plan import ASK_NUMBER, CHOOSE_ROW, FilePlan
from registerkit.workbook.conditional_formats import signal_highlights
from registerkit.workbook.content import WorkbookContent
from registerkit.workbook.data_validations import NUMBERS
from registerkit.workbook.plan import write_cells
from registerkit.workbook.references import cell

__all__ = ["write_file_sheet"]

_WIDTHS = (2, 19, 25, 19, 25, 19, 25, 2)
_LINE = 15.0


def write_file_sheet(book: Book, content: WorkbookContent, plan: FilePlan) -> None:
    """Write the sheet; at first it shows the first record."""
    sheet, texts, main = book.sheet(plan.name), content.texts, content.main
    sheet.columns(*_WIDTHS)
    sheet.height(0, 30)
    sheet.write(0, 1, plan.name, book.style("title"))
    sheet.write(1, 1, texts("workbook.hint.file", one=content.one), book.style("hint"))
    sheet.height(CHOOSE_ROW, 24)
    label = main.field(main.key).labels[content.language]
    sheet.write(CHOOSE_ROW, 1, label, book.style("body_bold", valign="vcenter"))
    sheet.write(CHOOSE_ROW, 2, plan.number, book.style("choice_box", num_format="@", valign="vcenter"))
    message = texts("workbook.refuse.number")
    chosen = address(CHOOSE_ROW + 1, 2)
    sheet.validate(chosen, {"validate": "list", "source": f"={NUMBERS}", "error_message": message})
    book.name(ASK_NUMBER, cell(plan.name, CHOOSE_ROW, 2))
    last = max((c.row for c in plan.cells), default=CHOOSE_ROW)
    for row in range(CHOOSE_ROW + 2, last + 1):
        sheet.height(row, plan.heights.get(row, _LINE))
    write_cells(book, sheet, plan.cells)
    if plan.signal:
        where = address(plan.signal[0] + 1, plan.signal[1])
        signal_highlights(content, sheet, where, where)
    sheet.page(texts("workbook.page.footer", sheet=plan.name), landscape=False, one_page=True)
    sheet.center_horizontally()
    sheet.freeze_panes(CHOOSE_ROW + 1, 0)
    sheet.set_selection(CHOOSE_ROW, 2, CHOOSE_ROW, 2)
