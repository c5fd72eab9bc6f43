"""How long complaints are kept follows from how they ended; what waits for its term says until when."""

from __future__ import annotations

import zipfile
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from registers import make_complaint, make_register

from registerkit.errors import SettingsError
from registerkit.privacy import Wanted, declaration, kept_until, past_term, plan_wiping
from registerkit.privacy.retention import group_of
from registerkit.register import Phase
from registerkit.settings import parse_settings
from registerkit.texts import LANGUAGES, load_texts

ON = date(2026, 11, 20)
ENDED = {
    "received_on": date(2020, 2, 3), "status": "afgehandeld", "judgement": "ongegrond", "solution": "uitleg",
    "settlement": "formeel", "answer_channel": "brief", "answered_on": date(2020, 2, 29), "closed_on": date(2020, 2, 29),
    "closed_by": "SV", "category": "levering", "description": "De tas was leeg.", "reasons": "Nagekeken.", "email": "a@x.example",
}  # fmt: skip
REFUSED = {
    **ENDED, "status": "niet_in_behandeling", "answered_on": None, "taken_over_on": None,
}  # fmt: skip


@pytest.mark.parametrize(
    ("values", "group", "until"),
    [
        ({}, "closed", date(2025, 3, 1)),
        ({"cost": 2500}, "money", date(2027, 3, 1)),
        ({"solution": "schadevergoeding"}, "money", date(2027, 3, 1)),
        ({"closed_on": date(2020, 5, 4), "answered_on": date(2020, 5, 4)}, "closed", date(2025, 5, 4)),
        ({"reopen_reason": "geschil", "cost": 2500}, "ombudsman", date(2030, 3, 1)),
    ],
)
def test_how_a_complaint_ended_says_how_long_it_is_kept(values: dict[str, Any], group: str, until: date) -> None:
    complaint = make_complaint({**ENDED, **values}, ON)
    assert (group_of(complaint), kept_until(complaint, {})) == (group, until)


def test_an_earlier_phase_at_the_ombudsman_counts_too() -> None:
    phases = {"K-2026-0001": (Phase("K-2026-0001", 1, date(2020, 2, 3), reason="geschil"),)}
    assert group_of(make_complaint(ENDED, ON, phases=phases)) == "ombudsman"


def test_what_was_not_taken_up_goes_after_a_year_and_terms_can_be_set() -> None:
    letters = [{"row_key": "B1", "complaint": "K-2026-0001", "kind": "not_taken_up", "sent_on": date(2020, 2, 20)}]
    complaint = make_complaint(REFUSED, ON, tables={"letters": letters})
    assert group_of(complaint) == "not_taken_up"
    assert kept_until(complaint, {}) == date(2021, 3, 1)
    assert kept_until(complaint, {"not_taken_up": 3}) == date(2023, 3, 1)


def register(**settings: Any) -> Any:
    rows = [
        {"number": "K-1", "name": "A", **ENDED},
        {"number": "K-2", "name": "A", **ENDED, "cost": 100},
        {"number": "K-3", "name": "A", **ENDED, "agreement_by": date(2020, 3, 3)},
        {
            "number": "K-4",
            "name": "B",
            **ENDED,
            "email": "b@x.example",
            "closed_on": None,
            "answered_on": None,
            "status": None,
        },
    ]
    return make_register({"complaints": rows}, ON, **settings)


def test_only_what_is_done_with_is_past_its_term() -> None:
    assert past_term(register()) == ["K-1"]
    assert past_term(register(privacy={"money": 2})) == ["K-1", "K-2"]
    assert past_term(register(privacy={"closed": 50})) == []


def test_a_request_waits_for_the_term_unless_told_otherwise() -> None:
    plan = plan_wiping(register(), lambda: "code", Wanted(person="K-1"))
    assert plan.numbers == ("K-1",)
    assert [(k.number, k.reason, k.until) for k in plan.kept] == [
        ("K-2", "term", date(2027, 3, 1)), ("K-3", "agreement", None),
    ]  # fmt: skip
    assert plan_wiping(register(), lambda: "code", Wanted(person="K-1", now=True)).numbers == ("K-1", "K-2")
    assert plan_wiping(register(), lambda: "code", Wanted(due=True)).counts == ((2020, "closed", 1),)


def test_what_goes_before_its_term_is_counted() -> None:
    for wanted, early in (
        (Wanted(before=date(2020, 12, 31)), 1),
        (Wanted(due=True), 0),
        (Wanted(person="K-1", now=True), 1),
    ):
        assert plan_wiping(register(), lambda: "code", wanted).early == early


@pytest.mark.parametrize(
    "wanted",
    [Wanted(), Wanted(due=True, person="K-1"), Wanted(due=True, now=True), Wanted(ON, "K-1"), Wanted(ON, now=True)],
)
def test_what_is_wanted_must_be_clear(wanted: Wanted) -> None:
    assert not wanted.is_clear


@pytest.mark.parametrize("term", ["0", "101", "true", '"5 jaar"', "1.5"])
def test_a_term_is_a_number_of_years(term: str, tmp_path: Any) -> None:
    assert parse_settings("[privacy]\nclosed = 8", tmp_path).privacy == {"closed": 8}
    with pytest.raises(SettingsError) as caught:
        parse_settings(f"[privacy]\nmoney = {term}", tmp_path)
    assert caught.value.values["where"] == "privacy.money"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("rule", "day"), [("due", None), ("before", "2024-01-01"), ("person", None)])
def test_the_declaration_says_what_how_many_and_why_and_names_nobody(language: str, rule: str, day: str | None) -> None:
    told = {"rule": rule, "day": day, "counts": [[2019, "closed", 3], [2019, "money", 1]]}
    texts, settings = load_texts(language), register(language=language).settings
    with zipfile.ZipFile(BytesIO(declaration(told, settings, texts, ON))) as packed:
        said = packed.read("word/document.xml").decode()
    for words in ("2019", "20-11-2026", texts("privacy.group.money"), texts("privacy.declaration.signature")):
        assert words in said, words
    assert ("01-01-2024" in said) == (day is not None)
    assert "?" not in said.removeprefix("<?xml").split("?>", 1)[1]
