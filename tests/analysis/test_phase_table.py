"""What the first handling and those after a reopening took, in days and in money."""

from __future__ import annotations

from typing import Any

import pytest
from analysis_samples import day, incident_sample, make_sample

from registerkit.analysis import compare, parse_period
from registerkit.analysis.phase_table import phase_table
from registerkit.analysis.view import View
from registerkit.register import Phase, Register

YEAR = parse_period("2026")


def complaint(n: int, *phases: tuple[str, str, str | None, int | None]) -> tuple[dict[str, Any], tuple[Phase, ...]]:
    """Give a complaint with its handlings: first day, last day, reason, and what it had cost by then."""
    number, last = f"K-2026-{n:04}", phases[-1]
    made = tuple(
        Phase(number, k, day(begun), why, None, day(ended), day(ended), "gegrond", "closed", cost)
        for k, (begun, ended, why, cost) in enumerate(phases, 1)
    )
    row = {
        "number": number,
        "received_on": phases[0][0],
        "name": "A. Bos",
        "category": "PL",
        "channel": "email",
        "status": "afgehandeld",
        "answered_on": last[1],
        "closed_on": last[1],
        "judgement": "gegrond",
        "solution": "excuses",
        "answer_channel": "brief",
        "closed_by": "EV",
        "cost": last[3],
    }
    return row | ({"reopened_on": last[0], "reopen_reason": last[2]} if len(phases) > 1 else {}), made


def told(*complaints: tuple[dict[str, Any], tuple[Phase, ...]]) -> list[tuple[Any, ...]] | None:
    phases = {row["number"]: made for row, made in complaints}
    return table_of(make_sample(*(row for row, _ in complaints), phases=phases))


def table_of(register: Register) -> list[tuple[Any, ...]] | None:
    table = phase_table(View(register, compare(register, YEAR)))
    return None if table is None else [tuple(cell.value for cell in row) for row in table.rows]


def test_each_handling_has_its_own_days_and_money() -> None:
    first = ("2026-03-01", "2026-03-11", None, 1000)
    rows = told(
        complaint(1, first, ("2026-04-01", "2026-04-21", "geschil", 6000)),
        complaint(2, ("2026-05-01", "2026-05-05", None, None)),
        complaint(3, first, ("2026-06-01", "2026-06-04", None, 1500)),
        complaint(4, ("2025-01-01", "2025-02-01", None, 9900), ("2026-02-01", "2026-02-11", "geschil", 9900)),
    )
    assert rows == [
        ("Eerste behandeling", 3, 10.0, 24, 2000, 667),
        ("Na heropening: ombudsman of geschil", 2, 15.0, 30, 5000, 2500),
        ("Na heropening, reden niet ingevuld", 1, 3.0, 3, 500, 500),
        ("Samen", 6, 10.0, 57, 7500, 1250),
    ]


@pytest.mark.parametrize("cost", [None, 0])
def test_first_handlings_that_cost_nothing_say_nothing(cost: int | None) -> None:
    assert told(complaint(1, ("2026-03-01", "2026-03-11", None, cost))) is None


def test_one_row_needs_no_sum() -> None:
    assert told(complaint(1, ("2026-03-01", "2026-03-11", None, 250))) == [
        ("Eerste behandeling", 1, 10.0, 10, 250, 250)
    ]


def test_a_register_that_knows_no_cost_and_no_reopening_has_no_such_table() -> None:
    assert table_of(incident_sample()) is None
    assert table_of(make_sample()) is None
