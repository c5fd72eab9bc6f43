"""Turns what people type in a cell into a value, one function per field kind.

The cell comes as python-calamine gives it: text, float, bool, date, datetime, time or timedelta; blank cells never
come here. What cannot be understood raises `BadCell` with the code of its finding.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

from registerkit.definition import Field, Lookups, Value
from registerkit.reading.dates import parse_date
from registerkit.reading.problems import BadCell
from registerkit.suggest import nearest

__all__ = ["PARSERS", "ParseContext", "clean_text", "parse_cell"]

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_MONEY = re.compile(r"-?(?:\d{1,3}(?:[. ]\d{3})+|\d+)(?:,(?:\d{1,2}|-))?|-?(?:\d{1,3}(?:,\d{3})+|\d+)\.\d{1,2}")
_WHOLE = re.compile(r"[+-]?\d{1,9}\Z")
_LARGEST_WHOLE = 999_999_999
"""Nine digits: what every database keeps in an integer column."""
_LARGEST_AMOUNT = 10**15
"""Cents up to here are exact in a cell."""
_LONGEST_TEXT = 32767
"""Characters that a cell can hold; a longer text (from a `.csv` file) could never be shown whole."""
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>.]+(?:\.[^@\s,;<>.]+)+\Z")
_NL_POSTCODE = re.compile(r"([1-9]\d{3})\s?([A-Z]{2})\Z")
_BE_POSTCODE = re.compile(r"(?:B-?\s?)?([1-9]\d{3})\Z")
_NUMBER_SEPARATORS = re.compile(r"[\s,;+&/]+")
_YES = frozenset({"ja", "j", "yes", "y", "waar", "true", "1", "x", "v", "☑", "☒", "✓", "✔"})
_CHOICES = 20
"""So many choices are named in a message."""
_NO = frozenset({"nee", "n", "neen", "no", "onwaar", "false", "0", "☐"})


@dataclass(frozen=True)
class ParseContext:
    """What a cell's meaning can depend on: its field, the lists and staff, and the parent field's code."""

    field: Field
    lookups: Lookups
    parent: str | None = None


def clean_text(text: str) -> str:
    """Return typed text in composed Unicode, with plain line ends, without control characters and outer spaces."""
    if text.isascii() and text.isprintable() and "_x" not in text:
        return text.strip()
    composed = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", composed.replace("_x000D_", "")).strip()


def parse_cell(raw: object, context: ParseContext) -> Value:
    """Return the value of a cell that is not blank, by its field's kind; raises `BadCell`."""
    return PARSERS[context.field.kind](raw, context)


def as_text(raw: object) -> str:
    """Return a cell as the text a person would have typed: 7.0 is 7, a day is 31-12-2026."""
    if isinstance(raw, bool):
        return "ja" if raw else "nee"
    if isinstance(raw, float):
        return str(int(raw)) if raw.is_integer() else repr(raw).replace(".", ",")
    if isinstance(raw, datetime):
        return f"{raw:%d-%m-%Y}" if raw.time() == time() else f"{raw:%d-%m-%Y %H:%M}"
    if isinstance(raw, date):
        return f"{raw:%d-%m-%Y}"
    if isinstance(raw, time):
        return f"{raw:%H:%M}"
    return clean_text(str(raw))


def _text(raw: object, _: ParseContext) -> str | None:
    text = as_text(raw)
    # Excel counts a bicycle outside the first plane as two characters.
    if len(text) > _LONGEST_TEXT // 2 and len(text.encode("utf-16-le", "replace")) > _LONGEST_TEXT * 2:
        raise BadCell("too_long", limit=_LONGEST_TEXT)
    return text or None


def _date(raw: object, _: ParseContext) -> date:
    return parse_date(raw, as_text(raw))


def _integer(raw: object, _: ParseContext) -> int:
    if isinstance(raw, float) and raw.is_integer() and abs(raw) <= _LARGEST_WHOLE:
        return int(raw)
    if isinstance(raw, str) and _WHOLE.match(raw.strip()):
        return int(raw.strip())
    raise BadCell("not_a_number")


def _money(raw: object, _: ParseContext) -> int:
    if isinstance(raw, float):
        cents = raw * 100
        if not abs(cents) <= _LARGEST_AMOUNT:  # Not a number at all is no amount either.
            raise BadCell("not_an_amount")
        if abs(cents - round(cents)) > 1e-4:
            raise BadCell("too_many_decimals")
        return round(cents)
    if not isinstance(raw, str):
        raise BadCell("not_an_amount")
    text = re.sub(r"(?i)eur(?:o(?![a-z])|(?![a-z]))|€|\u00a0|'", "", clean_text(raw)).strip().replace("--", "-")
    text = re.sub(r"^-\s+", "-", text)
    if not _MONEY.fullmatch(text) or abs(amount := _cents(text)) > _LARGEST_AMOUNT:
        raise BadCell("not_an_amount")
    return amount


