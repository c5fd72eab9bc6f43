"""Writes a table of the definition as a sheet: title, groups, headers, records, prepared rows, rules and colours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from registerkit.definition import Field, Record, Table, Value
from registerkit.excel import Book, CellContent, LiveCell, Row, Sheet
from registerkit.ooxml import column_letters
from registerkit.register import cell_value
from registerkit.workbook.columns import PAGE_WIDTH, READABLE, column_look, column_width, pixels
from registerkit.workbook.conditional_formats import add_highlights
from registerkit.workbook.content import WorkbookContent
from registerkit.workbook.data_validations import CellRule, validation
from registerkit.workbook.formulas import kept_values, live_formulas
from registerkit.workbook.help_plan import Anchors, table_anchor
from registerkit.workbook.outline import column_folds, folded
from registerkit.workbook.references import print_area, quote_sheet, special_sheet, table_name
from registerkit.workbook.row_names import refers_to, row_names
from registerkit.workbook.table_places import (
    FAR_ROW,
    FIRST_TABLE_ROW,
    GROUP_ROW,
    HEADER_TABLE_ROW,
    TablePlace,
    is_printed_by_range,
    printed_to,
)
from registerkit.workbook.theme import ONE_LINE, QUIET, RESERVED, THREE_LINES, TWO_LINES
from registerkit.workbook.wrapping import count_lines

__all__ = ["LiveRows", "write_table"]

LiveRows = Mapping[str, Mapping[str, Value]]
"""Key to field id to value."""

_SMALL_LETTER, _DEFAULT_WIDTH = 0.82, 8.43
"""The width of a letter of a hint at most on average, and of a column beyond the table, in digits."""
_NO_LIVE: Mapping[str, Value] = {}


def write_table(book: Book, content: WorkbookContent, place: TablePlace, live: LiveRows, anchors: Anchors) -> Sheet:
    """Write the sheet of a table, with links to the `anchors` of the help; gives the sheet."""
    sheet = book.sheet(place.table.sheet[content.language])
    _write_head(book, content, sheet, place, anchors)
    writer = _RowWriter(book, content, sheet, place, live)
    _write_columns(content, sheet, place, writer)
    _write_excel_table(book, content, sheet, place, writer)
    writer.write()
    for field in place.table.fields:
        if not field.hidden and not (place.table.fixed and field.is_input):  # Its rows differ from each other.
            _validate(content, sheet, place, field)
    add_highlights(content, sheet, place)
    _set_up_view(content, sheet, place)
    return sheet


def _write_head(book: Book, content: WorkbookContent, sheet: Sheet, place: TablePlace, anchors: Anchors) -> None:
    texts, table = content.texts, place.table
    first = next(i for i, f in enumerate(table.fields) if not f.hidden)
    hint = f"workbook.hint.{table.id}"
    sheet.height(0, 30)
    sheet.write(0, first, table.sheet[content.language], book.style("title"))
    text = texts(hint) if hint in texts else texts("workbook.hint.table", one=table.labels[content.language].lower())
    # The main table repeats its first column on every page; a line that begins there would be cut off on the second.
    sheet.write(1, first + (table.id == content.main.id), text, book.style("hint"))
    sheet.height(1, 18)
    sheet.height(GROUP_ROW, 20 if table.groups else 6)
    wraps = any(len(h := f.labels[content.language]) + 3 > column_width(f, h) for f in table.fields)
    sheet.height(HEADER_TABLE_ROW, 33 if wraps else 20)
    help_sheet = special_sheet(content.definition, texts, "help")
    if not table.groups and (anchor := anchors.get(table_anchor(table))):
        look = book.style("link", font_size=10, indent=1, valign="bottom")
        sheet.link(1, _after(text, table, first, content.language), help_sheet, texts("help.link"), look, anchor)
    seen: set[str] = set()
    tints = {group.id: group for group in table.groups}
    for column, field in enumerate(table.fields):
        if group := tints.get(field.group):
            # The name stands over the first column that is open, so that folding the others does not hide it.
            named = field.visible or not any(f.visible for f in table.fields if f.group == group.id)
            label = group.labels[content.language] if named and group.id not in seen else None
            seen |= {group.id} if label else set()
            style = book.style("group", bg_color=f"#{group.tint}")
            if label and (anchor := anchors.get(table_anchor(table, group.id))):
                sheet.link(GROUP_ROW, column, help_sheet, label, style, anchor, texts("help.tip"))
            else:
                sheet.write(GROUP_ROW, column, label, style)


def _after(text: str, table: Table, first: int, language: str) -> int:
    """Return the first column that a line of small text does not reach."""
    column, used = first, 0.0
    while used < len(text) * _SMALL_LETTER + 1:
        field = table.fields[column] if column < len(table.fields) else None
        used += column_width(field, field.labels[language]) if field and not field.hidden else _DEFAULT_WIDTH
        column += 1
    return column


def _write_columns(content: WorkbookContent, sheet: Sheet, place: TablePlace, writer: _RowWriter) -> None:
    table = place.table
    folds = column_folds(table) if table.id == content.main.id else {}
    for column, field in enumerate(table.fields):
        width = column_width(field, field.labels[content.language])
        fold = folds.get(field.id)
        options = fold.options() if fold else {"hidden": field.hidden}
        sheet.set_column(column, column, width, writer.blank_looks[column], options)
    end = folds.get("")
    if end:
        columns = len(table.fields)
        sheet.set_column(columns, columns, 3, None, end.options())


def _write_excel_table(
    book: Book, content: WorkbookContent, sheet: Sheet, place: TablePlace, writer: _RowWriter
) -> None:
    tints = {group.id: f"#{group.tint}" for group in place.table.groups}
    columns = []
    for field in place.table.fields:
        changes: dict[str, Any] = {"bg_color": tints[field.group]} if field.group in tints else {}
        changes |= {"align": column_look(field).align, **writer.edge(field)}
        column = {
            "header": field.labels[content.language],
            "header_format": book.style("header", **changes),
        }
        if field.id in writer.formulas:
            column["formula"] = f"={writer.formulas[field.id]}"
        columns.append(column)
    options = {"name": table_name(place.table, content.language), "style": None, "columns": columns}
    sheet.table(place.ref, options)


def _name_formulas(book: Book, content: WorkbookContent, place: TablePlace) -> dict[str, str]:
    """Define a name for the formula of each live field; gives what its cells hold, by field id."""
    table, language = place.table, content.language
    names = row_names(table, language, is_main=table.id == content.main.id)
    columns = {field.id: place.column(field) for field in table.fields}
    held = {}
    for field_id, formula in live_formulas(content.register.rules, table.id).items():
        named = refers_to(formula, table, language, table.sheet[language], columns)
        if named is not None:
            book.name(names[field_id], named)
        held[field_id] = formula if named is None else names[field_id]
    return held


class _RowWriter:
    """Writes the rows of one table; formats and formulas are looked up once."""

    def __init__(self, book: Book, content: WorkbookContent, sheet: Sheet, place: TablePlace, live: LiveRows) -> None:
        self.content = content
        self.sheet = sheet
        self.place = place
        self.live = live
        self.formulas = _name_formulas(book, content, place)
        self.kept = kept_values(content.register) if place.table.id == content.main.id else {}
        self._memos = {
            field.id: column_width(field, field.labels[content.language])
            for field in place.table.fields
            if field.value_kind == "memo"
        }
        fields = place.table.fields
        self._at = {field.id: column for column, field in enumerate(fields)}
        self._styles = [self._style(book, field, **self.edge(field)) for field in fields]
        # Rows that stand ready get their line from a conditional format: LibreOffice prints those that have their own.
        line = {} if place.table.id == content.main.id else {"bottom": 0}
        self._ready = [self._style(book, field, **self.edge(field), **line) for field in fields]
        self.blank_looks = [self._style(book, field, bottom=0) for field in fields]
        """How an empty cell of each column looks, which is not in the file itself."""

    def edge(self, field: Field) -> dict[str, Any]:
        """Return the thin line at the left of a group, at its first column that is open."""
        fields = self.place.table.fields
        column = self.place.column(field)
        of_group = [f for f in fields if f.group == field.group]
        first = next((f for f in of_group if f.visible), of_group[0])
        starts = column > 0 and field.group != fields[0].group and field == first
        return {"left": 1, "left_color": RESERVED} if starts else {}

    def write(self) -> None:
        """Write every row: records, then prepared ones."""
        fields = self.place.table.fields
        away = folded(self.place.table)
        is_main = self.place.table.id == self.content.main.id
        # What is in sight keeps its own line, and the line at the left of a group goes no further than the table.
        kept = [bool(self.edge(f)) or (is_main and f.id not in away) for f in fields]
        self.sheet.rows(FIRST_TABLE_ROW, self._rows(), kept)

    def _rows(self) -> Iterator[Row]:
        is_main = self.place.table.id == self.content.main.id
        typed_rows = self.content.typed.get(self.place.table.id, {})
        for n, key in enumerate(self.place.keys):
            is_record = n < len(self.place.records)
            record: Record = self.place.records[n] if is_record else {self.place.table.key: key}
            cells = self._cells(record, key or "")
            for field_id, typed in typed_rows.get(n, {}).items():
                cells[self._at[field_id]] = typed
            hidden = is_main and self.content.is_folded(record)
            yield Row(self._height(record), cells, self._styles if is_record else self._ready, hidden)

    def _height(self, record: Record) -> float:
        """Return the height of a record's row: one line in the register, where one looks for a row, not for a text."""
        if not self._memos or self.place.table.id == self.content.main.id:
            return ONE_LINE
        fields = self.place.table.by_id
        folds = any(field.visible for field in fields.values())
        lines = (
            count_lines(str(record[name]), width, indent=1)
            for name, width in self._memos.items()
            if record.get(name) and (fields[name].visible or not folds)
        )
        return THREE_LINES if max(lines, default=0) > 2 else TWO_LINES

    def _cells(self, record: Record, key: str) -> list[CellContent | LiveCell]:
        """Return what a row's cells hold: of most rows most are empty, and cost nothing."""
        fields, lookups, at = self.place.table.fields, self.content.lookups, self._at
        cells: list[CellContent | LiveCell] = [None] * len(fields)
        for field_id, value in record.items():
            if value is not None and (column := at.get(field_id)) is not None:
                cells[column] = cell_value(fields[column], value, lookups)
        live, kept = self.live.get(key, _NO_LIVE), self.kept.get(key, ())
        for field_id, formula in self.formulas.items():
            if field_id not in kept:
                field = fields[at[field_id]]
                cells[at[field_id]] = LiveCell(formula, cell_value(field, live.get(field_id), lookups))
        return cells

    def _style(self, book: Book, field: Field, **more: Any) -> Any:
        look = column_look(field)
        changes: dict[str, Any] = {"num_format": look.number_format, "align": look.align}
        if look.align == "left":
            changes["indent"] = 1
        if self.place.table.id == self.content.main.id or not self._memos:
            changes |= {"text_wrap": False, "valign": "vcenter"}
        else:
            # A long text shows its beginning, and what stands beside it stands at the same height.
            changes["valign"] = "top"
        if not field.is_input:
            changes["font_color"] = QUIET
        return book.style("cell", **changes, **more)


