"""By which rule a complaint came to its department, its handler and its priority."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from registers import make_register

from registerkit.register import routed_lines
from registerkit.settings import Routing
from registerkit.stamp import Stamp
from registerkit.workbook import WorkbookContent
from registerkit.workbook.case_file_routed import routed_items
from registerkit.workbook.hidden_plan import HiddenPlanner

ON = date(2026, 11, 20)
RULES = (
    Routing({"severity": ("ernstig", "zeer_ernstig")}, priority="hoog"),
    Routing({"category": ("PL",)}, "logistiek", "JB"),
    Routing({}, "directie", amount_from=50_000),
    Routing({}, "klantenservice", "SV"),
)
STAFF = [{"code": "JB", "name": "Jeroen Bakker"}, {"code": "SV", "name": "Sanne de Vries"}]
CASES: list[tuple[dict[str, Any], list[str], list[str]]] = [
    (
        {"category": "PL", "severity": "ernstig", "department": "logistiek", "handler": "JB", "priority": "hoog"},
        [
            "Naar Logistiek, behandelaar Jeroen Bakker door regel 2: Categorie: Product: levering",
            "Prioriteit hoog door regel 1: Ernst: ernstig, zeer ernstig",
        ],
        [
            "Logistiek, door regel 2 (Categorie: Product: levering)",
            "Jeroen Bakker, door regel 2 (Categorie: Product: levering)",
            "hoog, door regel 1 (Ernst: ernstig, zeer ernstig)",
        ],
    ),
    (
        {"category": "SF", "amount": 60_000, "department": "directie", "handler": "JB", "priority": "normaal"},
        [
            "Naar Directie door regel 3: financieel belang vanaf € 500,00",
            "Behandelaar Jeroen Bakker; regel 4 zegt Sanne de Vries",
        ],
        [
            "Directie, door regel 3 (financieel belang vanaf € 500,00)",
            "Jeroen Bakker; regel 4 zegt Sanne de Vries",
            "normaal",
        ],
    ),
    ({"category": "SF", "taken_over_on": ON, "department": "directie"}, [], ["Directie", "", ""]),
]


@pytest.mark.parametrize(("complaint", "lines", "file"), CASES, ids=["by rule", "amount and choice", "taken over"])
def test_what_rules_say_is_told_with_what_somebody_chose(
    complaint: dict[str, Any], lines: list[str], file: list[str]
) -> None:
    """In a sentence for each rule, and in the case file beside each value."""
    record = {"number": "K-2026-0001", "received_on": date(2026, 11, 16), "name": "J. Jansen", **complaint}
    register = make_register({"complaints": [record], "staff": STAFF}, ON, routing=RULES)
    (own,) = register.complaints.values()
    assert routed_lines(register, own) == lines
    content = WorkbookContent(register, Stamp("", "", 0))
    told = routed_items(content, HiddenPlanner(content), own.record, lambda field: field.id)
    assert [item.text for item in told] == file


def test_without_rules_nothing_is_told() -> None:
    register = make_register({"complaints": [{"number": "K-2026-0001", "department": "directie"}]}, ON)
    (own,) = register.complaints.values()
    assert routed_lines(register, own) == []
    content = WorkbookContent(register, Stamp("", "", 0))
    assert routed_items(content, HiddenPlanner(content), own.record, lambda field: field.id) == []
