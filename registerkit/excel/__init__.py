"""The one wrapper of XlsxWriter: what it leaves out, refuses or warns of is an error that says where."""

from registerkit.excel.book import Book, BuildError, CellContent, Sheet, day_number

__all__ = ["Book", "BuildError", "CellContent", "Sheet", "day_number"]