def _cents(text: str) -> int:
    sign = -1 if text.startswith("-") else 1
    body = text.removeprefix("-").replace(" ", "")
    decimal = "." if re.search(r"\.\d{1,2}\Z", body) else ","
    whole, _, rest = body.partition(decimal) if decimal in body else (body, "", "")
    digits = re.sub(r"\D", "", whole)
    return sign * (int(digits or "0") * 100 + int(rest.strip("-").ljust(2, "0") or "0"))


def _yesno(raw: object, _: ParseContext) -> bool:
    if isinstance(raw, bool):
        return raw
    word = as_text(raw).casefold()
    if word in _YES or word in _NO:
        return word in _YES
    raise BadCell("not_yes_or_no")


def _choice(raw: object, context: ParseContext) -> str:
    text = as_text(raw)
    list_id = context.field.choices or ""
    code = context.lookups.code(list_id, text, context.parent)
    if code is None:
        labels = context.lookups.labels(list_id, context.parent) or context.lookups.labels(list_id)
        raise BadCell("not_on_list", nearest=nearest(text, labels), choices=_few(labels))
    choice = context.lookups.choice(list_id, code)
    if context.parent is not None and choice and choice.parent not in (None, context.parent):
        raise BadCell("not_with_parent", choices=_few(context.lookups.labels(list_id, context.parent)))
    return code


def _few(labels: list[str]) -> list[str]:
    """Return what may be chosen; of a long list the first, with a sign that there are more."""
    return labels if len(labels) <= _CHOICES else [*labels[:_CHOICES], "…"]


def _person(raw: object, context: ParseContext) -> str:
    text = as_text(raw)
    code = context.lookups.person(text)
    if code is None:
        names = context.lookups.names()
        raise BadCell("unknown_person", nearest=nearest(text, names), choices=_few(names))
    return code


def _email(raw: object, _: ParseContext) -> str:
    text = as_text(raw).removeprefix("mailto:").strip("<> ")
    if not _EMAIL.match(text):
        raise BadCell("not_an_email")
    return text


def _postcode(raw: object, _: ParseContext) -> str:
    text = as_text(raw).upper()
    text = re.sub(r"[.\-]", " ", text) if re.match(r"\d{4}", text) else text
    text = re.sub(r"\s+", " ", text).strip()
    if match := _NL_POSTCODE.match(text):
        if match[2] in ("SA", "SD", "SS"):
            raise BadCell("not_a_postcode")
        return f"{match[1]} {match[2]}"
    if match := _BE_POSTCODE.match(text):
        return match[1]
    raise BadCell("not_a_postcode")


def _phone(raw: object, _: ParseContext) -> str:
    text = as_text(raw)
    if isinstance(raw, float) and len(text) == 9:
        text = f"0{text}"  # Excel takes the leading zero off a number.
    return _parse_phone(text)


@lru_cache(maxsize=4096)
def _parse_phone(text: str) -> str:
    import phonenumbers  # Loads slowly, and not every run meets a telephone number.

    try:
        number = phonenumbers.parse(re.sub(r"\(0\)", "", text), "NL")
    except phonenumbers.NumberParseException as error:
        raise BadCell("not_a_phone_number") from error
    if not phonenumbers.is_possible_number(number):
        raise BadCell("not_a_phone_number")
    formats = phonenumbers.PhoneNumberFormat
    style = formats.NATIONAL if number.country_code == 31 else formats.INTERNATIONAL
    return str(phonenumbers.format_number(number, style))


def _numbers(raw: object, _: ParseContext) -> tuple[str, ...] | None:
    parts = {
        part.upper() for part in _NUMBER_SEPARATORS.split(as_text(raw)) if part and part.casefold() not in ("en", "and")
    }
    return tuple(sorted(parts)) or None


def _key(raw: object, _: ParseContext) -> str | None:
    return as_text(raw).strip().upper() or None


PARSERS: Mapping[str, Callable[[Any, ParseContext], Value]] = {
    "key": _key,
    "text": _text,
    "memo": _text,
    "date": _date,
    "integer": _integer,
    "money": _money,
    "yesno": _yesno,
    "choice": _choice,
    "person": _person,
    "numbers": _numbers,
    "email": _email,
    "phone": _phone,
    "postcode": _postcode,
}
"""How a cell of each field kind is understood."""
