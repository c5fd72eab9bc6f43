"""What python-calamine keeps not of `.xls` and `.xlsb` files: the number formats of the cells, and their names.

Only what leads to a format is read; whatever is not as expected ends in an error that the caller takes for "none".
"""

from __future__ import annotations

import posixpath
import re
import struct
import zipfile
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path

from registerkit.reading.shown import BUILT_IN_FORMATS, is_plain

__all__ = ["CellFormats", "xls_formats", "xls_names", "xlsb_formats"]

CellFormats = dict[str, dict[int, dict[int, str]]]
"""Formats by sheet, row and column, both from 0."""

# ------------------------------------------------------------------------------------------------------------- .xls
_FREE = 0xFFFFFFF0
"""From here a number of a sector says that there is none."""
_BOF, _EOF, _SHEET, _FORMAT, _XF = 0x0809, 0x000A, 0x0085, 0x041E, 0x00E0
_NUMBER, _RK, _MULTI_RK, _FORMULA, _SHARED_TEXT, _TEXT_CELL = 0x0203, 0x027E, 0x00BD, 0x0006, 0x00FD, 0x0204

_LINKS, _NAME = 0x0017, 0x0018
_POINTS_AT_CELL = frozenset({0x3A, 0x5A, 0x7A})
_POINTS = _POINTS_AT_CELL | {0x3B, 0x5B, 0x7B}
"""How what a name stands for begins when that is a cell, or an area, of a sheet."""


def xls_formats(path: Path) -> CellFormats:
    """Return the formats of the cells of an `.xls` file."""
    book = _stream(path.read_bytes())
    codes, styles, starts, is_wide = dict(BUILT_IN_FORMATS), list[int](), dict[str, int](), True
    for kind, content in _records(book, 0):
        if kind == _BOF:
            is_wide = struct.unpack_from("<H", content)[0] >= 0x0600
        elif kind == _FORMAT:
            codes[struct.unpack_from("<H", content)[0]] = _text(content, 2, 2 if is_wide else 1, is_wide=is_wide)
        elif kind == _XF:
            styles.append(struct.unpack_from("<H", content, 2)[0])
        elif kind == _SHEET:
            starts[_text(content, 6, 1, is_wide=is_wide)] = struct.unpack_from("<I", content)[0]
    telling = {n: codes[f] for n, f in enumerate(styles) if not is_plain(codes.get(f, ""))}
    return {name: _of_sheet(book, start, telling) for name, start in starts.items()} if telling else {}


def xls_names(path: Path) -> dict[str, tuple[str, int, int]]:
    """Return the named cells of an `.xls` file: sheet, row from 1 and column from 0; areas by their first cell."""
    book = _stream(path.read_bytes())
    sheets, links, named = list[str](), list[int](), list[tuple[str, int, int, int]]()
    for kind, content in _records(book, 0):
        if kind == _SHEET:
            sheets.append(_text(content, 6, 1, is_wide=True))
        elif kind == _LINKS:
            count = struct.unpack_from("<H", content)[0]
            links += [struct.unpack_from("<HHH", content, 2 + 6 * n)[1] for n in range(count)]
        elif kind == _NAME and (place := _named(content)):
            named.append(place)
    return {
        name: (sheets[links[link]], row + 1, column)
        for name, link, row, column in named
        if link < len(links) and links[link] < len(sheets)
    }


def _named(content: bytes) -> tuple[str, int, int, int] | None:
    """Return the name, the link to its sheet, the row and the column of one that points at cells."""
    length, size = content[3], struct.unpack_from("<H", content, 4)[0]
    is_double = content[14] & 1
    end = 15 + length * (1 + is_double)
    name = content[15:end].decode("utf-16-le" if is_double else "latin-1", "replace")
    if size < 7 or content[end] not in _POINTS:
        return None
    link, row = struct.unpack_from("<HH", content, end + 1)
    column = struct.unpack_from("<H", content, end + (5 if content[end] in _POINTS_AT_CELL else 7))[0]
    return name, link, row, column & 0xFF


def _of_sheet(book: bytes, start: int, telling: Mapping[int, str]) -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = {}
    for kind, content in _records(book, start):
        if kind not in (_NUMBER, _RK, _MULTI_RK, _FORMULA, _SHARED_TEXT, _TEXT_CELL):
            continue
        row, column = struct.unpack_from("<HH", content)
        places = range(4, len(content) - 2, 6) if kind == _MULTI_RK else (4,)
        for n, at in enumerate(places):
            if code := telling.get(struct.unpack_from("<H", content, at)[0]):
                found.setdefault(row, {})[column + n] = code
    return found


