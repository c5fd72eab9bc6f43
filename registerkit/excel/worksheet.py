"""XlsxWriter's sheet for a register of thousands of rows: formulas prepared once, rows of a table as text at once."""

from __future__ import annotations

import math
import re
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from tempfile import SpooledTemporaryFile
from typing import IO, Any, NamedTuple
from xml.sax.saxutils import escape

from xlsxwriter.packager import Packager
from xlsxwriter.sharedstrings import SharedStrings
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from registerkit.ooxml import column_letters, parse_ref

__all__ = [
    "CellContent",
    "CellRefusedError",
    "KitSheet",
    "KitWorkbook",
    "LiveCell",
    "Row",
    "as_written",
    "cached",
    "day_number",
]

CellContent = str | int | float | date | None
"""What a cell holds."""

_FIRST_DAY = date(1900, 3, 1)
"""Earlier days have other numbers in other programs, so they are written as text."""

_MOST_LETTERS = 32_767
_IN_MEMORY = 8 * 1024 * 1024
"""Bytes of rows up to which no file is needed to keep them."""


class LiveCell(NamedTuple):
    """A formula, without the leading `=`, and the value it has now."""

    formula: str
    value: CellContent


@dataclass(frozen=True)
class Row:
    """One row of a block: a value or a formula for each column of the block."""

    height: float
    cells: Sequence[CellContent | LiveCell]
    styles: Sequence[Any]
    """The format of each column, those of XlsxWriter."""
    hidden: bool = False


class CellRefusedError(ValueError):
    """A value does not fit in a cell; `row` and `column` count from 0."""

    def __init__(self, row: int, column: int, problem: object) -> None:
        super().__init__(problem)
        self.row = row
        self.column = column


def day_number(day: date) -> int:
    """Return a day as Excel counts it."""
    return (day - _ZERO).days


_ZERO = date(1899, 12, 30)


def cached(value: CellContent) -> str | int | float:
    """Return a value as a formula's cell keeps it."""
    if isinstance(value, date):
        return day_number(value)
    return "" if value is None else value


def as_written(value: CellContent) -> str | int | float:
    """Return a value as a cell holds it, "" for an empty one; a day that programs count differently is a text."""
    return f"{value:%d-%m-%Y}" if isinstance(value, date) and value < _FIRST_DAY else cached(value)


@dataclass(frozen=True)
class _Block:
    """Rows that are text already, from the first up to and including the last, which count from 0."""

    first: int
    last: int
    xml: IO[str]


class KitSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter ships no types.
    """A sheet that takes the rows of a table as a block, and prepares a formula once.

    XlsxWriter keeps an object for every cell and escapes the attributes of each, and it looks for some thirty
    functions in every formula: most of the time that a register would take (checked with XlsxWriter 3.3).
    """

    def __init__(self) -> None:
        super().__init__()
        self.dim_rowmin: int | None
        self.dim_rowmax: int | None
        self._blocks: list[_Block] = []
        self._columns_only = False

    def write_block(self, first: int, rows: Iterable[Row], blanks: Sequence[bool]) -> None:
        """Write rows from the first on; an empty cell is written only in the columns of `blanks`.

        Elsewhere an empty cell looks as its column does. Raises `CellRefusedError`.
        """
        xml: IO[str] = SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8", newline="")  # noqa: SIM115
        writer = _RowText(self.str_table._get_shared_string_index, [column_letters(n) for n in range(len(blanks))])
        number = first
        for number, row in enumerate(rows, first):
            xml.write(writer.text(number, row, blanks))
        self._check_dimensions(first, 0)
        self._check_dimensions(number, len(blanks) - 1)
        self._blocks.append(_Block(first, number, xml))

    def add_table(self, ref: str, options: dict[str, Any]) -> Any:
        """Make a range a table; the cells of its columns are written apart, those with a formula too.

        XlsxWriter notes every cell of a table: it is told of the first two rows, and the table then has them all.
        """
        first_row, first_column, last_row, last_column = parse_ref(ref)
        if self._check_dimensions(last_row - 1, last_column, True, True):
            return -1
        self._columns_only = True
        try:
            refused = super().add_table(first_row - 1, first_column, min(first_row, last_row - 1), last_column, options)
        finally:
            self._columns_only = False
        if not refused:
            table = self.tables[-1]
            table |= {part: ref for part in ("range", "a_range", "autofilter") if part in table}
        return refused

    def _write_formula(self, *arguments: Any, **options: Any) -> Any:
        return 0 if self._columns_only else super()._write_formula(*arguments, **options)

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return _prepared(formula, bool(expand_future_functions or self.use_future_functions))

    def _write_rows(self) -> None:
        first, last = self.dim_rowmin or 0, self.dim_rowmax or 0
        for block in sorted(self._blocks, key=lambda block: block.first):
            self._write_rows_between(first, block.first - 1)
            block.xml.seek(0)
            shutil.copyfileobj(block.xml, self.fh)
            block.xml.close()
            first = block.last + 1
        self._write_rows_between(first, last)

    def _write_rows_between(self, first: int, last: int) -> None:
        if first <= last:
            whole = self.dim_rowmin, self.dim_rowmax
            self.dim_rowmin, self.dim_rowmax = first, last
            super()._write_rows()
            self.dim_rowmin, self.dim_rowmax = whole


