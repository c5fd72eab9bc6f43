"""The shipped definition under each profile: nothing of a shop in a town hall or a clinic, and nothing that is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from registerkit.definition import Definition, check_definition, load_definition
from registerkit.definition.load import DEFAULT_DEFINITION
from registerkit.resources import resource_folder
from registerkit.setting_kinds import PROFILES

OF_A_SHOP = re.compile(
    r"garantie|korting|artikel|klant(?!contact)|aankoop|gekocht|bezorg|retour|product|reparatie|verkoop", re.I
)


def words(definition: Definition) -> Iterator[tuple[str, str]]:
    """Give every Dutch word of the lists and the form with its place."""
    for choices in definition.lists.values():
        yield f"lists.{choices.id}", choices.labels["nl"]
        if not choices.fixed:
            yield from ((f"lists.{choices.id}.{c.code}", c.labels["nl"]) for c in choices.choices)
    for field in definition.main.fields:
        yield f"fields.{field.id}", field.labels["nl"]
        if field.form:
            yield f"fields.{field.id}", field.asked("nl")


def test_every_code_that_a_rule_names_and_every_label_holds_under_each_profile() -> None:
    assert check_definition(resource_folder("workbook_templates") / DEFAULT_DEFINITION).lists


@pytest.mark.parametrize("profile", ["awb", "wkkgz"])
def test_no_word_of_a_shop_stands_in_a_town_hall_or_a_clinic(profile: str) -> None:
    found = [(place, word) for place, word in words(load_definition(profile=profile)) if OF_A_SHOP.search(word)]
    assert found == []


@pytest.mark.parametrize("profile", PROFILES)
def test_each_profile_has_a_whole_set_of_lists(profile: str) -> None:
    """Every subcategory hangs on a category of the profile, every category has one, and both lists end in the rest."""
    definition = load_definition(profile=profile)
    categories = definition.lists["category"].by_code
    parents = {choice.parent for choice in definition.lists["subcategory"].choices}
    assert parents == set(categories)
    assert all(choices.choices for choices in definition.lists.values())
    for name, last in (("category", "OV"), ("subcategory", "OV1"), ("customer_kind", "overig")):
        assert definition.lists[name].choices[-1].code == last
    assert {"excuses", "uitleg", "afwijzing"} <= set(definition.lists["solution"].by_code)


@pytest.mark.parametrize("profile", PROFILES)
def test_a_workbook_made_under_one_profile_is_read_under_each(profile: str) -> None:
    here = load_definition(profile=profile).main.by_header
    made = [(field, label) for each in PROFILES for field in load_definition(profile=each).main.fields
            for label in field.labels.values()]  # fmt: skip
    assert [(field.id, label) for field, label in made if here.get(label.casefold()) != field.id] == []
