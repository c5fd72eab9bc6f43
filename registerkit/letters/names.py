"""Understands a name as people type it: which words are a title, which the surname, and how letters write it."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Name", "read_name"]

_TITLES = {
    "heer": ("dhr", "hr", "heer", "meneer", "mijnheer", "de heer"),
    "mevrouw": ("mw", "mevr", "mevrouw", "mej", "mejuffrouw"),
    "familie": ("fam", "familie"),
}
"""Words in front of a name that say how somebody is addressed; a Dutch mr. is a lawyer, and no title here."""
_ENGLISH = ("mr", "mrs", "miss", "ms", "mx", "dr")
_BY_WORD = {word: title for title, words in _TITLES.items() for word in words}
_DEGREES = frozenset(
    {"dr", "drs", "ds", "ing", "ir", "mr", "prof", "ba", "bc", "bsc", "ma", "msc", "llm", "mba", "phd"}
)
"""Degrees, which a salutation leaves out."""
_PARTICLES = frozenset(
    {
        "'s", "'t", "aan", "bij", "d'", "da", "de", "del", "den", "der", "di", "do", "dos", "du", "el", "het", "in",
        "la", "le", "op", "te", "ten", "ter", "uit", "van", "von", "zu",
    }
)  # fmt: skip
"""Words that a surname begins with, however they are written."""
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True)
class Name:
    """A name without what stood around it."""

    title: str | None
    """`heer`, `mevrouw`, `familie`, or an English title as it is written, such as `Mrs`; None when nothing said it."""
    full: str
    """The name as an address has it: A. van den Berg."""
    surname: str
    """The surname as a salutation has it: Van den Berg."""


def read_name(typed: str, language: str) -> Name:
    """Return what a name says; a word that is not understood stays in it as it was typed."""
    words = _BLANKS.sub(" ", _ASIDE.sub(" ", typed)).strip(" ,;").split(" ")
    words = [word for word in words if "@" not in word] or [""]  # Nobody is greeted by an e-mail address.
    title, words = _without_title(words, language)
    words = _in_order(" ".join(words)).split(" ")
    shouted = all(word.isupper() for word in words if len(word.strip(".")) > 1 and not _is_initials(word))
    words = [_cased(word, shouted=shouted) for word in words]
    surname = _surname(words)
    return Name(title, " ".join(words), surname[:1].upper() + surname[1:])


def _without_title(words: list[str], language: str) -> tuple[str | None, list[str]]:
    """Take the title from the front of a name."""
    first = _bare(words[0])
    if len(words) > 2 and f"{first} {_bare(words[1])}" in _BY_WORD:
        return _BY_WORD[f"{first} {_bare(words[1])}"], words[2:]
    if len(words) > 1 and language == "en" and first in _ENGLISH:
        return first.capitalize(), words[1:]
    if len(words) > 1 and first in _BY_WORD:
        return _BY_WORD[first], words[1:]
    return None, words


def _bare(word: str) -> str:
    return word.rstrip(".,").casefold()


def _in_order(name: str) -> str:
    """Turn a surname in front round: van den Berg, A. becomes A. van den Berg."""
    surname, comma, rest = name.partition(",")
    behind = rest.split()
    if comma and behind and _is_remark(surname, behind[0]):
        return surname.strip()
    if not comma or not behind or all(_bare(word) in _DEGREES for word in behind):
        return surname.strip() or name
    particles = [word for word in behind if word.casefold() in _PARTICLES]
    given = [word for word in behind if word not in particles]
    return " ".join([*given, *particles, surname.strip()])


def _is_remark(surname: str, first: str) -> bool:
    """Tell whether what stands behind a name says who it is: Smit, dochter van de klager."""
    plain = first.isalpha() and first.islower() and first not in _PARTICLES and first not in _DEGREES
    return plain and not surname.islower()


def _is_initials(word: str) -> bool:
    return "." in word


def _cased(word: str, *, shouted: bool) -> str:
    """Write a word of a name that was typed in capitals, or without any, as names are written."""
    if _is_initials(word) or not (shouted or word.islower()):
        return word
    lowered = word.lower()
    if lowered in _PARTICLES:
        return lowered
    parts = re.split(r"(['’-])", lowered)
    return "".join(_capital(part) for part in parts)


def _capital(part: str) -> str:
    return "IJ" + part[2:] if part.startswith("ij") else part[:1].upper() + part[1:]


def _surname(words: list[str]) -> str:
    """Return the part of a name from its particles on, else its last word; initials and degrees are left out."""
    kept = [word for word in words if _bare(word) not in _DEGREES]
    rest = [w for n, w in enumerate(kept) if not (_is_initials(w) and n < len(kept) - 1)] or words
    starts = next((n for n, w in enumerate(rest[:-1]) if w.casefold() in _PARTICLES), None)
    return " ".join(rest[starts:] if starts is not None else rest[-1:])
