"""Checks of the workbook part: sheets and their names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ooxml_lint.book import Book
from ooxml_lint.fault import Faults
from ooxml_lint.tags import RELATION, main, number

__all__ = ["check_workbook_part"]

_FORBIDDEN = frozenset(":\\/?*[]")
_LONGEST = 31
_HIGHEST_ID = 65_534


def check_workbook_part(book: Book, faults: Faults) -> None:
    """Check the list of sheets."""
    elements = book.root.findall(main("sheets/sheet"))
    names = [element.get("name", "") for element in elements]
    for name in names:
        if wrong := _wrong_with(name):
            faults.add("sheet_name", book.part, name, wrong)
    for name in _repeated(name.casefold() for name in names):
        faults.add("sheet_name_duplicate", book.part, name, "two sheets have this name")
    ids = [element.get("sheetId", "") for element in elements]
    for value in sorted({value for value in ids if not 1 <= number(value) <= _HIGHEST_ID} | set(_repeated(ids))):
        faults.add("sheet_id", book.part, f"sheetId {value}", "must be a number of its own, from 1")
    for value in _repeated(element.get(f"{RELATION}id", "") for element in elements):
        faults.add("sheet_id", book.part, value, "two sheets have this relation")
    if not any(element.get("state", "visible") == "visible" for element in elements):
        faults.add("sheet_hidden", book.part, "", "no sheet is visible")
    for view in book.root.findall(main("bookViews/workbookView")):
        if not 0 <= number(view.get("activeTab"), 0) < len(elements):
            faults.add("sheet_active", book.part, str(view.get("activeTab")), f"there are {len(elements)} sheets")


def _wrong_with(name: str) -> str:
    if not 1 <= len(name) <= _LONGEST:
        return f"{len(name)} characters"
    if _FORBIDDEN & set(name):
        return "holds a sign that no sheet name may hold"
    if name.startswith("'") or name.endswith("'"):
        return "has an apostrophe at an end"
    return "is kept for Excel's own use" if name.casefold() == "history" else ""


def _repeated(values: Iterable[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]
