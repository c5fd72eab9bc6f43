"""Tells which complaints are of one person: by e-mail, else by telephone, else by name and postcode."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from registerkit.analysis.cases import Case, Register
from registerkit.analysis.period import Period
from registerkit.definition import fold

__all__ = ["complainants", "repeat_complainants"]

_Key = tuple[str, str]


def complainants(register: Register) -> dict[str, int]:
    """Give for each complaint's number who complained, as a running number; without a way to tell everyone is new."""
    people = _People()
    in_order = sorted(register.cases, key=lambda case: (case.received_on, case.number))
    return {case.number: people.find(_keys(register, case)) for case in in_order}


def repeat_complainants(cases: Iterable[Case], people: dict[str, int], period: Period) -> int:
    """Count who complained in the period and had complained before in the twelve months up to that complaint."""
    days: dict[int, list[date]] = {}
    for case in cases:
        days.setdefault(people[case.number], []).append(case.received_on)
    return sum(_repeats(sorted(own), period) for own in days.values())


def _repeats(days: list[date], period: Period) -> bool:
    return any(later in period and earlier >= _year_before(later) for earlier, later in pairwise(days))


def _year_before(day: date) -> date:
    last_of_february = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if last_of_february else day.day)


def _keys(register: Register, case: Case) -> list[_Key]:
    """Give what a person is known by, the surest first."""
    email, phone = register.text(case.record, "email"), register.text(case.record, "phone")
    name, postcode = register.text(case.record, "name"), register.text(case.record, "postcode")
    keys = []
    if email:
        keys.append(("email", email.casefold()))
    if phone:
        keys.append(("phone", "".join(c for c in phone if c.isdigit())[-9:]))  # +31 6… and 06… are one number.
    if name and postcode:
        keys.append(("name", f"{fold(name)}|{postcode.replace(' ', '').upper()}"))
    return keys


class _People:
    """Those seen so far, and by what they are known."""

    def __init__(self) -> None:
        self._by_key: dict[_Key, int] = {}
        self._known_by: list[set[str]] = []

    def find(self, keys: list[_Key]) -> int:
        """Give the person that the keys mean, or a new one; the person is known by all of them from then on."""
        person = self._seen(keys)
        if person is None:
            person = len(self._known_by)
            self._known_by.append(set())
        for key in keys:
            self._by_key.setdefault(key, person)
            self._known_by[person].add(key[0])
        return person

    def _seen(self, keys: list[_Key]) -> int | None:
        """A weaker key tells only where a stronger one is lacking: a couple may share one telephone."""
        stronger: set[str] = set()
        for key in keys:
            person = self._by_key.get(key)
            if person is not None and not stronger & self._known_by[person]:
                return person
            stronger.add(key[0])
        return None
