"""What may be typed in a cell, one face per field kind, with a prompt before and a friendly word after.

Excel keeps at most 32 characters of a title and 255 of a message, and 255 of a formula typed by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from registerkit.definition import Definition, Field
from registerkit.ooxml import Dropdown
from registerkit.texts import Texts
from registerkit.workbook.references import list_name

__all__ = ["NUMBERS", "STAFF", "VALIDATIONS", "CellRule", "dropdown", "prompt", "validation"]

STAFF = "lst_staff"
"""The name of the staff's names."""
NUMBERS = "lst_numbers"
"""The name of the main table's used keys."""

_TITLE, _MESSAGE = 32, 255
_LAST_DAY = date(2199, 12, 31)
_FIRST_DAY = date(1900, 3, 1)

Options = dict[str, Any]


@dataclass(frozen=True)
class CellRule:
    """What a field's validation depends on; `cell` and `parent` are the first cell's references."""

    field: Field
    definition: Definition
    texts: Texts
    cell: str
    parent: str | None = None

    def bound(self, kind: str) -> Any:
        """Return the limit that the definition's rules set for this field without a condition, or None."""
        for rule in self.definition.rules:
            if rule.table == self.field.table and self.field.id in rule.fields and rule.when.is_empty:
                if kind in ("minimum", "maximum") and rule.kind == "between":
                    found: int | None = getattr(rule, kind)
                    return found
                if rule.kind == kind:
                    return rule.day or True
        return None


def validation(rule: CellRule) -> Options:
    """Return the whole validation of a field's cells, as XlsxWriter takes it."""
    field, texts = rule.field, rule.texts
    label, language = field.labels[texts.language], texts.language
    options: Options = {"ignore_blank": True, "show_input": bool(field.help)}
    options |= _computed(rule) if field.kind == "computed" else VALIDATIONS[field.kind](rule)
    if help_text := field.help.get(language):
        options |= prompt(label, help_text)
    if "error_message" in options:
        options["error_title"] = _cut(options.get("error_title", label), _TITLE)
        options["error_message"] = _cut(options["error_message"], _MESSAGE)
    return options


def dropdown(rule: CellRule) -> Dropdown | None:
    """Return the list to choose from in a field's cells, as the file format has it; None when the field has none."""
    options = validation(rule)
    if options["validate"] != "list":
        return None
    source = options["source"]
    return Dropdown(
        source=source.removeprefix("=") if isinstance(source, str) else f'"{",".join(source)}"',
        error_title=options["error_title"],
        error=options["error_message"],
        prompt_title=options.get("input_title", ""),
        prompt=options.get("input_message", ""),
        allow_blank=options["ignore_blank"],
        warns_only=options.get("error_type") == "warning",
    )


def prompt(title: str, message: str) -> Options:
    """Return what is shown beside a cell when it is entered."""
    return {"input_title": _cut(title, _TITLE), "input_message": _cut(message, _MESSAGE)}


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def _computed(rule: CellRule) -> Options:
    return {
        "validate": "custom",
        "value": "=FALSE",
        "ignore_blank": False,
        "error_title": rule.texts("workbook.refuse.computed_title"),
        "error_message": rule.texts("workbook.refuse.computed"),
    }


def _any(_: CellRule) -> Options:
    return {"validate": "any"}


def _key(rule: CellRule) -> Options:
    table = rule.definition.tables[rule.field.table]
    if table.parent != rule.field.id:
        return {"validate": "any"}
    return {
        "validate": "list",
        "source": f"={NUMBERS}",
        "error_type": "warning",
        "error_message": rule.texts("workbook.refuse.number"),
    }


def _date(rule: CellRule) -> Options:
    first = rule.bound("not_before_day")
    past_only = rule.bound("not_future")
    return {
        "validate": "date",
        "criteria": "between",
        "minimum": first if isinstance(first, date) else _FIRST_DAY,
        "maximum": "=TODAY()" if past_only else _LAST_DAY,
        "error_message": rule.texts("workbook.refuse.past_date" if past_only else "workbook.refuse.date"),
    }


def _integer(rule: CellRule) -> Options:
    low, high = rule.bound("minimum"), rule.bound("maximum")
    if high is None:
        return {
            "validate": "integer",
            "criteria": ">=",
            "value": low or 0,
            "error_message": rule.texts("workbook.refuse.integer"),
        }
    return {
        "validate": "integer",
        "criteria": "between",
        "minimum": low or 0,
        "maximum": high,
        "error_message": rule.texts("workbook.refuse.between", minimum=low or 0, maximum=high),
    }


def _money(rule: CellRule) -> Options:
    low = rule.bound("minimum")
    return {
        "validate": "decimal",
        "criteria": ">=",
        "value": low / 100 if low is not None else -1_000_000_000,
        "error_message": rule.texts("workbook.refuse.money"),
    }


def _yesno(rule: CellRule) -> Options:
    words = [rule.texts("value.yes"), rule.texts("value.no")]
    return {"validate": "list", "source": words, "error_message": rule.texts("workbook.refuse.yesno")}


def _choice(rule: CellRule) -> Options:
    name = list_name(rule.field.choices or "")
    if not rule.parent:
        return {"validate": "list", "source": f"={name}", "error_message": rule.texts("workbook.refuse.choice")}
    first = f"MATCH({rule.parent},{name}_parent,0)"
    last = f"{first}+COUNTIF({name}_parent,{rule.parent})-1"
    return {
        "validate": "list",
        "source": f"=INDEX({name},{first}):INDEX({name},{last})",
        # While the cell that this one depends on is empty there is no list, and ignoring blanks, Excel takes anything.
        "ignore_blank": False,
        "error_message": rule.texts("workbook.refuse.dependent"),
    }


def _person(rule: CellRule) -> Options:
    return {"validate": "list", "source": f"={STAFF}", "error_message": rule.texts("workbook.refuse.person")}


def _email(rule: CellRule) -> Options:
    c = rule.cell
    valid = f'AND(ISNUMBER(FIND("@",{c})),ISNUMBER(FIND(".",{c},FIND("@",{c})+2)),ISERROR(FIND(" ",{c})))'
    return {
        "validate": "custom",
        "value": f"={valid}",
        # An odd address may never keep a complaint from being noted down.
        "error_type": "warning",
        "error_message": rule.texts("workbook.refuse.email"),
    }


def _postcode(rule: CellRule) -> Options:
    c = f'SUBSTITUTE({rule.cell}," ","")'
    letters = ",".join(f"ISERROR(--MID({c},{n},1))" for n in (5, 6))
    valid = f"IF(LEN({c})=4,TRUE,AND(LEN({c})=6,{letters}))"
    return {
        "validate": "custom",
        "value": f"=AND(ISNUMBER(--LEFT({c},4)),{valid})",
        # Whoever lives abroad may complain too.
        "error_type": "warning",
        "error_message": rule.texts("workbook.refuse.postcode"),
    }


VALIDATIONS: Mapping[str, Callable[[CellRule], Options]] = {
    "key": _key,
    "text": _any,
    "memo": _any,
    "date": _date,
    "integer": _integer,
    "money": _money,
    "yesno": _yesno,
    "choice": _choice,
    "person": _person,
    "numbers": _any,
    "email": _email,
    "phone": _any,
    "postcode": _postcode,
}
