"""Takes apart what somebody passes on: his own words, and whose words follow, of which day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from registerkit.files import seen
from registerkit.messages.message import Line, Sender
from registerkit.messages.phrases import FORWARD_MARK, HEAD, HEAD_FIRST, RULE, SEPARATOR

__all__ = ["ADDRESS", "Passed", "day_in", "passed_on"]

ADDRESS = re.compile(r"[^\s<>()\[\],;:\"@]+@[^\s<>()\[\],;:\"@]+\.[^\s<>()\[\],;:\"@.]+")
_FEWEST_HEADS = 3
_FOLDED = 3
"""A line of the block may be broken into so many."""
_DAY_HEAD = re.compile(r"^\W{0,3}(?:verzonden|verstuurd|datum|sent|date)\b", re.IGNORECASE)
_SUBJECT_HEAD = re.compile(r"^\W{0,3}(?:onderwerp|subject)\b", re.IGNORECASE)
_ENGLISH_HEAD = re.compile(r"^\W{0,3}(?:sent|date)\b", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mrt|maart|mar", "apr", "mei|may", "jun", "jul", "aug", "sep", "okt|oct", "nov", "dec")
_MONTH = re.compile("|".join(rf"(?P<m{n}>\b(?:{names})[a-z]*\b)" for n, names in enumerate(_MONTHS, 1)), re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_ISO = re.compile(r"\b((?:19|20)\d\d)-(\d\d?)-(\d\d?)\b")
_NUMBERS = re.compile(r"\b(\d\d?)([-./])(\d\d?)\2((?:19|20)\d\d)\b")
_YEAR_MONTHS = 12


@dataclass(frozen=True)
class Passed:
    """What stands in a message that somebody passed on."""

    note: Sequence[Line]
    """What he wrote himself, above it or below what is marked."""
    sender: Sender
    on: date | None
    """The day that it says; None when that cannot be read for certain."""
    subject: str
    lines: Sequence[Line]
    """The words that follow, marked as in the first message."""


def passed_on(lines: Sequence[Line]) -> Passed | None:
    """Return the first message that is passed on, by the block that says who wrote it; None without one."""
    for at, line in enumerate(lines):
        if not HEAD_FIRST.match(line.text) or (sender := _sender(line.text)) is None:
            continue
        start, end = _head_start(lines, at), _head_end(lines, at)
        head = [each.text for each in lines[start:end] if HEAD.match(each.text)]
        if len(head) < _FEWEST_HEADS:
            continue
        depth = line.depth
        rest = lines[end:]
        below = next((n for n, each in enumerate(rest) if each.text and each.depth < depth), len(rest))
        told = next((text for text in head if _DAY_HEAD.match(text)), "")
        return Passed(
            note=[*_without_mark(lines[:start]), *([Line("")] if below < len(rest) else []), *rest[below:]],
            sender=sender,
            on=day_in(told.partition(":")[2], is_english=bool(_ENGLISH_HEAD.match(told))),
            subject=seen(_said(next((text for text in head if _SUBJECT_HEAD.match(text)), ""))),
            lines=[replace(each, depth=max(each.depth - depth, 0)) for each in rest[:below]],
        )
    return None


def _sender(line: str) -> Sender | None:
    if not (match := ADDRESS.search(line.replace("mailto:", " "))):
        return None
    name = seen(re.split(r"[<\[(]", _said(line))[0]).strip("*'\" ")
    return Sender("" if "@" in name else name, match[0].casefold())


def _said(line: str) -> str:
    return line.partition(":")[2].strip("* ")


def _head_start(lines: Sequence[Line], at: int) -> int:
    """Return where the block begins: some programs set the day or the subject first."""
    while at and HEAD.match(lines[at - 1].text):
        at -= 1
    return at


def _head_end(lines: Sequence[Line], at: int) -> int:
    """Return behind which line the block ends; nothing in it is told twice."""
    told, end = {_label(lines[at].text)}, at + 1
    while end < len(lines) and lines[end].text:
        ahead = range(end, min(end + _FOLDED, len(lines)))
        step = next((n for n in ahead if HEAD.match(lines[n].text) and _label(lines[n].text) not in told), None)
        if step is None or any(not lines[n].text for n in range(end, step)):
            break
        told.add(_label(lines[step].text))
        end = step + 1
    return end


def _label(line: str) -> str:
    return line.partition(":")[0].strip("*> ").casefold()


def _without_mark(lines: Sequence[Line]) -> Sequence[Line]:
    """Leave out the line that a program draws above the block."""
    end = len(lines)
    while end and (
        not lines[end - 1].text or any(mark.match(lines[end - 1].text) for mark in (FORWARD_MARK, SEPARATOR, RULE))
    ):
        end -= 1
    return lines[:end]


def day_in(told: str, *, is_english: bool = False) -> date | None:
    """Return the day that a text tells, in words or numbers; None when it may be two days."""
    try:
        if match := _ISO.search(told):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _NUMBERS.search(told):
            return _numbered(int(match[1]), int(match[3]), int(match[4]), is_sure=not is_english or match[2] != "/")
        year, month = _YEAR.search(told), _MONTH.search(told)
        if year is None or month is None:
            return None
        return _in_words(told, year, month)
    except ValueError:  # There is no such day.
        return None


def _in_words(told: str, year: re.Match[str], month: re.Match[str]) -> date | None:
    """Return the day by a month in words: its number stands right before the month, or right behind it."""
    before = re.search(r"(?<![\d:.])(\d\d?)(?:st|nd|rd|th)?[\s.\-]{1,3}(?:of\s)?$", told[: month.start()])
    behind = re.match(r"[\s.\-]{1,3}(\d\d?)(?:st|nd|rd|th)?(?![\d:])", told[month.end() :])
    number = before or behind
    if number is None:
        return None
    which = next(n for n in range(1, _YEAR_MONTHS + 1) if month[f"m{n}"])
    return date(int(year[0]), which, int(number[1]))


def _numbered(first: int, second: int, year: int, *, is_sure: bool) -> date | None:
    """Return a day in numbers; with strokes in English the month may stand first."""
    if is_sure or first == second or first > _YEAR_MONTHS:
        return date(year, second, first)
    return date(year, first, second) if second > _YEAR_MONTHS else None
