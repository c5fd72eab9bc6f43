"""Writes the first sheet: how things stand, what to do first, and a link to every other sheet."""

from __future__ import annotations

from registerkit.excel import Book, Sheet
from registerkit.ooxml import address
from registerkit.register import has_terms
from registerkit.workbook.conditional_formats import signal_highlights
from registerkit.workbook.content import WorkbookContent
from registerkit.workbook.data_validations import STAFF
from registerkit.workbook.plan import write_cells
from registerkit.workbook.references import cell, print_area, span
from registerkit.workbook.sheet_names import SheetNames
from registerkit.workbook.start_plan import (
    ALERT_ROW,
    ASK_ROW,
    CARD_ROW,
    FIRST,
    FIRST_LINE,
    HEAD_ROW,
    LAST,
    AskBox,
    StartPlan,
)
from registerkit.workbook.theme import LINE
from registerkit.workbook.work_queues import LINES
from registerkit.workbook.wrapping import count_lines

__all__ = ["Described", "described_sheets", "write_start"]

Described = list[tuple[str, str]]
"""Sheets with what each is for."""

_WIDTHS = (4, 14, 15, 23, 15, 12, 20, 20, 32)
"""Of the columns, in characters: on a screen of 1366 pixels all of them are seen."""
_HEIGHTS = {0: 28.0, ALERT_ROW: 18.0, CARD_ROW: 16.0, CARD_ROW + 1: 34.0, CARD_ROW + 2: 28.0, CARD_ROW + 3: 6.0}
_STEPS = range(1, 10)
_LINE = 16.5
_LINKS = (4, 5, 6)
"""The columns of the links at the top."""
_LOGO = (200, 32)
"""The most that a logo is wide and high, in pixels."""
_TITLE_SIZES = (18, 16, 14, 12)
_BOLD = 10.5
"""In what size bold letters are as wide as others at 11 points."""


def write_start(book: Book, content: WorkbookContent, plan: StartPlan) -> None:
    """Write the sheet."""
    sheet, texts = book.sheet(plan.name), content.texts
    sheet.columns(*_WIDTHS)
    for row, height in _HEIGHTS.items():
        sheet.height(row, height)
    _head(book, content, sheet)
    if plan.has_lines:
        sheet.height(ASK_ROW, 24)
        sheet.height(HEAD_ROW, 20)
        for row in range(FIRST_LINE, FIRST_LINE + LINES):
            sheet.height(row, _LINE)
        sheet.freeze_panes(FIRST_LINE, 0)
        sheet.repeat_rows(HEAD_ROW)
        _print_filled(book, plan)
    write_cells(book, sheet, plan.cells)
    for box in plan.asks:
        _write_box(book, content, sheet, box)
    if plan.has_lines:
        _draw_lines(content, sheet, plan)
    row = _steps(book, content, sheet, plan.free)
    first = address(plan.free + 1, FIRST)
    sheet.link(ALERT_ROW, LAST, plan.name, texts("workbook.start.first"), book.style("link", align="right"), first)
    row = _section(book, sheet, row + 1, texts("workbook.start.sheets"))
    for name, purpose in described_sheets(content):
        sheet.height(row, 18)
        sheet.link(row, 1, name, name, book.style("link"))
        sheet.write(row, 3, purpose, book.style("plain"))
        row += 1
    sheet.page(texts("workbook.page.footer", sheet=plan.name))
    sheet.activate()
    sheet.set_first_sheet()


def _print_filled(book: Book, plan: StartPlan) -> None:
    """Let the list print as far as it goes, which Excel works out anew; where to find what is for the screen."""
    steps, sides = (
        span(plan.name, FIRST_LINE, FIRST_LINE + LINES - 1, LAST - 1),
        span(plan.name, 0, plan.free - 1, LAST),
    )
    ends = f'INDEX({sides},{FIRST_LINE + 1}+MAX(1,SUMPRODUCT(--({steps}<>""))))'
    book.name(print_area(plan.name), f"{cell(plan.name, 0, 0)}:{ends}")


def _draw_lines(content: WorkbookContent, sheet: Sheet, plan: StartPlan) -> None:
    """Draw a line below a row in which something stands, and colour the signals.

    Conditional formats of different cells may not overlap: LibreOffice keeps one for each cell.
    """
    last = FIRST_LINE + LINES
    filled, line = f'${address(FIRST_LINE + 1, FIRST + plan.has_signals)}<>""', {"bottom": 1, "bottom_color": LINE}
    if plan.has_signals:
        cells, cell = f"{address(FIRST_LINE + 1, FIRST)}:{address(last, FIRST)}", f"${address(FIRST_LINE + 1, FIRST)}"
        signal_highlights(content, sheet, cells, cell, line)
        sheet.highlight(cells, filled, line)
    sheet.highlight(f"{address(FIRST_LINE + 1, FIRST + plan.has_signals)}:{address(last, LAST)}", filled, line)


