"""Structured references as a file writes them: `Table[[#This Row],[Column]]`, never `[@Column]`."""

from __future__ import annotations

from collections.abc import Mapping

from ooxml_lint.formula_grammar import Problem

__all__ = ["check_structured", "columns_in"]

_ITEMS = frozenset({"#All", "#Data", "#Headers", "#Totals", "#This Row"})
_SPECIAL = "[]#@"


class _SpellingError(Exception):
    """A structured reference that is not written as files write it."""


def check_structured(text: str, tables: Mapping[str, frozenset[str]], totals_of: str = "") -> list[Problem]:
    """Give what is wrong with a structured reference; `tables` gives columns by table, all in one case.

    In the totals row of the table `totals_of`, Excel itself leaves the table's name out: `[Column]`.
    """
    table = text.partition("[")[0]
    try:
        columns = columns_in(text[len(table) :])
    except _SpellingError as error:
        return [("structured_spelling", f"{text}: {error}")]
    if not table and not text.startswith("[["):
        table = totals_of
    if not table:
        return [("structured_bare", f"{text} names no table")]
    known = tables.get(table.casefold())
    if known is None:
        return [("table_unknown", f"{text}: there is no table {table}")]
    missing = [column for column in columns if column.casefold() not in known]
    return [("column_unknown", f"{text}: {table} has no column {column}") for column in missing]


def columns_in(brackets: str) -> list[str]:
    """Give the columns that the bracketed half of a reference names. Raises `_SpellingError`."""
    inner = brackets[1:-1]
    if not inner.startswith("["):
        if inner.startswith("#"):
            _item(inner)
            return []
        return [_column(inner)] if inner else []
    columns: list[str] = []
    for separator, content in _groups(inner):
        if content.startswith("#"):
            if columns:
                raise _SpellingError(f"{content} after a column")
            _item(content)
        elif columns and separator != ":":
            raise _SpellingError("columns need a colon between them")
        else:
            columns.append(_column(content))
    return columns


def _item(text: str) -> None:
    if text not in _ITEMS:
        raise _SpellingError(f"{text} is none of {', '.join(sorted(_ITEMS))}")


def _groups(inner: str) -> list[tuple[str, str]]:
    """Split `[a],[b]:[c]` into what stands between brackets, each with the sign before it."""
    groups: list[tuple[str, str]] = []
    place, separator = 0, ""
    while True:
        end = _close(inner, place)
        groups.append((separator, inner[place + 1 : end]))
        if end + 1 == len(inner):
            return groups
        separator, place = inner[end + 1], end + 2
        if separator not in ",:":
            raise _SpellingError("only a comma or a colon may stand between brackets")


def _close(inner: str, start: int) -> int:
    if inner[start : start + 1] != "[":
        raise _SpellingError("each part needs brackets of its own")
    place = start + 1
    while place < len(inner) and inner[place] != "]":
        place += 2 if inner[place] == "'" else 1
    if place >= len(inner):
        raise _SpellingError("a bracket stays open")
    return place


def _column(text: str) -> str:
    """Give a column's name without its escapes."""
    name, place = "", 0
    while place < len(text):
        if text[place] == "'":
            place += 1
        elif text[place] in _SPECIAL:
            raise _SpellingError(f"{text[place]} needs an apostrophe before it")
        name += text[place : place + 1]
        place += 1
    return name
