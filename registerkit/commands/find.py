"""Finds complaints by words."""

from __future__ import annotations

from typing import Any

from registerkit.definition import Record, fold
from registerkit.pull.results import shown
from registerkit.register import Register
from registerkit.session.session import Session

__all__ = ["find_complaints"]

_FOUND = ("number", "received_on", "name", "category", "status", "handler", "due_on")


def find_complaints(session: Session, words: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return the main records in which every word stands somewhere, newest first."""
    register = session.register()
    wanted = [fold(word) for word in words]
    found = [c.record for c in register.complaints.values() if _holds(register, c.record, wanted)]
    main, roles = register.definition.main_id, [role for role in _FOUND if register.has(role)]
    return [
        {role: shown(register.definition, main, role, record.get(role), register.lookups) for role in roles}
        for record in reversed(found)
    ]


def _holds(register: Register, record: Record, words: list[str]) -> bool:
    main, definition = register.definition.main_id, register.definition
    values = (shown(definition, main, f, v, register.lookups) for f, v in record.items() if v is not None)
    text = fold(" ".join(str(value) for value in values))
    return all(word in text for word in words)
