"""What is new in a mail is told apart from what it quotes and who signed it, and no word of it is lost."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registerkit.messages import parse_message

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))

from mail_corpus import PROGRAMS, mail_corpus, reply_of

CASES = list(mail_corpus())
ENOUGH = 0.98


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def test_r37_of_a_hundred_mails_and_more_at_least_98_percent_is_right_and_none_loses_a_word() -> None:
    assert len(CASES) >= 100
    read = {case.name: parse_message(case.data).text for case in CASES}
    lost = [case.name for case in CASES if not _holds(words(read[case.name]), words(case.typed))]
    assert lost == []
    wrong = [case.name for case in CASES if words(read[case.name]) != words(case.typed)]
    assert len(wrong) <= len(CASES) * (1 - ENOUGH), wrong


def _holds(said: list[str], typed: list[str]) -> bool:
    """Tell whether every word that was typed is there, in order."""
    left = iter(said)
    return all(word in left for word in typed)


WORDS = st.sampled_from(
    [
        "de",
        "fiets",
        "kapot",
        "ik",
        "wil",
        "geld",
        "terug",
        "op",
        "maandag",
        "3",
        "12:30",
        "schreef",
        "van",
        "aan",
        "Jan",
        "de",
        "Wit",
        "groet",
        "met",
        "--",
        ">",
        "niet",
        "?",
        "!",
        "klacht",
        "40-1187",
    ]
)
TYPED = st.lists(st.lists(WORDS, min_size=3, max_size=12).map(" ".join), min_size=1, max_size=4)


@settings(max_examples=80, deadline=None)
@given(
    typed=TYPED,
    program=st.sampled_from(sorted(PROGRAMS)),
    place=st.sampled_from(["top", "bottom", "between"]),
    form=st.sampled_from(["plain", "html"]),
)
def test_r37_no_sentence_is_lost_whatever_it_says(typed: list[str], program: str, place: str, form: str) -> None:
    """A sentence begins with a small word here and ends with a stop: what is written as a name may be a signature."""
    typed = [f"dus {line} en zo." for line in typed]
    case = reply_of(PROGRAMS[program], place, form, tuple(typed))
    if case is not None:
        assert _holds(words(parse_message(case.data).text), words(case.typed)), case.data.decode()


LEAD = "Op di 3 nov 2026 om 10:12 schreef Klantenservice <klachten@despaak.example>:"
HEADS = "Van: Klantenservice <klachten@despaak.example>\nVerzonden: dinsdag 3 november 2026 10:12\nAan: Sanne\nOnderwerp: Uw klacht"
FIRST = "Subject: Klacht\n"
REPLY = "Subject: RE: Klacht\nIn-Reply-To: <1@despaak.example>\n"


@pytest.mark.parametrize(("head", "body", "text"), [
    # Somebody tells in his own words who wrote what and when.
    (FIRST, "Op 3 maart 2026 om 10:12 schreef uw medewerker:\n\nU krijgt uw geld terug.\n\nNiets gekregen.", None),
    (REPLY, "Op 3 maart 2026 om 10:12 schreef uw medewerker:\n\nU krijgt uw geld terug.\n\nNiets gekregen.", None),
    # A letter with its own head, typed into a mail.
    (FIRST, "Van: S. Verhoeven\nAan: De Spaak\nDatum: 3 november\nOnderwerp: klacht\n\nDe fiets is kapot.", None),
    # Marks without anything that is quoted.
    (FIRST, "> 3 weken gewacht\n> 2 keer gebeld\n\nEn nog niets.", "> 3 weken gewacht\n> 2 keer gebeld\n\nEn nog niets."),
    # Nothing stands above: it was written below, or is all there is.
    (REPLY, f"{HEADS}\n\nHebt u de bon?\n\nJa, die heb ik.", None),
    # It says itself that it goes on inside.
    (REPLY, f"Zie mijn antwoorden hieronder in het rood.\n\n{HEADS}\n\nHebt u de bon?\nJa, die heb ik.", None),
    # What stands under the wish is no name.
    (FIRST, "De lamp is stuk.\n\nMet vriendelijke groet,\nSanne Verhoeven\nKlantnummer 12345\nBel mij terug op dinsdag",
     "De lamp is stuk.\n\nKlantnummer 12345\nBel mij terug op dinsdag"),
    (FIRST, "De lamp is stuk.\n--\nDe tweede ook, en dat vind ik niet netjes van u.", None),
    (FIRST, "Verzonden vanaf uw magazijn kwam een lege doos, en dat voor de derde keer.", None),
    (FIRST, "Groeten aan uw baas, maar dit kan niet!", None),
    (FIRST, "De lamp is stuk.\n-- \nBel mij terug op 06-12345678", None),
    (FIRST, "De lamp is stuk.\n\nGroeten\nVan: Utrecht\nNaar: Amsterdam", "De lamp is stuk.\n\nVan: Utrecht\nNaar: Amsterdam"),
    (FIRST, "Sent from the shop by mail, it came broken.", None),
    (FIRST, f"Dit schreef u mij eerder.\n\n{HEADS}\n\nU krijgt uw geld.", None),
    (FIRST, "Ja.\n-----Oorspronkelijk bericht-----\nDat stond boven uw brief.", None),
    (REPLY, f"> 3 weken wachten\nDat kan niet.\n\n{LEAD}\n> Hebt u de bon?", "> 3 weken wachten\nDat kan niet."),
    # A person passes on what somebody else wrote.
    ("Subject: FW: Klacht\nReferences: <1@x.example>\n", f"Voor jullie.\n\n{HEADS}\n\nDe fiets is kapot.", None),
    # Programs of many kinds say in their own way whose words follow.
    (REPLY, f"Ja, graag.\n\nVerzonden vanuit Outlook voor iOS<https://aka.ms/o0ukef>\n________________________________\n{HEADS}\n\nHebt u de bon?", "Ja, graag."),
    (REPLY, f"Ja.\n\n------ Origineel bericht ------\n{HEADS}\n\nHebt u de bon?", "Ja."),
    (REPLY, "Ja.\n\n*Van:* Klantenservice <k@despaak.example>\n*Verzonden:* dinsdag\n*Aan:* Sanne\n*Onderwerp:* Klacht\n\nBon?", "Ja."),
    (REPLY, "Ja.\n\nKlantenservice De Spaak schreef op 2026-11-03 10:12:\n> Hebt u de bon?", "Ja."),
    (REPLY, "Citeren Klantenservice <k@despaak.example>:\n\n> Hebt u de bon?\n\nJa.", "Ja."),
    (REPLY, "Ja.\n\n____________\nDatum: di 3 nov 2026\nOnderwerp: klacht\nVan: k@despaak.example\nAan: s@mail.example\n\nHebt u de bon?", "Ja."),
    (REPLY, "Ja.\n\nAm 03.11.2026 um 10:12 schrieb De Spaak:\n> Hebt u de bon?", "Ja."),
    (REPLY, "> Hebt u de bon?\n\nJa.\n\n> Ging het mis?\nDirect al.", "Ja.\n\nDirect al."),
    (REPLY, "Ja.\n\nVerzonden vanaf mijn Galaxy", "Ja."),
    (REPLY, "Ja.\n\nSent from my iPhone", "Ja."),
    (FIRST, "De lamp is stuk.\n\nMet vriendelijke groet,\n\nJ. de Wit\nInkoper\n\nDit bericht is vertrouwelijk en alleen voor de geadresseerde bestemd.",
     "De lamp is stuk."),
    (FIRST, "Dit bericht is voor de directie bestemd.\n\nDe lamp is stuk.", None),
    (FIRST, "De lamp is stuk.\n\nMvg,\nJan\n\nP.S. Bel mij na zessen op 06-12345678", "De lamp is stuk.\n\nP.S. Bel mij na zessen op 06-12345678"),
    (FIRST, "De lamp is stuk.\n\nGroeten van Sanne", "De lamp is stuk."),
    (REPLY, f"Ja.\n\n{LEAD}\n> Hebt u de bon?\n>\n> Groet\n\nEn graag snel.", "Ja.\n\nEn graag snel."),
    (REPLY, "Ja.\n\nOp di 3 nov 2026 om 10:12 schreef Klantenservice <\nklachten@despaak.example>:\n\n> Hebt u de bon?", "Ja."),
    ("Content-Type: text/plain; format=flowed\n" + REPLY, f"Ja, die \nheb ik.\n\n{LEAD}\n> Hebt u \n> de bon?\n-- \nSanne", "Ja, die heb ik."),
])  # fmt: skip
def test_in_doubt_a_word_is_new(head: str, body: str, text: str | None) -> None:
    """`None`: every word of the body stays."""
    message = parse_message(f"From: Sanne <s@mail.example>\n{head}\n{body}\n".encode())
    if text is None:
        assert words(body) == words(message.text)
    else:
        assert text == message.text


OUTLOOK = ('<p class="MsoNormal">{top}</p><div style="border-top:solid 1pt"><p class="MsoNormal"><b>Van:</b> Klantenservice<br>'
           '<b>Verzonden:</b> dinsdag<br><b>Aan:</b> Sanne<br><b>Onderwerp:</b> Klacht</p></div>{below}')  # fmt: skip


@pytest.mark.parametrize(("page", "text"), [
    # Thunderbird lets somebody type before its own line, within the mark of it.
    ('<div class="moz-cite-prefix">Ja, die heb ik.<br>Op 03-11-2026 om 10:12 schreef De Spaak:<br></div><blockquote type="cite">Hebt u de bon?</blockquote>', "Ja, die heb ik."),
    # Answers between the lines of Outlook stand in a colour of their own.
    (OUTLOOK.format(top="Hallo,", below='<p class="MsoNormal">Hebt u de bon?</p><p class="MsoNormal"><span style="color:#C00000">Ja.</span></p><p class="MsoNormal">En ging het mis?</p><p class="MsoNormal"><font color="red">Direct al</font></p><p>Groet,<br><span style="color:blue">De Spaak</span></p>'), "Hallo,\n\nJa.\n\nDirect al"),
    # Where all that is quoted has a colour, it says nothing.
    (OUTLOOK.format(top="Hallo,", below='<div style="color:blue"><p>Hebt u de bon?</p><p>Ging het mis?</p></div>'), "Hallo,"),
    ('<div>De lamp is stuk.</div><div class="gmail_signature">Sanne Verhoeven<br>Lampenwinkel<br>Bel mij alstublieft vandaag nog terug.</div>', "De lamp is stuk.\nBel mij alstublieft vandaag nog terug."),
    # Who indents his own words quotes nobody.
    ('<p>Op de bon staat:</p><blockquote style="margin-left:40px">Garantie: 2 jaar</blockquote><p>Dat klopt niet.</p>', "Op de bon staat:\n\nGarantie: 2 jaar\n\nDat klopt niet."),
])  # fmt: skip
def test_the_marks_of_programs_in_html_are_known(page: str, text: str) -> None:
    message = parse_message(
        f"From: s@mail.example\nContent-Type: text/html\n{REPLY}\n<html><body>{page}</body></html>".encode()
    )
    assert text == message.text
