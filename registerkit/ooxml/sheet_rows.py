"""Edits cells and rows of one sheet part, piece by piece; whatever is not edited stays as it was, byte for byte."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from registerkit.ooxml.cells import (
    CELL,
    CELL_ADDRESS,
    FORMULA,
    MAX_COLUMNS,
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
from registerkit.ooxml.column_styles import ColumnStyle, column_styles, no_styles, row_style
from registerkit.ooxml.inserted_rows import InsertedRows
from registerkit.ooxml.sheet_pieces import CannotEditError, Kind, Piece

__all__ = ["HELD", "append_rows", "find_row", "last_row_of", "numbered_rows", "set_cells", "set_heights", "styles_of"]

HELD = re.compile(rb"<v>|<f\b|<is>")
"""Something that a row holds, styles left out."""
_HEAD = re.compile(rb"<row\b[^>]*>")
_SIZE = re.compile(rb'\s(?:ht|customHeight)="[^"]*"')
_HIDING = re.compile(rb'\s(?:hidden|collapsed)="[^"]*"')


@dataclass(frozen=True)
class _RowEdits:
    """How cells are set: as a cell of its column looks, in the file's way to count days, and over what stands there."""

    columns: ColumnStyle
    date1904: bool = False
    whatever: bool = False


def set_cells(
    sheet: Iterable[Piece],
    edits: Mapping[tuple[int, int], CellValue],
    date1904: bool = False,
    *,
    whatever: bool = False,
) -> Iterator[Piece]:
    """Return the sheet with cells set; keys are row (from 1) and column (from 0).

    Raises `CannotEditError` when the part is not plain spreadsheet XML, or when a value would replace a formula and
    not `whatever` stands there may go.
    """
    waiting = deque(_by_row(edits).items())
    last = 0
    columns: ColumnStyle = no_styles
    for kind, xml in sheet:
        if kind is Kind.FRONT:
            columns = column_styles(xml)
        if kind is Kind.ROWS:
            before, last = last, last_row_of(xml, last)
            here = [waiting.popleft() for _ in range(_count_until(waiting, last))]
            yield kind, _set_in_rows(xml, here, before, _RowEdits(columns, date1904, whatever)) if here else xml
            continue
        if kind is Kind.TAIL and waiting:
            yield Kind.ROWS, _set_in_rows(b"", waiting, last, _RowEdits(columns, date1904, whatever))
        yield kind, xml


def set_heights(sheet: Iterable[Piece], heights: Mapping[int, float]) -> Iterator[Piece]:
    """Return the sheet with rows as high as is said, in points; a row that is not there stays so."""

    def sized(head: re.Match[bytes]) -> bytes:
        number = ROW_NUMBER.search(head[0])
        height = heights.get(int(number[1])) if number else None
        return head[0] if height is None else b'<row ht="%g" customHeight="1"' % height + _SIZE.sub(b"", head[0])[4:]

    for kind, xml in sheet:
        yield kind, _HEAD.sub(sized, xml) if kind is Kind.ROWS else xml


def append_rows(
    sheet: Iterable[Piece],
    last_row: int,
    rows: Sequence[Mapping[int, CellValue]],
    date1904: bool = False,
    moving: InsertedRows | None = None,
) -> Iterator[Piece]:
    """Return the sheet with rows added right below `last_row`, each cell styled as in that row.

    Validations, conditional formats and the sheet's dimension that ended at `last_row` end at the new last row. What
    stands further down stays there, or moves down as `moving` says. Raises `CannotEditError` when it is in the way.
    """
    new_last = last_row + len(rows)
    last, is_placed = 0, False
    columns: ColumnStyle = no_styles

    def below(xml: bytes) -> bytes:
        return moving.rows(xml, last_row) if moving else _room_below(xml, new_last)

    for kind, xml in sheet:
        if kind is Kind.FRONT:
            columns = column_styles(xml)
            yield kind, _wider(xml, new_last, moving)
        elif kind is Kind.TAIL:
            if not is_placed:
                yield Kind.ROWS, _new_rows(b"", last_row, rows, _RowEdits(columns, date1904))
            yield kind, moving.tail(xml) if moving else _stretch(xml, last_row, new_last)
        elif is_placed:
            yield kind, below(xml)
        else:
            before, last = last, last_row_of(xml, last)
            if last < last_row:
                yield kind, moving.rows(xml, before) if moving else xml
                continue
            start, end = find_row(xml, last_row, before)
            made, is_placed = _new_rows(xml[start:end], last_row, rows, _RowEdits(columns, date1904)), True
            above = moving.rows(xml[:end], before) if moving else xml[:end]
            yield kind, above + made + below(xml[end:])


