"""A template is filled in for every kind of case: what shows None, what is lost, and what the law wants are told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml
from registers import make_register

from registerkit.letters import KINDS
from registerkit.letters.cases import BARE, Tried, cases_of, try_template
from registerkit.letters.check import check_template, known_words, used_names
from registerkit.register import Register

ROOT = Path(__file__).resolve().parents[2]
ON = date(2026, 3, 2)
PROFILES = ("eigen", "awb", "wkkgz", "webwinkel")
OFFICE = {
    "name": "De Spaak BV",
    "address": "Kade 1",
    "postcode": "3512 AB",
    "city": "Utrecht",
    "phone": "030 555 01 01",
}
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def register_of(profile: str, language: str = "nl") -> Register:
    return make_register({}, ON, terms={"profile": profile}, language=language, organisation=OFFICE)


def tried(template: Path, kind: str, profile: str, language: str = "nl") -> list[Tried]:
    return list(try_template(template, kind, cases_of(register_of(profile, language), kind, used_names(template))))


def told(found: list[Tried]) -> list[tuple[str, str]]:
    return [(fault.reason, str(fault)) for each in found for fault in each.faults]


def template(folder: Path, *texts: str) -> Path:
    document = Document()
    for text in texts:
        document.add_paragraph(text)
    document.save(str(folder / "eigen.docx"))
    return folder / "eigen.docx"


def shipped(kind: str, language: str) -> Path:
    return ROOT / "letters" / language / f"{KINDS[kind].templates[language]}.docx"


@pytest.mark.parametrize("kind", KINDS)
def test_a_shipped_template_is_right_in_every_case(kind: str) -> None:
    profile = PROFILES[list(KINDS).index(kind) % len(PROFILES)]
    found = tried(shipped(kind, "nl"), kind, profile)
    assert told(found) == []
    assert {"", BARE} <= {each.case.missing for each in found}
    assert all(each.letter for each in found)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("profile", PROFILES)
def test_every_shipped_template_is_right_under_every_profile(profile: str, language: str) -> None:
    assert {
        kind: found for kind in KINDS if (found := told(tried(shipped(kind, language), kind, profile, language)))
    } == {}


def test_the_context_of_a_case_knows_every_name_and_the_templates_use_no_other() -> None:
    register = register_of("awb")
    for kind in KINDS:
        context = next(cases_of(register, kind, ())).context
        assert check_template(shipped(kind, "nl"), context, known_words(register.definition, context)) == [], kind


def test_each_ending_is_a_case() -> None:
    endings = {case.ending for case in cases_of(register_of("eigen"), "outcome_founded", ())}
    assert {"reparatie", "terugbetaling", "excuses", "uitleg"} <= endings
    assert {case.ending for case in cases_of(register_of("awb"), "not_taken_up", ())} >= {"eerder", "oud", "anders"}
    assert {case.ending for case in cases_of(register_of("awb"), "acknowledgement", ())} == {None}


def test_a_register_with_more_profiles_has_the_cases_of_each() -> None:
    terms = {"profile": "eigen", "category": {"product_levering": {"profile": "wkkgz"}}}
    register = make_register({}, ON, terms=terms, organisation=OFFICE)
    names = {profile.name for profile in register.policy.profiles.values()}
    assert {case.profile for case in cases_of(register, "acknowledgement", ())} == names


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Over {{ complaint.order_number }}", [("none", "complaint.order_number")]),
        ("{% if complaint.order_number %}Over {{ complaint.order_number }}{% endif %}", []),
        (
            "{% if complaint.subject %}Over {{ complaint.order_number }}{% endif %}",
            [("none", "complaint.order_number")],
        ),
        ("Geachte {{ complaint.name }}", []),
        ("{{ complaint.subject + '!' }}", [("fails_without", "complaint.subject")]),
    ],
)
def test_a_value_that_may_be_missing_is_found(tmp_path: Path, text: str, found: list[tuple[str, str]]) -> None:
    """What a letter always has is never missing."""
    made = told(tried(template(tmp_path, text), "agreement", "eigen"))
    assert [reason for reason, _ in made] == [reason for reason, _ in found]
    assert [name for reason, name in made if reason == "none"] == [name for reason, name in found if reason == "none"]


def test_a_template_that_asks_for_work_without_end_is_tried_once(tmp_path: Path) -> None:
    loops = "{% for a in 'xxxxxxxx' %}" * 6 + "{{ complaint.subject }}" + "{% endfor %}" * 6
    found = tried(template(tmp_path, loops), "outcome_founded", "eigen")
    assert ([reason for reason, _ in told(found)], len(found)) == (["bounds"], 1)


def test_what_word_would_not_show_is_lost(tmp_path: Path) -> None:
    document = Document()
    document.element.body.insert(0, parse_xml(f"<w:p {W}>Los van alles<w:r><w:t>goed</w:t></w:r></w:p>"))
    document.save(str(tmp_path / "eigen.docx"))
    assert told(tried(tmp_path / "eigen.docx", "agreement", "eigen")) == [("lost", "Los van alles")]


WAY_ON = {
    "awb": "Bent u het er niet mee eens? Ga naar {{ external.ombudsman.name }}.",
    "wkkgz": "{{ external.officer.name }} helpt u; de geschillencommissie oordeelt.",
}
LACKING = {
    ("outcome_founded", "awb"): ["law_ombudsman", "law_reasons"],
    ("outcome_unfounded", "wkkgz"): ["law_officer", "law_committee", "law_reasons"],
    ("not_taken_up", "awb"): ["law_ombudsman", "law_reasons"],
    ("outcome_founded", "eigen"): [],
    ("outcome_informal", "awb"): [],
    ("extension", "webwinkel"): ["law_new_day"],
    ("acknowledgement", "awb"): ["law_term", "law_handler"],
    ("acknowledgement", "eigen"): ["law_term"],
}


@pytest.mark.parametrize(("kind", "profile"), LACKING)
def test_what_the_law_of_the_profile_wants_is_told(tmp_path: Path, kind: str, profile: str) -> None:
    """A letter that says it, in a field or in words of its own, is left alone."""
    made = told(tried(template(tmp_path, "Beste lezer, wij hebben het bekeken."), kind, profile))
    assert [reason for reason, _ in made] == LACKING[kind, profile]
    more = ("{{ complaint.reasons }}", "Het antwoord komt binnen {{ terms.answer }}.", "{{ handler.name }}")
    day = "De nieuwe dag is {{ extension.new_due_on }}."
    made = told(tried(template(tmp_path, WAY_ON.get(profile, ""), *more, day), kind, profile))
    assert [reason for reason, _ in made if reason.startswith("law")] == []
