"""Telephone numbers and postcodes in one spelling, where they are understood wholly; nothing typed is ever left out."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["normal_phone", "normal_postcode"]

_NL_POSTCODE = re.compile(r"(?:NL-?\s?)?([1-9]\d{3})\s?([A-Z]{2})\Z")
_BE_POSTCODE = re.compile(r"(?:B-?\s?)?([1-9]\d{3})\Z")
_PHONE = re.compile(r"(?:\+|00)?[\d\s().\-/]+\Z")
_CERTAIN = re.compile(r"06 [1-58][0-9]{7}\Z|0(?:1[035]|2[0346]|3[03568]|4[0356]|5[0358]|7[0-9]) [0-9]{3} [0-9]{4}\Z")
"""Numbers as they are written here that all exist: a register is full of them, and each is met at every sync."""
_ROOM = 20
"""No telephone number with its signs between is this much longer than its digits."""


@lru_cache(maxsize=65536)
def normal_postcode(text: str) -> str | None:
    """Return a Dutch postcode as 1234 AB and a Belgian one as 1000; None for any other text."""
    text = text.upper()
    text = re.sub(r"[.\-]", " ", text) if re.match(r"\d{4}", text) else text
    text = re.sub(r"\s+", " ", text).strip()
    if match := _NL_POSTCODE.match(text):
        return None if match[2] in ("SA", "SD", "SS") else f"{match[1]} {match[2]}"
    match = _BE_POSTCODE.match(text)
    return match[1] if match else None


@lru_cache(maxsize=65536)
def normal_phone(text: str) -> str | None:
    """Return a number as it is written here, one of another country with its code; None for any other text.

    A Dutch number must exist in the numbering plan; of another country it is enough that it can.
    """
    if _CERTAIN.match(text):
        return text
    import phonenumbers  # Loads slowly, and not every run meets a telephone number.

    bare = text.replace("(0)", "")
    if not _PHONE.match(bare) or len(bare) > 15 + _ROOM:
        return None
    try:
        number = phonenumbers.parse(bare, "NL")
    except phonenumbers.NumberParseException:
        return None
    is_dutch = number.country_code == 31
    is_known = phonenumbers.is_valid_number if is_dutch else phonenumbers.is_possible_number
    if not is_known(number):
        return None
    formats = phonenumbers.PhoneNumberFormat
    written = str(phonenumbers.format_number(number, formats.NATIONAL if is_dutch else formats.INTERNATIONAL))
    whole = phonenumbers.format_number(number, formats.E164)[1:]
    return written if _significant(bare, is_dutch=is_dutch) == (whole[2:] if is_dutch else whole) else None


def _significant(text: str, *, is_dutch: bool) -> str:
    """Return the digits of a number without what only leads to it: the way abroad, our own country, the first zero."""
    digits = re.sub(r"\D", "", text)
    digits = re.sub(r"^00", "", digits) if not text.startswith("+") else digits
    if not is_dutch:
        return digits
    abroad = text.startswith(("+", "00"))
    return re.sub(r"^0", "", digits.removeprefix("31") if abroad else digits)
