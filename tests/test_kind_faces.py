"""Every field kind and every kind of rule has each of its faces: none is known to one stage and not to another."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from registerkit.checking import RULES
from registerkit.database import TYPES
from registerkit.database.access import ACCESS_KINDS
from registerkit.definition import KINDS, Choice, Field, Lookups, load_definition
from registerkit.definition._rules import RULE_KINDS
from registerkit.letters.words import letter_value
from registerkit.reading import PARSERS, ParseContext, parse_cell
from registerkit.register import CELL_VALUES, cell_value, written
from registerkit.store import decode, encode
from registerkit.texts import load_texts
from registerkit.workbook.columns import COLUMNS
from registerkit.workbook.data_validations import VALIDATIONS, CellRule, validation

LOOKUPS = Lookups(
    {"colour": [Choice("rd", {"nl": "rood", "en": "red"}), Choice("bl", {"nl": "blauw", "en": "blue"})]},
    {"EV": {"code": "EV", "name": "Eva Verhoef"}},
    "nl",
)
SAMPLES: dict[str, tuple[Any, Any, str | bool]] = {
    # A value, what a cell shows for it, and what a letter says.
    "key": ("K-2026-0001", "K-2026-0001", "K-2026-0001"),
    "text": ("Lindelaan 12", "Lindelaan 12", "Lindelaan 12"),
    "memo": ("Een regel.\nNog een.", "Een regel.\nNog een.", "Een regel.\nNog een."),
    "date": (date(2026, 4, 2), date(2026, 4, 2), "2 april 2026"),
    "integer": (4, 4, "4"),
    "money": (123450, 1234.5, "€ 1.234,50"),
    "yesno": (True, "ja", True),
    "choice": ("rd", "rood", "rood"),
    "person": ("EV", "Eva Verhoef", "Eva Verhoef"),
    "numbers": (("K-2026-0001", "K-2026-0002"), "K-2026-0001, K-2026-0002", "K-2026-0001, K-2026-0002"),
    "email": ("e.verhoef@voorbeeld.nl", "e.verhoef@voorbeeld.nl", "e.verhoef@voorbeeld.nl"),
    "phone": ("030 123 4567", "030 123 4567", "030 123 4567"),
    "postcode": ("3512 AB", "3512 AB", "3512 AB"),
}


def field(kind: str) -> Field:
    return Field("proef", "complaints", kind, {"nl": "Proef", "en": "Trial"}, choices="colour")


@pytest.mark.parametrize("face", [PARSERS, CELL_VALUES, TYPES, ACCESS_KINDS, VALIDATIONS, COLUMNS, SAMPLES])
def test_every_kind_has_the_face_and_no_face_has_another_kind(face: dict[str, Any]) -> None:
    assert set(face) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_value_has_the_kind_s_python_type(kind: str) -> None:
    assert type(SAMPLES[kind][0]) is KINDS[kind].python


@pytest.mark.parametrize("kind", KINDS)
def test_a_value_shows_in_a_cell_and_is_understood_again(kind: str) -> None:
    value, shown, _ = SAMPLES[kind]
    assert cell_value(field(kind), value, LOOKUPS) == shown
    raw = float(shown) if isinstance(shown, int) and not isinstance(shown, bool) else shown
    assert parse_cell(raw, ParseContext(field(kind), LOOKUPS)) == value


@pytest.mark.parametrize("kind", KINDS)
def test_a_value_survives_the_store_s_text(kind: str) -> None:
    value = SAMPLES[kind][0]
    assert decode(kind, encode(value)) == value
    assert decode(kind, encode(None)) is None


@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_has_words_for_it(kind: str) -> None:
    value, _, words = SAMPLES[kind]
    assert letter_value(field(kind), value, LOOKUPS, load_texts("nl")) == words
    assert letter_value(field(kind), None, LOOKUPS, load_texts("nl")) is None


@pytest.mark.parametrize("kind", KINDS)
def test_a_message_has_words_for_it(kind: str) -> None:
    """As a letter writes it, but for a day, which is short, and yes and no."""
    value, _, words = SAMPLES[kind]
    assert written(field(kind), value, LOOKUPS) == {"date": "02-04-2026", "yesno": "ja"}.get(kind, words)
    assert written(field(kind), None, LOOKUPS) is None


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_cell_has_a_validation_that_excel_takes(kind: str, language: str) -> None:
    rule = CellRule(field(kind), load_definition(), load_texts(language), "B6")
    options = validation(rule)
    assert options["validate"] in ("any", "list", "date", "integer", "decimal", "custom")
    assert len(options.get("error_title", "")) <= 32
    assert len(options.get("error_message", "")) <= 255


def test_every_kind_of_rule_has_a_check_and_no_check_is_left_over() -> None:
    assert set(RULES) == set(RULE_KINDS)
