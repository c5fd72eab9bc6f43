"""Takes out of a free text what somebody could be recognised by, before it is published. Does not write.

What is known of a complaint's people goes wherever it stands, then numbers, addresses and titles with a name. Of the
words with a capital only those stay that are the office's own, and at the beginning of a sentence those that are
ordinary words: better a word too many gone than a name that stays.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from registerkit.letters.names import read_name
from registerkit.texts import load_texts

__all__ = ["KINDS", "Masked", "Masking", "ordinary_words"]

KINDS = ("name", "address", "contact", "number", "word")
"""What can be taken out; each stands in the text as `analysis.mask.<kind>`."""

_PARTICLE = r"(?:(?:van|de|den|der|het|'t|in|op|ten|ter|te|von|el|al|la|le|du|da|di)\s+)"
_CAPITAL = rf"[A-ZÀ-Þ][\w'’]+(?:-{_PARTICLE}*[A-ZÀ-Þ][\w'’]*)*"
_INITIALS = r"(?:(?:[A-Z]|IJ|Ch|Th|Ph|St)\.\s?)"
_TITLE = (
    r"(?:[Dd]e heer|[Dd]hr|[Mm]eneer|[Mm]ijnheer|[Mm]evrouw|[Mm]evr|[Mm]w|[Mm]ej|[Ff]amilie|[Ff]am|[Dd]okter|[Dd]rs?|"
    r"[Ii]ng|[Ii]r|[Mm]r|[Mm]rs|[Mm]s|[Mm]x|[Mm]iss|[Pp]rof|[Zz]uster|[Bb]roeder|[Bb]uurman|[Bb]uurvrouw)"
)
_ABBREVIATED = r"(?:dhr|mevr|mw|mej|fam)"
_STREET = r"\w+(?:straat|laan|weg|plein|kade|gracht|dijk|hof|singel|dreef|steeg|pad|park|street|road|avenue|lane)"
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("contact", re.compile(r"[^\s@]{1,64}@\S+|(?:https?://|www\.)\S+", re.I)),
    ("number", re.compile(r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]){11,30}\b")),
    ("address", re.compile(rf"\b{_STREET}\s+\d+(?:\s?[a-zA-Z])?\b(?:,?\s*\d{{4}}\s?[A-Z]{{2}}\b)?", re.I)),
    ("address", re.compile(r"\b[1-9]\d{3}\s?[A-Z]{2}\b")),
    ("name", re.compile(rf"\b{_TITLE}\.?\s+(?:{_TITLE}\.?\s+)*{_INITIALS}*{_PARTICLE}*{_CAPITAL}(?:\s+{_CAPITAL})*")),
    ("name", re.compile(rf"\b{_ABBREVIATED}\.\s+{_PARTICLE}*[\w'’-]+", re.I)),
    ("name", re.compile(rf"\b{_INITIALS}+{_PARTICLE}*{_CAPITAL}(?:\s+{_CAPITAL})*")),
    ("name", re.compile(rf"(?<=[a-zà-ÿ,;] )(?:Van|De|Den|Der|Ter|Ten|Von)\s+{_PARTICLE}*{_CAPITAL}")),
    ("number", re.compile(r"\b(?=[A-Z0-9/-]*\d)(?=[A-Z0-9/-]*[A-Z])[A-Z0-9]+(?:[/-][A-Z0-9]+)+\b")),
    ("number", re.compile(r"\b(?=[A-Z0-9]*\d)(?=[A-Z0-9]*[A-Z])[A-Z0-9]{6,}\b")),
)
"""What looks like it, in the order in which it is taken out."""
_NUMBER = re.compile(r"(?<![\w])\+?\(?\d(?:[\d .()/-]*\d)?(?!\w)")
_DAY = re.compile(r"(?<!\d)\d{1,2}[-/.]\d{1,2}[-/.](\d{4}|\d{2})(?!\d)|(?<!\d)(?:19|20)\d{2}-\d{2}-\d{2}(?!\d)")
_AMOUNT = re.compile(r"\d{1,3}\.\d{3}")
_YEARS = re.compile(r"(?:19|20)\d{2}[ /-]+(?:19|20)\d{2}")
_BORN = re.compile(r"(?:geboren|geboorte\w*|born|birth)\W+(?:\w+\W+){0,2}$", re.I)
_DIGITS = 5
"""A number of so many digits is somebody's, whatever it is."""
_OLD = 15
"""A day so many years ago is a day of birth rather than one of the story."""
_WORD = re.compile(r"[^\W\d_][\w'’]*(?:-[\w'’]+)*")
_STARTS = re.compile(r"(?:^|[.!?:…\n•])[\s\"'‘’“”()*-]*(?:['’]s\s+)?$")
_KNOWN = frozenset(
    {
        "apv", "avg", "awb", "awgb", "bag", "bibob", "brp", "bsn", "b&w", "cak", "cjib", "digid", "duo", "ggd",
        "iban", "kcc", "kvk", "ov", "pdf", "pgb", "rdw", "sms", "svb", "svp", "uwv", "vng", "wabo",
        "wkkgz", "wlz", "wmo", "woo", "woz", "wob", "zzp", "nederland", "nederlands", "nederlandse", "i", "u", "uw",
    }
)  # fmt: skip
"""Words with a capital that name nobody."""
_LONG = 6
_BEFORE = 30
_OPEN = 0xE010
"""The first of the characters that stand for what was taken out, while the rest is still looked at."""


