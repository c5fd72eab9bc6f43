"""R13, R19, R37: mails in the inbox become complaints, or contacts of complaints that are there, and are answered."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from mails import save_mail
from office import COMPLAINT, Office
from web_forms import saved_text
from word_forms import fill_word_form

FIRST = "Beste mensen,\n\nDe ketting loopt er steeds af.\n\nMet vriendelijke groet,\nSanne Verhoeven\n06-12345678\n"
HOSTILE = {"../../rekening.pdf.exe": b"MZ", "foto van de \u202efiets.jpg": b"\xff\xd8", "con.txt": b"hoi", "..": b"x"}


@pytest.fixture(scope="module")
def monday(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, Any]]:
    """Give an office with one complaint of before, after a sync of what lay in its inbox; tests only read it."""
    root = tmp_path_factory.mktemp("maandag") / "klachten"
    shutil.copytree(made_once, root)
    office = Office(root)
    office.type(COMPLAINT)
    office.run("sync")
    box = root / "postvak-in"
    save_mail(box / "z klacht.eml", FIRST, subject="Ketting", Message_ID="<1@mail.example>", files=HOSTILE)
    save_mail(
        box / "a antwoord.eml",
        "Het zadel ook.",
        subject="RE: Ketting",
        sent="Wed, 04 Nov 2026 09:00:00 +0100",
        References="<1@mail.example>",
    )
    shutil.copyfile(box / "z klacht.eml", box / "z klacht (2).eml")
    page = "<p>Al <b>drie</b> weken niets.</p><script>alert(1)</script>"
    save_mail(
        box / "map" / "html.eml", None, page=page, sender="p.post@mail.example", sent="Mon, 30 Nov 2026 18:30:00 +0100"
    )
    save_mail(box / "bekend.eml", "De doos was open.", sender="Jan <J.Jansen@voorbeeld.example>", subject="nog iets")
    save_mail(box / "nummer.eml", "Akkoord.", sender="buur@mail.example", subject="Re: uw klacht [K-2026-0001]")
    save_mail(
        box / "afwezig.eml",
        subject="Automatisch antwoord: brief",
        sender="x@mail.example",
        Auto_Submitted="auto-replied",
    )
    heads = "Van: Fatima Yilmaz <fatima@mail.example>\nVerzonden: maandag\nAan: SV\nOnderwerp: lamp"
    save_mail(
        box / "door.eml",
        f"Kun jij dit doen?\n\n{heads}\n\nDe lamp is stuk.",
        sender="sv@despaak.example",
        subject="FW: lamp",
    )
    (box / "leeg.eml").write_bytes(b"")
    (box / "kapot.eml").write_bytes(bytes(range(256)))
    return office, office.run("sync")  # type: ignore[return-value]


def complaint_of(office: Office, email: str) -> dict[str, Any]:
    (found,) = (c for c in office.complaints() if c["email"] == email)
    return found


def test_r37_a_mail_is_registered_with_what_it_says_and_the_rest_is_asked_for(monday: tuple[Office, Any]) -> None:
    office, result = monday
    assert 3 == result.json["new"]
    made = complaint_of(office, "s.verhoeven@mail.example")
    told = {"received_on": "2026-11-03", "channel": "e-mail", "name": "Sanne Verhoeven", "category": None}
    assert told == {name: made[name] for name in told}
    assert "Ketting\n\nBeste mensen,\n\nDe ketting loopt er steeds af." == made["description"]
    assert "06 12345678" in made["phone"].replace("-", " ")
    page = complaint_of(office, "p.post@mail.example")
    assert ("Al drie weken niets.", "2026-11-20") == (page["description"], page["received_on"])
    assert "Fatima Yilmaz" == complaint_of(office, "fatima@mail.example")["name"]
    lines = [line for line in office.rows("Aandachtspunten").values() if line["Veld"] == "Categorie"]
    assert 3 == len(lines)
    assert made["number"] in {line["Nr"] for line in lines}


def test_r37_what_belongs_to_a_complaint_is_a_contact_with_it(monday: tuple[Office, Any]) -> None:
    office, result = monday
    made = complaint_of(office, "s.verhoeven@mail.example")["number"]
    contacts = {(row["complaint"], row["summary"], row["on"]) for row in office.export()["contacts"]}
    day = "2026-11-03"
    assert contacts == {
        (made, "Het zadel ook.", "2026-11-04"),
        ("K-2026-0001", "De doos was open.", day),
        ("K-2026-0001", "Akkoord.", day),
    }
    told = [f["code"] for f in result.json["findings"]]
    assert (3, 1) == (told.count("mail_with_complaint"), told.count("mail_taken_before"))


def test_r13_nothing_of_a_mail_is_lost_or_written_outside_the_project(monday: tuple[Office, Any]) -> None:
    office, _ = monday
    number, box = complaint_of(office, "s.verhoeven@mail.example")["number"], office.root / "postvak-in"
    kept = {path.name for path in (office.root / "bijlagen" / number).iterdir()}
    assert kept == {"foto van de fiets.jpg", "_con.txt", "bijlage"}
    assert (box / "verwerkt" / f"{number} z klacht.eml").is_file()
    assert not list(office.root.parent.rglob("*.exe"))
    assert {"afwezig", "leeg", "kapot"} == {path.stem for path in (box / "fout").glob("*.txt")}
    said = (box / "fout" / "afwezig.txt").read_text(encoding="utf-8-sig")
    assert "automatisch antwoord" in said
    assert "Verbeter dit" not in said
    assert [] == [path for path in box.iterdir() if path.is_file()]


@pytest.fixture
def handled(monday: tuple[Office, Any], tmp_path: Path) -> Office:
    """Give a copy of that office in which one mail's complaint has a handler."""
    shutil.copytree(monday[0].root, tmp_path / "klachten")
    office = Office(tmp_path / "klachten")
    number = complaint_of(office, "s.verhoeven@mail.example")["number"]
    row = next(at for at, cells in office.rows().items() if cells["Klachtnummer"] == number)
    office.change(row, {"Behandelaar": "Jeroen Bakker"})
    result = office.run("sync")
    assert ("Jeroen Bakker", "left_open") == (office_handler(office, number), result.json["findings"][0]["code"])
    return office


