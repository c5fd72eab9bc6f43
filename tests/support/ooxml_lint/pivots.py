"""Checks of all pivot tables of a workbook: their caches, their places and their names."""

from __future__ import annotations

from collections import Counter

from ooxml_lint.archive import Archive
from ooxml_lint.areas import Area, area_of, overlapping
from ooxml_lint.book import Book, Sheet
from ooxml_lint.fault import Faults
from ooxml_lint.pivot_caches import CacheField, check_cache
from ooxml_lint.pivot_tables import Pivot, check_pivot
from ooxml_lint.tags import MAIN, main, number

__all__ = ["check_pivots"]


def check_pivots(archive: Archive, book: Book, faults: Faults) -> dict[str, set[str]]:
    """Check caches and pivot tables; gives the names of the pivot tables by sheet."""
    caches = {part: check_cache(part, archive, book, faults) for part in sorted(set(book.caches.values()))}
    names: dict[str, set[str]] = {}
    for sheet in book.sheets:
        pivots = _pivots_of(sheet, archive, book, caches)
        names[sheet.name] = {pivot.name for pivot in pivots}
        for name, count in Counter(pivot.name.casefold() for pivot in pivots).items():
            if count > 1 or not name:
                faults.add("pivot_name", sheet.part, name, f"{count} pivot tables are called so")
        for pivot in pivots:
            check_pivot(pivot, faults)
        _check_places(sheet, pivots, faults)
    return names


def _pivots_of(sheet: Sheet, archive: Archive, book: Book, caches: dict[str, list[CacheField]]) -> list[Pivot]:
    pivots = []
    for relation in archive.relations(sheet.part):
        root = archive.tree(relation.target) if relation.kind == "pivotTable" else None
        if root is None:
            continue
        part = book.caches.get(root.get("cacheId", ""), "")
        related = {each.target for each in archive.relations(relation.target)}
        pivots.append(Pivot(relation.target, root, caches.get(part) if part in related else None))
    return pivots


def _check_places(sheet: Sheet, pivots: list[Pivot], faults: Faults) -> None:
    """Check that pivot tables, with their filters, lie on the sheet and over nothing else that moves."""
    taken = [(table.area, (f"the table {table.name}", False)) for table in sheet.tables if table.area]
    for pivot in pivots:
        area = _area_of(pivot)
        if area is None:
            location = pivot.root.find(f"{MAIN}location")
            ref = None if location is None else location.get("ref")
            faults.add("pivot_place", pivot.part, pivot.name, f"{ref} with its filters is no place on the sheet")
        else:
            taken.append((area, (f"the pivot table {pivot.name}", True)))
    for (one, one_pivot), (other, other_pivot) in overlapping(taken):
        if one_pivot or other_pivot:
            faults.add("pivot_overlap", sheet.part, other, f"lies over {one}")


def _area_of(pivot: Pivot) -> Area | None:
    """Give the cells of a pivot table with its filters, which stand above it with one empty row between."""
    location = pivot.root.find(f"{MAIN}location")
    area = None if location is None else area_of(location.get("ref"))
    pages = len(pivot.root.findall(main("pageFields/pageField")))
    if area is None or location is None or not pages:
        return area
    rows = number(location.get("rowPageCount"), pages)
    columns = number(location.get("colPageCount"), 1)
    top, right = area.top - rows - 1, max(area.right, area.left + 3 * columns - 2)
    return area._replace(top=top, right=right) if top >= 1 else None
