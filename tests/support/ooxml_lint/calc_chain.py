"""Checks of the calculation chain against the cells that hold formulas."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from ooxml_lint.book import Book
from ooxml_lint.fault import Faults
from ooxml_lint.tags import MAIN, main, number

__all__ = ["check_calc_chain"]


def check_calc_chain(part: str, root: Element, book: Book, cells: Mapping[str, set[str]], faults: Faults) -> None:
    """Check that each cell of the chain holds a formula; `cells` gives the formula cells by sheet part."""
    ids = [number(element.get("sheetId")) for element in book.root.findall(main("sheets/sheet"))]
    by_id = {ids[sheet.index]: sheet for sheet in book.sheets}
    sheet_id = -1
    for element in root.findall(f"{MAIN}c"):
        sheet_id = number(element.get("i"), sheet_id)  # Left out where it is the one of the cell before.
        sheet, ref = by_id.get(sheet_id), element.get("r", "")
        if sheet is None or ref not in cells.get(sheet.part, ()):
            faults.add("calc_chain", part, ref, f"sheet {sheet_id} has no formula there")
