"""The conditional formats of a table sheet: signals, what is missing, what does not fit, and rows that still wait."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from registerkit.definition import Field, Value
from registerkit.excel import Sheet
from registerkit.workbook.content import WorkbookContent
from registerkit.workbook.data_validations import STAFF
from registerkit.workbook.outline import folded
from registerkit.workbook.person_formulas import alike, person_column, same_person_test
from registerkit.workbook.references import ATTENTION_LENGTH, list_name, quote_sheet
from registerkit.workbook.references import quote_text as text
from registerkit.workbook.sheet_names import SheetNames
from registerkit.workbook.table_places import FIRST_TABLE_ROW, TablePlace
from registerkit.workbook.theme import ATTENTION, LINE, RESERVED, SIGNAL_COLOURS

__all__ = ["ATTENTION_ROWS", "add_highlights", "attention_condition", "earlier_count", "signal_highlights"]

ATTENTION_ROWS = range(FIRST_TABLE_ROW, FIRST_TABLE_ROW + ATTENTION_LENGTH)
"""The rows of the attention sheet that are looked at, from 0."""
_SHEET_COLUMN, _CELL_COLUMN = "C", "D"

_MISSING = {"bg_color": SIGNAL_COLOURS["due_soon"][1]}
_WRONG = {"font_color": SIGNAL_COLOURS["overdue"][0], "bg_color": SIGNAL_COLOURS["overdue"][1]}
_NUMERIC = ("date", "integer", "money")
_EARLIER = 4
"""From so many earlier records on they are no longer counted out."""
_LAST_DAY = 2958465
"""The last day Excel knows."""
_MOST_COMPARED = 20_000
"""Rows up to which every name is looked up among all others; beyond that Excel would become slow."""


def add_highlights(content: WorkbookContent, sheet: Sheet, place: TablePlace) -> None:
    """Add the formats of a table, the most pressing first, for Excel lets the first win."""
    names = SheetNames(content.definition, content.texts)
    attention = {"font_color": ATTENTION[0], "bg_color": ATTENTION[1]}
    sheet.highlight(place.body, attention_condition(names.attention, sheet.name), attention)
    _key_highlights(sheet, place)
    for field in place.table.fields:
        if field.hidden:
            continue
        if field.is_input:
            _input_highlights(sheet, place, field)
    if place.table.id == content.main.id:
        _record_highlights(content, sheet, place)
        _closing_highlights(content, sheet, place)
        _earlier_highlights(content, sheet, place)
    # Last of all, so that whatever colours a cell goes before it where a program shows one format only.
    for ref in _ruled(content, place):
        sheet.highlight(ref, "TRUE", {"bottom": 1, "bottom_color": LINE})


def _ruled(content: WorkbookContent, place: TablePlace) -> list[str]:
    """Return the cells whose line is not their own: all, but in the main table the columns that are folded away."""
    if place.table.id != content.main.id:
        return [place.body]
    away = folded(place.table)
    return [place.cells(field) for field in place.table.fields if field.id in away]


def attention_condition(attention: str, sheet_name: str) -> str:
    """Return the condition that the attention sheet names the cell by sheet and address."""
    first, last = ATTENTION_ROWS.start + 1, ATTENTION_ROWS.stop
    sheets, cells = (
        f"{quote_sheet(attention)}!${letter}${first}:${letter}${last}" for letter in (_SHEET_COLUMN, _CELL_COLUMN)
    )
    found = f'COUNTIFS({sheets},"{sheet_name.replace(chr(34), chr(34) * 2)}",{cells},ADDRESS(ROW(),COLUMN(),4))>0'
    # Nearly always the sheet is empty, and then nothing has to be counted.
    return f'IF({quote_sheet(attention)}!${_SHEET_COLUMN}${first}="",FALSE,{found})'


def signal_highlights(
    content: WorkbookContent,
    sheet: Sheet,
    ref: str,
    cell: str,
    more: Mapping[str, Any] | None = None,
    *,
    begins: bool = False,
) -> None:
    """Colour cells by the signal in `cell`, a reference for the first of them, or by what its text `begins` with.

    `more` is how they look besides.
    """
    field = content.definition.role("signal")
    choices = content.lookups.lists.get(field.choices or "", ()) if field else ()
    # A longer word comes first, for a shorter one may be its beginning.
    for choice in sorted(choices, key=lambda c: -len(c.labels[content.language])):
        if choice.code in SIGNAL_COLOURS:
            colour, fill = SIGNAL_COLOURS[choice.code]
            label = choice.labels[content.language]
            shown = f"LEFT({cell},{len(label)})" if begins else cell
            sheet.highlight(ref, f"{shown}={text(label)}", {"font_color": colour, "bg_color": fill, **(more or {})})


def _key_highlights(sheet: Sheet, place: TablePlace) -> None:
    table = place.table
    key = table.field(table.key)
    if key.hidden or table.parent == table.key:
        return
    cell = place.first(key)
    twice = f'IF({cell}="",FALSE,COUNTIF({place.far(key)},{cell})>1)'
    sheet.highlight(place.cells(key), twice, _WRONG)
    if table.numbering:
        sheet.highlight(place.cells(key), f"{place.used()}=0", {"font_color": RESERVED, "italic": True})


def _input_highlights(sheet: Sheet, place: TablePlace, field: Field) -> None:
    cell = place.first(field)
    if field.when == "intake":
        sheet.highlight(place.cells(field), f'AND({cell}="",{place.used()}>0)', _MISSING)
    if field.value_kind in _NUMERIC:
        sheet.highlight(place.cells(field), f'AND({cell}<>"",NOT(ISNUMBER({cell})))', _WRONG)
    source = STAFF if field.kind == "person" else list_name(field.choices) if field.choices else None
    if source is None:
        return
    unknown = f"COUNTIF({source},{cell})=0"
    if field.parent:
        parent = place.first(place.table.field(field.parent))
        unknown = f"COUNTIFS({source},{cell},{source}_parent,{parent})=0"
    sheet.highlight(place.cells(field), f'AND({cell}<>"",{unknown})', _WRONG)


def _record_highlights(content: WorkbookContent, sheet: Sheet, place: TablePlace) -> None:
    """Colour what stands for how a record fares: its signal and last day, and the gravest severity."""
    signal, severity = content.definition.role("signal"), content.definition.role("severity")
    for role in ("signal", "due_on", "days_left"):
        field = content.definition.role(role)
        if signal and field:
            signal_highlights(content, sheet, place.cells(field), place.first(signal))
    if severity and content.gravest:
        gravest = text(content.gravest.labels[content.language])
        late = SIGNAL_COLOURS["overdue"]
        shown = {"font_color": late[0], "bg_color": late[1], "bold": True}
        sheet.highlight(place.cells(severity), f"{place.first(severity)}={gravest}", shown)


def _closing_highlights(content: WorkbookContent, sheet: Sheet, place: TablePlace) -> None:
    """Colour what is still needed in a record that is said to be closed."""
    definition = content.definition
    closing = [_has_code(content, place, f, codes) for f, codes in (definition.closing.equals or {}).items()]
    if not closing:
        return
    informal = [_has_code(content, place, f, codes) for f, codes in (definition.informal.equals or {}).items()]
    formal = [*closing, *([f"NOT(AND({','.join(informal)}))"] if informal else [])]
    for field in place.table.fields:
        tests = formal if field.when == "close" else None
        if informal and field.id in definition.informal_fields:
            tests = [*closing, *informal]
        if tests:
            sheet.highlight(place.cells(field), f'AND({place.first(field)}="",{",".join(tests)})', _MISSING)


def _has_code(content: WorkbookContent, place: TablePlace, field_id: str, codes: Iterable[Value]) -> str:
    field = place.table.field(field_id)
    words = {"True": content.texts("value.yes"), "False": content.texts("value.no")}
    labels = [
        words.get(str(code), str(code))
        if field.kind == "yesno"
        else content.lookups.label(field.choices or "", str(code))
        for code in codes
    ]
    tests = [f"{place.first(field)}={text(label)}" for label in labels if label]
    return tests[0] if len(tests) == 1 else f"OR({','.join(tests)})"


def _earlier_highlights(content: WorkbookContent, sheet: Sheet, place: TablePlace) -> None:
    """Say behind a name how many earlier records are of the same person; the number format adds the words."""
    name, received = content.definition.role("name"), content.definition.role("received_on")
    count = earlier_count(content, place)
    if name is None or received is None or count is None or len(place.keys) > _MOST_COMPARED:
        return
    several = content.texts("workbook.earlier.several", count=_EARLIER)
    for earlier in range(_EARLIER, 0, -1):
        words = several if earlier == _EARLIER else content.texts("workbook.earlier.some", count=earlier)
        condition = f'IF({place.first(name)}="",FALSE,{count}>={earlier})'
        shown = {"num_format": f'General;General;General;@"   {words}"', "font_color": SIGNAL_COLOURS["due_soon"][0]}
        sheet.highlight(place.cells(name), condition, shown)


def earlier_count(content: WorkbookContent, place: TablePlace) -> str | None:
    """Return the formula that counts the other records of a row's person up to its day; None without a way to tell."""
    received = content.definition.role("received_on")

    def equal(role: str) -> str | None:
        field = content.definition.role(role)
        return alike(person_column(role), place.first(field)) if field else None

    test = same_person_test(equal)
    if received is None or test is None:
        return None
    day, days = place.first(received), person_column("received_on")
    until = f'({days}>0)*({days}<=IF({day}="",{_LAST_DAY},{day}))'
    # A row counts itself too, once it has a day.
    return f'SUMPRODUCT({test}*{until})-({day}<>"")'