def _records(book: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Return the records from a place up to the end of what begins there."""
    while at + 4 <= len(book):
        kind, size = struct.unpack_from("<HH", book, at)
        if kind == _EOF:
            return
        yield kind, book[at + 4 : at + 4 + size]
        at += 4 + size


def _text(content: bytes, at: int, width: int, *, is_wide: bool) -> str:
    """Return a text with its length, in one or two bytes, before it."""
    length = int.from_bytes(content[at : at + width], "little")
    at += width
    if not is_wide:
        return content[at : at + length].decode("cp1252", "replace")
    is_double = content[at] & 1
    return content[at + 1 : at + 1 + length * (1 + is_double)].decode(
        "utf-16-le" if is_double else "latin-1", "replace"
    )


def _stream(data: bytes) -> bytes:
    """Return the workbook within the container of old Office files: a small file system of sectors."""
    size, small = 1 << struct.unpack_from("<H", data, 30)[0], 1 << struct.unpack_from("<H", data, 32)[0]
    first, cutoff, mini, next_table = (struct.unpack_from("<I", data, at)[0] for at in (48, 56, 60, 68))
    tables = list(struct.unpack_from("<109I", data, 76))
    met = set[int]()
    while next_table < _FREE and next_table not in met:
        met.add(next_table)
        *more, next_table = struct.unpack_from(f"<{size // 4}I", data, (next_table + 1) * size)
        tables += more
    chain = b"".join(data[(n + 1) * size : (n + 2) * size] for n in tables if n < _FREE)
    follows = struct.unpack(f"<{len(chain) // 4}I", chain[: len(chain) // 4 * 4])
    folder = b"".join(data[(n + 1) * size : (n + 2) * size] for n in _chain(first, follows))
    entries = [folder[at : at + 128] for at in range(0, len(folder) - 127, 128)]
    named = {e[: max(0, struct.unpack_from("<H", e, 64)[0] - 2)].decode("utf-16-le", "replace"): e for e in entries}
    entry = named.get("Workbook") or named["Book"]
    start, length = struct.unpack_from("<II", entry, 116)
    if length >= cutoff:
        return b"".join(data[(n + 1) * size : (n + 2) * size] for n in _chain(start, follows))[:length]
    root = struct.unpack_from("<I", entries[0], 116)[0]
    store = b"".join(data[(n + 1) * size : (n + 2) * size] for n in _chain(root, follows))
    short = b"".join(data[(n + 1) * size : (n + 2) * size] for n in _chain(mini, follows))
    small_follows = struct.unpack(f"<{len(short) // 4}I", short)
    return b"".join(store[n * small : (n + 1) * small] for n in _chain(start, small_follows))[:length]


def _chain(sector: int, follows: tuple[int, ...]) -> Iterator[int]:
    left = len(follows)
    while sector < len(follows) and left:
        yield sector
        sector, left = follows[sector], left - 1


# ------------------------------------------------------------------------------------------------------------ .xlsb
_B_ROW, _B_CELLS, _B_FORMAT, _B_STYLE, _B_STYLES, _B_STYLES_END, _B_SHEET = 0, (2, 5, 6, 7, 8, 9), 44, 47, 617, 618, 156
_RELATION = re.compile(r"<Relationship\b[^<>]*>")


def xlsb_formats(path: Path) -> CellFormats:
    """Return the formats of the cells of an `.xlsb` file."""
    with zipfile.ZipFile(path) as archive:
        parts = _relations(archive.read("xl/_rels/workbook.bin.rels").decode("utf-8", "replace"))
        styles = next((part for kind, part in parts.values() if kind == "styles"), None)
        telling = _telling(archive.read(styles)) if styles else {}
        if not telling:
            return {}
        found = {}
        for kind, content in _pieces(archive.read("xl/workbook.bin")):
            if kind == _B_SHEET:
                relation, at = _wide(content, 8)
                found[_wide(content, at)[0]] = _of_part(archive.read(parts[relation][1]), telling)
        return found


def _relations(xml: str) -> dict[str, tuple[str, str]]:
    found = {}
    for tag in _RELATION.findall(xml):
        told = dict(re.findall(r'\b(Id|Type|Target)="([^"]*)"', tag))
        target = unescape(told["Target"])
        part = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
        found[told["Id"]] = (told["Type"].rsplit("/", 1)[-1], part)
    return found


def _telling(styles: bytes) -> dict[int, str]:
    codes, numbers, is_inside = dict(BUILT_IN_FORMATS), list[int](), False
    for kind, content in _pieces(styles):
        if kind == _B_FORMAT:
            codes[struct.unpack_from("<H", content)[0]] = _wide(content, 2)[0]
        elif kind in (_B_STYLES, _B_STYLES_END):
            is_inside = kind == _B_STYLES
        elif kind == _B_STYLE and is_inside:
            numbers.append(struct.unpack_from("<H", content, 2)[0])
    return {n: codes[f] for n, f in enumerate(numbers) if not is_plain(codes.get(f, ""))}


def _of_part(sheet: bytes, telling: Mapping[int, str]) -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = {}
    row = 0
    for kind, content in _pieces(sheet):
        if kind == _B_ROW:
            row = struct.unpack_from("<I", content)[0]
        elif kind in _B_CELLS:
            column, style = struct.unpack_from("<II", content)
            if code := telling.get(style & 0xFFFFFF):
                found.setdefault(row, {})[column] = code
    return found


def _pieces(part: bytes) -> Iterator[tuple[int, bytes]]:
    """Return the records of a part: kind and size are in bytes of seven bits."""
    at = 0
    while at < len(part):
        kind, at = part[at], at + 1
        if kind & 0x80:
            kind, at = kind & 0x7F | (part[at] & 0x7F) << 7, at + 1
        size = shift = 0
        while True:
            size, more, at, shift = size | (part[at] & 0x7F) << shift, part[at] & 0x80, at + 1, shift + 7
            if not more or shift > 21:
                break
        yield kind, part[at : at + size]
        at += size


def _wide(content: bytes, at: int) -> tuple[str, int]:
    length = struct.unpack_from("<I", content, at)[0]
    end = at + 4 + 2 * length
    return content[at + 4 : end].decode("utf-16-le", "replace"), end
