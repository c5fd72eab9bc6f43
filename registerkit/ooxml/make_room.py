"""Makes room below a table: finds what stands there, and what in the other parts of the file moves down with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from registerkit.ooxml.cells import address, parse_ref
from registerkit.ooxml.inserted_rows import InsertedRows
from registerkit.ooxml.package import Package
from registerkit.ooxml.sheet_pieces import CannotEditError, Kind, Piece, pieces
from registerkit.ooxml.sheet_rows import HELD, last_row_of, numbered_rows
from registerkit.ooxml.table import SheetTable

__all__ = ["check_beside", "first_below", "moved_elsewhere", "moved_parts", "naming_sheets"]

_MERGED = re.compile(rb'<mergeCell\b[^<>]*?\bref="([^"]*)"')
_FORMULAS_IN = (
    "xl/charts/",
    "xl/chartEx/",
    "xl/tables/",
    "xl/ctrlProps/",
    "xl/drawings/",
    "xl/pivotCache/pivotCacheDefinition",
)
_LINKED = re.compile(rb'(\s(?:fmla\w+|textlink)=")([^"]*)(")')
_VML_ROW = re.compile(rb"(<x:Row>\s*)(\d+)")
_VML_ANCHOR = re.compile(rb"(<x:Anchor>)([\s\d,]+)(</x:Anchor>)")
_PLACE = re.compile(
    rb'(<(?:\w+:)?(?:comment|threadedComment|location|autoFilter|sortState|sortCondition|table)\b[^<>]*?\bref=")([^"]*)(")'
)
_SOURCE = re.compile(rb"(<worksheetSource\b[^<>]*?>)")
_NAME = re.compile(rb"(<definedName\b[^<>]*>)([^<]*)(</definedName>)")
_ON_SHEET = ("comments", "threadedComment", "pivotTable", "table", "drawing", "vmlDrawing")


def first_below(package: Package, table: SheetTable) -> int | None:
    """Return the first row below a table that holds something, a merged cell or another table; None without any."""
    found = [table.last_row + 1] if table.totals else []
    for other in package.tables:
        last = other.last_row + other.totals
        if other.sheet_part != table.sheet_part or other.part == table.part or last <= table.last_row:
            continue
        found.append(max(other.header_row, table.last_row + 1))
    before = 0
    for kind, xml in pieces(package.blocks(table.sheet_part)):
        if kind is Kind.TAIL:
            spans = [parse_ref(ref.decode()) for ref in _MERGED.findall(xml)]
            found += [max(span[0], table.last_row + 1) for span in spans if span[2] > table.last_row]
        elif kind is Kind.ROWS:
            last = last_row_of(xml, before)
            rows = numbered_rows(xml, before) if last > table.last_row else ()
            found += [n for n, row in rows if n > table.last_row and HELD.search(row[0])][:1]
            before = last
    return min(found, default=None)


def check_beside(package: Package, table: SheetTable) -> None:
    """Raise `CannotEditError` for a table beside this one that reaches further down: rows cannot go through it."""
    for other in package.tables:
        is_through = other.header_row <= table.last_row < other.last_row + other.totals
        if other.sheet_part == table.sheet_part and other.part != table.part and is_through:
            raise CannotEditError("table_beside", address(other.header_row, other.first_column))


def moved_parts(
    package: Package, read: Callable[[str], bytes], table: SheetTable, rows: InsertedRows
) -> dict[str, bytes]:
    """Return the parts, sheets left out, that change when rows are put in: `read` gives them as they are by now."""
    relations = package.relations(table.sheet_part).values()
    own = {part: kind for kind, part in relations if package.has(part)}
    made = {"xl/workbook.xml": _moved_names(read("xl/workbook.xml"), rows)}
    for name in (info.filename for info in package.infos if not info.filename.endswith(".rels")):
        kind = own.get(name, "")
        if kind in _ON_SHEET or name.startswith(_FORMULAS_IN):
            made[name] = _moved_part(read(name), kind, name == table.part, rows)
    return {name: xml for name, xml in made.items() if xml != read(name)}


def _moved_part(xml: bytes, kind: str, is_own: bool, rows: InsertedRows) -> bytes:
    if kind and not is_own:
        xml = _PLACE.sub(lambda m: m[1] + rows.range(m[2].decode(), "none").encode() + m[3], xml)
    if kind == "drawing":
        xml = rows.anchors(xml)
    if kind == "vmlDrawing":
        xml = _moved_vml(xml, rows)
    xml = _SOURCE.sub(lambda m: _moved_source(m[0], rows), xml)
    return _LINKED.sub(
        lambda m: m[1] + rows.escaped(m[2], is_here=bool(kind)) + m[3], rows.texts(xml, is_here=bool(kind))
    )


def _moved_names(workbook: bytes, rows: InsertedRows) -> bytes:
    """Return the workbook part with the names that point below the row or end at it."""
    return _NAME.sub(lambda m: m[1] + rows.escaped(m[2], is_here=False) + m[3], workbook)


def naming_sheets(package: Package, table: SheetTable) -> Iterator[str]:
    """Return the parts of the other sheets in which something is said of the table's sheet by its name."""
    name = _escaped(table.sheet.replace("'", "''").encode())
    told = re.compile(rb"(?:%s|%s)'?!" % (re.escape(name), re.escape(name.replace(b"'", b"&apos;"))), re.I)
    for sheet in package.sheets:
        if sheet.part == table.sheet_part:
            continue
        rest = b""
        for block in package.blocks(sheet.part):
            if told.search(rest + block):
                yield sheet.part
                break
            rest = block[-256:]


def moved_elsewhere(sheet: Iterator[Piece], rows: InsertedRows) -> Iterator[Piece]:
    """Return another sheet with what it says of the one that rows are put in."""
    for kind, xml in sheet:
        if kind is Kind.ROWS:
            rows.check_shared_in(xml)
        yield kind, xml if kind is Kind.FRONT else rows.locations(rows.texts(xml, is_here=False), is_here=False)


def _escaped(name: bytes) -> bytes:
    return name.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")


def _moved_vml(xml: bytes, rows: InsertedRows) -> bytes:
    """Return the boxes of comments and controls where they come to stand: rows count from 0."""

    def anchor(m: re.Match[bytes]) -> bytes:
        numbers = [int(n) for n in m[2].split(b",")]
        if len(numbers) == 8:
            numbers[2], numbers[6] = (rows.row(numbers[n] + 1) - 1 for n in (2, 6))
        return m[1] + ", ".join(map(str, numbers)).encode() + m[3]

    return _VML_ANCHOR.sub(anchor, _VML_ROW.sub(lambda m: m[1] + b"%d" % (rows.row(int(m[2]) + 1) - 1), xml))


def _moved_source(tag: bytes, rows: InsertedRows) -> bytes:
    sheet = re.search(rb'\bsheet="([^"]*)"', tag)
    if sheet is None or sheet[1] != _escaped(rows.sheet.encode()).replace(b'"', b"&quot;"):
        return tag
    return re.sub(rb'(\bref=")([^"]*)', lambda m: m[1] + rows.range(m[2].decode()).encode(), tag, count=1)
