"""How values of each field kind are kept in an Access file: the column's type, its format, and the value itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from registerkit.database.access.layout import Type
from registerkit.texts import Texts

__all__ = ["ACCESS_KINDS", "AccessKind", "Cell"]

Cell = str | int | bool | date | Decimal | None
"""What stands in one column of one row."""


def _as_is(value: Any, _: Texts) -> Cell:
    kept: Cell = value
    return kept


def _euros(value: Any, _: Texts) -> Cell:
    return Decimal(value) / 100


def _yes_or_no(value: Any, texts: Texts) -> Cell:
    return texts("value.yes" if value else "value.no")


def _numbers(value: Any, _: Texts) -> Cell:
    return ", ".join(value) or None


@dataclass(frozen=True)
class AccessKind:
    """The column for a field kind; `size` is the most characters of a text."""

    type: Type
    size: int = 0
    format: str = ""
    value: Callable[[Any, Texts], Cell] = _as_is


ACCESS_KINDS: Mapping[str, AccessKind] = {
    "key": AccessKind("text", 64),
    "text": AccessKind("text", 255),
    "memo": AccessKind("memo"),
    "date": AccessKind("date", format="dd-mm-yyyy"),
    "integer": AccessKind("long"),
    "money": AccessKind("money", format='"€" #,##0.00', value=_euros),
    # Access's own yes/no has no third state: what was never answered would read as no.
    "yesno": AccessKind("text", 10, value=_yes_or_no),
    "choice": AccessKind("text", 64),
    "person": AccessKind("text", 64),
    "numbers": AccessKind("memo", value=_numbers),
    "email": AccessKind("text", 255),
    "phone": AccessKind("text", 64),
    "postcode": AccessKind("text", 16),
}
"""Choices and persons hold the codes of the store; the column's list shows what they mean."""
