"""Texts as a `.csv` file can hold them for Excel: it shows them, and works nothing out."""

from __future__ import annotations

import re

from registerkit.files import seen

__all__ = ["unarmed"]

_SIGNS = tuple("=+-@＝＋－＠")
"""What a formula begins with, on a keyboard with wide letters too; an apostrophe in front makes it text."""
_LOOKED_AT = 1000
_NUMBER = re.compile(r"\+\d[\d ().\-/]*|-\d[\d.,]*")
"""A telephone number, or an amount below nothing."""


def unarmed(text: str) -> str:
    """Return a text that Excel takes for no formula; amounts and telephone numbers stay as they are."""
    begins = seen(text[:_LOOKED_AT])
    is_formula = begins[:1] in _SIGNS and len(begins) > 1 and not _NUMBER.fullmatch(text)
    return f"'{text}" if is_formula else text
