"""The people of the office: who plays which part, who is away on a day, and who does the work then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from registerkit.definition import Lookups, Record, Value, fold

__all__ = ["COORDINATOR", "MANAGER", "Staff", "is_away", "same_person"]

COORDINATOR, MANAGER = "coordinator", "leidinggevende"
"""The codes of the roles that are told of what handlers do not do."""


def same_person(one: Value, other: Value, lookups: Lookups) -> bool:
    """Tell whether two values, a code of the staff or a name, mean one person."""
    if one is None or other is None:
        return False
    mine, theirs = (fold(lookups.person_name(str(value)) or "") for value in (one, other))
    return bool(mine) and mine == theirs


def is_away(member: Record, on: date) -> bool:
    """Tell whether a member of staff is absent on a day, or has left by then."""
    start, end = member.get("absent_from"), member.get("absent_until")
    is_absent = isinstance(start, date) and start <= on and (not isinstance(end, date) or on <= end)
    return is_absent or _has_left(member, on)


def _has_left(member: Record, on: date) -> bool:
    left = member.get("left_on")
    return isinstance(left, date) and left <= on


@dataclass(frozen=True)
class Staff:
    """The rows of the staff table by code, on a day."""

    members: Mapping[str, Record]
    on: date
    coordinator: str | None = None
    """Who is the coordinator whatever the role in the row, as the office's own details say."""

    @classmethod
    def on_day(cls, members: Mapping[str, Record], on: date, lookups: Lookups, coordinator: str | None) -> Staff:
        """Return the staff with the coordinator whom the office names, by code or by name."""
        return cls(members, on, lookups.person(coordinator) if coordinator else None)

    def with_role(self, role: str) -> list[str]:
        """Return the codes of those who have a role."""
        named = self.coordinator if role == COORDINATOR and self.coordinator in self.members else None
        return [code for code, member in self.members.items() if member.get("role") == role or code == named]

    def managers_of(self, department: object) -> list[str]:
        """Return the managers of a department, those of no department in particular among them."""
        return [code for code in self.with_role(MANAGER) if self.of(code).get("department") in (None, department)]

    def of(self, code: str) -> Record:
        """Return somebody's row; an empty one for a code that nobody has."""
        return dict(self.members.get(code, {}))

    def known(self, code: object) -> str:
        """Return a code when somebody has it who can hear, else an empty one: others would be told to nobody.

        Who has left and has no deputy hears nothing any more.
        """
        if not isinstance(code, str) or code not in self.members:
            return ""
        return "" if _has_left(self.members[code], self.on) and self.is_uncovered(code) else code

    def is_away(self, code: str) -> bool:
        """Tell whether somebody is absent on the day, or not with the office any more."""
        return is_away(self.members.get(code, {}), self.on)

    def worker(self, code: str) -> str:
        """Return who does somebody's work on the day: himself, or the deputy while he is absent.

        A deputy who is absent too passes it on; without one who is there it stays with the first.
        """
        seen: list[str] = []
        current = code
        while current not in seen:
            seen.append(current)
            if not self.is_away(current):
                return current
            deputy = self.members.get(current, {}).get("deputy")
            if not isinstance(deputy, str):
                return code
            current = deputy
        return code

    def hearers(self, handler: object) -> list[str]:
        """Return who hears of a very serious complaint beside managers and coordinator: its handler, and the deputy."""
        if not (code := self.known(handler)):
            return []
        deputy = self.known(self.members[code].get("deputy"))
        return list(dict.fromkeys(self.worker(each) for each in (code, deputy) if each))

    def is_uncovered(self, code: str) -> bool:
        """Tell whether somebody is absent and nobody who is there stands in."""
        return self.is_away(self.worker(code))
