"""The choice lists and the staff as the store keeps them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache

import sqlalchemy as sa

from registerkit.definition import Choice, Lookups
from registerkit.store import schema
from registerkit.store.store import Store

__all__ = ["merged_lists", "stored_lists", "stored_lookups"]


def stored_lists(store: Store) -> dict[str, tuple[Choice, ...]]:
    """Return every list in its order."""
    t = schema.lists
    query = sa.select(t.c.list, t.c.code, t.c.labels, t.c.parent, t.c.explanation, t.c.in_use, t.c.aliases)
    found: dict[str, list[Choice]] = {}
    with store.reading() as connection:
        for list_id, code, labels, parent, explanation, in_use, aliases in connection.execute(
            query.order_by(t.c.list, t.c.position)
        ):
            words = tuple(word for word in (aliases or "").split("\n") if word)
            choice = Choice(code, _said(labels), parent, _said(explanation or "{}"), in_use, words)
            found.setdefault(list_id, []).append(choice)
    return {list_id: tuple(choices) for list_id, choices in found.items()}


@lru_cache(maxsize=4096)
def _said(text: str) -> Mapping[str, str]:
    """Return words by language as they were noted; the lists are read many times a run."""
    said: Mapping[str, str] = json.loads(text)
    return said


def stored_lookups(store: Store, language: str) -> Lookups:
    """Return the lists and the staff of the store in a language."""
    staff = store.records("staff") if "staff" in store.definition.tables else {}
    return Lookups(stored_lists(store), staff, language)


def merged_lists(
    stored: Mapping[str, Iterable[Choice]], wanted: Mapping[str, Iterable[Choice]]
) -> dict[str, tuple[Choice, ...]]:
    """Return the lists that gain entries: the office's own come first and stay, what is new goes behind them."""
    gained = {}
    for list_id, choices in wanted.items():
        kept = tuple(stored.get(list_id, ()))
        codes = {choice.code for choice in kept}
        added = tuple(choice for choice in choices if choice.code not in codes)
        if added:
            gained[list_id] = kept + added
    return gained
