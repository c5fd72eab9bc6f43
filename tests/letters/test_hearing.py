"""Under the Awb a complainant is heard before the judgement, a committee's advice goes with it, and who is told of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from registers import make_register

from registerkit.letters import agenda, letter_context
from registerkit.letters.agenda import DueLetter

ON = date(2026, 11, 20)
NUMBER = "K-2026-0001"
JUDGED = {
    "number": NUMBER, "received_on": date(2026, 11, 2), "name": "A. Bos", "address": "Kade 3", "postcode": "1011 AB",
    "city": "Amsterdam", "acknowledged_on": date(2026, 11, 3), "handler": "EV", "status": "in_behandeling",
    "judgement": "gegrond", "solution": "uitleg", "settlement": "formeel", "reasons": "Nagekeken.",
}  # fmt: skip
OFFICE = {"name": "De Spaak", "address": "Laan 1", "postcode": "3512 AB", "city": "Utrecht", "phone": "030 1234567"}
EXTERNAL = {body: {"name": body} for body in ("ombudsman", "officer", "committee")}


def register_of(values: dict[str, Any], profile: str = "awb", **investigated: Any) -> Any:
    rows: dict[str, Any] = {
        "complaints": [JUDGED | values],
        "staff": [{"code": "EV", "name": "Eva Verhoef", "role": "behandelaar"}],
        "investigations": [{"complaint": NUMBER, **investigated}] if investigated else [],
    }
    return make_register(rows, ON, terms={"profile": profile}, organisation=OFFICE, external=EXTERNAL)


def held(values: dict[str, Any], profile: str = "awb", **investigated: Any) -> list[str]:
    return [each.code for each in agenda(register_of(values, profile, **investigated)).held]


@pytest.mark.parametrize(
    ("values", "investigated"),
    [
        ({}, {"heard_on": date(2026, 11, 10)}),
        ({}, {"hearing_ground": "geen_gebruik"}),
        ({}, {"hearing_ground": "geen_reactie"}),
        ({"judgement": "ongegrond"}, {"hearing_ground": "kennelijk_ongegrond"}),
        ({"committee": True, "advice_followed": True}, {}),
        ({"settlement": "informeel", "solved_on": ON, "customer_satisfied": True, "judgement": None}, {}),
        ({"status": "niet_in_behandeling", "ground": "oud", "closed_on": ON}, {}),
        ({"status": "ingetrokken", "closed_on": ON}, {}),
    ],
    ids=["heard", "no meeting", "no reply", "manifestly unfounded", "committee", "9:5", "9:8", "withdrawn"],
)
def test_a_judgement_goes_out_when_the_law_asks_for_no_hearing(
    values: dict[str, Any], investigated: dict[str, Any]
) -> None:
    assert held(values, **investigated) == []


def test_it_is_held_otherwise_and_says_which_field_it_waits_for() -> None:
    assert held({}) == held({}, hearing_waived="Telefonisch besproken.") == ["not_heard"]
    assert held({}, hearing_ground="kennelijk_ongegrond") == ["not_heard"]
    (letter,) = agenda(register_of({})).held
    named = ("Gehoord op", "Niet gehoord omdat", "9:5", "9:8", "ingetrokken", "klachtencommissie")
    assert [word for word in named if word not in letter.message] == []
    assert [held({}, profile) for profile in ("eigen", "webwinkel", "wkkgz")] == [[], [], []]


def test_the_advice_of_a_committee_is_enclosed_and_followed_or_not() -> None:
    assert held({"committee": True}) == ["no_advice"]
    letter = DueLetter(NUMBER, 1, "outcome_founded", "")
    for profile, enclosed in (("awb", ["advies van de klachtencommissie"]), ("eigen", [])):
        context = letter_context(register_of({"committee": True}, profile), letter)
        assert context["letter"]["enclosures"] == enclosed


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"employee": "K. Smit"}, True),
        ({"employee": None}, False),
        ({"employee": "K. Smit", "status": "niet_in_behandeling", "ground": "oud"}, False),
    ],
    ids=["somebody", "nobody", "9:8"],
)
def test_the_employee_is_told_only_when_there_is_one_and_the_complaint_is_dealt_with(
    values: dict[str, Any], told: bool
) -> None:
    open_yet = {"judgement": None, "solution": None}
    kinds = {letter.kind for letter in agenda(register_of(open_yet | values)).due}
    assert ("employee_notice" in kinds) == told


def test_a_refund_has_an_amount_where_nothing_was_bought() -> None:
    refund = {"solution": "terugbetaling"}
    assert held(refund, heard_on=ON) == held(refund, "wkkgz") == ["no_amount"]
    assert held(refund | {"cost": 2550}, "wkkgz") == held(refund, "webwinkel") == []
