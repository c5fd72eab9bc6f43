"""The field kinds a definition may use, with the Python type of their values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

__all__ = ["FIRST_DAY", "KINDS", "LAST_DAY", "Kind"]

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)
"""Between which days a date lies that somebody meant."""


@dataclass(frozen=True)
class Kind:
    """A kind of field: what its values are in Python."""

    name: str
    python: type


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("key", str),
        Kind("text", str),
        Kind("memo", str),
        Kind("date", date),
        Kind("integer", int),
        Kind("money", int),
        Kind("yesno", bool),
        Kind("choice", str),
        Kind("person", str),
        Kind("numbers", tuple),
        Kind("email", str),
        Kind("phone", str),
        Kind("postcode", str),
    )
}
"""All kinds whose values are stored; `computed` fields name one of these as what comes out."""
