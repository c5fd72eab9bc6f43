"""Every letter that is held back leads to the cells that mend it."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from registers import make_register

import registerkit.texts
from registerkit.letters import HeldLetter, agenda
from registerkit.letters.lacking import WAYS, held_lines
from registerkit.workbook import HeldCell

ON = date(2026, 11, 20)
COMPLAINT = {
    "number": "K-2026-0001",
    "received_on": date(2026, 11, 16),
    "name": "J. Jansen",
    "handler": "JB",
    "email": "j.jansen@voorbeeld.example",
    "address": "Lindelaan 12",
    "postcode": "3512 AB",
    "city": "Utrecht",
}
OFFICE = {"name": "De Spaak BV", "address": "Oude Singel 48", "postcode": "3512 XZ", "city": "Utrecht", "phone": "030"}


def lines(complaint: dict[str, Any], **more: Any) -> list[tuple[str, tuple[tuple[HeldCell, ...], ...]]]:
    settings = {"organisation": OFFICE, **more.pop("settings", {})}
    tables = {
        "complaints": [COMPLAINT | complaint],
        "staff": [{"code": "JB", "name": "Jeroen Bakker"}],
        "office": [
            {"row_key": f"ORGANISATION.{key.upper()}", "value": settings["organisation"].get(key)} for key in OFFICE
        ],
    }
    register = make_register({**tables, **more.pop("tables", {})}, ON, **settings, **more)
    return [(line.told, line.ways) for line in held_lines(register, agenda(register).held)]


def test_every_lack_is_known() -> None:
    """A code of `letters.lacks` has its ways in `letters/lacking.py`."""
    for language in ("nl", "en"):
        file = Path(registerkit.texts.__file__).parent / language / "letters.toml"
        assert set(tomllib.loads(file.read_text(encoding="utf-8"))["letters"]["lacks"]) == set(WAYS), language


def own(*fields: str, **was: str) -> tuple[HeldCell, ...]:
    return tuple(HeldCell("complaints", "number", "K-2026-0001", name, was.get(name, "")) for name in fields)


@pytest.mark.parametrize(
    ("complaint", "ways"),
    [
        ({"postcode": None, "city": None, "email": None}, (own("postcode", "city"), own("email"))),
        ({"address": None, "email": None, "country": "België"}, (own("address"), own("email"))),
        ({"handler": None}, (own("handler"),)),
    ],
    ids=["no address", "abroad", "no handler"],
)
def test_each_way_names_the_cells_that_are_empty(complaint: dict[str, Any], ways: Any) -> None:
    ((_, found),) = lines(complaint)
    assert found == ways


def test_what_the_office_lacks_leads_to_its_own_sheet() -> None:
    ((told, ways),) = lines({}, settings={"organisation": {**OFFICE, "phone": None, "city": None}})
    assert told == "Ontvangstbevestiging: gegevens van de organisatie ontbreken"
    assert [(cell.table, cell.key) for cell in ways[0]] == [
        ("office", "ORGANISATION.CITY"),
        ("office", "ORGANISATION.PHONE"),
    ]


def test_a_hearing_leads_to_a_row_that_is_still_to_come() -> None:
    """Under awb the judgement waits for the hearing or its ground, and a day that is past is told as it stands."""
    judged = {"judgement": "ongegrond", "reasons": "x", "answered_on": ON, "answer_channel": "brief"}
    judged |= {"status": "afgehandeld", "solution": "afwijzing", "closed_on": ON, "acknowledged_on": ON}
    office = {"name": "Nationale ombudsman"}
    found = lines(
        judged,
        terms={"profile": "awb"},
        tables={"staff": [{"code": "JB", "name": "Jeroen Bakker", "role": "behandelaar"}]},
        settings={"external": {"ombudsman": office}},
    )
    ways = dict(found)["Afsluiting ongegrond: de klager is niet gehoord"]
    assert [cell.field for way in ways for cell in way] == ["heard_on", "hearing_ground", "committee"]


def test_those_with_the_earliest_term_come_first() -> None:
    late = {"number": "K-2026-0009", "received_on": date(2026, 11, 2), "handler": None, "name": "A. Bos"}
    register = make_register({"complaints": [COMPLAINT | {"handler": None}, COMPLAINT | late]}, ON, organisation=OFFICE)
    held = [HeldLetter(number, "acknowledgement", "no_handler", "x", "y") for number in register.complaints]
    assert [line.number for line in held_lines(register, held)] == ["K-2026-0009", "K-2026-0001"]
