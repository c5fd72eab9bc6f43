"""The same complaint gets the same answer: how like complaints ended, and when an outcome stands alone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from registers import make_register

from registerkit.register import Precedents, Register

ON = date(2026, 11, 20)
LIKE = {
    "received_on": date(2026, 9, 1), "name": "J. Jansen", "category": "PL", "subcategory": "PL1", "judgement": "gegrond",
    "remedy_sought": "terugbetaling", "solution": "terugbetaling", "cost": 5000, "answered_on": date(2026, 9, 14),
}  # fmt: skip


def register_of(*complaints: dict[str, Any]) -> Register:
    rows = [LIKE | {"number": f"K-2026-{n:04}"} | own for n, own in enumerate(complaints, 1)]
    return make_register({"complaints": rows}, ON)


def unlike(*complaints: dict[str, Any]) -> list[str]:
    """Give what speaks against the outcome of the last complaint."""
    register = register_of(*complaints)
    last = list(register.complaints.values())[-1]
    return [c.number for c in Precedents(register.complaints.values()).unlike(last)]


@pytest.mark.parametrize(
    "own",
    [{}, {"cost": None}, {"cost": 9999}, {"judgement": "deels"}, {"remedy_sought": "excuses"}, {"subcategory": "PL2"},
     {"solution": None}, {"judgement": None}, {"answered_on": date(2027, 10, 1)}],
    ids=["the same", "no amount", "nearly twice", "another judgement", "another wish", "another subject", "not solved",
         "not judged", "years apart"],
)  # fmt: skip
def test_nothing_speaks_against_it(own: dict[str, Any]) -> None:
    assert [] == unlike({}, own)


@pytest.mark.parametrize("own", [{"solution": "korting"}, {"cost": 10000}, {"cost": 2500}])
def test_another_outcome_for_the_same_complaint_is_told(own: dict[str, Any]) -> None:
    assert ["K-2026-0001"] == unlike({}, own)


def test_who_got_the_same_before_is_example_enough() -> None:
    assert [] == unlike({"solution": "korting"}, {}, {"solution": "korting"})


def test_the_nearest_come_first_and_then_the_newest() -> None:
    register = register_of(
        {"subcategory": "PL2", "answered_on": date(2026, 10, 2)}, {"answered_on": date(2026, 9, 3)}, {},
        {"category": "SF", "subcategory": "SF1"}, {"solution": None}, {"solution": None},
    )  # fmt: skip
    last = register.complaints["K-2026-0006"]
    found = Precedents(register.complaints.values()).solved_alike(last)
    assert ["K-2026-0003", "K-2026-0002", "K-2026-0001"] == [c.number for c in found]
