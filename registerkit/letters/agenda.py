"""Says which letters are due and why, and which are held back and for what. Does not write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from registerkit.letters.case import Case, case_of
from registerkit.letters.held import WRITTEN_BY_LAW, HeldLetter, lacking, untimely
from registerkit.letters.kinds import KINDS, outcome_kind
from registerkit.store import Snapshot
from registerkit.terms import CLOSED_STATUSES

__all__ = ["Agenda", "DueLetter", "agenda"]

_TALKED = frozenset({"telefoon", "bezoek"})
"""Ways of answering that need no letter, where no law asks for one."""
_LONG_AGO = timedelta(days=28)
"""An answer given longer ago than this was sent before the register knew of it."""


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


def agenda(snapshot: Snapshot, *, again: Iterable[tuple[str, str]] = ()) -> Agenda:
    """Give the letters that are due on the snapshot's day; `again` names letters (number, kind) to make once more."""
    due: list[DueLetter] = []
    held: list[HeldLetter] = []
    made, once_more = _made(snapshot), set(again)
    for number in snapshot.complaints:
        if (case := case_of(snapshot, number, made)) is None:
            continue
        fresh = [(kind, reason) for kind, reason in _candidates(snapshot, case) if kind not in case.made]
        repeats = [kind for kind in KINDS if kind in case.made and (number, kind) in once_more]
        for kind, reason in [*fresh, *((kind, snapshot.texts("letters.reason.again")) for kind in repeats)]:
            late = [] if kind in repeats else list(untimely(snapshot, case, kind))
            against = late or list(lacking(snapshot, case, kind))
            held += against
            if not against:
                due.append(DueLetter(number, case.phase.n, kind, reason))
    return Agenda(tuple(due), tuple(held))


def _made(snapshot: Snapshot) -> dict[tuple[str, int], set[str]]:
    found: dict[tuple[str, int], set[str]] = {}
    for row in snapshot.table("letters").values():
        n = row.get("phase")
        found.setdefault((str(row.get("complaint")), n if isinstance(n, int) else 1), set()).add(str(row.get("kind")))
    return found


def _candidates(snapshot: Snapshot, case: Case) -> Iterator[tuple[str, str]]:
    is_open = case.record.get("status") not in CLOSED_STATUSES and case.phase.answered_on is None
    outcome = _outcome(snapshot, case)
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
    """Give the closing letter that the judgement asks for, once judgement and solution are filled in."""
    record, answered = case.record, case.phase.answered_on
    kind = outcome_kind(record.get("judgement"))
    if kind is None or record.get("solution") is None or record.get("settlement") == "informeel":
        return None
    if record.get("reopened_on") is not None and answered is None:
        return None  # The judgement is still the earlier phase's.
    if answered is not None and answered < snapshot.on - _LONG_AGO:
        return None
    by_law = snapshot.profile(record).name in WRITTEN_BY_LAW
    return None if record.get("answer_channel") in _TALKED and not by_law else kind
