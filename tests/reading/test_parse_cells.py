"""What people type in a cell is understood, or refused with the code that says why; nothing else ever happens.

Each row: the kind of column, the cell as python-calamine gives it, and the value or (`!`) the finding's code.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stage_samples import DEFINITION, LOOKUPS

from registerkit.definition import KINDS, Field
from registerkit.reading import BadCell, ParseContext, parse_cell
from registerkit.reading.parse import held_text
from registerkit.reading.postal import _CERTAIN
from registerkit.reading.problems import DoubtfulCell
from registerkit.reading.shown import ShownNumber

D = date

CELLS: list[tuple[str, Any, Any]] = [
    # text and memo: all of it is text in the end
    ("text", "Jansen", "Jansen"),
    ("text", "  Jansen \n", "Jansen"),
    ("text", 7.0, "7"),
    ("text", 7.25, "7,25"),
    ("text", "007", "007"),
    ("text", True, "ja"),
    ("text", False, "nee"),
    ("text", D(2026, 12, 31), "31-12-2026"),
    ("text", datetime(2026, 12, 31), "31-12-2026"),
    ("text", datetime(2026, 12, 31, 9, 5), "31-12-2026 09:05"),
    ("text", time(0, 0), "!no_day"),
    ("text", timedelta(days=1, hours=12), "36:00"),
    ("text", "\x07 ", None),
    ("text", "=SOM(1)", "=SOM(1)"),
    ("text", "e\u0301e\u0301n", "één"),
    ("memo", "Een.\r\nTwee.\rDrie._x000D_\n", "Een.\nTwee.\nDrie."),
    ("memo", "tab\there", "tab\there"),
    ("memo", "x" * 32767, "x" * 32767),
    ("memo", "x" * 32768, "!too_long"),
    ("text", "🚲" * 16384, "!too_long"),
    ("text", "10\u200b01\ufeff", "1001"),
    ("text", "so\u00adft", "soft"),
    ("text", "\u200e", None),
    ("text", 1234.0, "1234"),
    ("text", ShownNumber(1234.0, "001234"), "001234"),
    ("text", 0.1 + 0.2, "0,3"),
    ("text", 123456789012345.0, "123456789012345"),
    ("text", 1234567890123450.0, "!digits_lost"),
    ("text", "1,23457E+15", "!digits_lost"),
    ("text", "123456789012345000", "!digits_lost"),
    ("text", "1234567890123456", "1234567890123456"),
    ("text", "Zo\u00c3\u00ab", "!letters_garbled"),
    ("text", "Mart\u00c3\u00adn", "!letters_garbled"),
    ("text", "Zo\ufffd", "!letters_lost"),
    ("text", "S\u00c3O Paulo \u00c2", "S\u00c3O Paulo \u00c2"),
    ("text", "Els Bos#mailto:els@voorbeeld.nl#", "Els Bos"),
    ("text", "#mailto:els@voorbeeld.nl#", "els@voorbeeld.nl"),
    ("text", "order #12 en #13", "order #12 en #13"),
    # key and numbers: codes in capitals
    ("key", "k-2026\u2011\u200b0001", "K-2026-0001"),
    ("key", "k-2026-0001 ", "K-2026-0001"),
    ("key", 12.0, "12"),
    ("numbers", "K-2026-0002, k-2026-0001", ("K-2026-0001", "K-2026-0002")),
    ("numbers", "K-2026-0001 en K-2026-0002", ("K-2026-0001", "K-2026-0002")),
    ("numbers", "K-1;K-2/K-3\nK-1 & K-4", ("K-1", "K-2", "K-3", "K-4")),
    ("numbers", " , ; ", None),
    # date: real dates
    ("date", D(2026, 4, 2), D(2026, 4, 2)),
    ("date", datetime(2026, 4, 2, 14, 30), D(2026, 4, 2)),
    ("date", time(0, 0), "!not_a_date"),
    ("date", timedelta(hours=30), "!not_a_date"),
    ("date", True, "!not_a_date"),
    ("date", D(1899, 12, 31), "!date_out_of_range"),
    ("date", D(2101, 1, 1), "!date_out_of_range"),
    ("date", D(2100, 12, 31), D(2100, 12, 31)),
    # date: serial numbers without their format
    ("date", 46114.0, D(2026, 4, 2)),
    ("date", 46114.5, D(2026, 4, 2)),
    ("date", 36526.0, D(2000, 1, 1)),
    ("date", 36525.0, "!not_a_date"),
    ("date", 73051.0, "!not_a_date"),
    ("date", 2026.0, "!not_a_date"),
    ("date", 20260402.0, D(2026, 4, 2)),
    ("date", 20261402.0, "!not_a_date"),
    ("date", 0.0, "!not_a_date"),
    ("date", -1.0, "!not_a_date"),
    ("date", float("inf"), "!not_a_date"),
    ("date", float("nan"), "!not_a_date"),
    # date: Dutch
    ("date", "2-4-2026", D(2026, 4, 2)),
    ("date", "02-04-2026", D(2026, 4, 2)),
    ("date", "2.4.2026", D(2026, 4, 2)),
    ("date", "2 4 2026", D(2026, 4, 2)),
    ("date", "02 - 04 - 2026", D(2026, 4, 2)),
    ("date", "02-04-2026 14:30", D(2026, 4, 2)),
    ("date", "31/12/2026", D(2026, 12, 31)),
    ("date", "12/12/2026", D(2026, 12, 12)),
    ("date", "2-4-26", D(2026, 4, 2)),
    ("date", "31-12-69", D(2069, 12, 31)),
    ("date", "31-12-70", D(1970, 12, 31)),
    ("date", "di 2-4-2026", D(2026, 4, 2)),
    ("date", "30-02-2026", "!not_a_date"),
    ("date", "00-01-2026", "!not_a_date"),
    ("date", "2-4.2026", "!not_a_date"),
    ("date", "31-04-2026", "!not_a_date"),
    ("date", "29-02-2028", D(2028, 2, 29)),
    ("date", "02-04-202", "!not_a_date"),
    ("date", "02-04-20266", "!not_a_date"),
    # date: what could mean two days
    ("date", "2/4/2026", "!ambiguous_date"),
    ("date", "4-13-2026", "!not_a_date"),
    ("date", "12.31.2026", "!not_a_date"),
    ("date", "26/11/20", "!ambiguous_date"),
    ("date", "26-11-20", D(2020, 11, 26)),
    # date: ISO and other written forms
    ("date", "2026-04-02", D(2026, 4, 2)),
    ("date", "2026/4/2", D(2026, 4, 2)),
    ("date", "2026-04-02T09:15:00", D(2026, 4, 2)),
    ("date", "2026-04-02 09:15", D(2026, 4, 2)),
    ("date", "20260402", D(2026, 4, 2)),
    ("date", "2026-13-02", "!not_a_date"),
    ("date", "0001-01-01", "!date_out_of_range"),
    ("date", "9999-12-31", "!date_out_of_range"),
    ("date", "2 april 2026", D(2026, 4, 2)),
    ("date", "2 APR. 2026", D(2026, 4, 2)),
    ("date", "donderdag 2 april 2026", D(2026, 4, 2)),
    ("date", "do. 2 april 2026", D(2026, 4, 2)),
    ("date", "1e mei 2026", D(2026, 5, 1)),
    ("date", "2nd April 2026", D(2026, 4, 2)),
    ("date", "2-mrt-2026", D(2026, 3, 2)),
    ("date", "2 mrt '26", D(2026, 3, 2)),
    ("date", "2 avril 2026", "!not_a_date"),
    ("date", "31 april 2026", "!not_a_date"),
    ("date", "2 april", "!date_without_year"),
    ("date", "2-4", "!date_without_year"),
    ("date", "gisteren", "!not_a_date"),
    ("date", "?", "!not_a_date"),
    # date: moments of forms and systems; with an offset the day in the Netherlands counts
    ("date", "2-4-2026 14:07:33", D(2026, 4, 2)),
    ("date", "2026-04-02T14:07:33Z", D(2026, 4, 2)),
    ("date", "2026-04-02T22:30:00Z", D(2026, 4, 3)),
    ("date", "2026-01-02T22:30:00Z", D(2026, 1, 2)),
    ("date", "2026-01-02T23:00:00.000Z", D(2026, 1, 3)),
    ("date", "2026-03-29T00:59Z", D(2026, 3, 29)),
    ("date", "2026-04-03T00:30:00+05:30", D(2026, 4, 2)),
    ("date", "2026-04-02 20:30:00 -0500", D(2026, 4, 3)),
    ("date", "2026/04/02 2:07:33 p.m. CEST", D(2026, 4, 2)),
    ("date", "13/4/2026 9:07:33 AM", D(2026, 4, 13)),
    ("date", "4/13/2026 09:07:33", D(2026, 4, 13)),
    ("date", "4/12/2026 09:07:33", "!ambiguous_date"),
    ("date", "Thu, 2 Apr 2026 14:07:33 +0200", D(2026, 4, 2)),
    ("date", "Thu Apr 02 2026 14:07:33 GMT+0200 (CEST)", D(2026, 4, 2)),
    ("date", "donderdag 2 april 2026 om 14.07 uur", D(2026, 4, 2)),
    ("date", "April 2, 2026", D(2026, 4, 2)),
    ("date", "20260402T140733Z", D(2026, 4, 2)),
    ("date", "2-4-2026 25:10", "!not_a_date"),
    ("date", "2-4-2026 13:10 pm", "!not_a_date"),
    ("date", "2-4-2026 14:07 XYZ", "!not_a_date"),
    ("date", "26/04/26", D(2026, 4, 26)),
    ("date", "2\u200b-4-2026\u200e", D(2026, 4, 2)),
    ("date", "\uff12-4-2026", D(2026, 4, 2)),
    ("date", "2\u20114\u20112026", D(2026, 4, 2)),
    # integer
    *(
        ("money", ShownNumber(12.5, shown), "!not_an_amount")
        for shown in ("$ 12,50", "£12,50", "12,50 USD", "1250%", "WAAR")
    ),
    *(("money", ShownNumber(12.5, shown), 1250) for shown in ("€ 12,50", "EUR 12,50", "12,50 euro", "(12,50)")),
    ("integer", ShownNumber(0.25, "25%"), "!not_a_number"),
    ("integer", ShownNumber(1.0, "100%"), "!not_a_number"),
    ("integer", "4\u200b", 4),
    ("integer", 4.0, 4),
    ("integer", -4.0, -4),
    ("integer", "4", 4),
    ("integer", " +4 ", 4),
    ("integer", "007", 7),
    ("integer", 4.5, "!not_a_number"),
    ("integer", "4,5", "!not_a_number"),
    ("integer", "vier", "!not_a_number"),
    ("integer", True, "!not_a_number"),
    ("integer", D(2026, 1, 1), "!not_a_number"),
    ("integer", "999999999", 999999999),
    ("integer", "1000000000", "!not_a_number"),
    ("integer", 999999999.0, 999999999),
    ("integer", 1e9, "!not_a_number"),
    ("integer", 1e300, "!not_a_number"),
    ("integer", float("inf"), "!not_a_number"),
    ("integer", float("nan"), "!not_a_number"),
    # money, in cents
    ("money", ShownNumber(0.25, "25%"), "!not_an_amount"),
    ("money", "\u20ac\u202f1\u202f234,50", 123450),
    ("money", 12.5, 1250),
    ("money", 0.0, 0),
    ("money", 0.1 + 0.2, 30),
    ("money", 1234567.89, 123456789),
    ("money", -3.0, -300),
    ("money", 12.345, "!too_many_decimals"),
    ("money", "€ 12,50", 1250),
    ("money", "€12,50", 1250),
    ("money", "12,50 euro", 1250),
    ("money", "EUR 5", 500),
    ("money", "eur5", 500),
    ("money", "5 EUR", 500),
    ("money", "1.234,56", 123456),
    ("money", "1.234.567", 123456700),
    ("money", "1 234,56", 123456),
    ("money", "1.234", 123400),
    ("money", "12.34", 1234),
    ("money", "1,234.56", 123456),
    ("money", "12,5", 1250),
    ("money", "12,-", 1200),
    ("money", "12,--", 1200),
    ("money", "€ 1.250,-", 125000),
    ("money", "-5,00", -500),
    ("money", "- 5,00", -500),
    ("money", "€ -5", -500),
    ("money", "0", 0),
    ("money", "1.23.4", "!not_an_amount"),
    ("money", "12,345", "!not_an_amount"),
    ("money", "1.2345,00", "!not_an_amount"),
    ("money", "ongeveer 12", "!not_an_amount"),
    ("money", "12 kg", "!not_an_amount"),
    ("money", "€", "!not_an_amount"),
    ("money", "europa 5", "!not_an_amount"),
    ("money", True, "!not_an_amount"),
    ("money", D(2026, 1, 1), "!not_an_amount"),
    ("money", 1e300, "!not_an_amount"),
    ("money", "9" * 40, "!not_an_amount"),
    ("money", float("inf"), "!not_an_amount"),
    ("money", float("nan"), "!not_an_amount"),
    # yesno
    ("yesno", True, True),
    ("yesno", False, False),
    ("yesno", "Ja", True),
    ("yesno", " j ", True),
    ("yesno", "YES", True),
    ("yesno", "x", True),
    ("yesno", 1.0, True),
    ("yesno", 0.0, False),
    ("yesno", "NEE", False),
    ("yesno", "onwaar", False),
    ("yesno", 2.0, "!not_yes_or_no"),
    ("yesno", "misschien", "!not_yes_or_no"),
    ("yesno", "jaja", "!not_yes_or_no"),
    # choice and person
    ("choice", "telefoon", "telefoon"),
    ("choice", " TELEFOON ", "telefoon"),
    ("choice", "E-mail", "email"),
    ("choice", "telephone", "telefoon"),
    ("choice", "tele\u200dfoon\u00a0", "telefoon"),
    ("person", "Eva\u202fVerhoef\u200b", "EV"),
    ("choice", "telefon", "!not_on_list"),
    ("choice", 3.0, "!not_on_list"),
    ("choice", True, "!not_on_list"),
    ("person", "Eva Verhoef", "EV"),
    ("person", "bj", "BJ"),
    ("person", "Eva", "!unknown_person"),
    ("person", 3.0, "!unknown_person"),
    # e-mail
    ("email", "j.jansen@voorbeeld.nl", "j.jansen@voorbeeld.nl"),
    ("email", " mailto:j@voorbeeld.co.uk", "j@voorbeeld.co.uk"),
    ("email", "<j@voorbeeld.nl>", "j@voorbeeld.nl"),
    ("email", "J.O'Brien+klacht@Voorbeeld.nl", "J.O'Brien+klacht@Voorbeeld.nl"),
    ("email", "j@voor\u200bbeeld.nl", "j@voorbeeld.nl"),
    ("email", "Jan#mailto:j@voorbeeld.nl?subject=x#", "j@voorbeeld.nl"),
    ("email", "j@voorbeeld", "!not_an_email"),
    ("email", "j@voorbeeld..nl", "!not_an_email"),
    ("email", "@voorbeeld.nl", "!not_an_email"),
    ("email", "j@a.nl; k@b.nl", "!not_an_email"),
    ("email", "j jansen@voorbeeld.nl", "!not_an_email"),
    ("email", "geen", "!not_an_email"),
    ("email", 7.0, "!not_an_email"),
    # postcode
    ("postcode", "3512 AB", "3512 AB"),
    ("postcode", "3512ab", "3512 AB"),
    ("postcode", " 3512  ab ", "3512 AB"),
    ("postcode", "3512-AB", "3512 AB"),
    ("postcode", "3512\u00a0AB", "3512 AB"),
    ("postcode", 1000.0, "1000"),
    ("postcode", "1000", "1000"),
    ("postcode", "B-1000", "1000"),
    ("postcode", "0512 AB", "!postcode_kept"),
    ("postcode", "3512 A", "!postcode_kept"),
    ("postcode", "3512 ABC", "!postcode_kept"),
    ("postcode", "3512 SS", "!postcode_kept"),
    ("postcode", "35123", "!postcode_kept"),
    ("postcode", "Utrecht", "!not_a_postcode"),
    ("postcode", 512.0, "!postcode_kept"),
    ("postcode", "3512\u200bAB", "3512 AB"),
    ("postcode", "SW1A 1AA", "!postcode_kept"),
    # telephone
    ("phone", "06\u200b1234 5678", "06 12345678"),
    ("phone", ShownNumber(612345678.0, "06-12345678"), "06 12345678"),
    ("phone", 31612345678.0, "06 12345678"),
    ("phone", "+31 06 12345678", "06 12345678"),
    ("phone", "+31 6 1234567", "!phone_kept"),
    ("phone", "0044 20 7946 0958", "+44 20 7946 0958"),
    ("phone", "020 7946 0958", "!phone_kept"),
    ("phone", "030 123 45 67 of 06 12345678", "!phone_kept"),
    ("phone", "030 123 45 67 tst. 12", "!phone_kept"),
    ("phone", "0800-GRATIS", "!phone_kept"),
    ("phone", "6,12346E+10", "!digits_lost"),
    ("phone", "030 123 45 67", "030 123 4567"),
    ("phone", "030-1234567", "030 123 4567"),
    ("phone", "(030) 123 45 67", "030 123 4567"),
    ("phone", "+31 (0)30 123 45 67", "030 123 4567"),
    ("phone", "0031301234567", "030 123 4567"),
    ("phone", "06-12345678", "06 12345678"),
    ("phone", "06 12 34 56 78", "06 12345678"),
    ("phone", "+31612345678", "06 12345678"),
    ("phone", 612345678.0, "06 12345678"),
    ("phone", 301234567.0, "030 123 4567"),
    ("phone", "+32 2 123 45 67", "+32 2 123 45 67"),
    ("phone", "0800-0123", "0800 0123"),
    ("phone", "12", "!phone_kept"),
    ("phone", "geen telefoon", "!not_a_phone_number"),
    ("phone", "030 123 45 67 89 01 23", "!phone_kept"),
    ("phone", True, "!not_a_phone_number"),
]


def context(kind: str) -> ParseContext:
    return ParseContext(Field("proef", "complaints", kind, {"nl": "Proef", "en": "Trial"}, choices="channel"), LOOKUPS)


def understood(kind: str, raw: Any) -> Any:
    """Give the value, or the code of the finding behind an exclamation mark."""
    try:
        return parse_cell(raw, context(kind))
    except BadCell as bad:
        return f"!{bad.code}"


@pytest.mark.parametrize(("kind", "raw", "expected"), CELLS, ids=[f"{k}-{r!r:.40}" for k, r, _ in CELLS])
def test_a_cell(kind: str, raw: Any, expected: Any) -> None:
    found = understood(kind, raw)
    assert (found, type(found)) == (expected, type(expected))


def test_every_kind_is_in_the_table() -> None:
    assert {kind for kind, _, _ in CELLS} == set(KINDS)


@pytest.mark.parametrize(
    ("typed", "first", "second"),
    [
        ("2/4/2026", "02-04-2026", "04-02-2026"),
        ("26/11/20", "26-11-2020", "20-11-2026"),
    ],
)
def test_an_ambiguous_day_names_its_readings(typed: str, first: str, second: str) -> None:
    with pytest.raises(BadCell) as caught:
        parse_cell(typed, context("date"))
    assert caught.value.context == {"first": first, "second": second}


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("phone", " 06 1234567\u200b", "06 1234567"),
        ("phone", "030 111", "030 111"),
        ("phone", 61234567.0, "61234567"),
        ("postcode", "sw1a 1aa", "sw1a 1aa"),
        ("postcode", 75008.0, "75008"),
        ("text", 1234567890123450.0, "1234567890123450"),
    ],
)
def test_what_is_not_understood_keeps_its_text(kind: str, typed: Any, kept: str) -> None:
    with pytest.raises(DoubtfulCell) as caught:
        parse_cell(typed, context(kind))
    assert kept == caught.value.value


def test_a_garbled_text_tells_what_it_probably_said() -> None:
    with pytest.raises(DoubtfulCell) as caught:
        parse_cell("Zo\u00c3\u00ab \u20ac 5", context("text"))
    assert {"meant": "Zo\u00eb \u20ac 5"} == caught.value.context


def test_a_mistyped_choice_is_told_the_nearest() -> None:
    with pytest.raises(BadCell) as caught:
        parse_cell("telefon", context("choice"))
    assert caught.value.context["nearest"] == "telefoon"
    assert "brief" in caught.value.context["choices"]


def test_a_subcategory_must_go_with_its_category() -> None:
    field = DEFINITION.main.field("subcategory")
    label = LOOKUPS.label("subcategory", "PL1")
    assert parse_cell(label, ParseContext(field, LOOKUPS, "PL")) == "PL1"
    assert parse_cell(label, ParseContext(field, LOOKUPS)) == "PL1"
    with pytest.raises(BadCell, match="not_with_parent"):
        parse_cell(label, ParseContext(field, LOOKUPS, "SB"))


DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
MONTHS = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]


@given(DAYS)
def test_a_day_written_unambiguously_is_that_day(day: date) -> None:
    forms = [
        f"{day.day}-{day.month}-{day.year}" if day.month <= 12 else "",
        f"{day.day:02}.{day.month:02}.{day.year}",
        day.isoformat(),
        f"{day.year}{day.month:02}{day.day:02}",
        f"{day.day} {MONTHS[day.month - 1]} {day.year}",
        f"{day.day} {MONTHS[day.month - 1][:3].upper()}. {day.year}" if day.month != 3 else f"{day.day} mrt {day.year}",
    ]
    assert [understood("date", form) for form in forms] == [day] * len(forms)


@given(st.dates(date(1970, 1, 1), date(2069, 12, 31)))
def test_two_digits_of_a_year_with_dashes_are_understood(day: date) -> None:
    assert understood("date", f"{day.day:02}-{day.month:02}-{day.year % 100:02}") == day


@given(DAYS)
def test_a_slashed_day_is_itself_or_is_asked(day: date) -> None:
    found = understood("date", f"{day.day}/{day.month}/{day.year}")
    assert found == (day if day.day > 12 or day.day == day.month else "!ambiguous_date")


CENTS = st.integers(-(10**11), 10**11)


def dutch(cents: int, thousands: str) -> str:
    grouped = f"{abs(cents) // 100:,}".replace(",", thousands)
    return f"{'-' if cents < 0 else ''}{grouped},{abs(cents) % 100:02}"


@given(CENTS, st.sampled_from([".", " ", ""]), st.sampled_from(["{}", "€ {}", "{} euro", "EUR {}", "{}\u00a0€"]))
def test_an_amount_written_in_dutch_is_that_amount(cents: int, thousands: str, form: str) -> None:
    assert understood("money", form.format(dutch(cents, thousands))) == cents


@given(CENTS)
def test_an_amount_that_went_through_a_cell_is_that_amount(cents: int) -> None:
    assert understood("money", cents / 100) == cents


ANYTHING = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    st.text("0123456789-/., €+eur'T:", max_size=20),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)


@given(st.sampled_from(sorted(KINDS)), ANYTHING)
def test_no_cell_ever_ends_in_a_crash(kind: str, raw: Any) -> None:
    found = understood(kind, raw)
    is_finding = isinstance(found, str) and found.startswith("!")
    assert found is None or is_finding or isinstance(found, KINDS[kind].python)


@given(st.sampled_from(sorted(KINDS)), ANYTHING)
def test_numbers_fit_the_columns_of_every_database(kind: str, raw: Any) -> None:
    found = understood(kind, raw)
    if isinstance(found, int):
        assert abs(found) < (2**31 if kind == "integer" else 2**53)


@given(st.from_regex(_CERTAIN, fullmatch=True))
def test_a_number_that_is_certain_is_one_of_the_numbering_plan(text: str) -> None:
    """The short way gives what the library gives."""
    import phonenumbers

    number = phonenumbers.parse(text, "NL")
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    assert (True, text) == (phonenumbers.is_valid_number(number), written)


def test_a_number_that_is_shown_rounded_is_told_as_it_is() -> None:
    """ "4 is no whole number" helps nobody whose cell holds 3.6."""
    shown = [(3.6, "4"), (0.25, "25%"), (77.0, "ORD-0077"), (1234.5, "1.235")]
    assert ["3,6", "25%", "ORD-0077", "1234,5"] == [held_text(ShownNumber(*each)) for each in shown]
    assert ["4,5", "x", "ja"] == [held_text(raw) for raw in (4.5, "x", True)]
