"""Says which complaints can be anonymised and which cannot yet. Does not write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from registerkit.register import Complaint, Register, row_day

__all__ = ["Kept", "Wiping", "plan_wiping"]


@dataclass(frozen=True)
class Kept:
    """A complaint that stays as it is for now, with the code of what is in the way."""

    number: str
    reason: str


@dataclass(frozen=True)
class Wiping:
    """What is to be anonymised."""

    numbers: tuple[str, ...]
    kept: tuple[Kept, ...]
    endings: Mapping[str, int]
    """How many ended how, by the code of the state."""
    codes: Mapping[str, str]
    """A code for the person of each complaint of everybody concerned, by number."""


def plan_wiping(register: Register, new_code: Callable[[], str], *, before: date | None, person: str | None) -> Wiping:
    """Choose the complaints that ended before a day, or those of whoever made the complaint `person`."""
    whose = register.persons
    todo = [c for c in register.complaints.values() if c.day("anonymised_on") is None]
    if person is not None:
        wanted = [c for c in todo if whose[c.number] == whose[person]]
    else:
        assert before is not None
        wanted = [c for c in todo if (_last_day(c) or date.max) < before]
    reasons = {c.number: _in_the_way(c) for c in wanted}
    going = [c for c in wanted if reasons[c.number] is None]
    kept = tuple(Kept(number, reason) for number, reason in reasons.items() if reason is not None)
    return Wiping(
        numbers=tuple(c.number for c in going),
        kept=kept,
        endings=dict(sorted(Counter(c.state.code for c in going).items())),
        codes=_codes(register, (c.number for c in going), new_code),
    )


def _last_day(complaint: Complaint) -> date | None:
    """Return the day that a complaint's age counts from: that of its end, or that it came in while it is open."""
    ended = complaint.day("closed_on") or complaint.day("answered_on")
    return complaint.received_on if complaint.state.is_open or ended is None else ended


def _in_the_way(complaint: Complaint) -> str | None:
    if complaint.state.is_open:
        return "open"
    if complaint.day("agreement_by") and not complaint.day("agreement_kept_on"):
        return "agreement"
    measure = complaint.measure
    return "measure" if measure and not row_day(measure, "done_on") else None


def _codes(register: Register, numbers: Iterable[str], new_code: Callable[[], str]) -> dict[str, str]:
    """Give a code to each person concerned, the one that was given before where there is one."""
    whose = register.persons
    concerned = {whose[number] for number in numbers}
    given = {whose[number]: code for number, code in register.codes.items() if number in whose}
    codes = {person: given.get(person) or new_code() for person in sorted(concerned)}
    return {number: codes[person] for number, person in whose.items() if person in concerned}
