"""Sync fills in what is empty and may be known: defaults, routing with deputies, and what follows from other values."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stage_samples import DEFINITION, LOOKUPS, ON, STAFF, completion, record

from registerkit.definition import Choice, Lookups, Record
from registerkit.register import Staff
from registerkit.settings import Routing
from registerkit.sync.complete import Origin, route

DAY, LATER, LAST = date(2026, 11, 9), date(2026, 11, 12), date(2026, 11, 16)
ROUTING = (
    Routing({"category": ("SF", "SA"), "severity": ("ernstig",)}, handler="Eva Verhoef", priority="hoog"),
    Routing({"category": ("SF",)}, department="administratie"),
    Routing({}, department="Klantenservice", handler="bj"),
)


def completed(origin: Origin | None = None, routing: tuple[Routing, ...] = (), **values: Any) -> Record:
    bare = dict.fromkeys(("severity", "status", "settlement"))
    made = completion(routing=routing)
    return made.complete("complaints", record("K-1") | bare | values, origin or Origin())


# ------------------------------------------------------------------------------------------------------- defaults
def test_fixed_defaults() -> None:
    found = completed()
    assert (found["severity"], found["status"], found["settlement"]) == ("normaal", "nieuw", "formeel")


def test_what_is_filled_stays() -> None:
    found = completed(Origin("EV", "zuid"), severity="ernstig", receiver="BJ", branch="noord")
    assert (found["severity"], found["receiver"], found["branch"]) == ("ernstig", "BJ", "noord")


def test_the_source_gives_its_owner_and_branch() -> None:
    found = completed(Origin("EV", "zuid"))
    assert (found["receiver"], found["branch"]) == ("EV", "zuid")


@pytest.mark.parametrize(("in_use", "expected"), [((True,), "a"), ((True, False), "a"), ((True, True), None)])
def test_the_only_branch_there_is(in_use: tuple[bool, ...], expected: str | None) -> None:
    branches = [Choice(c, {"nl": c, "en": c}, in_use=used) for c, used in zip("ab", in_use, strict=False)]
    made = completion(lookups=Lookups({**LOOKUPS.lists, "branch": branches}, STAFF, "nl"))
    assert made.complete("complaints", record("K-1", branch=None), Origin())["branch"] == expected


@pytest.mark.parametrize(("extended_on", "weeks", "expected"), [(None, None, None), (DAY, None, 4), (DAY, 2, 2)])
def test_the_usual_extension(extended_on: date | None, weeks: int | None, expected: int | None) -> None:
    found = completed(extended_on=extended_on, extended_weeks=weeks)["extended_weeks"]
    assert found == (expected if expected != 4 else found)
    assert (found is None) == (expected is None)


# -------------------------------------------------------------------------------------------------------- routing
@pytest.mark.parametrize(
    ("values", "department", "handler"),
    [
        ({"category": "SF", "severity": "ernstig"}, "administratie", "EV"),
        ({"category": "SA", "severity": "ernstig"}, "klantenservice", "EV"),
        ({"category": "SF"}, "administratie", "BJ"),
        ({"category": "PL"}, "klantenservice", "BJ"),
        ({"category": "SF", "department": "logistiek", "handler": "DS"}, "logistiek", "DS"),
    ],
)
def test_the_first_rule_that_fits_and_names_one(values: dict[str, Any], department: str, handler: str) -> None:
    found = completed(routing=ROUTING, **values)
    assert (found["department"], found["handler"]) == (department, handler)


def test_a_rule_that_names_nobody_known_leaves_it_open_unless_somebody_takes_the_rest() -> None:
    assert completed(routing=(Routing({}, handler="Niemand", department="Nergens"),))["handler"] is None
    said = replace(completion(), handler="Bram Jonker").complete("complaints", record("K-1"), Origin())
    assert said["handler"] == "BJ"


def test_routing_asks_for_every_condition() -> None:
    assert route(ROUTING, "priority", {"category": "SF", "severity": "normaal"}) is None
    assert route(ROUTING, "priority", {"category": "SF", "severity": "ernstig"}) == "hoog"
    assert route((), "handler", {}) is None


# ------------------------------------------------------------------------------------------------------- deputies
def away(deputy: str | None, start: date | None = date(2026, 11, 16), end: date | None = date(2026, 11, 27)) -> Record:
    return {"absent_from": start, "absent_until": end, "deputy": deputy}


@pytest.mark.parametrize(
    ("staff", "expected"),
    [
        ({"A": away(None)}, "A"),
        ({"A": away("B")}, "B"),
        ({"A": away("B"), "B": away("C"), "C": {}}, "C"),
        ({"A": away("B"), "B": away("A")}, "A"),
        ({"A": away("A")}, "A"),
        ({"A": away("B"), "B": away("C"), "C": away("B")}, "A"),
        ({"A": away("B"), "B": away(None)}, "A"),
        ({"A": away("B", end=None)}, "B"),
        ({"A": away("B", start=None)}, "A"),
        ({"A": away("B", end=date(2026, 11, 19))}, "A"),
        ({"A": away("B", end=ON)}, "B"),
        ({"A": away("B", start=date(2026, 11, 21))}, "A"),
        ({"A": away("B", start=ON)}, "B"),
        ({}, "A"),
    ],
)
def test_who_does_the_work(staff: dict[str, Record], expected: str) -> None:
    assert Staff(staff, ON).worker("A") == expected


@given(st.dictionaries(st.sampled_from("ABCD"), st.sampled_from("ABCD")))
def test_deputies_of_deputies_always_end(deputies: dict[str, str]) -> None:
    staff = {code: away(deputy) for code, deputy in deputies.items()}
    found = Staff(staff, ON).worker("A")
    assert found == "A" or found not in deputies


def test_a_new_complaint_goes_to_the_deputy() -> None:
    staff = STAFF | {"BJ": STAFF["BJ"] | away("DS")}
    made = completion(lookups=LOOKUPS.with_staff(staff), routing=ROUTING)
    assert made.complete("complaints", record("K-1", handler=None), Origin())["handler"] == "DS"
    assert made.complete("complaints", record("K-1", handler="BJ"), Origin())["handler"] == "BJ"


# ---------------------------------------------------------------------------------------- what follows from values
ANSWERED = {"answered_on": DAY, "judgement": "gegrond", "solution": "excuses", "handler": "BJ"}


def test_an_answered_complaint_closes_itself() -> None:
    found = completed(**ANSWERED)
    assert (found["status"], found["closed_on"], found["closed_by"]) == ("afgehandeld", DAY, "BJ")


@pytest.mark.parametrize("field", ["answered_on", "judgement", "solution"])
def test_it_stays_open_while_one_of_three_is_missing(field: str) -> None:
    assert completed(**(ANSWERED | {field: None}))["status"] == "nieuw"


@pytest.mark.parametrize("status", ["ingetrokken", "doorgestuurd", "niet_in_behandeling"])
def test_a_complaint_that_ended_otherwise_stays_so(status: str) -> None:
    assert completed(**ANSWERED, status=status)["status"] == status


def test_a_typed_day_and_closer_stay() -> None:
    found = completed(**ANSWERED, closed_on=LATER, closed_by="EV")
    assert (found["closed_on"], found["closed_by"]) == (LATER, "EV")


def test_an_informal_closing() -> None:
    found = completed(settlement="informeel", solved_on=DAY, customer_satisfied=True, handler="BJ")
    assert (found["status"], found["answered_on"], found["closed_on"]) == ("afgehandeld", DAY, DAY)
    unhappy = completed(settlement="informeel", solved_on=DAY, customer_satisfied=None)
    assert unhappy["status"] == "nieuw"


def test_a_reopening_opens_the_complaint_again() -> None:
    closed = completed(**ANSWERED)
    found = completed(**(closed | {"reopened_on": LATER}))
    assert found["status"] == "heropend"
    assert (found["closed_on"], found["answered_on"]) == (DAY, DAY)


def test_a_second_answer_closes_it_again_on_its_own_day() -> None:
    reopened = completed(**(completed(**ANSWERED) | {"reopened_on": LATER}))
    found = completed(**(reopened | {"answered_on": LAST}))
    assert (found["status"], found["closed_on"]) == ("afgehandeld", LAST)


def test_an_answer_on_the_day_of_the_reopening_closes_it() -> None:
    reopened = completed(**(completed(**ANSWERED) | {"reopened_on": LATER}))
    found = completed(**(reopened | {"answered_on": LATER}))
    assert (found["status"], found["closed_on"]) == ("afgehandeld", LATER)


VALUES = st.fixed_dictionaries(
    {},
    optional={
        "status": st.sampled_from([c.code for c in DEFINITION.lists["status"].choices]),
        "settlement": st.sampled_from(["formeel", "informeel"]),
        "judgement": st.sampled_from(["gegrond", "ongegrond"]),
        "solution": st.just("excuses"),
        "customer_satisfied": st.booleans(),
        **{f: st.sampled_from([DAY, LATER, LAST]) for f in ("answered_on", "solved_on", "closed_on", "reopened_on")},
    },
)


@given(VALUES)
def test_completing_twice_is_completing_once(values: dict[str, Any]) -> None:
    """Otherwise every sync would change something."""
    once = completed(**values)
    assert completion().complete("complaints", once, Origin()) == once


@given(VALUES)
def test_only_derived_fields_lose_a_value(values: dict[str, Any]) -> None:
    found = completed(**values)
    derived = {d.field for d in DEFINITION.derivations if not d.only_empty}
    assert {f for f, v in values.items() if found[f] != v} <= derived
