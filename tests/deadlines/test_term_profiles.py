"""Profiles come from the shipped data and `[terms]`; each setting has a source, and a fault names its key.

1. The four profiles hold the terms of their law or rules.  2. Every setting of every profile has a source.
3. Settings in [terms] override.  4. A category's and then a severity's settings win.
5. An unknown key or a value that does not fit raises SettingsError with a suggestion.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest

from registerkit.deadlines import PROFILE_NAMES, Profile, Span, load_profile, profile_sources
from registerkit.errors import SettingsError
from registerkit.texts import Texts


@pytest.mark.parametrize(
    ("name", "acknowledge", "answer", "extension", "pauses", "rolls"),
    [
        ("eigen", 5, Span(4, "weeks"), Span(2, "weeks"), "moves", False),
        ("awb", 5, Span(6, "weeks"), Span(4, "weeks"), "ignored", True),
        ("wkkgz", 5, Span(6, "weeks"), Span(4, "weeks"), "with_consent", True),
        ("webwinkel", 0, Span(14, "days"), Span(2, "weeks"), "moves", False),
    ],
)
def test_the_four_profiles(
    name: str, acknowledge: int, answer: Span, extension: Span, pauses: str, rolls: bool
) -> None:
    profile = load_profile({"profile": name}).default
    expected = (name, acknowledge, answer, extension, pauses, rolls)
    assert expected == (
        profile.name,
        profile.acknowledge_working_days,
        profile.answer,
        profile.extension,
        profile.pauses,
        profile.roll_forward,
    )
    assert (profile.warn_working_days, profile.aftercare_working_days, profile.days_until_next_run) == (5, 10, 7)


def test_eigen_is_the_default(eigen: Profile) -> None:
    assert eigen.name == "eigen"


def test_awb_particulars(awb: Profile) -> None:
    assert awb.answer_span(committee=True) == Span(10, "weeks")
    assert awb.answer_span(committee=False) == Span(6, "weeks")
    assert awb.ground_notice == Span(4, "weeks")
    assert awb.consent_needs_date


def test_committee_changes_nothing_elsewhere(wkkgz: Profile) -> None:
    assert wkkgz.answer_span(committee=True) == Span(6, "weeks")


@pytest.mark.parametrize("name", PROFILE_NAMES)
def test_every_setting_has_a_source(name: str) -> None:
    expected = {field.name for field in fields(Profile)} - {"name"}
    assert expected == set(profile_sources(name))
    assert all(profile_sources(name).values())


def test_settings_override() -> None:
    profile = load_profile(
        {"profile": "eigen", "answer": "20 werkdagen", "roll_forward": True, "ground_notice": "2 weken"}
    ).default
    assert (profile.answer, profile.roll_forward) == (Span(20, "working_days"), True)
    assert profile.ground_notice == Span(2, "weeks")
    assert load_profile({"profile": "awb", "answer_with_committee": "geen"}).default.answer_with_committee is None


def test_severity_wins_over_category() -> None:
    policy = load_profile(
        {
            "answer": "3 weeks",
            "category": {"bejegening": {"profile": "awb", "answer": "5 weeks"}},
            "severity": {"zeer_ernstig": {"answer": "1 week", "acknowledge_working_days": 1}},
        }
    )
    assert policy.for_case(None, None).answer == Span(3, "weeks")
    assert policy.for_case("factuur", "licht").answer == Span(3, "weeks")
    assert policy.for_case("bejegening", "licht").answer == Span(5, "weeks")
    both = policy.for_case("bejegening", "zeer_ernstig")
    assert (both.name, both.answer, both.acknowledge_working_days, both.roll_forward) == (
        "awb",
        Span(1, "weeks"),
        1,
        True,
    )


def test_named_profile_starts_afresh_but_keeps_office_wide_settings() -> None:
    policy = load_profile({"answer": "3 weeks", "warn_working_days": 3, "category": {"zorg": {"profile": "wkkgz"}}})
    profile = policy.for_case("zorg", None)
    assert (profile.name, profile.answer, profile.warn_working_days) == ("wkkgz", Span(6, "weeks"), 3)


@pytest.mark.parametrize(
    ("terms", "where", "suggestion"),
    [
        ({"anser": "6 weeks"}, "terms.anser", "answer"),
        ({"profile": "abw"}, "terms.profile", '"awb"'),
        (
            {"answer": "6 maanden"},
            "terms.answer",
            '"4 weken" (4 weeks), "14 dagen" (14 days), "20 werkdagen" (20 working days)',
        ),
        ({"answer": 6}, "terms.answer", '"4 weken" (4 weeks), "14 dagen" (14 days), "20 werkdagen" (20 working days)'),
        (
            {"answer": "none"},
            "terms.answer",
            '"4 weken" (4 weeks), "14 dagen" (14 days), "20 werkdagen" (20 working days)',
        ),
        ({"roll_forward": "ja"}, "terms.roll_forward", "true, false"),
        ({"pauses": "with_consnt"}, "terms.pauses", '"with_consent"'),
        ({"warn_working_days": True}, "terms.warn_working_days", "0, 1, 2, 3 ..."),
        ({"warn_working_days": -1}, "terms.warn_working_days", "0, 1, 2, 3 ..."),
        ({"holidays": "wet"}, "terms.holidays", "[wet, besluit, kantoor]"),
        ({"holidays": ["wett"]}, "terms.holidays", '"wet"'),
        ({"extension": "3 weeks"}, "terms.extension", "<= 2 weeks"),
        ({"category": []}, "terms.category", "[terms.category]"),
        ({"category": {"zorg": "awb"}}, "terms.category.zorg", "[terms.category.zorg]"),
        ({"severity": {"licht": {"profil": "awb"}}}, "terms.severity.licht.profil", "profile"),
        ({"severity": {"licht": {"category": {}}}}, "terms.severity.licht.category", None),
    ],
)
def test_faults_name_the_key(terms: dict[str, Any], where: str, suggestion: str | None) -> None:
    with pytest.raises(SettingsError) as caught:
        load_profile(terms)
    assert (caught.value.reason, caught.value.values["where"]) == ("terms", where)
    if suggestion is not None:
        assert suggestion == caught.value.values["suggestion"]


def test_the_fault_in_words(texts: Texts) -> None:
    with pytest.raises(SettingsError) as caught:
        load_profile({"anser": "6 weeks"})
    values = caught.value.values
    assert texts("error.settings.terms.message", **values) == "In register.toml klopt terms.anser niet: anser."
    assert texts("error.settings.terms.fix", **values) == "Pas register.toml aan. Wat hier wel kan: answer."


def test_unknown_codes_are_told() -> None:
    policy = load_profile({"category": {"bejegeningg": {"answer": "1 week"}}})
    with pytest.raises(SettingsError) as caught:
        policy.check_codes(["bejegening", "factuur"], ["licht"])
    assert caught.value.values["suggestion"] == "bejegening"
    load_profile({"category": {"factuur": {"answer": "1 week"}}}).check_codes(["factuur"], [])
