"""The formulas of live columns as names: each means the row that it is used in, such as `=rij_signaal`.

The text of a formula then stands in the file once instead of in every row, which for a register is three quarters of
its sheet. A name refers to cells of its own row by row 1 without a dollar sign: from the first cell of a sheet, by
which names are written, that is "the same row".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import count

from registerkit.definition import Table
from registerkit.ooxml import column_letters
from registerkit.texts import load_texts
from registerkit.workbook.references import quote_sheet, table_name

__all__ = ["refers_to", "row_names", "same_formula"]

_NOT_IN_NAMES = re.compile(r"\W+")
_LITERAL = re.compile(r'("(?:[^"]|"")*")')
_FREE = re.compile(r"[\s'$]")


def row_names(table: Table, language: str, *, is_main: bool) -> dict[str, str]:
    """Return the name of each live field's formula, by field id; those of the main table do without its name."""
    prefix = load_texts(language)("workbook.row_name")
    begin = prefix if is_main else f"{prefix}_{table_name(table, language)}"
    names: dict[str, str] = {}
    for field in table.fields:
        if field.live:
            name = f"{begin}_{_NOT_IN_NAMES.sub('_', field.labels[language].lower()).strip('_')}"
            taken = {other.lower() for other in names.values()}
            further = (f"{name}_{n}" for n in count(2))
            names[field.id] = name if name.lower() not in taken else next(n for n in further if n.lower() not in taken)
    return names


def refers_to(formula: str, table: Table, language: str, sheet: str, columns: Mapping[str, int]) -> str | None:
    """Return what a name stands for whose formula speaks of its own row; `columns` says where each field is on a sheet.

    None when it speaks of a field that is not there.
    """
    missing = False
    at = {field.labels[language]: columns[field.id] for field in table.fields if field.id in columns}

    def cell(match: re.Match[str]) -> str:
        nonlocal missing
        missing = missing or match[1] not in at
        return f"{quote_sheet(sheet)}!${column_letters(at.get(match[1], 0))}1"

    own = re.compile(re.escape(table_name(table, language)) + r"\[\[#This Row\],\[([^\]]*)\]\]")
    text = own.sub(cell, formula)
    return None if missing else text


def same_formula(one: str, other: str) -> bool:
    """Tell whether two formulas are the same but for how a program writes them: blanks, dollar signs and quotes."""
    return _plain(one) == _plain(other)


def _plain(formula: str) -> str:
    parts = _LITERAL.split(formula)
    return "".join(part if n % 2 else _FREE.sub("", part).upper() for n, part in enumerate(parts))
