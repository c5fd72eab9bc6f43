"""The register's sheet: the line that names whom to call while a very serious complaint is open, and its colours."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from workbook_samples import TODAY, MakeContent, complaints

from registerkit.definition import load_definition
from registerkit.workbook import build_workbook, overview_cells
from registerkit.workbook.theme import SIGNAL_COLOURS


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


def luminance(colour: str) -> float:
    """Give how light a colour is, as WCAG counts it."""
    parts = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_every_signal_has_a_colour_of_its_own_that_can_be_read() -> None:
    """That of what was answered is told from late, soon and on time, and the words stand out on each."""
    codes = {choice.code for choice in load_definition().lists["signal"].choices}
    assert codes == set(SIGNAL_COLOURS)
    for text, fill in SIGNAL_COLOURS.values():
        assert (luminance(fill) + 0.05) / (luminance(text) + 0.05) >= 4
    fills = {code: [int(fill[n : n + 2], 16) for n in (1, 3, 5)] for code, (_, fill) in SIGNAL_COLOURS.items()}
    calm = fills.pop("answered")
    for code, fill in ((code, fills[code]) for code in ("overdue", "due_soon", "on_time")):
        assert max(abs(x - y) for x, y in zip(calm, fill, strict=True)) >= 10, code
    assert len(set(SIGNAL_COLOURS.values())) == len(SIGNAL_COLOURS)


def test_what_was_answered_is_coloured_in_the_register(make: MakeContent, tmp_path: Path) -> None:
    build_workbook(tmp_path / "register.xlsx", make("nl", complaints(3)))
    sheet = load_workbook(tmp_path / "register.xlsx")["Register"]
    fills = {
        rule.dxf.fill.bgColor.rgb
        for rules in sheet.conditional_formatting
        for rule in rules.rules
        if rule.formula and rule.formula[0].endswith('="beantwoord"')
    }
    assert fills == {"FF" + SIGNAL_COLOURS["answered"][1][1:]}
