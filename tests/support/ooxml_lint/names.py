"""Checks of defined names."""

from __future__ import annotations

import re

from ooxml_lint.book import Book
from ooxml_lint.fault import Faults
from ooxml_lint.formula_references import is_cell_like
from ooxml_lint.formula_tokens import tokens_of
from ooxml_lint.formulas import FormulaChecks
from ooxml_lint.tags import main, words

__all__ = ["check_names", "is_legal_name"]

_NAME = re.compile(r"(?:[^\W\d]|\\)[\w.\\?]*")
_LONGEST = 255
_PREFIX = "_xlnm."
_BUILT_IN = words("print_area print_titles _filterdatabase criteria extract database consolidate_area sheet_title")
_OF_SHEET = frozenset({"print_area", "print_titles", "_filterdatabase"})
"""Built-in names that belong to a sheet."""


def is_legal_name(name: str) -> bool:
    """Tell whether Excel takes a name for a range, a formula or a table."""
    return (
        len(name) <= _LONGEST
        and _NAME.fullmatch(name) is not None
        and not is_cell_like(name)
        and name.upper() not in ("TRUE", "FALSE")
    )


def check_names(book: Book, formulas: FormulaChecks, faults: Faults) -> None:
    """Check the names of the workbook and what they refer to."""
    sheets = len(book.root.findall(main("sheets/sheet")))
    seen: set[tuple[int | None, str]] = set()
    for name in book.names:
        key = name.scope, name.name.casefold()
        if key in seen:
            faults.add("name_duplicate", book.part, name.name, "stands twice in one scope")
        seen.add(key)
        built_in = name.name.casefold().removeprefix(_PREFIX) if name.name.casefold().startswith(_PREFIX) else ""
        if built_in not in _BUILT_IN if built_in else not is_legal_name(name.name):
            faults.add("name_syntax", book.part, name.name, "is no name that Excel takes")
        if name.scope is None and built_in in _OF_SHEET:
            faults.add("name_scope", book.part, name.name, "belongs to a sheet and names none")
        if name.scope is not None and not 0 <= name.scope < sheets:
            faults.add("name_scope", book.part, name.name, f"sheet {name.scope} of {sheets}")
        if any(token == ("error", "#REF!") for token in tokens_of(name.text)):
            faults.add("name_broken", book.part, name.name, name.text[:120])
        formulas.check(name.text, book.part, name.name, name.scope)
