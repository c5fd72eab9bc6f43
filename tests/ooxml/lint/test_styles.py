"""Styles: what they refer to is there, and their number formats can be read."""

from __future__ import annotations

import pytest
from lint_samples import STYLES, After

BOLD = '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
CODE = "&quot;op &quot;dd-mm-yyyy;[Red]-0;0;@"


@pytest.mark.parametrize(
    ("code", "old", "new", "place"),
    [
        ("style_reference", BOLD, BOLD.replace('fontId="1"', 'fontId="4"'), "cellXfs/xf 2"),
        ("style_reference", BOLD, BOLD.replace('fillId="0"', 'fillId="2"'), "cellXfs/xf 2"),
        ("style_reference", BOLD, BOLD.replace('borderId="0"', 'borderId="1"'), "cellXfs/xf 2"),
        ("style_reference", BOLD, BOLD.replace('numFmtId="0"', 'numFmtId="165"'), "cellXfs/xf 2"),
        ("style_reference", BOLD, BOLD.replace('xfId="0"', 'xfId="2"'), "cellXfs/xf 2"),
        ("style_reference", 'name="Normal" xfId="0"', 'name="Normal" xfId="2"', "cellStyle 1"),
        ("fills_missing", '<fill><patternFill patternType="gray125"/></fill>', "", "fills"),
        ("number_format", CODE, CODE.replace("op &quot;", "op "), "numFmtId 164"),
        ("number_format", CODE, f"{CODE};0", "numFmtId 164"),
        ("number_format", CODE, CODE.replace("[Red]", "[Red"), "numFmtId 164"),
        ("number_format", "<numFmts", '<numFmts count="2"><numFmt numFmtId="164" formatCode="0"/></numFmts><numFmts', "numFmtId 164"),
    ],
)  # fmt: skip
def test_style_faults(code: str, old: str, new: str, place: str, after: After) -> None:
    found = [fault for fault in after(STYLES, old, new) if fault.code not in ("count_wrong", "element_order")]
    assert [(code, place)] == [(fault.code, fault.place) for fault in found]


def test_too_many_styles(after: After) -> None:
    found = after(STYLES, BOLD, BOLD * 64_000)
    assert ["count_wrong", "style_count"] == sorted(fault.code for fault in found)


@pytest.mark.parametrize(
    "code", ["0;-0;·", "[$-413]&quot;€&quot; #,##0.00", '\\"0', "_(0_)", "[&lt;1]0;[h]:mm", "General"]
)
def test_sound_number_formats(code: str, after: After) -> None:
    code = code.replace('"', "&quot;")
    assert [] == after(STYLES, CODE, code)
