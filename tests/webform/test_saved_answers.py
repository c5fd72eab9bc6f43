"""The file of a web form says again what was typed, whatever that was, and what somebody wrote beside it is not lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from web_forms import saved_text

from registerkit.webform import Answer, saved_answers
from registerkit.webform.saved import code_in

TYPED = [
    "R. de Wit",
    "Eén\n\n  twee, ingesprongen\n\tdrie",
    "Uw naam [name]\n== Einde van het formulier [registerkit] ==\nKLACHT [registerkit 1]",
    "<script>alert('x')</script> & \"aanhaling\" 😀 \u2028 [channel]",
]


@pytest.mark.parametrize("typed", TYPED)
def test_what_was_typed_comes_back(typed: str) -> None:
    saved = saved_answers("\ufeff" + saved_text({"description": typed, "city": "Ede"}))
    assert saved is not None
    assert {"description": typed, "city": "Ede"} == {answer.field: answer.text for answer in saved.answers}
    assert saved.is_whole


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r")).map(lambda text: text.strip()))
def test_whatever_was_typed_comes_back(typed: str) -> None:
    saved = saved_answers(saved_text({"description": typed, "city": "Ede"}))
    assert saved is not None
    assert [typed.strip("\n"), "Ede"] == [answer.text for answer in saved.answers]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Beste mensen,\n\nik heb een klacht.",
        "Naam;Klacht\nJansen;fiets",
        "\n" * 9 + saved_text({"name": "x"}),
        "FORMULIER [registerkit 2]\n",
    ],
)
def test_another_text_is_no_form(text: str) -> None:
    assert saved_answers(text) is None


def test_a_form_without_its_end_is_not_whole() -> None:
    saved = saved_answers(saved_text({"name": "R. de Wit"}, end=False))
    assert saved is not None
    assert (False, "R. de Wit") == (saved.is_whole, saved.answers[0].text)


def test_what_stands_beside_the_answers_is_told_with_the_question_above_it() -> None:
    text = saved_text({"name": "R. de Wit"}).replace("    R. de Wit", "    R. de Wit\nBel mij na zes uur.\n  en snel")
    saved = saved_answers(text)
    assert saved is not None
    assert [
        Answer("name", "Vraag naar name", "R. de Wit\nen snel"),
        Answer("", "Vraag naar name", "Bel mij na zes uur."),
    ] == saved.answers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Product: levering [PL]", "PL"),
        ("anders [of niet] [A-1]", "A-1"),
        ("levering", "levering"),
        ("[PL] levering", "[PL] levering"),
        ("", ""),
    ],
)
def test_a_choice_is_known_by_its_code(text: str, expected: str) -> None:
    assert expected == code_in(text)
