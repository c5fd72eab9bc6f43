"""Takes out of typed text what nobody sees: characters without a width, odd spaces, and other shapes of plain ones."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["plain", "visible"]

_BLANKS = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000\u3164\uffa0"
_UNSEEN = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e007f"
)
_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_JOINED = (
    "\u0590-\u1cff\u2190-\u2bff\u3030-\u303d\u3297\u3299\ua8e0-\uabff\ufb1d-\ufdff\ufe0f\ufe70-\ufefc"
    "\U0001f000-\U0001faff"
)
"""Letters that a joiner makes others of, as in Persian and Hindi, and the parts of one picture."""
_FLAG = "\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f"
"""The flag of a part of a country, which is spelled in characters that are not seen."""

_WIDE = "\u2010\u2011\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"
"""What is typed by accident for a plain hyphen, digit or letter, and looks the same."""
_ODD = re.compile(f"[{_BLANKS}{_UNSEEN}{_SELECTORS}{_WIDE}\u200c\u200d\u0085\u2028\u2029]")
_BLANK = re.compile(f"[{_BLANKS}]")
_LINE = re.compile("[\u0085\u2028\u2029]")
_DROPPED = re.compile(
    f"({_FLAG})|[{_UNSEEN}]"
    f"|(?<![{_JOINED}])[\u200c\u200d]|[\u200c\u200d](?![{_JOINED}])"
    f"|(?<![\u00a9\u00ae\u1000-\U0010ffff])[{_SELECTORS}](?!\u20e3)"
)
_ACCIDENT = re.compile(f"[{_WIDE}]")
_NEVER = re.compile(f"[{_UNSEEN}{_SELECTORS}\u200c\u200d]")
_ALIKE = {0xFF01 + n: 0x21 + n for n in range(94)} | dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2212), "-")
"""The wide shapes of plain characters, and dashes that stand for a hyphen."""


def visible(text: str) -> str:
    """Return free text without what has no width and with plain spaces; what joins letters or pictures stays."""
    if not _ODD.search(text):
        return text
    text = _LINE.sub("\n", _BLANK.sub(" ", text))
    text = _ACCIDENT.sub(lambda match: match[0].translate(_ALIKE), text)
    return _DROPPED.sub(lambda match: match[1] or "", text)


def plain(text: str) -> str:
    """Return the text of a code, a number or a choice: without anything unseen, in plain digits, letters and dashes."""
    if text.isascii():
        return text
    text = _NEVER.sub("", _LINE.sub("\n", _BLANK.sub(" ", text))).translate(_ALIKE)
    return "".join(str(unicodedata.digit(c)) if c > "\x7f" and c.isdecimal() else c for c in text)
