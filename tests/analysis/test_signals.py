"""Signals: the limits and runs that others publish, and how seldom chance alone gets on the first page."""

from __future__ import annotations

import math
import random
from datetime import date
from itertools import product
from typing import Any

import pytest
from analysis_samples import make_sample

from registerkit.analysis import parse_period
from registerkit.analysis.comparison import compare
from registerkit.analysis.plan import plan_report
from registerkit.analysis.signals import chance_of_point, chance_of_run, limits_of, runs_of
from registerkit.analysis.tally import tally_of
from registerkit.analysis.watch import watch

NORMAL = (
    *(-0.56047565, -0.23017749, 1.55870831, 0.07050839, 0.12928774, 1.71506499, 0.46091621, -1.26506123),
    *(-0.68685285, -0.44566197, 1.22408180, 0.35981383, 0.40077145, 0.11068272, -0.55584113, 1.78691314),
    *(0.49785048, -1.96661716, 0.70135590, -0.47279141),
)
"""`rnorm(20)` of R after `set.seed(123)`: the data of the tests of NHSRplotthedots."""


def test_limits_are_those_of_an_individuals_chart(monkeypatch: pytest.MonkeyPatch) -> None:
    """NHSRplotthedots gives mean 0.142 and an upper limit of 3.29 for all twenty; ours are those of the first twelve."""
    monkeypatch.setattr("registerkit.analysis.signals.LOCKED", 20)
    limits = limits_of(NORMAL)
    assert limits is not None
    assert (round(limits.mean, 3), round(limits.high, 2)) == (0.142, 3.29)
    monkeypatch.undo()
    assert limits_of(NORMAL) == limits_of(NORMAL[:12])


def test_a_moving_range_that_is_a_freak_is_left_out() -> None:
    """One wild month does not widen the limits: its two moves are over 3.267 times the mean move (Nelson 1982)."""
    steady = [10, 12, 10, 12, 10, 12, 10, 12, 10, 12, 10, 12]
    wild = [*steady[:5], 60, *steady[6:]]
    limits, usual = limits_of(wild), limits_of(steady)
    assert limits is not None
    assert usual is not None
    assert limits.high - limits.mean == pytest.approx(usual.high - usual.mean)
    assert usual.high - usual.mean == pytest.approx(2.66 * 2)


@pytest.mark.parametrize(("n", "provisional"), [(5, None), (6, True), (11, True), (12, False), (30, False)])
def test_limits_are_provisional_before_twelve_points(n: int, provisional: bool | None) -> None:
    limits = limits_of([4, 6] * 15) if n == 30 else limits_of(([4, 6] * 6)[:n])
    assert (limits.are_provisional if limits else None) is provisional


@pytest.mark.parametrize(
    ("n", "longest", "crossings"), [(10, 6, 2), (12, 7, 3), (20, 7, 6), (24, 8, 8), (40, 8, 14), (100, 10, 41)]
)
def test_runs_are_judged_as_qicharts2_does(n: int, longest: int, crossings: int) -> None:
    """What it prints for so many useful points: `longest.run.max` and `n.crossings.min`."""
    runs = runs_of([n % 2 for n in range(n)])
    assert (runs.longest_allowed, runs.crossings_needed) == (longest, crossings)
    assert (runs.useful, runs.longest, runs.crossings) == (n, 1, n - 1)


def test_points_on_the_median_count_in_no_run() -> None:
    runs = runs_of([1, 5, 3, 5, 5, 1, 3, 1])
    assert (runs.useful, runs.longest, runs.crossings, runs.current) == (6, 3, 2, 2)


def test_a_series_that_moved_has_a_long_run_and_seldom_crosses() -> None:
    runs = runs_of([3, 4, 2, 3, 4, 3, 2, 4, 3, 3, 9, 8, 9, 10, 8, 9, 9, 10, 8, 9])
    assert runs.is_long
    assert runs.crosses_seldom
    assert not runs_of([0, 0, 0, 1, 0, 0, 2, 0, 0, 0, 1, 0]).is_long  # All on one side of a median of nought.


@pytest.mark.parametrize("points", [1, 2, 5, 9])
def test_the_chance_of_a_run_is_that_of_all_ways_to_throw(points: int) -> None:
    ways = list(product("HT", repeat=points))
    for length in range(1, points + 2):
        found = sum("H" * length in "".join(way) or "T" * length in "".join(way) for way in ways)
        assert chance_of_run(length, points) == pytest.approx(found / len(ways))


