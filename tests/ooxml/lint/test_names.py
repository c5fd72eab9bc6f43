"""Defined names: Excel takes them, once per scope, and they refer to what is there."""

from __future__ import annotations

import pytest
from lint_samples import WORKBOOK, After

RATE = '<definedName name="tarief">0.21</definedName>'


def with_name(name: str, text: str = "1") -> str:
    return f'{RATE}<definedName name="{name}">{text}</definedName>'


@pytest.mark.parametrize("name", ["A1", "XFD1048576", "r1c1", "R", "c", "R5C", "a b", "1a", "a-b", "", "WAAR!", "true", "x" * 256, "_xlnm.Onbekend"])  # fmt: skip
def test_illegal_names(name: str, after: After) -> None:
    found = after(WORKBOOK, RATE, with_name(name))
    assert [("name_syntax", name)] == [(fault.code, fault.place) for fault in found]


@pytest.mark.parametrize("name", ["XFE1", "A1048577", "_a.b", "\\a", "één", "a?", "RC_1", "x" * 255, "R1C1x"])
def test_legal_names(name: str, after: After) -> None:
    assert [] == after(WORKBOOK, RATE, with_name(name))


@pytest.mark.parametrize(
    ("code", "new"),
    [
        ("name_duplicate", with_name("VRIJ")),
        ("name_scope", with_name("x").replace('name="x"', 'name="x" localSheetId="5"')),
        ("name_scope", with_name("_xlnm.Print_Area", "Regels!$A$1")),
        ("name_broken", with_name("x", "Register!#REF!")),
        ("name_broken", with_name("x", "#REF!")),
        ("sheet_unknown", with_name("x", "Weg!$A$1")),
        ("table_unknown", with_name("x", "Weg[Nummer]")),
    ],
)
def test_name_faults(code: str, new: str, after: After) -> None:
    assert [code] == [fault.code for fault in after(WORKBOOK, RATE, new)]


def test_one_name_in_two_scopes(after: After) -> None:
    """A text that reads as an error is none, and a name may say more than once what it says."""
    assert [] == after(WORKBOOK, RATE, with_name("eigen", '"#REF!"'))
