"""Checks of rows and cells, one at a time as they stream past."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from ooxml_lint.areas import LAST_COLUMN, LAST_ROW, area_of
from ooxml_lint.book import Book, Sheet, Table
from ooxml_lint.fault import Faults
from ooxml_lint.formulas import FormulaChecks, same_formula, without_rows
from ooxml_lint.tags import MAIN, number, unescape, words
from ooxml_lint.texts import LONGEST
from registerkit.ooxml.cells import column_letters

__all__ = ["CellChecks", "RawCell"]

_ERRORS = words(
    "#NULL! #DIV/0! #VALUE! #REF! #NAME? #NUM! #N/A #GETTING_DATA #SPILL! #CALC! #FIELD! #BLOCKED! #UNKNOWN!"
)
_BOOLEANS = frozenset({"0", "1", "true", "false"})
_LETTERS = [column_letters(index) for index in range(LAST_COLUMN + 2)]


@dataclass(slots=True)
class RawCell:
    """A cell as its XML says it."""

    attributes: Mapping[str, str]
    formula: str | None = None
    value: str | None = None
    inline: str | None = None


class CellChecks:
    """Checks the cells of one sheet and keeps what other checks need: table headers and formula cells."""

    def __init__(self, sheet: Sheet, book: Book, formulas: FormulaChecks, faults: Faults) -> None:
        self.headers: dict[tuple[int, int], str | None] = {}
        """The texts of cells in the header rows of tables; None for what is no text."""
        self.formula_cells: set[str] = set()
        self._sheet, self._faults, self._formulas = sheet, faults, formulas
        self._texts = book.texts
        self._styles = frozenset(str(n) for n in range(book.style_count))
        self._header_rows = {table.area.top for table in sheet.tables if table.area and table.header_rows}
        self._totals_rows = {table.area.bottom for table in sheet.tables if table.area and table.totals_rows}
        self._columns: dict[int, list[tuple[Table, str]]] = {}
        self._row = 0
        self._row_text = ""
        self._column = -1
        self._seen: set[str] = set()

    def compare_columns(self) -> None:
        """Have formulas compared with those that the tables' columns say."""
        for table in self._sheet.tables:
            for index, column in enumerate(table.root.findall(f"{MAIN}tableColumns/{MAIN}tableColumn")):
                formula = column.findtext(f"{MAIN}calculatedColumnFormula")
                if formula and table.area:
                    self._columns.setdefault(table.area.left + index, []).append((table, formula))

    def row(self, attributes: Mapping[str, str]) -> None:
        """Take in the start of a row."""
        row = number(attributes.get("r"), self._row + 1)
        if not self._row < row <= LAST_ROW:
            self._tell("row_order", str(attributes.get("r")), f"stands after row {self._row}")
        if "s" in attributes and attributes["s"] not in self._styles:
            self._tell("style_index", f"row {row}", f"style {attributes['s']} of {len(self._styles)}")
        self._row, self._row_text, self._column = row, str(row), -1

    def cell(self, cell: RawCell) -> None:
        """Take in a whole cell."""
        ref = self._address(cell.attributes.get("r"))
        style = cell.attributes.get("s")
        if style is not None and style not in self._styles:
            self._tell("style_index", ref, f"style {style} of {len(self._styles)}")
        kind = cell.attributes.get("t", "n")
        if cell.formula is not None:
            self._check_formula(cell, kind, ref)
        if cell.value is not None:
            self._check_value(kind, cell.value, ref, cell.formula is not None)
        if cell.inline is not None and len(cell.inline) > LONGEST:
            self._tell("text_length", ref, f"{len(cell.inline)} characters")
        if self._row in self._header_rows:
            self.headers[self._row, self._column] = self._text(cell, kind)

    def spread(self, ref: str | None) -> None:
        """Take in the range over which the formula now read spreads: all its cells hold that formula."""
        if area := area_of(ref):
            rows, columns = range(area.top, area.bottom + 1), range(area.left, area.right + 1)
            self.formula_cells.update(f"{_LETTERS[column]}{row}" for row in rows for column in columns)

    def lost_space(self, text: str) -> None:
        """Take in that an inline text of the cell now read would lose spaces."""
        self._tell("space_lost", f"{_LETTERS[self._column + 1]}{self._row}", repr(text[:80]))

    def _tell(self, code: str, place: str, detail: str) -> None:
        self._faults.add(code, self._sheet.part, place, detail)

    def _address(self, ref: str | None) -> str:
        """Give a cell's address after checking it against the one before."""
        expected = _LETTERS[self._column + 1] + self._row_text
        if (ref is None or ref == expected) and self._column < LAST_COLUMN:
            self._column += 1
            return expected
        area = area_of(ref)
        if ref is None or area is None or area.top != self._row or area[:2] != area[2:]:
            self._tell("cell_address", str(ref), f"stands in row {self._row}")
            return str(ref)
        if area.left == self._column:
            self._tell("cell_duplicate", ref, "the address is taken")
        elif area.left < self._column:
            self._tell("cell_order", ref, f"stands after column {column_letters(self._column)}")
        self._column = area.left
        return ref

    def _check_formula(self, cell: RawCell, kind: str, ref: str) -> None:
        formula = cell.formula or ""
        self.formula_cells.add(ref)
        if kind in ("s", "inlineStr"):
            self._tell("cached_string", ref, f'the value of a formula has the type "{kind}"')
        if formula and self._row in self._totals_rows:
            self._formulas.check(formula, self._sheet.part, ref, self._sheet.index, totals_of=self._totals_table())
        elif formula and (key := without_rows(formula)) not in self._seen:
            self._seen.add(key)
            self._formulas.check(formula, self._sheet.part, ref, self._sheet.index)
        if formula and self._columns:
            self._compare(formula, ref)

    def _totals_table(self) -> str:
        """Give the table whose totals row the cell stands in; empty when it stands beside it."""
        for table in self._sheet.tables:
            area = table.area
            if area and table.totals_rows and area.bottom == self._row and area.left <= self._column <= area.right:
                return table.name
        return ""

    def _compare(self, formula: str, ref: str) -> None:
        for table, expected in self._columns.get(self._column, ()):
            inside = table.area and table.area.top + table.header_rows <= self._row <= (
                table.area.bottom - table.totals_rows
            )
            if inside and not same_formula(formula, expected):
                self._tell("table_formula", ref, f"the column of {table.name} says {expected[:120]}")

    def _check_value(self, kind: str, value: str, ref: str, is_formula: bool) -> None:
        if kind == "s":
            if not (value.isdigit() and int(value) < len(self._texts)):
                self._tell("string_index", ref, f"text {value} of {len(self._texts)}")
        elif kind == "n":
            if not (value.isdigit() or _is_number(value)):
                self._tell("cached_string" if is_formula else "number_illegal", ref, f"{value[:40]!r} as a number")
        elif kind == "str":
            if len(value) > LONGEST:
                self._tell("text_length", ref, f"{len(value)} characters")
        elif kind == "b" or kind == "e":
            if value not in (_BOOLEANS if kind == "b" else _ERRORS):
                self._tell("value_illegal", ref, f'{value[:40]!r} with the type "{kind}"')
        elif kind not in ("inlineStr", "d"):
            self._tell("value_illegal", ref, f'there is no type "{kind}"')

    def _text(self, cell: RawCell, kind: str) -> str | None:
        if kind == "inlineStr":
            return unescape(cell.inline or "")
        if kind == "s":
            index = number(cell.value)
            return self._texts[index] if 0 <= index < len(self._texts) else None
        return unescape(cell.value or "") if kind == "str" else None


def _is_number(value: str) -> bool:
    """Tell whether Excel reads a value as a number; an empty one it takes for none."""
    try:
        return not value or ("_" not in value and math.isfinite(float(value)))
    except ValueError:
        return False
