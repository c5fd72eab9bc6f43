"""What makes two complaints the same person's: the one place that says so, for figures, dossier and counts alike.

An e-mail address or a customer number is a person's own. A telephone or a postal address is shared by a household, a
firm or an institution, and proves nothing when the names differ.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from types import MappingProxyType

from registerkit.definition import Record

__all__ = ["PERSON", "Groups", "PersonKey", "comparable", "group_persons", "person_keys"]

PERSON = (("email",), ("customer_number",), ("name", "phone"), ("name", "postcode"), ("name", "address"))
"""The roles that together tell a person, each set enough by itself."""

PersonKey = tuple[tuple[str, ...], tuple[str, ...]]


def person_keys(record: Record, code: str | None = None) -> list[PersonKey]:
    """Return everything that a complaint's person is known by, as comparable texts; nothing once it was wiped.

    `code` is the one that the person was given when a complaint was anonymised: it stays.
    """
    keys: list[PersonKey] = [] if code is None else [(("code",), (code,))]
    if record.get("anonymised_on") is not None:
        return keys
    for roles in PERSON:
        values = tuple(comparable(record.get(role)) for role in roles)
        if all(values):
            keys.append((roles, values))
    return keys


class Groups:
    """What belongs together: numbers of complaints, and anything that two of them may share."""

    def __init__(self) -> None:
        self._above: dict[Hashable, Hashable] = {}

    def join(self, first: Hashable, *others: Hashable) -> None:
        """Note that all of these belong together, and all that belongs to any of them."""
        root = self.root(first)
        for other in others:
            self._above[self.root(other)] = root

    def root(self, node: Hashable) -> Hashable:
        """Return what stands for all that belongs together with something."""
        above = self._above.setdefault(node, node)
        while above != node:
            self._above[node] = self._above[above]
            node = self._above[node]
            above = self._above[node]
        return node


def group_persons(
    records: Iterable[tuple[str, Record]], codes: Mapping[str, str] = MappingProxyType({})
) -> dict[str, int]:
    """Return for each number (in the order given) who complained, as a running number.

    `codes` are those that persons were given when a complaint of theirs was anonymised, by the complaint's number.
    Complaints that share one key are one person's; without a way to tell everyone is new.
    """
    groups, numbers = Groups(), []
    for number, record in records:
        groups.join(number, *person_keys(record, codes.get(number)))
        numbers.append(number)
    persons: dict[Hashable, int] = {}
    return {number: persons.setdefault(groups.root(number), len(persons)) for number in numbers}


def comparable(value: object) -> str:
    """Return a value without regard for capitals and for spaces too many."""
    return " ".join(str(value).split()).casefold() if value is not None else ""
