"""R09: a very serious complaint is told to handler, deputy, manager and coordinator, until somebody took it up."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from registers import make_complaint, make_register

from registerkit.definition import load_definition
from registerkit.register import GRAVEST
from registerkit.reminders import Digests, make_digests

ON = date(2026, 11, 20)
GRAVE = {"number": "K-2026-0001", "name": "J. Jansen", "phone": "030 123 45 67", "received_on": date(2026, 11, 19),
         "category": "PL", "severity": GRAVEST, "department": "logistiek", "handler": "BJ", "status": "nieuw"}  # fmt: skip
STAFF = [
    {"code": "BJ", "name": "Bo Jonker", "role": "behandelaar", "deputy": "LD", "email": "bj@x.example"},
    {"code": "LD", "name": "Lia Dam", "role": "behandelaar", "email": "ld@x.example"},
    {"code": "MK", "name": "Mo Kok", "role": "leidinggevende", "department": "logistiek", "email": "mk@x.example"},
    {"code": "AN", "name": "Ann Ros", "role": "leidinggevende", "department": "administratie", "email": "an@x.example"},
    {"code": "SV", "name": "Sam Vos", "role": "coordinator", "email": "sv@x.example"},
]
STATUSES = [choice.code for choice in load_definition().lists["status"].choices]
TAKEN_UP = {"in_behandeling", "wacht_klant", "wacht_derden", "voorstel", "heropend"}
"""The statuses of complaints that somebody is busy with."""


def digests(*, staff: list[dict[str, Any]] = STAFF, **changes: Any) -> Digests:
    return make_digests(make_register({"complaints": [GRAVE | changes], "staff": staff}, ON))


def told(found: Digests) -> set[tuple[str, str]]:
    """Give who hears of it, and as what."""
    return {(digest.code, digest.role) for digest in found.everyone if digest.alerts}


def test_handler_deputy_manager_and_coordinator_hear_of_it() -> None:
    """The manager of the department, and no other."""
    everyone = {("BJ", "handler"), ("LD", "handler"), ("MK", "manager"), ("SV", "coordinator")}
    assert everyone == told(digests())


def test_while_the_handler_is_away_the_deputy_hears_of_it_for_him() -> None:
    staff = [dict(row, absent_from=date(2026, 11, 16)) if row["code"] == "BJ" else row for row in STAFF]
    assert {("LD", "handler"), ("MK", "manager"), ("SV", "coordinator")} == told(digests(staff=staff))


def test_without_a_handler_those_who_give_one_hear_of_it() -> None:
    assert {("MK", "manager"), ("SV", "coordinator")} == told(digests(handler=None, status="in_behandeling"))


@pytest.mark.parametrize("status", [None, *STATUSES])
def test_it_is_told_until_the_status_says_that_somebody_is_busy(status: str | None) -> None:
    """A complaint that ended is not told of either; neither one of less weight."""
    complaint = make_complaint(GRAVE | {"status": status}, ON)
    assert (status in (None, "nieuw")) == complaint.awaits_attention
    if complaint.state.is_open and status not in (None, "nieuw", "doorgestuurd", "niet_in_behandeling", "afgehandeld"):
        assert status in TAKEN_UP
    assert not make_complaint(GRAVE | {"status": status, "severity": "ernstig"}, ON).awaits_attention


@pytest.mark.parametrize(
    ("values", "waits"),
    [
        ({"acknowledged_on": date(2026, 11, 20)}, True),  # The letter may have gone out by itself.
        ({"agreed_on": date(2026, 11, 20)}, False),
        ({"proposal": "Een nieuwe fiets."}, False),
        ({"handler": None}, True),
        ({"handler": None, "proposal": "Een nieuwe fiets."}, True),
    ],
)
def test_what_somebody_did_is_seen_whatever_the_status_says(values: dict[str, Any], waits: bool) -> None:
    assert waits == make_complaint(GRAVE | values, ON).awaits_attention


def test_the_draft_begins_with_it() -> None:
    """Before all else, with who complained, and in its subject."""
    from email import message_from_bytes, policy

    from registerkit.reminders import digest_message
    from registerkit.texts import load_texts

    (digest, *_) = digests().handlers
    message = message_from_bytes(digest_message(digest, load_texts("nl"), ON, None), policy=policy.default)
    words = message.get_body(("plain",)).get_content().splitlines()
    assert message["Subject"].startswith("ZEER ERNSTIG (1). ")
    assert "Zeer ernstig, nog niet opgepakt (1)" == words[2]
    assert words[3].startswith("- K-2026-0001, ")
    assert "  Klager: J. Jansen, 030 123 45 67. Brief: ontvangstbevestiging: wacht." == words[4]
