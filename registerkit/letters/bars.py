"""What can stand in the way of a letter, one function each: it comes too late, or it lacks something. Does not write.

A bar returns the code of its texts, `letters.held.<code>` and `letters.lacks.<code>`, or None.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from registerkit.letters.representation import lacks_authorisation, representative
from registerkit.office import LETTERHEAD, NAMED_BY_LAW
from registerkit.register import (
    APPROVAL,
    WRITTEN_BY_LAW,
    Complaint,
    Register,
    is_abroad,
    lacks_hearing,
    limits_for,
    row_day,
    row_text,
)
from registerkit.texts import Texts

__all__ = [
    "Bar",
    "Considered",
    "HeldLetter",
    "agreement_day_bar",
    "already_extended",
    "answered_before",
    "approval_bar",
    "destination_bar",
    "ground_bar",
    "handler_bars",
    "judgement_bars",
    "lacks",
    "measure_bar",
    "new_day_past",
    "office_bars",
    "open_agreement_bar",
    "outcome_bars",
    "reasons_bar",
    "related_bar",
    "reply_day_past",
    "sender_bars",
    "term_past",
    "values_of",
    "way_on_bar",
]


@dataclass(frozen=True)
class Considered:
    """A letter that is looked at; `made` has the kinds of letters that this phase was sent."""

    register: Register
    complaint: Complaint
    kind: str
    made: Collection[str]


Bar = Callable[[Considered], str | None]


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
        """Return one with its texts; `values` are what they tell."""
        return cls(
            number, kind, code, texts(f"letters.lacks.{code}", **values), texts(f"letters.held.{code}", **values)
        )


# ------------------------------------------------------------------------------------------------------- too late
def term_past(letter: Considered) -> str | None:
    """A letter that names the term does not go out when that day is past: somebody tells it in his own words."""
    due = letter.complaint.due_on
    return "term_past" if due is not None and due < letter.register.on else None


def already_extended(letter: Considered) -> str | None:
    """An acknowledgement beside an extension would tell the complainant of another term."""
    return "already_extended" if letter.complaint.is_extended or "extension" in letter.made else None


def answered_before(letter: Considered) -> str | None:
    """A closing letter comes too late when the complainant had aftercare since his answer, or should have had it."""
    complaint, answered = letter.complaint, letter.complaint.own_day("answered_on")
    if answered is None:
        return None
    done, by = complaint.day("aftercare_on"), complaint.day("aftercare_by")
    late = (done is not None and done >= answered) or (by is not None and by < letter.register.on)
    return "answered_before" if late else None


# -------------------------------------------------------------------------------------------------------- lacking
def _organisation(letter: Considered) -> str | None:
    told = letter.register.settings.organisation
    return "organisation_incomplete" if any(not told.get(part) for part in LETTERHEAD) else None


def _address(letter: Considered) -> str | None:
    """A letter wants an address: of post, or of e-mail where the law of the profile takes that for one (Awb 2:14)."""
    complaint = letter.complaint
    parts = ("address", "city") if is_abroad(complaint.text("country")) else ("address", "postcode", "city")
    own = representative(complaint) and complaint.text("representative_address")
    if own or all(complaint.text(part) for part in parts):
        return None
    must_be_said = complaint.profile.name == "awb" and letter.register.has("email_allowed")
    if complaint.text("email") is None:
        return "no_address"
    return "no_postal_address" if must_be_said and complaint.flag("email_allowed") is not True else None


def _handler(letter: Considered) -> str | None:
    code = letter.register.staff.known(letter.complaint.handled_by)
    if not code:
        return "no_handler"
    needs_role = letter.complaint.profile.name == "awb" and not letter.register.staff.of(code).get("role")
    return "no_role" if needs_role else None


def _confirmed(letter: Considered) -> str | None:
    return "handler_involved" if letter.complaint.must_confirm_handler else None


def _in_doubt(letter: Considered) -> str | None:
    """What a file says of a complaint may be another's: name, address or story."""
    return "cells_moved" if letter.complaint.number in letter.register.in_doubt else None


def reasons_bar(letter: Considered) -> str | None:
    """A judgement that goes against the complainant wants its reasons."""
    return None if letter.complaint.text("reasons") else "no_reasons"


def destination_bar(letter: Considered) -> str | None:
    """Who is told that a complaint was referred wants to hear to whom: that stands in the reasons."""
    return None if letter.complaint.text("reasons") else "no_destination"


def ground_bar(letter: Considered) -> str | None:
    """A refusal names its ground, in a register that knows grounds."""
    known = letter.register.definition.role("ground") is not None
    return "no_ground" if known and not letter.complaint.text("ground") else None


def _authorisation(letter: Considered) -> str | None:
    """Of the care for somebody another hears only with an authorisation (BW 7:457)."""
    held = letter.complaint.profile.name == "wkkgz" and lacks_authorisation(letter.complaint)
    return "no_authorisation" if held else None


