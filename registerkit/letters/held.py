"""Says what stands in the way of a letter: it comes too late, or it lacks something. Does not write."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from registerkit.definition import Record
from registerkit.letters.case import Case
from registerkit.letters.kinds import KINDS, LetterKind
from registerkit.store import Snapshot
from registerkit.texts import Texts

__all__ = ["WRITTEN_BY_LAW", "HeldLetter", "lacking", "untimely"]

WRITTEN_BY_LAW = frozenset({"awb", "wkkgz"})
"""Profiles whose law asks for an answer in writing, with its reasons."""
_NAMES_THE_TERM = frozenset({"acknowledgement", "extension"})
_ORGANISATION = ("name", "address", "postcode", "city", "phone")


@dataclass(frozen=True)
class HeldLetter:
    """A letter that cannot be made: what stands in the way in a few words, and in full with what to do about it."""

    number: str
    kind: str
    code: str
    summary: str
    message: str

    @classmethod
    def of(cls, number: str, kind: str, code: str, texts: Texts, **values: Any) -> HeldLetter:
        """Give one with its texts; `values` are what they tell."""
        return cls(
            number, kind, code, texts(f"letters.lacks.{code}", **values), texts(f"letters.held.{code}", **values)
        )


def untimely(snapshot: Snapshot, case: Case, kind: str) -> Iterator[HeldLetter]:
    """Give why a letter must not go out any more.

    One that names the term does not when that day is past, and an acknowledgement does not beside an extension,
    for it would tell the complainant of another term: somebody tells him in his own words. A closing letter does
    not when the complainant was answered so long ago that he had aftercare, or should have had it.
    """
    code = None
    if kind in _NAMES_THE_TERM and case.terms.due_on < snapshot.on:
        code = "term_past"
    elif kind == "acknowledgement" and (case.is_extended or "extension" in case.made):
        code = "already_extended"
    elif KINDS[kind].is_outcome and case.answered_before(snapshot.on):
        code = "answered_before"
    if code is not None:
        told = {"due": case.terms.due_on, "answered": case.phase.answered_on}
        yield HeldLetter.of(case.number, kind, code, snapshot.texts, **told)


def lacking(snapshot: Snapshot, case: Case, kind: str) -> Iterator[HeldLetter]:
    """Give what a letter cannot be made without."""
    for code in _missing(snapshot, case.record, KINDS[kind]):
        yield HeldLetter.of(case.number, kind, code, snapshot.texts)


def _missing(snapshot: Snapshot, record: Record, kind: LetterKind) -> Iterator[str]:
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
    if (kind.needs_reasons or (kind.is_outcome and profile in WRITTEN_BY_LAW)) and not record.get("reasons"):
        yield "no_reasons"
    if kind.is_outcome:
        yield from _missing_external(snapshot, profile)


def _missing_external(snapshot: Snapshot, profile: str) -> Iterator[str]:
    external = snapshot.settings.external
    if profile == "awb" and not external.get("ombudsman", {}).get("name"):
        yield "no_ombudsman"
    if profile == "wkkgz" and not (
        external.get("officer", {}).get("name") and external.get("committee", {}).get("name")
    ):
        yield "no_disputes_body"
