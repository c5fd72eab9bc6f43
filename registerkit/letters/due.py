"""Why a letter is due, and what more than one kind of letter asks of a complaint. Does not write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from registerkit.register import ENDED, WRITTEN_BY_LAW, Complaint, per_complaint, state_of

__all__ = ["TALKED", "Due", "awaits_answer", "outcome_told", "standing"]

TALKED = frozenset({"telefoon", "bezoek"})
"""Ways of answering that need no letter, where no law asks for one."""


@dataclass(frozen=True)
class Due:
    """Why a letter is due: the name of the reason's text, what it tells, and the day of the occasion."""

    reason: str
    occasion: date
    told: Mapping[str, Any] = field(default_factory=dict)


@per_complaint
def awaits_answer(complaint: Complaint) -> bool:
    """Tell whether the complainant still waits for an answer to what he complained of."""
    state = complaint.state
    return (
        state.is_open and state.notice is None and not complaint.deciding.answered and outcome_told(complaint) is None
    )


@per_complaint
def standing(complaint: Complaint) -> str | None:
    """Return the state of a complaint that awaits its answer, a pause in its term left aside; else None."""
    return state_of(replace(complaint.deciding, paused=False)).code if awaits_answer(complaint) else None


@per_complaint
def outcome_told(complaint: Complaint) -> str | None:
    """Return the judgement that a closing letter is to tell, once judgement and solution are filled in.

    Before the answer of a reopened complaint the judgement is still the earlier phase's.
    """
    judgement, answered = complaint.text("judgement"), complaint.deciding.answered
    if judgement is None or complaint.text("solution") is None or complaint.text("settlement") == "informeel":
        return None
    if complaint.text("status") in ENDED or (complaint.is_reopened and not answered):
        return None
    by_law = complaint.profile.name in WRITTEN_BY_LAW
    return None if complaint.text("answer_channel") in TALKED and not by_law else judgement
