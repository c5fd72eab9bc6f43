"""The names by which formulas find things: sheets, Excel tables and their columns, lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from registerkit.definition import Definition, Field, Table
from registerkit.ooxml import column_letters
from registerkit.texts import Texts

__all__ = [
    "ATTENTION_LENGTH",
    "HIDDEN_SHEET",
    "cell",
    "column",
    "hyperlink",
    "list_name",
    "list_table",
    "print_area",
    "quote_sheet",
    "quote_text",
    "run_of",
    "search_pattern",
    "span",
    "special_sheet",
    "table_name",
    "this_row",
]

_LITERAL = 255
"""How many characters a text in a formula may have."""
_PLAIN_HEADER = re.compile(r"[\w ]+")

ATTENTION_LENGTH = 500
"""How many rows of the attention sheet are looked at."""

HIDDEN_SHEET = "_rk"
"""The sheet, very hidden, that holds what dropdowns and figures are counted with."""


def table_name(table: Table, language: str) -> str:
    """Return the Excel table's name."""
    return table.excel[language]


def column(table: Table, field: Field, language: str) -> str:
    """Return a column of an Excel table, as `Klachten[Status]`; a header with other signs in double brackets."""
    header = field.labels[language]
    inner = header if _PLAIN_HEADER.fullmatch(header) else f"[{header}]"
    return f"{table_name(table, language)}[{inner}]"


def this_row(table: Table, field: Field, language: str) -> str:
    """Return a column's cell in the formula's own row; the long form is the only one all programs read."""
    return f"{table_name(table, language)}[[#This Row],[{field.labels[language]}]]"


def list_name(list_id: str) -> str:
    """Return the defined name of the labels in use of a choice list."""
    return f"lst_{list_id}"


def list_table(list_id: str) -> str:
    """Return the name of the Excel table that holds a choice list."""
    return f"Lijst_{list_id}"


def quote_text(text: str) -> str:
    """Return a text as an Excel string; one that is longer than Excel takes in a formula comes in parts."""
    parts = [text[n : n + _LITERAL].replace('"', '""') for n in range(0, max(1, len(text)), _LITERAL)]
    shown = "&".join(f'"{part}"' for part in parts)
    return shown if len(parts) == 1 else f"({shown})"


@lru_cache(maxsize=256)
def quote_sheet(sheet: str) -> str:
    """Return a sheet's name as formulas write it."""
    return "'" + sheet.replace("'", "''") + "'"


def cell(sheet: str, row: int, col: int) -> str:
    """Return an absolute cell of a sheet; row and column count from 0."""
    return f"{quote_sheet(sheet)}!${column_letters(col)}${row + 1}"


def span(sheet: str, row: int, last_row: int, col: int, last_col: int | None = None) -> str:
    """Return an absolute run of cells of a sheet, in one column or up to another; rows and columns count from 0."""
    first, last = column_letters(col), column_letters(col if last_col is None else last_col)
    return f"{quote_sheet(sheet)}!${first}${row + 1}:${last}${last_row + 1}"


def print_area(sheet: str) -> str:
    """Return the name of what prints of a sheet, where that is a formula or more than one range."""
    return f"{quote_sheet(sheet)}!_xlnm.Print_Area"


def run_of(cells: Sequence[str]) -> str:
    """Return the run from the first of these cells through the last; they stand below each other on one sheet."""
    return f"{cells[0]}:{cells[-1].rpartition('!')[2]}"


def hyperlink(sheet: str, cell: str, shown: str) -> str:
    """Return a formula that leads to a cell of a sheet; `cell` and `shown` are formulas for its address and text."""
    return f"HYPERLINK({quote_text(f'#{quote_sheet(sheet)}!')}&{cell},{shown})"


def search_pattern(words: str) -> re.Pattern[str]:
    """Return what SEARCH() looks for: `?` is any sign, `*` any run of them, `~` takes the next sign as it is."""
    parts = re.findall(r"~[~*?]|.", words, re.S)
    signs = {"*": ".*", "?": "."}
    return re.compile("".join(signs.get(p) or re.escape(p[-1]) for p in parts), re.I | re.S)


def special_sheet(definition: Definition, texts: Texts, name: str) -> str:
    """Return the name of a sheet that is no table's; the form may be called after what the register is about."""
    own = f"workbook.sheet.{name}_{definition.main_id}"
    return texts(own if own in texts else f"workbook.sheet.{name}")
