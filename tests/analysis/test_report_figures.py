"""The figures of a period, against numbers counted by hand (R33, R34, R36, R44)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from analysis_samples import HANDFUL, day, incident_sample, make_sample

from registerkit.analysis import Figures, figures, parse_period
from registerkit.analysis.comparison import compare
from registerkit.analysis.plan import plan_report
from registerkit.register import Phase, Recurrence, Register, counted_values
from registerkit.texts import load_texts

OCTOBER = parse_period("2026-10")


@pytest.fixture(scope="module")
def october(handful: Register) -> Figures:
    return figures(handful, OCTOBER)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("received", 3),
        ("closed", 2),
        ("open_at_start", 1),
        ("open_at_end", 2),
        ("by_ending", {"gegrond": 1, "ongegrond": 1}),
        ("no_complaint", 0),
        ("overdue_open", 1),
        ("acknowledged_in_time", 1 / 3),
        ("acknowledged_n", 3),
        ("closed_in_time", 0.5),
        ("median_days_to_close", 29.0),
        ("reopened", 0),
        ("repeat_complainants", 1),
        ("complainants", 3),
        ("repeat_share", 1 / 3),
        ("satisfaction_mean", 2.0),
        ("satisfaction_n", 1),
        ("cost_total", 12345),
        ("by_category", {"Product: levering": 3}),
        ("by_subcategory", {"Te laat geleverd": 3}),
        ("by_cause", {"levering": 1, "-": 2}),
        ("by_channel", {"e-mail": 2, "telefoon": 1}),
        ("by_department", {"Logistiek": 2, "-": 1}),
        ("by_causing_department", {"Logistiek": 1, "-": 2}),
        ("by_branch", {"-": 3}),
        ("by_handler", {"Bram Jonker": 2, "-": 1}),
        ("by_judgement", {"gegrond": 1, "-": 2}),
        ("by_severity", {"-": 3}),
        ("by_responsible", {"vervoerder": 1, "-": 2}),
        ("by_month", {"2026-10": 3}),
        ("causes_by_department", {"Logistiek": {"levering": 1}}),
        ("special", 1),
        ("special_by_category", {"Product: levering": 1}),
        ("unseen_low", 72),
        ("unseen_high", 147),
        ("marks", {"1": 0, "2": 1, "3": 0, "4": 0, "5": 0}),
        ("recurring", (Recurrence("Te laat geleverd", 3, day("2026-10-01"), day("2026-10-20")),)),
        ("as_of", day("2026-10-31")),
        ("register_from", day("2026-03-10")),
    ],
)
def test_figure(october: Figures, name: str, expected: object) -> None:
    assert getattr(october, name) == expected


def test_outcomes(october: Figures) -> None:
    """Closings by judgement and solution, with what they cost and how they were liked."""
    closings = october.closings
    assert (closings.founded_share, closings.unfounded_share) == (0.5, 0.5)
    assert closings.by_judgement == {"gegrond": 1, "ongegrond": 1}
    assert closings.by_solution["terugbetaling"].cost == 12345
    assert closings.by_solution["uitleg"].satisfaction_mean == 2.0


def test_speed_by_department(october: Figures) -> None:
    """The department with the most late answers comes first."""
    found = [(name, speed.closed, speed.late) for name, speed in october.speed_by_department.items()]
    assert found == [("Administratie", 1, 1), ("Logistiek", 1, 0)]


def test_work(handful: Register) -> None:
    """What waits at the end of the period: late answers, promises, measures to do, evaluate or tell about."""
    work = compare(handful, OCTOBER).work
    assert [(late.number, late.days) for late in work.late] == [("K-2026-0004", 1)]
    assert work.promises == ("K-2026-0004",)
    found = [(measure.number, measure.state) for measure in work.measures]
    assert found == [
        ("M-2026-02", "overdue"), ("M-2026-01", "evaluate"), ("M-2026-03", "open"), ("M-2026-04", "tell"),
    ]  # fmt: skip
    assert work.ages == (2, 1, 0, 0, 0)


def test_trend(handful: Register) -> None:
    """Months from the first complaint on, empty ones included, the period's own marked."""
    found = [
        (step.period.label, step.received, step.closed, step.inside) for step in compare(handful, OCTOBER).trend.steps
    ]
    assert found[0] == ("2026-03", 1, 1, False)
    assert found[1] == ("2026-04", 0, 0, False)
    assert found[-2:] == [("2026-09", 1, 0, False), ("2026-10", 3, 2, True)]


