"""What was open and what came in is what was closed and what is still open: in every period, whatever the complaints."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from analysis_samples import make_sample
from hypothesis import given, settings
from hypothesis import strategies as st

from registerkit.analysis import figures, parse_period
from registerkit.analysis.tally import tally_of
from registerkit.definition import load_definition
from registerkit.register import Complaint, Phase, phases_after

FIRST = date(2026, 1, 1)
PERIODS = tuple(
    parse_period(label)
    for label in (*(f"2026-{month:02}" for month in range(1, 7)), "2026-Q1", "2026-Q2", "2026", "2026-W05", "2026-W06")
)
STATUSES = [choice.code for choice in load_definition().lists["status"].choices]
COMPLETE = {
    "judgement": "gegrond",
    "solution": "excuses",
    "answer_channel": "email",
    "closed_by": "BJ",
    "handler": "BJ",
}


def days(low: int = 0, high: int = 175) -> st.SearchStrategy[date]:
    return st.integers(low, high).map(lambda n: FIRST + timedelta(days=n))


VERSION = st.fixed_dictionaries(
    {"status": st.sampled_from(STATUSES), "rest": st.sampled_from([{}, COMPLETE, {"judgement": "ongegrond"}])},
    optional={
        "answered_on": days(),
        "closed_on": days(),
        "reopened_on": days(),
        "solved_on": days(),
        "customer_satisfied": st.booleans(),
        "reopen_reason": st.sampled_from(["niet_tevreden", "geschil"]),
        "cost": st.integers(0, 10000),
    },
)
COMPLAINT = st.fixed_dictionaries(
    {"received_on": days(0, 120), "special": st.sampled_from([None, None, False, True]), "category": st.just("PL")}
)


class Shown:
    """A register that tells only its complaints when a test fails."""

    def __init__(self, register: Any) -> None:
        self.register = register

    def __repr__(self) -> str:
        filled = [{k: v for k, v in r.items() if v is not None} for r in self.register.table("complaints").values()]
        return f"{filled}, {self.register.phases}"


@st.composite
def registers(draw: st.DrawFn) -> Shown:
    """Draw a register whose complaints went through several states, with the phases that a store would have kept."""
    rows: list[dict[str, Any]] = []
    phases: dict[str, tuple[Phase, ...]] = {}
    rules = make_sample(on="2026-06-24").rules
    for n in range(draw(st.integers(0, 4))):
        base = draw(COMPLAINT) | {"number": f"K-2026-{n:04}"}
        kept: tuple[Phase, ...] = ()
        for version in draw(st.lists(VERSION, min_size=1, max_size=3)):
            values = {k: v for k, v in version.items() if k != "rest"} | version["rest"]
            row = base | values
            kept = phases_after(Complaint(base["number"], row, rules, kept))
        rows.append(row)
        phases[base["number"]] = kept
    return Shown(make_sample(*rows, on="2026-06-24", phases=phases))


@settings(max_examples=150)
@given(registers())
def test_every_period_balances(shown: Shown) -> None:
    register = shown.register
    tally = tally_of(register)
    for period in PERIODS:
        found = figures(register, period, tally)
        begun = (found.open_at_start or 0) + found.received + (found.reopened or 0)
        assert begun == sum(found.by_ending.values()) + found.open_at_end, period.label
        assert sum(found.by_ending.values()) == found.closed
        assert 0 <= found.overdue_open <= found.open_at_end


@settings(max_examples=60)
@given(registers())
def test_months_add_up_to_the_year(shown: Shown) -> None:
    """What one month leaves open the next begins with, and nothing is counted in two of them."""
    register = shown.register
    tally = tally_of(register)
    months = [figures(register, period, tally) for period in PERIODS[:6]]
    for before, after in pairwise(months):
        assert before.open_at_end == after.open_at_start
    year = figures(register, parse_period("2026"), tally)
    for name in ("received", "closed", "reopened", "special", "no_complaint", "cost_total"):
        assert sum(getattr(month, name) for month in months) == getattr(year, name), name


@settings(max_examples=60)
@given(registers())
def test_what_is_apart_is_in_no_figure(shown: Shown) -> None:
    """Without the complaints of a crisis, and those that were none, the figures are the same."""
    register = shown.register
    apart = {number for number, complaint in register.complaints.items() if not complaint.counts}
    kept = [record for number, record in register.table("complaints").items() if number not in apart]
    phases = {number: each for number, each in register.phases.items() if number not in apart}
    rest = make_sample(*kept, on="2026-06-24", phases=phases)
    tallies = [(each, tally_of(each)) for each in (register, rest)]
    for period in PERIODS[:8]:
        one, other = (figures(each, period, tally) for each, tally in tallies)
        for name in ("received", "closed", "reopened", "open_at_start", "open_at_end", "by_ending", "cost_total"):
            assert getattr(one, name) == getattr(other, name), (period.label, name)


def test_a_day_still_to_come_ends_nothing_yet() -> None:
    """Open is counted on the present day, so what is closed is too."""
    row = {"number": "K-2026-0001", "received_on": date(2026, 6, 1), "status": "samengevoegd", "category": "PL"}
    found = figures(make_sample(row | {"closed_on": date(2026, 6, 28)}, on="2026-06-24"), parse_period("2026-06"))
    assert (found.received, found.closed, found.open_at_end) == (1, 0, 1)
