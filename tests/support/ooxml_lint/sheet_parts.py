"""Checks of what a sheet holds beside its cells: merged cells, links, columns, and what shares its space."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from ooxml_lint.areas import Area, area_of, overlapping
from ooxml_lint.book import Book, Sheet
from ooxml_lint.fault import Faults
from ooxml_lint.tags import RELATION, main, number

__all__ = ["check_sheet_parts"]

_MOST_LINKS = 65_530


def check_sheet_parts(sheet: Sheet, root: Element, book: Book, faults: Faults) -> None:
    """Check merged cells, links and column styles of one sheet, and that its tables do not overlap."""
    tables = [(table.area, table.name) for table in sheet.tables if table.area]
    for one, other in overlapping(tables):
        faults.add("table_overlap", sheet.part, other, f"lies over {one}")
    _check_merges(sheet, root, tables, faults)
    _check_links(sheet, root, book, faults)
    for column in root.findall(main("cols/col")):
        if not 0 <= number(column.get("style"), 0) < book.style_count:
            detail = f"style {column.get('style')} of {book.style_count}"
            faults.add("style_index", sheet.part, f"column {column.get('min')}", detail)


def _check_merges(sheet: Sheet, root: Element, tables: list[tuple[Area, str]], faults: Faults) -> None:
    merges: list[tuple[Area, str]] = []
    for element in root.findall(main("mergeCells/mergeCell")):
        ref = element.get("ref", "")
        if area := area_of(ref):
            merges.append((area, ref))
        else:
            faults.add("range_illegal", sheet.part, ref, "is no range of merged cells")
    for one, other in overlapping(merges):
        faults.add("merge_overlap", sheet.part, other, f"lies over {one}")
    for area, ref in merges:
        for table, name in tables:
            if area.meets(table):
                faults.add("merge_in_table", sheet.part, ref, f"lies in the table {name}")


def _check_links(sheet: Sheet, root: Element, book: Book, faults: Faults) -> None:
    links = root.findall(main("hyperlinks/hyperlink"))
    if len(links) > _MOST_LINKS:
        faults.add("link_count", sheet.part, "", f"{len(links)} links")
    sheets = {each.name.casefold() for each in book.sheets}
    names = {name.name.casefold() for name in book.names} | {table.name.casefold() for table in book.tables}
    for link in links:
        ref, location = link.get("ref", ""), link.get("location")
        if area_of(ref) is None:
            faults.add("range_illegal", sheet.part, ref, "is no range for a link")
        if location is not None and not link.get(f"{RELATION}id") and not _leads_somewhere(location, sheets, names):
            faults.add("link_target", sheet.part, ref, f"{location} does not exist")


def _leads_somewhere(location: str, sheets: set[str], names: set[str]) -> bool:
    sheet, mark, place = location.rpartition("!")
    if sheet.startswith("'") and sheet.endswith("'"):
        sheet = sheet[1:-1].replace("''", "'")
    if mark and sheet.casefold() not in sheets:
        return False
    return place.casefold() in names or area_of(place) is not None
