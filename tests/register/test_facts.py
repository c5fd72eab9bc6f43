"""What figures are counted from says the same on every day, and tells of a day what the complaint itself says then."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from random_registers import random_register

from registerkit.register import Facts, facts_of


@settings(max_examples=25)
@given(st.integers(0, 10**6), st.integers(-200, 200))
def test_the_day_makes_no_difference(seed: int, days: int) -> None:
    register = random_register(seed, most=6)
    other = replace(register, on=register.on + timedelta(days=days))
    for number, complaint in register.complaints.items():
        assert facts_of(complaint) == facts_of(other.complaints[number])


@settings(max_examples=25)
@given(st.integers(0, 10**6), st.integers(-200, 200))
def test_late_is_what_the_signal_says(seed: int, days: int) -> None:
    register = random_register(seed, most=6)
    register = replace(register, on=register.on + timedelta(days=days))
    for complaint in register.complaints.values():
        if complaint.received_on is None or register.on < complaint.received_on:
            continue
        signal = complaint.signal
        assert is_late(facts_of(complaint), register.on) == (signal is not None and signal.code == "overdue")


def is_late(facts: Facts, on: date) -> bool:
    after = facts.case.late_after
    waits = any(w.n == 0 and w.from_on <= on and (w.until_on is None or on <= w.until_on) for w in facts.waits)
    return after is not None and after < on and not waits
