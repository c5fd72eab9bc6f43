"""Remembers the single forms that were taken in, so that one that is dropped twice is taken once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import sqlalchemy as sa

from registerkit.definition import Record
from registerkit.store import schema
from registerkit.store.codec import encode
from registerkit.store.store import Store
from registerkit.store.write import Transaction

__all__ = ["form_content", "keep_forms", "taken_forms"]

_SAME_FOR = timedelta(days=30)
"""A form that says the very same later than this is another complaint."""


def form_content(values: Record, unread: Sequence[str] = ()) -> str:
    """Return a fingerprint of what a form says; `unread` is what stands in boxes that could not be understood."""
    said = sorted((field_id, encode(value)) for field_id, value in values.items() if value is not None)
    return hashlib.sha256(repr([said, *sorted(unread)]).encode()).hexdigest()


def taken_forms(store: Store, on: date) -> dict[str, str]:
    """Return the forms of the last month: fingerprint to number."""
    f = schema.forms.c
    with store.reading() as connection:
        rows = connection.execute(sa.select(f.content, f.key).where(f.taken_on >= on - _SAME_FOR))
        return {str(content): str(key) for content, key in rows}


def keep_forms(transaction: Transaction, forms: Mapping[str, str], on: date) -> None:
    """Keep forms that were taken in on a day, and forget those of longer than a month ago."""
    f = schema.forms.c
    if forms:
        transaction.connection.execute(schema.forms.delete().where(f.taken_on < on - _SAME_FOR))
    for content, key in forms.items():
        row = {"content": content, "key": key, "taken_on": on}
        transaction.replace(schema.forms, {"content": content}, [row])