@pytest.mark.parametrize(
    ("span", "inside", "title"),
    [
        ("2026-10-01..2026-10-31", ["2026-10"], "De periode 01-10-2026 tot en met 31-10-2026: 3 klachten"),
        ("2026-10-02..2026-10-31", [], "De periode 02-10-2026 tot en met 31-10-2026: {n} klachten"),
        ("2026-03-02..2026-10-30", ["2026-04", "2026-05", "2026-06", "2026-07", "2026-08", "2026-09"],
         "De periode 02-03-2026 tot en met 30-10-2026: {n} klachten"),
    ],
)  # fmt: skip
def test_a_span_is_told_by_its_own_count(handful: Register, span: str, inside: list[str], title: str) -> None:
    """A month of which a part lies outside counts for the span as far as it is in it."""
    told = compare(handful, parse_period(span))
    assert [step.period.label for step in told.trend.steps if step.inside] == inside
    tables = plan_report(handful, told).sections[0].tables
    trend = next(t for t in tables if t.chart and "Ontvangen" in t.columns)
    assert trend.chart is not None
    assert trend.chart.title == title.format(n=told.figures.received)


def test_empty_period(handful: Register) -> None:
    """Nothing happened: counts are 0, shares None, and nothing fails."""
    found = figures(handful, parse_period("2025"))
    assert (found.received, found.closed, found.open_at_end, found.cost_total) == (0, 0, 0, 0)
    assert (found.acknowledged_in_time, found.closed_in_time, found.median_days_to_close) == (None, None, None)
    assert (found.satisfaction_mean, found.satisfaction_n, found.repeat_share) == (None, 0, None)
    assert (found.by_category, found.by_month) == ({}, {})


def test_empty_register(empty: Register) -> None:
    found = figures(empty, OCTOBER)
    assert (found.received, found.open_at_end, found.register_from) == (0, 0, None)
    assert compare(empty, OCTOBER).trend.steps == ()


def test_period_under_way(handful: Register) -> None:
    """Of a period that goes on, what is open is counted on the present day."""
    found = figures(handful, parse_period("2026"))
    assert (found.as_of, found.open_at_end, found.overdue_open) == (day("2026-11-22"), 3, 2)


def test_acknowledgement_still_to_come(handful: Register) -> None:
    """A complaint whose term to acknowledge still runs is left out."""
    found = figures(handful, parse_period("2026-11"))
    assert (found.received, found.acknowledged_n, found.acknowledged_in_time) == (1, 0, None)


def reopened(**more: Any) -> Register:
    """A complaint closed in September, reopened in October, with the handlings as the store keeps them."""
    row = {
        "number": "K-2026-0009", "received_on": "2026-09-01", "category": "PL", "status": "heropend",
        "acknowledge_by": "2026-10-19", "acknowledged_on": "2026-09-10", "reopened_on": "2026-10-12",
        "due_on": "2026-11-09", "cost": 5000, "closed_on": "2026-09-21", "answered_on": "2026-09-21",
    } | more  # fmt: skip
    first = Phase("K-2026-0009", 1, day("2026-09-01"), None, day("2026-09-29"), day("2026-09-21"), day("2026-09-21"))
    second = Phase("K-2026-0009", 2, day("2026-10-12"), "niet_tevreden", day("2026-11-09"))
    if more:
        ended = {"answered_on": day("2026-11-12"), "closed_on": day("2026-11-12"), "cost": 5000}
        second = replace(second, reason=None, **ended)
    return make_sample(row, phases={"K-2026-0009": (first, second)})


def test_reopened() -> None:
    """Every handling counts as a closing of its own; the complaint is open in between and paid for once."""
    again = reopened(answered_on="2026-11-12", closed_on="2026-11-12", status="afgehandeld")
    september, october, november = (figures(again, parse_period(f"2026-{month}")) for month in ("09", "10", "11"))
    assert [f.closed for f in (september, october, november)] == [1, 0, 1]
    assert [f.closed_in_time for f in (september, october, november)] == [1.0, None, 0.0]
    assert [f.open_at_end for f in (september, october, november)] == [0, 1, 0]
    assert [f.reopened for f in (september, october, november)] == [0, 1, 0]
    assert [f.cost_total for f in (september, october, november)] == [0, 0, 5000]
    assert november.median_days_to_close == 31.0


def test_acknowledgement_of_a_reopened_complaint() -> None:
    """The day that a reopening set does not make a late acknowledgement timely."""
    assert figures(reopened(), parse_period("2026-09")).acknowledged_in_time == 0.0


