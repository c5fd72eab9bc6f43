"""Conditional formats: their styles, priorities and formulas are there."""

from __future__ import annotations

import pytest
from lint_samples import RULES, After


@pytest.mark.parametrize(
    ("code", "old", "new", "place"),
    [
        ("dxf_index", 'dxfId="2"', 'dxfId="3"', "C2:C9"),
        ("format_priority", 'priority="2"', 'priority="1"', "1"),
        ("format_priority", 'priority="2"', 'priority="0"', "0"),
        ("format_priority", '<x14:cfRule type="dataBar"', '<x14:cfRule priority="4" type="dataBar"', "4"),
        ("format_formula", "<formula>COUNTIF(soorten,$A2)=0</formula>", "", "A2:A9"),
        ("format_formula", "<formula>9</formula>", "", "C2:C9"),
        ("format_type", 'type="expression"', 'type="formule"', "A2:A9"),
        ("range_illegal", 'Formatting sqref="A2:A9"', 'Formatting sqref="A2:A"', "A2:A"),
    ],
)
def test_format_faults(code: str, old: str, new: str, place: str, after: After) -> None:
    assert [(code, place)] == [(fault.code, fault.place) for fault in after(RULES, old, new)]
