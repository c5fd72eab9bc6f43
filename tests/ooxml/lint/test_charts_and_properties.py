"""Charts and document properties: they name what is there, once, in plain text."""

from __future__ import annotations

import pytest
from lint_samples import CHART, After

CUSTOM = "docProps/custom.xml"
CORE = "docProps/core.xml"


@pytest.mark.parametrize(
    ("code", "part", "old", "new", "place"),
    [
        ("sheet_unknown", CHART, "'Keuze''s'!$B$2:$B$4", "Weg!$B$2:$B$4", "Weg!$B$2:$B$4"),
        ("property_id", CUSTOM, 'pid="3"', 'pid="2"', "pid 2"),
        ("property_id", CUSTOM, 'pid="3"', 'pid="1"', "pid 1"),
        ("property_name", CUSTOM, "registerkit.register", "Registerkit.Revision", "registerkit.revision"),
        ("property_name", CUSTOM, "registerkit.register", "", ""),
        ("property_control", CORE, "Klachten &amp; meer", "Klachten\nmeer", "title"),
        ("property_control", "docProps/app.xml", "De Spaak BV", "De_x0007_Spaak BV", "Company"),
    ],
)
def test_chart_and_property_faults(code: str, part: str, old: str, new: str, place: str, after: After) -> None:
    assert [(code, part, place)] == [(fault.code, fault.part, fault.place) for fault in after(part, old, new)]


@pytest.mark.parametrize("name", ["[boek.xlsx]Draai om!Weg", "Verkoop in '26!Omzet", "Omzet", "Weg!Omzet"])
def test_charts_of_a_pivot_table_that_is_not_there(name: str, after_in_pivots: After) -> None:
    found = after_in_pivots(CHART, "[boek.xlsx]Draai om!Omzet", name)
    assert [("chart_pivot", name)] == [(fault.code, fault.place) for fault in found]


@pytest.mark.parametrize("name", ["Draai om!Twee", "'Draai om'!Omzet", "'[boek.xlsx]Draai om'!Omzet"])
def test_charts_of_a_pivot_table(name: str, after_in_pivots: After) -> None:
    assert [] == after_in_pivots(CHART, "[boek.xlsx]Draai om!Omzet", name)
