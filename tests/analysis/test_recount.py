"""A recount by straight loops over the rows equals the figures, for whatever was registered and whatever the period (R33)."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from statistics import mean, median
from typing import Any

from analysis_samples import make_sample
from hypothesis import given, settings
from hypothesis import strategies as st

from registerkit.analysis import parse_period
from registerkit.analysis.comparison import compare
from registerkit.analysis.counting import EMPTY
from registerkit.definition import load_definition

FIRST, ON = date(2025, 11, 1), date(2026, 6, 24)
PERIODS = (
    "2025-12",
    "2026-01",
    "2026-06",
    "2026-Q1",
    "2025",
    "2026",
    "2026-W01",
    "2026-W26",
    "2025-12-15..2026-01-15",
    "2024",
)
CATEGORIES = {c.code: c.labels["nl"] for c in load_definition().lists["category"].choices}
ANSWERED = {
    "judgement": "gegrond",
    "solution": "excuses",
    "answer_channel": "email",
    "closed_by": "BJ",
    "handler": "BJ",
}


@st.composite
def rows(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Draw complaints that were handled once, or not yet."""
    found = []
    for n in range(draw(st.integers(0, 12))):
        received = FIRST + timedelta(days=draw(st.integers(0, 235)))
        row: dict[str, Any] = {
            "number": f"K-2026-{n:04}",
            "received_on": received,
            "category": draw(st.sampled_from(["PL", "SF", None])),
            "due_on": received + timedelta(days=draw(st.sampled_from([5, 28, 42]))),
            "amount": draw(st.sampled_from([None, 1250, 99])),
            "status": "nieuw",
        }
        closed = received + timedelta(days=draw(st.integers(0, 90)))
        if closed <= ON and draw(st.booleans()):
            answered = closed - timedelta(days=draw(st.integers(0, (closed - received).days)))
            kind = draw(st.sampled_from(["answered", "withdrawn"]))
            ending = {**ANSWERED, "status": "afgehandeld", "answered_on": answered} if kind == "answered" else {}
            row |= ending or {"status": "ingetrokken"}
            row |= {"closed_on": closed, "cost": draw(st.sampled_from([None, 0, 4999]))}
            row["satisfaction"] = draw(st.sampled_from([None, 1, 4]))
        found.append(row)
    return found


def recount(found: list[dict[str, Any]], first: date, last: date) -> dict[str, Any]:
    """Count by hand: no phases, no states, only the rows."""
    as_of = max(min(last, ON), first)

    def inside(day: date | None) -> bool:
        return day is not None and first <= day <= as_of

    received = [row for row in found if inside(row["received_on"])]
    closed = [row for row in found if inside(row.get("closed_on"))]
    days = sorted((row["closed_on"] - row["received_on"]).days for row in closed)
    answered = [row["answered_on"] <= row["due_on"] for row in closed if "answered_on" in row]
    marks = [row["satisfaction"] for row in closed if row.get("satisfaction")]
    return {
        "received": len(received),
        "closed": len(closed),
        "reopened": 0,
        "open_at_start": sum(
            r["received_on"] < first and not r.get("closed_on", ON + timedelta(1)) < first for r in found
        ),
        "open_at_end": sum(r["received_on"] <= as_of < r.get("closed_on", ON + timedelta(9999)) for r in found),
        "closed_in_time": sum(answered) / len(answered) if answered else None,
        "median_days_to_close": median(days) if days else None,
        "p90_days_to_close": days[-(-len(days) * 9 // 10) - 1] if days else None,
        "satisfaction_mean": mean(marks) if marks else None,
        "satisfaction_n": len(marks),
        "satisfaction_asked": len(marks),
        "cost_reopened": 0,
        "cost_total": sum(row.get("cost") or 0 for row in closed),
        "amount_total": sum(row["amount"] or 0 for row in received),
        "by_category": dict(Counter(CATEGORIES.get(row["category"], EMPTY) for row in received)),
        "by_month": dict(Counter(f"{row['received_on']:%Y-%m}" for row in received)),
        "by_ending": dict(Counter("gegrond" if "answered_on" in row else "ingetrokken" for row in closed)),
        "by_duration": tuple(
            sum(low < d <= high for d in days) for low, high in ((-1, 21), (21, 42), (42, 70), (70, 9999))
        ),
    }


@settings(max_examples=60)
@given(rows(), st.sampled_from(PERIODS))
def test_r33_a_recount_by_straight_loops_is_the_same(found: list[dict[str, Any]], label: str) -> None:
    period = parse_period(label)
    told = compare(make_sample(*found, on=ON.isoformat()), period)
    for name, value in recount(found, period.first, period.last).items():
        figure = told.figures.timing.by_duration if name == "by_duration" else getattr(told.figures, name)
        assert figure == value, name
    before = told.previous_period
    counted = recount(found, before.first, before.last)
    assert (told.previous.received, told.previous.closed) == (counted["received"], counted["closed"])
    if told.balances:
        own = told.balances[0]
        assert own.open_at_start + own.received + own.reopened == own.closed + own.open_at_end
