"""One test per kind of rule: what it refuses, what it lets pass, and what its finding tells."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from stage_samples import COMPLAINT, DEFINITION, LOOKUPS, ON, record

from registerkit.checking import RULES, CheckContext, Fault, check_record
from registerkit.definition import Condition, Record, Rule
from registerkit.texts import load_texts

EARLY, LATE = date(2026, 11, 1), date(2026, 11, 10)


def rule(kind: str, *fields: str, **given: Any) -> Rule:
    return Rule("proef", kind, "complaints", fields, **given)


def context(**given: Any) -> CheckContext:
    return CheckContext(DEFINITION, LOOKUPS, ON, **given)


def told(checked: Rule, said: Record, **given: Any) -> list[tuple[str, str]]:
    """Give field and code of each finding."""
    return [(f, code) for f, code, _ in RULES[checked.kind](checked, said, context(**given))]


KNOWN = {"complaints": {"K-1": record("K-1")}}

CASES: list[tuple[Rule, Record, list[tuple[str, str]]]] = [
    (rule("required", "supplier"), {}, [("supplier", "required_here")]),
    (rule("required", "supplier", "ground"), {"supplier": "x"}, [("ground", "required_here")]),
    (rule("required", "consumer"), {"consumer": False}, []),
    (rule("any_of", "phone", groups=(("phone",), ("address", "city"))), {"address": "x"}, [("phone", "any_of")]),
    (rule("any_of", "phone", groups=(("phone",), ("address", "city"))), {"address": "x", "city": "y"}, []),
    (rule("named", "name", values=("anoniem", "n.n.")), {"name": " ANONIEM "}, [("name", "not_named")]),
    (rule("named", "name", values=("anoniem",)), {"name": "123"}, [("name", "not_named")]),
    (rule("named", "name", values=("anoniem",)), {"name": "---"}, [("name", "not_named")]),
    (rule("named", "name", values=("anoniem",)), {"name": "A. Noniem"}, []),
    (rule("named", "name", values=("anoniem",)), {"name": "Ж. Иванов"}, []),
    (rule("named", "name", values=("anoniem",)), {}, []),
    (rule("not_future", "closed_on"), {"closed_on": date(2026, 11, 21)}, [("closed_on", "in_future")]),
    (rule("not_future", "closed_on"), {"closed_on": ON}, []),
    (rule("not_before_day", "closed_on", day=EARLY), {"closed_on": date(2026, 10, 31)}, [("closed_on", "too_early")]),
    (rule("not_before_day", "closed_on", day=EARLY), {"closed_on": EARLY}, []),
    (rule("not_before", "closed_on", other="received_on"), {"closed_on": EARLY, "received_on": LATE},
     [("closed_on", "before_other")]),
    (rule("not_before", "closed_on", other="received_on"), {"closed_on": LATE, "received_on": LATE}, []),
    (rule("not_before", "closed_on", other="received_on"), {"closed_on": LATE}, []),
    (rule("not_after", "incident_on", other="received_on"), {"incident_on": LATE, "received_on": EARLY},
     [("incident_on", "after_other")]),
    (rule("not_after", "incident_on", other="received_on"), {"incident_on": EARLY, "received_on": EARLY}, []),
    (rule("between", "satisfaction", minimum=1, maximum=5), {"satisfaction": 6}, [("satisfaction", "out_of_range")]),
    (rule("between", "satisfaction", minimum=1, maximum=5), {"satisfaction": 0}, [("satisfaction", "out_of_range")]),
    (rule("between", "satisfaction", minimum=1, maximum=5), {"satisfaction": 5}, []),
    (rule("between", "cost", minimum=0), {"cost": -1}, [("cost", "too_low")]),
    (rule("between", "cost", maximum=9), {"cost": 10}, [("cost", "too_high")]),
    (rule("between", "cost", minimum=0), {}, []),
    (rule("allowed", "solution", values=("uitleg",)), {"solution": "coulance"}, [("solution", "not_allowed_here")]),
    (rule("allowed", "solution", values=("uitleg",)), {"solution": "uitleg"}, []),
    (rule("allowed", "solution", values=("uitleg",)), {}, []),
    (rule("different", "handler", other="employee"), {"handler": "BJ", "employee": "bram  JONKER"},
     [("handler", "same_person")]),
    (rule("different", "handler", other="employee"), {"handler": "BJ", "employee": "Bram"}, []),
    (rule("different", "handler", other="employee"), {}, []),
    (rule("known_numbers", "related_to"), {"related_to": ("K-1", "K-9")}, [("related_to", "unknown_number")]),
    (rule("known_numbers", "related_to"), {"related_to": ("K-1",)}, []),
    (rule("known_numbers", "measure"), {"measure": "K-9"}, [("measure", "unknown_number")]),
    (rule("known_numbers", "related_to"), {}, []),
    (rule("known_numbers", "related_to"), {"related_to": ("K-1",), "": "K-1"}, [("related_to", "own_number")]),
    (rule("known_numbers", "related_to"), {"related_to": ("K-2",), "": "K-2"}, [("related_to", "own_number")]),
    (rule("known_numbers", "related_to"), {"related_to": ("K-1", "K-9"), "": "K-1"},
     [("related_to", "unknown_number"), ("related_to", "own_number")]),
]  # fmt: skip


@pytest.mark.parametrize(("checked", "values", "expected"), CASES, ids=[f"{c.kind}-{v}" for c, v, _ in CASES])
def test_a_rule(checked: Rule, values: Record, expected: list[tuple[str, str]]) -> None:
    assert told(checked, values, records=KNOWN) == expected


def test_unique() -> None:
    checked = rule("unique", "name")
    held = {("complaints", "name"): {"Eva Verhoef": "EV"}}
    assert told(checked, {"name": "Eva Verhoef", "": "XX"}, values=held) == [("name", "not_unique")]
    assert told(checked, {"name": "Eva Verhoef", "": "EV"}, values=held) == []
    assert told(checked, {"name": "Bram Jonker", "": "XX"}, values=held) == []


def test_every_kind_is_tested() -> None:
    assert {c.kind for c, _, _ in CASES} | {"unique"} == set(RULES)


def test_every_finding_reads_in_both_languages() -> None:
    for checked, values, expected in CASES:
        if expected:
            for _, code, told_values in RULES[checked.kind](checked, values, context()):
                for language in ("nl", "en"):
                    texts = load_texts(language)
                    shown = texts(f"finding.{code}.message", label="x", value="y", why="z", **told_values)
                    assert "?" not in shown.replace("z", "")


# ------------------------------------------------------------------------------------------------- whole records
def faults(**values: Any) -> list[Fault]:
    return check_record("complaints", record("K-1", **values), context(records=KNOWN), "K-1")


def summary(found: list[Fault]) -> set[tuple[str, str, str, bool]]:
    return {(f.field, f.finding.code, f.finding.severity, f.holds_back) for f in found}


def test_a_complete_complaint_has_no_faults() -> None:
    assert faults() == []


@pytest.mark.parametrize("field", [f for f in COMPLAINT if f != "phone"])
def test_what_intake_needs_is_asked_for(field: str) -> None:
    found = check_record("complaints", record("K-2", **{field: None}), context(records=KNOWN), "K-2")
    assert summary(found) == {(field, "required", "error", True)}


def test_a_known_record_keeps_what_was_emptied() -> None:
    (found,) = faults(name=None)
    texts = load_texts("nl")
    assert (found.finding.code, found.holds_back) == ("emptied", True)
    assert found.finding.message(texts).endswith(f"Het register houdt '{COMPLAINT['name']}'.")


def test_a_known_record_that_never_had_the_value_is_asked_for_it() -> None:
    known = {"complaints": {"K-1": record("K-1", name=None)}}
    found = check_record("complaints", record("K-1", name=None), context(records=known), "K-1")
    assert summary(found) == {("name", "left_open", "warning", False)}


def test_a_way_to_answer_is_asked_for() -> None:
    assert summary(faults(phone=None)) == {("phone", "any_of", "error", True)}
    assert faults(phone=None, address="Lindelaan 1", postcode="3512 AB", city="Utrecht") == []
    assert faults(phone=None, email="j@voorbeeld.nl") == []


CLOSED = {
    "status": "afgehandeld", "judgement": "gegrond", "solution": "excuses", "answer_channel": "brief",
    "answered_on": LATE, "closed_on": LATE, "closed_by": "EV", "handler": "EV",
}  # fmt: skip


def test_a_whole_closing_has_no_faults() -> None:
    assert faults(**CLOSED) == []


@pytest.mark.parametrize("field", ["judgement", "solution", "answer_channel", "answered_on", "closed_by"])
def test_an_incomplete_closing_holds_back_the_closing_and_asks_for_the_field(field: str) -> None:
    found = summary(faults(**(CLOSED | {field: None})))
    assert (field, "required_to_close", "error", False) in found
    assert {f for f, _, _, holds in found if holds} == {"status", "closed_on"}


def test_an_informal_closing_needs_only_what_it_needs() -> None:
    informal = {"status": "afgehandeld", "settlement": "informeel"}
    found = {f for f, code, _, _ in summary(faults(**informal)) if code == "required_to_close"}
    assert found == {"solved_on", "customer_satisfied", "status", "closed_on"}
    assert faults(**informal, solved_on=LATE, customer_satisfied=True) == []


def test_a_rule_about_closing_holds_the_closing_back_and_not_its_own_field() -> None:
    found = summary(faults(**(CLOSED | {"judgement": "ongegrond"})))
    assert ("reasons", "required_here", "error", False) in found
    assert {f for f, _, _, holds in found if holds} == {"status", "closed_on"}


def test_a_warning_never_holds_back() -> None:
    found = summary(faults(handler="BJ", employee="Bram Jonker"))
    assert found == {("handler", "same_person", "warning", False)}


def test_amounts_above_the_limit_of_the_settings() -> None:
    costly = record("K-1", cost=50001)
    limited = context(records=KNOWN, limits={"approval": 50000})
    assert [f.finding.code for f in check_record("complaints", costly, limited, "K-1")] == ["required_here"]
    assert check_record("complaints", costly | {"approved_by": "EV"}, limited, "K-1") == []
    assert check_record("complaints", costly, context(records=KNOWN), "K-1") == []


def test_a_rule_with_a_condition_is_silent_while_it_does_not_hold() -> None:
    assert not Condition(equals={"judgement": ("te_kwader_trouw",)}).holds({"judgement": "gegrond"})
    assert faults(judgement="gegrond", solution="coulance") == []
    found = summary(faults(judgement="te_kwader_trouw", solution="coulance"))
    assert found == {("solution", "not_allowed_here", "error", True)}


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("related_to", ("K-1", "K-9"), "K-1, K-9"),
        ("cost", -500, "€ -5,00"),
        ("closed_on", date(2026, 12, 31), "31-12-2026"),
        ("solution", "coulance", "coulance"),
        ("handler", "BJ", "Bram Jonker"),
        ("consumer", True, "ja"),
        ("name", "J. Jansen", "J. Jansen"),
        ("name", None, None),
    ],
)
def test_a_value_is_told_as_people_write_it(field: str, value: Any, expected: str | None) -> None:
    assert context().written("complaints", field, value) == expected


def test_bounds_of_amounts_are_told_in_euros() -> None:
    (found,) = faults(cost=-500)
    texts = load_texts("nl")
    assert found.finding.full_message(texts) == "€ -5,00 is te laag. Vul € 0,00 of meer in."


def test_rules_of_other_tables_are_checked_too() -> None:
    pause: Record = {"row_key": "P1", "complaint": "K-9", "from": LATE, "until": EARLY}
    found = check_record("pauses", pause, context(records=KNOWN), "P1")
    assert summary(found) == {
        ("complaint", "unknown_number", "error", True), ("until", "before_other", "error", True),
    }  # fmt: skip
