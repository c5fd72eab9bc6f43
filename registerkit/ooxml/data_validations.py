"""Lists to choose from in a sheet part: where they stand, and putting one back over a column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape, unescape

from registerkit.ooxml.cells import MAX_COLUMNS, MAX_ROWS, address, parse_ref

__all__ = ["Dropdown", "find_dropdowns", "is_covered", "is_shared", "put_back"]

_RULE = re.compile(rb"<dataValidation\b((?:[^<>\"]|\"[^\"]*\")*?)(?:/>|>(.*?)</dataValidation>)", re.S)
_RULES = re.compile(rb"<dataValidations\b[^<>]*?(?:/>|>(.*?)</dataValidations>)", re.S)
_SOURCE = re.compile(rb"<formula1>(.*?)</formula1>", re.S)
_SQREF = re.compile(rb'\bsqref="([^"]*)"')
_BEHIND = re.compile(
    rb"<(?:hyperlinks|printOptions|pageMargins|pageSetup|headerFooter|rowBreaks|colBreaks|customProperties|cellWatches"
    rb"|ignoredErrors|smartTags|drawing|legacyDrawing|legacyDrawingHF|drawingHF|picture|oleObjects|controls"
    rb"|webPublishItems|tableParts|extLst)\b|</worksheet>"
)
"""What may stand behind the validations in a sheet part, the first of which they go before."""
_QUOTES = {'"': "&quot;", "\n": "&#10;"}

_Area = tuple[int, int, int, int]
"""First row, first column, last row, last column; rows count from 1, columns from 0."""
_WHOLE_SHEET: _Area = (1, 0, MAX_ROWS, MAX_COLUMNS - 1)


@dataclass(frozen=True)
class Dropdown:
    """A list to choose from; `source` is a formula without `=`, as it reads in the first cell it is for."""

    source: str
    error_title: str
    error: str
    prompt_title: str = ""
    prompt: str = ""
    allow_blank: bool = True
    warns_only: bool = False
    """Another value is taken after a question."""


def find_dropdowns(xml: bytes) -> tuple[tuple[str, str], ...]:
    """Return the validations of a sheet part: the source of a list, empty for any other, and the cells it is for."""
    if b"</dataValidations>" not in xml:
        return ()
    rules = _RULES.search(xml, max(xml.rfind(b"</sheetData>"), 0))
    return tuple(_dropdowns(rules[1] or b"")) if rules else ()


def _dropdowns(rules: bytes) -> Iterator[tuple[str, str]]:
    # In pieces, for a pattern over rules that never end would start again at each of them.
    for rule in rules.split(b"<dataValidation")[1:]:
        head, _, inside = rule.partition(b">")
        source, sqref = _SOURCE.search(inside), _SQREF.search(head)
        listed = unescape(source[1].decode(errors="replace"), {"&quot;": '"', "&apos;": "'"}) if source else ""
        if sqref:
            yield listed if b'type="list"' in head else "", sqref[1].decode(errors="replace")


def is_shared(sqrefs: Iterable[str], column: int) -> bool:
    """Tell whether a range holds for a column and others too; its rule cannot be taken off that column alone."""
    return any(a[1] <= column <= a[3] and a[1] != a[3] for sqref in sqrefs for a in _areas(sqref))


def is_covered(sqrefs: Iterable[str], column: int, first: int, last: int) -> bool:
    """Tell whether ranges together hold all cells of a column from the first to the last row."""
    spans = sorted((a[0], a[2]) for sqref in sqrefs for a in _areas(sqref) if a[1] <= column <= a[3])
    row = first
    for top, bottom in spans:
        if top <= row:
            row = max(row, bottom + 1)
    return row > last


def put_back(xml: bytes, column: int, first: int, last: int, dropdown: Dropdown) -> bytes:
    """Return the sheet part with the list over a column's cells, in the place of what held for them.

    Raises `ValueError` when a rule holds for other columns too (`is_shared`).
    """
    start = max(xml.rfind(b"</sheetData>"), 0)
    rules = _RULES.search(xml, start)
    kept: list[bytes] = []
    for rule in _RULE.finditer(rules[1] or b"") if rules else ():
        rest = _without(rule, column, first, last)
        kept += [rest] if rest else []
    made = [*kept, _render(f"{address(first, column)}:{address(last, column)}", dropdown)]
    whole = b'<dataValidations count="%d">%s</dataValidations>' % (len(made), b"".join(made))
    if rules:
        return xml[: rules.start()] + whole + xml[rules.end() :]
    behind = _BEHIND.search(xml, start)
    at = behind.start() if behind else len(xml)
    return xml[:at] + whole + xml[at:]


def _areas(sqref: str) -> list[_Area]:
    return [_area(ref) for ref in sqref.split()]


def _area(ref: str) -> _Area:
    """Return what a range covers; one that cannot be read may be for any cell, and is left alone as such."""
    try:
        return parse_ref(ref)
    except ValueError:
        return _WHOLE_SHEET


def _without(rule: re.Match[bytes], column: int, first: int, last: int) -> bytes:
    """Return a rule without the cells of a column; empty when nothing is left."""
    sqref = _SQREF.search(rule[1])
    areas = _areas(sqref[1].decode()) if sqref else []
    mine = [a for a in areas if a[1] <= column <= a[3] and a[0] <= last and a[2] >= first]
    if not mine:
        return rule[0]
    if any(a[1] != a[3] for a in mine):
        raise ValueError(sqref)
    rest = [a for a in areas if a not in mine]
    for top, left, bottom, right in mine:
        rest += [(top, left, first - 1, right)] if top < first else []
        rest += [(last + 1, left, bottom, right)] if bottom > last else []
    if not rest:
        return b""
    told = " ".join(f"{address(top, left)}:{address(bottom, right)}" for top, left, bottom, right in rest)
    return _SQREF.sub(b'sqref="%s"' % told.encode(), rule[0], count=1)


def _render(sqref: str, dropdown: Dropdown) -> bytes:
    attributes = {
        "type": "list",
        "errorStyle": "warning" if dropdown.warns_only else None,
        "allowBlank": "1" if dropdown.allow_blank else None,
        "showInputMessage": "1" if dropdown.prompt else None,
        "showErrorMessage": "1",
        "errorTitle": dropdown.error_title or None,
        "error": dropdown.error or None,
        "promptTitle": dropdown.prompt_title or None,
        "prompt": dropdown.prompt or None,
        "sqref": sqref,
    }
    told = "".join(f' {name}="{escape(value, _QUOTES)}"' for name, value in attributes.items() if value)
    return f"<dataValidation{told}><formula1>{escape(dropdown.source)}</formula1></dataValidation>".encode()
