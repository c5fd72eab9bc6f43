"""R19, R37: what colleagues wrote stays in the office, and what a mail does not tell for certain is asked for."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from mails import save_mail
from office import COMPLAINT, Office
from web_forms import saved_text

NOTE = "Fatima, deze mevrouw zeurt altijd.\n\nGroet,\nJeroen"
HEADS = "Van: Karin Mol <karin@mail.example>\nVerzonden: {day} 14:12\nAan: Jeroen\nOnderwerp: rekening"
PREPARED = """[Voeg hier het bestand klachtenformulier-1.txt toe als bijlage, en
haal deze regel weg.]

Geachte heer of mevrouw,

In de bijlage stuur ik u mijn ingevulde formulier. Bel mij na zessen.

Met vriendelijke groet,

R. de Wit
"""


def passed_on(path: Path, day: str, who: str) -> None:
    text = f"{NOTE}\n\n-----Oorspronkelijk bericht-----\n{HEADS.format(day=day)}\n\nIk betaalde twee keer."
    colleague = "Jeroen Bakker <j.bakker@despaak.example>"
    save_mail(path, text.replace("karin", who), sender=colleague, subject="FW: rekening")


@pytest.fixture(scope="module")
def tuesday(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, Any]]:
    """Give an office with one complaint in its workbook, after a sync of what lay in its inbox; tests only read it."""
    root = tmp_path_factory.mktemp("dinsdag") / "klachten"
    shutil.copytree(made_once, root)
    office = Office(root)
    office.type(COMPLAINT)
    box = root / "postvak-in"
    passed_on(box / "door.eml", "maandag 2 november 2026", "karin")
    passed_on(box / "door later.eml", "maandag 9 november 2026", "later")
    passed_on(box / "door onleesbaar.eml", "gisteren", "vaag")
    colleague = "Piet <piet@despaak.example>"
    save_mail(box / "wie.eml", f"{NOTE}\n\nVan: Karin Mol\n\nTwee keer.", sender=colleague, subject="Doorst: x")
    save_mail(box / "toekomst.eml", sender="Tom <toekomst@mail.example>", sent="Wed, 30 Dec 2026 10:00:00 +0100")
    save_mail(box / "zonder dag.eml", sender="Dag <zonder@mail.example>", sent="gisteren")
    save_mail(box / "K-2026-9999 vraag.eml", sender="Ans <ans@mail.example>")
    save_mail(box / "vraag.eml", sender="Ben <ben@mail.example>", subject="Re: k-2025-9999")
    save_mail(box / "bestelling.eml", sender="Bo <bo@mail.example>", subject="Bestelling B-2026-9999")
    save_mail(box / "kort.eml", "Nog iets.", sender="Piet Puk <puk@mail.example>", subject="Re: K-2026-1")
    save_mail(box / "naamloos.eml", "De ketting is stuk.", sender="Onbekend@mail.example")
    save_mail(box / "leeg.eml", "\n", sender="Sam Leeg <sam@mail.example>")
    saved = saved_text(
        {"name": "R. de Wit", "category": "Service: factuur en betaling [SF]", "description": "Twee keer betaald."}
    )
    save_mail(box / "formulier.eml", PREPARED, sender="r@mail.example", files={"klacht.txt": saved.encode("utf-8-sig")})
    return office, office.run("sync")


def complaint_of(office: Office, email: str) -> dict[str, Any]:
    (found,) = (c for c in office.complaints() if c["email"] == email)
    return found


def why(office: Office, name: str, folder: str = "fout") -> str:
    (note,) = (office.root / "postvak-in" / folder).glob(f"{name}.txt")
    return note.read_text(encoding="utf-8-sig")


def test_r37_the_note_of_a_colleague_is_a_remark_and_no_word_of_the_complaint(tuesday: tuple[Office, Any]) -> None:
    made = complaint_of(tuesday[0], "karin@mail.example")
    assert ("Karin Mol", "2026-11-02") == (made["name"], made["received_on"])
    assert "rekening\n\nIk betaalde twee keer." == made["description"]
    assert "Jeroen Bakker schreef bij het doorsturen: Fatima, deze mevrouw zeurt altijd." == made["remarks"]


def test_r37_of_a_forwarded_mail_without_a_writer_it_is_asked_who_it_was(tuesday: tuple[Office, Any]) -> None:
    assert "wie de klager is, staat er niet in" in why(tuesday[0], "wie")


@pytest.mark.parametrize(
    ("email", "day", "told"),
    [
        ("later@mail.example", "2026-11-03", "de dag van het eerste bericht"),
        ("vaag@mail.example", "2026-11-03", "de dag van het eerste bericht"),
        ("toekomst@mail.example", "2026-11-20", "de datum van het bericht moet nog komen"),
        ("zonder@mail.example", "2026-11-20", "het bericht heeft geen datum"),
    ],
)
def test_r37_a_day_that_a_mail_does_not_tell_is_asked_for(
    tuesday: tuple[Office, Any], email: str, day: str, told: str
) -> None:
    made = complaint_of(tuesday[0], email)
    (note,) = (tuesday[0].root / "postvak-in" / "verwerkt").glob(f"{made['number']} *.txt")
    assert day == made["received_on"]
    said = note.read_text(encoding="utf-8-sig")
    assert "Als ‘Ontvangen op’ is" in said
    assert told in said


def test_r37_a_number_that_does_not_exist_is_asked_for(tuesday: tuple[Office, Any]) -> None:
    office, _ = tuesday
    for name, number in (("K-2026-9999 vraag", "K-2026-9999"), ("vraag", "K-2025-9999")):
        assert f"noemt nummer {number}; dat nummer bestaat niet" in why(office, name)
    assert {"ans@mail.example", "ben@mail.example"}.isdisjoint({c["email"] for c in office.complaints()})
    assert complaint_of(office, "bo@mail.example")


def test_r37_who_writes_about_the_complaint_of_another_is_told(tuesday: tuple[Office, Any]) -> None:
    said = why(tuesday[0], "K-2026-0001 kort", "verwerkt")
    assert "de afzender (Piet Puk <puk@mail.example>) is niet wie daar klaagt" in said


def test_r19_what_a_mail_does_not_say_is_asked_of_its_sender(tuesday: tuple[Office, Any]) -> None:
    office, _ = tuesday
    nameless, empty = complaint_of(office, "onbekend@mail.example"), complaint_of(office, "sam@mail.example")
    assert (None, None) == (nameless["name"], empty["description"])
    asked = {(line["Nr"], line["Veld"]) for line in office.rows("Aandachtspunten").values()}
    assert {(nameless["number"], "Naam"), (empty["number"], "Omschrijving")} <= asked


def test_r37_of_a_mail_with_the_web_form_only_what_was_typed_is_kept(tuesday: tuple[Office, Any]) -> None:
    made = complaint_of(tuesday[0], "r@mail.example")
    assert ("Twee keer betaald.", "Bel mij na zessen.") == (made["description"], made["remarks"])


def test_r19_no_letter_says_what_is_not_of_the_complainant(tuesday: tuple[Office, Any], tmp_path: Path) -> None:
    shutil.copytree(tuesday[0].root, tmp_path / "klachten")
    office = Office(tmp_path / "klachten")
    emails = ("karin@mail.example", "onbekend@mail.example", "sam@mail.example")
    numbers = [complaint_of(office, email)["number"] for email in emails]
    for at, cells in office.rows().items():
        if cells["Klachtnummer"] in numbers:
            office.change(at, {"Behandelaar": "Jeroen Bakker"})
    office.run("sync")
    made = {letter["number"]: letter for letter in office.run("letters").json["letters"] if letter.get("draft")}
    drafts = [draft_of(office.root / made[number]["draft"]) for number in numbers]
    passed, nameless, empty = (draft.get_content() for draft in drafts)
    assert f"Re: rekening [{numbers[0]}]" == drafts[0]["Subject"]
    assert "> Ik betaalde twee keer." in passed
    assert "zeurt" not in passed
    assert nameless.startswith("Geachte heer of mevrouw,")
    assert "- Uw naam" in nameless
    assert "> (Uw verhaal hebben wij nog niet.)" in empty
    assert "- Uw verhaal, in uw eigen woorden" in empty
    assert "None" not in empty + nameless + passed


def draft_of(path: Path) -> EmailMessage:
    message = message_from_bytes(path.read_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    return message
