"""Every figure of a report is the same before and after complaints were anonymised, whatever the complaints."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from registers import make_register

from registerkit.analysis import compare, parse_period
from registerkit.definition import Record
from registerkit.privacy import Wanted, plan_wiping
from registerkit.register import Register
from registerkit.store.anonymise import _needed

ON, FIRST = date(2026, 11, 20), date(2025, 11, 1)
PERIODS = [parse_period(label) for label in ("2026", "2026-Q1", "2025-12")]


def days(low: int = 0, high: int = 300) -> st.SearchStrategy[date]:
    return st.integers(low, high).map(lambda n: FIRST + timedelta(days=n))


PEOPLE = {
    "name": st.sampled_from(["A. Aap", "B. Beer"]),
    "email": st.sampled_from([None, "a@x.example", "b@x.example"]),
    "phone": st.sampled_from([None, "0301234567"]),
    "customer_number": st.sampled_from([None, "7"]),
    "employee": st.sampled_from([None, "P. Personeel"]),
    "description": st.just("Wat er gebeurde."),
}
COURSE = {
    "received_on": days(0, 120),
    "category": st.sampled_from(["levering", "product", None]),
    "status": st.sampled_from([None, "afgehandeld", "ingetrokken", "niet_in_behandeling", "samengevoegd"]),
    "settlement": st.sampled_from(["formeel", "informeel"]),
    "judgement": st.sampled_from([None, "gegrond", "ongegrond"]),
    "reasons": st.sampled_from([None, "Omdat."]),
    "solution": st.sampled_from([None, "uitleg", "terugbetaling"]),
    "answer_channel": st.sampled_from([None, "brief", "telefoon"]),
    "cost": st.sampled_from([None, 0, 2500]),
    "answered_on": st.none() | days(120),
    "closed_on": st.none() | days(120),
    "solved_on": st.none() | days(120),
    "customer_satisfied": st.sampled_from([None, True, False]),
    "satisfaction": st.sampled_from([None, 3, 9]),
    "proposal": st.sampled_from([None, "Een nieuwe."]),
    "extension_reason": st.sampled_from([None, "Druk."]),
}


def wiped(register: Register) -> Register:
    """Give the register as it is once what can be was anonymised; the store does this in SQL."""
    definition = register.definition
    codes = iter(range(1000))
    plan = plan_wiping(register, lambda: f"c{next(codes)}", Wanted(before=ON))
    needed = _needed(SimpleNamespace(definition=definition), definition.main)  # type: ignore[arg-type]
    personal = [f.id for f in definition.main.fields if f.personal]

    def bare(record: Record) -> Record:
        left = {f: "geanonimiseerd" if f in needed and record.get(f) is not None else None for f in personal}
        return {**record, **left, "anonymised_on": ON}

    rows = register.table("complaints").items()
    told = {number: bare(record) if number in plan.numbers else record for number, record in rows}
    return replace(register, records={**register.records, "complaints": told}, codes=plan.codes)


@given(st.lists(st.fixed_dictionaries({**PEOPLE, **COURSE}), min_size=1, max_size=6))
@settings(max_examples=20, deadline=None)
def test_every_figure_stays_whatever_is_wiped(complaints: list[dict[str, Any]]) -> None:
    rows = [{"number": f"K-{n}", **each} for n, each in enumerate(complaints)]
    before = make_register({"complaints": rows}, ON)
    after = wiped(before)
    for period in PERIODS:
        one, other = compare(before, period), compare(after, period)
        assert one.figures == other.figures, period.label
        assert (one.trend, one.work) == (other.trend, other.work), period.label
