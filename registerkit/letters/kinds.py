"""The kinds of letters, one record each: its templates, when it is due, what bars it, and what follows from it.

The labels of a kind stand in the list `letter_kind` of the definition; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from registerkit.letters import steps
from registerkit.letters.bars import (
    Bar,
    agreement_day_bar,
    already_extended,
    answered_before,
    approval_bar,
    destination_bar,
    ground_bar,
    handler_bars,
    judgement_bars,
    lacks,
    measure_bar,
    new_day_past,
    office_bars,
    open_agreement_bar,
    outcome_bars,
    reasons_bar,
    related_bar,
    reply_day_past,
    sender_bars,
    term_past,
    way_on_bar,
)
from registerkit.letters.due import TALKED, Due, awaits_answer, outcome_told
from registerkit.register import WRITTEN_BY_LAW, Complaint

__all__ = ["KINDS", "LetterKind"]


@dataclass(frozen=True)
class LetterKind:
    """One kind of letter; `templates` has the file name per language, without its ending."""

    code: str
    templates: Mapping[str, str]
    due: Callable[[Complaint], Due | None]
    untimely: tuple[Bar, ...] = ()
    """Why it must not go out any more; these give way when somebody asks for the letter by number."""
    lacks: tuple[Bar, ...] = (*sender_bars, *handler_bars)
    """What it cannot do without."""
    fills: str | None = None
    """The role of the day that is filled in when it is made."""
    goes_as: str | None = None
    """The kind whose name its file has, when its own name is not for the complainant to read."""
    formerly: str | None = None
    """The kind that told this in earlier versions: what was made of it counts, and the office's own text of it is used
    while it has none of this kind."""

    to_office: bool = False
    """Whether it goes to somebody at the office, and not to the complainant."""
    rests: bool = False
    """Whether nobody is written to once its occasion lies long back: earlier versions made no such letter."""
    repeats: bool = False
    """Whether it comes again in one phase: when it is due says itself what was told before."""
    yields_to: frozenset[str] = frozenset()
    """The kinds that tell the same and more: while one of them is due, this one is not."""

    off_by: str | None = None
    """The setting under `[letters]` that an office turns it off with."""
    owed_under: frozenset[str] = frozenset()
    """The profiles whose law asks for it, so that it cannot be turned off."""

    def is_off(self, letters: Mapping[str, Any], profile: str) -> bool:
        """Tell whether the office does without it; `letters` are its settings."""
        return self.off_by is not None and letters.get(self.off_by) is False and profile not in self.owed_under

    def is_in(self, made: Collection[str]) -> bool:
        """Tell whether letters that were made told this already."""
        return self.code in made or self.formerly in made

    @property
    def is_outcome(self) -> bool:
        """Whether it closes a complaint."""
        return self.code.startswith("outcome_")

    @property
    def is_judgement(self) -> bool:
        """Whether it tells a judgement."""
        return self.is_outcome and self.code != "outcome_informal"


def _acknowledgement(complaint: Complaint) -> Due | None:
    received = complaint.received_on
    told = complaint.day("acknowledged_on") or complaint.is_reopened or complaint.was_written("late_answer")
    if not awaits_answer(complaint) or told or received is None:
        return None
    by = complaint.day("acknowledge_by") or (complaint.terms.acknowledge_by if complaint.terms else received)
    return Due("acknowledgement", received, {"received": received, "by": by})


def _extension(complaint: Complaint) -> Due | None:
    extended = complaint.day("extended_on")
    if not awaits_answer(complaint) or not complaint.is_extended or extended is None:
        return None
    return Due("extension", extended, {"extended": extended, "due": complaint.due_on})


def _progress(complaint: Complaint) -> Due | None:
    """Half-way through the term the complainant hears how it stands; an extension letter says it too."""
    if not awaits_answer(complaint):
        return None
    terms, started, due, on = complaint.terms, complaint.started_on, complaint.due_on, complaint.rules.on
    if terms is None or started is None or due is None:
        return None
    halfway = started + (terms.unextended_due_on - started) / 2
    acknowledged = complaint.day("acknowledged_on")
    told = complaint.day("extended_on") or complaint.was_written("late_answer")
    if told or acknowledged in (None, on) or on < halfway:
        return None
    return Due("progress", halfway, {"halfway": halfway, "due": due})


def _closing(*judgements: str) -> Callable[[Complaint], Due | None]:
    def due(complaint: Complaint) -> Due | None:
        judgement = outcome_told(complaint)
        if judgement not in judgements:
            return None
        occasion = complaint.own_day("answered_on") or complaint.rules.on
        return Due("outcome", occasion, {"judgement": complaint.label("judgement")})

    return due


def _informal(complaint: Complaint) -> Due | None:
    """What was solved to content is confirmed in writing, unless it was settled in a talk and no law asks for more."""
    solved = complaint.own_day("solved_on")
    if complaint.state.code != "settled" or complaint.text("settlement") != "informeel" or solved is None:
        return None
    talked = complaint.text("answer_channel") in TALKED and complaint.profile.name not in WRITTEN_BY_LAW
    return None if talked else Due("outcome_informal", solved, {"solved": solved})


def _reopening(complaint: Complaint) -> Due | None:
    """Of a reopening by an ombudsman or a disputes committee the complainant hears from them."""
    reopened = complaint.day("reopened_on")
    if reopened is None or not awaits_answer(complaint) or complaint.deciding.external:
        return None
    return Due("reopening", reopened, {"reopened": reopened, "due": complaint.due_on})


def _notice(code: str) -> Callable[[Complaint], Due | None]:
    def due(complaint: Complaint) -> Due | None:
        if complaint.state.notice != code:
            return None
        return Due(code, complaint.own_day("closed_on") or complaint.rules.on, {"due": complaint.due_on})

    return due


_STEPS = frozenset({"information_request", "proposal", "agreement"})
"""The letters that tell how a complaint stands."""


def _kinds() -> Iterator[LetterKind]:
    names = {"nl": "ontvangstbevestiging", "en": "acknowledgement"}
    untimely = (term_past, already_extended)
    late = frozenset({"late_answer"})
    yield LetterKind("acknowledgement", names, _acknowledgement, untimely, fills="acknowledged_on", yields_to=late)
    names = {"nl": "tussenbericht", "en": "progress"}
    yield LetterKind(
        "progress",
        names,
        _progress,
        (term_past,),
        yields_to=_STEPS | late,
        off_by="half_way",
        owed_under=frozenset({"wkkgz"}),
    )
    yield LetterKind("extension", {"nl": "verlenging", "en": "extension"}, _extension, (term_past,))
    yield LetterKind(
        "referral",
        {"nl": "doorzending", "en": "referral"},
        _notice("referral"),
        lacks=(*sender_bars, *handler_bars, destination_bar),
    )
    yield LetterKind(
        "not_taken_up",
        {"nl": "niet-in-behandeling", "en": "not-taken-up"},
        _notice("not_taken_up"),
        lacks=(*sender_bars, *handler_bars, ground_bar, reasons_bar, *outcome_bars),
    )
    for code, name, judgements, more in (
        ("founded", "gegrond", ("gegrond",), ()),
        ("partly_founded", "deels-gegrond", ("deels",), (reasons_bar,)),
        ("unfounded", "ongegrond", ("ongegrond",), (reasons_bar,)),
        ("bad_faith", "te-kwader-trouw", ("te_kwader_trouw",), (reasons_bar,)),
        ("doubtful", "twijfelachtig", ("twijfelachtig",), (reasons_bar,)),
        ("no_judgement", "zonder-oordeel", ("geen_oordeel",), (reasons_bar,)),
    ):
        yield LetterKind(
            f"outcome_{code}",
            {"nl": f"afsluiting-{name}", "en": f"outcome-{code.replace('_', '-')}"},
            _closing(*judgements),
            (answered_before,),
            (*sender_bars, *handler_bars, *more, *judgement_bars),
            goes_as="outcome_unfounded" if code == "bad_faith" else None,
            formerly="outcome_partly_founded" if code in ("doubtful", "no_judgement") else None,
        )
    names = {"nl": "afsluiting-informeel", "en": "outcome-informal"}
    yield LetterKind(
        "outcome_informal", names, _informal, lacks=(*sender_bars, *handler_bars, approval_bar), rests=True
    )
    names = {"nl": "intrekking", "en": "withdrawal"}
    yield LetterKind("withdrawal", names, steps.ended_as("withdrawn", "withdrawal"), rests=True)
    yield LetterKind("reopening", {"nl": "heropening", "en": "reopening"}, _reopening, (term_past,), rests=True)
    yield from _step_kinds()
    yield from _employee_kinds()


def _step_kinds() -> Iterator[LetterKind]:
    """Return the letters of a step: each lacks what the step is told with."""
    by, ours = (lacks("reply_by", "no_reply_day"), reply_day_past), (*sender_bars, *handler_bars)
    for code, (nl, en), due, more in (
        ("information_request", ("informatieverzoek", "information-request"), steps.information_request,
         (lacks("asked", "no_question"), *by)),
        ("proposal", ("voorstel", "proposal"), steps.proposal, (lacks("proposal", "no_proposal"), *by, approval_bar)),
        ("agreement", ("afspraken", "agreement"), steps.agreement,
         (lacks("agreements", "no_agreements"), agreement_day_bar, approval_bar)),
        ("hearing_invitation", ("uitnodiging-gesprek", "hearing-invitation"), steps.hearing_invitation,
         (lacks("hearing_place", "no_hearing_place"),)),
        ("late_answer", ("antwoord-later", "late-answer"), steps.late_answer, (new_day_past, way_on_bar)),
        ("improvement", ("verbetermaatregel", "improvement"), steps.improvement, (measure_bar,)),
        ("transfer", ("overdracht", "transfer"), steps.ended_as("no_complaint", "transfer"), (destination_bar,)),
        ("merged", ("samenvoeging", "merged"), steps.ended_as("merged", "merged"), (related_bar,)),
    ):  # fmt: skip
        yield LetterKind(code, {"nl": nl, "en": en}, due, lacks=(*ours, *more), rests=True)
    names = {"nl": "opschorting", "en": "pause"}
    yield LetterKind("pause", names, steps.pause, lacks=ours, rests=True, repeats=True)
    asking = (*ours, open_agreement_bar)
    names = {"nl": "nazorg", "en": "aftercare"}
    yield LetterKind(
        "aftercare", names, steps.aftercare, lacks=asking, fills="aftercare_on", rests=True, off_by="aftercare"
    )


def _employee_kinds() -> Iterator[LetterKind]:
    """Return the letters to whom a complaint is about; they go to the office, so no address is wanting."""
    bars = (*office_bars, *handler_bars)
    names = {"nl": "bericht-medewerker", "en": "employee-notice"}
    fills = "employee_told_on"
    yield LetterKind(
        "employee_notice", names, steps.employee_notice, lacks=bars, fills=fills, to_office=True, rests=True
    )
    names = {"nl": "verlenging-medewerker", "en": "extension-employee"}
    due = steps.employee_extension
    yield LetterKind("extension_employee", names, due, (term_past,), bars, to_office=True, rests=True)


KINDS: Mapping[str, LetterKind] = {kind.code: kind for kind in _kinds()}
"""Kinds that the agenda knows."""
