"""A length of time as people agree on it: a number of weeks, days or working days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from registerkit.texts import Texts

__all__ = ["Span", "SpanUnit", "parse_span"]

SpanUnit = Literal["weeks", "days", "working_days"]

# What people write in register.toml, in either language.
_WORDS: dict[str, SpanUnit] = {
    "week": "weeks",
    "weeks": "weeks",
    "weken": "weeks",
    "day": "days",
    "days": "days",
    "dag": "days",
    "dagen": "days",
    "working day": "working_days",
    "working days": "working_days",
    "werkdag": "working_days",
    "werkdagen": "working_days",
}


@dataclass(frozen=True)
class Span:
    """A number of weeks, calendar days or working days; never negative."""

    number: int
    unit: SpanUnit

    @property
    def calendar_days(self) -> int | None:
        """The length in calendar days, or None for working days, whose length depends on the calendar."""
        if self.unit == "working_days":
            return None
        return self.number * 7 if self.unit == "weeks" else self.number

    @property
    def about_weeks(self) -> float:
        """The length in weeks, five working days counting as one."""
        return self.number / {"weeks": 1, "days": 7, "working_days": 5}[self.unit]

    def show(self, texts: Texts) -> str:
        """Return the span in words, such as "6 weken"."""
        form = "one" if self.number == 1 else "many"
        return texts(f"terms.span.{self.unit}.{form}", number=self.number)


def parse_span(text: str) -> Span:
    """Read "6 weeks", "14 dagen" or "20 working days"; raises `ValueError` when it is none of these."""
    found = re.fullmatch(r"\s*(\d{1,3})\s+([a-z]+(?:[ _][a-z]+)?)\s*", text.casefold())
    unit = _WORDS.get(found[2].replace("_", " ")) if found else None
    if found is None or unit is None:
        raise ValueError(text)
    return Span(int(found[1]), unit)
