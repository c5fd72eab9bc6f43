"""Days as people type them: real dates, Dutch and ISO text. What can mean two days is asked, never guessed."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from registerkit.reading.problems import BadCell

__all__ = ["parse_date"]

_FIRST, _LAST = date(1900, 1, 1), date(2100, 12, 31)
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
    r"mon|tue|wed|thu|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\.?,?\s+"
)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ]\d{1,2}:\d{2}(?::\d{2})?)?\Z")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})\Z")
_DUTCH = re.compile(r"(\d{1,2})\s?([-/.\s])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?:\s+\d{1,2}:\d{2})?\Z")
_WORDS = re.compile(r"(\d{1,2})(?:e|de|ste|th|st|nd|rd)?[\s.-]+([a-z]+)\.?[\s.,-]+(\d{4}|'?\d{2})\Z")
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
    return _from_text(_WEEKDAY.sub("", text.strip().casefold()))


def _from_text(text: str) -> date:
    if match := _ISO.match(text) or _COMPACT.match(text):
        return _make(int(match[1]), int(match[2]), int(match[3]))
    if match := _WORDS.match(text):
        month = _MONTHS.get(match[2])
        if month is None:
            raise BadCell("not_a_date")
        return _make(_year(match[3].lstrip("'")), month, int(match[1]))
    if match := _DUTCH.match(text):
        return _day_first(int(match[1]), match[2], int(match[3]), match[4])
    if _NO_YEAR.match(text):
        raise BadCell("date_without_year")
    raise BadCell("not_a_date")


def _day_first(first: int, separator: str, second: int, year: str) -> date:
    """Read day before month, as in Dutch; with slashes or a short year the order can be another."""
    whole_year = _year(year)
    if second > 12 >= first:  # With the month in front, as nobody writes it here.
        raise BadCell("not_a_date")
    doubtful = separator == "/" and first <= 12 and first != second
    if doubtful or (len(year) == 2 and first > 12 and int(year) <= 31 and separator != "-"):
        raise BadCell("ambiguous_date", **_readings(whole_year, first, second))
    return _make(whole_year, second, first)


def _readings(year: int, day: int, month: int) -> dict[str, str]:
    """Return the readings of an ambiguous day, as text to choose from."""
    found = []
    for d, m in ((day, month), (month, day)):
        try:
            found.append(f"{date(year, m, d):%d-%m-%Y}")
        except ValueError:
            continue
    return {"first": found[0] if found else "?", "second": found[-1] if found else "?"}


def _year(text: str) -> int:
    year = int(text)
    if len(text) == 4:
        return year
    return 2000 + year if year < 70 else 1900 + year


def _make(year: int, month: int, day: int) -> date:
    try:
        return _in_range(date(year, month, day))
    except ValueError:
        raise BadCell("not_a_date") from None


def _in_range(day: date) -> date:
    if not _FIRST <= day <= _LAST:
        raise BadCell("date_out_of_range")
    return day
