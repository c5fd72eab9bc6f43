"""Says which complaints can be anonymised and which cannot yet. Does not write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from registerkit.privacy.retention import group_of, in_the_way, kept_until, last_day, past_term
from registerkit.register import Complaint, Register

__all__ = ["Kept", "Wanted", "Wiping", "plan_wiping"]


@dataclass(frozen=True)
class Wanted:
    """Which complaints somebody wants wiped: one of the first three is said."""

    before: date | None = None
    """Those that ended before a day."""
    person: str | None = None
    """Those of whoever made this complaint."""
    due: bool = False
    """Those that are past their term."""
    now: bool = False
    """Whether a person's go before their term is over."""

    @property
    def is_clear(self) -> bool:
        """Whether it says one thing, and asks for no haste where there is nothing to wait for."""
        said = (self.before is not None) + (self.person is not None) + self.due
        return said == 1 and not (self.now and self.person is None)

    @property
    def rule(self) -> str:
        """The name of the rule by which complaints go."""
        return "due" if self.due else "before" if self.before is not None else "person"


@dataclass(frozen=True)
class Kept:
    """A complaint that stays as it is for now, with the code of what is in the way."""

    number: str
    reason: str
    until: date | None = None
    """The day from which it can go, when it is its term that it waits for."""


@dataclass(frozen=True)
class Wiping:
    """What is to be anonymised."""

    numbers: tuple[str, ...]
    kept: tuple[Kept, ...]
    endings: Mapping[str, int]
    """How many ended how, by the code of the state."""
    codes: Mapping[str, str]
    """A code for the person of each complaint of everybody concerned, by number."""
    counts: tuple[tuple[int, str, int], ...] = ()
    """Year of receipt, group of endings, and how many, for the declaration of destruction."""
    early: int = 0
    """How many of them go before their term is over."""


def plan_wiping(register: Register, new_code: Callable[[], str], wanted: Wanted) -> Wiping:
    """Choose the complaints that are wanted and done with."""
    chosen = list(_chosen(register, wanted))
    waits = wanted.person is not None and not wanted.now
    kept = tuple(k for c in chosen if (k := _kept(register, c, waits=waits)) is not None)
    staying = {each.number for each in kept}
    going = [c for c in chosen if c.number not in staying]
    counts = Counter(((c.received_on or register.on).year, group_of(c)) for c in going)
    return Wiping(
        numbers=tuple(c.number for c in going),
        kept=kept,
        endings=dict(sorted(Counter(c.state.code for c in going).items())),
        codes=_codes(register, (c.number for c in going), new_code),
        counts=tuple((year, group, n) for (year, group), n in sorted(counts.items())),
        early=sum(1 for c in going if _waits_until(register, c)),
    )


def _chosen(register: Register, wanted: Wanted) -> Iterable[Complaint]:
    whose, due = register.persons, set(past_term(register) if wanted.due else ())
    for complaint in register.complaints.values():
        if complaint.day("anonymised_on") is not None:
            continue
        if wanted.person is not None:
            is_chosen = whose[complaint.number] == whose[wanted.person]
        elif wanted.before is not None:
            is_chosen = (last_day(complaint) or date.max) < wanted.before
        else:
            is_chosen = complaint.number in due
        if is_chosen:
            yield complaint


def _kept(register: Register, complaint: Complaint, *, waits: bool) -> Kept | None:
    if (reason := in_the_way(complaint)) is not None:
        return Kept(complaint.number, reason)
    until = _waits_until(register, complaint) if waits else None
    return Kept(complaint.number, "term", until) if until is not None else None


def _waits_until(register: Register, complaint: Complaint) -> date | None:
    """Return the day from which a complaint need not be kept any more; None when that day is there."""
    until = kept_until(complaint, register.settings.privacy)
    return until if until is not None and until > register.on else None


def _codes(register: Register, numbers: Iterable[str], new_code: Callable[[], str]) -> dict[str, str]:
    """Give a code to each person concerned, the one that was given before where there is one."""
    whose = register.persons
    concerned = {whose[number] for number in numbers}
    given = {whose[number]: code for number, code in register.codes.items() if number in whose}
    codes = {person: given.get(person) or new_code() for person in sorted(concerned)}
    return {number: codes[person] for number, person in whose.items() if person in concerned}
