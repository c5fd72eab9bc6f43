"""Types into the cells of .xlsx files and reads them, as a person in Excel would; none of it is registerkit's own code.

`load` opens a file, `sheet.cell(row, column).value = …` or `sheet["D5"] = …` types, `save` writes. Only the parts in which
something was typed are written anew, and texts are added to the shared strings, as Excel does, where a file has those;
every other part stays byte for byte. Nothing is counted: formulas keep the value that they had, and a formula that is typed has none.

Cells, names and tables are called as openpyxl calls them. That library opens and saves a register in seconds instead
of hundredths; it is for what is not about cells, and for files as another program saves them.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from lxml import etree

__all__ = ["MAIN", "Book", "Cell", "Sheet", "column_letters", "coordinates", "load", "reference"]

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
STRINGS = "xl/sharedStrings.xml"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
ERRORS = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"}
_DAY_ZERO = datetime(1899, 12, 30)
_DATES = {*range(14, 23), *range(45, 48)}
"""Excel's own number formats for days and times."""
_PLAIN_DATE = "14"


def load(path: Path, values: bool = False) -> Book:
    """Open a file; `values` gives of a formula the value that is kept beside it, as openpyxl's `data_only`."""
    return Book(path, values)


def column_letters(column: int) -> str:
    """Give the letters of a column, counted from 1."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def coordinates(cell: str) -> tuple[int, int]:
    """Give row and column of a cell such as `D5` or `$D$5`."""
    found = re.fullmatch(r"\$?([A-Z]+)\$?(\d+)", cell)
    assert found, cell
    return int(found[2]), column_number(found[1])


@cache
def column_number(letters: str) -> int:
    """Give the place of a column, counted from 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def reference(row: int, column: int) -> str:
    """Name a cell."""
    return f"{column_letters(column)}{row}"


@dataclass(frozen=True)
class Table:
    """An Excel table: its name, its range, the headers that its own part names, and that part."""

    name: str
    ref: str
    columns: tuple[str, ...]
    part: str


@dataclass(frozen=True)
class Name:
    """A name of the workbook, with what it stands for."""

    attr_text: str

    @property
    def destinations(self) -> Iterator[tuple[str, str]]:
        """Give the sheets and ranges that it names."""
        for part in self.attr_text.split(","):
            sheet, _, cells = part.rpartition("!")
            yield sheet.strip("'").replace("''", "'"), cells


