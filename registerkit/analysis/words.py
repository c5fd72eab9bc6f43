"""Puts numbers, days and periods into words, the way the register's language writes them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from typing import Any

from registerkit.analysis.content import Cell, CellKind
from registerkit.analysis.period import Period
from registerkit.texts import Texts, formats

__all__ = ["Words"]

_NONE = "–"
_DIFFERENCES = frozenset({"signed", "signed_decimal", "points", "signed_euro"})
_PEOPLE = ("customer", "client", "resident", "patient")
_UNPRINTABLE = {code: None for code in range(32) if chr(code) not in "\t\n"} | {0xFFFE: None, 0xFFFF: None}


class Words:
    """Writes values for people, independent of the computer's own language settings."""

    def __init__(self, texts: Texts, people: str) -> None:
        self.texts = texts
        kinds = (kind for kind in _PEOPLE if texts(f"analysis.people.{kind}", n=1) == f"1 {people}")
        self._people = next(kinds, "other")

    def __call__(self, name: str, /, **values: Any) -> str:
        """Fill a text of this stage, `analysis.<name>`, in the form for `n`; numbers are written with separators."""
        shown = {key: self.number(value) if _is_number(value) else value for key, value in values.items()}
        return self.texts(self.texts.form(f"analysis.{name}", values.get("n")), **shown)

    def people(self, n: int) -> str:
        """Return "1 klant" or "3 klanten", in the office's own word for them."""
        return self(f"people.{self._people}", n=n)

    def number(self, value: float | None, decimals: int = 0) -> str:
        """Write a number with separators; a mean of 3.5 as 3,5."""
        if value is None:
            return _NONE
        if isinstance(value, float) and not decimals:
            decimals = 0 if value.is_integer() else 1
        return formats.number(value, self.texts.language, decimals)

    def percent(self, share: float | None) -> str:
        """Write a share; what is not quite all is never written as 100 %, and what is not nothing never as 0 %."""
        if share is None:
            return _NONE
        whole = math.floor(share * 100 + 0.5)
        if 0 < share < 1:
            whole = min(max(whole, 1), 99)
        return formats.percent(whole / 100, self.texts.language)

    def euros(self, cents: int | None) -> str:
        """Write an amount: € 1.234,50."""
        return _NONE if cents is None else formats.euros(cents, self.texts.language)

    def cell(self, cell: Cell) -> str:
        """Write the value of a cell as a table shows it."""
        value = cell.value
        if value is None or isinstance(value, str):
            return _NONE if value is None else value
        if isinstance(value, date):
            return self.day(value)
        sign = "+" if cell.kind in _DIFFERENCES and value > 0 else ""
        return sign + self._plain(cell.kind, value)

    def _plain(self, kind: CellKind, value: float) -> str:
        if kind == "percent":
            return self.percent(value)
        if kind == "points":
            return self("number.points", n=round(value * 100))
        if kind in ("euro", "signed_euro"):
            return self.euros(round(value))
        return self.number(value, 1 if kind in ("decimal", "signed_decimal") else 0)

    def day(self, day: date | None) -> str:
        """Write a day as 31-12-2026."""
        return _NONE if day is None else str(self.texts.show(day))

    def period(self, period: Period) -> str:
        """Write a period so that it fits behind "in": oktober 2026, het derde kwartaal van 2026."""
        year, _, part = period.label.partition("-")
        if period.kind == "range" and period.first == period.last:
            return self("period.day", day=self.day(period.first))
        if period.kind == "range":
            return self("period.range", first=self.day(period.first), last=self.day(period.last))
        if period.kind == "month":
            return formats.month(period.first, self.texts.language)
        if period.kind == "quarter":
            return self("period.quarter", number=self(f"quarter.{part[1:]}"), year=year)
        return self("period.week", week=int(part[1:]), year=year) if period.kind == "week" else year

    def column(self, period: Period) -> str:
        """Write a period shortly, as the head of a column: okt 2026, kw 3 2026, wk 47 2026, 2026."""
        year, _, part = period.label.partition("-")
        if period.kind == "month":
            return formats.short_month(period.first, self.texts.language)
        if period.kind == "quarter":
            return self("period.short_quarter", quarter=int(part[1:]), year=year)
        if period.kind == "week":
            return self("period.week_of_year", week=int(part[1:]), year=year)
        if period.kind == "range" and period.first == period.last:
            return self.day(period.first)
        if period.kind == "range":
            return self("period.short_range", first=self.day(period.first), last=self.day(period.last))
        return year

    def step(self, period: Period, until: date | None = None) -> str:
        """Write a month or week shortly, for the axis of a chart; with `until` as one that goes on till that day."""
        if period.kind == "week":
            short = self("period.short_week", week=int(period.label[-2:]))
        else:
            short = formats.short_month(period.first, self.texts.language)
        return short if until is None else self("period.so_far", step=short, day=until.day, month=until.month)

    def join(self, parts: Sequence[str]) -> str:
        """Write a list: a, b en c."""
        return formats.listed(parts, self.texts.language)

    def sentence(self, *parts: str) -> str:
        """Put sentences behind each other, the empty ones left out, each with a capital."""
        return " ".join(self.capital(part) for part in parts if part)

    @staticmethod
    def capital(text: str) -> str:
        """Begin with a capital."""
        return text[:1].upper() + text[1:]

    @staticmethod
    def clean(text: str) -> str:
        """Leave out what no Office file can hold, and put it on one line."""
        return " ".join(text.translate(_UNPRINTABLE).split())


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
