"""Every ending has its letter: when those for what ends without a judgement are due, and when they rest."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from registers import make_register

from registerkit.letters import agenda

ON = date(2026, 11, 20)
NUMBER = "K-2026-0001"
COMPLAINT = {
    "number": NUMBER,
    "received_on": date(2026, 10, 26),
    "name": "A. Bos",
    "acknowledged_on": date(2026, 10, 27),
}
SOLVED = {
    "status": "afgehandeld",
    "settlement": "informeel",
    "solved_on": date(2026, 11, 18),
    "customer_satisfied": True,
}
WITHDRAWN = {"status": "ingetrokken", "closed_on": date(2026, 11, 18)}
REOPENED = {"status": "heropend", "reopened_on": date(2026, 11, 18), "reopen_reason": "niet_tevreden"}


def kinds(values: dict[str, Any], profile: str = "eigen", letters: Any = ()) -> set[str]:
    """Give the kinds of letters that are due or held for a complaint."""
    rows = {"complaints": [COMPLAINT | values], "letters": letters}
    found = agenda(make_register(rows, ON, terms={"profile": profile}))
    return {each.kind for each in (*found.due, *found.held)}


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (SOLVED, "outcome_informal"),
        ({**SOLVED, "answer_channel": "email"}, "outcome_informal"),
        (WITHDRAWN, "withdrawal"),
        ({**WITHDRAWN, "closed_on": None}, "withdrawal"),
        (REOPENED, "reopening"),
        ({**REOPENED, "reopen_reason": None}, "reopening"),
        ({**WITHDRAWN, "closed_on": date(2026, 10, 23), "received_on": date(2026, 10, 20)}, "withdrawal"),
    ],
)
def test_an_ending_without_a_judgement_and_a_reopening_are_told_once(values: dict[str, Any], kind: str) -> None:
    assert kinds(values) == {kind}
    noted = [{"row_key": f"B{n}", "complaint": NUMBER, "kind": kind, "phase": n, "made_on": ON} for n in (1, 2)]
    assert kinds(values, letters=noted) == set()


@pytest.mark.parametrize(
    "values",
    [
        {**SOLVED, "answer_channel": "telefoon"},
        {**SOLVED, "received_on": date(2026, 9, 1), "solved_on": date(2026, 10, 22)},
        {**WITHDRAWN, "received_on": date(2026, 9, 1), "closed_on": date(2026, 10, 22)},
        {**REOPENED, "reopen_reason": "geschil"},
        {"status": "vervallen", "closed_on": ON},
        {"status": "samengevoegd", "closed_on": ON},
        {"status": "geen_klacht", "closed_on": ON},
    ],
    ids=["talked", "solved long ago", "withdrawn long ago", "before a committee", "lapsed", "merged", "no complaint"],
)
def test_what_needs_no_letter_of_ours_has_none(values: dict[str, Any]) -> None:
    assert {"outcome_informal", "withdrawal", "reopening"} & kinds(values) == set()


def test_a_law_that_wants_writing_has_the_confirmation_of_a_talk_too() -> None:
    assert kinds({**SOLVED, "answer_channel": "telefoon"}, "awb") == {"outcome_informal"}


def test_a_reopened_complaint_has_no_such_letter_once_it_is_answered_or_ended_again() -> None:
    assert "reopening" not in kinds({**REOPENED, "answered_on": ON, "judgement": "gegrond", "solution": "uitleg"})
    assert "reopening" not in kinds({**REOPENED, "status": "ingetrokken", "closed_on": ON})


def test_the_confirmation_of_an_informal_settlement_is_no_answer_in_writing() -> None:
    """When the complainant is not content after all, the law still wants the formal answer sent."""
    told = {
        "row_key": "B1",
        "complaint": NUMBER,
        "kind": "outcome_informal",
        "phase": 1,
        "made_on": ON,
        "file": "x.docx",
    }
    values = {
        "answered_on": ON,
        "answer_channel": "telefoon",
        "judgement": "gegrond",
        "solution": "uitleg",
        "reasons": "x",
    }
    rows = {"complaints": [COMPLAINT | values | {"status": "afgehandeld"}], "letters": [told]}
    complaint = make_register(rows, ON, terms={"profile": "awb"}).complaints[NUMBER]
    assert (complaint.outcome_given_on, complaint.deciding.sent) == (None, False)
