"""Cells in the file format: addresses, the patterns that find them in a sheet part, and how one is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from xml.sax.saxutils import escape, unescape

__all__ = [
    "MAX_COLUMNS",
    "MAX_ROWS",
    "Cached",
    "CellValue",
    "Formula",
    "address",
    "column_index",
    "column_letters",
    "date_serial",
    "escape_text",
    "guard_text",
    "parse_ref",
    "render_cell",
    "unescaped",
]

CELL = re.compile(rb"<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.S)
"""One cell: its attributes, and what it holds."""
ROW = re.compile(rb"<row\b([^>]*?)(?:/>|>(.*?)</row>)", re.S)
"""One row: its attributes, and its cells."""
CELL_ADDRESS = re.compile(rb'\br="([A-Z]+)(\d+)"')
ROW_NUMBER = re.compile(rb'\br="(\d+)"')
STYLE = re.compile(rb'\bs="(\d+)"')
FORMULA = re.compile(rb"<f\b[^>]*?(?:/>|>.*?</f>)", re.S)

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_UNFIT = re.compile(r"[\ufffe\uffff\ud800-\udfff]")
"""What no XML file can hold."""
_TYPE = re.compile(rb'\s+t="[^"]*"')
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True)
class Formula:
    """A formula in English form without the leading `=`, with the value it has now."""

    text: str
    value: str | int | float | date | None = None


@dataclass(frozen=True)
class Cached:
    """The value that the formula already in a cell has now; the formula itself stays.

    Where `formula` is given, a cell with another formula is left alone.
    """

    value: str | int | float | date | None
    formula: str | None = None


CellValue = str | int | float | bool | date | Formula | Cached | None
MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384
_REF = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})(?::\$?([A-Z]{1,3})\$?([1-9]\d{0,6}))?")


@lru_cache(maxsize=MAX_COLUMNS)
def column_letters(index: int) -> str:
    """Return the letters of a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@lru_cache(maxsize=MAX_COLUMNS)
def column_index(letters: str) -> int:
    """Return the column counted from 0 that letters stand for."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


def address(row: int, column: int) -> str:
    """Return the address of a cell; rows count from 1, columns from 0."""
    return f"{column_letters(column)}{row}"


def parse_ref(ref: str) -> tuple[int, int, int, int]:
    """Split a range such as `A4:CA208` into first row, first column, last row, last column (rows from 1).

    Raises `ValueError` for what is none, or lies outside any sheet.
    """
    match = _REF.fullmatch(ref)
    if match is None or max(int(match[2]), int(match[4] or 1)) > MAX_ROWS:
        raise ValueError(ref)
    first_column, first_row = column_index(match[1]), int(match[2])
    if match[3] is None:
        return first_row, first_column, first_row, first_column
    return first_row, first_column, int(match[4]), column_index(match[3])


def date_serial(day: date, date1904: bool = False) -> int | float:
    """Return the number that stands for a day in a workbook."""
    epoch = datetime(1904, 1, 1) if date1904 else datetime(1899, 12, 30)
    moment = day if isinstance(day, datetime) else datetime.combine(day, datetime.min.time())
    serial = (moment - epoch) / timedelta(days=1)
    if not date1904 and serial < 61:
        serial -= 1  # Excel counts a 29 February 1900 that never was.
    return int(serial) if serial == int(serial) else serial


def guard_text(text: str) -> str:
    """Return text as the format keeps it: control characters as `_x0007_`, what no XML can hold left out."""
    return _CONTROL.sub(lambda m: f"_x{ord(m[0]):04X}_", _ESCAPED.sub("_x005F_", _UNFIT.sub("", text)))


def escape_text(text: str) -> bytes:
    """Return text as it stands between XML tags."""
    return escape(guard_text(text)).encode()


def render_cell(ref: str, style: bytes | None, value: CellValue, date1904: bool = False) -> bytes:
    """Write one cell with the style index given; None makes an empty cell that keeps its style."""
    head = b'<c r="%s"%s' % (ref.encode(), b' s="%s"' % style if style else b"")
    if isinstance(value, Formula):
        formula = b"<f>%s</f>" % escape(value.text).encode()
        return head + _with_result(formula, value.value, date1904)
    if value is None or isinstance(value, Cached):
        return head + b"/>"
    if isinstance(value, bool):
        return head + b' t="b"><v>%d</v></c>' % value
    if isinstance(value, date):
        return head + b"><v>%s</v></c>" % repr(date_serial(value, date1904)).encode()
    if isinstance(value, int | float):
        return head + b"><v>%s</v></c>" % repr(value).encode()
    return head + b' t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>' % escape_text(value)


def recache(cell: re.Match[bytes], formula: bytes, cached: Cached, date1904: bool = False) -> bytes:
    """Return a formula cell (`CELL`) with another cached value; its formula and all else that it carries stay."""
    if cached.formula is not None and not _is_same(_formula_text(formula), cached.formula.removeprefix("=")):
        return cell[0]
    return b"<c" + _TYPE.sub(b"", cell[1]) + _with_result(formula, cached.value, date1904)


def unescaped(formula: bytes) -> str:
    """Return what a formula says between its tags."""
    return unescape(formula.decode(), {"&quot;": '"', "&apos;": "'"})


@lru_cache(maxsize=4096)
def _formula_text(formula: bytes) -> str:
    return unescaped(re.sub(rb"<[^>]*>", b"", formula))


@lru_cache(maxsize=4096)
def _is_same(formula: str, other: str) -> bool:
    return formula == other or _plain(formula) == _plain(other)


def _plain(formula: str) -> str:
    """Return a formula without what programs write differently: spaces, quotes round sheet names, prefixes."""
    return re.sub(r"\s|'|_xlfn\.", "", formula).casefold()


def _with_result(formula: bytes, value: str | int | float | date | None, date1904: bool) -> bytes:
    if value is None or isinstance(value, str):
        return b' t="str">%s<v>%s</v></c>' % (formula, escape_text(value or ""))
    number = date_serial(value, date1904) if isinstance(value, date) else value
    return b">%s<v>%s</v></c>" % (formula, repr(number).encode())
