"""Each item tells who complained and which letter belongs to it; letters that wait tell what is lacking."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest
from registers import make_register

from registerkit.register import next_step_name
from registerkit.reminders import colleague_texts, make_digests
from registerkit.reminders.messages import digest_message
from registerkit.reminders.work import Work
from registerkit.setting_kinds import missing_for_mail
from registerkit.settings import Routing

ON = date(2026, 11, 20)
LATE = {"number": "K-2026-0001", "name": "J. Jansen", "phone": "030 123 45 67", "received_on": date(2026, 10, 5),
        "category": "PL", "handler": "BJ", "status": "in_behandeling", "acknowledged_on": date(2026, 10, 6)}  # fmt: skip
STAFF = [{"code": "BJ", "name": "Bo Jonker", "role": "behandelaar"}]
OFFICE = {"name": "De Spaak BV", "address": "Oude Singel 48", "postcode": "3512 XZ", "city": "Utrecht", "phone": "030"}
ADDRESS = {"address": "Lindelaan 12", "postcode": "3512 AB", "city": "Utrecht"}


def work(*letters: dict[str, Any], **changes: Any) -> Work:
    rows = [{"row_key": f"B{n:06}", "complaint": "K-2026-0001", "phase": 1} | row for n, row in enumerate(letters)]
    records = {"complaints": [LATE | ADDRESS | changes], "staff": STAFF, "letters": rows}
    return Work(make_register(records, ON, organisation=OFFICE))


def made(kind: str, day: date, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "made_on": day, "file": f"uitvoer/2026-W47/brieven/K-2026-0001 {kind}.docx", **more}


READY, EARLIER = date(2026, 11, 18), date(2026, 10, 6)
NONE = {"kind": "progress", "made_on": EARLIER}
"""Somebody said that no progress notice is to come."""


@pytest.mark.parametrize(
    ("letters", "changes", "expected"),
    [
        ([NONE], {}, "afsluitbrief: komt zodra ‘Oordeel’ is ingevuld"),
        ([made("progress", READY)], {}, "tussenbericht: ligt klaar in uitvoer/2026-W47/brieven"),
        ([made("progress", READY, sent_on=READY)], {}, "afsluitbrief: komt zodra ‘Oordeel’ is ingevuld"),
        ([made("progress", EARLIER)], {"status": "wacht_derden"}, "tussenbericht van 06-10-2026"),
        ([NONE], {"status": "wacht_derden"}, ""),
        ([], {}, "tussenbericht: wacht"),
        ([], {"acknowledged_on": None}, "ontvangstbevestiging: wacht"),
        (
            [],
            {"judgement": "gegrond", "solution": "excuses", "answer_channel": "brief"},
            "afsluiting gegrond: nog te maken",
        ),
    ],
)
def test_the_letter_that_belongs_to_a_complaint(
    letters: list[dict[str, Any]], changes: dict[str, Any], expected: str
) -> None:
    """The one that waits or is due; else the one that is ready, that is to come, or that was the last."""
    (item,) = work(*letters, **changes).items
    assert ("J. Jansen, 030 123 45 67", expected) == (item.who, item.letter)


def test_a_letter_that_waits_tells_who_waits_for_it_what_is_lacking_and_what_to_do() -> None:
    found = work(judgement="ongegrond", solution="afwijzing", answer_channel="brief", received_on=date(2026, 11, 2))
    (waiting,) = found.waiting
    assert ("K-2026-0001", "afsluiting ongegrond", "BJ") == (waiting.number, waiting.kind, waiting.worker)
    assert "Motivering" in waiting.why or "motivering" in waiting.why
    assert waiting.who == "J. Jansen, 030 123 45 67"
    assert "‘Motivering’" in waiting.step


@pytest.mark.parametrize(
    ("pauses", "changes", "expected"),
    [
        ([], {}, "answer"),
        ([{"from": date(2026, 11, 18)}], {}, "await_reply"),
        ([], {"reopened_on": date(2026, 11, 18), "reopen_reason": "geschil"}, "await_reply"),
        ([{"from": date(2026, 11, 18)}], {"acknowledged_on": None, "extended_on": None}, "acknowledge"),
    ],
)
def test_who_waits_for_a_reply_is_not_asked_to_answer(
    pauses: list[dict[str, Any]], changes: dict[str, Any], expected: str
) -> None:
    rows = [{"row_key": "P1", "complaint": LATE["number"], "consent_on": ON, **pause} for pause in pauses]
    complaint = LATE | {"received_on": date(2026, 11, 2), "extended_on": date(2026, 11, 10)} | changes
    register = make_register({"complaints": [complaint], "pauses": rows, "staff": STAFF}, ON)
    assert expected == next_step_name(register.complaints["K-2026-0001"])


def test_an_item_tells_by_which_rule_it_came_here() -> None:
    """In the list, in its mail a line and a column; a register without rules tells nothing of it."""
    rule = Routing({"category": ("PL",)}, "logistiek", "BJ")
    records = {"complaints": [LATE | ADDRESS | {"department": "logistiek"}], "staff": STAFF}
    register = make_register(records, ON, organisation=OFFICE, routing=(rule,))
    (digest,) = make_digests(register).handlers
    (item,) = (*digest.overdue, *digest.due_soon)
    assert item.why == "Naar Logistiek, behandelaar Bo Jonker door regel 1: Categorie: Product: levering"
    mail = message_from_bytes(digest_message(digest, register.texts, ON, None), policy=default)
    for kind in ("plain", "html"):
        body = mail.get_body((kind,))
        assert body is not None
        assert item.why in body.get_content()
    (plain,) = work().items
    assert plain.why == ""


@pytest.mark.parametrize("language", ["nl", "en"])
def test_colleagues_are_spoken_to_as_the_office_wants(language: str) -> None:
    """Each informal text stands in for a formal one, and no Dutch one says u."""
    register = make_register({"complaints": [LATE | ADDRESS], "staff": STAFF}, ON, language=language)
    assert missing_for_mail({"informal": True}) is None
    assert missing_for_mail({"informal": True, "send": True}) == "host"
    formal, informal = (
        colleague_texts(register.texts, replace(register.settings, mail={"informal": is_so})) for is_so in (False, True)
    )
    assert formal is register.texts
    own = [name.replace("informal.", "") for name in formal.entries if name.startswith("reminders.informal.")]
    assert own
    assert all(name in formal.entries for name in own)
    (digest,) = make_digests(register).handlers
    mail = message_from_bytes(digest_message(digest, informal, ON, None), policy=default)
    assert str(mail["Subject"]).startswith({"nl": "Jouw klachten", "en": "Your complaints"}[language])
    if language == "nl":
        said = [text for name, text in informal.entries.items() if name in own]
        assert not any(re.search(r"\b[Uu]w?\b", text) for text in said)
