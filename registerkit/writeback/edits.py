"""What changes in one file, before any of it is written."""

from __future__ import annotations

from dataclasses import dataclass, field

from registerkit.ooxml import CellValue, Dropdown, SheetTable
from registerkit.writeback.growth import Growth

__all__ = ["FileEdits", "LostDropdown", "PrintedRows"]


@dataclass(frozen=True)
class LostDropdown:
    """A list to put back over the cells of a column."""

    part: str
    column: int
    first: int
    last: int
    dropdown: Dropdown


@dataclass(frozen=True)
class PrintedRows:
    """To which row the sheet of a table prints, and the last row that the table then has."""

    table: SheetTable
    last: int
    last_row: int


@dataclass
class FileEdits:
    """Everything that changes in one file."""

    cells: dict[str, dict[tuple[int, int], CellValue]] = field(default_factory=dict)
    """Per sheet part: row (from 1) and column (from 0) to value."""
    growths: list[Growth] = field(default_factory=list)
    refreshed: dict[str, dict[tuple[int, int], CellValue]] = field(default_factory=dict)
    """Cached values that are written along, but are no reason to write."""
    owned: dict[str, dict[tuple[int, int], CellValue]] = field(default_factory=dict)
    """Cells that are the kit's own, whatever stands in them."""
    dropdowns: list[LostDropdown] = field(default_factory=list)
    column_formulas: dict[str, dict[str, str]] = field(default_factory=dict)
    """Per table part: header to the formula that new rows of the column get."""
    names: dict[str, str] = field(default_factory=dict)
    """What names of the workbook come to refer to."""
    printed: list[PrintedRows] = field(default_factory=list)
    """Written along, but no reason to write."""
    heights: dict[str, dict[int, float]] = field(default_factory=dict)
    """Per sheet part: how high rows become, in points, by number; written along, but no reason to write."""
    unhidden: set[str] = field(default_factory=set)
    """Sheets to show."""

    def __bool__(self) -> bool:
        return bool(self.growths) or self.stays

    @property
    def stays(self) -> bool:
        """Whether something changes in the rows that are there."""
        return any(self.cells.values()) or any(self.owned.values()) or bool(self.dropdowns) or bool(self.names)

    def set(self, part: str, row: int, column: int, value: CellValue) -> None:
        """Set a cell."""
        self.cells.setdefault(part, {})[(row, column)] = value
