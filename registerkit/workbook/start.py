"""Writes the first sheet: how things stand, what to do first, and a link to every other sheet."""

from __future__ import annotations

from registerkit.excel import Book, Sheet
from registerkit.ooxml import address
from registerkit.register import has_terms
from registerkit.workbook.conditional_formats import signal_highlights
from registerkit.workbook.content import WorkbookContent
from registerkit.workbook.data_validations import STAFF
from registerkit.workbook.overview_plan import CARD_COLUMNS
from registerkit.workbook.plan import write_cells
from registerkit.workbook.references import cell
from registerkit.workbook.sheet_names import SheetNames
from registerkit.workbook.start_plan import FIRST, AskBox, StartPlan
from registerkit.workbook.theme import LINE

__all__ = ["Described", "described_sheets", "write_start"]

Described = list[tuple[str, str]]
"""Sheets with what each is for."""

_CARD = 24
_STEPS = range(1, 10)
_HEIGHTS = {"section": 24.0, "table_head": 21.0, "list_value": 18.0}
"""Row heights by the style of the cells, in points."""
_LAST = CARD_COLUMNS[-1]


def write_start(book: Book, content: WorkbookContent, plan: StartPlan) -> None:
    """Write the sheet."""
    sheet, texts = book.sheet(plan.name), content.texts
    sheet.columns(2, *[part for _ in CARD_COLUMNS for part in (_CARD, 2)])
    _head(book, content, sheet)
    sheet.height(2, 20)
    sheet.height(3, 20)
    sheet.height(4, 42)
    sheet.height(5, 30)
    for placed in plan.cells:
        if placed.style in _HEIGHTS:
            sheet.height(placed.row, _HEIGHTS[placed.style])
    write_cells(book, sheet, plan.cells)
    for box in plan.asks:
        _write_box(book, content, sheet, box)
    if plan.signals:
        first, last, column = plan.signals
        cells = f"{address(first + 1, column)}:{address(last + 1, column)}"
        signal_highlights(content, sheet, cells, address(first + 1, column))
    for first, last in plan.lines:
        # Two conditions may not overlap: LibreOffice keeps one for each cell.
        end = _LAST - 1 if plan.signals and plan.signals[0] == first else _LAST
        cells = f"{address(first + 1, FIRST)}:{address(last + 1, end)}"
        sheet.highlight(cells, f'${address(first + 1, FIRST)}<>""', {"bottom": 1, "bottom_color": LINE})
    row = _steps(book, content, sheet, plan.free)
    row = _section(book, sheet, row + 1, texts("workbook.start.sheets"))
    for name, purpose in described_sheets(content):
        sheet.height(row, 18)
        sheet.link(row, 1, name, name, book.style("link"))
        sheet.write(row, 3, purpose, book.style("plain"))
        row += 1
    sheet.page(texts("workbook.page.footer", sheet=plan.name), landscape=False, one_page=True)
    sheet.activate()
    sheet.set_first_sheet()


def _write_box(book: Book, content: WorkbookContent, sheet: Sheet, box: AskBox) -> None:
    """Write a box to choose or type in; its name is how formulas and sync know it."""
    sheet.height(box.row, 22)
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
    sheet.height(0, 34)
    sheet.write(0, 1, name or title, book.style("title"))
    subtitle = content.texts("workbook.start.as_of", title=title) if name else content.texts("workbook.start.today")
    # The words stand in the number format, for TEXT() has other letters for a date in each language of Excel.
    shape = f'"{subtitle.replace(chr(34), "")} "dd-mm-yyyy'
    sheet.merge(1, 1, 1, _LAST, None, book.style("date", num_format=shape))
    sheet.formula(1, 1, "TODAY()", content.on, book.style("date", num_format=shape))
    if book.theme.logo:
        scale = {"object_position": 1, "x_scale": 1, "y_scale": 1, "description": name or title}
        sheet.insert_image(0, _LAST, str(book.theme.logo), scale)


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
    for column in range(1, _LAST + 1):
        sheet.write(row, column, title if column == 1 else None, book.style("section"))
    return row + 1
