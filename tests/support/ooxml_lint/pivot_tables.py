"""Checks of pivot tables against the cache that they show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from xml.etree.ElementTree import Element

from ooxml_lint.fault import Faults
from ooxml_lint.pivot_caches import CacheField
from ooxml_lint.tags import MAIN, is_true, main, number

__all__ = ["Pivot", "check_pivot"]

_AXES = {"rowFields": "axisRow", "colFields": "axisCol", "pageFields": "axisPage"}
_SUBTOTAL = "Subtotal"
_VALUES = -2
"""The field that stands for the data fields, when there are more than one."""


@dataclass(frozen=True)
class Pivot:
    """A pivot table part and the fields of its cache; None when the cache is not there."""

    part: str
    root: Element
    fields: Sequence[CacheField] | None

    @property
    def name(self) -> str:
        """The pivot table's name."""
        return self.root.get("name", "")

    @cached_property
    def pivot_fields(self) -> list[Element]:
        """Its fields, one for each of the cache."""
        return self.root.findall(main("pivotFields/pivotField"))

    @cached_property
    def used(self) -> Mapping[str, list[int]]:
        """The fields on each axis, and those that give the data, by the name of their list."""
        return {
            "rowFields": [number(e.get("x"), 0) for e in self.root.findall(main("rowFields/field"))],
            "colFields": [number(e.get("x"), 0) for e in self.root.findall(main("colFields/field"))],
            "pageFields": [number(e.get("fld")) for e in self.root.findall(main("pageFields/pageField"))],
            "dataFields": [number(e.get("fld")) for e in self.root.findall(main("dataFields/dataField"))],
        }


def check_pivot(pivot: Pivot, faults: Faults) -> None:
    """Check the fields, items and indexes of one pivot table."""
    if pivot.fields is None:
        faults.add("pivot_cache", pivot.part, pivot.name, f"cache {pivot.root.get('cacheId')} is not the workbook's")
        return
    if len(pivot.pivot_fields) != len(pivot.fields):
        detail = f"{len(pivot.pivot_fields)} fields, the cache has {len(pivot.fields)}"
        faults.add("pivot_field_count", pivot.part, pivot.name, detail)
        return
    if not _fields_in_range(pivot, faults):
        return
    _check_axes(pivot, faults)
    for element, cached in zip(pivot.pivot_fields, pivot.fields, strict=True):
        _check_items(pivot, element, cached, faults)
    _check_axis_items(pivot, "rowItems", pivot.used["rowFields"], faults)
    _check_axis_items(pivot, "colItems", pivot.used["colFields"], faults)
    _check_pages(pivot, faults)


def _fields_in_range(pivot: Pivot, faults: Faults) -> bool:
    sound = True
    for place, indexes in pivot.used.items():
        lowest = _VALUES if place in ("rowFields", "colFields") else 0
        for index in indexes:
            if not lowest <= index < len(pivot.pivot_fields) or index == -1:
                faults.add("pivot_field_index", pivot.part, place, f"{index} of {len(pivot.pivot_fields)} fields")
                sound = False
    return sound


def _check_axes(pivot: Pivot, faults: Faults) -> None:
    """Check that fields and the lists of the axes say the same."""
    expected = {index: axis for place, axis in _AXES.items() for index in pivot.used[place]}
    for index, element in enumerate(pivot.pivot_fields):
        name = (pivot.fields or ())[index].name
        if element.get("axis") != expected.get(index):
            detail = f"axis {element.get('axis')}, the lists say {expected.get(index)}"
            faults.add("pivot_axis", pivot.part, name, detail)
        if is_true(element.get("dataField")) != (index in pivot.used["dataFields"]):
            faults.add("pivot_axis", pivot.part, name, "dataField and the list of data fields differ")


def _check_items(pivot: Pivot, element: Element, cached: CacheField, faults: Faults) -> None:
    items = element.findall(main("items/item"))
    if not items and element.get("axis") is None:
        return
    indexes = [number(item.get("x")) for item in items if item.get("x") is not None]
    for index in indexes:
        if not 0 <= index < cached.listed:
            faults.add("pivot_item_index", pivot.part, cached.name, f"item {index} of {cached.listed}")
    within = Counter(index for index in indexes if 0 <= index < cached.listed)
    wrong = [index for index in range(cached.listed) if within[index] != 1]
    if (wrong and len(within) == len(indexes)) or any(count > 1 for count in within.values()):
        faults.add("pivot_items", pivot.part, cached.name, f"items {wrong[:10]} must be listed once each")
    found = sorted(item.get("t", "") for item in items if item.get("t", "data") not in ("data", "blank"))
    needed = _subtotals(element)
    if found != needed:
        detail = f"subtotals {', '.join(found) or 'none'}, needed {', '.join(needed) or 'none'}"
        faults.add("pivot_items", pivot.part, cached.name, detail)


def _subtotals(element: Element) -> list[str]:
    """Give the kinds of subtotal that a field shows: those it names, or else the default one."""
    named = [name.removesuffix(_SUBTOTAL) for name in element.attrib if name.endswith(_SUBTOTAL)]
    own = sorted(kind for kind in named if kind != "default" and is_true(element.get(kind + _SUBTOTAL)))
    return own or ["default"] * is_true(element.get("defaultSubtotal"), True)


def _check_axis_items(pivot: Pivot, place: str, fields: Sequence[int], faults: Faults) -> None:
    data = len(pivot.used["dataFields"])
    for row, item in enumerate(pivot.root.findall(main(f"{place}/i"))):
        if not 0 <= number(item.get("i"), 0) < max(data, 1):
            faults.add("pivot_axis_item", pivot.part, f"{place} {row}", f"data field {item.get('i')} of {data}")
        if item.get("t") == "grand":
            continue
        for position, element in enumerate(item.findall(f"{MAIN}x"), number(item.get("r"), 0)):
            if position >= len(fields):
                detail = f"item {position + 1} of {len(fields)} fields"
                faults.add("pivot_axis_item", pivot.part, f"{place} {row}", detail)
                continue
            field = fields[position]
            limit = data if field == _VALUES else len(pivot.pivot_fields[field].findall(main("items/item")))
            if not 0 <= number(element.get("v"), 0) < limit:
                detail = f"item {element.get('v')} of {limit}"
                faults.add("pivot_axis_item", pivot.part, f"{place} {row}", detail)


def _check_pages(pivot: Pivot, faults: Faults) -> None:
    for element in pivot.root.findall(main("pageFields/pageField")):
        field, chosen = number(element.get("fld")), element.get("item")
        count = len(pivot.pivot_fields[field].findall(main("items/item")))
        if chosen is not None and not 0 <= number(chosen) < count:
            faults.add("pivot_axis_item", pivot.part, "pageFields", f"item {chosen} of {count}")
