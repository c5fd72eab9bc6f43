"""Numbers, days and sentences as Dutch and English write them, and sentences that say no more than the figures."""

from __future__ import annotations

from typing import Any

import pytest
from analysis_samples import HANDFUL, incident_sample, make_sample

from registerkit.analysis import parse_period
from registerkit.analysis.comparison import compare
from registerkit.analysis.content import Cell, Content
from registerkit.analysis.plan import plan_report
from registerkit.analysis.words import Words
from registerkit.register import Register
from registerkit.texts import load_texts


def plan(snapshot: Register, label: str) -> Content:
    period = parse_period(label)
    return plan_report(snapshot, compare(snapshot, period))


def points(snapshot: Register, label: str) -> dict[str, str]:
    return {point.head: point.text for point in plan(snapshot, label).points}


@pytest.mark.parametrize(
    ("cell", "dutch", "english"),
    [
        (Cell(1234, "number"), "1.234", "1,234"),
        (Cell(3.85, "decimal"), "3,9", "3.9"),
        (Cell(0.5, "percent"), "50%", "50%"),
        (Cell(0.999, "percent"), "99%", "99%"),
        (Cell(0.001, "percent"), "1%", "1%"),
        (Cell(123450, "euro"), "€\u00a01.234,50", "€1,234.50"),
        (Cell(-3, "signed"), "−3", "−3"),
        (Cell(3, "signed"), "+3", "+3"),
        (Cell(0, "signed"), "0", "0"),
        (Cell(-0.12, "points"), "−12 %-punt", "−12 % points"),
        (Cell(-5, "signed_euro"), "€\u00a0−0,05", "€−0.05"),
        (Cell(None, "number"), "–", "–"),
        (Cell("tekst"), "tekst", "tekst"),
    ],
)
def test_cells(cell: Cell, dutch: str, english: str) -> None:
    assert Words(load_texts("nl"), "klant").cell(cell) == dutch
    assert Words(load_texts("en"), "customer").cell(cell) == english


@pytest.mark.parametrize(
    ("label", "dutch"),
    [
        ("2026-10", "oktober 2026"),
        ("2026-Q3", "het derde kwartaal van 2026"),
        ("2026", "2026"),
        ("2026-W05", "week 5 van 2026"),
        ("2026-01-01..2026-06-30", "de periode 01-01-2026 tot en met 30-06-2026"),
        ("2026-03-03..2026-03-03", "de periode van één dag (03-03-2026)"),
    ],
)
def test_periods(label: str, dutch: str) -> None:
    assert Words(load_texts("nl"), "klant").period(parse_period(label)) == dutch


@pytest.mark.parametrize(
    ("word", "people"), [("cliënt", "3 cliënten"), ("klager", "3 klagers"), ("zeeman", "3 klagers")]
)
def test_the_word_of_the_office(word: str, people: str) -> None:
    assert Words(load_texts("nl"), word).people(3) == people


@pytest.mark.parametrize(
    ("language", "n", "said"),
    [
        ("nl", 0, ""),
        ("nl", 1, " Van 1 melding bleek dat zij geen klacht was; die telt in geen ander cijfer mee."),
        ("nl", 2, " Van 2 meldingen bleek dat zij geen klacht waren; die tellen in geen ander cijfer mee."),
        ("en", 1, " 1 report turned out to be no complaint; it counts in no other figure."),
        ("en", 2, " 2 reports turned out to be no complaints; they count in no other figure."),
    ],
)
def test_what_turned_out_to_be_no_complaint_is_told(language: str, n: int, said: str) -> None:
    """In the first point, which document and workbook both show."""
    row = {"received_on": "2026-10-05", "category": "PL"}
    snapshot = make_sample(row, *[row | {"status": "geen_klacht"}] * n, language=language)
    text = next(iter(points(snapshot, "2026-10").values()))
    assert text.endswith(said)
    assert n > 0 or not any(word in text for word in ("melding", "report"))


def test_in_time_is_defined_as_it_is_counted() -> None:
    """A complaint that ended without an answer is neither in time nor late (`State.owes_answer`)."""
    for language, left_out in (("nl", "telt hierin niet mee"), ("en", "left out here")):
        words = dict(plan(make_sample(language=language), "2026-10").definitions)
        assert left_out in words[load_texts(language)("analysis.definition.in_time.term")]


