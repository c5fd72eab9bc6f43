"""Finds complaints by words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from registerkit.definition import Field, Lookups, Value, fold
from registerkit.register import shown
from registerkit.session.few import register_of
from registerkit.session.session import Session

__all__ = ["find_complaints"]

_FOUND = ("number", "received_on", "name", "category", "status", "handler", "due_on")
_WITHOUT_LETTERS = frozenset({"date", "integer", "money"})
"""Kinds whose values read without any letter."""


def find_complaints(session: Session, words: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return the main records in which every word stands somewhere, newest first."""
    numbers = list(_holding(session, [fold(word) for word in words]))
    register = register_of(session, numbers)
    main, roles = register.definition.main_id, [role for role in _FOUND if register.has(role)]
    return [
        {role: shown(register.definition, main, role, complaint.record.get(role), register.lookups) for role in roles}
        for complaint in reversed(list(register.complaints.values()))
    ]


def _holding(session: Session, words: list[str]) -> Iterator[str]:
    """Return the numbers of the complaints that hold every word; their rows go by one at a time."""
    main, lookups = session.definition.main, session.lookups()
    asks_letters = all(any(map(str.isalpha, word)) for word in words)
    looked_in = (f for f in main.fields if not (asks_letters and f.value_kind in _WITHOUT_LETTERS))
    fields = [f for f in looked_in if f.stored or f.id == main.key]
    reads = [_reader(session, field, lookups) for field in fields]
    at = [f.id for f in fields].index(main.key)
    for row in session.store.rows(main.id, [f.id for f in fields]):
        text = " ".join([read(value) for read, value in zip(reads, row, strict=True) if value is not None])
        text = " ".join(text.lower().split()) if text.isascii() else fold(text)
        if all(word in text for word in words):
            yield row[at]


def _reader(session: Session, field: Field, lookups: Lookups) -> Callable[[Any], str]:
    """Return what tells how a value of a field reads, as the database holds it."""
    if field.value_kind in ("text", "memo", "numbers"):
        return str
    main = session.definition.main_id
    return _Shown(lambda value: str(shown(session.definition, main, field.id, value, lookups))).__getitem__


class _Shown(dict[Value, str]):
    """How values read, each worked out once."""

    def __init__(self, read: Callable[[Value], str]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, value: Value) -> str:
        self[value] = text = self._read(value)
        return text
