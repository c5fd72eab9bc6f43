"""Finds out in which letters a text file was saved: UTF-8, UTF-16, or those of Windows, of a Mac or of DOS."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["Decoded", "decoded"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""What a file can begin with, the longer marks before those that they begin with."""
_LETTERS: Mapping[str, str] = {"cp1252": "Windows", "mac_roman": "Macintosh", "cp850": "DOS"}
"""The letters of one byte that Excel saves in, and how its menu calls them."""
_SAMPLE = 200_000
"""So many bytes say enough."""
_ODD = re.compile("[^\x00-\x7f]")
_WORD = re.compile(r"[^\W\d_]*[^\x00-\x7f\W\d_][\w'\u2019-]*")
_COMMON = {
    **dict.fromkeys("éëÉË", 5), **dict.fromkeys("èïöüÈÏÖÜ", 4), **dict.fromkeys("çÇ", 3),
    **dict.fromkeys("áàäóòñêôÁÀÄÓÒÑÊÔßšŠžŽ", 2), **dict.fromkeys("’–“”", 3), **dict.fromkeys("‘…„•°½²§±\u00a0", 1),
    "€": 4,
}  # fmt: skip
"""How usual letters and signs are in Dutch text and in the names of people here."""
_OPENING = "‘“„‚"
_BAD = -6


@dataclass(frozen=True)
class Decoded:
    """The text of a file; when its letters were guessed, whose they are and a word that shows it."""

    text: str
    letters: str | None = None
    sample: str = ""
    is_sure: bool = True


def decoded(data: bytes) -> Decoded:
    """Return the text of a file, whatever it was saved as."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return Decoded(data.decode(name, errors="replace"))
    if wide := _wide(data[:_SAMPLE]):
        return Decoded(data[: len(data) // 2 * 2].decode(wide, errors="replace"))
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    tried = data.decode("utf-8", errors="replace")
    if len(_ODD.findall(tried)) > 4 * tried.count("\ufffd"):  # UTF-8 to which something else was added.
        return Decoded(data.decode("utf-8", errors=_AS_WINDOWS))
    return _of_one_byte(data)


def _wide(data: bytes) -> str | None:
    """Return the kind of UTF-16 that a file without its mark is in: of plain letters every second byte is nothing."""
    half = len(data) // 2
    if half and data.count(0) > half // 2:
        return "utf-16-le" if data[1::2].count(0) > data[::2].count(0) else "utf-16-be"
    return None


def _of_one_byte(data: bytes) -> Decoded:
    sample = data[:_SAMPLE] if re.search(rb"[\x80-\xff]", data[:_SAMPLE]) else data
    read = {name: sample.decode(name, errors="replace") for name in _LETTERS}
    weighed = {name: _weigh(text) for name, text in read.items()}
    is_of_mac = b"\r" in sample and b"\n" not in sample  # As only a Mac ends its lines.
    score = {name: total + (10 if is_of_mac and name == "mac_roman" else 0) for name, (total, _) in weighed.items()}
    best = "cp1252" if not weighed["cp1252"][1] and not is_of_mac else max(score, key=lambda name: score[name])
    rivals = [name for name, (_, bad) in weighed.items() if name != best and not bad]
    is_sure = not any(score[name] >= (score[best] if best == "cp1252" else score[best] // 2) for name in rivals)
    text = data.decode(best, errors="replace")
    if best == "cp1252" and is_sure and not weighed[best][1]:
        return Decoded(text)
    word = _WORD.search(read[best]) or _ODD.search(read[best])
    return Decoded(text, _LETTERS[best], word[0] if word else "", is_sure and not weighed[best][1])


def _weigh(text: str) -> tuple[int, int]:
    """Return how likely a text is, and how many signs in it stand where nobody puts them."""
    total = bad = 0
    for match in _ODD.finditer(text):
        sign, at = match[0], match.start()
        before, behind = text[at - 1 : at], text[at + 1 : at + 2]
        weight = 1 if sign.isalpha() and "\u00c0" <= sign <= "\u017f" else _COMMON.get(sign, _BAD)
        weight = max(weight, _COMMON.get(sign, weight))
        if _is_misplaced(sign, before, behind):
            weight = _BAD
        total += weight
        bad += weight == _BAD
    return total, bad


def _is_misplaced(sign: str, before: str, behind: str) -> bool:
    """Tell whether a capital stands behind a small letter, or a sign in the middle of a word."""
    if sign.isupper():
        return before.islower()
    if sign.isalpha():
        return False
    if sign == "€" and behind.isalpha():
        return True
    return before.isalpha() and (sign in _OPENING or (behind.isalpha() and sign not in "’\u00a0"))


def _one_as_windows(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


_AS_WINDOWS = "registerkit-as-windows"
codecs.register_error(_AS_WINDOWS, _one_as_windows)
