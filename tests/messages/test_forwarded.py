"""Of what somebody passed on it is known who wrote what, and when; nothing of either is lost."""

from __future__ import annotations

from datetime import date
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from registerkit.messages import Message, parse_message
from registerkit.messages.forwards import day_in

NOTE = "Fatima, kun jij dit doen?\nHij belde ook al."
STORY = "Hallo,\n\nDe lamp ging meteen uit."
OUTLOOK = "Van: Ruud Vos <R.Vos@mail.example>\nVerzonden: woensdag 11 november 2026 14:12\nAan: Jeroen Bakker; Sanne\n  Verbeek\nOnderwerp: lamp"
GMAIL = "---------- Forwarded message ---------\nVan: Ruud Vos <r.vos@mail.example>\nDate: wo 11 nov 2026 om 08:12\nSubject: lamp\nTo: Jeroen <j@despaak.example>"
ENGLISH = (
    "From: Ruud Vos <r.vos@mail.example>\nSent: Wednesday, November 11, 2026 2:12 PM\nTo: Jeroen Bakker\nSubject: lamp"
)
APPLE = "Begin doorgestuurd bericht:\n\n> Van: Ruud Vos <r.vos@mail.example>\n> Onderwerp: lamp\n> Datum: 11 november 2026 om 14:12:05 CET\n> Aan: j@despaak.example\n>"
HOTMAIL = "________________________________\nDatum: 11-11-2026 14:12\nOnderwerp: lamp\nVan: r.vos@mail.example\nAan: j@despaak.example"


def read(body: str, subject: str = "FW: lamp", head: str = "") -> Message:
    return parse_message(f"From: Jeroen <j@despaak.example>\nSubject: {subject}\n{head}\n{body}\n".encode())


@pytest.mark.parametrize("block", [
    OUTLOOK, f"-----Oorspronkelijk bericht-----\n{OUTLOOK}", f"________________________________\n{OUTLOOK}", GMAIL, ENGLISH, HOTMAIL,
    GMAIL.replace("Forwarded message", "Doorgestuurd bericht"), OUTLOOK.replace("<R.Vos@mail.example>", "[mailto:r.vos@mail.example]"),
])  # fmt: skip
@pytest.mark.parametrize("note", [NOTE, ""])
def test_the_words_of_who_passed_it_on_are_told_apart(block: str, note: str) -> None:
    message = read(f"{note}\n\nGroet,\nJeroen\n\n{block}\n\n{STORY}\n\nMet vriendelijke groet,\nRuud Vos\n06-12345678")
    first = message.forwarded
    assert first is not None
    assert first.sent is not None
    assert (note, STORY, "r.vos@mail.example", "lamp") == (
        message.note,
        first.text,
        first.sender.address,
        first.subject,
    )
    assert (date(2026, 11, 11), "Ruud Vos", "06-12345678") == (first.sent.date(), first.signed_by, first.phone)


def test_what_stands_below_a_marked_message_is_of_who_passed_it_on() -> None:
    story = "\n".join(f"> {line}" for line in STORY.splitlines())
    message = read(f"{APPLE}\n{story}\n\n{NOTE}")
    assert message.forwarded is not None
    assert (NOTE, STORY) == (message.note, message.forwarded.text)


def test_a_page_is_taken_apart_as_a_text_is() -> None:
    page = ('<p class="MsoNormal">Voor jou.</p><div style="border-top:solid 1pt"><p class="MsoNormal"><b>Van:</b> Ruud Vos &lt;r.vos@mail.example&gt;<br>'
            '<b>Verzonden:</b> woensdag 11 november 2026 14:12<br><b>Aan:</b> Jeroen<br><b>Onderwerp:</b> RE: lamp</p></div>'
            '<p class="MsoNormal">Aan: de directie. De lamp is stuk.</p>')  # fmt: skip
    message = read(page, head="Content-Type: text/html\n")
    assert message.forwarded is not None
    assert ("Voor jou.", "Aan: de directie. De lamp is stuk.") == (message.note, message.forwarded.text)


def test_what_two_people_passed_on_is_known_down_to_the_first() -> None:
    inner = f"Van: Sanne <sv@despaak.example>\nVerzonden: donderdag 12 november 2026\nAan: Jeroen\nOnderwerp: FW: lamp\n\nDeze is van jou.\n\n{OUTLOOK}\n\n{STORY}"
    message = read(f"En nu van jou.\n\n{inner}", "FW: FW: lamp")
    between = message.forwarded
    assert between is not None
    assert between.forwarded is not None
    assert ("En nu van jou.", "Deze is van jou.", STORY) == (message.note, between.note, between.forwarded.text)


def test_a_message_that_came_along_as_a_file_is_the_first_one() -> None:
    outer, inner = EmailMessage(policy=SMTP), EmailMessage(policy=SMTP)
    outer["From"], outer["Subject"] = "sv@despaak.example", "FW: lamp"
    inner["From"], inner["Subject"] = "fatima@mail.example", "lamp"
    inner.set_content("De lamp is stuk.")
    outer.set_content("Zie bijlage.\n")
    outer.add_attachment(inner)
    message = parse_message(outer.as_bytes())
    assert message.forwarded is not None
    assert ("Zie bijlage.", "De lamp is stuk.") == (message.note, message.forwarded.text)


@pytest.mark.parametrize(
    ("body", "subject"),
    [(STORY, "FW: lamp"), (f"{NOTE}\n\n{OUTLOOK}\n\n{STORY}", "lamp"), ("Van: mij@mail.example", "FW: x")],
)
def test_without_a_block_or_a_word_that_it_was_passed_on_nothing_is_taken_apart(body: str, subject: str) -> None:
    message = read(body, subject)
    assert (None, "") == (message.forwarded, message.note)


@pytest.mark.parametrize(("told", "is_english", "day"), [
    ("woensdag 11 november 2026 14:12", False, (2026, 11, 11)), ("di 10 nov. 2026 om 08:12", False, (2026, 11, 10)),
    ("Wed, 11 Nov 2026 09:15:00 +0100", True, (2026, 11, 11)), ("Monday, March 2, 2026 2:12 PM", True, (2026, 3, 2)),
    ("Tue, May 5, 2026 at 10:12 AM", True, (2026, 5, 5)), ("1 maart 2026", False, (2026, 3, 1)), ("03-11-2026 10:12 (GMT+01:00)", False, (2026, 11, 3)),
    ("3/11/2026 10:12", False, (2026, 11, 3)), ("03/11/2026 10:12", True, None), ("13/11/2026", True, (2026, 11, 13)), ("11/13/2026", True, (2026, 11, 13)),
    ("2026-11-03 10:12", True, (2026, 11, 3)), ("31 november 2026", False, None), ("maandag", False, None), ("november 2026", False, None), ("", False, None),
    ("Nov 11th, 2026", True, (2026, 11, 11)), ("gisteren om 12:30, 2026", False, None),
])  # fmt: skip
def test_the_day_is_read_when_it_can_be_no_other(told: str, is_english: bool, day: tuple[int, int, int] | None) -> None:
    assert (date(*day) if day else None) == day_in(told, is_english=is_english)
