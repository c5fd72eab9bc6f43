"""Who complains for another: whom the letters go to, whom they name, and when an authorisation is asked for."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from registers import make_register

from registerkit.letters import agenda, letter_context, render_letter
from registerkit.letters.agenda import DueLetter
from registerkit.letters.names import read_name

ROOT = Path(__file__).resolve().parents[2]
ON = date(2026, 11, 20)
NUMBER = "K-2026-0001"
COMPLAINT = {
    "number": NUMBER, "received_on": date(2026, 11, 16), "name": "A. Bos", "salutation": "mevrouw", "handler": "EV",
    "address": "Lindelaan 12", "postcode": "3512 AB", "city": "Utrecht", "description": "Het duurde lang.",
    "organisation": "Bos & Zn", "status": "in_behandeling",
}  # fmt: skip
MOL = {"represented_by": "de heer S. Mol", "representative_address": "Kade 3, 1011 AB Amsterdam"}
CHILD = {"concerned": "Deniz Bos", "relation": "ouder"}
OFFICE = {"name": "De Spaak", "address": "Laan 1", "postcode": "3512 AB", "city": "Utrecht", "phone": "030 1234567"}
EXTERNAL = {body: {"name": body} for body in ("ombudsman", "officer", "committee")}
JUDGED = {
    "acknowledged_on": date(2026, 11, 17), "judgement": "gegrond", "solution": "uitleg", "settlement": "formeel",
    "reasons": "Nagekeken.",
}  # fmt: skip


def register_of(values: dict[str, Any], profile: str = "eigen", language: str = "nl") -> Any:
    rows = {
        "complaints": [COMPLAINT | values],
        "staff": [{"code": "EV", "name": "Eva Verhoef", "role": "behandelaar"}],
    }
    how: dict[str, Any] = {"organisation": OFFICE, "external": EXTERNAL, "language": language}
    return make_register(rows, ON, terms={"profile": profile}, **how)


def told(values: dict[str, Any], **how: Any) -> dict[str, Any]:
    found = letter_context(register_of(values, **how), DueLetter(NUMBER, 1, "acknowledgement", ""))
    return dict(found["complainant"])


def words(values: dict[str, Any], profile: str = "eigen", language: str = "nl") -> str:
    context = letter_context(register_of(values, profile, language), DueLetter(NUMBER, 1, "acknowledgement", ""))
    name = {"nl": "ontvangstbevestiging", "en": "acknowledgement"}[language]
    document = Document(BytesIO(render_letter(ROOT / "letters" / language / f"{name}.docx", context)))
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


@pytest.mark.parametrize(
    ("values", "salutation", "first", "acts_for"),
    [
        ({}, "Geachte mevrouw Bos,", "Mevrouw A. Bos", None),
        (MOL, "Geachte heer Mol,", "De heer S. Mol", "mevrouw A. Bos"),
        (MOL | CHILD, "Geachte heer Mol,", "De heer S. Mol", "Deniz Bos"),
        (CHILD, "Geachte mevrouw Bos,", "Mevrouw A. Bos", "Deniz Bos"),
        ({"represented_by": "A. Bos"}, "Geachte mevrouw Bos,", "Mevrouw A. Bos", None),
        ({"represented_by": "mevrouw Mol, zus van de klager"}, "Geachte mevrouw Mol,", "Mevrouw Mol", "mevrouw A. Bos"),
    ],
    ids=["herself", "represented", "for a third", "writes for another", "the same", "remark behind the name"],
)
def test_a_letter_goes_to_who_acts_and_names_the_other(
    values: dict[str, Any], salutation: str, first: str, acts_for: str | None
) -> None:
    found = told(values)
    assert (found["salutation"], found["acts_for"]) == (salutation, acts_for)
    assert first in found["lines"]


def test_a_representative_has_an_address_of_his_own_or_that_of_the_complainant() -> None:
    assert told(MOL)["lines"] == ["De heer S. Mol", "Kade 3", "1011 AB  Amsterdam"]
    assert told({"represented_by": "S. Mol"})["lines"] == ["Bos & Zn", "S. Mol", "Lindelaan 12", "3512 AB  Utrecht"]


def test_the_letter_says_for_whom_it_is() -> None:
    assert "Op 16 november 2026 ontvingen wij uw klacht namens mevrouw A. Bos." in words(MOL)
    assert "We received your complaint on behalf of Ms A. Bos on 16 November 2026." in words(MOL, language="en")
    assert [said in words({}) for said in ("namens", "machtiging", "dossier")] == [False, False, False]


@pytest.mark.parametrize(
    ("profile", "relation", "asked"),
    [
        ("awb", None, True), ("awb", "huisgenoot", True), ("awb", "gemachtigde", True), ("awb", "ouder", False),
        ("wkkgz", "huisgenoot", True), ("wkkgz", "nabestaande", False), ("wkkgz", "wettelijk", False),
        ("eigen", None, False), ("eigen", "huisgenoot", False), ("eigen", "gemachtigde", True),
        ("webwinkel", "huisgenoot", False), ("webwinkel", "familie", True),
    ],
)  # fmt: skip
def test_an_authorisation_is_asked_for_where_it_is_needed(profile: str, relation: str | None, asked: bool) -> None:
    acting = MOL | {"relation": relation}
    assert told(acting, profile=profile)["lacks_authorisation"] is asked
    assert told(acting | {"authorised_on": ON}, profile=profile)["lacks_authorisation"] is False


def test_the_receipt_asks_for_it() -> None:
    asked = "een brief met de handtekening van mevrouw A. Bos, waarin staat dat u deze klacht mag indienen."
    assert asked in words(MOL, "awb")
    assert "niets vertellen over de zorg aan mevrouw A. Bos" in words(MOL, "wkkgz")


def test_the_medical_record_is_asked_for_when_the_investigation_needs_it() -> None:
    needed = {"file_needed": True}
    own, other = words(needed, "wkkgz"), words(needed | CHILD, "wkkgz")
    assert "Wij willen uw medisch dossier lezen" in own
    assert "Wij willen het medisch dossier van Deniz Bos lezen" in other
    assert "De Spaak mag het medisch dossier lezen, alleen om deze klacht te onderzoeken." in own
    assert [said in each for each in (words({}, "wkkgz"), words(needed, "awb")) for said in ("dossier", "strookje")] == [
        False, False, False, False
    ]  # fmt: skip


def held(values: dict[str, Any], profile: str) -> list[str]:
    return [each.code for each in agenda(register_of(values, profile)).held]


def test_nobody_hears_of_anothers_care_without_an_authorisation() -> None:
    assert held(MOL | JUDGED, "wkkgz") == ["no_authorisation"]
    assert held(MOL | JUDGED | {"authorised_on": ON}, "wkkgz") == []
    assert held(CHILD | JUDGED, "wkkgz") == []
    assert held(MOL | JUDGED, "eigen") == []


def test_under_awb_a_letter_goes_by_post_unless_e_mail_was_agreed_to() -> None:
    by_mail = {"address": None, "email": "a.bos@voorbeeld.nl"}
    assert held(by_mail, "awb") == held(by_mail | {"email_allowed": False}, "awb") == ["no_postal_address"]
    assert held(by_mail | {"email_allowed": True}, "awb") == held(by_mail, "eigen") == held({}, "awb") == []
    assert held({"address": None} | MOL, "awb") == []


def test_a_remark_behind_a_name_is_no_name() -> None:
    assert read_name("mevrouw Kandemir, moeder van de cliënt", "nl").full == "Kandemir"
    assert read_name("van den Berg, A.", "nl").full == "A. van den Berg"
    assert read_name("jansen, anna", "nl").full == "Anna Jansen"


@pytest.mark.parametrize("name", ["nl/ontvangstbevestiging", "nl/informatieverzoek", "en/acknowledgement"])
def test_the_consent_slip_stays_whole_below_the_letter_and_the_signature_too(name: str) -> None:
    """Who signs it sends back a whole slip, which begins no page of its own; no signature is torn off its greeting."""
    values = MOL | {"file_needed": True, "asked": "Wanneer?"}
    context = letter_context(register_of(values, "wkkgz", name[:2]), DueLetter(NUMBER, 1, "acknowledgement", ""))
    paragraphs = Document(BytesIO(render_letter(ROOT / "letters" / f"{name}.docx", context))).paragraphs
    assert not any(p.paragraph_format.page_break_before for p in paragraphs)
    title = [n for n, p in enumerate(paragraphs) if NUMBER in p.text][-1]
    slip = [p for p in paragraphs[title:] if p.text]
    assert all(_stays(p) for p in slip[:-1])
    greeting = next(n for n, p in enumerate(paragraphs) if p.style.style_id == "Closing")
    (signature,) = [p for p in paragraphs[greeting + 1 : title] if p.text]
    assert signature.paragraph_format.keep_with_next is False
    assert all(_stays(p) for p in paragraphs[greeting - 1 : greeting + 1])


def _stays(paragraph: Any) -> bool:
    """Tell whether a paragraph is kept with the next, by itself or by its style."""
    own, style = paragraph.paragraph_format.keep_with_next, paragraph.style
    while own is None and style is not None:
        own, style = style.paragraph_format.keep_with_next, style.base_style
    return bool(own)
