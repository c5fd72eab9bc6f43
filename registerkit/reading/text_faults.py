"""What is lost or garbled in a text already, before it came to us; it can be told, and not be mended."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from registerkit.codes import FindingCode

__all__ = ["TextFault", "fault_of", "is_lost_number", "read_twice"]

_MOST = 10**15
"""From here a number has more digits than a sheet keeps."""
_LOST = re.compile(r"[+-]?\d(?:[.,]\d+)?E\+\d{1,3}|\d{15}0+")
"""A number as a sheet shows one that is too long, 1,23457E+15, or as it keeps one: with zeros behind what it knew."""
_TWICE = re.compile("[\u00c2\u00c3\u00c5\u00e2][^\x00-\x7f]")
"""What letters with an accent begin with when UTF-8 was read as something else: Ã« for ë."""
_BEYOND_ASCII = re.compile("[^\x00-\x7f]+")


@dataclass(frozen=True)
class TextFault:
    """What is the matter with a text: the code of its finding, and what its message needs."""

    code: FindingCode
    context: Mapping[str, Any] = field(default_factory=dict)


def is_lost_number(number: float) -> bool:
    """Tell whether a sheet cannot have kept all digits of a number."""
    return abs(number) >= _MOST


def fault_of(text: str) -> TextFault | None:
    """Return what was lost in a text before it came to us, if anything."""
    if text.isascii():
        return TextFault("digits_lost") if _LOST.fullmatch(text) else None
    if "\ufffd" in text:
        return TextFault("letters_lost")
    meant = read_twice(text)
    return TextFault("letters_garbled", {"meant": meant}) if meant else None


def read_twice(text: str) -> str | None:
    """Return what a text said before its UTF-8 was read as the letters of Windows; None for a sound text."""
    if not _TWICE.search(text):
        return None
    meant = _BEYOND_ASCII.sub(lambda match: _read_rightly(match[0]), text)
    return meant if meant != text else None


def _read_rightly(run: str) -> str:
    try:
        data = b"".join(c.encode("latin-1") if "\x80" <= c <= "\x9f" else c.encode("cp1252") for c in run)
        return data.decode("utf-8")
    except UnicodeError:
        return run
