"""Pivot caches: their fields are the table's columns, and their records and items say the same."""

from __future__ import annotations

import pytest
from lint_samples import After
from pivot_samples import CACHE, RECORDS

X1, N3 = '<x v="1"/>', '<n v="3"/>'
REGION = '<cacheField name="Regio" numFmtId="0"><sharedItems count="2"><s v="Noord"/><s v="Zuid"/>'


@pytest.mark.parametrize(
    ("code", "part", "old", "new", "place"),
    [
        ("pivot_source", CACHE, '<worksheetSource name="Verkoop"', '<worksheetSource name="Inkoop"', "Inkoop"),
        ("pivot_source", CACHE, '<worksheetSource name="Verkoop"', '<worksheetSource ref="A1:D4" sheet="Weg"', "Weg!A1:D4"),
        ("pivot_fields", CACHE, 'name="Kanaal"', 'name="kanaal"', "Verkoop"),
        ("pivot_fields", "xl/tables/table1.xml", 'name="Kanaal"', 'name="Weg"', "Verkoop"),
        ("pivot_record_count", CACHE, 'recordCount="3"', 'recordCount="4"', ""),
        ("pivot_record_count", RECORDS, 'count="3"', 'count="2"', ""),
        ("pivot_record_width", RECORDS, N3, "", "record 1"),
        ("pivot_record_width", RECORDS, N3, N3 + N3, "record 1"),
        ("pivot_record_index", RECORDS, X1, '<x v="2"/>', "record 1"),
        ("pivot_record_index", RECORDS, N3, '<x v="0"/>', "record 1"),
        ("pivot_shared_kinds", RECORDS, N3, "<m/>", "Aantal"),
        ("pivot_shared_kinds", CACHE, ' containsNumber="1"', "", "Aantal"),
        ("pivot_shared_kinds", RECORDS, N3, '<d v="2026-01-01T00:00:00"/>', "Aantal"),
        ("pivot_shared_kinds", RECORDS, X1, f'<s v="{"x" * 256}"/>', "Kanaal"),
        ("pivot_shared_kinds", CACHE, 'count="2"><s v="Noord"/>', 'count="2"><n v="1"/>', "Regio"),
        ("pivot_shared_duplicate", CACHE, '<s v="Zuid"/>', '<s v="noord"/>', "Regio"),
        ("count_wrong", CACHE, REGION, REGION.replace('count="2"', 'count="3"'), "sharedItems"),
    ],
)  # fmt: skip
def test_cache_faults(code: str, part: str, old: str, new: str, place: str, after_in_pivots: After) -> None:
    found = after_in_pivots(part, old, new)
    if part.startswith("xl/tables"):
        found = [fault for fault in found if fault.code != "table_header"]
    assert {(code, place)} == {(fault.code, fault.place) for fault in found}


def test_two_fields_of_one_name(after_in_pivots: After) -> None:
    found = after_in_pivots(CACHE, 'name="Kanaal"', 'name="SOORT"')
    assert ["pivot_field_duplicate", "pivot_fields"] == sorted(fault.code for fault in found)


def test_a_text_among_numbers(after_in_pivots: After) -> None:
    found = after_in_pivots(RECORDS, N3, '<s v="geen"/>')
    details = {fault.detail for fault in found}
    assert {"containsString must be 1", "containsMixedTypes must be 1"} == details


def test_numbers_among_days_count_as_days(after_in_pivots: After) -> None:
    """Excel itself writes such a field without containsNumber."""
    old = '<sharedItems containsSemiMixedTypes="0" containsString="0" containsNumber="1" containsInteger="1" minValue="3" maxValue="5"/>'
    days = '<sharedItems containsDate="1" containsString="0" containsMixedTypes="1"><d v="2026-01-01T00:00:00"/></sharedItems>'
    assert [] == after_in_pivots(CACHE, old, days)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<worksheetSource name="Verkoop"', '<worksheetSource name="verkoop"'),
        ('<worksheetSource name="Verkoop"', '<worksheetSource ref="A1:D4" sheet="Verkoop in \'26"'),
        ("</cacheFields>", '<cacheField name="Berekend" databaseField="0" formula="Aantal*2"/></cacheFields>'),
    ],
)
def test_sound_caches(old: str, new: str, after_in_pivots: After) -> None:
    """A field that is computed is no column of the table and not in the records."""
    found = after_in_pivots(CACHE, old, new)
    assert [] == [fault for fault in found if fault.code not in ("count_wrong", "pivot_field_count")]