def test_the_points(handful: Register) -> None:
    assert points(handful, "2026-10") == {
        "Hoeveel": "In oktober 2026 kwamen er 3 klachten binnen, 2 meer dan in september 2026 (1). "
        "Daarnaast kwam er 1 klacht binnen door een bijzondere omstandigheid, zoals een crisis; "
        "die staat apart en telt in geen ander cijfer mee.",
        "Wat opvalt": "Met gemiddeld minder dan één klacht per maand laat zich niet zeggen wat gewoon is.",
        "Waarover": "Alle 3 klachten hebben dezelfde categorie: Product: levering. "
        "Bij 1 klacht is de veroorzakende afdeling bekend: Logistiek.",
        "Hoe snel": "Van de 2 afgehandelde klachten is er 1 op tijd beantwoord (50%). "
        "De helft was binnen 29 dagen klaar. Op 31-10-2026 stonden er 2 klachten open, waarvan 1 te laat.",
        "Wat hielp": "1 klant gaf een cijfer: 2,0 op een schaal van 1 tot 5. "
        "De oplossing was het vaakst terugbetaling en uitleg (elk 1 van de 2 die zijn ingevuld). "
        "De oplossingen kostten samen €\u00a0123,45.",
        "Wat nu": "Te doen: 1 klacht beantwoorden die te laat is, 1 afspraak nakomen, "
        "1 maatregel uitvoeren die al klaar had moeten zijn, 1 maatregel evalueren en "
        "de klagers informeren over 1 verbetering. "
        "Let op: Te laat geleverd kwam 3 keer voor binnen vier weken.",
    }


def test_nothing_happened(empty: Register) -> None:
    """No complaints at all: the sentences say so, and compare with nothing."""
    assert points(empty, "2026-10") == {
        "Hoeveel": "In oktober 2026 kwamen er geen klachten binnen.",
        "Wat opvalt": "Wat gewoon is, laat zich pas zeggen na zes hele maanden, met gemiddeld minstens één klacht; "
        "zo ver is het nog niet.",
        "Waarover": "Er kwam niets binnen, dus er is geen onderwerp te noemen.",
        "Hoe snel": "Er is in deze periode geen klacht afgehandeld. Op 31-10-2026 stond er geen klacht open.",
        "Wat hielp": "Er kwam geen cijfer voor tevredenheid binnen.",
        "Wat nu": "Er ligt niets te wachten: geen klacht is te laat, en er is geen afspraak, nazorg, maatregel of "
        "evaluatie over tijd.",
    }


def test_one_complaint_in_a_first_period() -> None:
    """One is written in the singular, and a first period says that there is nothing to compare with."""
    row = {"received_on": "2026-10-02", "category": "PL", "status": "afgehandeld", "due_on": "2026-10-30",
           "answered_on": "2026-10-30", "closed_on": "2026-10-30", "solution": "excuses",
           "judgement": "gegrond", "answer_channel": "email", "closed_by": "EV"}  # fmt: skip
    found = points(make_sample(row), "2026-10")
    assert found["Hoeveel"] == (
        "In oktober 2026 kwam er 1 klacht binnen. Over september 2026 zijn er nog geen cijfers om mee te vergelijken."
    )
    assert found["Waarover"].startswith("De categorie is Product: levering.")
    assert found["Hoe snel"].startswith("Er is 1 klacht afgehandeld, en die is op tijd beantwoord. Op 31-10-2026")


@pytest.mark.parametrize(
    ("codes", "sentence"),
    [
        (("PL", "PL", "SF"), "De meeste klachten vallen onder Product: levering: 2 van de 3 (67%)."),
        (
            ("PL", "SF"),
            "De meeste klachten vallen onder Product: levering en Service: factuur en betaling, elk 1 van de 2.",
        ),
        (("PL", "PL"), "Beide klachten hebben dezelfde categorie: Product: levering."),
        (("PL", "PL", "PL"), "Alle 3 klachten hebben dezelfde categorie: Product: levering."),
        (("PL", "SF", "SB"), "Geen categorie springt eruit: 3 categorieën komen even vaak voor."),
        ((None, None), "Bij geen van de klachten is de categorie ingevuld."),
    ],
)
def test_who_leads(codes: tuple[str | None, ...], sentence: str) -> None:
    """A tie is called a tie, and where nothing stands out nothing is named."""
    rows = [{"received_on": "2026-10-02", "category": code} for code in codes]
    assert points(make_sample(*rows), "2026-10")["Waarover"].startswith(sentence)


def test_unfair_comparisons_are_not_made(handful: Register) -> None:
    """A period that goes on, or a register that began halfway the one before, is not held against it."""
    running = plan(handful, "2026")
    assert "meer dan" not in running.points[0].text
    assert running.remark.startswith("De periode loopt nog: de cijfers gaan tot en met 22-11-2026")
    rows = [{"received_on": f"2026-{day}", "category": "PL"} for day in ("09-25", "10-01", "10-02", "10-03")]
    began = plan(make_sample(*rows), "2026-10")
    assert began.points[0].text == "In oktober 2026 kwamen er 3 klachten binnen."
    assert "De oudste klacht in het register is van 25-09-2026" in began.remark


