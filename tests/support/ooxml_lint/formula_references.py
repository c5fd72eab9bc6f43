"""What a formula names: sheets, defined names, tables and functions, and whether they exist."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ooxml_lint.areas import LAST_COLUMN, LAST_ROW
from ooxml_lint.book import Book
from ooxml_lint.formula_grammar import Problem
from ooxml_lint.formula_tokens import Token
from ooxml_lint.functions import ALSO_BARE, FIRST, FUTURE, NEWER, SHEET_PREFIXED
from ooxml_lint.structured import check_structured
from ooxml_lint.tags import main
from registerkit.ooxml.cells import column_index

__all__ = ["Known", "check_references", "is_cell_like", "known_of"]

_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_ROW_COLUMN = re.compile(r"(?:R[0-9]*)?(?:C[0-9]*)?", re.IGNORECASE)
_COLUMN = re.compile(r"[A-Za-z]{1,3}")
_PARAMETER = "_xlpm."
"""The prefix of names that a formula itself makes, with LET or LAMBDA."""


@dataclass(frozen=True)
class Known:
    """What formulas may name, all in one case."""

    sheets: Mapping[str, int]
    names: frozenset[tuple[int | None, str]]
    tables: Mapping[str, frozenset[str]]
    external: int


def known_of(book: Book) -> Known:
    """Give what the formulas of a workbook may name."""
    return Known(
        sheets={sheet.name.casefold(): sheet.index for sheet in reversed(book.sheets)},  # The first of two equal ones.
        names=frozenset((name.scope, name.name.casefold()) for name in book.names),
        tables={
            table.name.casefold(): frozenset(column.casefold() for column in table.columns) for table in book.tables
        },
        external=len(book.root.findall(main("externalReferences/externalReference"))),
    )


def is_cell_like(name: str) -> bool:
    """Tell whether a name reads as a cell, in either of Excel's two notations."""
    if _ROW_COLUMN.fullmatch(name):
        return True
    match = _CELL.fullmatch(name)
    return match is not None and column_index(match[1].upper()) <= LAST_COLUMN and 1 <= int(match[2]) <= LAST_ROW


def check_references(tokens: Sequence[Token], known: Known, scope: int | None, totals_of: str = "") -> list[Problem]:
    """Give what is named and does not exist.

    `scope` is the sheet that the formula stands on, `totals_of` the table in whose totals row it stands.
    """
    problems: list[Problem] = []
    for place, token in enumerate(tokens):
        if token.kind == "function":
            problems += _check_function(token.text, known, scope)
        elif token.kind == "structured":
            problems += check_structured(token.text, known.tables, totals_of)
        elif token.kind == "sheet":
            problems += _check_sheet(token.text[:-1], known)
        elif token.kind == "name" or (token.kind == "cell" and not is_cell_like(token.text.replace("$", ""))):
            problems += _check_name(tokens, place, known, scope)
    return problems


def _check_function(text: str, known: Known, scope: int | None) -> list[Problem]:
    name = text.upper()
    bare = name.removeprefix("_XLFN.").removeprefix("_XLWS.")
    if name in FIRST or bare in ALSO_BARE or _is_defined(text, known, scope) or name.startswith(_PARAMETER.upper()):
        return []
    if bare not in FUTURE and bare not in NEWER:
        return [("function_unknown", f"{text} is no function")]
    right = "_xlfn._xlws." if bare in SHEET_PREFIXED else "_xlfn."
    problems: list[Problem] = []
    if name != right.upper() + bare:
        problems.append(("function_prefix", f"{text} must be written {right}{bare}"))
    if bare in NEWER:
        problems.append(("newer_than_2016", f"Excel 2016 does not know {bare}"))
    return problems


def _check_sheet(text: str, known: Known) -> list[Problem]:
    quoted = text.startswith("'")
    name = text[1:-1].replace("''", "'") if quoted else text
    if "[" in name:
        number = name.partition("[")[2].partition("]")[0]
        missing = not number.isdigit() or int(number) > known.external
        return [("external_reference", f"{text} is no file that the workbook links to")] if missing else []
    problems: list[Problem] = [
        ("sheet_unknown", f"there is no sheet {part}")
        for part in name.split(":")
        if part.casefold() not in known.sheets
    ]
    if not problems and not quoted and any(is_cell_like(part) for part in name.split(":")):
        problems.append(("formula_syntax", f"the sheet {name} needs quotes, for it reads as a cell"))
    return problems


def _check_name(tokens: Sequence[Token], place: int, known: Known, scope: int | None) -> list[Problem]:
    text = tokens[place].text
    if text.upper() in ("TRUE", "FALSE") or text.startswith(_PARAMETER) or text.casefold() in known.tables:
        return []
    before = tokens[place - 1] if place else Token("", "")
    if before.kind == "sheet":
        sheet = before.text[:-1].strip("'").replace("''", "'").casefold()
        scope = known.sheets.get(sheet, scope)
        if "[" in sheet or sheet not in known.sheets:
            return []
    if _is_defined(text, known, scope) or _is_column(tokens, place):
        return []
    return [("name_unknown", f"there is no name {text}")]


def _is_defined(text: str, known: Known, scope: int | None) -> bool:
    name = text.casefold()
    return (scope, name) in known.names or (None, name) in known.names


def _is_column(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a name is one end of a range of whole columns, as in `A:C`."""
    text = tokens[place].text
    beside = [tokens[n].text for n in (place - 1, place + 1) if 0 <= n < len(tokens)]
    return ":" in beside and _COLUMN.fullmatch(text) is not None and column_index(text.upper()) <= LAST_COLUMN
