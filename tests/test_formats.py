"""Dates, numbers, amounts and plurals read as a Dutch and an English reader write them."""

from __future__ import annotations

from datetime import date

import pytest

from registerkit.texts import Texts, formats, load_texts


@pytest.mark.parametrize(
    ("cents", "dutch", "english"),
    [
        (123450, "€\u00a01.234,50", "€1,234.50"), (0, "€\u00a00,00", "€0.00"), (-5, "€\u00a0−0,05", "€−0.05"),
        (99, "€\u00a00,99", "€0.99"), (10**11, "€\u00a01.000.000.000,00", "€1,000,000,000.00"),
    ],
)  # fmt: skip
def test_amounts(cents: int, dutch: str, english: str) -> None:
    assert (formats.euros(cents, "nl"), formats.euros(cents, "en")) == (dutch, english)


@pytest.mark.parametrize(
    ("value", "decimals", "dutch"),
    [(1234, 0, "1.234"), (3.85, 1, "3,9"), (2.5, 0, "3"), (-2.5, 0, "−3"), (-0.04, 1, "0,0"), (12, 2, "12,00")],
)
def test_numbers_are_rounded_as_people_round(value: float, decimals: int, dutch: str) -> None:
    assert formats.number(value, "nl", decimals) == dutch


def test_days_and_months() -> None:
    day = date(2026, 3, 2)
    assert [formats.day_in_words(day, one) for one in ("nl", "en")] == ["2 maart 2026", "2 March 2026"]
    assert [formats.month(day, one) for one in ("nl", "en")] == ["maart 2026", "March 2026"]
    assert [formats.short_month(day, one) for one in ("nl", "en")] == ["mrt 26", "Mar 26"]


def test_lists_and_shares() -> None:
    assert [formats.listed("abc"[:n], "nl") for n in range(4)] == ["", "a", "a en b", "a, b en c"]
    assert formats.listed("abc", "en") == "a, b and c"
    assert formats.percent(0.91, "nl") == "91%"


@pytest.mark.parametrize(
    ("n", "form"), [(0, "zero"), (1, "one"), (1.0, "one"), (1.5, "other"), (2, "other"), (11, "other")]
)
def test_the_form_for_a_number(n: float, form: str) -> None:
    entries = {"t.zero": "zero", "t.one": "one", "t.other": "other"}
    assert Texts("nl", entries)("t", n=n) == form


def test_two_have_a_form_of_their_own_where_both_is_said() -> None:
    entries = {"t.one": "1 brief", "t.two": "beide brieven", "t.other": "{n} brieven"}
    assert ["1 brief", "beide brieven", "3 brieven"] == [Texts("nl", entries)("t", n=n) for n in (1, 2, 3)]


def test_without_a_text_for_none_the_plural_tells_it() -> None:
    assert Texts("nl", {"t.one": "1 brief", "t.other": "{n} brieven"})("t", n=0) == "0 brieven"


def test_counts_are_told_in_words() -> None:
    assert load_texts("nl").counted({"file": 1, "row": 2}) == {"files": "1 bestand", "rows": "2 rijen"}
    assert load_texts("en").counted({"finding": 1, "letter": 0}) == {"findings": "1 finding", "letters": "0 letters"}
