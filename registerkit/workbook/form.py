"""Writes the intake form: one protected page, no larger than a screen, on which only the boxes can be filled in."""

from __future__ import annotations

from collections.abc import Mapping

from registerkit.definition import Field
from registerkit.excel import Book, Sheet
from registerkit.ooxml import address, column_letters
from registerkit.settings import FOLDERS
from registerkit.workbook.columns import column_look
from registerkit.workbook.content import WorkbookContent
from registerkit.workbook.data_validations import CellRule, validation
from registerkit.workbook.form_plan import (
    COLUMNS,
    HALF,
    LABEL,
    LEFT,
    OFFICE,
    RIGHT,
    Box,
    FormPlan,
    block_title,
    form_plan,
    missing_formula,
    missing_text,
    office_open,
)
from registerkit.workbook.help_plan import Anchors, block_anchor
from registerkit.workbook.hidden_plan import DAYS
from registerkit.workbook.person_formulas import alike, same_person_test
from registerkit.workbook.references import cell, column, list_name, quote_text, special_sheet
from registerkit.workbook.theme import SIGNAL_COLOURS

__all__ = ["write_form"]

_WIDE, _BETWEEN = 31, 2
"""The widths of a column of boxes and of the one beside it, in characters."""
_LINK_PLACE = {"x_offset": 144, "y_offset": 0, "width": 76, "height": 23}
"""Where the link to the help stands in the last column, in pixels."""


def write_form(book: Book, content: WorkbookContent, name: str, anchors: Anchors | None = None) -> None:
    """Write the form's sheet; without `anchors` of a help sheet it is a file by itself, to be put in the inbox."""
    sheet, plan = book.sheet(name), form_plan(content.definition)
    sheet.columns(_BETWEEN, *(_WIDE, _BETWEEN) * len(COLUMNS))
    _write_head(book, content, sheet, name)
    for row, block in plan.blocks:
        text = block_title(content.texts, block)
        sheet.height(row, 18)
        for at in range(LEFT, RIGHT + 1):
            sheet.write(row, at, text if at == LEFT else None, book.style("form_block"))
        if anchors is not None:
            _link_to_help(content, sheet, plan, row, anchors)
        _note_beside(book, content, sheet, plan, row, alone=anchors is None)
    for box in plan.boxes:
        _write_box(book, content, sheet, plan, box)
    _write_status(book, content, sheet, plan, alone=anchors is None)
    _set_up(content, sheet, plan)


def _write_head(book: Book, content: WorkbookContent, sheet: Sheet, name: str) -> None:
    texts = content.texts
    for row, height in enumerate((4, 28, 30, 2)):
        sheet.height(row, height)
    for at in range(LEFT, RIGHT):
        sheet.write(1, at, name if at == LEFT else None, book.style("form_band"))
    sheet.write(1, RIGHT, content.organisation.get("name"), book.style("form_band_right"))
    note = f"workbook.form.note_{content.definition.main_id}"
    text = texts(note if note in texts else "workbook.form.note")
    if "name" in content.main.by_id:
        text += " " + texts("workbook.form.privacy")
    sheet.merge(2, LEFT, 2, RIGHT, text, book.style("form_note"))


def _link_to_help(content: WorkbookContent, sheet: Sheet, plan: FormPlan, row: int, anchors: Anchors) -> None:
    """Link a block's title to the help; a text box, for an unlocked cell would get in the way of Tab."""
    first = min((box for box in plan.boxes if box.row > row), key=lambda box: (box.row, box.column)).field
    anchor = anchors.get(block_anchor(first, content.main, content.language))
    if anchor:
        help_sheet = special_sheet(content.definition, content.texts, "help")
        sheet.floating_link(row, RIGHT, help_sheet, content.texts("help.link"), anchor, _LINK_PLACE)


def _note_beside(book: Book, content: WorkbookContent, sheet: Sheet, plan: FormPlan, row: int, *, alone: bool) -> None:
    """Say beside a block's title what is to be known there.

    That one way to reach the complainant is enough, what the register knows of the person, that someone must be called.
    """
    end = min((other for other, _ in plan.blocks if other > row), default=plan.last_row + 1)
    shown = {box.field.id: box.field for box in plan.boxes if row < box.row < end}
    note, formula = _static_note(content, shown, alone=alone), ""
    if "name" in shown and not alone and (several := _earlier_count(content)):
        told = content.texts("workbook.form.earlier", many=content.many)
        formula = f"IF({several}=0,{quote_text(note)},{quote_text(told + ' ')}&{several})"
    elif "severity" in shown and content.gravest:
        label = quote_text(content.gravest.labels[content.language])
        grave = quote_text(content.texts("workbook.form.grave"))
        formula = f"IF(in_severity={label},{grave},{quote_text(note)})"
    style = book.style("form_block", font_size=10, bold=False)
    if formula:
        sheet.formula(row, HALF, formula, note or None, style)
        known = f'AND({address(row + 1, HALF)}<>"",{address(row + 1, HALF)}<>{quote_text(note)})'
        sheet.highlight(address(row + 1, HALF), known, {"font_color": SIGNAL_COLOURS["overdue"][0], "bold": True})
    elif note:
        sheet.write(row, HALF, note, style)


def _static_note(content: WorkbookContent, shown: Mapping[str, Field], *, alone: bool) -> str:
    if {"phone", "email", "address"} <= set(shown):
        return content.texts("workbook.form.reach")
    if alone and any(field.form == OFFICE for field in shown.values()):
        return content.texts("workbook.form.office", inbox=FOLDERS[content.language]["inbox"])
    return ""


