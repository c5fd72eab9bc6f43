"""The kinds of letters, one record each: its templates, when it is due, what bars it, and what follows from it.

The labels of a kind stand in the list `letter_kind` of the definition; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from registerkit.letters.bars import (
    Bar,
    already_extended,
    answered_before,
    destination_bar,
    ground_bar,
    handler_bars,
    outcome_bars,
    reasons_bar,
    sender_bars,
    term_past,
)
from registerkit.register import ENDED, WRITTEN_BY_LAW, Complaint

__all__ = ["KINDS", "Due", "LetterKind"]

_TALKED = frozenset({"telefoon", "bezoek"})
"""Ways of answering that need no letter, where no law asks for one."""


@dataclass(frozen=True)
class Due:
    """Why a letter is due: the name of the reason's text, what it tells, and the day of the occasion."""

    reason: str
    occasion: date
    told: Mapping[str, Any] = field(default_factory=dict)


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

    rests: bool = False
    """Whether nobody is written to once its occasion lies long back: earlier versions made no such letter."""

    def is_in(self, made: Collection[str]) -> bool:
        """Tell whether letters that were made told this already."""
        return self.code in made or self.formerly in made

    @property
    def is_outcome(self) -> bool:
        """Whether it closes a complaint."""
        return self.code.startswith("outcome_")


def _acknowledgement(complaint: Complaint) -> Due | None:
    received = complaint.received_on
    told = complaint.day("acknowledged_on") or complaint.is_reopened
    if not _awaits_answer(complaint) or told or received is None:
        return None
    by = complaint.day("acknowledge_by") or (complaint.terms.acknowledge_by if complaint.terms else received)
    return Due("acknowledgement", received, {"received": received, "by": by})


def _extension(complaint: Complaint) -> Due | None:
    extended = complaint.day("extended_on")
    if not _awaits_answer(complaint) or not complaint.is_extended or extended is None:
        return None
    return Due("extension", extended, {"extended": extended, "due": complaint.due_on})


def _progress(complaint: Complaint) -> Due | None:
    """Half-way through the term the complainant hears how it stands; an extension letter says it too."""
    terms, started, due, on = complaint.terms, complaint.started_on, complaint.due_on, complaint.rules.on
    if not _awaits_answer(complaint) or terms is None or started is None or due is None:
        return None
    halfway = started + (terms.unextended_due_on - started) / 2
    acknowledged = complaint.day("acknowledged_on")
    if complaint.day("extended_on") or acknowledged in (None, on) or on < halfway:
        return None
    return Due("progress", halfway, {"halfway": halfway, "due": due})


def _awaits_answer(complaint: Complaint) -> bool:
    """Tell whether the complainant still waits for an answer to what he complained of."""
    state = complaint.state
    return state.is_open and state.notice is None and not complaint.deciding.answered and _outcome(complaint) is None


def _outcome(complaint: Complaint) -> str | None:
    """Return the judgement that a closing letter is to tell, once judgement and solution are filled in.

    Before the answer of a reopened complaint the judgement is still the earlier phase's.
    """
    judgement, answered = complaint.text("judgement"), complaint.deciding.answered
    if judgement is None or complaint.text("solution") is None or complaint.text("settlement") == "informeel":
        return None
    if complaint.text("status") in ENDED or (complaint.is_reopened and not answered):
        return None
    by_law = complaint.profile.name in WRITTEN_BY_LAW
    return None if complaint.text("answer_channel") in _TALKED and not by_law else judgement


def _closing(*judgements: str) -> Callable[[Complaint], Due | None]:
    def due(complaint: Complaint) -> Due | None:
        judgement = _outcome(complaint)
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
    talked = complaint.text("answer_channel") in _TALKED and complaint.profile.name not in WRITTEN_BY_LAW
    return None if talked else Due("outcome_informal", solved, {"solved": solved})


def _withdrawal(complaint: Complaint) -> Due | None:
    if complaint.state.code != "withdrawn":
        return None
    ended = complaint.own_day("closed_on") or complaint.rules.on
    return Due("withdrawal", ended, {"closed": ended})


def _reopening(complaint: Complaint) -> Due | None:
    """Of a reopening by an ombudsman or a disputes committee the complainant hears from them."""
    reopened = complaint.day("reopened_on")
    if reopened is None or not _awaits_answer(complaint) or complaint.deciding.external:
        return None
    return Due("reopening", reopened, {"reopened": reopened, "due": complaint.due_on})


def _notice(code: str) -> Callable[[Complaint], Due | None]:
    def due(complaint: Complaint) -> Due | None:
        if complaint.state.notice != code:
            return None
        return Due(code, complaint.own_day("closed_on") or complaint.rules.on, {"due": complaint.due_on})

    return due


def _kinds() -> Iterator[LetterKind]:
    names = {"nl": "ontvangstbevestiging", "en": "acknowledgement"}
    yield LetterKind("acknowledgement", names, _acknowledgement, (term_past, already_extended), fills="acknowledged_on")
    yield LetterKind("progress", {"nl": "tussenbericht", "en": "progress"}, _progress, (term_past,))
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
            (*sender_bars, *handler_bars, *more, *outcome_bars),
            goes_as="outcome_unfounded" if code == "bad_faith" else None,
            formerly="outcome_partly_founded" if code in ("doubtful", "no_judgement") else None,
        )
    names = {"nl": "afsluiting-informeel", "en": "outcome-informal"}
    yield LetterKind("outcome_informal", names, _informal, rests=True)
    yield LetterKind("withdrawal", {"nl": "intrekking", "en": "withdrawal"}, _withdrawal, rests=True)
    yield LetterKind("reopening", {"nl": "heropening", "en": "reopening"}, _reopening, (term_past,), rests=True)


KINDS: Mapping[str, LetterKind] = {kind.code: kind for kind in _kinds()}
"""Kinds that the agenda knows."""
