"""Dates, numbers, amounts, lists and plural forms as each language writes them (CLDR, through Babel)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale

__all__ = ["day_in_words", "euros", "listed", "month", "number", "percent", "plural_form", "short_month"]

_LOCALES = {"nl": "nl_NL", "en": "en_GB"}


@cache
def _locale(language: str) -> Locale:
    from babel import Locale  # Only who writes values needs it.

    return Locale.parse(_LOCALES[language])


def day_in_words(day: date, language: str) -> str:
    """Write a day as 2 april 2026."""
    return _date(day, "d MMMM y", language)


def month(day: date, language: str) -> str:
    """Write the month of a day as april 2026."""
    return _date(day, "MMMM y", language)


def short_month(day: date, language: str) -> str:
    """Write the month of a day as apr 26."""
    return _date(day, "MMM yy", language)


def _date(day: date, shape: str, language: str) -> str:
    from babel.dates import format_date

    return format_date(day, shape, _locale(language))


def number(value: float, language: str, decimals: int = 0) -> str:
    """Write a number with separators, rounded as people do: 1.234,5 and −3."""
    from babel.numbers import format_decimal

    scale = 10**decimals
    rounded = math.floor(abs(value) * scale + 0.5) / scale
    shape = "#,##0" + ("." + "0" * decimals if decimals else "")
    return _minus(format_decimal(math.copysign(rounded, value) if rounded else 0, shape, _locale(language)))


def percent(share: float, language: str) -> str:
    """Write a share of a whole as 91%."""
    from babel.numbers import format_percent

    return format_percent(share, locale=_locale(language))


def euros(cents: int, language: str) -> str:
    """Write an amount as € 1.234,50, in one piece; the sign stands before the digits."""
    from babel.numbers import format_currency

    locale = _locale(language)
    shape = locale.currency_formats["standard"].pattern.split(";")[0]
    signed = f"{shape};{shape.replace('#', '-#', 1)}"
    return _minus(format_currency(cents / 100, "EUR", signed, locale))


def _minus(text: str) -> str:
    return text.replace("-", "−")


def listed(parts: Sequence[str], language: str) -> str:
    """Write a list as a, b en c."""
    from babel.lists import format_list

    return format_list(parts, locale=_locale(language))


def plural_form(n: float, language: str) -> str:
    """Tell in which form a text about so many stands: "one" or "other", in these languages."""
    return _locale(language).plural_form(n)
