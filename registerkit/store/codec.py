"""Values as text, for the history and for what a source was last seen to say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from registerkit.definition import Definition, Value

__all__ = ["created_with", "decode", "encode", "field_id_of", "json_object", "value_kind"]


def json_object(text: str) -> dict[str, Any]:
    """Return a JSON object; raises `ValueError` for any other text."""
    found = json.loads(text)
    if not isinstance(found, dict):
        raise ValueError(text)
    return found


def encode(value: Value) -> str | None:
    """Return a value as text that reads well: dates as 2026-12-31, yes as 1, a set of numbers with commas."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return ",".join(value)
    return str(value)


def decode(kind: str, text: str | None) -> Value:
    """Turn the text that `encode` gave back into a value of a field kind."""
    if text is None:
        return None
    if kind == "date":
        return date.fromisoformat(text)
    if kind in ("integer", "money"):
        return int(text)
    if kind == "yesno":
        return text == "1"
    if kind == "numbers":
        return tuple(part for part in text.split(",") if part)
    return text


def created_with(said: str | None, source: str) -> Iterator[tuple[str, str, str]]:
    """Return the fields that a record came in with, each with its text and who filled it in."""
    for word, told in json.loads(said or "{}").items():
        text, by = (told, source) if isinstance(told, str) else told
        yield word, text, by


def field_id_of(definition: Definition, table: str, word: str) -> str:
    """Return a field's role, by which the store keeps what is known of it; earlier stores kept its declared id."""
    return definition.tables.get(table, definition.main).names.get(word, word)


def value_kind(definition: Definition, table: str, field_id: str) -> str:
    """Return the kind of a field's values; what is no table is the intake form, whose boxes are the main table's."""
    field = definition.tables.get(table, definition.main).by_id.get(field_id)
    return field.value_kind if field else "text"
