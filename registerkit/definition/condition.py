"""Conditions on a record, as definitions and settings write them: which fields hold what, are filled or are later."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

__all__ = ["Condition", "Value"]

Value = str | int | bool | date | tuple[str, ...] | None
"""A field's value: text and codes, numbers and cents, yes or no, a day, a set of numbers, or empty."""


@dataclass(frozen=True)
class Condition:
    """All parts must hold; a condition without parts always holds.

    `equals` lists the codes a field may have, `later` pairs of dates of which the first must be after the second,
    `not_later` pairs of which it may not be, `over` the amount in cents (from the settings' limits) to exceed.
    """

    equals: Mapping[str, tuple[str, ...]] | None = None
    filled: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    later: tuple[tuple[str, str], ...] = ()
    not_later: tuple[tuple[str, str], ...] = ()
    over: Mapping[str, str] | None = None

    @cached_property
    def is_empty(self) -> bool:
        """Whether the condition has no parts."""
        return self == Condition()

    def field_ids(self) -> Iterator[str]:
        """Return every field the condition looks at."""
        yield from self.equals or ()
        yield from (*self.filled, *self.empty, *(self.over or ()))
        for pair in (*self.later, *self.not_later):
            yield from pair

    def holds(self, record: Mapping[str, Value], limits: Mapping[str, int] | None = None) -> bool:
        """Tell whether the record meets every part."""
        for field_id, codes in (self.equals or {}).items():
            if str(record.get(field_id)) not in codes:
                return False
        for field_id in self.filled:
            if record.get(field_id) is None:
                return False
        for field_id in self.empty:
            if record.get(field_id) is not None:
                return False
        return not (self.later or self.not_later or self.over) or self._compares(record, limits)

    def _compares(self, record: Mapping[str, Value], limits: Mapping[str, int] | None) -> bool:
        """Tell whether the parts hold that look at more than whether fields are filled."""
        return (
            all(_is_later(record, pair) for pair in self.later)
            and not any(_is_later(record, pair) for pair in self.not_later)
            and all(_exceeds(record.get(f), limits, name) for f, name in (self.over or {}).items())
        )


def _is_later(record: Mapping[str, Value], pair: tuple[str, str]) -> bool:
    first, second = record.get(pair[0]), record.get(pair[1])
    return isinstance(first, date) and isinstance(second, date) and first > second


def _exceeds(value: Value, limits: Mapping[str, int] | None, name: str) -> bool:
    limit = (limits or {}).get(name)
    return limit is not None and isinstance(value, int) and value > limit
