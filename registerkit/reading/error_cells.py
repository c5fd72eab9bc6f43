"""Finds the cells of a sheet part that hold an error or a formula; the part comes block by block, for it can be large.

Only where a mark of such a cell stands is it looked at more closely: most cells of a register have neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from registerkit.ooxml import column_index, whole_rows

__all__ = ["FormulaCells", "Marks", "find_marks"]

_ERROR = re.compile(rb'<c\b[^<>]{0,200}?\br="([A-Z]{1,3})(\d{1,7})"[^<>]{0,200}?\bt="e"')
_FORMULA = re.compile(
    rb'<c\b[^<>]{0,200}?\br="([A-Z]{1,3})(\d{1,7})"([^<>]{0,200}\bt="str")?[^<>]*>\s*'
    rb"<f\b(?:[^<>]*/>|[^<>]*>[^<]*</f>)((?(3)<v\b|<v>[^<]))?"
)
"""Its last group is there when the value is kept; only a text may be kept as nothing.

The bounds keep a tag without end from being looked through again and again.
"""
_REACH = 1000
"""A cell's mark stands at most this many bytes behind where the cell begins."""


class FormulaCells(Mapping[tuple[int, int], bool]):
    """Cells with a formula, by row and column, and whether its value is kept in the file.

    Rows are mostly alike, and those that are share what is known of them.
    """

    def __init__(self, cells: Iterable[tuple[int, int, bool]] = ()) -> None:
        """Keep cells given as row, column and whether the value is kept; those of a row mostly come together."""
        self._rows: dict[int, dict[int, bool]] = {}
        alike: dict[tuple[tuple[int, bool], ...], dict[int, bool]] = {}
        for row, found in groupby(cells, key=lambda cell: cell[0]):
            kept = {**self._rows.get(row, {}), **{column: is_kept for _, column, is_kept in found}}
            self._rows[row] = alike.setdefault(tuple(kept.items()), kept)

    def in_row(self, row: int) -> Mapping[int, bool]:
        """Return the formulas of a row by column."""
        return self._rows.get(row, {})

    def __getitem__(self, cell: tuple[int, int]) -> bool:
        return self._rows[cell[0]][cell[1]]

    def __contains__(self, cell: object) -> bool:
        return isinstance(cell, tuple) and cell[1] in self._rows.get(cell[0], ())

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return ((row, column) for row, cells in self._rows.items() for column in cells)

    def __bool__(self) -> bool:
        return bool(self._rows)

    def __len__(self) -> int:
        return sum(map(len, self._rows.values()))


@dataclass(frozen=True)
class Marks:
    """What is marked in a sheet part; rows count from 1, columns from 0."""

    errors: frozenset[tuple[int, int]]
    formulas: FormulaCells
    behind: bytes
    """What stands behind the last row."""


def find_marks(blocks: Iterable[bytes], columns: Iterable[int]) -> Marks:
    """Find the marked cells of some columns; the sheet part comes in blocks of any size."""
    wanted, letters = set(columns), _Letters()
    errors: set[tuple[int, int]] = set()
    rows = b""

    def formulas() -> Iterator[tuple[int, int, bool]]:
        nonlocal rows
        for rows in whole_rows(blocks):
            for match in _near(rows, b't="e"', _ERROR):
                if (column := letters[match[1]]) in wanted:
                    errors.add((int(match[2]), column))
            for match in _near(rows, b"<f", _FORMULA):
                if (column := letters[match[1]]) in wanted:
                    yield int(match[2]), column, match.lastindex == 4

    found = FormulaCells(formulas())
    return Marks(frozenset(errors), found, rows)


class _Letters(dict[bytes, int]):
    """Column letters to the column that they stand for, worked out once."""

    def __missing__(self, letters: bytes) -> int:
        self[letters] = column = column_index(letters.decode())
        return column


def _near(rows: bytes, mark: bytes, cell: re.Pattern[bytes]) -> Iterator[re.Match[bytes]]:
    """Return the cells of a kind among the rows; `mark` stands in each of them, and in little else."""
    at = rows.find(mark)
    while at >= 0:
        start = rows.rfind(b"<c", max(0, at - _REACH), at)
        match = cell.match(rows, start) if start >= 0 else None
        if match:
            yield match
        at = rows.find(mark, max(at + 1, match.end() if match else 0))
