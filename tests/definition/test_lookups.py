"""Labels, earlier labels, codes and names resolve to codes, whatever their case, accents and spaces."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registerkit.definition import Choice, Lookups, fold, load_definition
from registerkit.store.lists import merged_lists

LISTS = {
    "category": [
        Choice("PK", {"nl": "Product: kwaliteit", "en": "Product: quality"}, aliases=("Kwaliteit product",)),
        Choice("CO", {"nl": "Coördinatie", "en": "Coordination"}, in_use=False),
    ],
    "subcategory": [
        Choice("PK9", {"nl": "anders", "en": "other"}, parent="PK"),
        Choice("CO9", {"nl": "anders", "en": "other"}, parent="CO"),
    ],
}
STAFF = {
    "EV": {"code": "EV", "name": "Eva  Verhoef"},
    "JJ": {"code": "JJ", "name": "Jan Jansen"},
    "JK": {"code": "JK", "name": "JAN JANSEN"},
    "LEEG": {"code": "LEEG", "name": None},
}
LOOKUPS = Lookups(LISTS, STAFF, "nl")


@pytest.mark.parametrize(
    ("list_id", "text", "code"),
    [
        ("category", "Product: kwaliteit", "PK"),
        ("category", " product:\u00a0 KWALITEIT ", "PK"),
        ("category", "Product: quality", "PK"),
        ("category", "Kwaliteit product", "PK"),
        ("category", "pk", "PK"),
        ("category", "coordinatie", "CO"),
        ("category", "Coo\u0308rdinatie", "CO"),
        ("category", "Product kwaliteit", None),
        ("category", "", None),
        ("nergens", "PK", None),
    ],
)
def test_a_choice_is_found(list_id: str, text: str, code: str | None) -> None:
    assert LOOKUPS.code(list_id, text) == code


@pytest.mark.parametrize(("parent", "code"), [("PK", "PK9"), ("CO", "CO9"), (None, "PK9"), ("XX", "PK9")])
def test_a_label_that_stands_twice_goes_by_its_parent(parent: str | None, code: str) -> None:
    assert LOOKUPS.code("subcategory", "anders", parent) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Eva Verhoef", "EV"),
        ("eva verhoef", "EV"),
        ("Éva Verhoef", "EV"),
        ("ev", "EV"),
        ("Jan Jansen", None),  # Two people of one name: only the code tells.
        ("JK", "JK"),
        ("", None),
        ("leeg", "LEEG"),
        ("Piet", None),
    ],
)
def test_a_person_is_found(text: str, code: str | None) -> None:
    assert LOOKUPS.person(text) == code


def test_a_code_is_never_hidden_by_another_s_name() -> None:
    lookups = Lookups({}, {"AB": {"code": "AB", "name": "CD"}, "CD": {"code": "CD", "name": "Els"}}, "nl")
    assert (lookups.person("AB"), lookups.person("CD")) == ("AB", "CD")


def test_three_people_of_one_name() -> None:
    staff = {code: {"code": code, "name": "Jan Jansen"} for code in ("A", "B", "C")}
    assert Lookups({}, staff, "nl").person("Jan Jansen") is None


def test_labels_show_in_the_language_and_unknown_codes_as_themselves() -> None:
    assert (LOOKUPS.label("category", "PK"), LOOKUPS.label("category", "ZZ")) == ("Product: kwaliteit", "ZZ")
    assert LOOKUPS.label("category", None) is None
    assert (LOOKUPS.person_name("JJ"), LOOKUPS.person_name("ZZ"), LOOKUPS.person_name(None)) == (
        "Jan Jansen", "ZZ", None,
    )  # fmt: skip
    assert LOOKUPS.person_name("LEEG") == "LEEG"


def test_only_entries_in_use_are_offered_but_all_resolve() -> None:
    assert LOOKUPS.labels("category") == ["Product: kwaliteit"]
    assert LOOKUPS.code("category", "Coördinatie") == "CO"
    assert LOOKUPS.labels("subcategory", "CO") == ["anders"]


@given(st.text(max_size=30))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_shipped_label_resolves_to_its_own_code(language: str) -> None:
    definition = load_definition()
    lookups = Lookups.of(definition, language)
    wrong = [
        (list_id, choice.code, label)
        for list_id, choices in definition.lists.items()
        for choice in choices.choices
        for label in (*choice.labels.values(), *choice.aliases, choice.code)
        if lookups.code(list_id, label, choice.parent) != choice.code
    ]
    assert wrong == []


def test_a_judgement_is_called_in_english_as_letters_call_it_and_known_by_its_former_name() -> None:
    """The store of an office keeps the words it has; a file with the former ones is read in a new register too."""
    shipped = Lookups.of(load_definition(), "en")
    former = {
        "judgement": {
            "gegrond": ("upheld", "founded"),
            "deels": ("partly upheld", "partly founded"),
            "ongegrond": ("not upheld", "unfounded"),
            "te_kwader_trouw": ("not upheld (in bad faith)", "unfounded (in bad faith)"),
        },
        "letter_kind": {
            "outcome_founded": ("outcome: upheld", "outcome: founded"),
            "outcome_partly_founded": ("outcome: partly upheld", "outcome: partly founded"),
            "outcome_unfounded": ("outcome: not upheld", "outcome: unfounded"),
        },
    }
    for list_id, entries in former.items():
        for code, (label, old) in entries.items():
            assert label == shipped.label(list_id, code)
            assert [code, code] == [shipped.code(list_id, each) for each in (label, old)]
    stored = {"judgement": [Choice("gegrond", {"nl": "gegrond", "en": "founded"})]}
    kept = merged_lists(stored, {"judgement": shipped.lists["judgement"]})["judgement"]
    assert "founded" == next(choice for choice in kept if choice.code == "gegrond").labels["en"]