@dataclass(frozen=True)
class Masked:
    """A text without what tells who it is about, and what was taken out by kind."""

    text: str
    hidden: Mapping[str, int]


class Masking:
    """Takes out of texts what is known of some people, and whatever looks like a person's.

    `people` are names, `values` other texts by kind (`address`, `number`, …), `own` words of the office that stay.
    """

    def __init__(
        self, language: str, people: Iterable[str], values: Iterable[tuple[str, str]], own: Collection[str], on: date
    ) -> None:
        self.ordinary, self.on = ordinary_words(language), on
        self.own = {word.casefold() for text in own for word in _WORD.findall(text)} | _KNOWN
        whole = [(kind, " ".join(text.split())) for kind, text in values]
        names = {name for name in (" ".join(person.split()) for person in people) if len(name) > 1}
        parts = {part for name in names for part in self._parts(name, language)}
        self._known = [(kind, _anywhere(text)) for kind, text in _longest(whole) if self._is_telling(text)]
        self._known += [("name", _anywhere(name)) for name in sorted(names, key=len, reverse=True)]
        self._parted = [("name", self._part(part)) for part in sorted(parts, key=len, reverse=True)]

    def _parts(self, name: str, language: str) -> Iterable[str]:
        """Return the surname, and the words of a name that stand with a capital."""
        yield read_name(name, language).surname
        yield from (word for word in _WORD.findall(name) if len(word) > 2 and word[:1].isupper())

    def _part(self, part: str) -> re.Pattern[str]:
        """Find a part of a name; one that may be an ordinary word too only with a capital."""
        if len(part) < _LONG or part.casefold() in self.ordinary:
            return re.compile(rf"(?<!\w)(?:{re.escape(part.capitalize())}|{re.escape(part.upper())})(?!\w)")
        return _anywhere(part)

    def _is_telling(self, text: str) -> bool:
        """Tell whether a value says more than the office does of itself: its own town tells nobody's."""
        return len(text) > 2 and not {word.casefold() for word in _WORD.findall(text) or [text]} <= self.own

    def __call__(self, text: str) -> Masked:
        """Return a text on one line with marks `[kind]` for what was taken out; the marks are the caller's to name."""
        hidden: Counter[str] = Counter()
        told = " ".join(text.split())
        told = "".join(c for c in told if not 0xE000 <= ord(c) <= 0xF8FF)
        for kind, pattern in (*_PATTERNS[:4], *self._known, *_PATTERNS[4:], *self._parted):
            told = _taken(pattern, told, kind, hidden)
        told = _NUMBER.sub(lambda found: self._number(found, hidden), told)
        told = _WORD.sub(lambda found: self._word(found, hidden), told)
        for n, kind in enumerate(KINDS):
            mark = chr(_OPEN + n)
            told = re.sub(rf"{mark}(?:[\s,]*{mark})+", mark, told).replace(mark, f"[{kind}]")
        return Masked(told, hidden)

    def _number(self, found: re.Match[str], hidden: Counter[str]) -> str:
        text, before = found[0], found.string[max(0, found.start() - _BEFORE) : found.start()]
        years = [_year(day[0]) for day in _DAY.finditer(text)]
        rest = sum(c.isdigit() for c in _DAY.sub("", text))
        is_plain = _AMOUNT.fullmatch(text) or _YEARS.fullmatch(text) or rest < _DIGITS
        if is_plain and all(year > self.on.year - _OLD for year in years) and not (years and _BORN.search(before)):
            return text
        return _mark("number", hidden)

    def _word(self, found: re.Match[str], hidden: Counter[str]) -> str:
        word, folded = found[0], found[0].casefold()
        if not any(c.isupper() for c in word) or self._is_own(folded):
            return word
        at_start = _STARTS.search(found.string[: found.start()]) is not None
        if at_start and word[1:].islower() | (len(word) == 1) and folded in self.ordinary:
            return word
        return _mark("word", hidden)

    def _is_own(self, word: str) -> bool:
        """Tell whether a word is the office's own, or is made of one: WOZ-waarde."""
        return word in self.own or word.partition("-")[0] in _KNOWN


@cache
def ordinary_words(language: str) -> frozenset[str]:
    """Return the words that the texts of a language write without a capital: none of them is only a name."""
    entries = load_texts(language).entries
    return frozenset(word for text in entries.values() for word in re.findall(r"(?<![\w-])[a-zà-ÿ]{2,}(?![\w-])", text))


def _longest(values: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(dict.fromkeys(values), key=lambda value: len(value[1]), reverse=True)


def _anywhere(text: str) -> re.Pattern[str]:
    """Find a text however it is spaced and written."""
    words = r"\s+".join(re.escape(word) for word in text.split())
    return re.compile(rf"(?<!\w){words}(?!\w)", re.I)


def _taken(pattern: re.Pattern[str], text: str, kind: str, hidden: Counter[str]) -> str:
    return pattern.sub(lambda _: _mark(kind, hidden), text)


def _mark(kind: str, hidden: Counter[str]) -> str:
    hidden[kind] += 1
    return chr(_OPEN + KINDS.index(kind))


def _year(day: str) -> int:
    numbers = [int(part) for part in re.split(r"[-/.]", day)]
    year = numbers[0] if numbers[0] > 31 else numbers[-1]
    return year if year > 99 else 2000 + year
