"""What a letter is told of its complaint, and what the shipped templates say with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from registers import make_register

from registerkit.deadlines import WorkCalendar
from registerkit.letters import agenda, letter_context, render_letter
from registerkit.letters.agenda import DueLetter
from registerkit.register import Register

ROOT = Path(__file__).resolve().parents[2]
ON = date(2026, 3, 2)
NUMBER = "K-2026-0001"
COMPLAINT = {"number": NUMBER, "received_on": ON, "name": "J. Jansen", "handler": "BJ", "status": "in_behandeling"}
STAFF = (
    {"code": "BJ", "name": "Bo Jonker", "role": "behandelaar", "deputy": "ED"},
    {"code": "ED", "name": "Els Dam", "role": "behandelaar"},
)
AWAY = ({**STAFF[0], "absent_from": ON}, STAFF[1])
SAID = {"nl": "zelf niet betrokken", "en": "not personally involved"}
TEMPLATES = {"nl": "ontvangstbevestiging", "en": "acknowledgement"}


def register_of(values: dict[str, Any], profile: str = "awb", language: str = "nl", staff: Any = STAFF) -> Register:
    rows = {"complaints": [COMPLAINT | values], "staff": staff}
    return make_register(rows, ON, language=language, terms={"profile": profile})


def acknowledgement(register: Register, language: str = "nl") -> str:
    """Give the words of the acknowledgement."""
    context = letter_context(register, DueLetter(NUMBER, 1, "acknowledgement", ""))
    data = render_letter(ROOT / "letters" / language / f"{TEMPLATES[language]}.docx", context)
    return "\n".join(paragraph.text for paragraph in Document(BytesIO(data)).paragraphs)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    ("values", "staff", "said"),
    [
        ({"employee": "Els Dam"}, STAFF, True),
        ({"employee": "iemand van buiten"}, STAFF, True),
        ({}, STAFF, False),
        ({"handler_confirmed": False}, STAFF, False),
        ({"handler_confirmed": True}, STAFF, True),
        ({"employee": "BJ"}, STAFF, False),
        ({"employee": "bo  jonker"}, STAFF, False),
        ({"employee": "BJ", "handler_confirmed": True}, STAFF, False),
        ({"employee": "Els Dam"}, AWAY, False),
        ({"employee": "Els Dam", "handler_confirmed": True}, AWAY, False),
    ],
    ids=[
        "another",
        "somebody unknown",
        "nobody",
        "nobody, not confirmed",
        "nobody, confirmed",
        "the handler by code",
        "the handler by name",
        "the handler, confirmed",
        "the deputy who does the work",
        "the deputy, confirmed",
    ],
)
def test_an_acknowledgement_says_that_the_handler_was_not_involved_only_when_that_is_known(
    language: str, values: dict[str, Any], staff: Any, said: bool
) -> None:
    assert said == (SAID[language] in acknowledgement(register_of(values, language=language, staff=staff), language))


@pytest.mark.parametrize("profile", ["eigen", "wkkgz"])
def test_only_under_awb_a_letter_says_so(profile: str) -> None:
    assert SAID["nl"] not in acknowledgement(register_of({"employee": "Els Dam"}, profile))


@pytest.mark.parametrize(
    ("country", "last"), [(None, "D-10115  Berlin"), ("Nederland", "D-10115  Berlin"), ("Duitsland", "DUITSLAND")]
)
def test_an_address_abroad_ends_with_its_country(country: str | None, last: str) -> None:
    where = {"address": "Hauptstraße 12a", "postcode": "D-10115", "city": "Berlin", "country": country}
    context = letter_context(register_of(where), DueLetter(NUMBER, 1, "acknowledgement", ""))
    assert last == context["complainant"]["lines"][-1]


@pytest.mark.parametrize(("country", "is_held"), [(None, True), ("Ierland", False)])
def test_abroad_an_address_can_do_without_a_postcode(country: str | None, is_held: bool) -> None:
    register = register_of({"address": "7 Bridge Road", "city": "Schull", "country": country}, "eigen")
    assert is_held == ("no_address" in [held.code for held in agenda(register).held])


def test_a_measures_table_without_the_later_columns_is_enough() -> None:
    """An office's own definition need not have the temporary way of working and the day it ends."""
    register = register_of({"measure": "M-2026-01"}, "eigen")
    tables = dict(register.definition.tables)
    fields = tuple(f for f in tables["measures"].fields if f.id not in ("temporary", "normal_from"))
    tables["measures"] = replace(tables["measures"], fields=fields)
    measure = {"number": "M-2026-01", "description": "Wij bellen eerder."}
    own = replace(
        register,
        definition=replace(register.definition, tables=tables),
        records={**register.records, "measures": {"M-2026-01": measure}},
    )
    (told,) = letter_context(own, DueLetter(NUMBER, 1, "acknowledgement", ""))["measures"]
    assert ("Wij bellen eerder.", None, False) == (told["description"], told["temporary"], told["is_normal"])


@pytest.mark.parametrize(
    ("due", "told"),
    [
        (date(2026, 4, 3), "3 april 2026"),  # A Friday.
        (date(2026, 4, 5), "3 april 2026"),  # A Sunday.
        (date(2026, 5, 25), "22 mei 2026"),  # The Monday of Whitsun.
        (date(2026, 3, 1), "27 februari 2026"),  # Past, as it was told before.
        (date(2026, 3, 2), "2 maart 2026"),  # Today.
    ],
)
def test_a_term_that_ends_on_no_working_day_is_told_as_the_last_one_before_it(due: date, told: str) -> None:
    rows = {"complaints": [COMPLAINT | {"due_on": due}], "staff": STAFF}
    calendar = WorkCalendar({date(2026, 5, 25): "Tweede pinksterdag"})
    register = make_register(rows, ON, terms={"profile": "eigen"}, calendar=calendar)
    context = letter_context(register, DueLetter(NUMBER, 1, "acknowledgement", ""))
    assert context["complaint"]["due_on"] == told
    assert context["terms"]["due_on"] == (told if due >= ON else None)