class _RowText:
    """Turns rows into the text they have in a sheet."""

    def __init__(self, shared: Any, letters: Sequence[str]) -> None:
        self._shared = shared
        self._letters = letters

    def text(self, number: int, row: Row, blanks: Sequence[bool]) -> str:
        """Return a row as text; `number` counts from 0."""
        # As XlsxWriter does it: whole pixels, of which four are three points.
        points = int(row.height * 4 / 3 + 0.5) * 0.75
        hidden = ' hidden="1"' if row.hidden else ""
        parts = [f'<row r="{number + 1}" ht="{points:.16g}"{hidden} customHeight="1">']
        for column, value in enumerate(row.cells):
            if value is None or value == "":
                if not blanks[column]:
                    continue
                tail = "/>"
            elif isinstance(value, LiveCell):
                tail = _formula(value, number, column)
            else:
                tail = self._content(as_written(value), number, column)
            style = row.styles[column]._get_xf_index()
            parts.append(f'<c r="{self._letters[column]}{number + 1}" s="{style}"{tail}')
        parts.append("</row>")
        return "".join(parts)

    def _content(self, value: str | int | float, row: int, column: int) -> str:
        if not isinstance(value, str):
            return f"><v>{_number(value, row, column)}</v></c>"
        if len(value) > _MOST_LETTERS // 2 and len(value.encode("utf-16-le", "surrogatepass")) // 2 > _MOST_LETTERS:
            raise CellRefusedError(row, column, -2)  # As XlsxWriter tells it.
        return f' t="s"><v>{self._shared(value)}</v></c>'


def _formula(cell: LiveCell, row: int, column: int) -> str:
    now = cached(cell.value)
    kind = ' t="str"' if isinstance(now, str) and now else ""
    shown = escape(now) if isinstance(now, str) else _number(now, row, column)
    return f"{kind}><f>{_formula_text(cell.formula)}</f><v>{shown}</v></c>"


def _number(value: float, row: int, column: int) -> str:
    if not math.isfinite(value):
        raise CellRefusedError(row, column, value)
    return f"{value:.16G}"


@lru_cache(maxsize=16384)
def _prepared(formula: str, future: bool) -> str:
    plain = formula.removeprefix("{").removeprefix("=").removesuffix("}")
    if not _is_rewritten(frozenset(_FUNCTION.findall(plain)), future):
        return plain
    prepared: str = _PREPARING._prepare_formula(formula, future)
    return prepared


@lru_cache(maxsize=4096)
def _is_rewritten(functions: frozenset[str], future: bool) -> bool:
    """Tell whether XlsxWriter writes a formula with these functions otherwise, which hangs on their names alone."""
    named = "+".join(sorted(functions))
    return bool(_PREPARING._prepare_formula(named, future) != named)


_FUNCTION = re.compile(r"[\w.]+\(")


@lru_cache(maxsize=256)
def _formula_text(formula: str) -> str:
    return escape(_prepared(f"={formula}", False).removeprefix("="))


_PREPARING = Worksheet()


class _PlainStrings(SharedStrings):  # type: ignore[misc]
    """The texts of all cells, each as it is: XlsxWriter takes one that begins and ends like rich text for XML."""

    def _write_si(self, string: str) -> None:
        text = self._escape_control_characters(string)
        keep = [("xml:space", "preserve")] if text != text.strip() else []
        self._xml_si_element(text, keep)


class _PlainPackager(Packager):  # type: ignore[misc]
    def _write_shared_strings_file(self) -> None:
        if self.workbook.str_table.count:
            strings = _PlainStrings()
            strings.string_table = self.workbook.str_table
            strings._set_xml_writer(self._filename("xl/sharedStrings.xml"))
            strings._assemble_xml_file()


class KitWorkbook(Workbook):  # type: ignore[misc]
    """A workbook whose texts are never taken for XML; `KitSheet` is the kind of its sheets."""

    def _get_packager(self) -> Packager:
        return _PlainPackager()
