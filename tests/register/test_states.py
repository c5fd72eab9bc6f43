"""The table of states: what it says in `docs/states.md` is what it does, and of every complaint it finds one state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from itertools import product

import pytest
from pages import markdown_table, page

from registerkit.definition import load_definition
from registerkit.register import CLOSED, ENDED, NOTICES, STATES, UNANSWERED, Deciding, State, state_of
from registerkit.texts import load_texts

PAGE = "docs/states.md"
CODES = [state.code for state in STATES]
STATUSES = [choice.code for choice in load_definition().lists["status"].choices]
SIGNALS = {
    "stopped": "closed",
    "paused": "paused",
    "answered": "answered, overdue",
    "running": "on_time, due_soon, overdue",
}
"""The signals that a clock can give, as the page writes them."""
BY_CODE = {state.code: state for state in STATES}
FLAGS = [each.name for each in fields(Deciding) if each.name != "status"]


def decisions() -> Iterator[Deciding]:
    """Give every combination of what decides, with every status and with none."""
    for status in (None, *STATUSES):
        for values in product((False, True), repeat=len(FLAGS)):
            yield Deciding(status, **dict(zip(FLAGS, values, strict=True)))


def table(heading: str) -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in markdown_table(page(PAGE), heading)}


def written(state: State) -> dict[str, str]:
    """Give what the page should say of a state."""
    yes_no = {True: "yes", False: "no"}
    return {
        "clock": state.clock,
        "open": yes_no[state.is_open],
        "apart": yes_no[state.is_apart],
        "notice": state.notice or "",
        "answer owed": yes_no[state.owes_answer],
    }


@pytest.mark.parametrize("heading", ["What brings a phase into a state", "What every face shows"])
def test_the_page_has_a_row_for_every_state_in_their_order(heading: str) -> None:
    assert CODES == list(table(heading)), f"docs/states.md, '{heading}': other rows than STATES in register/states.py"


@pytest.mark.parametrize("state", STATES, ids=CODES)
def test_the_page_says_what_the_state_is(state: State) -> None:
    row, expected = table("What brings a phase into a state")[state.code], written(state)
    assert expected == {name: row[name] for name in expected}, f"docs/states.md, row {state.code}"
    assert row["what brings a phase there"], f"docs/states.md, row {state.code} does not say what brings it there"


@pytest.mark.parametrize("state", STATES, ids=CODES)
def test_the_page_shows_the_words_and_signals_of_the_state(state: State) -> None:
    row, name = table("What every face shows")[state.code], f"state.{state.code}"
    for language in ("nl", "en"):
        texts = load_texts(language)
        assert name in texts, f"{name} is missing in registerkit/texts/{language}/terms.toml"
        assert texts(name) == row[f"words ({language})"], f"docs/states.md, row {state.code}"
    assert row["signal"] == SIGNALS[state.clock], f"docs/states.md, row {state.code}"
    assert (row["letters"] == state.notice) is (state.notice is not None), f"docs/states.md, row {state.code}"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_words_are_left_over_for_a_state_that_is_none(language: str) -> None:
    named = {name.removeprefix("state.") for name in load_texts(language).entries if name.startswith("state.")}
    assert set(CODES) == named


def test_no_two_states_have_the_same_words() -> None:
    for language in ("nl", "en"):
        words = [load_texts(language)(f"state.{code}") for code in CODES]
        assert len(set(words)) == len(words)


def test_every_combination_has_one_state_and_every_state_is_reached() -> None:
    """The row that fits first; nothing falls through, and no row is hidden by those above it."""
    found = {state_of(deciding).code for deciding in decisions()}
    assert set(CODES) == found
    assert len(set(CODES)) == len(CODES)


def test_what_has_ended_is_not_open() -> None:
    """A phase ends by an ended status, an answer, being solved, or before it was taken over; while a notice is owed it has not."""
    for deciding in decisions():
        state = state_of(deciding)
        if not state.is_open:
            assert deciding.status in ENDED or deciding.answered or deciding.solved or deciding.taken_over, (
                deciding,
                state.code,
            )
        elif deciding.status in ENDED:
            assert state.notice is not None, (deciding, state.code)
            assert not deciding.told, (deciding, state.code)


@pytest.mark.parametrize("state", STATES, ids=CODES)
def test_a_state_agrees_with_itself(state: State) -> None:
    """The clock stands still when it has ended, and then only; what is apart has ended; what owes a notice has not."""
    assert (state.clock == "stopped") is not state.is_open
    assert not (state.is_apart and state.is_open)
    assert state.notice is None or state.is_open


@pytest.mark.parametrize("status", sorted(ENDED))
def test_a_status_that_ends_leads_to_an_ending_or_to_a_notice_and_then_to_an_ending(status: str) -> None:
    assert status in STATUSES, f"{status} is not in the list status of workbook_templates/klachten.toml"
    state = state_of(Deciding(status=status))
    assert state.notice is not None or not state.is_open
    assert not state_of(Deciding(status=status, told=True)).is_open


@pytest.mark.parametrize("status", sorted(ENDED))
def test_what_follows_from_a_status_that_ends_is_what_its_states_say(status: str) -> None:
    """Before the complainant was told and after it: the same kind of letter, and an answer is owed or not."""
    states = [state_of(Deciding(status, told=told)) for told in (False, True)]
    assert {state.owes_answer for state in states} == {status not in UNANSWERED}
    assert NOTICES.get(status) == states[0].notice


def test_only_these_statuses_end_a_complaint_by_themselves() -> None:
    """Of the shipped definition; *afgehandeld* asks for an answer."""
    ending = {code for code in STATUSES if not state_of(Deciding(status=code, told=True)).is_open}
    assert ending == ENDED
    assert BY_CODE["closed_unanswered"] is state_of(Deciding(status=CLOSED))
