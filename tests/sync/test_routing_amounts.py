"""R20: a routing rule can hold for an amount at stake, beside kind of customer, remedy and branch."""

from __future__ import annotations

from pathlib import Path

import pytest

from registerkit.definition import Lookups, load_definition
from registerkit.pull.routing_findings import settings_findings
from registerkit.settings import Routing, parse_settings
from registerkit.sync.complete import route

RULES = (
    Routing({"remedy_sought": ("schadevergoeding",), "branch": ("noord",)}, priority="hoog", amount_from=50000),
    Routing({"customer_kind": ("top",)}, priority="hoog"),
    Routing({}, priority="laag", amount_below=1000),
)
CLAIM = {"remedy_sought": "schadevergoeding", "branch": "noord"}


@pytest.mark.parametrize(
    ("record", "priority"),
    [
        (CLAIM | {"amount": 50000}, "hoog"),
        (CLAIM | {"amount": 49999}, None),
        (CLAIM | {"amount": None}, None),
        (CLAIM | {"branch": "zuid", "amount": 60000}, None),
        ({"customer_kind": "top"}, "hoog"),
        ({"amount": 999}, "laag"),
        ({"amount": 1000}, None),
    ],
)
def test_r20_the_first_rule_whose_conditions_all_hold_counts(record: dict[str, object], priority: str | None) -> None:
    assert route(RULES, "priority", record) == priority  # type: ignore[arg-type]


def test_r20_bounds_with_nothing_between_them_are_an_error_with_their_place() -> None:
    text = "[[routing]]\npriority = 'hoog'\namount_from = 500.00\namount_below = 500.00\n"
    text += "[[routing]]\npriority = 'laag'\namount_from = 10\namount_below = 500.50\n"
    definition = load_definition()
    settings = parse_settings(text, Path("project"))
    assert (settings.routing[1].amount_from, settings.routing[1].amount_below) == (1000, 50050)
    (finding,) = settings_findings(definition, settings, Lookups.of(definition, "nl"))
    assert (finding.code, finding.severity, finding.location.label) == (
        "routing_never",
        "error",
        "routing[1].amount_below",
    )
