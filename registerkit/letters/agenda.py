"""Says which letters are due and why, and which are held back and for what. Does not write."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from registerkit.deadlines import CLOSED_STATUSES
from registerkit.letters.case import Case, case_of
from registerkit.letters.held import WRITTEN_BY_LAW, HeldLetter, lacking, untimely
from registerkit.letters.kinds import KINDS, outcome_kind
from registerkit.store import Snapshot

__all__ = ["Agenda", "DueLetter", "agenda"]

_TALKED = frozenset({"telefoon", "bezoek"})
"""Ways of answering that need no letter, where no law asks for one."""
_HISTORY = timedelta(days=28)
"""How long after the answer a closing letter that was not made is still told of."""


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


def agenda(snapshot: Snapshot, *, number: str | None = None, again: Collection[str] = ()) -> Agenda:
    """Give the letters that are due on the snapshot's day, of all complaints or of one; `again` has kinds to make anew.

    What was answered before is told of longer, and its closing letter made with `again`, when its number is asked for.
    """
    due: list[DueLetter] = []
    held: list[HeldLetter] = []
    made = _made(snapshot)
    for key in snapshot.complaints if number is None else (number,):
        case = case_of(snapshot, key, made)
        if case is None:
            continue
        repeats = [kind for kind in KINDS if kind in case.made and kind in again]
        anyway = {kind for kind in again if kind in case.made or (key == number and KINDS[kind].is_outcome)}
        fresh = [(kind, reason) for kind, reason in _candidates(snapshot, case, number) if kind not in case.made]
        for kind, reason in [*fresh, *((kind, snapshot.texts("letters.reason.again")) for kind in repeats)]:
            late = [] if kind in anyway else list(untimely(snapshot, case, kind))
            against = late or list(lacking(snapshot, case, kind))
            held += against
            if not against:
                due.append(DueLetter(key, case.phase.n, kind, reason))
    return Agenda(tuple(due), tuple(held))


def _made(snapshot: Snapshot) -> dict[tuple[str, int], set[str]]:
    found: dict[tuple[str, int], set[str]] = {}
    for row in snapshot.table("letters").values():
        n = row.get("phase")
        found.setdefault((str(row.get("complaint")), n if isinstance(n, int) else 1), set()).add(str(row.get("kind")))
    return found


def _candidates(snapshot: Snapshot, case: Case, number: str | None) -> Iterator[tuple[str, str]]:
    is_open = case.record.get("status") not in CLOSED_STATUSES and case.phase.answered_on is None
    outcome = None if case.number != number and _is_history(case, snapshot.on) else _outcome(snapshot, case)
    if is_open and outcome is None:
        yield from _acknowledgement(snapshot, case)
        yield from _extension(snapshot, case)
        yield from _progress(snapshot, case)
    if outcome is not None:
        judgement = snapshot.lookups.label("judgement", str(case.record.get("judgement")))
        yield outcome, snapshot.texts("letters.reason.outcome", judgement=judgement)


def _acknowledgement(snapshot: Snapshot, case: Case) -> Iterator[tuple[str, str]]:
    if case.phase.n == 1 and case.record.get("acknowledged_on") is None:
        values = {"received": case.record.get("received_on"), "by": case.terms.acknowledge_by}
        yield "acknowledgement", snapshot.texts("letters.reason.acknowledgement", **values)


def _extension(snapshot: Snapshot, case: Case) -> Iterator[tuple[str, str]]:
    if case.is_extended:
        values = {"extended": case.record.get("extended_on"), "due": case.terms.due_on}
        yield "extension", snapshot.texts("letters.reason.extension", **values)


def _progress(snapshot: Snapshot, case: Case) -> Iterator[tuple[str, str]]:
    """Half-way through the term the complainant hears how it stands; an extension letter says it too."""
    record, terms, started = case.record, case.terms, case.phase.started_on
    halfway = started + (terms.unextended_due_on - started) / 2
    told = record.get("extended_on") is not None
    if not told and halfway <= snapshot.on <= terms.due_on and record.get("acknowledged_on") not in (None, snapshot.on):
        yield "progress", snapshot.texts("letters.reason.progress", halfway=halfway, due=terms.due_on)


def _outcome(snapshot: Snapshot, case: Case) -> str | None:
    """Give the closing letter that the judgement asks for, once judgement and solution are filled in.

    It goes with the answer, or soon after it: until the day that aftercare is due, unless aftercare was done. A
    complainant who was answered before that had his answer without the register's letter, by e-mail for example;
    `untimely` then holds the letter back, and says how to make it nevertheless.
    """
    record = case.record
    kind = outcome_kind(record.get("judgement"))
    if kind is None or record.get("solution") is None or record.get("settlement") == "informeel":
        return None
    if record.get("reopened_on") is not None and case.phase.answered_on is None:
        return None  # The judgement is still the earlier phase's.
    by_law = snapshot.profile(record).name in WRITTEN_BY_LAW
    return None if record.get("answer_channel") in _TALKED and not by_law else kind


def _is_history(case: Case, on: date) -> bool:
    """Tell whether a closing letter is no matter any more, made or not, unless somebody asks for it by number.

    So it is once aftercare was done, and four weeks after the answer: a year of old complaints that comes in at once
    brings no list that is told anew every week.
    """
    answered = case.phase.answered_on
    return answered is not None and (case.had_aftercare or answered < on - _HISTORY)