@pytest.mark.parametrize(
    ("values", "ending", "in_time"),
    [
        ({"status": "geen_klacht"}, None, None),
        ({"status": "geen_klacht", "answered_on": "2026-10-20"}, None, None),
        ({"status": "samengevoegd"}, "merged", None),
        ({"status": "ingetrokken"}, "withdrawn", None),
        ({"status": "ingetrokken", "answered_on": "2026-10-20"}, "withdrawn", None),
        ({"status": "vervallen"}, "lapsed", None),
        ({"status": "doorgestuurd", "answered_on": "2026-10-20", "answer_channel": "email"}, "referred", None),
        (
            {"status": "niet_in_behandeling", "answered_on": "2026-10-20", "answer_channel": "brief"},
            "not_taken_up",
            1.0,
        ),
        ({"solved_on": "2026-10-20", "customer_satisfied": True}, "settled", 1.0),
    ],
)
def test_ended_without_a_judgement(values: dict[str, Any], ending: str | None, in_time: float | None) -> None:
    """Counted as closed by its ending; only what an answer was owed for is in time or late."""
    row = {"received_on": "2026-10-05", "category": "PL", "due_on": "2026-10-20", "closed_on": "2026-10-20"}
    register = make_sample(row | values)
    found = figures(register, OCTOBER)
    (complaint,) = register.complaints.values()
    assert {None: None, 1.0: "on_time"}[in_time] == counted_values(complaint)["in_time"], "the register says otherwise"
    label = load_texts("nl")(f"analysis.ending.{ending}") if ending else ""
    assert found.by_ending == ({label: 1} if ending else {})
    assert (found.open_at_end, found.closed, found.closed_in_time) == (0, 1 if ending else 0, in_time)
    assert (found.received, found.no_complaint) == ((1, 0) if ending else (0, 1))


@pytest.mark.parametrize("status", ["doorgestuurd", "niet_in_behandeling"])
def test_it_stays_open_until_it_is_told(status: str) -> None:
    row = {"received_on": "2026-10-05", "category": "PL", "status": status, "due_on": "2026-10-20"}
    found = figures(make_sample(row), OCTOBER)
    assert (found.open_at_end, found.overdue_open, found.by_ending) == (1, 1, {})


@pytest.mark.parametrize(("answered", "late"), [("2026-09-28", 0), ("2026-10-02", 1)])
def test_an_answer_that_is_not_complete_is_late_by_its_own_day(answered: str, late: int) -> None:
    row = {"received_on": "2026-09-01", "category": "PL", "status": "in_behandeling", "due_on": "2026-09-29"}
    assert figures(make_sample(row), OCTOBER).overdue_open == 1
    found = figures(make_sample(row | {"answered_on": answered}), OCTOBER)
    assert (found.open_at_end, found.overdue_open) == (1, late)


def test_paused_is_not_overdue() -> None:
    """While a pause runs that the term profile lets count, the complaint is not late."""
    row = {
        "number": "K-2026-0001",
        "received_on": "2026-09-01",
        "category": "PL",
        "status": "wacht_klant",
        "due_on": "2026-09-29",
    }
    pause = {"complaint": "K-2026-0001", "from": day("2026-09-20"), "until": None}
    assert figures(make_sample(row, pauses=(pause,)), OCTOBER).overdue_open == 0


def test_due_on_the_last_day_is_not_overdue() -> None:
    row = {"received_on": "2026-10-03", "category": "PL", "status": "nieuw", "due_on": "2026-10-31"}
    assert figures(make_sample(row), OCTOBER).overdue_open == 0


@pytest.mark.parametrize(("gap", "n"), [(9, 3), (14, 0)])
def test_recurring(gap: int, n: int) -> None:
    """Three alike in four weeks are signalled; a crisis is left out (R44)."""
    first = day("2026-10-01")
    rows = [{"received_on": first + timedelta(days=gap * i), "category": "PL", "subcategory": "PL1"} for i in range(3)]
    crisis = {"received_on": first, "category": "SF", "subcategory": "SF1", "special": True}
    found = figures(make_sample(*rows, crisis, crisis, crisis), OCTOBER).recurring
    assert [(r.label, r.n) for r in found] == ([("Te laat geleverd", n)] if n else [])


def test_other_register() -> None:
    """A register without terms, letters or complainants gives what it can (R42)."""
    found = figures(incident_sample(), OCTOBER)
    assert (found.received, found.by_category, found.by_month) == (2, {"brand": 1, "val": 1}, {"2026-10": 2})
    assert (found.closed, found.overdue_open, found.reopened, found.repeat_complainants) == (None, None, None, None)
    assert (found.open_at_end, found.by_cause, found.cost_total, found.special) == (1, {}, None, None)


def test_unknown_codes_show_as_themselves() -> None:
    """A code that left the lists is still counted."""
    found = figures(make_sample({"received_on": "2026-10-05", "category": "WEG", "handler": "XX"}), OCTOBER)
    assert (found.by_category, found.by_handler) == ({"WEG": 1}, {"XX": 1})


def test_handful_is_used_whole(handful: Register) -> None:
    """A year holds all that its months hold."""
    found = figures(handful, parse_period("2026"))
    assert (found.received, found.closed) == (len(HANDFUL) - 1, 3)
    assert found.by_month == {"2026-03": 1, "2026-09": 1, "2026-10": 3, "2026-11": 1}
