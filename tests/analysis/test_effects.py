"""What measures did: complaints per month before and after, and no more said than chance leaves room for."""

from __future__ import annotations

import random
from typing import Any, get_args

import pytest
from analysis_samples import make_sample

from registerkit.analysis import parse_period
from registerkit.analysis.comparison import compare
from registerkit.analysis.effects import Verdict
from registerkit.analysis.plan import plan_report
from registerkit.analysis.signals import chance_of_change
from registerkit.analysis.watch import Rule
from registerkit.register import Register
from registerkit.texts import load_texts

LABELS = [f"{year}-{month:02}" for year in (2025, 2026) for month in range(1, 13)]
DONE = {"description": "Vast tijdvak", "cause": "levering", "done_on": parse_period("2026-01").first.replace(day=15)}


def register(counts: list[int], measure: dict[str, Any], on: str = "2026-11-22") -> Register:
    """Give a register with so many complaints of the cause per month from January 2025, and one other in each."""
    rows = []
    for label, n in zip(LABELS, counts, strict=False):
        first = parse_period(label).first
        rows += [{"received_on": first.replace(day=1 + k), "category": "PL", "cause": "levering"} for k in range(n)]
        rows.append({"received_on": first, "category": "SF", "cause": "administratie"})
    return make_sample(*rows, measures={"M-2026-01": measure}, on=on)


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [(8, 2, "fewer"), (2, 8, "more"), (5, 5, "alike"), (0, 0, "too_few")],
)
def test_a_measure_is_judged_by_what_came_before_and_after(before: int, after: int, verdict: str) -> None:
    swing = [0, 1, 0, 1] * 3
    counts = [max(n - s, 0) for n, s in zip([before] * 12, swing, strict=True)]
    counts += [after, *(max(after - s, 0) for s in swing)]
    told = compare(register(counts, DONE), parse_period("2026-10")).effects
    assert [(effect.number, effect.verdict, effect.aims) for effect in told] == [
        ("M-2026-01", verdict, (("cause", "levering"),))
    ]
    assert [len(told[0].before), len(told[0].after)] == [12, 9]
    assert {month.label for month in told[0].months} == {*LABELS[:12], *LABELS[13:22]}  # Not January 2026 itself.


def test_it_is_too_early_before_three_whole_months() -> None:
    told = compare(register([5] * 22, DONE), parse_period("2026-03")).effects
    assert told[0].verdict == "too_early"


def test_a_measure_that_aims_at_nothing_is_not_judged() -> None:
    told = compare(register([5] * 22, DONE | {"cause": None}), parse_period("2026-10"))
    assert told.effects[0].verdict == "no_aim"


@pytest.mark.parametrize("measure", [{"done_on": None}, {"done_on": parse_period("2024-03").first}])
def test_what_is_not_done_or_long_ago_is_left_out(measure: dict[str, Any]) -> None:
    assert compare(register([5] * 22, DONE | measure), parse_period("2026-10")).effects == ()


def test_the_report_shows_the_months_and_the_ways_that_go_on() -> None:
    measure = DONE | {"temporary": "Zelf bellen", "owner": "BJ"}
    told = register([8, 7] * 6 + [2, 1] * 5, measure)
    content = plan_report(told, compare(told, parse_period("2026-10")))
    tables = {table.title: table for section in content.sections for table in section.tables}
    row = [cell.value for cell in tables["Wat maatregelen deden"].rows[0]]
    assert row[0] == "M-2026-01 Vast tijdvak"
    assert row[2:] == ["Oorzaak: levering", 7.5, pytest.approx(13 / 9), "minder, en dat is geen toeval"]
    chart = tables["Voor en na M-2026-01"].chart
    assert chart is not None
    assert chart.title == "M-2026-01: van 7,5 naar 1,4 klachten per maand"
    assert [cell.value for cell in tables["Tijdelijke werkwijzen die nog gelden"].rows[0]][:2] == [
        "M-2026-01 Zelf bellen",
        "Bram Jonker",
    ]


def test_chance_alone_seldom_makes_a_difference() -> None:
    draw = random.Random(3)
    found = 0
    for _ in range(400):
        mean = draw.choice((1, 3, 8))
        counts = [sum(draw.random() < 0.1 for _ in range(mean * 10)) for _ in range(21)]
        found += chance_of_change(counts[:12], counts[12:]) <= 0.05
    assert found / 400 <= 0.06


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("verdict", get_args(Verdict))
def test_every_verdict_has_its_words(verdict: str, language: str) -> None:
    assert f"analysis.effect.{verdict}" in load_texts(language)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("rule", get_args(Rule))
def test_every_rule_has_its_words(rule: str, language: str) -> None:
    assert {f"analysis.rule.{rule}", f"analysis.signal.{rule}"} <= set(load_texts(language).entries)
