"""What people see in the columns of a database: formats, rich text, links, and words that stand for a number."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from registerkit.database.read_table import ReadColumn, ReadTable
from registerkit.reading.rich_text import plain_of
from registerkit.reading.shown import as_shown

__all__ = ["shown_rows", "shown_text"]

_NAMED = {
    "general number": "", "standaardgetal": "", "currency": "\u20ac #,##0.00", "valuta": "\u20ac #,##0.00",
    "euro": "\u20ac #,##0.00", "fixed": "0.00", "standard": "#,##0.00", "percent": "0.00%", "scientific": "",
}  # fmt: skip
"""The formats of Access that have a name."""
_TEXT_PIECE = re.compile(r'"([^"]*)"|\\(.)|(.)', re.DOTALL)


def shown_rows(read: ReadTable, columns: Iterable[int]) -> list[tuple[int, list[Any]]]:
    """Return the rows of a table with what its cells show in some of the columns; a blank cell is an empty text."""
    rows = [(n, ["" if cell is None else cell for cell in cells]) for n, cells in read.rows]
    for at in columns:
        if show := _look(read.columns[at]):
            for _, cells in rows:
                cells[at] = show(cells[at])
    return rows


def _look(column: ReadColumn) -> Callable[[Any], Any] | None:
    """Return what makes of a cell what it shows; None for a column that shows what it holds."""
    if column.words:
        return lambda cell: column.words.get(cell, cell)
    if column.is_rich:
        return lambda cell: plain_of(cell) if isinstance(cell, str) else cell
    if column.is_link:
        return lambda cell: _link(cell) if isinstance(cell, str) else cell
    if column.number_format:
        code = _NAMED.get(column.number_format.strip().casefold(), column.number_format)
        return lambda cell: _formatted(cell, code)
    return None


def _link(text: str) -> str:
    """Return what a link shows; one to an address on the web or for mail stays whole, for a field may want either."""
    shown, _, rest = text.partition("#")
    address = rest.partition("#")[0]
    return text if re.match("(?i)mailto:|https?:|ftp:", address) else shown.strip() or address


def _formatted(cell: Any, code: str) -> Any:
    if type(cell) is float:
        return as_shown(cell, code)
    return shown_text(cell, code) if isinstance(cell, str) and cell else cell


def shown_text(text: str, code: str) -> str:
    """Return a text as a format for texts shows it: in capitals, in small letters, or with signs between."""
    section = code.partition(";")[0]
    pieces = [(quoted or single, other) for quoted, single, other in _TEXT_PIECE.findall(section)]
    signs = [other for _, other in pieces]
    shown = text.upper() if ">" in signs else text.lower() if "<" in signs else text
    places = sum(sign in ("@", "&") for sign in signs)
    if not places:
        return shown
    left = "!" in signs
    over = "" if left else shown[: max(0, len(shown) - places)]
    letters = list((shown.ljust if left else shown.rjust)(places)[-places:] if not left else shown.ljust(places))
    out = ""
    for literal, sign in pieces:
        if sign in ("@", "&") and letters:
            letter = letters.pop(0)
            out, over = out + over + ("" if sign == "&" and letter == " " else letter), ""
        elif sign not in ("@", "&", ">", "<", "!"):
            out += literal or sign
    return (out + "".join(letters)).strip()
