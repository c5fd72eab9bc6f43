"""What references become when rows are put in below a row of a sheet: in formulas, ranges and anchors."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal
from xml.sax.saxutils import escape

from registerkit.ooxml.cells import CELL, MAX_ROWS, ROW, ROW_NUMBER, parse_ref, unescaped
from registerkit.ooxml.sheet_pieces import CannotEditError

__all__ = ["InsertedRows"]

Stretch = Literal["every", "fixed", "none"]
"""Which ranges that ended at the row stretch: every one, those whose end is fixed (`$204`), or none."""
_REF = (
    r"(?P<c1>\$?[A-Z]{1,3})?(?P<d1>\$?)(?P<r1>[1-9]\d{0,6})(?::(?P<c2>\$?[A-Z]{1,3})?(?P<d2>\$?)(?P<r2>[1-9]\d{0,6}))?"
)
_TOKEN = re.compile(
    r'"(?:[^"]|"")*"'
    r"|(?P<sheet>'(?:[^']|'')+'!|(?:\[\d+\])?[\w.]+(?::[\w.]+)?!)?" + _REF + r"(?![\w.(!\[$])"
    r"|\[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*\]"
    r"|'(?:[^']|'')+'!|\$?[\w.\\?]+!?"
)
"""The words of a formula: texts, references, structured references, and names and numbers, which are left alone."""
_RANGE = re.compile(r"\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?")
_FORMULA_CELL = re.compile(rb"<f\b([^>]*?)(?:/>|>(.*?)</f>)", re.S)
_FORMULA_TEXT = re.compile(
    rb"(<(?:\w+:)?(?:f|formula|formula1|formula2|calculatedColumnFormula|totalsRowFormula|FmlaLink|FmlaRange)\b[^<>/]*>)([^<]+)(</)"
)
_RANGES = re.compile(rb'(\s(?:sqref|ref)=")([^"]*)(")|(<xm:sqref>)([^<]*)(</xm:sqref>)')
_LOCATION = re.compile(rb'(\slocation=")([^"]*)(")')
_BREAKS = re.compile(rb"<rowBreaks\b.*?</rowBreaks>", re.S)
_BREAK = re.compile(rb'(<brk\b[^>]*?\bid=")(\d+)')
_ANCHOR_ROW = re.compile(rb"(<xdr:row>)(\d+)(</xdr:row>)")
_CELL_OF = re.compile(rb'(<(?:cellWatch|inputCells)\b[^>]*?\br=")([A-Z]+)(\d+)')
_ATTRIBUTE = re.compile(rb'\bref="([^"]*)"')
_CELL_PLACE = re.compile(rb'(\br="[A-Z]+)(\d+)(")')


@dataclass(frozen=True)
class InsertedRows:
    """So many rows put in below row `after` of a sheet: what stood below moves down, ranges that ended there stretch.

    `first` is the header row of the table that they are for: a formula in one of its rows that counts up to its own
    row (`SUM(A$5:A204)`) does not stretch.
    """

    sheet: str
    first: int
    after: int
    count: int
    _seen: dict[tuple[str, bool, Stretch], str] = field(default_factory=dict, repr=False, compare=False)

    def row(self, number: int) -> int:
        """Return where a row comes to stand."""
        return number + self.count if number > self.after else number

    def span(self, first: int, last: int, stretches: bool) -> tuple[int, int]:
        """Return where a range of rows comes to stand; one cell never stretches."""
        if (stretches and first < last == self.after) or last > self.after:
            last = min(last + self.count, MAX_ROWS)
        return self.row(first), last

    def range(self, ref: str, stretch: Stretch = "every") -> str:
        """Return a range, or several with blanks between, as it comes to be; what is none stays."""
        return " ".join(
            self.formula(each, stretch=stretch) if _RANGE.fullmatch(each) else each for each in ref.split(" ")
        )

    def formula(self, text: str, *, is_here: bool = True, stretch: Stretch = "every") -> str:
        """Return a formula as it comes to be; `is_here`: it stands on the sheet itself."""
        said = (text, is_here, stretch)
        if said not in self._seen:
            self._seen[said] = _TOKEN.sub(lambda found: self._token(found, is_here, stretch), text)
        return self._seen[said]

    def _token(self, found: re.Match[str], is_here: bool, stretch: Stretch) -> str:
        if not _is_reference(found) or not self._is_mine(found["sheet"], is_here):
            return found[0]
        first, last = int(found["r1"]), int(found["r2"] or found["r1"])
        stretches = stretch == "every" or (stretch == "fixed" and found["d2"] == "$")
        moved_first, moved_last = self.span(first, last, stretches)
        if (moved_first, moved_last) == (first, last):
            return found[0]
        if moved_first > MAX_ROWS or (found["sheet"] and ":" in found["sheet"]):
            raise CannotEditError("refers_below", found[0])
        head = f"{found['sheet'] or ''}{found['c1'] or ''}{found['d1']}{moved_first}"
        return head if found["r2"] is None else f"{head}:{found['c2'] or ''}{found['d2']}{moved_last}"

    def _is_mine(self, said: str | None, is_here: bool) -> bool:
        if said is None:
            return is_here
        name = said[:-1]
        name = name[1:-1].replace("''", "'") if name.startswith("'") else name
        # A span of sheets (`Jan:Mrt!A1`) may hold this one.
        return name.casefold() == self.sheet.casefold() or (":" in name and "[" not in name)

    def escaped(self, text: bytes, *, is_here: bool, stretch: Stretch = "every") -> bytes:
        """Return a formula as it stands between tags; one that stays is not written anew."""
        told = unescaped(text)
        moved = self.formula(told, is_here=is_here, stretch=stretch)
        return text if moved == told else escape(moved).encode()

    def texts(self, xml: bytes, *, is_here: bool) -> bytes:
        """Return XML with the formulas that stand in its elements as they come to be."""
        return _FORMULA_TEXT.sub(lambda m: m[1] + self.escaped(m[2], is_here=is_here) + m[3], xml)

    def ranges(self, xml: bytes) -> bytes:
        """Return XML of the sheet with what its attributes and anchors point at as it comes to be."""

        def moved(m: re.Match[bytes]) -> bytes:
            head, ref, end = (m[1], m[2], m[3]) if m[1] else (m[4], m[5], m[6])
            stretch: Stretch = (
                "none" if b" ref=" in head else "every"
            )  # What is merged or linked stays as large as it is.
            return head + self.range(ref.decode(), stretch).encode() + end

        xml = _RANGES.sub(moved, xml)
        xml = _CELL_OF.sub(lambda m: m[1] + m[2] + b"%d" % self.row(int(m[3])), xml)
        xml = _BREAKS.sub(lambda m: _BREAK.sub(lambda b: b[1] + b"%d" % self.row(int(b[2])), m[0]), xml)
        return self.anchors(xml)

    def anchors(self, xml: bytes) -> bytes:
        """Return XML with the rows of drawings, which count from 0, as they come to be."""
        return _ANCHOR_ROW.sub(lambda m: m[1] + b"%d" % (self.row(int(m[2]) + 1) - 1) + m[3], xml)

    def locations(self, xml: bytes, *, is_here: bool) -> bytes:
        """Return XML with the places that links lead to as they come to be."""
        return _LOCATION.sub(lambda m: m[1] + self._quoted(m[2], is_here) + m[3], xml)

    def _quoted(self, text: bytes, is_here: bool) -> bytes:
        moved = self.escaped(text, is_here=is_here)
        return moved if moved == text else moved.replace(b'"', b"&quot;")

    def tail(self, xml: bytes) -> bytes:
        """Return what stands behind the rows of the sheet as it comes to be."""
        return self.locations(self.texts(self.ranges(xml), is_here=True), is_here=True)

    # --------------------------------------------------------------------------------------------------- rows of cells
    def rows(self, xml: bytes, before: int = 0) -> bytes:
        """Return rows of the sheet as they come to be; `before` is the number of the row above them."""
        if b"<f" not in xml and (
            (last := xml.rfind(b"<row")) < 0 or self._number(xml, last) in range(1, self.after + 1)
        ):
            return xml
        number = before

        def moved(match: re.Match[bytes]) -> bytes:
            nonlocal number
            told = ROW_NUMBER.search(match[1])
            number = int(told[1]) if told else number + 1
            return self._row(match, number)

        return ROW.sub(moved, xml)

    @staticmethod
    def _number(xml: bytes, at: int) -> int:
        found = ROW_NUMBER.search(xml, at, xml.find(b">", at))
        return int(found[1]) if found else 0

    def _row(self, match: re.Match[bytes], number: int) -> bytes:
        whole, in_table = match[0], self.first <= number <= self.after
        if b"<f" in whole:
            whole = _FORMULA_CELL.sub(lambda found: self._cell_formula(found, number, in_table), whole)
        if number <= self.after:
            return whole
        if ROW_NUMBER.search(match[1]) is None or (target := self.row(number)) > MAX_ROWS:
            raise CannotEditError("below_table", f"A{number}")
        end = whole.find(b">")
        head = ROW_NUMBER.sub(b'r="%d"' % target, whole[:end], count=1)
        return head + CELL.sub(lambda cell: self._placed(cell, target), whole[end:])

    @staticmethod
    def _placed(cell: re.Match[bytes], row: int) -> bytes:
        start = cell.start(1) - cell.start()
        end = cell.end(1) - cell.start()
        head = _CELL_PLACE.sub(rb"\g<1>%d\g<3>" % row, cell[1], count=1)
        if _CELL_PLACE.search(cell[1]) is None:
            raise CannotEditError("no_addresses")
        return cell[0][:start] + head + cell[0][end:]

    def _cell_formula(self, found: re.Match[bytes], number: int, in_table: bool) -> bytes:
        attributes, text = found[1], found[2] or b""
        told = _ATTRIBUTE.search(attributes)
        group = parse_ref(told[1].decode()) if told else None
        if b'"dataTable"' in attributes and number > self.after:
            raise CannotEditError("formula_block", f"A{number}")
        if group and group[0] <= self.after < group[2]:
            raise CannotEditError("formula_block", told[1].decode() if told else None)
        if group and b'"shared"' in attributes and text:
            self._check_shared(text, number, group, is_here=True)
        made = self.escaped(text, is_here=True, stretch="fixed" if in_table else "every") if text else text
        if group and told and group[0] > self.after:
            attributes = attributes.replace(told[0], b'ref="%s"' % self.range(told[1].decode(), "none").encode())
        if (made, attributes) == (text, found[1]):
            return found[0]
        return b"<f" + attributes + (b">" + made + b"</f>" if found[2] is not None else b"/>")

    def check_shared_in(self, xml: bytes) -> None:
        """Raise `CannotEditError` when cells of another sheet share a formula and would need different ones."""
        for found in _FORMULA_CELL.finditer(xml) if b'"shared"' in xml else ():
            told = _ATTRIBUTE.search(found[1])
            if told and found[2]:
                group = parse_ref(told[1].decode())
                self._check_shared(found[2], group[0], group, is_here=False)

    def _check_shared(self, text: bytes, number: int, group: tuple[int, int, int, int], *, is_here: bool) -> None:
        """Raise `CannotEditError` when cells that share a formula would need different ones afterwards."""
        for found in _TOKEN.finditer(unescaped(text)):
            if not _is_reference(found) or not self._is_mine(found["sheet"], is_here):
                continue
            for fixed, row in ((found["d1"], found["r1"]), (found["d2"], found["r2"])):
                low, high = (0, 0) if fixed else (group[0] - number, group[2] - number)
                if row and int(row) + low <= self.after < int(row) + high:
                    raise CannotEditError("formula_block", f"A{number}")


def _is_reference(found: re.Match[str]) -> bool:
    """Tell whether a word of a formula is a cell, a range or whole rows: a number that stands alone is none."""
    if found["r1"] is None:
        return False
    return found["c1"] is not None if found["r2"] is None else (found["c1"] is None) == (found["c2"] is None)
