"""How a value reads: in a cell, with labels for codes, names for people and euros for cents, and in a message."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from registerkit.definition import Definition, Field, Lookups, Value
from registerkit.texts import Texts, formats, load_texts

__all__ = ["CELL_VALUES", "cell_value", "euros", "json_value", "shown", "written"]

Shown = str | int | float | date | bool | None


def cell_value(field: Field, value: Value, lookups: Lookups) -> Shown:
    """Return what a cell of the field shows; None for an empty field."""
    return None if value is None else CELL_VALUES[field.value_kind](field, value, lookups)


def shown(definition: Definition, table: str, field_id: str, value: Value, lookups: Lookups) -> Any:
    """Return a value as JSON shows it: choices as labels, names for persons, ISO days, euros."""
    return json_value(cell_value(definition.tables[table].by_id[field_id], value, lookups))


def json_value(value: Any) -> Any:
    """Return a value as JSON has it: a day as an ISO text."""
    return value.isoformat() if hasattr(value, "isoformat") else value


def written(field: Field, value: Value, lookups: Lookups) -> str | None:
    """Return a value as people write it in a message: as its cell shows it, an amount as € 1.234,50."""
    texts = load_texts(lookups.language)
    if field.value_kind == "money" and isinstance(value, int):
        return euros(value, texts)
    shown = cell_value(field, value, lookups)
    return None if shown is None else str(texts.show(shown))


def euros(cents: int, texts: Texts) -> str:
    """Return an amount as € 1.234,50, in characters that everybody can type."""
    return formats.euros(cents, texts.language).translate({0xA0: " ", 0x2212: "-"})


def _as_is(_: Field, value: Any, __: Lookups) -> Shown:
    shown: Shown = value
    return shown


def _euros(_: Field, value: Any, __: Lookups) -> Shown:
    return float(value) / 100


def _yes_or_no(_: Field, value: Any, lookups: Lookups) -> Shown:
    return load_texts(lookups.language)("value.yes" if value else "value.no")


def _label(field: Field, value: Any, lookups: Lookups) -> Shown:
    return lookups.label(field.choices or "", value)


def _name(_: Field, value: Any, lookups: Lookups) -> Shown:
    return lookups.person_name(value)


def _numbers(_: Field, value: Any, __: Lookups) -> Shown:
    return ", ".join(value) or None


CELL_VALUES: Mapping[str, Callable[[Field, Any, Lookups], Shown]] = {
    "key": _as_is,
    "text": _as_is,
    "memo": _as_is,
    "date": _as_is,
    "integer": _as_is,
    "money": _euros,
    "yesno": _yes_or_no,
    "choice": _label,
    "person": _name,
    "numbers": _numbers,
    "email": _as_is,
    "phone": _as_is,
    "postcode": _as_is,
}