def office_handler(office: Office, number: str) -> Any:
    return next(c["handler"] for c in office.complaints() if c["number"] == number)


def draft_of(path: Path) -> EmailMessage:
    message = message_from_bytes(path.read_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    return message


def test_r19_the_acknowledgement_is_an_answer_that_asks_for_what_is_missing(handled: Office) -> None:
    office = handled
    number = complaint_of(office, "s.verhoeven@mail.example")["number"]
    (made,) = office.run("letters", "--number", number).json["letters"]
    draft = draft_of(office.root / made["draft"])
    assert f"Re: Ketting [{number}]" == draft["Subject"]
    assert ("s.verhoeven@mail.example", "<1@mail.example>", "1") == (
        draft["To"],
        draft["In-Reply-To"],
        draft["X-Unsent"],
    )
    text = draft.get_content()
    assert text.startswith("Geachte")
    assert "> De ketting loopt er steeds af." in text
    assert "Waar gaat uw klacht vooral over?" in text
    assert text.index("Waar gaat") < text.index("Met vriendelijke groet")

    # What is answered to that draft, or sent once more, comes with the complaint.
    box = office.root / "postvak-in"
    save_mail(
        box / "x.eml",
        "Over de ketting.",
        subject="Ander onderwerp",
        sender="werk@mail.example",
        In_Reply_To=draft["Message-ID"],
    )
    save_mail(box / "nieuw y.eml", "Ook de bel.", subject="De bel")
    result = office.run("sync")
    assert 1 == result.json["new"]
    assert number in [row["complaint"] for row in office.export()["contacts"] if row["summary"] == "Over de ketting."]
    save_mail(box / "bericht.eml", "En nu?", subject="vraag")
    assert "mail_whose" in [f["code"] for f in office.run("sync").json["findings"]]
    (box / "fout" / "bericht.eml").rename(box / f"{number} bericht.eml")
    assert 0 == office.run("sync").json["new"]
    assert number in [row["complaint"] for row in office.export()["contacts"] if row["summary"] == "En nu?"]
    assert (box / "verwerkt" / f"{number} bericht.eml").is_file()


def test_r37_a_complaint_that_lacks_what_is_needed_cannot_be_closed(handled: Office) -> None:
    office = handled
    number = complaint_of(office, "s.verhoeven@mail.example")["number"]
    row = next(at for at, cells in office.rows().items() if cells["Klachtnummer"] == number)
    answer = {
        "Beantwoord op": "19-11-2026",
        "Oordeel": "gegrond",
        "Oplossing": "reparatie",
        "Wijze van afhandeling": "e-mail",
    }
    office.change(row, answer)
    told = office.run("sync").json["findings"]
    assert "required_to_close" in {f["code"] for f in told if f["label"] == "Categorie"}
    assert complaint_of(office, "s.verhoeven@mail.example")["closed_on"] is None
    office.change(row, {"Categorie": "Product: kwaliteit"})
    office.run("sync")
    assert "2026-11-19" == complaint_of(office, "s.verhoeven@mail.example")["closed_on"]

    # Whoever is wiped leaves no mail and no attachment behind.
    done = office.run("anonymise", "--person", number, "--now", on=date(2026, 12, 4))
    assert 0 == done.code, done.json
    left = [
        path for path in office.root.rglob("*") if number in path.as_posix() and path.suffix in (".eml", ".jpg", ".txt")
    ]
    assert left == []
    assert not (office.root / "bijlagen" / number).exists()


def test_r13_a_mail_is_checked_where_it_lies_and_not_imported(monday: tuple[Office, Any], tmp_path: Path) -> None:
    office, _ = monday
    mail = save_mail(tmp_path / "los.eml", "Nieuw hier.", sender="nieuw@mail.example")
    checked = office.run("check", str(mail))
    assert (0, ["mail_incomplete"]) == (checked.code, [f["code"] for f in checked.json["findings"]])
    refused = office.say("import", str(mail))
    assert 3 == refused.code
    assert "postvak-in" in refused.text


def test_r37_a_filled_form_that_came_along_says_what_the_complaint_is(made_once: Path, tmp_path: Path) -> None:
    shutil.copytree(made_once, tmp_path / "klachten")
    office = Office(tmp_path / "klachten")
    told: dict[str, str | bool | None] = {
        "name": "R. de Wit",
        "category_SF": True,
        "description": "Twee keer betaald.",
        "phone": "030 123 45 67",
    }
    form = fill_word_form(office.root / "klachtenformulier.docx", tmp_path / "f.docx", **told)
    save_mail(
        office.root / "postvak-in" / "m.eml", "Zie bijlage, graag snel.", files={"formulier.docx": form.read_bytes()}
    )
    result = office.run("sync")
    assert (0, ["mail_attachments", "mail_registered"]) == (
        result.code,
        sorted(f["code"] for f in result.json["findings"]),
    )
    (made,) = office.complaints()
    assert ("R. de Wit", "Twee keer betaald.", "Zie bijlage, graag snel.") == (
        made["name"],
        made["description"],
        made["remarks"],
    )
    assert ("e-mail", "2026-11-03", "s.verhoeven@mail.example") == (made["channel"], made["received_on"], made["email"])
    assert "Service: factuur en betaling" == made["category"]
    assert not list((office.root / "uitvoer").rglob(".registerkit-*"))


def test_r37_what_the_web_form_saved_and_somebody_mailed_is_read_as_the_form(made_once: Path, tmp_path: Path) -> None:
    """The page asks to send it along; the mail tells the day, the form all the rest."""
    shutil.copytree(made_once, tmp_path / "klachten")
    office = Office(tmp_path / "klachten")
    saved = saved_text(
        {"name": "R. de Wit", "category": "Service: factuur en betaling [SF]", "description": "Twee keer betaald."}
    )
    save_mail(office.root / "postvak-in" / "m.eml", "Zie bijlage.", files={"klacht.txt": saved.encode("utf-8-sig")})
    office.run("sync")
    (made,) = office.complaints()
    assert ("R. de Wit", "Twee keer betaald.", "Zie bijlage.") == (made["name"], made["description"], made["remarks"])
    assert ("Service: factuur en betaling", "2026-11-03") == (made["category"], made["received_on"])
    assert made["channel"] == "webformulier"
