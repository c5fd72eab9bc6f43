"""What published Dutch yearly reports tell can be told from a register: their figures, rebuilt from invented complaints.

The numbers are those that the reports have, some in percent; the complaints are invented.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from analysis_samples import make_sample

from registerkit.analysis import compare, parse_period, publication
from registerkit.analysis.comparison import Comparison
from registerkit.documents import Grid
from registerkit.register import Phase, Register
from registerkit.report_settings import ReportSettings

ANSWER = {"solution": "excuses", "answer_channel": "email", "closed_by": "BJ", "handler": "BJ"}


def complaint(day: date, days: int | None = None, judgement: str = "gegrond", **fields: Any) -> dict[str, Any]:
    """Give a complaint of a day, closed after so many days with a judgement, or open still."""
    row: dict[str, Any] = {"received_on": day, "due_on": day + timedelta(days=42), "status": "nieuw"}
    if days is not None:
        closed = day + timedelta(days=days)
        row |= {**ANSWER, "status": "afgehandeld", "judgement": judgement, "answered_on": closed, "closed_on": closed}
    return row | fields


def ended(status: str, day: date, **fields: Any) -> dict[str, Any]:
    """Give the fields of a complaint that ended without a judgement, of which the complainant was told."""
    return {**ANSWER, "status": status, "answered_on": day, "closed_on": day, **fields}


def told(
    *rows: dict[str, Any], year: str = "2024", on: str = "2025-01-10", **report: Any
) -> tuple[Register, Comparison]:
    from dataclasses import replace

    register = make_sample(*rows, on=on)
    register = replace(register, settings=replace(register.settings, report=ReportSettings(**report)))
    return register, compare(register, parse_period(year))


SPRING, AUTUMN = date(2024, 3, 1), date(2024, 11, 20)


def test_a_municipality_with_the_carry_over_of_the_year_before() -> None:
    """De Fryske Marren: 9 open from 2023, 41 received in 2024, 6 open at its end."""
    rows = [complaint(date(2023, 12, 20), 40) for _ in range(9)]
    rows += [*(complaint(SPRING, 30) for _ in range(35)), *(complaint(date(2024, 12, 30)) for _ in range(6))]
    own, before = told(*rows)[1].balances
    assert (own.open_at_start, own.received, own.closed, own.open_at_end) == (9, 41, 44, 6)
    assert before.open_at_end == own.open_at_start


def test_a_municipality_by_team_and_with_what_was_not_completed() -> None:
    """Meppel: 83 in 2023 and 64 in 2024, of which 14 not completed, with their reasons; 50 by team."""
    rows = [complaint(date(2023, 5, 1), 20) for _ in range(83)]
    rows += [complaint(SPRING, 20, causing_department="logistiek") for _ in range(30)]
    rows += [complaint(SPRING, 20, causing_department="techniek") for _ in range(20)]
    rows += [complaint(SPRING, status="ingetrokken", closed_on=AUTUMN) for _ in range(8)]
    rows += [complaint(SPRING, **ended("doorgestuurd", AUTUMN)) for _ in range(6)]
    found = told(*rows)[1]
    assert (found.figures.received, found.previous.received) == (64, 83)
    assert found.figures.by_ending == {"gegrond": 50, "ingetrokken": 8, "doorgestuurd": 6}
    assert found.figures.by_causing_department == {"Logistiek": 30, "Techniek": 20, "-": 14}


def test_an_insurance_office_with_judgements_in_percent_and_a_target() -> None:
    """UWV: founded 16.1 %, unfounded 14.5, solved before a judgement 52.8, none 14.9; 96 % in time against 85."""
    parts = {"gegrond": 161, "ongegrond": 145, "geen_oordeel": 149}
    rows = [complaint(SPRING, 10, judgement) for judgement, n in parts.items() for _ in range(n // 5)]
    solved = {"status": "in_behandeling", "solved_on": SPRING + timedelta(5), "customer_satisfied": True}
    rows += [complaint(SPRING, **solved, closed_on=SPRING + timedelta(5)) for _ in range(106)]
    found = told(*rows, in_time_target=85)[1].figures
    shares = {label: round(100 * n / found.closed) for label, n in found.by_ending.items()}
    assert shares == {"naar tevredenheid opgelost": 54, "gegrond": 16, "ongegrond": 15, "geen oordeel": 15}
    assert found.closed_in_time == 1.0


def test_five_years_by_outcome() -> None:
    """Etten-Leur: five years side by side, with referred, no complaint and solved to satisfaction among the outcomes."""
    rows = [complaint(date(year, 4, 1), 20) for year in range(2020, 2025) for _ in range(year - 2018)]
    rows += [complaint(date(2024, 5, 1), **ended("doorgestuurd", date(2024, 6, 1))) for _ in range(3)]
    rows += [complaint(date(2024, 5, 1), status="geen_klacht", closed_on=date(2024, 6, 1))]
    found = told(*rows)[1]
    assert [(each.period.label, each.by_ending.get("gegrond")) for each in found.balances] == [
        ("2024", 6), ("2023", 5), ("2022", 4), ("2021", 3), ("2020", 2)
    ]  # fmt: skip
    assert (found.figures.by_ending["doorgestuurd"], found.figures.no_complaint) == (3, 1)


def test_a_hospital_with_complainants_and_complaints_apart() -> None:
    """Máxima MC: fewer complainants than complaints."""
    people = [f"p{n % 7}@voorbeeld.nl" for n in range(12)]
    found = told(*(complaint(SPRING, 5, email=email, name="A. Bos") for email in people))[1].figures
    assert (found.received, found.complainants) == (12, 7)


def test_a_practice_with_complaints_per_treatment_and_what_was_open_at_the_end() -> None:
    """Huisartsenposten Oost-Brabant: 0.11 % of the treatments (1.1 per thousand), 76 % within six weeks, 32 open."""
    rows = [*(complaint(SPRING, 40) for _ in range(76)), *(complaint(SPRING, 60) for _ in range(24))]
    rows += [complaint(date(2024, 12, 20)) for _ in range(32)]
    found = told(*rows, durations=(42,), unit="verrichtingen", volumes={"2024": 120_000})[1].figures
    assert found.per_thousand == 1.1
    assert found.timing.by_duration == (76, 24)
    assert found.open_at_end == 32


def test_an_insurers_committee_with_buckets_of_duration_and_grounds() -> None:
    """SKGZ: 1-56, 57-90 and over 90 days; not admissible with its ground."""
    lengths = {20: 30, 56: 5, 57: 8, 90: 2, 120: 4}
    rows = [complaint(SPRING, days) for days, n in lengths.items() for _ in range(n)]
    refused = ended("niet_in_behandeling", SPRING + timedelta(9), ground="oud")
    rows += [complaint(SPRING, **refused) for _ in range(3)]
    found = told(*rows, durations=(56, 90))[1].figures
    assert found.timing.by_duration == (38, 10, 4)
    assert [n for label, n in found.by_ending.items() if label.startswith("niet in behandeling genomen: ")] == [3]


def test_a_disputes_body_with_endings_in_percent() -> None:
    """Kifid: 49 % settled, 14 % withdrawn."""
    settled = {"status": "in_behandeling", "solved_on": SPRING, "customer_satisfied": True, "closed_on": SPRING}
    rows = [complaint(SPRING, **settled) for _ in range(49)]
    rows += [complaint(SPRING, status="ingetrokken", closed_on=SPRING) for _ in range(14)]
    rows += [complaint(SPRING, 30, "ongegrond") for _ in range(37)]
    assert told(*rows)[1].figures.by_ending == {
        "naar tevredenheid opgelost": 49,
        "ongegrond": 37,
        "ingetrokken": 14,
    }


def test_a_housing_corporation_against_the_homes_it_manages() -> None:
    """Wonen Zuid-Holland: 78 cases (87 the year before), 54 admissible, against the homes managed."""
    rows = [complaint(date(2023, 4, 1), 9) for _ in range(87)] + [complaint(SPRING, 9) for _ in range(54)]
    refused = ended("niet_in_behandeling", SPRING + timedelta(9), ground="oud")
    rows += [complaint(SPRING, **refused) for _ in range(24)]
    found = told(*rows, unit="woningen", volumes={"2024": 15_600})[1]
    assert (found.figures.received, found.previous.received, found.figures.per_thousand) == (78, 87, 5.0)


def test_a_municipality_with_three_and_ten_weeks_and_the_ombudsman() -> None:
    """Súdwest-Fryslân: 86 % within three weeks, 98 % within ten; 21 to the ombudsman. Oral ones stand apart."""
    lengths = {14: 86, 60: 12, 100: 2}
    rows = [complaint(SPRING, days, channel="telefoon") for days, n in lengths.items() for _ in range(n)]
    register, found = told(*rows, durations=(21, 70))
    assert found.figures.timing.by_duration == (86, 12, 2)
    forms = next(part for part in publication(register, found).parts if isinstance(part, Grid))
    assert forms.rows == [("Mondeling", "100")]
    phases = {}
    for n in range(21):
        number = f"K-2024-{n:04}"
        first = Phase(number, 1, SPRING, closed_on=SPRING + timedelta(9), judgement="ongegrond", ending="closed")
        phases[number] = (first, Phase(number, 2, SPRING + timedelta(30), reason="geschil"))
    again = {"status": "heropend", "reopened_on": SPRING + timedelta(30), "reopen_reason": "geschil"}
    reopened = make_sample(
        *(complaint(SPRING, number=number, **again) for number in phases), on="2025-01-10", phases=phases
    )
    assert compare(reopened, parse_period("2024")).figures.disputes == 21
