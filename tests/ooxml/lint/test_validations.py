"""Data validations: within Excel's limits, of a known kind, and not over each other."""

from __future__ import annotations

import pytest
from lint_samples import RULES, After

LIST = '"ja,nee"'


@pytest.mark.parametrize(
    ("code", "old", "new", "place"),
    [
        ("validation_list", LIST, f'"{"x" * 256}"', "A2:A9"),
        ("validation_text", 'promptTitle="Kies"', f'promptTitle="{"x" * 33}"', "A2:A9"),
        ("validation_text", 'promptTitle="Kies"', f'prompt="{"x" * 256}"', "A2:A9"),
        ("validation_text", 'promptTitle="Kies"', f'errorTitle="{"x" * 33}"', "A2:A9"),
        ("validation_text", 'promptTitle="Kies"', f'error="{"x" * 256}"', "A2:A9"),
        ("validation_overlap", 'sqref="B2:B9"', 'sqref="B2:B8 A9"', "A2:A9"),
        ("validation_kind", 'type="custom"', 'type="eigen"', "D2:D9"),
        ("validation_kind", 'operator="greaterThan"', 'operator="meer"', "C2:C9"),
        ("validation_kind", 'type="custom"', 'type="custom" errorStyle="streng"', "D2:D9"),
        ("validation_formula", "<formula1>soorten</formula1>", "", "B2:B9"),
        ("validation_formula", "<formula2>9</formula2>", "", "E2:E9"),
        ("formula_literal", "COUNTIF($D$2:$D$9,D2)=1", f'D2="{"x" * 256}"', "D2:D9"),
        ("formula_length", "COUNTIF($D$2:$D$9,D2)=1", "D2" + "+D2" * 2_731, "D2:D9"),
        ("range_illegal", 'sqref="B2:B9"', 'sqref="B2:B9,C3"', "B2:B9,C3"),
    ],
)
def test_validation_faults(code: str, old: str, new: str, place: str, after: After) -> None:
    found = after(RULES, old, new)
    places = {place} if code != "validation_overlap" else {"A2:A9", "B2:B8 A9"}
    assert [code] == [fault.code for fault in found]
    assert {fault.place for fault in found} <= places


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (LIST, f'"{"x" * 255}"'),
        ('promptTitle="Kies"', f'promptTitle="{"x" * 32}" prompt="{"x" * 255}"'),
        ('sqref="B2:B9"', 'sqref="B2:B9 B3 H1"'),
        ('type="custom"', 'type="custom" errorStyle="information"'),
    ],
)
def test_sound_validations(old: str, new: str, after: After) -> None:
    """One validation may name a cell twice."""
    assert [] == after(RULES, old, new)


def test_validations_of_2010_count_too(after: After) -> None:
    new = (
        '<ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}">'
        '<x14:dataValidations xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main" count="1"><x14:dataValidation type="list">'
        "<x14:formula1><xm:f>weg</xm:f></x14:formula1><xm:sqref>B9</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst></worksheet>"
    )
    found = after(RULES, "</extLst></worksheet>", new)
    assert {"name_unknown", "validation_overlap"} == {fault.code for fault in found}
