"""The kinds of letters: the template of each, and what a letter of that kind cannot do without."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["KINDS", "OUTCOMES", "LetterKind", "outcome_kind"]


@dataclass(frozen=True)
class LetterKind:
    """One kind of letter; `templates` has the file name per language, without its ending."""

    code: str
    templates: Mapping[str, str]
    needs_reasons: bool = False
    is_outcome: bool = False


KINDS: Mapping[str, LetterKind] = {
    kind.code: kind
    for kind in (
        LetterKind("acknowledgement", {"nl": "ontvangstbevestiging", "en": "acknowledgement"}),
        LetterKind("progress", {"nl": "tussenbericht", "en": "progress"}),
        LetterKind("extension", {"nl": "verlenging", "en": "extension"}),
        LetterKind("outcome_founded", {"nl": "afsluiting-gegrond", "en": "outcome-founded"}, is_outcome=True),
        LetterKind(
            "outcome_partly_founded",
            {"nl": "afsluiting-deels-gegrond", "en": "outcome-partly-founded"},
            needs_reasons=True,
            is_outcome=True,
        ),
        LetterKind(
            "outcome_unfounded",
            {"nl": "afsluiting-ongegrond", "en": "outcome-unfounded"},
            needs_reasons=True,
            is_outcome=True,
        ),
        LetterKind(
            "outcome_bad_faith",
            {"nl": "afsluiting-te-kwader-trouw", "en": "outcome-bad-faith"},
            needs_reasons=True,
            is_outcome=True,
        ),
    )
}
"""Kinds that the agenda knows; one without a template is held back until the office makes it."""

OUTCOMES: Mapping[str, str] = {
    "gegrond": "outcome_founded",
    "deels": "outcome_partly_founded",
    "twijfelachtig": "outcome_partly_founded",
    "geen_oordeel": "outcome_partly_founded",
    "ongegrond": "outcome_unfounded",
    "te_kwader_trouw": "outcome_bad_faith",
}
"""The closing letter that goes with each judgement."""


def outcome_kind(judgement: object) -> str | None:
    """Give the kind of closing letter for a judgement's code."""
    return OUTCOMES.get(str(judgement)) if judgement else None
