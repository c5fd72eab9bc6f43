"""Takes texts out of an Access file that no row shows any more: emptying a long text leaves it on its old pages.

Access and Jackcess keep long texts in rows of pages that are marked LVAL, in parts that point at each other, and write
a new value on other pages. Files of Access 2000 and later have pages of 4,096 bytes; see mdbtools, HACKING.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

__all__ = ["forget_leftovers"]

_PAGE = 4096
_DATA, _OWNER, _LONG = 0x01, slice(4, 8), b"LVAL"
"""The kind of a page with rows, where it says whose they are, and what stands there for long texts."""
_COUNT, _FIRST = 12, 14
"""Where a page says how many rows it has, and where each of them begins; the last one stands in front."""
_PLACE = 0x1FFF
_SHORTEST = 8
_BEFORE = (0, 2, 4, 6)
"""So many bytes may stand before the text: where its next part is (4), and that its letters take one byte each (2)."""


def forget_leftovers(path: Path, gone: Iterable[str], live: Iterable[str]) -> int:
    """Write zeros over the parts of long texts that are gone; gives how many there were.

    A part that also stands in a text that is `live` stays: it may be that one's. Nobody else may have the file open.
    """
    lost, kept = _packed(gone), _packed(live)
    found = 0
    with path.open("r+b") as file:
        while len(page := bytearray(file.read(_PAGE))) == _PAGE:
            places = [place for place in _parts(page) if _is_gone(bytes(page[place]), lost, kept)]
            for place in places:
                page[place] = bytes(place.stop - place.start)
            if places:
                file.seek(-_PAGE, 1)
                file.write(page)
            found += len(places)
    return found


def _packed(texts: Iterable[str]) -> tuple[bytes, ...]:
    """Return texts in both ways in which a file can hold them, each joined into one."""
    joined = "\ufffd".join(texts)
    return joined.encode("utf-16-le", "surrogatepass"), joined.encode("latin-1", "replace")


def _parts(page: bytearray) -> Iterator[slice]:
    """Return where the rows of a page lie that holds long texts; none of any other page."""
    if page[0] != _DATA or bytes(page[_OWNER]) != _LONG:
        return
    end, count = _PAGE, int.from_bytes(page[_COUNT : _COUNT + 2], "little")
    for n in range(min(count, (_PAGE - _FIRST) // 2)):
        at = _FIRST + 2 * n
        begin = int.from_bytes(page[at : at + 2], "little") & _PLACE
        if not _FIRST + 2 * count <= begin <= end:
            return
        yield slice(begin, end)
        end = begin


def _is_gone(part: bytes, lost: tuple[bytes, ...], kept: tuple[bytes, ...]) -> bool:
    for before in _BEFORE:
        text = part[before:]
        if len(text) >= _SHORTEST and any(text in each for each in lost):
            return not any(text in each for each in kept)
    return False