def _hearing(letter: Considered) -> str | None:
    return "not_heard" if lacks_hearing(letter.complaint) else None


def _advice(letter: Considered) -> str | None:
    """A judgement after a committee's advice says whether it follows that (Awb 9:16)."""
    complaint = letter.complaint
    asked = complaint.profile.name == "awb" and complaint.flag("committee") is True
    known = not letter.register.has("advice_followed") or complaint.flag("advice_followed") is not None
    return "no_advice" if asked and not known else None


def _amount(letter: Considered) -> str | None:
    """Where nothing was bought, a refund has an amount: there is no price that it could be."""
    complaint = letter.complaint
    by_law = complaint.profile.name in WRITTEN_BY_LAW and letter.register.has("cost")
    if not by_law or complaint.text("solution") != "terugbetaling":
        return None
    return None if complaint.whole("cost") else "no_amount"


def approval_bar(letter: Considered) -> str | None:
    """More than who handles a complaint may promise waits for somebody who says that it is right."""
    complaint, settings, lookups = letter.complaint, letter.register.settings, letter.register.lookups
    limit = limits_for(settings.limits, settings.grants, complaint.text("handler"), lookups).get(APPROVAL)
    known = letter.register.has("cost", "approved_by")
    is_above = known and limit is not None and (complaint.whole("cost") or 0) > limit
    return "no_approval" if is_above and not complaint.text("approved_by") else None


def _reasons_by_law(letter: Considered) -> str | None:
    return reasons_bar(letter) if letter.complaint.profile.name in WRITTEN_BY_LAW else None


def way_on_bar(letter: Considered) -> str | None:
    """The way on that the law wants named: the ombudsman, or the complaints officer and the disputes committee."""
    external, profile = letter.register.settings.external, letter.complaint.profile.name
    if all(external.get(body, {}).get("name") for body in NAMED_BY_LAW.get(profile, ())):
        return None
    return "no_ombudsman" if profile == "awb" else "no_disputes_body"


def lacks(role: str, code: str) -> Bar:
    """Return a bar for a letter that tells a value, in a register that has a field for it."""

    def bar(letter: Considered) -> str | None:
        is_blank = letter.complaint.text(role) is None and letter.complaint.day(role) is None
        return code if letter.register.definition.role(role) is not None and is_blank else None

    return bar


def reply_day_past(letter: Considered) -> str | None:
    """A reply is asked for by a day that is still to come."""
    reply = letter.complaint.day("reply_by")
    return "reply_day_past" if reply is not None and reply <= letter.register.on else None


def new_day_past(letter: Considered) -> str | None:
    """Who is told that the answer comes late is not promised a day that is gone."""
    promised = letter.complaint.day("promised_by")
    return "new_day_past" if promised is not None and promised < letter.register.on else None


def agreement_day_bar(letter: Considered) -> str | None:
    """What was agreed has a day by which it is done, or on which it was."""
    has_day = letter.complaint.day("agreement_by") or letter.complaint.day("agreement_kept_on")
    return None if has_day or letter.register.definition.role("agreement_by") is None else "no_agreement_day"


def open_agreement_bar(letter: Considered) -> str | None:
    """Nobody is asked how it went while what was agreed is still to be done."""
    is_open = letter.complaint.day("agreement_by") and not letter.complaint.day("agreement_kept_on")
    return "agreement_open" if is_open else None


def measure_bar(letter: Considered) -> str | None:
    """Of a temporary way of working the complainant hears until when it lasts."""
    measure = letter.complaint.measure or {}
    lasting = row_text(measure, "temporary") is not None and row_day(measure, "normal_from") is None
    return "no_normal_day" if lasting else None


def related_bar(letter: Considered) -> str | None:
    """Who is told that complaints were joined hears under which number it goes on."""
    return None if letter.complaint.joined_to(letter.register.complaints) else "no_related"


office_bars: tuple[Bar, ...] = (_in_doubt, _organisation)
sender_bars: tuple[Bar, ...] = (*office_bars, _address)
handler_bars: tuple[Bar, ...] = (_handler, _confirmed)
outcome_bars: tuple[Bar, ...] = (approval_bar, _reasons_by_law, way_on_bar, _authorisation)
judgement_bars: tuple[Bar, ...] = (*outcome_bars, _hearing, _advice, _amount)


def values_of(letter: Considered) -> dict[str, date | str | None]:
    """Return what the texts of bars tell."""
    complaint = letter.complaint
    days = {role: complaint.day(role) for role in ("reply_by", "promised_by", "agreement_by")}
    promised = letter.register.definition.role("promised_by")
    label = promised.labels[letter.register.lookups.language] if promised is not None else None
    promise = letter.register.texts("letters.promise", label=label) if label else ""
    return {"due": complaint.due_on, "answered": complaint.own_day("answered_on"), "promise": promise, **days}
