"""Makes a plain sheet that looks like that of a table, and says which parts of the package change by it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from registerkit.ooxml.cells import CellValue, address, escape_text, render_cell
from registerkit.ooxml.column_styles import ColumnStyle, column_styles
from registerkit.ooxml.package import Package
from registerkit.ooxml.sheet_pieces import Kind, pieces
from registerkit.ooxml.sheet_rows import find_row, last_row_of, styles_of
from registerkit.ooxml.table import SheetTable

__all__ = ["mentions", "plain_sheet"]

_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = b"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_SHEET = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="%s"><dimension ref="%s"/><sheetViews>'
    b'<sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    b'<selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews>%s<sheetData>%s</sheetData>'
    b"</worksheet>"
)
_COLUMNS = re.compile(rb"<cols>.*?</cols>", re.S)


def mentions(read: Callable[[str], bytes], part: str, name: str) -> dict[str, bytes]:
    """Return the parts of a workbook with a sheet's part named in them as that of the last sheet."""
    workbook, relations, kinds = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
    number = max((int(i) for i in re.findall(rb'\bsheetId="(\d+)"', read(workbook))), default=0) + 1
    taken = set(re.findall(rb'\bId="([^"]*)"', read(relations)))
    identity = next(b"rId%d" % i for i in range(1, len(taken) + 2) if b"rId%d" % i not in taken)
    prefix = next(iter(re.findall(rb'xmlns:(\w+)="%s"' % re.escape(_OFFICE), read(workbook))), b"r")
    title = escape_text(name).replace(b'"', b"&quot;")
    sheet = b'<sheet name="%s" sheetId="%d" %s:id="%s"/></sheets>' % (title, number, prefix, identity)
    relation = b'<Relationship Id="%s" Type="%s/worksheet" Target="/%s"/></Relationships>'
    override = b'<Override PartName="/%s" ContentType="%s"/></Types>' % (part.encode(), _KIND)
    return {
        workbook: read(workbook).replace(b"</sheets>", sheet, 1),
        relations: read(relations).replace(b"</Relationships>", relation % (identity, _OFFICE, part.encode()), 1),
        kinds: read(kinds).replace(b"</Types>", override, 1),
    }


def plain_sheet(
    package: Package, like: SheetTable, headings: Mapping[int, str], rows: Sequence[Mapping[int, CellValue]]
) -> bytes:
    """Return a sheet with headings and rows, by column, styled as the header and the last row of a table."""
    columns, found = _looks(package, like)
    of_column = column_styles(columns)
    lines = [
        _row(n, cells, found.get(like.header_row if n == 1 else like.last_row, {}), of_column, package.date1904)
        for n, cells in enumerate([dict[int, CellValue](headings), *rows], 1)
    ]
    span = f"{address(1, min(headings))}:{address(len(lines), max(headings))}".encode()
    return _SHEET % (_MAIN, span, columns, b"".join(lines))


def _looks(package: Package, like: SheetTable) -> tuple[bytes, dict[int, dict[int, bytes]]]:
    """Return the widths of the table's sheet, and the styles in its header row and its last row."""
    columns, found, before = b"", dict[int, dict[int, bytes]](), 0
    for kind, xml in pieces(package.blocks(like.sheet_part)):
        if kind is Kind.FRONT and (told := _COLUMNS.search(xml)):
            columns = told[0]
        if kind is Kind.ROWS:
            last = last_row_of(xml, before)
            for row in {like.header_row, like.last_row}:
                if before < row <= last:
                    start, end = find_row(xml, row, before)
                    found[row] = styles_of(xml[start:end])
            before = last
    return columns, found


def _row(
    n: int, cells: Mapping[int, CellValue], styles: Mapping[int, bytes], of_column: ColumnStyle, date1904: bool
) -> bytes:
    made = [render_cell(address(n, c), styles.get(c) or of_column(c), cells[c], date1904) for c in sorted(cells)]
    return b'<row r="%d">%s</row>' % (n, b"".join(made))
