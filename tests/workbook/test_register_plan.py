"""The line above the register that names whom to call while a very serious complaint is open."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from workbook_samples import TODAY, MakeContent, complaints

from registerkit.workbook import overview_cells


def days(ago: int) -> date:
    return TODAY - timedelta(days=ago)


def member(code: str, role: str = "behandelaar", **values: Any) -> dict[str, Any]:
    return {"code": code, "name": f"Naam {code}", "department": "klantenservice", "role": role, **values}


@pytest.mark.parametrize(
    ("manager", "deputy", "called"),
    [
        ({}, {}, "Naam LG, 06 1"),
        ({"absent_from": days(0)}, {}, "Naam LG, 06 1"),
        ({"absent_from": days(0), "deputy": "VV"}, {}, "Naam VV"),
        ({"absent_from": days(9), "absent_until": days(0), "deputy": "VV"}, {}, "Naam VV"),
        ({"absent_from": days(9), "absent_until": days(1), "deputy": "VV"}, {}, "Naam LG, 06 1"),
        ({"absent_from": days(-1), "deputy": "VV"}, {}, "Naam LG, 06 1"),
        ({"absent_from": days(0), "deputy": "VV"}, {"absent_from": days(2), "deputy": "WW"}, "Naam WW"),
        ({"absent_from": days(0), "deputy": "VV"}, {"absent_from": days(2), "deputy": "LG"}, "Naam LG, 06 1"),
    ],
)
def test_the_deputy_is_called_while_the_manager_is_absent(
    make: MakeContent, manager: dict[str, Any], deputy: dict[str, Any], called: str
) -> None:
    """From the first day of absence until the last one; a deputy who is absent too passes it on."""
    records = complaints()
    records["staff"] = [member("LG", "leidinggevende", phone="06 1", **manager), member("VV", **deputy), member("WW")]
    line = next(cell for cell in overview_cells(make(records=records)) if (cell.sheet, cell.cell) == ("Register", "B1"))
    assert f"Zeer ernstig: K-2026-0005. Waarschuw meteen {called}." == line.value
