"""What an office still has to fill in about itself: dropdowns on its own sheet, and a line on the first one."""

from __future__ import annotations

from typing import Any

from registerkit.definition import Table
from registerkit.excel import Sheet
from registerkit.office import TABLE, code_of, detail_of, key_of, needed_details
from registerkit.ooxml import address
from registerkit.register import COORDINATOR
from registerkit.workbook.content import WorkbookContent
from registerkit.workbook.data_validations import STAFF, prompt
from registerkit.workbook.hidden_plan import HiddenPlanner
from registerkit.workbook.plan import PlacedCell
from registerkit.workbook.references import column, hyperlink
from registerkit.workbook.references import quote_text as text
from registerkit.workbook.table_places import FIRST_TABLE_ROW, TablePlace

__all__ = ["plan_to_fill_in", "validate_details"]

_SHOWN = 2
"""So many details are named; of the others it is said how many there are, for the line ends at the next cell."""
_BEGINS = ", ‘"
"""What stands before the name of each detail."""
_WHO = ("responsible.coordinator", "responsible.handler")


def validate_details(content: WorkbookContent, sheet: Sheet, place: TablePlace) -> None:
    """Say in each cell what it is for, and let people be chosen from the staff."""
    value = place.column(place.table.field("value"))
    for n, record in enumerate(place.records):
        detail = detail_of(code_of(record.get(place.table.key)) or "")
        if detail is None:
            continue
        told = prompt(str(record.get("name")), str(record.get("purpose")))
        options: dict[str, Any] = {"validate": "any"}
        if detail.is_person and "staff" in content.definition.tables:
            refusal = {"error_type": "warning", "error_message": content.texts("workbook.refuse.person")}
            options = {"validate": "list", "source": f"={STAFF}", "error_title": told["input_title"], **refusal}
        sheet.validate(address(FIRST_TABLE_ROW + n + 1, value), options | told)


def plan_to_fill_in(content: WorkbookContent, hidden: HiddenPlanner, row: int, at: int) -> PlacedCell | None:
    """Return the cell that says what is to be filled in before letters can be made; empty when all is there."""
    table, rows = content.definition.tables.get(TABLE), content.rows(TABLE)
    if table is None or not rows:
        return None
    by_code = {code_of(record.get(table.key)): record for record in rows}
    missing, parts = list[str](), list[str]()
    for code in needed_details(content.policy.default.name):
        if record := by_code.get(code):
            name = str(record.get("name"))
            parts.append(f'IF({_value(content, table, record)}="",{text(f", ‘{name}’")},"")')
            missing += [] if record.get("value") else [f"‘{name}’"]
    who = [by_code[code] for code in _WHO if code in by_code]
    if who and (staff := content.definition.tables.get("staff")) and "role" in staff.by_id:
        role = staff.by_id["role"]
        label = content.lookups.label(role.choices or "", COORDINATOR) or COORDINATOR
        counted = f"COUNTIF({column(staff, role, content.language)},{text(label)})=0"
        blank = ",".join(f'{_value(content, table, record)}=""' for record in who)
        name = str(who[0].get("name"))
        parts.append(f'IF(AND({blank},{counted}),{text(f", ‘{name}’")},"")')
        named = any(member.get("role") == COORDINATOR for member in content.rows("staff"))
        missing += [] if named or any(record.get("value") for record in who) else [f"‘{name}’"]
    shown = ", ".join(missing)
    found = hidden.block().add(f", {shown}" if shown else "", "&".join(parts) or '""')
    return _line(content, table, found, missing, row, at)


def _line(content: WorkbookContent, table: Table, found: str, missing: list[str], row: int, at: int) -> PlacedCell:
    before, sheet = content.texts("workbook.start.fill_in") + " ", table.sheet[content.language]
    and_then, _, more = content.texts("workbook.start.fill_in_more", n="\n").partition("\n")
    left = f"(LEN({found})-LEN(SUBSTITUTE({found},{text(_BEGINS)},{text('')})))/{len(_BEGINS)}-{_SHOWN}"
    cut = f'IFERROR(FIND("|",SUBSTITUTE({found},{text(_BEGINS)},"|",{_SHOWN + 1})),LEN({found})+1)'
    named = f"MID({found},3,{cut}-3)&IF({left}>0,{text(and_then)}&{left}&{text(more)},{text('')})"
    formula = f'IF({found}="","",{hyperlink(sheet, text("A1"), f"{text(before)}&{named}")})'
    names = ", ".join(missing[:_SHOWN])
    rest = f"{and_then}{len(missing) - _SHOWN}{more}" if len(missing) > _SHOWN else ""
    value = f"{before}{names}{rest}" if missing else None
    return PlacedCell(row, at, value, "alert_line", formula)


def _value(content: WorkbookContent, table: Table, record: Any) -> str:
    """Return the formula of a detail's value, wherever its row stands."""
    language = content.language
    value, key = (column(table, table.field(name), language) for name in ("value", table.key))
    own = key_of(code_of(record.get(table.key)) or "", "")
    return f'IFERROR(INDEX({value},MATCH({text(own)},{key},0)),"")'
