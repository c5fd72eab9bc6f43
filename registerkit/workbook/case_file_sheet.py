"""Writes the case file of one record: lines of one height on a page or two, of which those that are used print."""

from __future__ import annotations

from registerkit.excel import Book, Sheet
from registerkit.ooxml import address
from registerkit.workbook.case_file_lines import FOLLOWS, HEADING
from registerkit.workbook.case_file_plan import (
    ASK_NUMBER,
    FIRST_LINE,
    LEFT,
    LINES,
    RIGHT,
    SUMMARY_ROW,
    FilePlan,
)
from registerkit.workbook.conditional_formats import signal_highlights
from registerkit.workbook.content import WorkbookContent
from registerkit.workbook.data_validations import NUMBERS
from registerkit.workbook.plan import write_cells
from registerkit.workbook.references import HIDDEN_SHEET, cell, print_area, quote_sheet
from registerkit.workbook.sheet_names import SheetNames
from registerkit.workbook.theme import HAIR, QUIET

__all__ = ["write_file_sheet"]

_WIDTHS = (1, 20, 44, 2, 21, 20, 1)
_HEIGHTS = {0: 30.0, 1: 16.0, 2: 6.0, SUMMARY_ROW: 28.0, FIRST_LINE - 1: 8.0}
_LINE = 15.0


def write_file_sheet(book: Book, content: WorkbookContent, plan: FilePlan) -> None:
    """Write the sheet; at first it shows the most urgent record."""
    sheet, texts = book.sheet(plan.name), content.texts
    sheet.columns(*_WIDTHS)
    for row in range(FIRST_LINE + LINES):
        sheet.height(row, _HEIGHTS.get(row, 17.0 if row < FIRST_LINE else _LINE))
    sheet.write(0, LEFT[0], plan.name, book.style("title"))
    start = SheetNames(content.definition, texts).start
    sheet.link(0, RIGHT[0], start, start, book.style("link"))
    sheet.write(0, RIGHT[1], plan.typed, book.style("choice_box", num_format="@", valign="vcenter"))
    where = address(1, RIGHT[1])
    # Whatever is typed is looked for, so nothing is refused.
    sheet.validate(where, {"validate": "list", "source": f"={NUMBERS}", "show_error": False})
    book.name(ASK_NUMBER, cell(plan.name, 0, RIGHT[1]))
    write_cells(book, sheet, plan.cells)
    _colour(book, content, sheet, plan)
    sheet.page(texts("workbook.page.footer", sheet=plan.name), landscape=False)
    sheet.set_margins(left=0.4, right=0.4, top=0.4, bottom=0.6)
    sheet.center_horizontally()
    sheet.freeze_panes(FIRST_LINE, 0)
    sheet.set_selection(0, RIGHT[1], 0, RIGHT[1])
    name, last = quote_sheet(plan.name), FIRST_LINE + LINES
    # Excel follows the formula; a program that does not prints what is there.
    ends = f"INDEX({name}!$G$1:$G${last},{FIRST_LINE}+{plan.last[0]})"
    book.name(print_area(plan.name), f"{name}!$A$1:{ends}")


def _colour(book: Book, content: WorkbookContent, sheet: Sheet, plan: FilePlan) -> None:
    """Draw headings and the lines between items; each column has formats of its own, for those may not overlap."""
    first, last = FIRST_LINE + 1, FIRST_LINE + LINES
    heading = {"bold": True, "font_color": f"#{book.theme.navy}", "bottom": 1, "bottom_color": f"#{book.theme.accent}"}
    hidden = f"{quote_sheet(HIDDEN_SHEET)}!"
    for columns, kinds in zip((LEFT, RIGHT), plan.kinds, strict=True):
        kind, following = (at.replace("$", "").replace(hidden, f"{hidden}$") for at in kinds[:2])
        ends = f'AND({kind}<>"",{kind}<>"{HEADING}",{following}<>"{FOLLOWS}")'
        for column, look in zip(columns, (heading, {**heading, "bold": False, "font_color": QUIET}), strict=True):
            ref = f"{address(first, column)}:{address(last, column)}"
            sheet.highlight(ref, f'{kind}="{HEADING}"', look)
            sheet.highlight(ref, ends, {"bottom": 1, "bottom_color": HAIR})
    signal = content.definition.role("signal")
    if signal is not None:
        where = f"{address(SUMMARY_ROW + 1, RIGHT[0])}:{address(SUMMARY_ROW + 1, RIGHT[1])}"
        at = f"${address(SUMMARY_ROW + 1, RIGHT[0])}"
        signal_highlights(content, sheet, where, at, begins=True)
