"""Pivot tables: fields, items and indexes are the cache's, and each has a place of its own."""

from __future__ import annotations

import pytest
from lint_samples import After
from pivot_samples import CACHE, PIVOT, PIVOT_SHEET, TWO_VALUES

SECOND = '<i><x v="1"/></i>'
PAGES = '<location ref="A4:D8"'


@pytest.mark.parametrize(
    ("code", "part", "old", "new", "place"),
    [
        ("pivot_field_count", PIVOT, '<pivotField dataField="1" showAll="0"/>', "", "Omzet"),
        ("pivot_field_index", PIVOT, '<field x="0"/>', '<field x="4"/>', "rowFields"),
        ("pivot_field_index", PIVOT, '<field x="1"/>', '<field x="-3"/>', "colFields"),
        ("pivot_field_index", PIVOT, 'fld="2"', 'fld="-2"', "pageFields"),
        ("pivot_field_index", PIVOT, 'fld="3"', 'fld="66"', "dataFields"),
        ("pivot_axis", PIVOT, 'axis="axisRow" ', "", "Regio"),
        ("pivot_axis", PIVOT, '<pivotField dataField="1" ', "<pivotField ", "Aantal"),
        ("pivot_items", PIVOT, '<item x="1"/>', "", "Regio"),
        ("pivot_items", PIVOT, '<item x="1"/>', '<item x="0"/>', "Regio"),
        ("pivot_items", PIVOT, '<item t="default"/>', "", "Regio"),
        ("pivot_items", PIVOT, 'axis="axisRow"', 'axis="axisRow" defaultSubtotal="0"', "Regio"),
        ("pivot_item_index", PIVOT, '<item x="1"/>', '<item x="7"/>', "Regio"),
        ("pivot_axis_item", PIVOT, SECOND, '<i><x v="3"/></i>', "rowItems 1"),
        ("pivot_axis_item", PIVOT, SECOND, '<i><x v="1"/><x/></i>', "rowItems 1"),
        ("pivot_axis_item", PIVOT, SECOND, '<i r="1"><x/></i>', "rowItems 1"),
        ("pivot_axis_item", PIVOT, 'fld="2" ', 'fld="2" item="3" ', "pageFields"),
        ("pivot_axis_item", TWO_VALUES, '<i i="1"><x v="1"/></i>', '<i i="1"><x v="2"/></i>', "colItems 1"),
        ("pivot_axis_item", TWO_VALUES, '<i i="1"><x v="1"/></i>', '<i i="2"><x v="1"/></i>', "colItems 1"),
        ("pivot_cache", PIVOT, 'cacheId="1"', 'cacheId="2"', "Omzet"),
        ("pivot_cache", "xl/workbook.xml", 'cacheId="1"', 'cacheId="9"', "Omzet"),
        ("pivot_name", TWO_VALUES, 'name="Twee"', 'name="OMZET"', "omzet"),
        ("pivot_place", PIVOT, PAGES, '<location ref="A2:D6"', "Omzet"),
        ("pivot_place", TWO_VALUES, '<location ref="F2:H5"', '<location ref="F2:H1048577"', "Twee"),
        ("pivot_overlap", TWO_VALUES, '<location ref="F2:H5"', '<location ref="D8:F11"', "the pivot table Twee"),
        ("pivot_overlap", TWO_VALUES, '<location ref="F2:H5"', '<location ref="B2:D3"', "the pivot table Twee"),
        ("count_wrong", PIVOT, '<rowItems count="3"', '<rowItems count="2"', "rowItems"),
        ("count_wrong", PIVOT, '<items count="3"', '<items count="2"', "items"),
        ("count_wrong", PIVOT, '<pivotFields count="4"', '<pivotFields count="5"', "pivotFields"),
        ("element_order", PIVOT, "<pivotFields", "<dataFields/><pivotFields", "pivotFields"),
        ("element_order", CACHE, "<cacheSource", "<cacheFields/><cacheSource", "cacheSource"),
    ],
)  # fmt: skip
def test_pivot_faults(code: str, part: str, old: str, new: str, place: str, after_in_pivots: After) -> None:
    found = after_in_pivots(part, old, new)
    if code not in ("count_wrong", "element_order"):  # What is missing is missed by its count too.
        found = [fault for fault in found if fault.code != "count_wrong"]
    if code == "pivot_cache" and part != PIVOT:
        found = [fault for fault in found if fault.part == PIVOT]
    assert (code, place) in {(fault.code, fault.place) for fault in found}
    assert {code} == {fault.code for fault in found if fault.code != "element_order" or code == "element_order"}


def test_a_pivot_table_over_a_table(after_in_pivots: After) -> None:
    """The table is moved to the pivot tables' sheet."""
    relation = '<Relationship Id="rId77" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/table" Target="../tables/table1.xml"/>'
    found = after_in_pivots("xl/worksheets/_rels/sheet2.xml.rels", "</Relationships>", f"{relation}</Relationships>")
    overlaps = [fault for fault in found if fault.code == "pivot_overlap"]
    assert [(PIVOT_SHEET, "lies over the table Verkoop")] == [
        (f.part, f.detail.replace("pivot table Omzet", "table Verkoop")) for f in overlaps
    ]


def test_the_filters_stand_above_with_one_row_between(after_in_pivots: After) -> None:
    assert [] == after_in_pivots(PIVOT, PAGES, '<location ref="A3:D7"')


def test_subtotals_of_other_kinds(after_in_pivots: After) -> None:
    """A field that names its subtotals lists those instead of the default one."""
    named = '<pivotField axis="axisRow" showAll="0" sumSubtotal="1" avgSubtotal="1"><items count="4">'
    items = '<item x="0"/><item x="1"/><item t="sum"/><item t="avg"/></items>'
    old = (
        '<pivotField axis="axisRow" showAll="0"><items count="3"><item x="0"/><item x="1"/><item t="default"/></items>'
    )
    assert [] == after_in_pivots(PIVOT, old, named + items)
    assert ["pivot_items"] == [f.code for f in after_in_pivots(PIVOT, old, named + items.replace('t="avg"', 't="max"'))]


def test_the_items_of_a_grouped_field_are_its_groups(after_in_pivots: After) -> None:
    groups = '<fieldGroup base="0"><discretePr count="2"><x v="0"/><x v="0"/></discretePr><groupItems count="1"><s v="Alle"/></groupItems></fieldGroup>'
    found = after_in_pivots(CACHE, '<s v="Zuid"/></sharedItems>', f'<s v="Zuid"/></sharedItems>{groups}')
    assert [("pivot_item_index", "item 1 of 1")] == [(f.code, f.detail) for f in found if f.part == PIVOT]
