"""What is published of a text names nobody, and can still be read."""

from __future__ import annotations

from datetime import date

import pytest

from registerkit.analysis.masking import Masking

ON = date(2026, 11, 30)
PEOPLE = ("A. de Vries-Bos", "Pim de Wit", "mevrouw S. Klein", "Fatima El Idrissi")
VALUES = (("address", "Lindelaan 12"), ("address", "Zwolle"), ("address", "Rivierbeek"), ("number", "445566"))
OWN = ("Gemeente Rivierbeek", "Openbare ruimte")


@pytest.fixture(scope="module")
def masking() -> Masking:
    return Masking("nl", PEOPLE, VALUES, OWN, ON)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Mevrouw De Vries-Bos belde.", "[name] belde."),
        ("Daarna belde pim  de wit terug.", "Daarna belde [name] terug."),
        ("De muur is wit. Pim zag dat, Klein niet.", "De muur is wit. [name] zag dat, [name] niet."),
        ("Volgens de heer P. van der Berg-de Boer klopt dit.", "Volgens [name] klopt dit."),
        ("Toen kwam mw. bakker erbij.", "Toen kwam [name] erbij."),
        ("Wethouder en collega Van den Berg waren er.", "Wethouder en collega [name] waren er."),
        ("Ons bericht ging naar J.P. Öztürk en Janssen.", "Ons bericht ging naar [name] en [word]."),
        ("Xander Kool zag het.", "[word] [word] zag het."),
        ("Het ging om Lindelaan 12 in Zwolle.", "Het ging om [address] in [address]."),
        ("Zij woont aan de Kerkstraat 4b, 3512 AB.", "Zij woont aan de [address]."),
        ("Bel 06 12 34 56 78 of +31 (0)30-1234567.", "Bel [number] of [number]."),
        ("Zijn BSN is 123456782, ook als 123.456.782.", "Zijn BSN is [number], ook als [number]."),
        ("Dit is NL91 ABNA 0417 1643 00.", "Dit is [number]."),
        ("Zie zaak K-2026-0012, kenteken AB-123-C.", "Zie zaak [number], kenteken [number]."),
        ("Mail jan@voorbeeld.nl of kijk op www.voorbeeld.nl/jan", "Mail [contact] of kijk op [contact]"),
        ("Zijn zoon, geboren op 3-4-2019, was erbij.", "Zijn zoon, geboren op [number], was erbij."),
        ("Sinds 14-02-1951 woont zij hier.", "Sinds [number] woont zij hier."),
    ],
)
def test_nobody_stands_in_it(masking: Masking, text: str, told: str) -> None:
    for mark in ("name", "address", "number", "word"):
        told = told.replace(f"[{mark}] [{mark}]", f"[{mark}]")
    assert masking(text).text == told


@pytest.mark.parametrize(
    "text",
    [
        "Op 12-03-2026 om 10.30 uur is twee keer gebeld. Dat kostte 1.250,00 euro.",
        "De afdeling Openbare ruimte van de gemeente Rivierbeek nam de melding niet over.",
        "De WOZ-waarde klopt. U kreeg het bericht in DigiD, in 2025-2026 of daarvoor.",
        "'s Middags was de balie dicht. Wij bieden onze excuses aan.",
    ],
)
def test_what_names_nobody_stays(masking: Masking, text: str) -> None:
    told = masking(text)
    assert told.text == text
    assert not sum(told.hidden.values())


def test_what_was_taken_out_is_counted(masking: Masking) -> None:
    hidden = masking("Pim de Wit belde Fatima el Idrissi op 0612345678.").hidden
    assert hidden == {"name": 2, "number": 1}


def test_a_name_that_is_an_ordinary_word_goes_with_a_capital_only() -> None:
    masking = Masking("nl", ["J. Aanvraag"], [], [], ON)
    assert masking("De aanvraag van Aanvraag is weg.").text == "De aanvraag van [name] is weg."