def _by_row(edits: Mapping[tuple[int, int], CellValue]) -> dict[int, dict[int, CellValue]]:
    """Return the edits by row, from the top."""
    by_row: dict[int, dict[int, CellValue]] = {}
    for (row, column), value in sorted(edits.items(), key=lambda edit: edit[0]):
        by_row.setdefault(row, {})[column] = value
    return by_row


def _count_until(rows: Iterable[tuple[int, object]], last: int) -> int:
    return sum(1 for _ in takewhile(lambda row: row[0] <= last, rows))


def _set_in_rows(
    xml: bytes, edits: Iterable[tuple[int, Mapping[int, CellValue]]], before: int, how: _RowEdits
) -> bytes:
    """Set cells in a run of rows; `before` is the number of the row that stands before them."""
    out: list[bytes] = []
    done = 0
    for row, cells in edits:
        start, end = find_row(xml, row, before, done)
        out += [xml[done:start], _edit_row(xml[start:end], row, cells, how)]
        done, before = end, row  # Rows that say no number are counted on from here.
    return b"".join([*out, xml[done:]])


def last_row_of(xml: bytes, before: int) -> int:
    """Return the number of the last of a run of rows; rows that do not say theirs follow on the one before."""
    head = _HEAD.match(xml, max(xml.rfind(b"<row"), 0))
    if head is None:
        return before
    if number := ROW_NUMBER.search(head[0]):
        return int(number[1])
    rows = numbered_rows(xml, before)
    return rows[-1][0] if rows else before


def numbered_rows(xml: bytes, before: int, start: int = 0) -> list[tuple[int, re.Match[bytes]]]:
    """Return the rows with their numbers."""
    found, number = [], before
    for match in ROW.finditer(xml, start):
        told = ROW_NUMBER.search(match[1])
        number = int(told[1]) if told else number + 1
        found.append((number, match))
    return found


def find_row(xml: bytes, row: int, before: int, start: int = 0) -> tuple[int, int]:
    """Return where a row begins and ends; for a row that is not there both are where it belongs."""
    at = xml.find(b'<row r="%d"' % row, start)
    if at >= 0 and (match := ROW.match(xml, at)):
        return at, match.end()
    for number, match in numbered_rows(xml, before, start):
        if number == row:
            return match.start(), match.end()
        if number > row:
            return match.start(), match.start()
    return len(xml), len(xml)


def _edit_row(raw: bytes, row: int, edits: Mapping[int, CellValue], how: _RowEdits) -> bytes:
    head = ROW.match(raw)
    attributes, body = (head[1], head[2] or b"") if head else (b' r="%d"' % row, b"")
    style = row_style(attributes, how.columns)

    def fresh(column: int) -> bytes:
        return render_cell(address(row, column), style(column), edits[column], how.date1904)

    waiting = deque(sorted(edits))
    out: list[bytes] = []
    done = 0
    for match in CELL.finditer(body):
        if not waiting:
            break
        where = CELL_ADDRESS.search(match[1])
        if where is None:
            raise CannotEditError("no_addresses")
        column = _column_of(where[1])
        while waiting and waiting[0] < column:
            earlier = waiting.popleft()
            out += [body[done : match.start()], fresh(earlier)]
            done = match.start()
        if waiting and waiting[0] == column:
            edited = _edit_cell(match, address(row, column), edits[waiting.popleft()], how)
            out += [body[done : match.start()], edited]
            done = match.end()
    out.append(body[done:])
    out += [fresh(column) for column in waiting]
    return b"<row" + attributes + b">" + b"".join(out) + b"</row>"


