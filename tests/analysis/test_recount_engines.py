"""Every figure is what straight loops over the complaints give, in SQLite, PostgreSQL and MariaDB alike (R33)."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_registers import random_register
from recount import recount, told_figure

from registerkit.analysis import Period, compare, figures, parse_period
from registerkit.analysis.tally import Tally, tally_of
from registerkit.database import CREATED, REVISION
from registerkit.register import Register, facts_of
from registerkit.store import Store, encode
from registerkit.store.facts import forget_facts, write_facts
from registerkit.store.same_person import hashed_keys

LABELS = (
    *("2025", "2026", "2024", "2025-12", "2026-01", "2026-02", "2025-Q4", "2026-Q1", "2026-Q3", "2025-W52", "2026-W01"),
    *("2026-W30", "2025-12-15..2026-01-10", "2026-12"),
)
"""Whole years and parts of them, their boundaries, and periods in which there is nothing."""


def check(tally: Tally, register: Register, period: Period) -> None:
    found = figures(register, period, tally)
    for name, value in recount(register, period).items():
        assert told_figure(found, name) == value, f"{period.label} {name}"


@settings(max_examples=40)
@given(st.integers(0, 10**6), st.sampled_from(LABELS))
def test_r33_every_figure_is_that_of_a_recount(seed: int, label: str) -> None:
    register = random_register(seed)
    check(tally_of(register), register, parse_period(label))


@pytest.fixture
def store(server: Any) -> Iterator[Store]:
    from registerkit.definition import load_definition

    store = Store.open(server.database(), load_definition(), "2026-11-20T10:00:00")
    yield store
    store.close()


@contextmanager
def on_server(store: Store, register: Register) -> Iterator[Tally]:
    """Give what is counted of a register that lies in a database of a server."""
    main, names = store.tables["complaints"], {column.key for column in store.tables["complaints"].columns}
    every = register.complaints
    with store.database.step() as connection:
        connection.execute(main.delete())
        forget_facts(connection)
        for n, (number, complaint) in enumerate(every.items(), 1):
            row = {k: encode(v) if isinstance(v, tuple) else v for k, v in complaint.record.items() if k in names}
            connection.execute(main.insert(), row | {"rk_key": number, CREATED: n, REVISION: n})
        keys = {number: hashed_keys(c.record, None, "") for number, c in every.items()}
        write_facts(connection, [facts_of(complaint) for complaint in every.values()], keys)
    with store.reading() as connection:
        yield Tally(connection, main, register, lambda _: register)


def test_r33_a_server_counts_as_a_file_does(store: Store) -> None:
    """What stands in a report beside the figures too; which of the registers and periods is left to chance."""
    for seed in range(4):
        register = random_register(seed, most=30)
        here = tally_of(register)
        with on_server(store, register) as there:
            for label in random.Random(seed).sample(LABELS, 4):
                period = parse_period(label)
                check(there, register, period)
                assert replace(compare(register, period, there), tally=here) == compare(register, period, here), label


def test_the_day_a_year_back_of_a_leap_day_is_one_day_earlier() -> None:
    from registerkit.register import a_year_back

    assert (a_year_back(date(2024, 2, 29)), a_year_back(date(2025, 3, 1))) == (date(2023, 2, 28), date(2024, 3, 1))