def _earlier_count(content: WorkbookContent) -> str | None:
    """Return the formula that counts the register's rows of the form's person."""

    def equal(role: str) -> str | None:
        field = content.definition.role(role)
        asked = field is not None and field.form
        return alike(column(content.main, field, content.language), f"in_{field.id}") if field and asked else None

    test = same_person_test(equal)
    return f"SUMPRODUCT(--{test})" if test else None


def _write_box(book: Book, content: WorkbookContent, sheet: Sheet, plan: FormPlan, box: Box) -> None:
    field, language = box.field, content.language
    label = field.asked(language) + (" *" if field.when == "intake" else "")
    sheet.height(box.row - 1, LABEL)
    sheet.write(box.row - 1, box.column, label, book.style("form_label"))
    sheet.height(box.row, box.height)
    look = column_look(field)
    ticked = content.checkboxes and field.value_kind == "yesno"
    changes = {"checkbox": True} if ticked else {"num_format": look.number_format}
    style = book.style("form_area" if field.kind == "memo" else "form_box", **changes)
    typed = content.in_form.get(field.id)
    if box.column == box.last_column:
        sheet.write(box.row, box.column, typed, style)
    else:
        sheet.merge(box.row, box.column, box.row, box.last_column, typed, style)
    book.name(box.name, cell(sheet.name, box.row, box.column))
    first = _fixed(box)
    ref = f"{first.replace('$', '')}:{address(box.row + 1, box.last_column)}"
    if not ticked:
        _validate(content, sheet, plan, field, first, ref)
    if field.parent and field.choices:
        name = list_name(field.choices)
        wrong = f'AND({first}<>"",COUNTIFS({name},{first},{name}_parent,in_{field.parent})=0)'
        text, fill = SIGNAL_COLOURS["overdue"]
        sheet.highlight(ref, wrong, {"font_color": text, "bg_color": fill}, stop=True)
    sheet.highlight(ref, f'{first}<>""', {"bg_color": "#FFFFFF"})


def _fixed(box: Box) -> str:
    return f"${column_letters(box.column)}${box.row + 1}"


def _validate(content: WorkbookContent, sheet: Sheet, plan: FormPlan, field: Field, first: str, ref: str) -> None:
    parent = plan.box(field.parent) if field.parent else None
    above = _fixed(parent) if parent else None
    options = validation(CellRule(field, content.definition, content.texts, first, above))
    if field.kind == "date":
        # A list to pick from that takes other days too; what was typed is checked when the form is read.
        kept: dict[str, object] = {key: options[key] for key in ("input_title", "input_message") if key in options}
        options = {"validate": "list", "source": f"={DAYS}", "show_error": False, **kept}
    if options["validate"] != "any" or "input_message" in options:
        sheet.validate(ref, options)


def _write_status(book: Book, content: WorkbookContent, sheet: Sheet, plan: FormPlan, *, alone: bool) -> None:
    texts, row = content.texts, plan.status_row
    missing = missing_formula(plan, content.definition, texts, alone=alone)
    todo, (done, complete) = texts("workbook.form.missing"), _when_complete(content, plan, alone=alone)
    helper = cell(sheet.name, row + 1, LEFT)
    sheet.height(row - 1, 5)
    sheet.height(row, 30)
    style = book.style("form_status")
    sheet.merge(row, LEFT, row, RIGHT, None, style)
    shown = f'IF({helper}="",{done},{quote_text(todo + " ")}&MID({helper},3,500))'
    words = missing_text(plan, content.definition, texts, alone=alone)
    sheet.formula(row, LEFT, shown, f"{todo} {words}" if words else complete, style)
    hidden = book.style("plain", font_color="#FFFFFF", font_size=8)
    sheet.formula(row + 1, LEFT, missing, f", {words}" if words else None, hidden)
    sheet.set_row(row + 1, 12, None, {"hidden": True})
    text, fill = SIGNAL_COLOURS["on_time"]
    ref = f"{address(row + 1, LEFT)}:{address(row + 1, RIGHT)}"
    sheet.highlight(ref, f'{helper.rpartition("!")[2]}=""', {"font_color": text, "bg_color": fill})


def _when_complete(content: WorkbookContent, plan: FormPlan, *, alone: bool) -> tuple[str, str]:
    """Return what to do with a complete form, as a formula and at first: send it, or as the office hand it in."""
    texts, email = content.texts, content.organisation.get("email")
    if not alone:
        done = texts("workbook.form.complete", register=content.main.sheet[content.language])
        return quote_text(done), done
    inbox = texts("workbook.form.complete_inbox", inbox=FOLDERS[content.language]["inbox"])
    sent = texts("workbook.form.complete_mail", email=email) if email else texts("workbook.form.complete_alone")
    still = office_open(plan)
    return (f"IF({still},{quote_text(sent)},{quote_text(inbox)})", sent) if still else (quote_text(inbox), inbox)


def _set_up(content: WorkbookContent, sheet: Sheet, plan: FormPlan) -> None:
    sheet.page(content.texts("workbook.page.form_footer"), landscape=True, one_page=True)
    sheet.set_margins(left=0.4, right=0.4, top=0.4, bottom=0.6)
    sheet.center_horizontally()
    sheet.print_area(0, 0, plan.last_row, RIGHT + 1)
    sheet.protect("", {"select_locked_cells": False, "select_unlocked_cells": True})
    first = plan.boxes[0]
    sheet.set_selection(first.row, first.column, first.row, first.column)