def _validate(content: WorkbookContent, sheet: Sheet, place: TablePlace, field: Field) -> None:
    parent = place.first(place.table.field(field.parent)) if field.parent else None
    rule = CellRule(field, content.definition, content.texts, place.first(field), parent)
    options = validation(rule)
    if options["validate"] != "any" or "input_message" in options:
        sheet.validate(place.cells(field), options)


def _set_up_view(content: WorkbookContent, sheet: Sheet, place: TablePlace) -> None:
    first = next(i for i, f in enumerate(place.table.fields) if not f.hidden)
    sheet.page(content.texts("workbook.page.footer", sheet=sheet.name.replace("&", "&&")))
    # Postcodes and telephone numbers are text on purpose; without this Excel puts a green corner in every cell.
    sheet.ignore_errors({"number_stored_as_text": place.body})
    sheet.repeat_rows(GROUP_ROW, HEADER_TABLE_ROW)
    if _width(content, place) > PAGE_WIDTH:
        # On one page the columns would be too small to read; the number comes back on every page.
        sheet.set_print_scale(READABLE)
        sheet.repeat_columns(first)
    if is_printed_by_range(place.table, content.main.id):
        typed = max(content.typed.get(place.table.id, {}), default=-1) + 1
        last = FIRST_TABLE_ROW - 1 + max(len(place.records), typed)
        sheet.print_area(0, 0, printed_to(HEADER_TABLE_ROW, last, place.last_row), len(place.table.fields) - 1)
    else:
        _print_used_rows(sheet, place)
    sheet.freeze_panes(FIRST_TABLE_ROW, _frozen(content, place, first) + 1)


