"""Says which letters are due and why, and which are held back and for what. Does not write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from registerkit.definition import Record
from registerkit.letters.kinds import KINDS, LetterKind, outcome_kind
from registerkit.store import Phase, Snapshot
from registerkit.terms import CLOSED_STATUSES, Terms, complaint_terms

__all__ = ["Agenda", "DueLetter", "HeldLetter", "agenda"]

_TALKED = frozenset({"telefoon", "bezoek"})
"""Ways of answering that need no letter, where no law asks for one."""
_WRITTEN_BY_LAW = frozenset({"awb", "wkkgz"})
_LONG_AGO = timedelta(days=28)
"""An answer given longer ago than this was sent before the register knew of it."""
_ORGANISATION = ("name", "address", "postcode", "city", "phone")


@dataclass(frozen=True)
class DueLetter:
    """A letter to make, with the reason in one line."""

    number: str
    phase: int
    kind: str
    reason: str


@dataclass(frozen=True)
class HeldLetter:
    """A letter that would be due but cannot be made; `message` says what is missing."""

    number: str
    kind: str
    code: str
    message: str


@dataclass(frozen=True)
class Agenda:
    """The letters of one day."""

    due: tuple[DueLetter, ...]
    held: tuple[HeldLetter, ...]


def agenda(snapshot: Snapshot, *, again: Iterable[tuple[str, str]] = ()) -> Agenda:
    """Give the letters that are due on the snapshot's day; `again` names letters (number, kind) to make once more."""
    due: list[DueLetter] = []
    held: list[HeldLetter] = []
    made = _made(snapshot)
    once_more = set(again)
    for number, record in snapshot.complaints.items():
        phase = _phase(snapshot, number)
        fresh = [c for c in _candidates(snapshot, number, record, phase) if (number, phase.n, c[0]) not in made]
        repeats = [k for k in KINDS if (number, phase.n, k) in made and (number, k) in once_more]
        for kind, reason in [*fresh, *((kind, snapshot.texts("letters.reason.again")) for kind in repeats)]:
            lacking = list(_lacking(snapshot, record, KINDS[kind]))
            held += [HeldLetter(number, kind, c, snapshot.texts(f"letters.held.{c}", number=number)) for c in lacking]
            if not lacking:
                due.append(DueLetter(number, phase.n, kind, reason))
    return Agenda(tuple(due), tuple(held))


def _made(snapshot: Snapshot) -> set[tuple[str, int, str]]:
    found = set()
    for row in snapshot.table("letters").values():
        n = row.get("phase")
        found.add((str(row.get("complaint")), n if isinstance(n, int) else 1, str(row.get("kind"))))
    return found


def _phase(snapshot: Snapshot, number: str) -> Phase:
    phases = snapshot.phases.get(number)
    return phases[-1] if phases else Phase(number, 1, snapshot.on)


def _candidates(snapshot: Snapshot, number: str, record: Record, phase: Phase) -> Iterator[tuple[str, str]]:
    terms = complaint_terms(record, snapshot.pauses.get(number, ()), snapshot.policy, snapshot.calendar, snapshot.texts)
    if terms is None:
        return
    is_open = record.get("status") not in CLOSED_STATUSES and phase.answered_on is None
    outcome = _outcome(snapshot, record, phase)
    if is_open and outcome is None:
        yield from _acknowledgement(snapshot, record, phase, terms)
        yield from _extension(snapshot, record, phase, terms)
        yield from _progress(snapshot, record, phase, terms)
    if outcome is not None:
        judgement = snapshot.lookups.label("judgement", str(record.get("judgement")))
        yield outcome, snapshot.texts("letters.reason.outcome", judgement=judgement)


def _acknowledgement(snapshot: Snapshot, record: Record, phase: Phase, terms: Terms) -> Iterator[tuple[str, str]]:
    if phase.n == 1 and record.get("acknowledged_on") is None:
        values = {"received": record.get("received_on"), "by": terms.acknowledge_by}
        yield "acknowledgement", snapshot.texts("letters.reason.acknowledgement", **values)


def _extension(snapshot: Snapshot, record: Record, phase: Phase, terms: Terms) -> Iterator[tuple[str, str]]:
    extended = record.get("extended_on")
    if not isinstance(extended, date) or extended < phase.started_on:
        return
    if terms.due_on > terms.unextended_due_on:
        yield "extension", snapshot.texts("letters.reason.extension", extended=extended, due=terms.due_on)


def _progress(snapshot: Snapshot, record: Record, phase: Phase, terms: Terms) -> Iterator[tuple[str, str]]:
    """Half-way through the term the complainant hears how it stands; an extension letter says it too."""
    halfway = phase.started_on + (terms.unextended_due_on - phase.started_on) / 2
    told = record.get("extended_on") is not None
    if not told and halfway <= snapshot.on <= terms.due_on and record.get("acknowledged_on") not in (None, snapshot.on):
        yield "progress", snapshot.texts("letters.reason.progress", halfway=halfway, due=terms.due_on)


def _outcome(snapshot: Snapshot, record: Record, phase: Phase) -> str | None:
    """Give the closing letter that the judgement asks for, once judgement and solution are filled in."""
    kind = outcome_kind(record.get("judgement"))
    if kind is None or record.get("solution") is None or record.get("settlement") == "informeel":
        return None
    reopened, answered = record.get("reopened_on"), phase.answered_on
    if reopened is not None and answered is None:
        return None  # The judgement is still the earlier phase's.
    if answered is not None and answered < snapshot.on - _LONG_AGO:
        return None
    by_law = snapshot.profile(record).name in _WRITTEN_BY_LAW
    return None if record.get("answer_channel") in _TALKED and not by_law else kind


def _lacking(snapshot: Snapshot, record: Record, kind: LetterKind) -> Iterator[str]:
    """Give the codes of what a letter cannot be made without."""
    organisation, profile = snapshot.settings.organisation, snapshot.profile(record).name
    if any(not organisation.get(part) for part in _ORGANISATION):
        yield "organisation_incomplete"
    if not record.get("email") and not all(record.get(part) for part in ("address", "postcode", "city")):
        yield "no_address"
    handler = snapshot.table("staff").get(str(record.get("handler")))
    if handler is None:
        yield "no_handler"
    elif profile == "awb" and not handler.get("role"):
        yield "no_role"
    if (kind.needs_reasons or (kind.is_outcome and profile in _WRITTEN_BY_LAW)) and not record.get("reasons"):
        yield "no_reasons"
    if kind.is_outcome:
        yield from _lacking_external(snapshot, profile)


def _lacking_external(snapshot: Snapshot, profile: str) -> Iterator[str]:
    external = snapshot.settings.external
    if profile == "awb" and not external.get("ombudsman", {}).get("name"):
        yield "no_ombudsman"
    if profile == "wkkgz" and not (
        external.get("officer", {}).get("name") and external.get("committee", {}).get("name")
    ):
        yield "no_disputes_body"
