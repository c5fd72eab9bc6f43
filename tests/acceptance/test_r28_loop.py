"""R20, R28, R29, R35, R36, R44: what complaints lead to, from the row that is typed to the week's mails and the report.

R20 who handles a complaint, and how soon, follows from the problem, the customer and what is asked
R28 what mends it has an owner and a term, and the complainant is asked whether all is well
R29 what prevents it has an owner, a term and an evaluation
R35 who complained hears what was improved
R36 the limits of the figures are told with them
R44 a crisis is counted apart, and what comes back three times in four weeks is told at once
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from office import COMPLAINT, Office
from papers import mails

ON = date(2026, 11, 20)
LATE = {"Categorie": "Product: levering", "Subcategorie": "Te laat geleverd"}
CLOSED = {
    "Motivering": "De zending stond een week in het magazijn.", "Wijze van afhandeling": "brief",
    "Afgehandeld door": "Jeroen Bakker", "Status": "afgehandeld", "Behandelaar": "Jeroen Bakker",
}  # fmt: skip
FOUNDED = CLOSED | {
    "Oordeel": "gegrond", "Oplossing": "reparatie", "Beantwoord op": date(2026, 11, 12), "Afgehandeld op": date(2026, 11, 12),
}  # fmt: skip
RULES = """
[[routing]]
when = { category = ["PL"], customer_kind = ["zakelijk"], remedy_sought = ["schadevergoeding"] }
amount_from = 500.00
priority = "hoog"
department = "logistiek"
handler = "EW"

"""


def complaint(name: str, day: date, **more: Any) -> dict[str, Any]:
    own = {"Naam": name, "E-mail": f"{name.split()[-1].lower()}@voorbeeld.example", "Telefoon": None, "Postcode": None}
    own |= {"Straat en huisnummer": None, "Woonplaats": None, "Omschrijving": f"Een verhaal van {name}, op {day}."}
    return {**COMPLAINT, **own, "Ontvangen op": day, **more}


@pytest.fixture
def week(week_once: Path, tmp_path: Path) -> Office:
    """Give an office with three alike complaints, a crisis, a rejection, a repeat and two measures, and its week."""
    shutil.copytree(week_once, tmp_path / "week")
    return Office(tmp_path / "week")


@pytest.fixture(scope="session")
def week_once(once: Callable[..., Path], made_once: Path) -> Path:
    """Make that week once."""

    def make(folder: Path) -> None:
        shutil.copytree(made_once, folder / "klachten")
        fill(Office(folder / "klachten"))

    return once("kringloop", make) / "klachten"


def fill(office: Office) -> None:
    told = office.root / "register.toml"
    text = told.read_text(encoding="utf-8")
    told.write_text(text.replace("[[routing]]", RULES.lstrip() + "[[routing]]", 1), encoding="utf-8")
    office.type(
        complaint("A. Eerst", date(2026, 10, 28), **LATE, **FOUNDED, Maatregelnummer="M-2026-01"),
        complaint("B. Tweede", date(2026, 11, 9), **LATE, Behandelaar="Jeroen Bakker"),
        complaint("A. Eerst", date(2026, 11, 16), **LATE, Behandelaar="Jeroen Bakker"),
        complaint(
            "C. Zaak", date(2026, 11, 17), Categorie="Product: levering", **{"Soort klant": "zakelijke klant"},
            **{"Gewenste oplossing": "schadevergoeding", "Financieel belang": 750},
        ),
        complaint("D. Brand", date(2026, 11, 18), Categorie="Overig", **{"Bijzondere omstandigheid": "ja"}),
        complaint(
            "E. Onterecht", date(2026, 11, 2), Categorie="Overig", **CLOSED, Oordeel="ongegrond", Oplossing="uitleg",
            **{"Beantwoord op": date(2026, 11, 6), "Afgehandeld op": date(2026, 11, 6)},
        ),
    )  # fmt: skip
    office.type(
        {
            "Maatregelnummer": "M-2026-01", "Soort": "preventief", "Omschrijving": "De chauffeur belt vooraf.",
            "Eigenaar": "Els Wouters", "Gereed uiterlijk op": date(2026, 11, 10),
            "Uitgevoerd op": date(2026, 11, 16), "Evalueren op": date(2026, 11, 19),
        },
        {
            "Maatregelnummer": "M-2026-02", "Soort": "correctief", "Omschrijving": "De zending nalopen.",
            "Eigenaar": "Jeroen Bakker", "Gereed uiterlijk op": date(2026, 11, 18),
        },
        sheet="Maatregelen",
    )  # fmt: skip
    assert office.run("weekly").code == 1, "a handler is to be named for the crisis"


def words(week: Office, who: str) -> str:
    """Give what the week's mail to somebody says."""
    found = mails(week.root / "uitvoer" / "2026-W47" / "herinneringen")
    (mail,) = (mail for name, mail in found.items() if who in name)
    body = mail.get_body(("plain",))
    assert body is not None
    return " ".join(body.get_content().split())


