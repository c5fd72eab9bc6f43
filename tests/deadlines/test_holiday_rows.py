"""Holidays are those of Algemene termijnenwet art. 3; topping up never touches an office's own rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from registerkit.deadlines import (
    Holiday,
    Profile,
    last_known_decree,
    load_profile,
    seed_holidays,
    top_up,
    work_calendar,
)
from registerkit.texts import Texts, load_texts

DECREE_DAYS = [
    date(2023, 4, 28),
    date(2023, 5, 19),
    date(2024, 5, 10),
    date(2024, 12, 27),
    date(2025, 5, 30),
    date(2026, 1, 2),
    date(2026, 5, 15),
    date(2027, 5, 7),
    date(2028, 4, 28),
    date(2028, 5, 26),
]


def test_holidays_of_2026_under_awb(texts: Texts) -> None:
    rows = [(row.day, row.name, row.origin) for row in seed_holidays(range(2026, 2027), texts, "awb")]
    assert rows == [
        (date(2026, 1, 1), "Nieuwjaarsdag", "wet"),
        (date(2026, 1, 2), "Bij besluit gelijkgestelde dag", "besluit"),
        (date(2026, 4, 3), "Goede Vrijdag", "wet"),
        (date(2026, 4, 6), "Tweede Paasdag", "wet"),
        (date(2026, 4, 27), "Koningsdag", "wet"),
        (date(2026, 5, 5), "Bevrijdingsdag", "wet"),
        (date(2026, 5, 14), "Hemelvaartsdag", "wet"),
        (date(2026, 5, 15), "Bij besluit gelijkgestelde dag", "besluit"),
        (date(2026, 5, 25), "Tweede Pinksterdag", "wet"),
        (date(2026, 12, 25), "Eerste Kerstdag", "wet"),
        (date(2026, 12, 26), "Tweede Kerstdag", "wet"),
    ]


@pytest.mark.parametrize(("profile", "off"), [("awb", 0), ("wkkgz", 0), ("eigen", 4), ("webwinkel", 4)])
def test_ordinary_days_are_not_in_use(texts: Texts, profile: str, off: int) -> None:
    """Under eigen and webwinkel Good Friday, 5 May and the two decree days of 2026 are ordinary days."""
    unused = [row.name for row in seed_holidays(range(2026, 2027), texts, profile) if not row.in_use]
    assert off == len(unused)


def test_decree_days(texts: Texts) -> None:
    rows = seed_holidays(range(2020, 2035), texts, "awb")
    assert [row.day for row in rows if row.origin == "besluit"] == DECREE_DAYS


@pytest.mark.parametrize("year", range(2015, 2041))
def test_every_year_has_its_days(texts: Texts, year: int) -> None:
    """Nine days of law a year, less one when Ascension Day falls on 5 May, and 5 May every year."""
    rows = [row for row in seed_holidays(range(year, year + 1), texts, "awb") if row.origin == "wet"]
    assert len(rows) == (8 if year == 2016 else 9)
    assert date(year, 5, 5) in {row.day for row in rows}


def test_shared_day_counts_when_either_does(texts: Texts) -> None:
    """Ascension Day 2016 fell on 5 May, which is an ordinary day under eigen; Ascension Day is not."""
    rows = {row.day: row for row in seed_holidays(range(2016, 2017), texts, "eigen")}
    assert rows[date(2016, 5, 5)] == Holiday(date(2016, 5, 5), "Hemelvaartsdag", "wet", in_use=True)


def test_kings_day_is_never_a_sunday(texts: Texts) -> None:
    rows = seed_holidays(range(2025, 2026), texts, "awb")
    assert [row.day for row in rows if row.name == "Koningsdag"] == [date(2025, 4, 26)]


def test_english_names() -> None:
    names = {row.name for row in seed_holidays(range(2027, 2028), load_texts("en"), "awb")}
    assert {"King's Day", "Ascension Day", "Day equated by decree"} <= names


def test_an_office_may_choose_its_ordinary_days(texts: Texts) -> None:
    profile = load_profile({"ordinary_days": ["decree"]}).default
    rows = {row.day: row.in_use for row in seed_holidays(range(2026, 2027), texts, profile)}
    assert (rows[date(2026, 4, 3)], rows[date(2026, 5, 15)]) == (True, False)


def test_last_known_decree() -> None:
    assert last_known_decree() == date(2028, 12, 31)
    own = [Holiday(date(2031, 5, 23), "Nieuw besluit", "besluit", in_use=True)]
    assert last_known_decree(own) == date(2031, 12, 31)


def test_top_up_adds_coming_years_only(texts: Texts) -> None:
    existing = seed_holidays(range(2025, 2027), texts, "awb")
    added = top_up(existing, range(2025, 2029), texts, "awb")
    assert {row.day.year for row in added} == {2027, 2028}
    assert added == seed_holidays(range(2027, 2029), texts, "awb")


def test_top_up_leaves_own_rows_alone(texts: Texts) -> None:
    """An own row on a holiday stays, a day taken out stays out, and a choice about a holiday carries on."""
    seeded = seed_holidays(range(2026, 2027), texts, "awb")
    kept = [row for row in seeded if row.name != "Bevrijdingsdag"]
    changed = [replace(row, in_use=row.name != "Goede Vrijdag") for row in kept]
    own = Holiday(date(2027, 12, 25), "Kantoor dicht", "kantoor", in_use=False)
    added = top_up([*changed, own], range(2026, 2028), texts, "awb")
    assert own.day not in {row.day for row in added}
    assert {row.day.year for row in added} == {2027}
    assert {row.name: row.in_use for row in added}["Goede Vrijdag"] is False


def test_a_term_does_not_roll_past_an_own_closing_day(awb: Profile, eigen: Profile) -> None:
    rows = [Holiday(date(2026, 8, 3), "Bedrijfsuitje", "kantoor", in_use=True)]
    assert work_calendar(rows, awb).roll_forward(date(2026, 8, 3))[0] == date(2026, 8, 3)
    assert work_calendar(rows, eigen).roll_forward(date(2026, 8, 3))[0] == date(2026, 8, 4)
    assert not work_calendar(rows, awb).is_working_day(date(2026, 8, 3))


def test_rows_not_in_use_do_not_count(eigen: Profile) -> None:
    rows = [Holiday(date(2026, 8, 3), "Bedrijfsuitje", "kantoor", in_use=False)]
    assert work_calendar(rows, eigen).is_working_day(date(2026, 8, 3))
