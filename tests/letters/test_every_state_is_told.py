"""Whoever complained gets an answer in every state, or it is held back with its reason, or it stands here why not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from registers import make_register

from registerkit.letters import agenda
from registerkit.register import STATES

ON = date(2026, 11, 20)
NUMBER = "K-2026-0001"
NEW = {"number": NUMBER, "received_on": date(2026, 11, 16), "name": "A. Bos", "email": "a.bos@voorbeeld.nl"}
IN_HAND = NEW | {"acknowledged_on": date(2026, 11, 17)}
JUDGED = IN_HAND | {"judgement": "gegrond", "solution": "uitleg", "settlement": "formeel", "reasons": "Nagekeken."}
ENDED = IN_HAND | {"closed_on": date(2026, 11, 18)}
SOLVED = IN_HAND | {"solved_on": date(2026, 11, 18), "settlement": "informeel"}
BY_LETTER = {"answered_on": date(2026, 11, 19), "answer_channel": "brief"}
REOPENED = IN_HAND | {"status": "heropend", "reopened_on": date(2026, 11, 18)}

CASES: dict[str, dict[str, Any]] = {
    "no_complaint": ENDED | {"status": "geen_klacht"},
    "referring": ENDED | {"status": "doorgestuurd"},
    "referred": ENDED | {"status": "doorgestuurd", **BY_LETTER},
    "merged": ENDED | {"status": "samengevoegd"},
    "withdrawn": ENDED | {"status": "ingetrokken"},
    "lapsed": ENDED | {"status": "vervallen"},
    "refusing": ENDED | {"status": "niet_in_behandeling"},
    "not_taken_up": ENDED | {"status": "niet_in_behandeling", **BY_LETTER},
    "settled": SOLVED | {"customer_satisfied": True},
    "settled_unsatisfied": SOLVED | {"status": "afgehandeld", "closed_on": ON},
    "taken_over": JUDGED | {"status": "afgehandeld", "closed_on": ON, "taken_over_on": ON},
    "unsatisfied": SOLVED | {"customer_satisfied": False},
    "closed_unanswered": IN_HAND | {"status": "afgehandeld"},
    "answered_incomplete": IN_HAND | BY_LETTER,
    "answered_unsent": JUDGED | BY_LETTER | {"answer_channel": "telefoon", "status": "afgehandeld", "closed_on": ON,
                                             "closed_by": "EV"},
    "closed": JUDGED | BY_LETTER | {"status": "afgehandeld", "closed_on": ON, "closed_by": "EV"},
    "external": REOPENED | {"reopen_reason": "geschil"},
    "paused": IN_HAND,
    "agreed": IN_HAND | {"agreed_on": date(2026, 11, 19)},
    "proposed": IN_HAND | {"status": "voorstel"},
    "waiting_customer": IN_HAND | {"status": "wacht_klant"},
    "waiting_others": IN_HAND | {"status": "wacht_derden"},
    "reopened": REOPENED | {"reopen_reason": "niet_tevreden"},
    "in_hand": IN_HAND,
    "new": NEW,
}  # fmt: skip
"""A complaint in each state, nothing filled in but what brings it there."""
UNDER_AWB = {"answered_unsent"}

NOBODY = {
    "referred": "The referral was told; whoever it went to answers.",
    "lapsed": "Nobody goes on with the complaint.",
    "not_taken_up": "The refusal was told, with the way on.",
    "settled_unsatisfied": "An earlier version closed it; what was said then stays.",
    "taken_over": "The earlier register closed it; what was said then stays.",
    "unsatisfied": "It goes on formally, by the term that the acknowledgement told.",
    "closed_unanswered": "A finding asks for the answer; the answer is the letter.",
    "answered_incomplete": "The answer was given; the digest names what is lacking.",
    "external": "The complainant hears from the ombudsman or the disputes body.",
    "waiting_others": "The acknowledgement told of the committee, and half-way a note tells how it stands.",
    "in_hand": "The acknowledgement told by when, and half-way a note tells how it stands.",
}
"""Why nobody is written to in a state."""


def found_in(code: str, **more: Any) -> tuple[str, set[str], set[str]]:
    """Give the state of the complaint of a case, and the letters that are due and held."""
    rows: dict[str, list[dict[str, Any]]] = {
        "complaints": [CASES[code] | more],
        "staff": [{"code": "EV", "name": "Eva Verhoef"}],
    }
    if code == "paused":
        rows["pauses"] = [{"row_key": "P1", "complaint": NUMBER, "from": date(2026, 11, 18)}]
    register = make_register(rows, ON, terms={"profile": "awb" if code in UNDER_AWB else "eigen"})
    todo = agenda(register)
    held = {each.kind for each in todo.held if each.message.endswith(".")}
    return register.complaints[NUMBER].state.code, {each.kind for each in todo.due}, held


def test_every_state_has_a_case() -> None:
    assert set(CASES) == {state.code for state in STATES}


@pytest.mark.parametrize("code", CASES)
def test_in_every_state_a_letter_is_due_or_held_or_it_is_said_why_not(code: str) -> None:
    state, due, held = found_in(code)
    assert state == code, f"the case of {code} is in the state {state}"
    assert bool(due | held) == (code not in NOBODY), (
        f"{code}: due {sorted(due)}, held {sorted(held)}; give it a letter in registerkit/letters/kinds.py, "
        "or say in NOBODY why nobody is told"
    )
    assert len(due | held) <= 1, f"{code}: one step has one letter"
