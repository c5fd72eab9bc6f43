"""Whether the tokens of a formula stand in an order that Excel can read."""

from __future__ import annotations

from collections.abc import Sequence

from ooxml_lint.formula_tokens import Token

__all__ = ["Problem", "check_grammar"]

Problem = tuple[str, str]
"""A code and its detail."""

_LEVELS = 64
_ARGUMENTS = 255
_LITERAL = 255
_OPERANDS = frozenset({"text", "number", "error", "cell", "column", "row", "name", "structured"})
_REFERENCES = frozenset({"cell", "column", "row", "name", "structured", "close", "function", "sheet"})
_OPENING = frozenset({"function", "open", "array"})
_START, _OPERAND, _OPERATOR = "start", "operand", "operator"


class _Frame:
    """An open bracket: of a function, of an array constant, or a plain one."""

    def __init__(self, kind: str, name: str) -> None:
        self.kind, self.name = kind, name
        self.arguments = 1


class _Reading:
    """How far a formula has been read: the open brackets, and what the last token was."""

    def __init__(self) -> None:
        self.frames: list[_Frame] = []
        self.state = _START
        self.last = ""
        self.problems: list[Problem] = []

    def wrong(self, code: str, detail: str) -> None:
        self.problems.append((code, detail))

    def operand(self, token: Token, spaced: bool) -> None:
        crosses = spaced and token.kind in _REFERENCES and self.last in _REFERENCES
        if self.state == _OPERAND and not crosses:
            self.wrong("formula_syntax", f"no operator before {token.text[:40]}")
        if token.kind == "text" and len(token.text[1:-1].replace('""', '"')) > _LITERAL:
            self.wrong("formula_literal", f"{token.text[:40]}…")
        self.state = _OPERATOR if token.kind == "sheet" else _OPERAND

    def opening(self, token: Token, spaced: bool) -> None:
        self.operand(token, spaced)
        self.state = _START
        if token.kind != "open" or self.last != "function":
            self.frames.append(_Frame(token.kind, token.text))
        levels = sum(frame.kind == "function" for frame in self.frames)
        if token.kind == "function" and levels == _LEVELS + 1:
            self.wrong("formula_nesting", f"{token.text} is level {levels}")

    def closing(self, token: Token) -> None:
        frame = self.frames.pop() if self.frames else None
        if frame is None or (frame.kind == "array") != (token.kind == "array_end"):
            self.wrong("formula_brackets", f"{token.text} closes nothing")
            self.frames = []
        elif self.state == _OPERATOR or (self.state == _START and frame.kind != "function"):
            self.wrong("formula_syntax", f"nothing before {token.text}")
        elif frame.arguments > _ARGUMENTS:
            self.wrong("formula_arguments", f"{frame.name} has {frame.arguments} arguments")
        self.state = _OPERAND

    def separator(self, token: Token) -> None:
        frame = self.frames[-1] if self.frames else None
        if token.kind == "semicolon" and (frame is None or frame.kind != "array"):
            self.wrong("formula_separator", "a semicolon between arguments")
        empty_allowed = frame is not None and frame.kind == "function"
        if self.state == _OPERATOR or (self.state == _START and not empty_allowed):
            self.wrong("formula_syntax", f"nothing before {token.text}")
        if frame is not None:
            frame.arguments += 1
        self.state = _START

    def operator(self, token: Token) -> None:
        if self.state != _OPERAND and token.text not in "+-":
            self.wrong("formula_syntax", f"nothing before {token.text}")
        self.state = _OPERAND if token.text == "%" else _OPERATOR

    def finish(self) -> None:
        if self.frames:
            self.wrong("formula_brackets", f"{len(self.frames)} brackets stay open")
        elif self.state != _OPERAND:
            self.wrong("formula_syntax", "the formula ends too soon")


def check_grammar(tokens: Sequence[Token]) -> list[Problem]:
    """Give what is wrong with the order of tokens, brackets, separators and limits."""
    reading = _Reading()
    spaced = False
    for token in tokens:
        if token.kind == "space":
            spaced = True
            continue
        _read(reading, token, spaced)
        if token.kind == "unknown":
            return reading.problems
        reading.last, spaced = token.kind, False
    reading.finish()
    return reading.problems


def _read(reading: _Reading, token: Token, spaced: bool) -> None:
    if token.kind in _OPERANDS or token.kind == "sheet":
        reading.operand(token, spaced)
    elif token.kind in _OPENING:
        reading.opening(token, spaced)
    elif token.kind in ("close", "array_end"):
        reading.closing(token)
    elif token.kind in ("comma", "semicolon"):
        reading.separator(token)
    elif token.kind == "operator":
        reading.operator(token)
    elif token.text[:1] in ('"', "'") or "[" in token.text:
        reading.wrong("formula_brackets", f"{token.text[:40]} stays open")
    else:
        reading.wrong("formula_syntax", f"{token.text[:40]} is no part of a formula")
