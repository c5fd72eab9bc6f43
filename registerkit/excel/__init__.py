"""The one wrapper of XlsxWriter: what it leaves out, refuses or warns of is an error that says where."""

from registerkit.excel.book import Book, BuildError, Sheet
from registerkit.excel.worksheet import CellContent, LiveCell, Row, day_number

__all__ = ["Book", "BuildError", "CellContent", "LiveCell", "Row", "Sheet", "day_number"]
