"""The states that the present phase of a complaint can be in: one table, from which every face tells the same.

The first row that fits counts. `docs/states.md` shows the table to maintainers; the workbook's formulas say the same in
Excel and are held against it by a test over every combination of the values that decide (`Deciding`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

__all__ = [
    "CLOSED",
    "DISPUTE",
    "ENDED",
    "FOUNDED",
    "NEW",
    "NOTICES",
    "NO_COMPLAINT",
    "REOPENED",
    "STATES",
    "UNANSWERED",
    "UNFOUNDED",
    "WRITTEN",
    "WRITTEN_BY_LAW",
    "Deciding",
    "State",
    "state_of",
]

NEW, CLOSED, REOPENED = "nieuw", "afgehandeld", "heropend"
"""The status codes of a complaint that nobody did anything about, of one that was answered and judged, and of one that
was opened again."""
NO_COMPLAINT = "geen_klacht"
"""The status of what turned out to be no complaint: it is counted apart."""
ENDED = frozenset({NO_COMPLAINT, "doorgestuurd", "samengevoegd", "ingetrokken", "vervallen", "niet_in_behandeling"})
"""The status codes of complaints that end without a judgement."""
FOUNDED, UNFOUNDED = ("gegrond", "deels"), ("ongegrond", "te_kwader_trouw")
"""The judgements for the complainant and those against, as codes; every other is neither."""
DISPUTE = "geschil"
"""The reason of a reopening by an ombudsman or a disputes committee."""
ORAL = frozenset({"telefoon", "balie", "bezoek", "servicelijn"})
"""The ways in which a complaint comes in by word of mouth, as codes."""
WRITTEN_BY_LAW = frozenset({"awb", "wkkgz"})
"""Profiles whose law asks for an answer in writing."""
WRITTEN = frozenset({"brief", "email", "fax"})
"""The ways of answering that are in writing, as codes."""

Clock = Literal["stopped", "paused", "answered", "running"]
"""What a state is late by: nothing, nothing for now, the day of the answer, or the present day."""


@dataclass(frozen=True)
class Deciding:
    """All that decides about a state. Days and statuses of an earlier phase are left out beforehand."""

    status: str | None = None
    solved: bool = False
    satisfied: bool = False
    answered: bool = False
    closed: bool = False
    lacking: bool = False
    """Whether something is missing that closing needs beside the answer."""
    told: bool = False
    """Whether the notice that a referral or a refusal asks for was given, or somebody said that none is to come."""
    sent: bool = False
    """Whether the answer was given as the profile wants it: under awb and wkkgz in writing."""
    external: bool = False
    """Whether the complaint was reopened for an ombudsman or a disputes committee."""
    paused: bool = False
    agreed: bool = False
    proposed: bool = False
    committee: bool = False
    reopened: bool = False
    acknowledged: bool = False
    taken_over: bool = False
    """Whether it was closed in an earlier register, and is known here as that one left it."""


@dataclass(frozen=True)
class State:
    """One row of the table; its words stand in the catalogue as `state.<code>`."""

    code: str
    holds: Callable[[Deciding], bool]
    clock: Clock = "running"
    is_open: bool = True
    is_apart: bool = False
    """Counted apart: outside what was received and every other term of the balance."""
    notice: str | None = None
    """The kind of letter that is owed in this state before it can end."""
    owes_answer: bool = True
    """Whether the complaint was to be answered by its term: else it is neither in time nor late, whatever day is filled
    in, and its answer took no days."""


def _ends(code: str, holds: Callable[[Deciding], bool], *, owes_answer: bool = True, apart: bool = False) -> State:
    return State(code, holds, "stopped", is_open=False, is_apart=apart, owes_answer=owes_answer)


STATES: tuple[State, ...] = (
    _ends("no_complaint", lambda d: d.status == NO_COMPLAINT, owes_answer=False, apart=True),
    State("referring", lambda d: d.status == "doorgestuurd" and not d.told, notice="referral", owes_answer=False),
    _ends("referred", lambda d: d.status == "doorgestuurd", owes_answer=False),
    _ends("merged", lambda d: d.status == "samengevoegd", owes_answer=False),
    _ends("withdrawn", lambda d: d.status == "ingetrokken", owes_answer=False),
    _ends("lapsed", lambda d: d.status == "vervallen", owes_answer=False),
    State("refusing", lambda d: d.status == "niet_in_behandeling" and not d.told, notice="not_taken_up"),
    _ends("not_taken_up", lambda d: d.status == "niet_in_behandeling"),
    _ends("settled", lambda d: d.solved and d.satisfied),
    # Earlier versions closed what was solved to nobody's satisfaction; that stays closed.
    _ends("settled_unsatisfied", lambda d: d.solved and d.status == CLOSED and d.closed),
    _ends("taken_over", lambda d: d.taken_over),
    State("unsatisfied", lambda d: d.solved and not d.answered),
    State("closed_unanswered", lambda d: (d.closed or d.status == CLOSED) and not d.answered),
    State("answered_incomplete", lambda d: d.answered and d.lacking, "answered"),
    State("answered_unsent", lambda d: d.answered and not d.sent),
    _ends("closed", lambda d: d.answered),
    State("external", lambda d: d.external, "paused"),
    State("paused", lambda d: d.paused, "paused"),
    State("agreed", lambda d: d.agreed),
    State("proposed", lambda d: d.proposed or d.status == "voorstel"),
    State("waiting_customer", lambda d: d.status == "wacht_klant"),
    State("waiting_others", lambda d: d.committee or d.status == "wacht_derden"),
    State("reopened", lambda d: d.reopened),
    State("in_hand", lambda d: d.acknowledged or d.status == "in_behandeling"),
    State("new", lambda _: True),
)

_BY_STATUS = {status: next(s for s in STATES if s.holds(Deciding(status))) for status in sorted(ENDED)}
NOTICES: Mapping[str, str] = {status: state.notice for status, state in _BY_STATUS.items() if state.notice}
"""The statuses that end only when the complainant was told, with the kind of letter that tells it."""
UNANSWERED = frozenset(status for status, state in _BY_STATUS.items() if not state.owes_answer)
"""The statuses of complaints that no answer is owed for."""


@lru_cache(maxsize=4096)
def state_of(deciding: Deciding) -> State:
    """Return the first row that fits."""
    return next(state for state in STATES if state.holds(deciding))
