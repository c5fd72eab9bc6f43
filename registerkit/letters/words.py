"""Values as a letter writes them: days in words, euros, labels and names."""

from __future__ import annotations

import re
from datetime import date

from registerkit.definition import Field, Lookups, Value
from registerkit.register import euros
from registerkit.texts import Texts, formats

__all__ = ["clean", "day_in_words", "letter_value"]

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")


def clean(text: str) -> str:
    """Return text without characters that a Word document cannot hold; line breaks stay."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def day_in_words(day: date, texts: Texts) -> str:
    """Return a day as 2 april 2026."""
    return formats.day_in_words(day, texts.language)


def letter_value(field: Field, value: Value, lookups: Lookups, texts: Texts) -> str | bool | None:
    """Return a field's value as a letter writes it; yes and no stay true and false, for conditions."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, date):
        return day_in_words(value, texts)
    if field.kind == "money" and isinstance(value, int):
        return euros(value, texts)
    if field.value_kind == "choice":
        return clean(lookups.label(field.choices or "", str(value)) or "")
    if field.kind == "person":
        return clean(lookups.person_name(str(value)) or "")
    return clean(", ".join(value) if isinstance(value, tuple) else str(value)) or None