class Book:
    """An .xlsx file in memory."""

    def __init__(self, path: Path, values: bool) -> None:
        self.values = values
        with zipfile.ZipFile(path) as package:
            self.infos = package.infolist()
            self.parts = {info.filename: package.read(info) for info in self.infos}
        self._workbook = etree.fromstring(self.parts["xl/workbook.xml"])
        targets = self.targets("xl/workbook.xml")
        self._sheets = {
            str(sheet.get("name")): Sheet(self, sheet, targets[sheet.get(RELATION)])
            for sheet in self._workbook.iterfind(f"{MAIN}sheets/{MAIN}sheet")
        }

    def __getitem__(self, name: str) -> Sheet:
        return self._sheets[name]

    @property
    def sheetnames(self) -> list[str]:
        return list(self._sheets)

    @property
    def worksheets(self) -> list[Sheet]:
        return list(self._sheets.values())

    @cached_property
    def defined_names(self) -> dict[str, Name]:
        """The names of the whole workbook."""
        found = self._workbook.iterfind(f"{MAIN}definedNames/{MAIN}definedName")
        return {str(n.get("name")): Name(n.text or "") for n in found if n.get("localSheetId") is None}

    def targets(self, part: str) -> dict[str, str]:
        """Give the parts that a part refers to, by the id of the relation."""
        place = PurePosixPath(part)
        relations = self.parts.get(f"{place.parent}/_rels/{place.name}.rels")
        found = {}
        for relation in etree.fromstring(relations) if relations else ():
            target = relation.get("Target", "")
            steps: list[str] = []
            for step in target.split("/") if target.startswith("/") else [*place.parent.parts, *target.split("/")]:
                steps = steps[:-1] if step == ".." else [*steps, step] if step else steps
            found[relation.get("Id")] = "/".join(steps)
        return found

    @cached_property
    def strings(self) -> list[str]:
        """The shared strings, with those that were typed."""
        part = self.parts.get(STRINGS)
        return [_text(item) for item in etree.fromstring(part)] if part else []

    @cached_property
    def _places(self) -> dict[str, int]:
        return {text: n for n, text in reversed(list(enumerate(self.strings)))}

    def string(self, text: str) -> int:
        """Give the place of a text among the shared strings, where it is put if it is not there."""
        if text not in self._places:
            self._places[text] = len(self.strings)
            self.strings.append(text)
            item = etree.Element("si")
            inner = etree.SubElement(item, "t")
            inner.text = _escaped(text)
            if text != text.strip() or "\n" in text:
                inner.set(SPACE, "preserve")
            part = self.parts[STRINGS]
            begin, _, end = part.rpartition(b"</")  # Of `sst`, with or without a prefix.
            prefix, colon, _ = end.rpartition(b":")
            made = etree.tostring(item, encoding="utf-8")
            if colon:
                made = re.sub(rb"<(/?)(?=\w)", rb"<\1" + prefix + colon, made)
            part = begin + made + b"</" + end
            for count in (b"count", b"uniqueCount"):
                part = re.sub(rb'(\b%s=")(\d+)' % count, lambda m: m[1] + b"%d" % (int(m[2]) + 1), part, count=1)
            self.parts[STRINGS] = part
        return self._places[text]

    @cached_property
    def dated(self) -> list[bool]:
        """Whether each style of a cell shows a day or a time."""
        if "xl/styles.xml" not in self.parts:
            return []
        styles = etree.fromstring(self.parts["xl/styles.xml"])
        own = {
            int(f.get("numFmtId")): bool(
                re.search(r"[ymdhs]", re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", f.get("formatCode")))
            )
            for f in styles.iterfind(f"{MAIN}numFmts/{MAIN}numFmt")
        }
        formats = [int(xf.get("numFmtId", 0)) for xf in styles.iterfind(f"{MAIN}cellXfs/{MAIN}xf")]
        return [own.get(number, number in _DATES) for number in formats]

    def dated_style(self, style: int) -> int:
        """Give the style like this one that shows a day, as Excel does for a day that is typed in a plain cell."""
        self.dated.append(True)
        return self._style_like(style, numFmtId=_PLAIN_DATE, applyNumberFormat="1")

    def struck_style(self, style: int) -> int:
        """Give the style like this one with a line through what the cell holds."""
        styles = etree.fromstring(self.parts["xl/styles.xml"])
        fonts = styles.find(f"{MAIN}fonts")
        assert fonts is not None
        fonts.append(etree.fromstring(etree.tostring(fonts[0])))
        fonts[-1].insert(0, etree.Element(f"{MAIN}strike"))
        self.parts["xl/styles.xml"] = _written(styles)
        return self._style_like(style, fontId=str(len(fonts) - 1), applyFont="1")

    def _style_like(self, style: int, **changes: str) -> int:
        styles = etree.fromstring(self.parts["xl/styles.xml"])
        formats = styles.find(f"{MAIN}cellXfs")
        assert formats is not None
        made = etree.fromstring(etree.tostring(formats[style]))
        made.attrib.update(changes)
        formats.append(made)
        formats.set("count", str(len(formats)))
        self.parts["xl/styles.xml"] = _written(styles)
        return len(formats) - 1

    def save(self, path: Path) -> None:
        """Write the file, with the parts in the order in which they were."""
        for sheet in self.worksheets:
            sheet.put_back()
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
            for info in self.infos:
                package.writestr(info.filename, self.parts[info.filename])


class Sheet:
    """One sheet; rows and columns count from 1."""

    def __init__(self, book: Book, told: Any, part: str) -> None:
        self.book, self.part = book, part
        self.title = str(told.get("name"))
        self.sheet_state = str(told.get("state", "visible"))
        self._changed = False
        self._lines: dict[int, dict[int, Any]] = {}

    @cached_property
    def tree(self) -> Any:
        """Its XML, for what is not in cells."""
        return etree.fromstring(self.book.parts[self.part])

    @cached_property
    def _rows(self) -> dict[int, Any]:
        data = self.tree.find(f"{MAIN}sheetData")
        return {int(row.get("r", n)): row for n, row in enumerate(data, 1)}

    def _line(self, number: int) -> dict[int, Any]:
        """Give the cells of a row by column; rows that nobody looks at are not taken apart."""
        if number not in self._lines:
            found = {}
            for n, cell in enumerate(self._rows.get(number, ()), 1):
                at = cell.get("r")
                found[column_number(at.rstrip("0123456789")) if at else n] = cell
            self._lines[number] = found
        return self._lines[number]

    def _element(self, row: int, column: int) -> Any:
        return self._line(row).get(column)

    @cached_property
    def tables(self) -> dict[str, Table]:
        """The Excel tables on it, by name."""
        targets, found = self.book.targets(self.part), {}
        for told in self.tree.iterfind(f"{MAIN}tableParts/{MAIN}tablePart"):
            part = targets[told.get(RELATION)]
            table = etree.fromstring(self.book.parts[part])
            columns = tuple(str(c.get("name")) for c in table.iterfind(f"{MAIN}tableColumns/{MAIN}tableColumn"))
            name = str(table.get("displayName"))
            found[name] = Table(name, str(table.get("ref")), columns, part)
        return found

    @cached_property
    def max_row(self) -> int:
        return max((number for number, row in self._rows.items() if len(row)), default=1)

    @cached_property
    def max_column(self) -> int:
        """The last column that the sheet says it has, or else that a cell stands in."""
        area = self.tree.find(f"{MAIN}dimension")
        told = coordinates(area.get("ref").rpartition(":")[2])[1] if area is not None else 1
        return told if told > 1 else max((column for row in self._rows for column in self._line(row)), default=1)

    def cell(self, row: int, column: int) -> Cell:
        return Cell(self, row, column)

    def __getitem__(self, place: str | int) -> Any:
        """Give a cell, the cells of a row, or those of a range."""
        if isinstance(place, int):
            return tuple(Cell(self, place, column) for column in range(1, self.max_column + 1))
        first, _, last = place.partition(":")
        if not last:
            return Cell(self, *coordinates(first))
        (top, left), (bottom, right) = coordinates(first), coordinates(last)
        return tuple(self.iter_rows(top, bottom, left, right))

    def __setitem__(self, place: str, value: Any) -> None:
        Cell(self, *coordinates(place)).value = value

    def iter_rows(
        self,
        min_row: int = 1,
        max_row: int | None = None,
        min_col: int = 1,
        max_col: int | None = None,
        values_only: bool = False,
    ) -> Iterator[tuple[Any, ...]]:
        """Give the rows, as cells or as their values."""
        columns = range(min_col, (max_col or self.max_column) + 1)
        for row in range(min_row, (max_row or self.max_row) + 1):
            if values_only:
                yield tuple(self.read(row, column) for column in columns)
            else:
                yield tuple(Cell(self, row, column) for column in columns)

    def kind(self, row: int, column: int) -> str:
        """Give what a cell holds, in openpyxl's letters: `f` formula, `s` text, `e` error, `b` yes or no, `n` all else."""
        cell = self._element(row, column)
        if cell is None:
            return "n"
        if cell.find(f"{MAIN}f") is not None and not self.book.values:
            return "f"
        return {"s": "s", "str": "s", "inlineStr": "s", "e": "e", "b": "b"}.get(cell.get("t", "n"), "n")

    def read(self, row: int, column: int) -> Any:
        """Give the value of a cell."""
        cell = self._element(row, column)
        if cell is None:
            return None
        formula, value = cell.find(f"{MAIN}f"), cell.find(f"{MAIN}v")
        if formula is not None and not self.book.values:
            return f"={formula.text or ''}"
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return _text(cell.find(f"{MAIN}is"))
        if value is None or value.text is None:
            return None
        if kind == "s":
            return self.book.strings[int(value.text)]
        if kind == "b":
            return value.text == "1"
        if kind != "n":
            return _unescaped(value.text)
        return self._number(value.text, int(cell.get("s", 0)))

    def _number(self, text: str, style: int) -> Any:
        if style < len(self.book.dated) and self.book.dated[style]:
            days = float(text)
            if 0 <= days < 1:
                return (_DAY_ZERO + timedelta(days=days)).time()
            days += days < 60  # Excel has a 29 February 1900.
            return _DAY_ZERO + timedelta(milliseconds=round(days * 86_400_000))
        return int(text) if re.fullmatch(r"-?\d+", text) else float(text)

    def type(self, row: int, column: int, value: Any) -> None:
        """Type a value into a cell, which keeps its style."""
        cell = self._cell_at(row, column)
        for inner in list(cell):
            cell.remove(inner)
        cell.attrib.pop("t", None)
        if value is None:
            return
        if isinstance(value, str) and value.startswith("=") and len(value) > 1:
            etree.SubElement(cell, f"{MAIN}f").text = value[1:]
            return
        kind, text = self._written_as(value, cell)
        if kind != "n":
            cell.set("t", kind)
        if kind == "inlineStr":
            inner = etree.SubElement(etree.SubElement(cell, f"{MAIN}is"), f"{MAIN}t")
            inner.set(SPACE, "preserve")
        else:
            inner = etree.SubElement(cell, f"{MAIN}v")
        inner.text = text

    def strike_out(self, row: int, column: int) -> str:
        """Draw a line through what a cell holds; gives the cell's address."""
        cell = self._cell_at(row, column)
        cell.set("s", str(self.book.struck_style(int(cell.get("s", 0)))))
        return reference(row, column)

    def _written_as(self, value: Any, cell: Any) -> tuple[str, str]:
        if isinstance(value, bool):
            return "b", str(int(value))
        if isinstance(value, int | float):
            return "n", repr(value)
        if isinstance(value, date | time):
            style = int(cell.get("s", 0))
            if not self.book.dated[style]:
                cell.set("s", str(self.book.dated_style(style)))
            return "n", _serial(value)
        if value in ERRORS:
            return "e", value
        if STRINGS not in self.book.parts:
            return "inlineStr", _escaped(str(value))
        return "s", str(self.book.string(str(value)))

    def _cell_at(self, row: int, column: int) -> Any:
        """Give the element of a cell, made in its place in row and sheet where there is none."""
        self._changed = True
        line = self._line(row)
        if column not in line:
            element = self._row_at(row)
            element.insert(sum(other < column for other in line), etree.Element(f"{MAIN}c", r=reference(row, column)))
            element.attrib.pop("spans", None)  # No more than a hint, which would be wrong now.
            self.max_row, self.max_column = max(self.max_row, row), max(self.max_column, column)
            line[column] = element[sum(other < column for other in line)]
        return line[column]

    def _row_at(self, number: int) -> Any:
        if number not in self._rows:
            row = etree.Element(f"{MAIN}row", r=str(number))
            self.tree.find(f"{MAIN}sheetData").insert(sum(1 for other in self._rows if other < number), row)
            self._rows[number] = row
        return self._rows[number]

    def put_back(self) -> None:
        """Write the part anew when something was typed."""
        if not self._changed:
            return
        area = self.tree.find(f"{MAIN}dimension")
        if area is not None:
            area.set("ref", f"A1:{reference(self.max_row, self.max_column)}")
        self.book.parts[self.part] = _written(self.tree)


@dataclass
class Cell:
    """A place on a sheet."""

    sheet: Sheet
    row: int
    column: int

    @property
    def coordinate(self) -> str:
        return reference(self.row, self.column)

    @property
    def data_type(self) -> str:
        return self.sheet.kind(self.row, self.column)

    @property
    def value(self) -> Any:
        return self.sheet.read(self.row, self.column)

    @value.setter
    def value(self, value: Any) -> None:
        self.sheet.type(self.row, self.column, value)


def _serial(value: date | time) -> str:
    """Give a day or a time as Excel counts it."""
    if isinstance(value, time):
        value = datetime.combine(_DAY_ZERO, value)
    moment = value if isinstance(value, datetime) else datetime.combine(value, time())
    days = (moment - _DAY_ZERO) / timedelta(days=1)
    return str(int(days)) if days == int(days) else repr(days)


def _text(item: Any) -> str:
    """Give the text of a string, plain or in pieces with their own looks; how it is pronounced is none."""
    if item is None:
        return ""
    pieces = [piece for piece in item.iter(f"{MAIN}t") if piece.getparent().tag != f"{MAIN}rPh"]
    return _unescaped("".join(piece.text or "" for piece in pieces))


def _unescaped(text: str) -> str:
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _escaped(text: str) -> str:
    """Write what XML cannot hold, and what would be read as such, in the way of the format."""
    text = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)
    return re.sub(r"[\x00-\x08\x0b\x0c\x0d\x0e-\x1f]", lambda found: f"_x{ord(found[0]):04X}_", text)


def _written(tree: Any) -> bytes:
    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))