@lru_cache(maxsize=MAX_COLUMNS)
def _column_of(letters: bytes) -> int:
    return column_index(letters.decode())


def _edit_cell(match: re.Match[bytes], ref: str, value: CellValue, how: _RowEdits) -> bytes:
    formula = FORMULA.search(match[2]) if match[2] is not None else None
    if isinstance(value, Cached):
        return recache(match, formula[0], value, how.date1904) if formula else match[0]
    if formula and not how.whatever and not isinstance(value, Formula):
        raise CannotEditError("formula_in_cell", ref)
    style = STYLE.search(match[1])
    return render_cell(ref, style[1] if style else None, value, how.date1904)


def styles_of(row: bytes) -> dict[int, bytes]:
    """Return the styles of a row's cells, by column."""
    styles = {}
    head = ROW.match(row)
    for match in CELL.finditer(head[2] or b"" if head else b""):
        where, style = CELL_ADDRESS.search(match[1]), STYLE.search(match[1])
        if where and style:
            styles[column_index(where[1].decode())] = style[1]
    return styles


def _new_rows(template: bytes, last_row: int, rows: Sequence[Mapping[int, CellValue]], how: _RowEdits) -> bytes:
    """Make rows like the template, which is the row above them."""
    head = ROW.match(template)
    attributes = _HIDING.sub(b"", head[1]) if head else b' r="%d"' % last_row
    styles = styles_of(template)
    return b"".join(_new_row(attributes, styles, last_row + n, values, how) for n, values in enumerate(rows, 1))


def _new_row(
    attributes: bytes, styles: Mapping[int, bytes], row: int, values: Mapping[int, CellValue], how: _RowEdits
) -> bytes:
    head = ROW_NUMBER.sub(b'r="%d"' % row, attributes, count=1)
    columns = sorted({*styles, *values})
    fresh = row_style(attributes, how.columns)
    cells = [render_cell(address(row, c), styles.get(c) or fresh(c), values.get(c), how.date1904) for c in columns]
    return b"<row" + head + b">" + b"".join(cells) + b"</row>"


def _room_below(below: bytes, new_last: int) -> bytes:
    """Drop rows that hold only styles where the new rows come to stand."""

    def keep(match: re.Match[bytes]) -> bytes:
        number = ROW_NUMBER.search(match[1])
        if number is None and HELD.search(match[0]):
            raise CannotEditError("no_addresses")
        if number is None or int(number[1]) > new_last:
            return match[0]
        if HELD.search(match[0]):
            raise CannotEditError("below_table", address(int(number[1]), 0))
        return b""

    return ROW.sub(keep, below)


def _wider(front: bytes, new_last: int, moving: InsertedRows | None) -> bytes:
    """Let the sheet's dimension reach the new last row."""

    def wider(match: re.Match[bytes]) -> bytes:
        last = int(match[2])
        return match[1] + b"%d" % max(new_last, moving.row(last) if moving else last)

    return re.sub(rb'(<dimension ref="[A-Z]+\d+:[A-Z]+)(\d+)', wider, front, count=1)


def _stretch(tail: bytes, old_last: int, new_last: int) -> bytes:
    """Let ranges of validations and conditional formats that ended at the old last row end at the new one."""
    end = re.compile(rb"([A-Z]+\d+:[A-Z]+)%d\b" % old_last)

    def longer(match: re.Match[bytes]) -> bytes:
        return end.sub(rb"\g<1>%d" % new_last, match[0])

    return re.sub(rb'sqref="[^"]*"|<xm:sqref>[^<]*', longer, tail)
