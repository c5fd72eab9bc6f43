"""Writes an edited copy of a workbook: parts that were not edited come over byte for byte."""

from __future__ import annotations

import itertools
import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from registerkit.files import replacing
from registerkit.ooxml.add_sheet import mentions, plain_sheet
from registerkit.ooxml.cells import MAX_ROWS, CellValue, address, escape_text
from registerkit.ooxml.data_validations import Dropdown, put_back
from registerkit.ooxml.inserted_rows import InsertedRows
from registerkit.ooxml.make_room import check_beside, first_below, moved_elsewhere, moved_parts, naming_sheets
from registerkit.ooxml.package import Package
from registerkit.ooxml.packing import rewrite
from registerkit.ooxml.sheet_pieces import CannotEditError, Kind, Piece, pieces
from registerkit.ooxml.sheet_rows import append_rows, set_cells, set_heights
from registerkit.ooxml.table import SheetTable, with_column_formulas

__all__ = ["Editor"]

_CALC_CHAIN = "xl/calcChain.xml"
_CUSTOM = "docProps/custom.xml"
_STRINGS = "xl/sharedStrings.xml"
_STRING = re.compile(rb"<si>.*?</si>|<si/>", re.S)
_EMPTY = b"<si><t/></si>"
_SHOWN = re.compile(rb'<c\b[^>]*\bt="s"[^>]*>\s*<v>(\d+)</v>')
_PROPERTY = (
    b'<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="%d" name="%s">'
    b'<vt:lpwstr xmlns:vt="%s/docPropsVTypes">%s</vt:lpwstr></property>'
)
_STRICT = b"http://purl.oclc.org/ooxml/officeDocument"
_OFFICE = b"http://schemas.openxmlformats.org/officeDocument/2006"


_SheetEdit = Callable[[Iterator[Piece]], Iterator[Piece]]


