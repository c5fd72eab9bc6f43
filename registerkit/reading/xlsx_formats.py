"""Which number cells of an `.xlsx` file show something else than their number; python-calamine keeps no formats."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from html import unescape
from typing import Any

from registerkit.definition import Field
from registerkit.ooxml import Package, address, whole_rows
from registerkit.reading.shown import BUILT_IN_FORMATS, as_shown, is_plain

__all__ = ["cell_styles", "in_doubt", "number_formats", "with_shown"]

_FORMAT = re.compile(rb"<numFmt\b[^<>]*>")
_CELL_STYLES = re.compile(rb"<cellXfs\b.*?</cellXfs>", re.DOTALL)
_STYLE = re.compile(rb"<xf\b[^<>]*>")
_ID, _CODE = re.compile(rb'\bnumFmtId="(\d+)"'), re.compile(rb'\bformatCode="([^"]*)"')
_AS_NUMBER = frozenset({"date", "yesno"})
_SHARES = frozenset({"money", "integer"})
_LARGEST_SHARE = 10
"""A number of percents below this is one thousand percent at most."""


def cell_styles(styles: bytes) -> list[bytes]:
    """Return the tags of the cell styles of a workbook, in the order of their numbers."""
    cells = _CELL_STYLES.search(styles)
    return _STYLE.findall(cells[0]) if cells else []


def number_formats(xml: bytes) -> Mapping[int, str]:
    """Return the formats of the cell styles, by the style's number, but for those that show no more than the number."""
    codes = dict(BUILT_IN_FORMATS)
    for tag in _FORMAT.findall(xml):
        if (number := _ID.search(tag)) and (code := _CODE.search(tag)):
            codes[int(number[1])] = unescape(code[1].decode(errors="replace"))
    numbers = (_ID.search(tag) for tag in cell_styles(xml))
    found = {n: codes.get(int(number[1]), "") for n, number in enumerate(numbers) if number}
    return {n: code for n, code in found.items() if not is_plain(code)}


def in_doubt(field: Field, cell: Any, *, with_texts: bool = False, with_money: bool = False) -> bool:
    """Tell whether it matters to a field how a cell shows its number; or its text, or of an amount the currency, where
    there are formats for that."""
    if with_texts and isinstance(cell, str):
        return cell != "" and field.kind not in (*_AS_NUMBER, *_SHARES)
    if not isinstance(cell, float) or field.kind in _AS_NUMBER:
        return False
    if with_money and field.kind == "money":
        return True
    return field.kind not in _SHARES or (abs(cell) < _LARGEST_SHARE and not cell.is_integer())


def cells_in_doubt(
    fields: Mapping[int, Field],
    rows: Iterable[tuple[int, Sequence[Any]]],
    *,
    with_texts: bool = False,
    with_money: bool = False,
) -> set[tuple[int, int]]:
    """Return the cells of which it matters how they show what they hold; `fields` are those of the columns."""
    columns = [c for c, field in fields.items() if with_texts or field.kind not in _AS_NUMBER]
    return {
        (n, c)
        for n, cells in rows
        if with_texts or float in map(type, cells)  # Most rows of a register hold no number at all.
        for c in columns
        if c < len(cells) and in_doubt(fields[c], cells[c], with_texts=with_texts, with_money=with_money)
    }


def with_shown(
    package: Package, part: str, formats: Mapping[int, str], rows: Iterable[tuple[int, Sequence[Any]]],
    wanted: Collection[tuple[int, int]],
) -> list[tuple[int, Sequence[Any]]]:  # fmt: skip
    """Return the rows of a sheet part with what the wanted cells show; rows count from 1, columns from 0."""
    if not wanted or not formats:
        return list(rows)
    found = _styles(package, part, formats, {address(*cell): cell for cell in wanted})
    of_row: dict[int, dict[int, str]] = {}
    for (row, column), style in found.items():
        of_row.setdefault(row, {})[column] = formats[style]
    return [(n, _shown_row(cells, of_row[n])) if n in of_row else (n, cells) for n, cells in rows]


def _shown_row(cells: Sequence[Any], codes: Mapping[int, str]) -> list[Any]:
    return [
        as_shown(cell, codes[n]) if n in codes and isinstance(cell, float | str) else cell
        for n, cell in enumerate(cells)
    ]


def _styles(
    package: Package, part: str, formats: Mapping[int, str], wanted: Mapping[str, tuple[int, int]]
) -> dict[tuple[int, int], int]:
    """Return the styles of the wanted cells that have one of the formats."""
    numbers = "|".join(map(str, formats)).encode()
    cell = re.compile(rb'<c\b(?=[^<>]{0,200}?\bs="(%b)")[^<>]{0,200}?\br="([A-Z]{1,3}\d{1,7})"' % numbers)
    found = {}
    for rows in whole_rows(package.blocks(part)):
        for match in cell.finditer(rows):
            if (ref := match[2].decode()) in wanted:
                found[wanted[ref]] = int(match[1])
    return found
