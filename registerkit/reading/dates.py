"""Days as people type and systems write them: real dates, Dutch, ISO and English text.

What can mean two days is asked, never guessed.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from registerkit.definition import plain
from registerkit.definition.kinds import FIRST_DAY, LAST_DAY
from registerkit.reading.moments import dutch_day, split_moment
from registerkit.reading.problems import BadCell

__all__ = ["day_first", "parse_date"]

_EPOCH = date(1899, 12, 30)
_SERIALS = range(36526, 73051)
"""Numbers that stand for days from 2000 up to 2100 when the cell lost its date format."""

_MONTHS = {
    name: n
    for n, names in enumerate(
        (
            ("januari", "jan", "january"),
            ("februari", "feb", "febr", "february"),
            ("maart", "mrt", "mar", "march", "maa"),
            ("april", "apr"),
            ("mei", "may"),
            ("juni", "jun", "june"),
            ("juli", "jul", "july"),
            ("augustus", "aug", "august"),
            ("september", "sep", "sept"),
            ("oktober", "okt", "oct", "october"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        1,
    )
    for name in names
}
_WEEKDAY = re.compile(
    r"^(?:ma|di|wo|do|vr|za|zo|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|"
    r"mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\.?,?\s+(?:de\s+)?"
)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\Z")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})\Z")
_NUMBERS = re.compile(r"(\d{1,2})\s?([-/.\s])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})\Z")
_PAIR = re.compile(r"^\s*(\d{1,2})\s?([-/.\s])\s?(\d{1,2})\s?\2\s?(?=\d)")
_WORDS = re.compile(r"(\d{1,2})(?:e|de|ste|th|st|nd|rd)?[\s./-]+([a-z]+)\.?[\s./,-]+(\d{4}|'?\d{2})\Z")
_MONTH_FIRST = re.compile(r"([a-z]+)\.?[\s.-]+(\d{1,2})(?:th|st|nd|rd)?[\s,-]+(\d{4})\Z")
_YEAR_FIRST = re.compile(r"(\d{4})[\s./-]+([a-z]+)\.?[\s./-]+(\d{1,2})\Z")
_NO_YEAR = re.compile(r"\d{1,2}[-/. ](?:\d{1,2}|[a-z]+)\.?\Z")


def parse_date(raw: object, text: str) -> date:
    """Return the day a cell means; `text` is the cell as text. Raises `BadCell`: not_a_date, ambiguous_date."""
    if isinstance(raw, datetime):
        return _in_range(raw.date())
    if isinstance(raw, date):
        return _in_range(raw)
    if isinstance(raw, float):
        if _SERIALS[0] <= raw < _SERIALS[-1] + 1:
            return _EPOCH + timedelta(days=int(raw))
        compact = _COMPACT.match(text) if raw.is_integer() else None
        if compact:
            return _make(int(compact[1]), int(compact[2]), int(compact[3]))
        raise BadCell("not_a_date")
    if not isinstance(raw, str):
        raise BadCell("not_a_date")
    moment = split_moment(_WEEKDAY.sub("", " ".join(plain(text).casefold().split())))
    if moment is None:
        raise BadCell("not_a_date")
    try:
        return _in_range(dutch_day(_from_text(moment.day), moment.minutes))
    except OverflowError:
        raise BadCell("date_out_of_range") from None


def day_first(text: str, *, is_month: bool = False) -> str:
    """Return a date in digits so that it can mean one day only; with `is_month` the month stands first in it now."""
    return _PAIR.sub(r"\3-\1-" if is_month else r"\1-\3-", text, count=1)


def _from_text(text: str) -> date:
    if match := _ISO.match(text) or _COMPACT.match(text):
        return _make(int(match[1]), int(match[2]), int(match[3]))
    if match := _WORDS.match(text):
        return _named(match[3], match[2], match[1])
    if match := _MONTH_FIRST.match(text):
        return _named(match[3], match[1], match[2])
    if match := _YEAR_FIRST.match(text):
        return _named(match[1], match[2], match[3])
    if match := _NUMBERS.match(text):
        return _in_numbers(int(match[1]), match[2], int(match[3]), match[4])
    if _NO_YEAR.match(text):
        raise BadCell("date_without_year")
    raise BadCell("not_a_date")


def _named(year: str, name: str, day: str) -> date:
    month = _MONTHS.get(name)
    if month is None:
        raise BadCell("not_a_date")
    return _make(_year(year.lstrip("'")), month, int(day))


def _in_numbers(first: int, separator: str, second: int, year: str) -> date:
    """Read day before month, as in Dutch; with slashes or a short year the order can be another, and is asked.

    Only with slashes the month may stand in front, and only without dashes a year of two digits may.
    """
    orders = [(_year(year), second, first)]
    if separator == "/":
        orders.append((_year(year), first, second))
    if len(year) == 2 and first > 12 and separator != "-":
        orders.append((_year(f"{first:02}"), second, int(year)))
    found = list(dict.fromkeys(day for order in orders if (day := _day_of(*order))))
    if not found:
        raise BadCell("not_a_date")
    if len(found) > 1:
        raise BadCell("ambiguous_date", first=f"{found[0]:%d-%m-%Y}", second=f"{found[1]:%d-%m-%Y}")
    return _in_range(found[0])


def _day_of(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year(text: str) -> int:
    year = int(text)
    if len(text) == 4:
        return year
    return 2000 + year if year < 70 else 1900 + year


def _make(year: int, month: int, day: int) -> date:
    found = _day_of(year, month, day)
    if found is None:
        raise BadCell("not_a_date")
    return _in_range(found)


def _in_range(day: date) -> date:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise BadCell("date_out_of_range")
    return day
