"""What an office gives for complaints of a kind: proposed while there is no judgement, and compared once there is."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from registers import make_register

from registerkit.checking import CheckContext, ComplaintCheck
from registerkit.register import compensation_line, standard_of
from registerkit.settings import Compensation
from registerkit.stamp import Stamp
from registerkit.workbook import WorkbookContent
from registerkit.workbook.case_file_compensation import compensation_items
from registerkit.workbook.hidden_plan import HiddenPlanner

ON = date(2026, 11, 20)
RULES = (
    Compensation({"category": ("PL",), "judgement": ("gegrond",), "severity": ("ernstig",)}, 5000),
    Compensation({"category": ("PL",), "judgement": ("gegrond", "deels")}, 2500),
    Compensation({"judgement": ("gegrond",)}, 1000),
)
SECOND = "€ 25,00 (regel 2: Categorie: Product: levering; Oordeel: gegrond, deels gegrond)"


def complaint_of(values: dict[str, Any], rules: tuple[Compensation, ...] = RULES) -> tuple[Any, Any]:
    record = {"number": "K-2026-0001", "received_on": date(2026, 11, 16), "name": "J. Jansen", **values}
    register = make_register({"complaints": [record]}, ON, compensations=rules)
    return register, register.complaints["K-2026-0001"]


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ({"category": "PL", "judgement": "deels"}, SECOND),
        ({"category": "PL", "judgement": "gegrond", "cost": 2500}, SECOND),
        ({"category": "PL", "judgement": "gegrond", "cost": 4000}, f"{SECOND}; hier € 40,00"),
        ({"category": "SF", "judgement": "gegrond"}, "€ 10,00 (regel 3: Oordeel: gegrond)"),
        ({"category": "PL", "judgement": "ongegrond"}, None),
        ({"category": "PL"}, "€ 25,00 bij gegrond, € 25,00 bij deels gegrond"),
        ({"category": "PL", "severity": "ernstig"}, "€ 50,00 bij gegrond, € 25,00 bij deels gegrond"),
        ({"category": "PL", "judgement": "gegrond", "taken_over_on": ON}, None),
    ],
)
def test_it_is_proposed_and_compared(values: dict[str, Any], line: str | None) -> None:
    """In one sentence, and the same in the case file."""
    register, complaint = complaint_of(values)
    assert compensation_line(register, complaint) == line
    content = WorkbookContent(register, Stamp("", "", 0))
    (item,) = compensation_items(content, HiddenPlanner(content), complaint.record, lambda field: field.id)
    assert item.text == (line or "")


def test_an_office_that_set_none_hears_nothing_of_it() -> None:
    register, complaint = complaint_of({"category": "PL", "judgement": "gegrond"}, ())
    content = WorkbookContent(register, Stamp("", "", 0))
    assert compensation_line(register, complaint) is None
    assert compensation_items(content, HiddenPlanner(content), complaint.record, lambda field: field.id) == []


JUDGED = {"category": "PL", "judgement": "gegrond"}


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"cost": 4000}, True),
        ({"cost": 2500}, False),
        ({}, False),
        ({"answered_on": ON}, True),
        ({"answered_on": ON, "cost": 2500}, False),
    ],
    ids=["other", "the same", "none yet", "answered without", "answered with"],
)
def test_another_amount_is_told(values: dict[str, Any], told: bool) -> None:
    register, complaint = complaint_of(JUDGED | values)
    check = ComplaintCheck(CheckContext(register.definition, register.lookups, ON), register.texts)
    faults = list(check.standard(complaint, standard_of(RULES, complaint.record)))
    assert [f.finding.code for f in faults] == (["cost_unlike_standard"] if told else [])
    for fault in faults:
        assert (fault.field, fault.finding.severity) == ("cost", "info")
        assert "€ 25,00" in fault.finding.message(register.texts)
