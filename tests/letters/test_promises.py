"""No letter promises what nobody sees to: each says what, by which day and who pays, and names the way on."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from registers import make_register

from registerkit.letters import KINDS, letter_context, render_letter
from registerkit.letters.agenda import DueLetter

ROOT = Path(__file__).resolve().parents[2]
ON = date(2026, 11, 20)
NUMBER = "K-2026-0001"
COMPLAINT = {
    "number": NUMBER, "received_on": date(2026, 11, 16), "name": "A. Bos", "email": "a.bos@voorbeeld.nl",
    "handler": "EV", "status": "in_behandeling", "description": "Het duurde te lang.", "channel": "email",
}  # fmt: skip
ANSWERED = {
    "settlement": "formeel", "answer_channel": "brief", "answered_on": date(2026, 11, 19), "reasons": "Nagekeken.",
}  # fmt: skip
OFFICE = {
    "name": "De Spaak",
    "address": "Lindelaan 12",
    "postcode": "3512 AB",
    "city": "Utrecht",
    "phone": "030 1234567",
}
EXTERNAL: dict[str, dict[str, Any]] = {
    "ombudsman": {"name": "Ombudsman Midden"},
    "officer": {"name": "Ria Post"},
    "committee": {"name": "Geschillencommissie", "fee": "€ 52,50", "term": "1 december 2027", "takes_part": True},
}
OUTCOMES = {
    "outcome_founded": "gegrond", "outcome_partly_founded": "deels", "outcome_unfounded": "ongegrond",
    "outcome_doubtful": "twijfelachtig", "outcome_no_judgement": "geen_oordeel", "outcome_bad_faith": "te_kwader_trouw",
}  # fmt: skip


def letter(kind: str, values: dict[str, Any], profile: str = "eigen", language: str = "nl", **how: Any) -> str:
    """Give the words of a letter."""
    rows = {
        "complaints": [COMPLAINT | values],
        "staff": [{"code": "EV", "name": "Eva Verhoef", "role": "behandelaar"}],
        "measures": how.pop("measures", []),
    }
    terms = {"profile": profile}
    register = make_register(
        rows, ON, language=language, terms=terms, organisation=OFFICE, **{"external": EXTERNAL} | how
    )
    context = letter_context(register, DueLetter(NUMBER, 1, kind, ""))
    template = ROOT / "letters" / language / f"{KINDS[kind].templates[language]}.docx"
    document = Document(BytesIO(render_letter(template, context)))
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def outcome(kind: str, values: dict[str, Any], profile: str = "eigen", **how: Any) -> str:
    return letter(kind, ANSWERED | {"judgement": OUTCOMES[kind]} | values, profile, **how)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (
            {"solution": "terugbetaling"},
            ["het aankoopbedrag terug", "binnen 14 dagen na de datum van deze brief op uw"],
        ),
        ({"solution": "terugbetaling", "cost": 2550}, ["€ 25,50 terug", "binnen 14 dagen"]),
        ({"solution": "schadevergoeding", "cost": 2550}, ["€ 25,50", "binnen 14 dagen", "rekening"]),
        ({"solution": "schadevergoeding"}, ["binnen 14 dagen", "om welk bedrag het gaat"]),
        ({"solution": "coulance", "cost": 2550}, ["€ 25,50", "binnen 14 dagen", "rekening"]),
        ({"solution": "korting", "cost": 2550}, ["€ 25,50", "binnen 14 dagen", "Hebt u al betaald"]),
        ({"solution": "reparatie"}, ["voor onze rekening", "binnen 5 werkdagen"]),
        ({"solution": "vervanging"}, ["voor onze rekening", "binnen 5 werkdagen"]),
        ({"solution": "opnieuw"}, ["voor onze rekening", "binnen 5 werkdagen"]),
        (
            {"solution": "reparatie", "agreement_by": date(2026, 12, 1)},
            ["uiterlijk op 1 december 2026 voor u geregeld"],
        ),
    ],
)
def test_a_solution_says_what_by_when_and_who_pays(values: dict[str, Any], said: list[str]) -> None:
    words = outcome("outcome_founded", values)
    assert [each for each in said if each not in words] == []


@pytest.mark.parametrize("kind", OUTCOMES)
def test_an_improvement_is_told_when_there_is_one(kind: str) -> None:
    measure = {"number": "M-2026-01", "description": "Twee mensen kijken.", "ready_by": date(2026, 12, 1)}
    told = outcome(kind, {"solution": "uitleg", "measure": "M-2026-01"}, measures=[measure])
    assert "Uiterlijk 1 december 2026: Twee mensen kijken." in told
    bare = outcome(kind, {"solution": "uitleg"})
    assert [word for word in ("verbeteren", "Wilt u de gegevens zien") if word in bare] == []


@pytest.mark.parametrize("kind", OUTCOMES)
def test_a_care_provider_says_that_there_are_no_measures(kind: str) -> None:
    """Wkkgz art. 17 wants the measures told with their term; where there are none, that is told."""
    said = "Wij nemen naar aanleiding van uw klacht geen verdere maatregelen."
    assert [said in outcome(kind, {"solution": "uitleg"}, profile) for profile in ("wkkgz", "eigen")] == [True, False]


def test_a_half_way_letter_asks_for_the_choice_or_for_the_answer() -> None:
    """It says nothing in words that only the office uses."""
    proposed = letter("progress", {"proposal": "Een nieuwe fiets.", "status": "voorstel"})
    asked = letter("progress", {"asked": "Een foto.", "status": "wacht_klant"})
    bare = letter("progress", {})
    assert "laten weten of u akkoord gaat met ons voorstel? Horen wij niets van u, dan is dat geen akkoord." in proposed
    assert "Reageert u niet, dan geven wij ons oordeel met wat wij nu weten." in asked
    assert [words in bare for words in ("voorstel", "Reageert u niet", "status")] == [False, False, False]


@pytest.mark.parametrize("kind", ["outcome_unfounded", "outcome_bad_faith"])
def test_nobody_is_asked_how_it_went_after_a_rejection(kind: str) -> None:
    asked = "vragen wij u of alles naar wens is"
    soon = {"agreement_by": date(2026, 12, 1), "aftercare_by": date(2026, 12, 10)}
    assert asked not in outcome(kind, {"solution": "uitleg", **soon})
    assert asked in outcome("outcome_founded", {"solution": "reparatie", **soon})


@pytest.mark.parametrize("kind", OUTCOMES)
@pytest.mark.parametrize(
    ("profile", "named", "never"),
    [
        (
            "eigen",
            ["binnen 6 weken", "Geschillencommissie. Dat kan tot 1 december 2027 en kost u € 52,50."],
            [],
        ),
        ("webwinkel", ["binnen 6 weken", "Wij werken mee aan die procedure."], []),
        ("awb", ["Ombudsman Midden", "binnen een jaar"], ["bekijken wij uw klacht opnieuw", "365", "Geschillen"]),
        ("wkkgz", ["Ria Post", "Geschillencommissie"], ["bekijken wij uw klacht opnieuw", "365", "Ombudsman"]),
    ],
)
def test_an_answer_names_the_way_on_of_its_profile(kind: str, profile: str, named: list[str], never: list[str]) -> None:
    """Looking at it again is no step that a law asks for before the outside body."""
    words = outcome(kind, {"solution": "uitleg"}, profile)
    assert ([each for each in named if each not in words], [each for each in never if each in words]) == ([], [])


def test_an_office_that_has_no_committee_still_names_its_own_way_on() -> None:
    words = outcome("outcome_unfounded", {"solution": "uitleg"}, external={})
    assert "Laat ons binnen 6 weken na de datum van deze brief weten waarom." in words


def test_whether_the_office_takes_part_in_a_procedure_is_said_only_when_it_is_known() -> None:
    said = {}
    for known in (True, False, None):
        committee = EXTERNAL["committee"] | {"takes_part": known}
        words = outcome("outcome_unfounded", {"solution": "uitleg"}, "webwinkel", external={"committee": committee})
        said[known] = ("Wij werken mee aan" in words, "Wij werken niet mee aan" in words)
    assert said == {True: (True, False), False: (False, True), None: (False, False)}


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"employee": "K. Smit"}, True),
        ({"employee": "K. Smit", "channel": "telefoon"}, False),
        ({}, False),
        ({"employee": "Eva Verhoef", "handler_confirmed": True}, False),
        ({"employee": "K. Smit", "employee_told_on": date(2026, 11, 17)}, False),
    ],
    ids=["in writing", "by telephone", "nobody", "the handler", "told in another way"],
)
def test_a_copy_to_the_employee_is_announced_only_when_it_goes(values: dict[str, Any], said: bool) -> None:
    words = letter("acknowledgement", values, "awb")
    assert ("Wij sturen een kopie van uw klacht aan de medewerker over wie u klaagt." in words) == said
    assert ("Wij vertellen wat uw klacht is aan de medewerker" in words) == (values.get("channel") == "telefoon")
    assert "kopie" not in letter("acknowledgement", values, "wkkgz")


def test_a_receipt_tells_of_the_committee_and_of_the_right_to_be_heard() -> None:
    said = "Een onafhankelijke commissie onderzoekt uw klacht en geeft ons advies. Daarna krijgt u ons oordeel."
    assert said in letter("acknowledgement", {"committee": True}, "awb")
    plain = letter("acknowledgement", {}, "awb")
    assert (said in plain, "Laat het ons uiterlijk op 4 december 2026 weten." in plain) == (False, True)
    invited = letter("acknowledgement", {"hearing_on": date(2026, 11, 27)}, "awb")
    assert ("U krijgt een uitnodiging" in invited, "4 december" in invited) == (True, False)


def test_an_extension_gives_its_reason_or_the_usual_one() -> None:
    extended = {"extended_on": date(2026, 11, 18), "extended_weeks": 2}
    assert "zorgvuldig onderzoeken" in letter("extension", extended)
    words = letter("extension", extended | {"extension_reason": "Onze monteur is ziek."})
    assert ("Onze monteur is ziek." in words, "zorgvuldig onderzoeken" in words) == (True, False)


@pytest.mark.parametrize("kind", ["acknowledgement", "outcome_founded", "employee_notice"])
def test_a_letter_is_signed_on_behalf_of_whom_the_settings_name(kind: str) -> None:
    values = ANSWERED | {"judgement": "gegrond", "solution": "uitleg", "employee": "K. Smit"}
    body = "het college van burgemeester en wethouders"
    assert f"Met vriendelijke groet, namens {body}," in letter(kind, values, "awb", letters={"on_behalf_of": body})
    plain = letter(kind, values, "awb")
    assert ("namens het" in plain, "behandelaar, De Spaak" in plain) == (False, True)


def test_an_english_letter_reads_as_a_british_office_writes() -> None:
    words = outcome("outcome_founded", {"solution": "coulance", "cost": 2550}, language="en")
    assert [each for each in ("upheld", "Our decision", "a goodwill payment of €25.50") if each not in words] == []
    received = letter("acknowledgement", {"name": "Alex Green"}, language="en")
    assert ("We aim to answer within 4 weeks" in received, "Dear Alex Green," in received) == (True, True)
    assert "Dear Ms Green," in letter("acknowledgement", {"name": "Alex Green", "salutation": "mevrouw"}, language="en")


def test_an_answer_says_whether_it_follows_the_advice_of_a_committee() -> None:
    advised = {"solution": "uitleg", "committee": True}
    followed = outcome("outcome_founded", advised | {"advice_followed": True}, "awb")
    departed = outcome("outcome_founded", advised | {"advice_followed": False}, "awb")
    plain = outcome("outcome_founded", advised, "eigen")
    said = ("Wij volgen dat advies.", "Wij wijken van dat advies af. Hieronder leest u waarom.")
    assert [[each in words for each in said] for words in (followed, departed, plain)] == [
        [True, False], [False, True], [False, False]
    ]  # fmt: skip


@pytest.mark.parametrize("profile", ["awb", "wkkgz"])
def test_where_nothing_is_sold_no_answer_speaks_of_a_purchase(profile: str) -> None:
    for solution in ("terugbetaling", "opnieuw", "schadevergoeding", "coulance", "uitleg"):
        words = outcome("outcome_founded", {"solution": solution, "order_number": "Z-1"}, profile)
        sold = ("aankoop", "korting", "garantie", "product", "Ordernummer", "het werk opnieuw")
        assert [each for each in sold if each in words] == [], solution
    assert "Wij betalen u het bedrag dat u hebt betaald terug." in outcome(
        "outcome_founded", {"solution": "terugbetaling"}, profile
    )


@pytest.mark.parametrize(
    ("language", "solution", "said"),
    [
        ("nl", "schadevergoeding", "zonder erkenning van aansprakelijkheid.\nWij vergoeden uw schade en betalen u daarvoor € 25,50."),
        ("nl", "reparatie", "zonder erkenning van aansprakelijkheid.\nWij repareren het product."),
        ("nl", "coulance", "Toch komen wij u graag tegemoet, met een bedrag van € 25,50. Dit doen wij uit coulance"),
        ("en", "terugbetaling", "without admission of liability.\nWe will refund €25.50 to you."),
    ],
)  # fmt: skip
def test_what_goodwill_gives_is_said_in_the_words_of_any_other_answer(language: str, solution: str, said: str) -> None:
    values = ANSWERED | {"judgement": "ongegrond", "solution": solution, "cost": 2550, "consumer": True}
    text = letter("outcome_unfounded", values, language=language)
    assert said in text
    assert "vervangend product" not in text, "Who is not in the right has nothing to choose."


@pytest.mark.parametrize(
    ("language", "said"),
    [("nl", "Hebt u liever een vervangend product?"), ("en", "Would you rather have a replacement?")],
)
def test_a_buyer_who_is_in_the_right_may_choose_a_replacement(language: str, said: str) -> None:
    """Dutch Civil Code, 7:21."""
    repaired = ANSWERED | {"judgement": "gegrond", "solution": "reparatie"}
    for consumer, told in ((True, True), (False, False), (None, False)):
        text = letter("outcome_founded", repaired | {"consumer": consumer}, "webwinkel", language)
        assert (said in text) == told


def test_no_word_of_the_office_s_own_list_stands_before_who_complained() -> None:
    """How it stands is said in a sentence; a role is a position, except one that the office has a word of its own for."""
    receipt = letter("acknowledgement", {"status": "nieuw"})
    assert "De status is" not in receipt
    assert "Wij nemen uw klacht in behandeling. Uw klacht wordt behandeld door Eva Verhoef." in receipt
    assert "Klachtbehandelaar, De Spaak" in receipt
    assert "Complaints officer, De Spaak" in letter("acknowledgement", {}, language="en")
    assert "Complaints handler, De Spaak" in letter("acknowledgement", {}, "wkkgz", "en"), (
        "An officer is another there."
    )


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"solution": "terugbetaling"}, "Wij maken het bedrag over op uw rekening."),
        ({"solution": "coulance", "cost": 2550}, "Wij maken het bedrag over op uw rekening."),
        ({"solution": "coulance"}, "U hoort vóór die dag om welk bedrag het gaat."),
    ],
)
def test_a_payment_on_an_agreed_day_says_how_much_and_how(values: dict[str, Any], said: str) -> None:
    text = outcome("outcome_founded", values | {"agreement_by": date(2026, 12, 4)})
    assert f"uiterlijk op 4 december 2026 voor u geregeld. {said}" in text
