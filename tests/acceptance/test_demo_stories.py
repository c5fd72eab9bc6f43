"""The invented complaints of the demo: each fits its product, its category and what is done about it."""

from __future__ import annotations

import re
from datetime import date

import pytest

from registerkit.commands.demo_data import demo_texts, invent_year
from registerkit.definition import load_definition

STORIES = [story.split("|") for story in demo_texts()["stories"]]
NEUTER = ("kinderzitje", "fietsslot")
"""Things that are called het and not de."""


@pytest.mark.parametrize("story", STORIES, ids=[story[2][:30] for story in STORIES])
def test_a_story_names_what_it_is_about(story: list[str]) -> None:
    """Several products only where the text has a place for them, and then with the right article."""
    subjects, description = story[1].split(", "), story[2]
    assert all(subjects)
    assert (len(subjects) > 1) == ("{product}" in description)
    if re.search(r"\b[Dd]e {product}", description):
        assert not [subject for subject in subjects if subject.startswith(NEUTER)]


def test_every_story_has_a_category_a_remedy_and_a_cause_of_the_register() -> None:
    lists = load_definition().lists
    for name, column in (("subcategory", 0), ("remedy", 4), ("cause", 5), ("responsible", 6)):
        assert {story[column] for story in STORIES} <= set(lists[name].by_code)


def test_complaints_are_about_their_product_and_solved_as_their_judgement_allows() -> None:
    lists = load_definition().lists
    for row in invent_year(date(2026, 6, 30)).rows["complaints"]:
        told = [s for s in STORIES if s[0] == row["subcategory"] and str(row["subject"]) in s[1].split(", ")]
        assert str(row["description"]) in [s[2].format(product=row["subject"]) for s in told]
        assert row["category"] == lists["subcategory"].by_code[str(row["subcategory"])].parent
        if row.get("judgement") == "gegrond":
            assert row["solution"] == row["remedy_sought"] or row["remedy_sought"] == "melden"
