"""The overview of judgements that the Woo describes: everything it asks for, and nobody to be recognised."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from analysis_samples import make_sample

from registerkit.analysis import compare, judgement_papers, parse_period
from registerkit.commands.report import Wanted, _papers
from registerkit.documents import Content, Grid, Line, document_of
from registerkit.register import Phase, Register

YEAR = parse_period("2026")
REASONS = "Mevrouw Bos belde op 1-10-2026 met Eva Verhoef; haar BSN is 123456782. Zij kreeg geen antwoord van Pim."


def row(**fields: Any) -> dict[str, Any]:
    closed = {
        "status": "afgehandeld",
        "answered_on": "2026-10-20",
        "closed_on": "2026-10-20",
        "answer_channel": "brief",
        "closed_by": "EV",
    }
    what = {"received_on": "2026-10-05", "category": "PL", "name": "A. Bos", "channel": "email", "phone": "0612345678"}
    return {**what, **closed, "judgement": "gegrond", "solution": "excuses", "due_on": "2026-11-16", **fields}


@pytest.fixture(scope="module")
def papers() -> tuple[Register, Content, Content]:
    rows = (
        *(row(causing_department="logistiek", reasons=REASONS, employee="Eva Verhoef") for _ in range(5)),
        row(causing_department="techniek", employee="Bram Jonker", subject="fiets van Bos", measure="M-2026-01"),
        row(reasons="Zij was zwanger."),
        row(channel="telefoon"),
        row(status="ingetrokken", judgement=None, answered_on=None),
        row(status="geen_klacht"),
    )
    measures = {"M-2026-01": {"description": "Wij bellen A. Bos voortaan vooraf", "ready_by": "2026-12-01"}}
    sample = make_sample(*rows, measures=measures)
    staff = {**sample.table("staff"), "BJ": {**sample.table("staff")["BJ"], "role": "leidinggevende"}}
    settings = replace(sample.settings, terms={"profile": "awb"})
    register = replace(sample, settings=settings, records={**sample.records, "staff": staff})
    overview, checklist = judgement_papers(register, compare(register, YEAR))
    return register, overview, checklist


def lines(paper: Content) -> str:
    return "\n".join(part.text for part in paper.parts if isinstance(part, Line))


def grids(paper: Content) -> list[dict[str, str]]:
    return [dict(tuple(row) for row in part.rows) for part in paper.parts if isinstance(part, Grid)]


def test_r34_every_judgement_in_writing_stands_there_with_what_the_woo_asks(papers: Any) -> None:
    _, overview, _ = papers
    told = grids(overview)
    assert len(told) == 6
    assert list(told[0]) == [
        *("Ontvangen op", "Organisatieonderdeel", "Functie van de medewerker", "Gedraging", "Bevindingen", "Oordeel"),
        *("Conclusies", "Oordeel gegeven op"),
    ]
    assert (told[0]["Ontvangen op"], told[0]["Oordeel"], told[0]["Oordeel gegeven op"]) == (
        *("05-10-2026", "Gegrond", "20-10-2026"),
    )
    assert told[0]["Conclusies"] == "Excuses."
    assert told[5]["Conclusies"] == "Excuses. Wij bellen [naam] voortaan vooraf."


def test_nobody_is_named_or_recognised_in_what_is_published(papers: Any) -> None:
    register, overview, _ = papers
    told = grids(overview)
    said = lines(overview) + str(told)
    for secret in ("Bos", "Verhoef", "Eva", "Pim", "Jonker", "123456782", "0612345678", "K-2026", "zwanger", "leiding"):
        assert secret not in said, secret
    assert "[naam] belde op 1-10-2026 met [naam]" in told[0]["Bevindingen"]
    assert (told[0]["Organisatieonderdeel"], told[0]["Functie van de medewerker"]) == ("Logistiek", "medewerker")
    few = "Niet genoemd: te weinig oordelen"
    assert (told[5]["Organisatieonderdeel"], told[5]["Functie van de medewerker"]) == (few, few)
    assert document_of(overview, register)


def test_the_overview_says_that_the_duty_is_not_in_force_and_what_is_not_in_it(papers: Any) -> None:
    said = lines(papers[1])
    assert "(artikel 3.3, tweede lid, onder l) is nog niet in werking" in said
    assert "Hieronder staan 6 oordelen. 1 oordeel staat er niet in" in said
    assert "1 waaruit te veel over iemand te lezen is." in said
    assert "Van 2 klachten die eindigden staat er geen oordeel in: 1 ingetrokken en 1 mondeling ingediend." in said


def test_the_office_has_a_list_of_what_to_check(papers: Any) -> None:
    _, _, checklist = papers
    told, left_out = (part for part in checklist.parts if isinstance(part, Grid))
    assert "publiceer hem niet" in lines(checklist)
    assert told.rows[0] == (
        "1",
        "K-2026-0001",
        "Logistiek",
        "2 namen weggehaald; 1 nummer weggehaald; 1 ander woord met een hoofdletter weggehaald",
    )
    assert told.rows[5][3].endswith("bevindingen ontbreken: vul ‘Motivering’ in")
    assert [next(iter(row)) for row in left_out.rows] == ["K-2026-0007", "K-2026-0008", "K-2026-0009"]


def test_the_grounds_of_what_is_not_told_hold_and_are_on_the_list_of_what_to_check() -> None:
    ended = {"judgement": None, "answered_on": None}
    again = (
        Phase(
            "K-2026-0006", 1, date(2026, 2, 2), None, None, date(2026, 2, 20), date(2026, 2, 20), "gegrond", "closed"
        ),
    )
    again += (
        Phase(
            "K-2026-0006",
            2,
            date(2026, 9, 1),
            "nieuw",
            None,
            date(2026, 10, 20),
            date(2026, 10, 20),
            "gegrond",
            "closed",
        ),
    )
    register = make_sample(
        row(reasons="Zij kreeg niets."),
        row(channel="telefoon", reasons="De medewerker was ziek."),
        row(channel="balie"),
        row(status="niet_in_behandeling", ground="bezwaar", judgement=None),
        row(status="samengevoegd", related_to="K-2026-0001", **ended),
        row(received_on="2026-02-02", reopened_on="2026-09-01"),
        phases={"K-2026-0006": again},
    )
    overview, checklist = judgement_papers(register, compare(register, YEAR))
    assert (
        "Hieronder staan 2 oordelen. 1 oordeel staat er niet in: 1 waarna de klacht is heropend. Van 4 klachten die "
        "eindigden staat er geen oordeel in: 2 mondeling ingediend, 1 niet in behandeling genomen en 1 samengevoegd."
    ) in lines(overview)
    _, dropped = (part for part in checklist.parts if isinstance(part, Grid))
    told = dict(tuple(each) for each in dropped.rows)
    assert list(told) == ["K-2026-0006", "K-2026-0002", "K-2026-0003", "K-2026-0004", "K-2026-0005"]
    assert told["K-2026-0002"].startswith("Mondeling ingediend: dit overzicht gaat over klachten die schriftelijk")
    assert told["K-2026-0004"].startswith("Niet in behandeling genomen: ")


def test_whatever_is_not_told_of_a_judgement_is_on_the_list_of_what_to_check() -> None:
    asked = (
        *(row(reasons="Zij kreeg niets.", department="logistiek") for _ in range(5)),
        row(subject="lantaarnpaal Kerkstraat", reasons="Zij kreeg niets.", department="logistiek"),
        row(reasons="Zij kreeg niets.", department="techniek"),
    )
    _, checklist = judgement_papers(register := make_sample(*asked), compare(register, YEAR))
    (told,) = (part for part in checklist.parts if isinstance(part, Grid))
    assert [each[3] for each in told.rows] == [
        *["Niets weggelaten"] * 5,
        "1 ander woord met een hoofdletter weggehaald",
        "Afdeling niet genoemd: te weinig oordelen",
    ]


def test_what_was_anonymised_is_no_name_that_was_taken_out() -> None:
    wiped = {
        "reasons": "geanonimiseerd",
        "subject": "geanonimiseerd",
        "name": "geanonimiseerd",
        "address": "geanonimiseerd",
    }
    asked = (row(**wiped, employee="geanonimiseerd", anonymised_on="2026-11-01"), row(reasons="Mevrouw Bos belde."))
    register = make_sample(*asked)
    overview, checklist = judgement_papers(register, compare(register, YEAR))
    told = grids(overview)
    assert (told[0]["Bevindingen"], told[1]["Bevindingen"]) == ("geanonimiseerd", "[naam] belde.")
    assert told[0]["Gedraging"].endswith("; geanonimiseerd")
    (listed,) = (part for part in checklist.parts if isinstance(part, Grid))
    assert [each[3] for each in listed.rows] == ["De klacht is geanonimiseerd", "1 naam weggehaald"]


def test_a_judgement_on_a_complaint_that_was_opened_again_waits() -> None:
    register = make_sample(row(reopened_on="2026-11-02", status="heropend"))
    overview, checklist = judgement_papers(register, compare(register, YEAR))
    assert grids(overview) == []
    assert "heropend" in str([part.rows for part in checklist.parts if isinstance(part, Grid)])


def test_a_period_without_judgements_has_an_overview_that_says_so() -> None:
    register = make_sample()
    overview, _ = judgement_papers(register, compare(register, YEAR))
    assert "geen schriftelijke oordelen" in lines(overview)


@pytest.mark.parametrize(("profile", "n"), [("awb", 3), ("eigen", 1), ("wkkgz", 1)])
def test_it_comes_with_the_publication_of_an_administrative_body(profile: str, n: int) -> None:
    plain = make_sample(row())
    register = replace(plain, settings=replace(plain.settings, terms={"profile": profile}))
    assert len(list(_papers(register, compare(register, YEAR), Wanted(publication=True)))) == n
