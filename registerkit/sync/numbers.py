"""Gives out keys: running numbers per pattern and year, never one that is taken or stands ready elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

__all__ = ["Numbers", "bare_number", "counted_as", "is_number"]


def bare_number(number: str) -> str:
    """Return a number without what people leave out or add: capitals, blanks, and the zeros before its last digits."""
    return re.sub(r"\b0+(?=\d+$)", "", re.sub(r"\s+", "", number).casefold())


def is_number(key: str, pattern: str) -> bool:
    """Tell whether a key has the form of a pattern such as `{prefix}-{year}-{n:04}`, whatever the prefix."""
    return _parts(key, pattern) is not None


def counted_as(table: str, pattern: str, key: str) -> tuple[str, int] | None:
    """Return the counter that a key was given out by, and its number; None for a key that none gave."""
    if (parts := _parts(key, pattern)) is None:
        return None
    name = re.sub(r"{n[^}]*}", "", pattern).format(prefix=parts.get("prefix", ""), year=parts.get("year", ""))
    return f"{table}:{name}", int(parts["n"])


def _parts(key: str, pattern: str) -> dict[str, str] | None:
    forms = {"prefix": r"(?P<prefix>.+)", "year": r"(?P<year>[0-9]{4})", "n": r"(?P<n>[0-9]{1,18})"}
    form = "".join(
        forms[name.partition(":")[0]] if n % 2 else re.escape(name)
        for n, name in enumerate(re.split(r"{([^}]*)}", pattern))
    )
    found = re.fullmatch(form, key)
    return found.groupdict() if found else None


class Numbers:
    """The counters of one register while a plan is made; `counters` has the state to keep afterwards."""

    def __init__(self, counters: Mapping[str, int], prefix: str, is_taken: Callable[[str, str], bool]) -> None:
        self.counters = dict(counters)
        self._prefix = prefix
        self._is_taken = is_taken
        self.elsewhere: set[tuple[str, str]] = set()
        """Table and key of numbers that a copy of the register, read in this run, gave out by itself."""

    def give(self, table: str, pattern: str, year: int, prefix: str | None = None) -> str:
        """Return the next free key of a table's pattern, such as `{prefix}-{year}-{n:04}`."""
        values = {"prefix": prefix or self._prefix, "year": year}
        name = f"{table}:{re.sub(r'{n[^}]*}', '', pattern).format(**values)}"
        while True:
            self.counters[name] = n = self.counters.get(name, 0) + 1
            key = pattern.format(n=n, **values)
            if not self._is_taken(table, key) and (table, key) not in self.elsewhere:
                return key

    def give_many(self, table: str, pattern: str, year: int, count: int, prefix: str | None = None) -> list[str]:
        """Return several keys."""
        return [self.give(table, pattern, year, prefix) for _ in range(count)]

    def carries(self, key: str, pattern: str, prefix: str | None = None) -> bool:
        """Tell whether a key was given out with a prefix, by default the register's own."""
        start = re.sub(r"{(?!prefix}).*", "", pattern).format(prefix=prefix or self._prefix)
        return key.startswith(start)
