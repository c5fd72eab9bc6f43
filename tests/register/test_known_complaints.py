"""What was worked out of a complaint stays for the next look at the register, and only while nothing of it changed."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import date

import pytest
from registers import make_register

from registerkit.deadlines import load_profile
from registerkit.letters import agenda
from registerkit.register import Phase, Register

ON = date(2026, 11, 20)
NEW = {"number": "K-2026-0001", "received_on": date(2026, 11, 2), "name": "A. Bos", "status": "nieuw", "handler": "JB"}
CLOSED = NEW | {"number": "K-2026-0002", "status": "afgehandeld", "answered_on": date(2026, 11, 9), "measure": "M-1"}


@pytest.fixture
def register() -> Register:
    rows = {"complaints": [NEW, CLOSED], "staff": [{"code": "JB", "name": "Jan Blom"}], "measures": [{"number": "M-1"}]}
    found = make_register(rows, ON)
    assert {c.state.code for c in found.complaints.values()} == {"new", "answered_incomplete"}
    return found


def again(register: Register, **changes: object) -> Register:
    """Look at a register again, with copies of all its rows."""
    return replace(register, **{"records": deepcopy(register.records), "known": register.worked_out, **changes})


def test_what_is_the_same_is_the_very_same(register: Register) -> None:
    later = again(again(register))
    assert all(later.complaints[number] is complaint for number, complaint in register.complaints.items())


def with_row(table: str, key: str, **row: object) -> Callable[[Register], Register]:
    def change(register: Register) -> Register:
        records = deepcopy(register.records)
        records[table] = {**records[table], key: {**records[table].get(key, {}), **row}}  # type: ignore[index]
        return again(register, records=records)

    return change


CHANGES: dict[str, Callable[[Register], Register]] = {
    "value": with_row("complaints", "K-2026-0001", acknowledged_on=date(2026, 11, 3)),
    "letter": with_row("letters", "B1", complaint="K-2026-0001", phase=1, kind="progress", made_on=date(2026, 11, 19)),
    "pause": with_row("pauses", "P1", **{"complaint": "K-2026-0001", "from": date(2026, 11, 16)}),
    "investigation": with_row("investigations", "O1", complaint="K-2026-0001"),
    "measure": with_row("measures", "M-1", status="klaar"),
    "phase": lambda r: again(r, phases={**r.phases, "K-2026-0001": (Phase("K-2026-0001", 1, date(2026, 11, 1)),)}),
    "day": lambda r: again(r, on=date(2027, 1, 4)),
    "terms": lambda r: again(r, policy=load_profile({"profile": "awb"})),
    "staff": with_row("staff", "JB", name="Jan de Blom"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_changed_is_looked_at_anew(register: Register, name: str) -> None:
    agenda(register)
    later = CHANGES[name](register)
    if name == "staff":
        later = replace(later, lookups=later.lookups.with_staff(later.records["staff"]))
    fresh = replace(later, known={})
    assert agenda(later) == agenda(fresh)
    for number, complaint in later.complaints.items():
        told = fresh.complaints[number]
        for what in ("state", "terms", "signal", "term_case", "deciding", "lacking", "has_aftercare"):
            assert getattr(complaint, what) == getattr(told, what), (number, what)
    assert any(later.complaints[number] is not complaint for number, complaint in register.complaints.items())
