"""A cell's value as a text within a sentence, the same in every language of Excel: as a formula, and as it is now."""

from __future__ import annotations

from datetime import date

from registerkit.definition import Field, Lookups, Value
from registerkit.register import cell_value

__all__ = ["date_text", "shown_text", "text_formula"]


def date_text(cell: str) -> str:
    """Return the formula of a day as a text; TEXT() with letters of a date hangs on the language of Excel."""
    return f'TEXT(DAY({cell}),"00")&"-"&TEXT(MONTH({cell}),"00")&"-"&YEAR({cell})'


def text_formula(field: Field, cell: str, language: str) -> str:
    """Return the formula of the text of a cell with a field's value; empty when it holds nothing."""
    if field.value_kind == "date":
        return f'IF(N({cell})=0,"",{date_text(cell)})'
    if field.value_kind == "money":
        thousand, point = (".", ",") if language == "nl" else (",", ".")
        last = f'"{thousand}"&TEXT(MOD(INT({cell}),1000),"000")'
        middle = f'"{thousand}"&TEXT(MOD(INT({cell}/1000),1000),"000")'
        many = f"IF({cell}<1000000,INT({cell}/1000),INT({cell}/1000000)&{middle})"
        whole = f"IF({cell}<1000,INT({cell}),{many}&{last})"
        return f'IF(N({cell})=0,"","€ "&{whole}&"{point}"&TEXT(ROUND(MOD({cell},1)*100,0),"00"))'
    if field.value_kind == "memo":
        return f'TRIM(SUBSTITUTE(SUBSTITUTE({cell}&"",CHAR(10)," "),CHAR(13)," "))'
    return f'{cell}&""'


def shown_text(field: Field, value: Value, lookups: Lookups) -> str:
    """Return what the formula gives for a value."""
    if value is None:
        return ""
    if field.value_kind == "money" and isinstance(value, int):
        return _euros(value, lookups.language) if value > 0 else ""
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    found = cell_value(field, value, lookups)
    shown = "" if found is None else str(found)
    if field.value_kind == "memo":
        return " ".join(part for part in shown.replace("\n", " ").replace("\r", " ").split(" ") if part)
    return shown


def _euros(cents: int, language: str) -> str:
    thousand, point = (".", ",") if language == "nl" else (",", ".")
    whole, rest = divmod(cents, 100)
    return f"€ {whole:,}".replace(",", thousand) + f"{point}{rest:02}"
