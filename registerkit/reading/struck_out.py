"""Which cells of an `.xlsx` are struck out, whole or in part; python-calamine reads their text like any other."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

from registerkit.ooxml import Package, column_index, whole_rows
from registerkit.reading.xlsx_formats import cell_styles

__all__ = ["Strikes", "strikes_of", "struck_cells"]

_FONTS = re.compile(rb"<fonts\b.*?</fonts>", re.DOTALL)
_FONT = re.compile(rb"<font\b[^<>]*/>|<font\b.*?</font>", re.DOTALL)
_FONT_ID = re.compile(rb'\bfontId="(\d+)"')
_STRIKE = re.compile(rb'<strike\b(?![^<>]*\bval="(?:0|false)")')
_STRING = re.compile(rb"<si\b[^<>]*/>|<si\b.*?</si>", re.DOTALL)
_CELL = re.compile(rb'<c\b([^<>]{0,200}?)\br="([A-Z]{1,3})(\d{1,7})"([^<>]{0,200})>(?:\s*<v>(\d{1,10})<)?')
_CELL_STYLE, _SHARED = re.compile(rb'\bs="(\d+)"'), re.compile(rb'\bt="s"')


class Strikes(NamedTuple):
    """What a workbook strikes out: styles of cells, and texts of which a part is struck out, by their numbers."""

    styles: frozenset[bytes]
    texts: frozenset[bytes]


def strikes_of(styles: bytes, texts: bytes) -> Strikes:
    """Return what a workbook strikes out, of the parts with its styles and its texts; mostly nothing."""
    return Strikes(_styles(styles), _texts(texts))


def _styles(xml: bytes) -> frozenset[bytes]:
    fonts = _FONTS.search(xml)
    struck = {b"%d" % n for n, font in enumerate(_FONT.findall(fonts[0])) if _STRIKE.search(font)} if fonts else ()
    used = (_FONT_ID.search(tag) for tag in cell_styles(xml) if struck)
    return frozenset(b"%d" % n for n, font in enumerate(used) if font and font[1] in struck)


def _texts(xml: bytes) -> frozenset[bytes]:
    if not _STRIKE.search(xml):
        return frozenset()
    return frozenset(b"%d" % n for n, text in enumerate(_STRING.findall(xml)) if _STRIKE.search(text))


def struck_cells(package: Package, part: str, strikes: Strikes, columns: Collection[int]) -> frozenset[tuple[int, int]]:
    """Return the cells of some columns that are struck out, filled or not; rows count from 1, columns from 0."""
    if not any(strikes):
        return frozenset()
    found = set()
    for rows in whole_rows(package.blocks(part)):
        for match in _CELL.finditer(rows):
            attributes = match[1] + match[4]
            style = _CELL_STYLE.search(attributes)
            is_struck = (style and style[1] in strikes.styles) or (
                match[5] in strikes.texts and _SHARED.search(attributes)
            )
            if is_struck and (column := column_index(match[2].decode())) in columns:
                found.add((int(match[3]), column))
    return frozenset(found)
