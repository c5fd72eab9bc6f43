"""Streams a sheet part: its cells pass by one at a time, the rest of it becomes a small tree."""

from __future__ import annotations

from xml.etree.ElementTree import Element, TreeBuilder

from ooxml_lint.cells import CellChecks, RawCell
from ooxml_lint.tags import MAIN
from ooxml_lint.texts import loses_space

__all__ = ["SheetTarget"]

_DATA = f"{MAIN}sheetData"
_ROW = f"{MAIN}row"
_CELL = f"{MAIN}c"
_VALUE = f"{MAIN}v"
_FORMULA = f"{MAIN}f"
_TEXT = f"{MAIN}t"
_SPREADING = ("array", "dataTable")
_PHONETIC = f"{MAIN}rPh"


class SheetTarget:
    """Takes the parser's events of a sheet; `close` gives the tree, with nothing inside its `sheetData`."""

    def __init__(self, checks: CellChecks) -> None:
        self._checks = checks
        self._builder = TreeBuilder()
        self._inside = False
        self._cell = RawCell({})
        self._attributes: dict[str, str] = {}
        self._text: list[str] = []
        self._phonetic = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take in a start tag."""
        if not self._inside:
            self._builder.start(tag, attributes)
            self._inside = tag == _DATA
        elif tag == _CELL:
            self._cell = RawCell(attributes)
        elif tag == _ROW:
            self._checks.row(attributes)
        else:
            self._text, self._attributes = [], attributes
            self._phonetic = self._phonetic or tag == _PHONETIC

    def data(self, data: str) -> None:
        """Take in text, or a piece of it."""
        if self._inside:
            self._text.append(data)
        else:
            self._builder.data(data)

    def end(self, tag: str) -> None:
        """Take in an end tag."""
        if not self._inside:
            self._builder.end(tag)
        elif tag == _VALUE:
            self._cell.value = "".join(self._text)
        elif tag == _CELL:
            self._checks.cell(self._cell)
        elif tag == _FORMULA:
            self._cell.formula = "".join(self._text)
            if self._attributes.get("t") in _SPREADING:
                self._checks.spread(self._attributes.get("ref"))
        elif tag == _TEXT and not self._phonetic:
            self._inline("".join(self._text))
        elif tag == _PHONETIC:
            self._phonetic = False
        elif tag == _DATA:
            self._inside = False
            self._builder.end(tag)

    def close(self) -> Element:
        """Give the tree."""
        return self._builder.close()

    def _inline(self, text: str) -> None:
        self._cell.inline = (self._cell.inline or "") + text
        if loses_space(text, self._attributes):
            self._checks.lost_space(text)