def letter(week: Office, name: str) -> str:
    path = week.root / "uitvoer" / "2026-W47" / "brieven" / f"{name}.docx"
    return "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)


def test_r20_problem_customer_and_wish_say_who_handles_it_and_how_soon(week: Office) -> None:
    """The office's own rule comes before those behind it, and says why; what it does not fit goes by the next."""
    found = {record["number"]: record for record in week.complaints()}
    routed, plain = found["K-2026-0004"], found["K-2026-0002"]
    assert (routed["priority"], routed["department"], routed["handler"]) == ("hoog", "Logistiek", "Els Wouters")
    assert (plain["priority"], plain["department"]) == ("normaal", "Logistiek")
    shown = " ".join(week.say("show", "K-2026-0004").text.split())
    assert "prioriteit hoog door regel 1: Categorie: Product: levering; Soort klant: zakelijke klant" in shown
    assert "financieel belang vanaf € 500,00" in shown


def test_r28_a_corrective_measure_has_an_owner_who_is_told_and_the_complainant_is_asked(week: Office) -> None:
    assert "M-2026-02: maatregel uitvoeren, uiterlijk 18-11-2026 (te laat)" in words(week, "Jeroen Bakker")
    assert "M-2026-02" not in words(week, "Els Wouters")
    assert "K-2026-0001: nazorg: vraag of alles naar wens is, uiterlijk 26-11-2026" in words(week, "Jeroen Bakker")
    # Not within days of the closing letter itself, which was made on the twentieth.
    survey = week.run("letters", on=date(2026, 12, 1))
    assert ("K-2026-0001", "aftercare") in {(made["number"], made["kind"]) for made in survey.json["letters"]}


def test_r29_a_preventive_measure_is_evaluated_and_its_effect_stands_in_the_report(week: Office) -> None:
    assert "M-2026-01: maatregel evalueren, uiterlijk 19-11-2026 (te laat)" in words(week, "Els Wouters")
    (report,) = (week.root / "uitvoer" / "2026-W47").glob("klachtenrapport*.html")
    told = report.read_text(encoding="utf-8")
    assert "M-2026-01" in told
    assert "De chauffeur belt vooraf." in told
    week.change(5, {"Geëvalueerd op": ON, "Effect": "Het helpt."}, sheet="Maatregelen")
    assert week.rows("Maatregelen")[5]["Maatregelnummer"] == "M-2026-01"
    week.run("weekly")
    assert "M-2026-01" not in words(week, "coördinator")


def test_r35_who_complained_hears_what_was_improved_once(week: Office) -> None:
    told = letter(week, "K-2026-0001 terugkoppeling verbetering")
    assert "Wat wij door uw klacht" in told
    assert "De chauffeur belt vooraf." in told
    again = week.run("letters", on=date(2026, 11, 23))
    assert "improvement" not in {made["kind"] for made in again.json["letters"]}


def test_r36_what_the_figures_cannot_say_is_said_with_them(week: Office) -> None:
    """Who complains again and what was unfounded are counted; how many never complain is told as an estimate."""
    report = week.run("report", "--period", "2026-11").json
    assert report["figures"]["repeat_complainants"] == 1
    assert report["figures"]["by_judgement"]["ongegrond"] == 1
    page = next(week.root / name for name in report["files"] if name.endswith(".html"))
    told = " ".join(page.read_text(encoding="utf-8").split())
    assert "2 tot 4%" in told or "2 tot 4 procent" in told


def test_r44_a_crisis_is_counted_apart_and_three_alike_are_told_at_once(week: Office) -> None:
    figures = week.run("report", "--period", "2026-11").json["figures"]
    assert (figures["received"], figures["special"]) == (4, 1)
    assert sum(figures["by_category"].values()) == 4
    assert "3 keer binnen vier weken, sinds 28-10-2026: Te laat geleverd." in words(week, "coördinator")