def test_no_difference_is_shown_of_what_may_not_be_compared() -> None:
    """An incomplete year beside a whole one would show a fall that is none; it is said that none is shown."""
    days = ("2025-01-02", "2025-09-01", "2026-02-02", "2026-09-02", "2026-10-02")
    register = make_sample(*({"received_on": day, "category": "PL", "channel": "email"} for day in days))
    for label, differs in (("2026-10", True), ("2026", False)):
        told = plan(register, label)
        tables = [told.key_figures, *(table for section in told.sections for table in section.tables)]
        beside = [table for table in tables if {"Vorige", "Vorige periode"} & set(table.columns)]
        assert len(beside) >= 3
        assert {differs} == {"Verschil" in table.columns for table in beside}
        assert all(len(row) == len(table.columns) for table in beside for row in table.rows)
        assert differs != told.remark.endswith("Een verschil staat er daarom niet bij.")


def test_what_is_added_up_is_of_what_the_charts_title_is_about() -> None:
    """Of the known ones, all together 100 %; what was not filled in has no part in the line."""
    codes = ["PL"] * 4 + ["PK"] * 3 + ["SF"] * 2 + ["SB"]
    for more, head in (([], "Opgeteld"), ([None] * 5, "Opgeteld (van bekend)")):
        rows = [{"received_on": "2026-10-02", "category": code} for code in [*codes, *more]]
        sections = plan(make_sample(*rows), "2026-10").sections
        (table,) = (
            t for s in sections for t in s.tables if t.columns[0] == "Categorie" and "Opgeteld" in t.columns[-1]
        )
        assert head == table.columns[-1]
        assert [0.4, 0.7, 0.9, 1.0, *([None] if more else [])] == [row[-1].value for row in table.rows]


def test_limits_are_told(handful: Register) -> None:
    """Who was not heard, who complains again and what was unfounded stand under the figures (R36)."""
    closing = plan(handful, "2026-10").sections[0].closing
    assert "72 tot 147 mensen die niets lieten horen" in closing
    assert "Van 3 klanten had er 1 in de twaalf maanden ervoor al eerder een klacht (33%)." in closing
    assert "Van de 2 beoordeelde klachten was er 1 ongegrond." in closing


def test_chart_titles_say_the_point(year: Register) -> None:
    titles = [t.chart.title for s in plan(year, "2026-10").sections for t in s.tables if t.chart]
    assert titles[0] == "Oktober 2026: 10 klachten, ongeveer zoals gewoonlijk (10 tot 11 per maand)"
    assert "Product: levering: 4 van de 10 klachten" in titles


def test_bars_sorted_by_size(year: Register) -> None:
    """Bars go from big to small, and what was not filled in is no bar."""
    for section in plan(year, "2026").sections:
        for table in section.tables:
            if table.chart and table.chart.shape == "bars":
                values = [row[table.chart.column].value for row in table.charted]
                assert values == sorted(values, reverse=True)
                assert "(niet ingevuld)" not in [row[0].value for row in table.charted]


def test_long_tables_are_shortened() -> None:
    """Ten rows at most, the smallest put together, nothing lost."""
    rows = [{"received_on": "2026-10-02", "subject": f"Fiets {i}"} for i in range(25)]
    table = next(t for s in plan(make_sample(*rows), "2026-10").sections for t in s.tables if "Producten" in t.title)
    assert len(table.rows) == 10
    assert sum(row[1].value for row in table.rows) == 25
    assert table.rows[-1][0].value == "overige (16)"


def test_other_register() -> None:
    """A register with few fields still gives a report."""
    found = plan(incident_sample(), "2026-10")
    assert found.points[0].text.startswith("In oktober 2026 kwamen er 2 klachten binnen")
    assert found.points[3].text.startswith("Dit register houdt niet bij wanneer iets is afgehandeld.")


def test_every_text_exists_in_both_languages() -> None:
    """The catalogues have the same names and ask for the same values."""
    dutch, english = (load_texts(language).entries for language in ("nl", "en"))
    names = {name for name in dutch if name.startswith("analysis.")}
    assert names == {name for name in english if name.startswith("analysis.")}
    assert [name for name in sorted(names) if _asks(dutch[name]) != _asks(english[name])] == []


def _asks(text: str) -> set[Any]:
    from string import Formatter

    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_handful_in_english() -> None:
    found = plan(make_sample(*HANDFUL, language="en"), "2026-10")
    assert found.title == "Complaints report for October 2026"
    assert found.points[3].text == (
        "Of the 2 complaints closed 1 was answered in time (50%). Half of them took 29 days or less. "
        "2 complaints were open on 31-10-2026, 1 of them late."
    )
