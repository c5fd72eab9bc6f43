"""Merged cells and links: they overlap nothing, and lead somewhere."""

from __future__ import annotations

import pytest
from lint_samples import REGISTER, After

TO_NAME = 'ref="A11" location="vrij"'


@pytest.mark.parametrize(
    ("code", "old", "new", "place"),
    [
        ("merge_overlap", 'ref="E1:F1"', 'ref="C1:F1"', "C1:F1"),
        ("merge_in_table", 'ref="E1:F1"', 'ref="E2:F3"', "E2:F3"),
        ("range_illegal", 'ref="E1:F1"', 'ref="F1:E1"', "F1:E1"),
        ("range_illegal", TO_NAME, 'ref="A0" location="vrij"', "A0"),
        ("link_target", TO_NAME, 'ref="A11" location="onvrij"', "A11"),
        ("link_target", TO_NAME, 'ref="A11" location="Weg!A1"', "A11"),
        ("link_target", TO_NAME, 'ref="A11" location="Register!weg"', "A11"),
    ],
)
def test_sheet_faults(code: str, old: str, new: str, place: str, after: After) -> None:
    assert [(code, place)] == [(fault.code, fault.place) for fault in after(REGISTER, old, new)]


@pytest.mark.parametrize("location", ["klachten", "rekenen!eigen", "'Keuze''s'!A1:B2", "Regels!$A$1", "B2"])
def test_places_that_a_link_finds(location: str, after: After) -> None:
    assert [] == after(REGISTER, 'location="vrij"', f'location="{location}"')


def test_too_many_links(after: After) -> None:
    more = "".join(f'<hyperlink ref="J{row}" location="vrij"/>' for row in range(1, 65_529))
    found = after(REGISTER, "</hyperlinks>", f"{more}</hyperlinks>")
    assert [("link_count", "65531 links")] == [(fault.code, fault.detail) for fault in found]
