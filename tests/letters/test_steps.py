"""The letters of the steps between receipt and answer, and of what follows it: when each is due, and what holds it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import pytest
from registers import make_register

from registerkit.definition import Definition, load_definition
from registerkit.letters import KINDS, Agenda, agenda, letter_context
from registerkit.letters.agenda import DueLetter

D = partial(date, 2026)
ON = D(11, 20)
NUMBER = "K-2026-0001"
COMPLAINT = {
    "number": NUMBER, "received_on": D(11, 9), "name": "A. Bos", "email": "a.bos@voorbeeld.nl", "handler": "EV",
    "acknowledged_on": D(11, 10), "status": "in_behandeling", "email_allowed": True,
}  # fmt: skip
ASKED = {"status": "wacht_klant", "asked": "Een foto van de fiets.", "reply_by": D(12, 4)}
PROPOSED = {"status": "voorstel", "proposal": "Een nieuwe fiets.", "reply_by": D(12, 4)}
AGREED = {"agreed_on": D(11, 18), "agreements": "Een nieuwe fiets.", "agreement_by": D(11, 30)}
INVITED = {"hearing_on": D(11, 27), "hearing_place": "10 uur, Lindelaan 12"}
LATE = {"received_on": D(9, 28), "acknowledged_on": D(9, 29), "promised_by": D(12, 4)}
ANSWERED = {
    "received_on": D(10, 12), "status": "afgehandeld", "judgement": "gegrond", "solution": "excuses",
    "settlement": "formeel", "answer_channel": "brief", "answered_on": D(11, 5), "closed_on": D(11, 5),
    "closed_by": "EV", "reasons": "Nagekeken.",
}  # fmt: skip
IMPROVED = ANSWERED | {"measure": "m-2026-01"}
MOVED = {"status": "geen_klacht", "closed_on": D(11, 18), "reasons": "Naar de afdeling Bezwaar."}
JOINED = {"status": "samengevoegd", "closed_on": D(11, 18), "related_to": ("K-2026-0002",)}
CONCERNED = {"employee": "K. Smit"}
EXTENDED = CONCERNED | {"extended_on": D(11, 18), "extended_weeks": 2}
CLOSING = {
    "row_key": "B1",
    "complaint": NUMBER,
    "kind": "outcome_founded",
    "phase": 1,
    "made_on": D(11, 5),
    "file": "x",
}
OFFICE = {
    "name": "De Spaak",
    "address": "Lindelaan 12",
    "postcode": "3512 AB",
    "city": "Utrecht",
    "phone": "030 1234567",
}
OTHER = {"number": "K-2026-0002", "received_on": D(11, 16), "name": "A. Bos", "acknowledged_on": D(11, 17)}
MEASURE = {"number": "M-2026-01", "description": "Twee mensen kijken.", "done_on": D(11, 17)}
EXTERNAL = {body: {"name": body} for body in ("ombudsman", "officer", "committee")}

TAKEN: dict[str, dict[str, Any]] = {
    "information_request": ASKED, "proposal": PROPOSED, "agreement": AGREED, "hearing_invitation": INVITED,
    "late_answer": LATE, "aftercare": ANSWERED, "improvement": IMPROVED, "transfer": MOVED, "merged": JOINED,
    "employee_notice": CONCERNED, "extension_employee": EXTENDED,
}  # fmt: skip
"""A complaint of which the step was taken, by kind."""


def register_of(values: dict[str, Any], profile: str | None = None, **how: Any) -> Any:
    rows: dict[str, Any] = {
        "complaints": [COMPLAINT | values, OTHER],
        "staff": [{"code": "EV", "name": "Eva Verhoef", "role": "behandelaar"}],
        "measures": [MEASURE | how.pop("measure", {})],
        "letters": how.pop("letters", [CLOSING]),
        "pauses": how.pop("pauses", []),
    }
    profile = profile or ("awb" if values.get("employee") else "eigen")
    on, how["letters"] = how.pop("on", ON), how.pop("letters_set", {})
    return make_register(rows, on, terms={"profile": profile}, organisation=OFFICE, external=EXTERNAL, **how)


def found(values: dict[str, Any], profile: str | None = None, **how: Any) -> Agenda:
    return agenda(register_of(values, profile, **how), number=NUMBER)


def due(values: dict[str, Any], profile: str | None = None, **how: Any) -> set[str]:
    return {each.kind for each in found(values, profile, **how).due}


def told_of(kind: str, values: dict[str, Any], profile: str | None = None, **how: Any) -> bool:
    """Tell whether a letter is due or held."""
    todo = found(values, profile, **how)
    return kind in {each.kind for each in (*todo.due, *todo.held)}


@pytest.mark.parametrize("kind", TAKEN)
def test_a_step_has_its_letter_once(kind: str) -> None:
    assert kind in due(TAKEN[kind])
    made = {"row_key": "B2", "complaint": NUMBER, "kind": kind, "phase": 1, "made_on": ON, "file": "y"}
    assert not told_of(kind, TAKEN[kind], letters=[CLOSING, made])


@pytest.mark.parametrize(
    ("kind", "values", "code"),
    [
        ("information_request", ASKED | {"asked": None}, "no_question"),
        ("information_request", ASKED | {"reply_by": None}, "no_reply_day"),
        ("information_request", ASKED | {"reply_by": ON}, "reply_day_past"),
        ("proposal", PROPOSED | {"proposal": None}, "no_proposal"),
        ("proposal", PROPOSED | {"reply_by": None}, "no_reply_day"),
        ("agreement", AGREED | {"agreements": None}, "no_agreements"),
        ("agreement", AGREED | {"agreement_by": None}, "no_agreement_day"),
        ("hearing_invitation", INVITED | {"hearing_place": None}, "no_hearing_place"),
        ("late_answer", LATE | {"promised_by": D(11, 19)}, "new_day_past"),
        ("aftercare", ANSWERED | {"agreement_by": D(11, 30)}, "agreement_open"),
        ("transfer", MOVED | {"reasons": None}, "no_destination"),
        ("merged", JOINED | {"related_to": None}, "no_related"),
        ("merged", JOINED | {"email": None}, "no_address"),
    ],
)
def test_what_a_letter_lacks_holds_it(kind: str, values: dict[str, Any], code: str) -> None:
    held = {each.code for each in found(values).held if each.kind == kind}
    assert held == {code}


def test_a_temporary_way_of_working_has_its_end() -> None:
    temporary = {"temporary": "Wij bellen u."}
    assert {each.code for each in found(IMPROVED, measure=temporary).held} == {"no_normal_day"}
    assert "improvement" in due(IMPROVED, measure=temporary | {"normal_from": D(12, 1)})


@pytest.mark.parametrize(
    ("kind", "values", "how"),
    [
        ("information_request", ASKED | {"agreed_on": D(11, 18)}, {}),
        ("information_request", {"status": "wacht_klant", "received_on": D(10, 1), "acknowledged_on": D(10, 2)}, {}),
        ("proposal", PROPOSED | AGREED, {}),
        ("proposal", PROPOSED | {"reply_by": None, "received_on": D(10, 1), "acknowledged_on": D(10, 2)}, {}),
        ("agreement", AGREED | ANSWERED, {}),
        ("agreement", AGREED | {"received_on": D(9, 1), "agreed_on": D(10, 1)}, {}),
        ("hearing_invitation", INVITED | {"hearing_on": ON}, {}),
        ("late_answer", LATE | {"promised_by": None}, {}),
        ("late_answer", LATE | {"received_on": D(11, 9)}, {}),
        ("late_answer", LATE, {"pauses": [{"row_key": "P1", "complaint": NUMBER, "from": D(11, 2)}]}),
        ("aftercare", ANSWERED | {"judgement": "ongegrond"}, {}),
        ("aftercare", ANSWERED | {"solution": "afwijzing"}, {}),
        ("aftercare", ANSWERED | {"answer_channel": "telefoon"}, {}),
        ("aftercare", ANSWERED | {"satisfaction": 4}, {}),
        ("aftercare", ANSWERED | {"aftercare_on": D(11, 12)}, {}),
        ("aftercare", ANSWERED, {"letters": []}),
        ("aftercare", ANSWERED, {"letters": [CLOSING | {"made_on": D(11, 16)}]}),
        ("aftercare", ANSWERED, {"on": D(11, 18)}),
        ("aftercare", ANSWERED, {"on": D(12, 4)}),
        ("improvement", IMPROVED, {"measure": {"done_on": D(11, 4)}}),
        ("improvement", IMPROVED, {"measure": {"done_on": None}}),
        ("improvement", IMPROVED, {"measure": {"told_on": D(11, 18)}}),
        ("employee_notice", CONCERNED, {"profile": "wkkgz"}),
        ("employee_notice", CONCERNED | {"employee_told_on": D(11, 11)}, {}),
        ("employee_notice", CONCERNED | {"employee": "Eva Verhoef", "handler_confirmed": True}, {}),
        ("employee_notice", CONCERNED | {"status": "niet_in_behandeling"}, {}),
        ("extension_employee", EXTENDED, {"profile": "eigen"}),
        ("transfer", MOVED | {"received_on": D(10, 1), "closed_on": D(10, 2)}, {}),
    ],
)
def test_nobody_is_written_to_for_nothing(kind: str, values: dict[str, Any], how: dict[str, Any]) -> None:
    assert not told_of(kind, values, **how)


@pytest.mark.parametrize(
    ("kind", "values", "profile", "setting", "comes"),
    [
        ("progress", {"received_on": D(11, 2), "acknowledged_on": D(11, 3)}, "eigen", "half_way", False),
        ("progress", {"received_on": D(10, 19), "acknowledged_on": D(10, 20)}, "awb", "half_way", False),
        ("progress", {"received_on": D(10, 19), "acknowledged_on": D(10, 20)}, "wkkgz", "half_way", True),
        ("aftercare", ANSWERED, "eigen", "aftercare", False),
    ],
)
def test_an_office_does_without_what_no_law_asks_for(
    kind: str, values: dict[str, Any], profile: str, setting: str, comes: bool
) -> None:
    assert kind in due(values, profile)
    assert kind in due(values, profile, letters_set={setting: True})
    assert told_of(kind, values, profile, letters_set={setting: False}) == comes


def test_a_wait_that_pauses_the_term_still_asks() -> None:
    assert "information_request" in due(ASKED, pauses=[{"row_key": "P1", "complaint": NUMBER, "from": D(11, 18)}])


@pytest.mark.parametrize("values", [ASKED, PROPOSED, AGREED])
def test_who_hears_of_a_step_gets_no_half_way_letter_beside_it(values: dict[str, Any]) -> None:
    half = {"received_on": D(11, 2), "acknowledged_on": D(11, 3)}
    assert "progress" in due(half)
    assert not told_of("progress", values | half)


def test_who_hears_that_it_comes_late_gets_no_receipt_or_half_way_letter_after_it() -> None:
    assert not told_of("progress", LATE)
    assert not told_of("acknowledgement", LATE | {"acknowledged_on": None})
    assert told_of("acknowledgement", LATE | {"acknowledged_on": None, "promised_by": None})
    told = {"row_key": "B3", "complaint": NUMBER, "kind": "late_answer", "phase": 1, "made_on": D(11, 13), "file": "z"}
    assert found(LATE | {"acknowledged_on": None}, letters=[told]) == Agenda((), ())


@pytest.mark.parametrize("profile", ["awb", "wkkgz"])
def test_who_waits_too_long_hears_of_the_way_out(profile: str) -> None:
    register = register_of(LATE | {"received_on": D(8, 3)}, profile)
    assert "late_answer" in {each.kind for each in agenda(register, number=NUMBER).due}
    nowhere = replace(register, settings=replace(register.settings, external={}))
    held = {each.code for each in agenda(nowhere, number=NUMBER).held if each.kind == "late_answer"}
    assert held & {"no_ombudsman", "no_disputes_body"}


def without(*roles: str) -> Definition:
    """Give the definition of an office that does not have these fields."""
    definition = load_definition()
    kept = tuple(field for field in definition.main.fields if field.id not in roles)
    return replace(definition, tables=dict(definition.tables) | {"complaints": replace(definition.main, fields=kept)})


NEW = ("asked", "reply_by", "hearing_on", "hearing_place", "promised_by", "employee_told_on", "extension_reason")


def test_a_register_without_the_fields_goes_on_as_it_was() -> None:
    """A step that no field tells of has no letter; a day that no field has is not asked for."""
    own = without(*NEW)
    blank = dict.fromkeys(NEW)
    values: dict[str, dict[str, Any]] = {
        kind: {k: v for k, v in taken.items() if k not in blank} for kind, taken in TAKEN.items()
    }
    for kind in ("information_request", "hearing_invitation", "late_answer"):
        assert not told_of(kind, values[kind], definition=own)
    for kind in ("proposal", "agreement", "merged", "employee_notice"):
        assert kind in due(values[kind], definition=own)
    context = letter_context(register_of(values["proposal"], definition=own), DueLetter(NUMBER, 1, "proposal", ""))
    assert {context["complaint"][name] for name in ("asked", "reply_by", "hearing_on", "promised_by")} == {None}


def test_a_kind_that_came_later_rests_for_what_was_long_ago() -> None:
    assert [kind for kind in TAKEN if not KINDS[kind].rests] == []


def test_what_helps_names_a_column_only_where_there_is_one() -> None:
    late = LATE | {"acknowledged_on": None, "promised_by": None}
    said = {own: found(late, definition=without(*own)).held[0].message for own in ((), NEW)}
    assert ["of vul ‘Nieuwe antwoorddag’ in" in message for message in said.values()] == [True, False]
    assert all("Bel of schrijf de klager zelf" in message for message in said.values())


@pytest.mark.parametrize(
    ("pause", "profile", "due"),
    [
        ({"from": D(11, 16), "reason": "De foto's."}, "eigen", True),
        ({"from": D(11, 16), "until": D(11, 30)}, "eigen", True),
        ({"from": D(11, 10), "until": D(11, 16)}, "eigen", False),
        ({"from": D(11, 23)}, "eigen", False),
        ({"from": D(11, 16)}, "wkkgz", False),
        ({"from": D(11, 16), "consent_on": D(11, 16)}, "wkkgz", True),
        ({"from": D(11, 16), "consent_on": D(11, 16)}, "awb", False),
    ],
    ids=["runs", "with its end", "over", "to come", "no consent", "consent", "the term runs on"],
)
def test_a_pause_is_told_while_it_runs(pause: dict[str, Any], profile: str, due: bool) -> None:
    row = {"row_key": "P1", "complaint": NUMBER, **pause}
    assert ("pause" in {each.kind for each in found({}, profile, pauses=[row]).due}) is due


def test_each_pause_is_told_once() -> None:
    row = {"row_key": "P1", "complaint": NUMBER, "from": D(11, 16), "until": D(11, 30)}
    told = CLOSING | {"kind": "pause", "made_on": D(11, 17)}
    before = told | {"made_on": D(11, 11)}
    kinds = [{each.kind for each in found({}, pauses=[row], letters=[each]).due} for each in (told, before)]
    assert ["pause" in each for each in kinds] == [False, True]


def test_a_pause_says_since_when_why_and_from_when_the_term_goes_on() -> None:
    row = {"row_key": "P1", "complaint": NUMBER, "from": D(11, 16), "until": D(11, 30), "reason": "De foto's."}
    context = letter_context(register_of({}, pauses=[row]), DueLetter(NUMBER, 1, "pause", ""))
    expected = {
        "reason": "De foto's.",
        "from_on": "16 november 2026",
        "resumes_on": "1 december 2026",
        "consent_on": None,
    }
    assert context["pause"] == expected