def _width(content: WorkbookContent, place: TablePlace) -> float:
    """Return how wide the columns are that are open, in pixels."""
    away = folded(place.table)
    shown = [f for f in place.table.fields if not f.hidden and f.id not in away]
    return sum(pixels(column_width(f, f.labels[content.language])) for f in shown)


def _frozen(content: WorkbookContent, place: TablePlace, first: int) -> int:
    """Return the last column that stays in view: the key, and in the main table whom or what the row is about."""
    name = content.definition.role("name")
    return place.column(name) if name and place.table.id == content.main.id else first


def _print_used_rows(sheet: Sheet, place: TablePlace) -> None:
    """Print down to the last row that holds something, which Excel works out anew; prepared rows are blank."""
    table = place.table
    needed = next((f for f in table.inputs if f.when == "intake"), next(iter(table.inputs)))
    cells = f"{quote_sheet(sheet.name)}!{place.far(needed)}"
    last = f"MAX({HEADER_TABLE_ROW + 2},IFERROR(MATCH(9999999,{cells},1),0)+{FIRST_TABLE_ROW})"
    if needed.value_kind != "date":
        # REPT of the last letter comes behind every text, so the last text is found.
        last = f'MAX({HEADER_TABLE_ROW + 2},IFERROR(MATCH(REPT("z",20),{cells},1),0)+{FIRST_TABLE_ROW})'
    column = column_letters(len(table.fields) - 1)
    where = f"{quote_sheet(sheet.name)}!$A$1:INDEX({quote_sheet(sheet.name)}!${column}$1:${column}${FAR_ROW},{last})"
    sheet.book.name(print_area(sheet.name), where)