class Editor:
    """Collects edits on a package; nothing is written before `save`.

    Sheets are edited while they are written, piece by piece, for they can be larger than memory.
    """

    def __init__(self, package: Package) -> None:
        self._package = package
        self._parts: dict[str, bytes] = {}
        self._sheets: dict[str, list[_SheetEdit]] = {}
        self._dropped: set[str] = set()

    def read(self, part: str) -> bytes:
        """Return a part that is no sheet as it stands with the edits so far."""
        return self._parts[part] if part in self._parts else self._package.read(part)

    def set_cells(self, sheet_part: str, edits: Mapping[tuple[int, int], CellValue], *, whatever: bool = False) -> None:
        """Set cells; keys are row (from 1) and column (from 0).

        `save` raises `CannotEditError` where a value would replace a formula and not `whatever` stands there may go.
        """
        if edits:
            date1904 = self._package.date1904
            self._edit(sheet_part, lambda sheet: set_cells(sheet, edits, date1904, whatever=whatever))
            if whatever:
                self._drop_calc_chain()

    def set_heights(self, sheet_part: str, heights: Mapping[int, float]) -> None:
        """Make rows so many points high, by their number from 1."""
        self._edit(sheet_part, partial(set_heights, heights=heights))

    def grow(self, table: SheetTable, rows: Sequence[Mapping[int, CellValue]]) -> int:
        """Add rows to a table, keyed by column; gives its new last row.

        What stands below moves down when it is in the way, with all that refers to it. Raises `CannotEditError`, and
        changes nothing, when that cannot be done safely.
        """
        last_row = table.last_row + len(rows)
        moving = self._moving(table, rows)
        made = self._grown_parts(table, last_row, moving)
        self._edit(table.sheet_part, self._appending(table.last_row, rows, moving))
        if moving:
            for part in naming_sheets(self._package, table):
                self._edit(part, partial(moved_elsewhere, rows=moving))
        for name, xml in made.items():
            self._put(name, xml)
        self._drop_calc_chain()
        return last_row

    def add_rows(self, sheet_part: str, last_row: int, rows: Sequence[Mapping[int, CellValue]]) -> None:
        """Add rows below the last one of a sheet that is no Excel table; raises as `grow` does."""
        edit = self._appending(last_row, rows, None)
        self._try(sheet_part, edit)
        self._edit(sheet_part, edit)

    def add_sheet(
        self, name: str, like: SheetTable, headings: Mapping[int, str], rows: Sequence[Mapping[int, CellValue]]
    ) -> None:
        """Add a sheet behind the others with headings and rows, by column, that looks like a table's.

        Raises `CannotEditError` when the workbook is protected against that.
        """
        if re.search(rb'\blockStructure="(?:1|true)"', self.read("xl/workbook.xml")):
            raise CannotEditError("sheets_locked")
        n = 1
        while self._package.has(part := f"xl/worksheets/sheet{n}.xml") or part in self._parts:
            n += 1
        self._parts[part] = plain_sheet(self._package, like, headings, rows)
        for other, xml in mentions(self.read, part, name).items():
            self._put(other, xml)

    def _appending(
        self, last_row: int, rows: Sequence[Mapping[int, CellValue]], moving: InsertedRows | None
    ) -> _SheetEdit:
        date1904 = self._package.date1904
        return lambda sheet: append_rows(sheet, last_row, rows, date1904, moving)

    def _moving(self, table: SheetTable, rows: Sequence[Mapping[int, CellValue]]) -> InsertedRows | None:
        """Return how what stands below a table moves down, None when there is room; raises `CannotEditError`."""
        last_row = table.last_row + len(rows)
        if last_row > MAX_ROWS:
            raise CannotEditError("sheet_full", address(table.last_row, table.first_column))
        below = first_below(self._package, table)
        if below is None or below > last_row + 1:
            return None
        check_beside(self._package, table)
        moving = InsertedRows(table.sheet, table.header_row, table.last_row, len(rows))
        self._try(table.sheet_part, self._appending(table.last_row, rows, moving))
        for part in naming_sheets(self._package, table):
            self._try(part, partial(moved_elsewhere, rows=moving))
        return moving

    def _try(self, sheet_part: str, edit: _SheetEdit) -> None:
        """Raise the `CannotEditError` that an edit would end in when the file is saved."""
        deque(edit(pieces(self._package.blocks(sheet_part))), maxlen=0)

    def _grown_parts(self, table: SheetTable, last_row: int, moving: InsertedRows | None) -> dict[str, bytes]:
        """Return the parts beside the sheet that change when a table grows."""
        made = moved_parts(self._package, self.read, table, moving) if moving else {}
        if not moving:
            made["xl/workbook.xml"] = self._stretched_names(table, last_row)
        ends = {table.last_row, table.last_row + table.totals}
        made[table.part] = made.get(table.part) or self.read(table.part)
        for end in sorted(ends, reverse=True):
            old = rb'(\bref="[A-Z]+\d+:[A-Z]+)%d"' % end
            made[table.part] = re.sub(old, rb'\g<1>%d"' % (end + last_row - table.last_row), made[table.part])
        return made

    def set_column_formulas(self, table_part: str, formulas: Mapping[str, str]) -> None:
        """Set the formula that new rows of a table get, by header, in the columns that have one."""
        self._put(table_part, with_column_formulas(self.read(table_part), formulas))

    def set_name(self, name: str, formula: str) -> None:
        """Let a name that the workbook has refer to something else; `formula` comes without the leading `=`."""
        head = rb'(<definedName\b[^<>]*\bname="%s"[^<>]*>)[^<]*' % re.escape(escape_text(name))
        xml = re.sub(head, lambda found: found[1] + escape_text(formula), self.read("xl/workbook.xml"), count=1)
        self._put("xl/workbook.xml", xml)
        self._drop_calc_chain()

    def set_printed_rows(self, table: SheetTable, last: int, last_row: int) -> None:
        """Let a sheet print from its first cell to row `last`, when it prints so up to one of the table's rows now.

        `last_row` is the table's last row as edited. An area that somebody chose stays as it is, and so does
        a sheet without one; one that is a formula, which LibreOffice does not follow, becomes a range.
        """
        sheet = rb"(?:'%s'|%s)!" % tuple(
            re.escape(escape_text(name)) for name in (table.sheet.replace("'", "''"), table.sheet)
        )
        area = re.compile(
            rb'(<definedName\b[^<>]*"_xlnm\.Print_Area"[^<>]*>%s\$A\$1:)'
            rb"(?:\$([A-Z]+)\$(\d+)|INDEX\(%s\$([A-Z]+)\$1:[^<]*)(?=</)" % (sheet, sheet)
        )

        def renewed(match: re.Match[bytes]) -> bytes:
            if match[3] and not table.header_row <= int(match[3]) <= last_row:
                return match[0]
            return match[1] + b"$%s$%d" % (match[2] or match[4], last)

        self._put("xl/workbook.xml", area.sub(renewed, self.read("xl/workbook.xml")))

    def put_back(self, sheet_part: str, column: int, first: int, last: int, dropdown: Dropdown) -> None:
        """Put a list to choose from over the cells of a column."""

        def edit(sheet: Iterator[Piece]) -> Iterator[Piece]:
            for kind, xml in sheet:
                yield kind, put_back(xml, column, first, last, dropdown) if kind is Kind.TAIL else xml

        self._edit(sheet_part, edit)

    def show_sheet(self, name: str) -> None:
        """Have a sheet that is hidden be seen."""

        def shown(match: re.Match[bytes]) -> bytes:
            return re.sub(rb'\s+state="(?:hidden|visible)"', b"", match[0])

        tag = rb'<sheet\b[^>]*\bname="%s"[^>]*>' % re.escape(escape_text(name))
        self._put("xl/workbook.xml", re.sub(tag, shown, self.read("xl/workbook.xml"), count=1))

    def forget_strings(self) -> None:
        """Leave out texts that no cell shows: whoever unpacks the file would still read what was wiped."""
        if not self._package.has(_STRINGS):
            return
        shown: set[int] = set()
        for sheet in self._package.sheets:
            shown |= {int(n) for n in _SHOWN.findall(self._package.read(sheet.part))}
        count = itertools.count()
        self._put(_STRINGS, _STRING.sub(lambda m: m[0] if next(count) in shown else _EMPTY, self.read(_STRINGS)))

    def set_property(self, name: str, value: str) -> None:
        """Set a custom property of a package that has some."""
        pattern = re.compile(
            rb'(<property\b[^>]*\bname="%s"[^>]*>\s*<[^>]*>)(.*?)(</)' % re.escape(name.encode()), re.S
        )
        xml, text = self.read(_CUSTOM), escape_text(value)
        changed, found = pattern.subn(lambda m: m[1] + text + m[3], xml, count=1)
        if not found:
            last = max((int(n) for n in re.findall(rb'\bpid="(\d+)"', xml)), default=1)
            family = _STRICT if _STRICT in xml else _OFFICE
            new = _PROPERTY % (max(last, 1) + 1, escape_text(name), family, text)
            changed = re.sub(rb"</Properties>\s*\Z", lambda end: new + end[0], xml)
        self._put(_CUSTOM, changed)

    def ask_recalculation(self) -> None:
        """Have Excel calculate all formulas when it opens the file."""
        xml = self.read("xl/workbook.xml")
        if b"fullCalcOnLoad" in xml:
            return
        if b"<calcPr" in xml:
            self._put("xl/workbook.xml", xml.replace(b"<calcPr", b'<calcPr fullCalcOnLoad="1"', 1))

    def save(self, target: Path, still: Callable[[], bool] = lambda: True) -> None:
        """Write the edited copy to `target`, through a temporary file beside it and an atomic replace.

        Writes nothing, and raises `ChangedMeanwhileError` when the target is not `still` as it was by then, or
        `CannotEditError` when an edit cannot be made safely.
        """
        parts = {part: self._edited(part) for part in self._sheets} | {p: [xml] for p, xml in self._parts.items()}
        with replacing(target, still) as file:
            rewrite(self._package, file, parts, frozenset(self._dropped))
            self._package.close()  # Windows does not replace a file that is open.

    def _edit(self, sheet_part: str, edit: _SheetEdit) -> None:
        self._sheets.setdefault(sheet_part, []).append(edit)

    def _edited(self, sheet_part: str) -> Iterator[bytes]:
        """Return a sheet's part with all edits, piece by piece."""
        sheet = pieces(self._package.blocks(sheet_part))
        for edit in self._sheets[sheet_part]:
            sheet = edit(sheet)
        for _, xml in sheet:
            yield xml

    def _put(self, part: str, data: bytes) -> None:
        if data != self.read(part):
            self._parts[part] = data

    def _stretched_names(self, table: SheetTable, last_row: int) -> bytes:
        """Let names that ended at the table's last row (a print area) end at the new one."""
        sheet = re.escape(escape_text(table.sheet))
        old = re.compile(rb"('?%s'?!\$[A-Z]+\$\d+:\$[A-Z]+\$)%d\b" % (sheet, table.last_row))
        return old.sub(rb"\g<1>%d" % last_row, self.read("xl/workbook.xml"))

    def _drop_calc_chain(self) -> None:
        """Leave the calculation chain out: Excel makes it anew, and repairs a file whose chain is stale."""
        if not self._package.has(_CALC_CHAIN) or _CALC_CHAIN in self._dropped:
            return
        self._dropped.add(_CALC_CHAIN)
        for part, tag in (("[Content_Types].xml", rb"Override"), ("xl/_rels/workbook.xml.rels", rb"Relationship")):
            self._put(part, re.sub(rb"<%s\b[^>]*calcChain\.xml\"[^>]*/>" % tag, b"", self.read(part)))
