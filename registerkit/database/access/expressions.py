"""Tests as Access's expressions write them: always the English way, whatever the language of the machine."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

__all__ = ["all_of", "any_of", "bracketed", "day_literal", "is_filled", "is_one_of", "quote_access_text"]


def quote_access_text(text: str) -> str:
    """Return a text as a literal."""
    return '"' + text.replace('"', '""') + '"'


def day_literal(day: date) -> str:
    """Return a day as a literal: month, day, year."""
    return f"#{day.month}/{day.day}/{day.year}#"


def bracketed(name: str) -> str:
    """Return the name of a table or column as expressions take it."""
    return f"[{name}]"


def is_filled(column: str) -> str:
    """Return the test that a column holds something."""
    return f"{bracketed(column)} Is Not Null"


def is_one_of(values: Iterable[str], column: str = "") -> str:
    """Return the test that a column, or the value at hand, is one of a few texts."""
    return f"{bracketed(column) if column else ''} In ({','.join(map(quote_access_text, values))})".strip()


def all_of(parts: Iterable[str]) -> str:
    """Return the test that all parts hold; empty without parts."""
    return _joined(" And ", parts)


def any_of(parts: Iterable[str]) -> str:
    """Return the test that one of the parts holds."""
    return _joined(" Or ", parts)


def _joined(word: str, parts: Iterable[str]) -> str:
    tests = list(parts)
    return tests[0] if len(tests) == 1 else word.join(f"({test})" for test in tests)
