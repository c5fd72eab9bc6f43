"""Edits cells and rows inside the bytes of one sheet part; whatever is not edited stays as it was, byte for byte."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from registerkit.ooxml.cells import (
    CELL,
    CELL_ADDRESS,
    FORMULA,
    ROW,
    ROW_NUMBER,
    STYLE,
    Cached,
    CellValue,
    Formula,
    address,
    column_index,
    recache,
    render_cell,
)

__all__ = ["CannotEditError", "append_rows", "edit_cells"]

_HELD = re.compile(rb"<v>|<f\b|<is>")
_HIDING = re.compile(rb'\s(?:hidden|collapsed)="[^"]*"')


class CannotEditError(Exception):
    """The sheet is written in a way that cannot be edited safely; `reason` names why."""

    def __init__(self, reason: str, cell: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.cell = cell


def edit_cells(
    xml: bytes, edits: Mapping[tuple[int, int], CellValue], date1904: bool = False, *, whatever: bool = False
) -> bytes:
    """Give the sheet part with cells set; keys are row (from 1) and column (from 0).

    Raises `CannotEditError` when the part is not plain spreadsheet XML, or when a value would replace a formula and
    not `whatever` stands there may go.
    """
    xml = _with_room(xml) if edits else xml
    start, end = _sheet_data(xml)
    whole = memoryview(xml)  # A sheet can be large, and most of it stays as it is.
    by_row: dict[int, dict[int, CellValue]] = {}
    for (row, column), value in edits.items():
        by_row.setdefault(row, {})[column] = value
    out: list[bytes | memoryview] = [whole[:start]]
    done = start
    for row in sorted(by_row):
        place = _find_row(xml, row, done, end)
        out.append(whole[done : place[0]])
        out.append(_edit_row(xml[place[0] : place[1]], row, by_row[row], date1904, whatever))
        done = place[1]
    out.append(whole[done:])
    return b"".join(out)


def append_rows(
    xml: bytes, last_row: int, rows: Sequence[Mapping[int, CellValue]], date1904: bool = False
) -> tuple[bytes, int]:
    """Add rows right below `last_row`, each cell styled as in that row; gives the part and the new last row.

    Validations, conditional formats and the sheet's dimension that ended at `last_row` end at the new last row.
    Raises `CannotEditError` when cells below `last_row` hold something.
    """
    start, end = _sheet_data(xml)
    where = _find_row(xml, last_row, start, end)
    template = xml[where[0] : where[1]]
    below = xml[where[1] : end]
    if _HELD.search(below):
        raise CannotEditError("below_table", address(last_row + 1, 0))
    head = ROW.match(template)
    attributes = _HIDING.sub(b"", head[1]) if head else b' r="%d"' % last_row
    styles = _styles(template)
    made = [_new_row(attributes, styles, last_row + n, values, date1904) for n, values in enumerate(rows, 1)]
    new_last = last_row + len(rows)
    below = _without_empty_rows(below, new_last)
    tail = _stretch(xml[end:], last_row, new_last)
    front = re.sub(
        rb'(<dimension ref="[A-Z]+\d+:[A-Z]+)(\d+)',
        lambda m: m[1] + b"%d" % max(new_last, int(m[2])),
        xml[: where[1]],
        count=1,
    )
    return front + b"".join(made) + below + tail, new_last


def _with_room(xml: bytes) -> bytes:
    """Give a sheet that holds nothing yet with room for rows."""
    return xml.replace(b"<sheetData/>", b"<sheetData></sheetData>", 1)


def _sheet_data(xml: bytes) -> tuple[int, int]:
    start, end = xml.find(b"<sheetData>"), xml.find(b"</sheetData>")
    if start < 0 or end < 0:
        raise CannotEditError("prefixed")
    return start + len(b"<sheetData>"), end


def _find_row(xml: bytes, row: int, start: int, end: int) -> tuple[int, int]:
    """Give where a row begins and ends; for a row that is not there both are where it belongs."""
    at = xml.find(b'<row r="%d"' % row, start, end)
    if at >= 0 and (match := ROW.match(xml, at, end)):
        return at, match.end()
    number = 0
    for match in ROW.finditer(xml, start, end):
        found = ROW_NUMBER.search(match[1])
        number = int(found[1]) if found else number + 1
        if number == row:
            return match.start(), match.end()
        if number > row:
            return match.start(), match.start()
    return end, end


def _edit_row(raw: bytes, row: int, edits: Mapping[int, CellValue], date1904: bool, whatever: bool) -> bytes:
    head = ROW.match(raw)
    attributes, body = (head[1], head[2] or b"") if head else (b' r="%d"' % row, b"")
    left = dict(edits)
    out: list[bytes] = []
    done = 0
    for match in CELL.finditer(body):
        where = CELL_ADDRESS.search(match[1])
        if where is None:
            raise CannotEditError("no_addresses")
        column = column_index(where[1].decode())
        for earlier in sorted(k for k in left if k < column):
            out += [body[done : match.start()], render_cell(address(row, earlier), None, left.pop(earlier), date1904)]
            done = match.start()
        if column in left:
            edited = _edit_cell(match, address(row, column), left.pop(column), date1904, whatever)
            out += [body[done : match.start()], edited]
            done = match.end()
    out.append(body[done:])
    out += [render_cell(address(row, column), None, left[column], date1904) for column in sorted(left)]
    return b"<row" + attributes + b">" + b"".join(out) + b"</row>"


def _edit_cell(match: re.Match[bytes], ref: str, value: CellValue, date1904: bool, whatever: bool) -> bytes:
    has_formula = match[2] is not None and FORMULA.search(match[2]) is not None
    if isinstance(value, Cached):
        return recache(match[0], value, date1904) if has_formula else match[0]
    if has_formula and not whatever and not isinstance(value, Formula):
        raise CannotEditError("formula_in_cell", ref)
    style = STYLE.search(match[1])
    return render_cell(ref, style[1] if style else None, value, date1904)


def _styles(row: bytes) -> dict[int, bytes]:
    styles = {}
    head = ROW.match(row)
    for match in CELL.finditer(head[2] or b"" if head else b""):
        where, style = CELL_ADDRESS.search(match[1]), STYLE.search(match[1])
        if where and style:
            styles[column_index(where[1].decode())] = style[1]
    return styles


def _new_row(
    attributes: bytes, styles: Mapping[int, bytes], row: int, values: Mapping[int, CellValue], date1904: bool
) -> bytes:
    head = ROW_NUMBER.sub(b'r="%d"' % row, attributes, count=1)
    columns = sorted({*styles, *values})
    cells = [render_cell(address(row, c), styles.get(c), values.get(c), date1904) for c in columns]
    return b"<row" + head + b">" + b"".join(cells) + b"</row>"


def _without_empty_rows(below: bytes, new_last: int) -> bytes:
    """Drop rows that hold only styles where the new rows come to stand."""

    def keep(match: re.Match[bytes]) -> bytes:
        number = ROW_NUMBER.search(match[1])
        return b"" if number and int(number[1]) <= new_last else match[0]

    return ROW.sub(keep, below)


def _stretch(tail: bytes, old_last: int, new_last: int) -> bytes:
    """Let ranges of validations and conditional formats that ended at the old last row end at the new one."""
    end = re.compile(rb"([A-Z]+\d+:[A-Z]+)%d\b" % old_last)

    def longer(match: re.Match[bytes]) -> bytes:
        return end.sub(rb"\g<1>%d" % new_last, match[0])

    return re.sub(rb'sqref="[^"]*"|<xm:sqref>[^<]*', longer, tail)
