"""The file that a web form saves: plain text, which people read, the page opens again, and the inbox takes.

Why text, and no copy of the page or a `.json`: a complainant reads in any program, on any telephone, what is sent; mail
servers hold back pages; and an office that opens what a stranger sent runs nothing. What a person reads in it is what
is read back, for there is nothing else in it. `page.js` writes and reads the same:

    KLACHTENFORMULIER [registerkit 1]
    what is said about the file, which is not read

    == Wie bent u? ==

    Uw naam [name]
        R. de Wit

    == Einde van het formulier [registerkit] ==

An answer stands indented by four spaces under its question, so that nothing in it can be taken for a question; the
question carries the field's name and a choice its code, for labels may change.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["INDENT", "VERSION", "Answer", "Saved", "code_in", "saved_answers"]

VERSION = 1
INDENT = " " * 4
_FIRST = re.compile(rf"\S.*\[registerkit {VERSION}\]\s*")
_LAST = re.compile(r"==.*\[registerkit\] ==\s*")
_TITLE = re.compile(r"==.*==\s*")
_QUESTION = re.compile(r"(\S.*?) ?\[([A-Za-z_][A-Za-z0-9_]*)\]\s*")
_CODE = re.compile(r".*\[([^\[\]\n]+)\]\s*", re.DOTALL)
_LINES = re.compile(r"\r\n|\r|\n")
_HEAD = 5
"""Within so many lines the first of ours stands: a mail program may put something above it."""


@dataclass(frozen=True)
class Answer:
    """A question with the name of its field, which is empty for what stands outside of the answers."""

    field: str
    question: str
    text: str


@dataclass(frozen=True)
class Saved:
    """What a file says; one that is not whole lacks its last line."""

    answers: Sequence[Answer]
    is_whole: bool


def saved_answers(text: str) -> Saved | None:
    """Return the answers in a file's text; None when no web form made it."""
    lines = _LINES.split(text.removeprefix("\ufeff"))
    first = next((n for n, line in enumerate(lines[:_HEAD]) if _FIRST.fullmatch(line)), None)
    if first is None:
        return None
    lines = lines[first + 1 :]
    begin = next((n for n, line in enumerate(lines) if _TITLE.fullmatch(line)), len(lines))
    end = next((n for n, line in enumerate(lines) if _LAST.fullmatch(line)), None)
    found: list[tuple[str, str, list[str]]] = []
    beside: list[Answer] = []
    for line in lines[begin:end]:
        if question := _QUESTION.fullmatch(line):
            found.append((question[2], question[1], []))
        elif found and (not line.strip() or line[0].isspace()):
            found[-1][2].append(_outdented(line))
        elif line.strip() and not _TITLE.fullmatch(line):
            beside.append(Answer("", found[-1][1] if found else "", line.strip()))
    answers = [Answer(field, question, "\n".join(said).strip("\n")) for field, question, said in found]
    return Saved([*answers, *beside], end is not None)


def code_in(text: str) -> str:
    """Return the code that an answer ends in, or the whole answer when it has none."""
    match = _CODE.fullmatch(text)
    return match[1].strip() if match else text


def _outdented(line: str) -> str:
    return line.removeprefix(INDENT) if line.startswith(INDENT) else line.lstrip()
