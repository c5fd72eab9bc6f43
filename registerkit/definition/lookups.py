"""Finds the code behind a label or a name and back, in the lists and the staff as an office keeps them now."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from registerkit.definition.characters import plain
from registerkit.definition.model import Choice, Definition, Record

__all__ = ["Lookups", "fold"]

_SPACES = re.compile(r"\s+")


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Return what two spellings of a label or name have in common: no case, accents or unseen signs, single spaces."""
    parts = unicodedata.normalize("NFKD", plain(text))
    return _SPACES.sub(" ", "".join(c for c in parts if not unicodedata.combining(c))).strip().casefold()


class Lookups:
    """The choice lists and the staff of one register, in one language; nothing in it changes."""

    def __init__(
        self,
        lists: Mapping[str, Iterable[Choice]],
        staff: Mapping[str, Record],
        language: str,
    ) -> None:
        self.language = language
        self.lists: Mapping[str, tuple[Choice, ...]] = {name: tuple(choices) for name, choices in lists.items()}
        self.staff = staff
        self._by_code = {name: {c.code: c for c in choices} for name, choices in self.lists.items()}
        self._by_label = {name: _by_label(choices) for name, choices in self.lists.items()}
        self._people = _by_name(staff)

    def __eq__(self, other: object) -> bool:
        """Tell whether other lists and staff say the very same."""
        if not isinstance(other, Lookups):
            return NotImplemented
        return (self.language, self.lists, self.staff) == (other.language, other.lists, other.staff)

    __hash__ = None  # type: ignore[assignment]

    @classmethod
    def of(cls, definition: Definition, language: str) -> Lookups:
        """Return the lists as the definition has them, without staff."""
        return cls({name: choices.choices for name, choices in definition.lists.items()}, {}, language)

    def with_staff(self, staff: Mapping[str, Record]) -> Lookups:
        """Return the same lists with other staff."""
        return Lookups(self.lists, staff, self.language)

    def with_lists(self, lists: Mapping[str, Iterable[Choice]]) -> Lookups:
        """Return the same staff with some lists replaced."""
        return Lookups({**self.lists, **lists}, self.staff, self.language)

    def choice(self, list_id: str, code: str | None) -> Choice | None:
        """Return the entry of a code."""
        return self._by_code.get(list_id, {}).get(code or "")

    def label(self, list_id: str, code: str | None) -> str | None:
        """Return the label of a code in the register's language; an unknown code shows as itself."""
        if code is None:
            return None
        choice = self.choice(list_id, code)
        return choice.labels[self.language] if choice else code

    def labels(self, list_id: str, parent: str | None = None) -> list[str]:
        """Return the labels in use, of one parent when it is given."""
        return [
            choice.labels[self.language]
            for choice in self.lists.get(list_id, ())
            if choice.in_use and (parent is None or choice.parent == parent)
        ]

    def code(self, list_id: str, text: str, parent: str | None = None) -> str | None:
        """Return the code that a label, an earlier label or a code means; None when there is none."""
        found = self._by_label.get(list_id, {}).get(fold(text), ())
        fitting = [choice for choice in found if parent is None or choice.parent == parent]
        return (fitting or list(found))[0].code if found else None

    def person(self, text: str) -> str | None:
        """Return the code of the staff member that a name or a code means; None when there is none or several."""
        return self._people.get(fold(text))

    def person_name(self, code: str | None) -> str | None:
        """Return the name behind a staff code; an unknown code shows as itself."""
        if code is None:
            return None
        member = self.staff.get(code)
        return str(member["name"]) if member and member.get("name") else code

    def names(self) -> list[str]:
        """Return the names of all staff."""
        return [str(member["name"]) for member in self.staff.values() if member.get("name")]


def _by_label(choices: Iterable[Choice]) -> dict[str, list[Choice]]:
    found: dict[str, list[Choice]] = {}
    for choice in choices:
        for text in {fold(t) for t in (*choice.labels.values(), *choice.aliases, choice.code)}:
            found.setdefault(text, []).append(choice)
    return found


def _by_name(staff: Mapping[str, Record]) -> dict[str, str]:
    found: dict[str, str] = {}
    double: set[str] = set()
    for code, member in staff.items():
        name = fold(str(member.get("name") or ""))
        if not name:
            continue
        if name in found:
            double.add(name)
        found[name] = code
    for name in double:
        del found[name]
    return found | {fold(code): code for code in staff}
