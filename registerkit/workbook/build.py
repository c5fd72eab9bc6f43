"""Builds the workbook and the single form as files: beside the target first, then put in its place in one step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from registerkit.excel import Book, BuildError, Sheet
from registerkit.files import making
from registerkit.ooxml import MAX_ROWS, PivotTable, TableFilter, add_pivots
from registerkit.theme import theme_of
from registerkit.workbook.attention import write_attention
from registerkit.workbook.case_file_sheet import write_file_sheet
from registerkit.workbook.charts import write_analysis, write_overview
from registerkit.workbook.content import WorkbookContent
from registerkit.workbook.data_validations import NUMBERS, STAFF
from registerkit.workbook.form import write_form
from registerkit.workbook.help_plan import help_anchors, help_rows
from registerkit.workbook.help_sheet import write_help
from registerkit.workbook.hidden_plan import HiddenPlan, HiddenPlanner
from registerkit.workbook.lists import write_lists
from registerkit.workbook.office_sheet import validate_details
from registerkit.workbook.overview import plan_sheets
from registerkit.workbook.person_formulas import PERSON_ROLES, person_column
from registerkit.workbook.plan import write_cells
from registerkit.workbook.references import HIDDEN_SHEET, span, table_name
from registerkit.workbook.sheet_names import SheetNames
from registerkit.workbook.start import write_start
from registerkit.workbook.table_places import FAR_ROW, FIRST_TABLE_ROW, place_table
from registerkit.workbook.tables import write_table
from registerkit.workbook.theme import styles

__all__ = ["build_form", "build_workbook"]


def build_workbook(target: Path, content: WorkbookContent) -> None:
    """Write the workbook of a register; replaces `target` in one step. Raises `BuildError`, or what the disk says."""
    _need_room(target, content)
    _build(target, content, lambda book: _write_workbook(book, content), _filters(content))


def build_form(target: Path, content: WorkbookContent) -> None:
    """Write the intake form as a file by itself, with the same stamp; replaces `target` in one step."""

    def write(book: Book) -> Sequence[PivotTable]:
        write_form(book, content, SheetNames(content.definition, content.texts).form)
        _write_hidden(book, HiddenPlanner(content, form_only=True).for_form())
        return ()

    _build(target, content, write)


def _need_room(target: Path, content: WorkbookContent) -> None:
    """Raise `BuildError` (reason "rows") for a table that has more rows than a sheet of Excel."""
    for table in content.definition.tables.values():
        rows, most = len(content.rows(table.id)), MAX_ROWS - FIRST_TABLE_ROW
        if rows > most:
            raise BuildError(target, reason="rows", table=table.sheet[content.language], rows=rows, most=most)


def _filters(content: WorkbookContent) -> list[TableFilter]:
    """Return the filter that keeps what is closed out of sight, when there is anything closed."""
    if not any(content.is_folded(record) for record in content.rows(content.main.id)):
        return []
    signal = content.definition.role("signal")
    place = place_table(content, content.main)
    choices = content.lookups.lists.get(signal.choices or "", ()) if signal else ()
    shown = tuple(choice.labels[content.language] for choice in choices if choice.code != "closed")
    name = table_name(content.main, content.language)
    return [TableFilter(name, place.column(signal), shown)] if signal else []


def _build(
    target: Path,
    content: WorkbookContent,
    write: Callable[[Book], Sequence[PivotTable]],
    filters: Sequence[TableFilter] = (),
) -> None:
    with making(target) as temporary:
        theme = theme_of(content.theme)
        with Book(temporary, theme, styles(theme), target) as book:
            pivots = write(book)
            _stamp(book, content)
        add_pivots(temporary, pivots, filters)


def _stamp(book: Book, content: WorkbookContent) -> None:
    stamp, definition = content.stamp, content.definition
    told = stamp.properties() | {"definition": definition.id}
    known = {f"registerkit.{name}": text for name, text in told.items()}
    book.describe(definition.labels[content.language], content.organisation.get("name", ""), content.on, known)


def _write_workbook(book: Book, content: WorkbookContent) -> Sequence[PivotTable]:
    """Write all sheets; gives the pivots that go into the file when it is there."""
    names, plans = SheetNames(content.definition, content.texts), plan_sheets(content)

    explained = help_rows(content)
    anchors = help_anchors(explained)

    def table(table_id: str) -> Sheet:
        place = place_table(content, content.definition.tables[table_id])
        return write_table(book, content, place, content.live.get(table_id, {}), anchors)

    write_start(book, content, plans.start)
    write_attention(book, content, names.attention)
    write_form(book, content, names.form, anchors)
    write_cells(book, table(content.main.id), list(plans.register.cells))
    write_file_sheet(book, content, plans.file)
    for child in names.child_tables():
        table(child.id)
    write_overview(book, content, plans.overview)
    write_analysis(book, content, plans.analysis)
    write_lists(book, content, names.lists)
    for setup in names.setup_tables():
        sheet = table(setup.id)
        if setup.fixed:
            validate_details(content, sheet, place_table(content, setup))
    write_help(book, content, names.help, explained)
    _write_hidden(book, plans.hidden)
    _name_staff(book, content)
    _name_numbers(book, content)
    return [placed.pivot for placed in plans.pivots]


def _write_hidden(book: Book, plan: HiddenPlan) -> None:
    sheet = book.sheet(HIDDEN_SHEET)
    write_cells(book, sheet, list(plan.cells))
    for name, formula in plan.names.items():
        book.name(name, formula)
    sheet.very_hidden()


def _name_staff(book: Book, content: WorkbookContent) -> None:
    """Name the staff's names."""
    table = content.definition.tables.get("staff")
    if table is None or "name" not in table.by_id:
        return
    column = [f.id for f in table.fields].index("name")
    sheet = table.sheet[content.language]
    _name_growing(book, STAFF, sheet, column, f"COUNTA({_far(sheet, column)})")


def _name_numbers(book: Book, content: WorkbookContent) -> None:
    """Name the main table's keys, and what tells people apart, up to the last row with a day of receipt."""
    main = place_table(content, content.main).table
    order = [f.id for f in main.fields]
    received = content.definition.role("received_on")
    sheet, column = main.sheet[content.language], order.index(main.key)
    length = f"COUNTA({_far(sheet, column)})"
    if received:
        # A number larger than any day finds the last row that holds a day.
        length = f"IFERROR(MATCH(9999999,{_far(sheet, order.index(received.id))},1),1)"
    _name_growing(book, NUMBERS, sheet, column, length)
    for role in (*PERSON_ROLES, "received_on") if received else ():
        if field := content.definition.role(role):
            _name_growing(book, person_column(role), sheet, order.index(field.id), length)


def _name_growing(book: Book, name: str, sheet: str, column: int, length: str) -> None:
    cells = _far(sheet, column)
    book.name(name, f"{cells.partition(':')[0]}:INDEX({cells},MAX(1,{length}))")


def _far(sheet: str, column: int) -> str:
    return span(sheet, FIRST_TABLE_ROW, FAR_ROW - 1, column)
