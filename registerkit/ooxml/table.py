"""The table part: an Excel table's name, range and columns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape, unescape

from registerkit.ooxml.cells import parse_ref

__all__ = ["SheetTable", "TableFilter", "parse_table", "with_column_formulas", "with_filter"]

_COLUMN = re.compile(rb'<tableColumn\b[^<>]*?\bname="([^"<]*)"')
_WHOLE_COLUMN = re.compile(rb"<tableColumn\b[^<>]*?(?:/>|>.*?</tableColumn>)", re.S)
_FORMULA = re.compile(rb"(<calculatedColumnFormula\b[^<>]*>)(.*?)(</calculatedColumnFormula>)", re.S)
_HEAD = re.compile(rb"<table\b[^<>]*>")
_QUOTE = chr(34)


@dataclass(frozen=True)
class SheetTable:
    """An Excel table; rows count from 1, columns from 0, `last_row` leaves a totals row out."""

    name: str
    part: str
    sheet: str
    sheet_part: str
    header_row: int
    first_column: int
    last_row: int
    last_column: int
    totals: bool
    columns: tuple[str, ...]
    formulas: tuple[str, ...] = ()
    """The formula of each column, empty where it has none."""


@dataclass(frozen=True)
class TableFilter:
    """What a table shows: the rows that say one of these in a column (from 0, of the table), and blank ones."""

    table: str
    column: int
    values: tuple[str, ...]


def with_filter(xml: bytes, wanted: TableFilter) -> bytes:
    """Return a table part with a saved filter; the rows that it keeps out of sight are hidden on the sheet."""
    shown = "".join(f'<filter val="{escape(value, {_QUOTE: "&quot;"})}"/>' for value in wanted.values)
    column = f'<filterColumn colId="{wanted.column}"><filters blank="1">{shown}</filters></filterColumn>'.encode()
    return re.sub(rb"(<autoFilter\b[^<>]*?)/>", lambda m: m[1] + b">" + column + b"</autoFilter>", xml, count=1)


def parse_table(xml: bytes, part: str, sheet: str, sheet_part: str) -> SheetTable | None:
    """Read a table part; None without a header row, for then nothing tells what its columns are, or a range."""
    head = _HEAD.search(xml)
    if head is None or re.search(rb'\bheaderRowCount="0"', head[0]):
        return None
    name = re.search(rb'\bdisplayName="([^"]*)"', head[0])
    ref = re.search(rb'\bref="([^"]*)"', head[0])
    if name is None or ref is None:
        return None
    try:
        first_row, first_column, last_row, last_column = parse_ref(ref[1].decode(errors="replace"))
    except ValueError:
        return None
    totals = bool(re.search(rb'\btotalsRowCount="1"', head[0]))
    return SheetTable(
        name=unescape(name[1].decode(errors="replace")),
        part=part,
        sheet=sheet,
        sheet_part=sheet_part,
        header_row=first_row,
        first_column=first_column,
        last_row=last_row - totals,
        last_column=last_column,
        totals=totals,
        columns=tuple(_column_name(column) for column in _COLUMN.findall(xml)),
        formulas=tuple(_formula(match[0]) for match in _WHOLE_COLUMN.finditer(xml)),
    )


def with_column_formulas(xml: bytes, formulas: Mapping[str, str]) -> bytes:
    """Return a table part with other formulas in the columns that have one, by header."""

    def renewed(match: re.Match[bytes]) -> bytes:
        name = _COLUMN.search(match[0])
        text = formulas.get(_column_name(name[1])) if name else None
        if text is None:
            return match[0]
        return _FORMULA.sub(lambda found: found[1] + escape(text).encode() + found[3], match[0], count=1)

    return _WHOLE_COLUMN.sub(renewed, xml)


def _formula(column: bytes) -> str:
    found = _FORMULA.search(column)
    return unescape(found[2].decode(errors="replace")) if found else ""


def _column_name(raw: bytes) -> str:
    text = unescape(raw.decode(errors="replace"), {"&quot;": '"', "&apos;": "'", "&#10;": "\n"})
    return text.replace("_x000a_", "\n").replace("_x000A_", "\n")
