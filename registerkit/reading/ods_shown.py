"""What cells of an `.ods` file show and python-calamine does not tell: errors, and numbers in a format."""

from __future__ import annotations

import re
import zipfile
from html import unescape
from pathlib import Path
from typing import NamedTuple

__all__ = ["OdsShown", "ods_shown"]

_TAG = re.compile(rb"<table:(table-row|table-cell|covered-table-cell|table)(?=[\s/>])([^<>]*)>")
_TIMES = re.compile(rb'\btable:number-(?:rows|columns)-repeated="(\d{1,7})"')
_ERROR = b'calcext:value-type="error"'
_MOST_ALIKE = 1000
"""So many cells that are said to repeat one another are looked at."""
_NUMBER = re.compile(rb'\boffice:value-type="(?:float|percentage|currency)"')
_NUMBER_STYLE = re.compile(rb"<number:(?:number|percentage|currency)-style\b")
_TEXT = re.compile(rb"\s*<text:p(?:\s[^<>]*)?(?<!/)>((?:[^<]|<(?!/text:p))*)</text:p>")
_INSIDE = re.compile(r"<text:s\b[^<>]*>|<[^<>]*>")

Shown = dict[int, dict[int, dict[int, str]]]


class OdsShown(NamedTuple):
    """What cells show, by sheet, row and column, all from 0."""

    errors: Shown
    numbers: Shown


def ods_shown(path: Path) -> OdsShown:
    """Return what the cells with an error show, and those with a number where formats for numbers are used."""
    with zipfile.ZipFile(path) as archive:
        xml = archive.read("content.xml")
    found = OdsShown({}, {})
    has_formats = _NUMBER_STYLE.search(xml) is not None
    if _ERROR not in xml and not has_formats:
        return found
    sheet, next_row, column, rows = -1, 0, 0, range(0)
    for tag in _TAG.finditer(xml):
        times = _TIMES.search(tag[2])
        repeated = int(times[1]) if times else 1
        if tag[1] == b"table":
            sheet, next_row = sheet + 1, 0
        elif tag[1] == b"table-row":
            rows, next_row, column = range(next_row, next_row + repeated), next_row + repeated, 0
        else:
            into = _into(found, tag[2], has_formats=has_formats)
            if into is not None and repeated <= _MOST_ALIKE and (text := _TEXT.match(xml, tag.end())):
                shown = unescape(_INSIDE.sub(_inside, text[1].decode(errors="replace")))
                for n in rows[: _MOST_ALIKE // max(1, repeated)]:
                    into.setdefault(sheet, {}).setdefault(n, {}).update(
                        dict.fromkeys(range(column, column + repeated), shown)
                    )
            column += repeated
    return found


def _into(found: OdsShown, tag: bytes, *, has_formats: bool) -> Shown | None:
    if _ERROR in tag:
        return found.errors
    return found.numbers if has_formats and _NUMBER.search(tag) else None


def _inside(tag: re.Match[str]) -> str:
    return " " if tag[0].startswith("<text:s") else ""