def _write_box(book: Book, content: WorkbookContent, sheet: Sheet, box: AskBox) -> None:
    """Write a box to choose or type in; its name is how formulas and sync know it."""
    sheet.write(box.row, box.column, box.value, book.style("choice_box", num_format="@", valign="vcenter"))
    book.name(f"ask_{box.name}", cell(sheet.name, box.row, box.column))
    if box.name == "handler":
        message = content.texts("workbook.refuse.person")
        rule = {"validate": "list", "source": f"={STAFF}", "error_message": message}
        sheet.validate(address(box.row + 1, box.column), rule)


def described_sheets(content: WorkbookContent) -> Described:
    """Return the sheets to go to, with what they are for."""
    names, texts = SheetNames(content.definition, content.texts), content.texts

    def purpose(name: str) -> str:
        key = f"workbook.purpose.{name}"
        return texts(key if key in texts else "workbook.purpose.table", many=content.many, one=content.one)

    main = "main" if has_terms(content.definition) else "main_plain"
    sheets = [(names.form, purpose("form")), (names.main, purpose(main)), (names.file, purpose("file"))]
    sheets += [(t.sheet[content.language], purpose(t.id)) for t in names.child_tables()]
    sheets += [(names.overview, purpose("overview")), (names.analysis, purpose("analysis"))]
    sheets.append((names.lists, purpose("lists")))
    sheets += [(t.sheet[content.language], purpose(t.id)) for t in names.setup_tables()]
    return [*sheets, (names.help, purpose("help"))]


def _head(book: Book, content: WorkbookContent, sheet: Sheet) -> None:
    title = content.definition.labels[content.language]
    name = content.organisation.get("name")
    _title(book, sheet, _logo(book, sheet, name or title), name or title)
    names = SheetNames(content.definition, content.texts)
    for at, target in zip(_LINKS, (names.main, names.file, names.form), strict=True):
        sheet.link(0, at, target, target, book.style("link"))
    subtitle = content.texts("workbook.start.as_of", title=title) if name else content.texts("workbook.start.today")
    # The words stand in the number format, for TEXT() has other letters for a date in each language of Excel.
    shape = f'"{subtitle.replace(chr(34), "")} "dd-mm-yyyy'
    look = book.style("date", num_format=shape, align="right")
    sheet.merge(0, LAST - 1, 0, LAST, None, look)
    sheet.formula(0, LAST - 1, "TODAY()", content.on, look)


def _title(book: Book, sheet: Sheet, column: int, title: str) -> None:
    """Write the title as large as it can be before the links; a long one takes two lines."""
    room = sum(_WIDTHS[column : _LINKS[0]])
    size = next((size for size in _TITLE_SIZES if count_lines(title, room * _BOLD / size) == 1), None)
    look = {"font_size": size} if size else {"font_size": 11, "text_wrap": True}
    sheet.merge(0, column, 0, _LINKS[0] - 1, title, book.style("title", **look))


def _logo(book: Book, sheet: Sheet, description: str) -> int:
    """Put the logo in the corner, no higher than the title; gives the column of the title beside it."""
    if not book.theme.logo:
        return FIRST
    width = sheet.picture(0, FIRST, book.theme.logo, _LOGO, description)
    return FIRST + 1 if width < 100 else FIRST + 2


def _steps(book: Book, content: WorkbookContent, sheet: Sheet, row: int) -> int:
    texts = content.texts
    row = _section(book, sheet, row, texts("workbook.start.first"))
    kind = "terms" if has_terms(content.definition) else "plain"
    for n in _STEPS:
        if (key := f"workbook.start.{kind}_{n}") not in texts:
            break
        sheet.height(row, 18)
        names = SheetNames(content.definition, texts)
        text = texts(key, many=content.many, one=content.one, form=names.form, register=names.main, help=names.help)
        sheet.write(row, 1, f"{n}.  {text}", book.style("plain"))
        row += 1
    return row


def _section(book: Book, sheet: Sheet, row: int, title: str) -> int:
    sheet.height(row, 24)
    for column in range(1, LAST + 1):
        sheet.write(row, column, title if column == 1 else None, book.style("section"))
    return row + 1
