"""The Dutch holidays of the Algemene termijnenwet, as rows for the office's own holiday table."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files

from registerkit.deadlines.profile import Profile, load_profile
from registerkit.texts import Texts

__all__ = ["Holiday", "is_as_seeded", "last_known_decree", "seed_holidays", "top_up"]

# Names in the English catalogue of the `holidays` library; the other days it knows fall on a Sunday.
_CODES = {
    "New Year's Day": "new_year",
    "Good Friday": "good_friday",
    "Easter Monday": "easter_monday",
    "King's Day": "kings_day",
    "Liberation Day": "liberation_day",
    "Ascension Day": "ascension_day",
    "Pentecost Monday": "whit_monday",
    "Christmas Day": "christmas_day",
    "Second Day of Christmas": "second_christmas_day",
}


@dataclass(frozen=True, order=True)
class Holiday:
    """A row of the holiday table; `origin` is "wet", "besluit" or "kantoor"."""

    day: date
    name: str
    origin: str
    in_use: bool


def seed_holidays(years: range, texts: Texts, profile: str | Profile) -> list[Holiday]:
    """Return the holidays of the years, in order of day; those that are ordinary days in the profile are not in use."""
    if isinstance(profile, str):
        profile = load_profile({"profile": profile}).default
    rows: dict[date, Holiday] = {}
    for day, code in [*_law_days(years), *((day, "decree") for day in _decree_days() if day.year in years)]:
        origin = "besluit" if code == "decree" else "wet"
        row = Holiday(day, texts(f"terms.holiday.{code}"), origin, code not in profile.ordinary_days)
        # Two holidays can share a day, as Ascension Day and 5 May did in 2016: the one that is in use stands.
        if day not in rows or (row.in_use and not rows[day].in_use):
            rows[day] = row
    return sorted(rows.values())


def top_up(existing: Iterable[Holiday], years: range, texts: Texts, profile: str | Profile) -> list[Holiday]:
    """Return the rows to add for the years, never a day that has a row already.

    A year with rows of an origin is complete for that origin: what an office took out of it stays out. A
    holiday that the office last had in use, or not, keeps that in the added years.
    """
    known = sorted(existing)
    days = {row.day for row in known}
    complete = {(row.day.year, row.origin) for row in known}
    decreed = {day.year for day in _decree_days()}
    if all((year, "wet") in complete and ((year, "besluit") in complete or year not in decreed) for year in years):
        return []
    habit = {(row.name, row.origin): row.in_use for row in known}
    return [
        replace(row, in_use=habit.get((row.name, row.origin), row.in_use))
        for row in seed_holidays(years, texts, profile)
        if row.day not in days and (row.day.year, row.origin) not in complete
    ]


def is_as_seeded(rows: Iterable[Holiday], texts: Texts, profile: Profile) -> bool:
    """Tell whether these rows of law and decree are all in use as the profile has it; a name of one's own tells not."""
    by_name = {texts(f"terms.holiday.{code}"): code for code in (*_CODES.values(), "decree")}
    codes = [(by_name.get(row.name), row.in_use) for row in rows]
    return all(code is not None and in_use == (code not in profile.ordinary_days) for code, in_use in codes)


def last_known_decree(holidays: Iterable[Holiday] = ()) -> date:
    """Return the last day of the last year for which a decree is known, here or among the office's own rows."""
    own = (row.day for row in holidays if row.origin == "besluit")
    return date(max([*_decree_days(), *own]).year, 12, 31)


def _law_days(years: range) -> list[tuple[date, str]]:
    # Imported here because the library is heavy. Its default Dutch calendar leaves 5 May out, as OPTIONAL.
    from holidays import OPTIONAL, PUBLIC, country_holidays

    found = country_holidays("NL", years=years, categories=(PUBLIC, OPTIONAL), language="en_US")
    return [(day, _CODES[name]) for day in found for name in found.get_list(day) if name in _CODES]


@cache
def _decree_days() -> tuple[date, ...]:
    text = files(__package__).joinpath("decree_days.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["days"])
