"""Says which letters are due and why, and which are held back and for what. Does not write."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from registerkit.letters.bars import Bar, Considered, HeldLetter, values_of
from registerkit.letters.due import Due
from registerkit.letters.kinds import KINDS, LetterKind
from registerkit.register import Complaint, Register, per_complaint

__all__ = ["OLD", "Agenda", "DueLetter", "agenda", "old_letters"]

OLD = timedelta(days=28)
"""A letter whose occasion lay so long back when its complaint came in is not made any more; some rest always."""


@dataclass(frozen=True)
class DueLetter:
    """A letter to make, with the reason in one line."""

    number: str
    phase: int
    kind: str
    reason: str


@dataclass(frozen=True)
class Agenda:
    """The letters of one day."""

    due: tuple[DueLetter, ...]
    held: tuple[HeldLetter, ...]


def agenda(register: Register, *, number: str | None = None, again: Collection[str] = ()) -> Agenda:
    """Return the letters that are due on the register's day, of all complaints or of one; `again` are made anew.

    A held letter stays held until it is made, or somebody says that it is not to come. What is held only because it
    comes too late, or was not to come, is made when its number is asked for with `again`.
    """
    due: list[DueLetter] = []
    held: list[HeldLetter] = []
    for complaint in _complaints(register, number):
        if not again and not _due(complaint):
            continue
        made = _made(complaint)
        anew = again if number is not None else _with_file(complaint).intersection(again)
        for kind, reason in _wanted(register, complaint, made, anew):
            letter = Considered(register, complaint, kind.code, made)
            asked = kind.code in again and (kind.code in made or (number is not None and kind.is_outcome))
            late = [] if asked else _barred(letter, kind.untimely)
            against = late or _barred(letter, kind.lacks)
            texts, told = register.texts, values_of(letter)
            held += (HeldLetter.of(complaint.number, kind.code, code, texts, **told) for code in against)
            if not against:
                due.append(DueLetter(complaint.number, complaint.phase.n, kind.code, reason))
    return Agenda(tuple(due), tuple(held))


def old_letters(register: Register, numbers: Collection[str]) -> Iterator[tuple[Complaint, str]]:
    """Return the letters of complaints whose occasion lies so long back that nobody waits for them any more."""
    for complaint in _complaints(register, None):
        if complaint.number in numbers:
            for kind, due in _due(complaint):
                if due.occasion < register.on - OLD:
                    yield complaint, kind.code


def _complaints(register: Register, number: str | None) -> Iterator[Complaint]:
    """Return the complaints that can have letters: none in a register without terms, or without a table of letters."""
    if register.has_terms and "letters" in register.definition.tables:
        yield from register.complaints.values() if number is None else (register.complaints[number],)


@per_complaint
def _made(complaint: Complaint) -> frozenset[str]:
    """Return the kinds of letters that the present phase had, or that somebody said are not to come."""
    rows = (row for row in complaint.letters if (row.get("phase") or 1) == complaint.phase.n)
    return frozenset(str(row.get("kind")) for row in rows)


def _with_file(complaint: Complaint) -> frozenset[str]:
    """Return the kinds of letters that were made for the present phase."""
    rows = (row for row in complaint.letters if (row.get("phase") or 1) == complaint.phase.n and row.get("file"))
    return frozenset(str(row.get("kind")) for row in rows)


@per_complaint
def _due(complaint: Complaint) -> tuple[tuple[LetterKind, Due], ...]:
    if complaint.received_on is None or complaint.is_taken_over:
        return ()
    made, found = _made(complaint), list[tuple[LetterKind, Due]]()
    for kind in KINDS.values():
        due = None if kind.is_in(made) and not kind.repeats else kind.due(complaint)
        if due is not None and not (kind.rests and due.occasion < complaint.rules.on - OLD):
            found.append((kind, due))
    codes = {kind.code for kind, _ in found}
    return tuple((kind, due) for kind, due in found if not kind.yields_to & codes)


def _wanted(
    register: Register, complaint: Complaint, made: Collection[str], again: Collection[str]
) -> Iterator[tuple[LetterKind, str]]:
    for kind, due in _due(complaint):
        if not kind.is_off(register.settings.letters, complaint.profile.name):
            yield kind, register.texts(f"letters.reason.{due.reason}", **due.told)
    for code, kind in KINDS.items():
        if code in made and code in again:
            yield kind, register.texts("letters.reason.again")


def _barred(letter: Considered, bars: Iterable[Bar]) -> list[str]:
    return [code for bar in bars if (code := bar(letter)) is not None]
