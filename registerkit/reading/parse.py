"""Turns what people type in a cell into a value, one function per field kind.

The cell comes as python-calamine gives it: text, float, bool, date, datetime, time or timedelta; blank cells never
come here. What cannot be understood raises `BadCell` with the code of its finding.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from registerkit.definition import Field, Lookups, Value, plain, visible
from registerkit.reading.dates import parse_date
from registerkit.reading.postal import normal_phone, normal_postcode
from registerkit.reading.problems import BadCell, DoubtfulCell
from registerkit.reading.rich_text import is_rich, plain_of
from registerkit.reading.shown import EURO, ShownNumber, names_other_money, number_text
from registerkit.reading.text_faults import fault_of, is_lost_number
from registerkit.suggest import nearest

__all__ = ["PARSERS", "ParseContext", "as_text", "clean_text", "held_text", "is_sound", "parse_cell"]

_MONEY = re.compile(r"-?(?:\d{1,3}(?:[. ]\d{3})+|\d+)(?:,(?:\d{1,2}|-))?|-?(?:\d{1,3}(?:,\d{3})+|\d+)\.\d{1,2}")
_WHOLE = re.compile(r"[+-]?\d{1,9}\Z")
_LARGEST_WHOLE = 999_999_999
"""Nine digits: what every database keeps in an integer column."""
_LARGEST_AMOUNT = 10**15
"""Cents up to here are exact in a cell."""
_LONGEST_TEXT = 32767
"""Characters that a cell can hold; a longer text (from a `.csv` file) could never be shown whole."""
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>.]+(?:\.[^@\s,;<>.]+)+\Z")
_LINK = re.compile(r"([^#\n]*)#((?:mailto:|https?://|ftp://)[^#\n]*)#[^\n]*", re.IGNORECASE)
"""A link as Access keeps it: what is shown, and the address."""
_LONGEST_POSTCODE, _LONGEST_PHONE = 16, 64
"""So many characters there is room for in a database."""
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
    """Return typed text in composed Unicode, with plain line ends, without unseen characters and outer spaces."""
    if text.isascii() and text.isprintable() and "_x" not in text:
        return text.strip()
    composed = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return visible(composed.replace("_x000D_", "")).strip()


def parse_cell(raw: object, context: ParseContext) -> Value:
    """Return the value of a cell that is not blank, by its field's kind; raises `BadCell`."""
    return PARSERS[context.field.kind](raw, context)


def as_text(raw: object) -> str:
    """Return a cell as the text that a person sees or would have typed: 7.0 is 7, a day is 31-12-2026."""
    if isinstance(raw, bool):
        return "ja" if raw else "nee"
    if isinstance(raw, float):
        return raw.shown if isinstance(raw, ShownNumber) else number_text(raw)
    if isinstance(raw, datetime):
        return f"{raw:%d-%m-%Y}" if raw.time() == time() else f"{raw:%d-%m-%Y %H:%M}"
    if isinstance(raw, date):
        return f"{raw:%d-%m-%Y}"
    if isinstance(raw, time):
        return f"{raw:%H:%M}"
    if isinstance(raw, timedelta):
        hours, minutes = divmod(round(raw.total_seconds() / 60), 60)
        return f"{hours}:{minutes:02}"
    return clean_text(str(raw))


def held_text(raw: object) -> str:
    """Return a cell that cannot be used as text; of a number that is shown rounded, all that it holds."""
    is_rounded = isinstance(raw, ShownNumber) and re.fullmatch(r"-?[\d.,]+", raw.shown)
    return number_text(raw) if is_rounded and isinstance(raw, float) else as_text(raw)


def _code(raw: object) -> str:
    """Return a cell as the text of a code or a choice, in which no character is unseen."""
    return plain(as_text(raw)).strip()


def _text(raw: object, _: ParseContext) -> str | None:
    text = as_text(raw)
    if raw == time():  # What a sheet keeps of a day before 1900, which it shows as ####, and of no day at all.
        raise BadCell("no_day")
    if is_rich(text):
        text = clean_text(plain_of(text))
    if "#" in text and (link := _LINK.fullmatch(text)):
        text = link[1].strip() or re.sub("(?i)^mailto:", "", link[2])
    # Excel counts a bicycle outside the first plane as two characters.
    if len(text) > _LONGEST_TEXT // 2 and len(text.encode("utf-16-le", "replace")) > _LONGEST_TEXT * 2:
        raise BadCell("too_long", limit=_LONGEST_TEXT)
    if isinstance(raw, float) and is_lost_number(raw):
        raise DoubtfulCell("digits_lost", text)
    if fault := fault_of(raw if isinstance(raw, str) else text):
        raise DoubtfulCell(fault.code, text, **fault.context)
    return text or None


