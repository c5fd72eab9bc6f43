"""Finds the field that a column header means, in small pure steps: clean, exact, any language, alias."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from registerkit.definition.characters import plain
from registerkit.definition.model import Table

__all__ = ["clean_header", "header_fields", "header_key"]

_SPACES = re.compile(r"\s+")


def clean_header(text: object) -> str:
    """Return a header as read from a cell without line breaks, doubled spaces, unseen characters and an asterisk."""
    normal = unicodedata.normalize("NFC", plain(str(text if text is not None else "")))
    return _SPACES.sub(" ", normal).strip().rstrip("*").strip()


@lru_cache(maxsize=8192, typed=True)
def header_key(text: object) -> str:
    """Return what two spellings of one header have in common."""
    return clean_header(text).casefold()


def header_fields(table: Table) -> dict[str, str]:
    """Map every header key that means a field (labels of all languages, aliases, the id) to the field's id."""
    found: dict[str, str] = {}
    for field in table.fields:
        for header in (*field.labels.values(), *field.aliases, field.id, field.name):
            found.setdefault(header_key(header), field.id)
    return found
