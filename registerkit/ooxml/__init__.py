"""The Excel file format: the one place that knows how a workbook is packed."""

from registerkit.ooxml.add_pivots import add_pivots
from registerkit.ooxml.archive import BROKEN, OLE, check_parts, first_bytes, open_zip
from registerkit.ooxml.cells import (
    MAX_COLUMNS,
    MAX_ROWS,
    Cached,
    CellValue,
    Formula,
    address,
    column_index,
    column_letters,
    date_serial,
    parse_ref,
)
from registerkit.ooxml.data_validations import Dropdown, find_dropdowns, is_covered, is_shared
from registerkit.ooxml.dialects import in_usual_words
from registerkit.ooxml.editor import Editor
from registerkit.ooxml.extent import check_extent, is_too_wide
from registerkit.ooxml.package import Package, Sheet
from registerkit.ooxml.packing import Mould, without_times
from registerkit.ooxml.pivot_cache import CacheField, CacheValue, PivotCache
from registerkit.ooxml.pivot_table import PivotCell, PivotTable, PivotWords
from registerkit.ooxml.sheet_pieces import CannotEditError, whole_rows
from registerkit.ooxml.table import SheetTable, TableFilter

__all__ = [
    "BROKEN",
    "MAX_COLUMNS",
    "MAX_ROWS",
    "OLE",
    "CacheField",
    "CacheValue",
    "Cached",
    "CannotEditError",
    "CellValue",
    "Dropdown",
    "Editor",
    "Formula",
    "Mould",
    "Package",
    "PivotCache",
    "PivotCell",
    "PivotTable",
    "PivotWords",
    "Sheet",
    "SheetTable",
    "TableFilter",
    "add_pivots",
    "address",
    "check_extent",
    "check_parts",
    "column_index",
    "column_letters",
    "date_serial",
    "find_dropdowns",
    "first_bytes",
    "in_usual_words",
    "is_covered",
    "is_shared",
    "is_too_wide",
    "open_zip",
    "parse_ref",
    "whole_rows",
    "without_times",
]