def test_the_chance_of_a_point_is_small_only_far_from_the_others() -> None:
    others = [10, 12, 9, 11, 10, 8, 12, 11, 9, 10, 11, 10]
    chances = [chance_of_point(value, others) for value in (10, 14, 18, 25, 40)]
    assert chances == sorted(chances, reverse=True)
    assert chances[0] > 0.5
    assert chances[-1] < 1e-6
    assert chance_of_point(3, [0, 1, 0, 2, 0, 1, 1, 0, 0, 1, 2, 0]) > 0.01  # Three where there were eight is little.
    assert chance_of_point(40, [2, 35, 4, 41, 1, 30, 3, 38, 2, 44, 5, 29]) > 0.1  # It always swings.
    assert chance_of_point(40, [10] * 5) == 1.0  # Too few to say anything.


# ----------------------------------------------------------------------------------------------------- in a register
def months(counts: dict[str, int], **fields: str) -> list[dict[str, Any]]:
    rows = []
    for label, n in counts.items():
        first = parse_period(label).first
        rows += [{"received_on": first.replace(day=1 + k % 28), **fields} for k in range(n)]
    return rows


STEADY = (6, 8, 7, 5, 8, 6, 7, 9, 6, 7, 8, 6, 7, 6, 8, 5, 7, 6, 8, 7)
LABELS = [f"{year}-{month:02}" for year in (2025, 2026) for month in range(1, 13)][: len(STEADY)]


def test_what_stands_out_is_called_and_what_does_not_is_not() -> None:
    counts = dict(zip(LABELS, STEADY, strict=True))
    calm = compare(make_sample(*months(counts, category="PL"), on="2026-09-15"), parse_period("2026-08"))
    assert calm.watch.signals == ()
    assert [each.role for each in calm.watch.series] == [None]  # The one category is all complaints once more.
    more = [*months(counts | {"2026-08": 24}, category="PL"), {"received_on": "2026-08-01", "category": "SF"}]
    told = compare(make_sample(*more, on="2026-09-15"), parse_period("2026-08"))
    assert [(s.series.label, s.rule, s.at.label, s.value, s.called) for s in told.watch.signals] == [
        ("", "above", "2026-08", 25, True),
        ("Product: levering", "above", "2026-08", 24, True),
    ]
    later = compare(make_sample(*more, on="2026-10-15"), parse_period("2026-09"))
    assert [s.rule for s in later.watch.signals] == ["below", "below"]  # September was empty; August is past.


def test_a_month_under_way_gives_no_signal() -> None:
    rows = months(dict(zip(LABELS, STEADY, strict=True)), category="PL")
    register = make_sample(*rows, on="2026-08-03")
    told = compare(register, parse_period("2026-08"))
    assert told.watch.steps[-1].label == "2026-07"
    assert told.watch.signals == ()
    said = {point.head: point.text for point in plan_report(register, told).points}["Wat opvalt"]
    assert said.startswith("In deze periode is nog geen hele maand voorbij")


def poisson(draw: random.Random, mean: float) -> int:
    floor, n, product = math.exp(-mean), 0, draw.random()
    while product >= floor:
        n, product = n + 1, product * draw.random()
    return n


def test_chance_alone_seldom_gets_on_the_first_page() -> None:
    """Of reports over pure noise at most one in twenty calls a signal, of counts that swing more than chance too."""
    draw, reports, alarms, seen, last = random.Random(20), 100, 0, 0, parse_period("2026-08")
    for n in range(reports):
        swing = n % 2 == 0
        rows: list[dict[str, Any]] = []
        for label in LABELS:
            for category in ("PL", "SF", "SI", "SP"):
                mean = draw.choice((1.5, 3.0)) * (draw.gammavariate(4, 0.25) if swing else 1)
                rows += months({label: poisson(draw, mean)}, category=category)
        register = make_sample(*rows, on="2026-09-02")
        signals = watch(tally_of(register), [parse_period(each) for each in LABELS], last).signals
        alarms += any(signal.called for signal in signals)
        seen += bool(signals)
    assert alarms <= reports * 0.05
    assert seen > reports * 0.05  # The rules as such give many more, which is why the first page asks more of them.


def test_the_limits_stay_where_they_are_while_the_year_goes_on() -> None:
    register = make_sample(*months(dict(zip(LABELS, STEADY, strict=True))), on="2026-09-15")
    early, late = (compare(register, parse_period(label)).watch.series[0].limits for label in ("2026-03", "2026-08"))
    assert early == late
    assert early is not None
    assert early.points == 12


def test_weeks_are_followed_from_the_quarter_before() -> None:
    rows = [
        {"received_on": date.fromordinal(n)} for n in range(date(2026, 1, 1).toordinal(), date(2026, 8, 30).toordinal())
    ]
    register = make_sample(*rows, on="2026-09-02")
    found = compare(register, parse_period("2026-W35")).watch
    assert (found.steps[0].label, found.steps[-1].label) == ("2026-W14", "2026-W35")
    assert watch(tally_of(register), (), parse_period("2026-W35")).series == ()