def _date(raw: object, _: ParseContext) -> date:
    return parse_date(raw, as_text(raw))


def _integer(raw: object, _: ParseContext) -> int:
    if isinstance(raw, float) and raw.is_integer() and abs(raw) <= _LARGEST_WHOLE and not _is_share(raw):
        return int(raw)
    if isinstance(raw, str) and _WHOLE.match(text := plain(raw).strip()):
        return int(text)
    raise BadCell("not_a_number")


def _money(raw: object, _: ParseContext) -> int:
    if isinstance(raw, float):
        if isinstance(raw, ShownNumber) and names_other_money(raw.shown):
            raise BadCell("not_an_amount")
        cents = raw * 100
        if not abs(cents) <= _LARGEST_AMOUNT:  # Not a number at all is no amount either.
            raise BadCell("not_an_amount")
        if abs(cents - round(cents)) > 1e-4:
            raise BadCell("too_many_decimals")
        return round(cents)
    if not isinstance(raw, str):
        raise BadCell("not_an_amount")
    text = EURO.sub("", plain(clean_text(raw)).replace("'", "")).strip().replace("--", "-")
    text = re.sub(r"^-\s+", "-", text)
    if not _MONEY.fullmatch(text) or abs(amount := _cents(text)) > _LARGEST_AMOUNT:
        raise BadCell("not_an_amount")
    return amount


def _is_share(raw: float) -> bool:
    """Tell whether a cell shows a number of percents: 25% is kept as 0.25."""
    return isinstance(raw, ShownNumber) and "%" in raw.shown


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
    word = _code(raw).casefold()
    if word in _YES or word in _NO:
        return word in _YES
    raise BadCell("not_yes_or_no")


def _choice(raw: object, context: ParseContext) -> str:
    text = _code(raw)
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
    text = _code(raw)
    code = context.lookups.person(text)
    if code is None:
        names = context.lookups.names()
        raise BadCell("unknown_person", nearest=nearest(text, names), choices=_few(names))
    return code


def _email(raw: object, _: ParseContext) -> str:
    text = _code(raw)
    if "#" in text and (link := _LINK.fullmatch(text)):
        mail = re.sub("(?i)^(?:mailto|https?):/*", "", link[2].partition("?")[0])
        text = mail if _EMAIL.match(mail) else link[1]
    text = re.sub("(?i)^mailto:", "", text).strip("<> ")
    if not _EMAIL.match(text):
        raise BadCell("not_an_email")
    return text


def _postcode(raw: object, _: ParseContext) -> str:
    text = _code(raw)
    if (normal := normal_postcode(text)) is not None:
        return normal
    if not _can_be_kept(text, _LONGEST_POSTCODE):
        raise BadCell("not_a_postcode")
    raise DoubtfulCell("postcode_kept", text)


def _phone(raw: object, _: ParseContext) -> str:
    text = _code(raw)
    # Excel takes the leading zero off a number, and the plus.
    zero = isinstance(raw, float) and len(text) == 9 and normal_phone(f"0{text}")
    plus = isinstance(raw, float) and len(text) == 11 and text.startswith("31") and normal_phone(f"+{text}")
    if normal := zero or plus or normal_phone(text):
        return normal
    if not _can_be_kept(text, _LONGEST_PHONE):
        raise BadCell("not_a_phone_number")
    if fault := fault_of(text):
        raise DoubtfulCell(fault.code, text, **fault.context)
    raise DoubtfulCell("phone_kept", text)


def _can_be_kept(text: str, longest: int) -> bool:
    """Tell whether what is not understood can stand as it was typed; without any digit it is no such value at all."""
    return len(text) <= longest and any(c.isdigit() for c in text)


def _numbers(raw: object, _: ParseContext) -> tuple[str, ...] | None:
    parts = {
        part.upper() for part in _NUMBER_SEPARATORS.split(_code(raw)) if part and part.casefold() not in ("en", "and")
    }
    return tuple(sorted(parts)) or None


def _key(raw: object, _: ParseContext) -> str | None:
    return _code(raw).upper() or None


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


def is_sound(kind: str, text: str) -> bool:
    """Tell whether nothing is to be noted about a text that the register holds already; see `DoubtfulCell`."""
    if kind in ("phone", "postcode"):
        normal = normal_phone if kind == "phone" else normal_postcode
        return normal(text) == text or not any(c.isdigit() for c in text)
    return (text.isascii() and not text[-1:].isdigit()) or fault_of(text) is None
