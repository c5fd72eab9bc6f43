"""R11: who complained is told in plain words how the complaint stands, whatever state it is in, and nothing of others."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from registers import make_complaint, make_register

from registerkit.letters import status_text
from registerkit.register import STATES, State
from registerkit.texts import LANGUAGES, load_texts

ON = date(2026, 11, 20)
OFFICE = {"organisation": {"name": "De Spaak BV", "phone": "030 555 01 20"}}
NEW = {
    "received_on": date(2026, 11, 2),
    "category": "levering",
    "description": "Kapot.",
    "employee": "P. Personeel",
    "handler": "SV",
}
CLOSED = {
    **NEW, "status": "afgehandeld", "judgement": "ongegrond", "solution": "uitleg", "settlement": "formeel",
    "answer_channel": "brief", "answered_on": date(2026, 11, 10), "closed_on": date(2026, 11, 10), "closed_by": "SV", "reasons": "Nee.",
}  # fmt: skip


def told(values: dict[str, Any], **given: Any) -> str:
    tables = given.pop("tables", {})
    rows = [{"number": "K-2026-0001", "name": "J. Jansen", **values}]
    register = make_register({"complaints": rows, **tables}, ON, **OFFICE, **given)
    return " ".join(status_text(register, register.complaints["K-2026-0001"]))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.code)
def test_r11_every_state_has_a_sentence_for_who_complained(state: State, language: str) -> None:
    texts = load_texts(language)
    for name in (f"letters.status.state.{state.code}", f"letters.status.state.{state.code}_on"):
        if name.endswith(state.code) or name in texts:
            said = texts(name, day="2 november 2026")
            assert said[0].isupper()
            assert said.endswith(".")
            assert "?" not in said or state.code == "waiting_customer"
            assert not {"status", "fase", "opgeschort", "heropend", "phase"} & set(said.lower().split())


def test_r11_an_open_complaint_tells_when_it_came_what_happens_and_by_when() -> None:
    said = told(NEW)
    assert said.startswith(
        "Wij hebben uw klacht op 2 november 2026 ontvangen bij De Spaak BV. Het nummer is K-2026-0001. Wij nemen uw klacht in behandeling."
    )
    assert "U krijgt uiterlijk op 30 november 2026 antwoord." in said
    assert said.endswith("U bereikt ons via 030 555 01 20. Noem daarbij het nummer van uw klacht.")
    assert "P. Personeel" not in said
    assert "J. Jansen" not in said


def test_r11_a_closed_complaint_tells_where_else_to_go_and_of_no_day() -> None:
    body = {"committee": {"name": "De Geschillencommissie", "website": "www.geschil.example"}}
    said = told(CLOSED, external=body)
    assert "Wij hebben uw klacht op 10 november 2026 beantwoord." in said
    assert "Dan kunt u naar De Geschillencommissie (www.geschil.example)." in said
    assert "uiterlijk" not in said
    assert "Geschillencommissie" not in told(NEW, external=body)


@pytest.mark.parametrize(
    ("values", "tables", "words"),
    [
        ({"extended_on": date(2026, 11, 16), "extended_weeks": 4}, {}, "de termijn verlengd. U krijgt uiterlijk op 14 december 2026 antwoord."),
        ({"received_on": date(2026, 9, 1)}, {}, "Dat is niet gelukt. Onze excuses."),
        ({"received_on": date(2026, 9, 1), "promised_by": date(2026, 12, 4)}, {}, "U krijgt ons antwoord uiterlijk op 4 december 2026."),
        (
            {},
            {"pauses": [{"row_key": "P1", "complaint": "K-2026-0001", "from": date(2026, 11, 12), "consent_on": date(2026, 11, 12), "reason": "Wacht op P. Personeel"}]},
            "De termijn staat stil sinds 12 november 2026. Zodra wij verder kunnen",
        ),
        ({"anonymised_on": date(2026, 11, 1)}, {}, "De persoonsgegevens zijn gewist"),
        ({"status": "wacht_klant"}, {}, "Wij wachten op informatie van u."),
    ],
)  # fmt: skip
def test_r11_what_moves_the_answer_is_told(values: dict[str, Any], tables: dict[str, Any], words: str) -> None:
    said = told({**NEW, **values}, tables=tables)
    assert words in said
    assert "Personeel" not in said


def test_r11_in_english_too() -> None:
    assert "You will have our answer by 30 November 2026." in told(NEW, language="en")


def test_a_complaint_says_itself_that_it_is_new() -> None:
    assert make_complaint(NEW, ON).state.code == "new"
