"""Splits a formula, as a file writes it, into its tokens."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["Token", "tokens_of"]

_TOKEN = re.compile(
    r"""
    (?P<space>[ \t\r\n]+)
  | (?P<text>"(?:[^"]|"")*")
  | (?P<sheet>'(?:[^']|'')+'!|(?:\[\d+\])?[^\W\d][\w.]*(?::[^\W\d][\w.]*)?!|\[\d+\]!)
  | (?P<error>\#(?:REF!|N/A|DIV/0!|NAME\?|NULL!|NUM!|VALUE!|GETTING_DATA|SPILL!|CALC!|FIELD!|BLOCKED!|UNKNOWN!))
  | (?P<cell>\$?[A-Za-z]{1,3}\$?[0-9]{1,7}(?![\w.(\[]))
  | (?P<column>\$[A-Za-z]{1,3}(?![\w.]))
  | (?P<row>\$[0-9]{1,7}(?![\w.]))
  | (?P<name>(?:[^\W\d]|\\)[\w.\\?]*)
  | (?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
  | (?P<operator><>|<=|>=|[-+*/^&=<>%:])
  | (?P<open>\()
  | (?P<close>\))
  | (?P<comma>,)
  | (?P<semicolon>;)
  | (?P<array>\{)
  | (?P<array_end>\})
    """,
    re.VERBOSE,
)


class Token(NamedTuple):
    """A piece of a formula; `kind` is a group of the pattern, or function, structured or unknown."""

    kind: str
    text: str


def tokens_of(formula: str) -> list[Token]:
    """Give all tokens, spaces too; what starts none is a token of the kind unknown, up to the end."""
    tokens: list[Token] = []
    place = 0
    while place < len(formula):
        match = _TOKEN.match(formula, place)
        kind = "structured" if match is None else str(match.lastgroup)
        end = place if match is None else match.end()
        if kind == "name" and formula.startswith("(", end):
            kind = "function"
        if kind == "structured" or (kind == "name" and formula.startswith("[", end)):
            kind, end = "structured", _bracket_end(formula, end)
        if end == -1:
            kind, end = "unknown", len(formula)
        tokens.append(Token(kind, formula[place:end]))
        place = end
    return tokens


def _bracket_end(formula: str, start: int) -> int:
    """Give where the bracket that opens at `start` has closed; -1 when none opens there or it stays open."""
    depth, place = 0, start
    while place < len(formula):
        sign = formula[place]
        if sign == "'":
            place += 1  # An apostrophe escapes the sign after it.
        elif sign == "[":
            depth += 1
        elif sign == "]":
            depth -= 1
        place += 1
        if depth == 0:
            return place if sign == "]" else -1
    return -1
