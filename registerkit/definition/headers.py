"""What spellings of a column header have in common."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from registerkit.definition.characters import plain

__all__ = ["clean_header", "header_key"]

_SPACES = re.compile(r"\s+")


def clean_header(text: object) -> str:
    """Return a header as read from a cell without line breaks, doubled spaces, unseen characters and an asterisk."""
    normal = unicodedata.normalize("NFC", plain(str(text if text is not None else "")))
    return _SPACES.sub(" ", normal).strip().rstrip("*").strip()


@lru_cache(maxsize=8192, typed=True)
def header_key(text: object) -> str:
    """Return what two spellings of one header have in common."""
    return clean_header(text).casefold()
