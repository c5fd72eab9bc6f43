"""The Excel file format: the one place that knows how a workbook is packed."""

from registerkit.ooxml.add_pivots import add_pivots
from registerkit.ooxml.cells import (
    Cached,
    CellValue,
    Formula,
    address,
    column_index,
    column_letters,
    date_serial,
    parse_ref,
)
from registerkit.ooxml.dropdowns import Dropdown, find_dropdowns, is_covered, is_shared
from registerkit.ooxml.editor import Editor
from registerkit.ooxml.package import Package, Sheet
from registerkit.ooxml.packing import without_times
from registerkit.ooxml.pivot_cache import CacheField, CacheValue, PivotCache
from registerkit.ooxml.pivot_table import PivotCell, PivotTable, PivotWords
from registerkit.ooxml.sheet_rows import CannotEditError
from registerkit.ooxml.table import SheetTable

__all__ = [
    "CacheField",
    "CacheValue",
    "Cached",
    "CannotEditError",
    "CellValue",
    "Dropdown",
    "Editor",
    "Formula",
    "Package",
    "PivotCache",
    "PivotCell",
    "PivotTable",
    "PivotWords",
    "Sheet",
    "SheetTable",
    "add_pivots",
    "address",
    "column_index",
    "column_letters",
    "date_serial",
    "find_dropdowns",
    "is_covered",
    "is_shared",
    "parse_ref",
    "without_times",
]
