"""The workbook's formulas say the same as the table of states, over every combination of the values that decide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from counted import plain, without_cached_values
from sheets import load
from workbook_samples import TODAY, MakeContent

from registerkit.definition import Record
from registerkit.register import CLOSED, ENDED, STATES
from registerkit.workbook import WorkbookContent, build_workbook

Soffice = Callable[..., Path]

RECEIVED = TODAY - timedelta(days=60)
"""So long ago that an unanswered complaint is late, and an answer after ten days was in time."""
REOPENED = TODAY - timedelta(days=10)
COMPLETE = {"judgement": "gegrond", "solution": "excuses", "closed_by": "AB"}
WAYS: tuple[dict[str, Any], ...] = (
    {},
    COMPLETE | {"answer_channel": "telefoon"},
    COMPLETE | {"answer_channel": "brief"},
    COMPLETE | {"answer_channel": "brief", "judgement": "ongegrond"},
)
"""Nothing filled in; all that closing needs, told or written; and reasons lacking."""
ANSWERED = (None, RECEIVED + timedelta(days=10), TODAY - timedelta(days=2))
CLOSED_ON = (None, RECEIVED + timedelta(days=12), TODAY - timedelta(days=1))
SOLVED: tuple[dict[str, Any], ...] = (
    {},
    {"solved_on": RECEIVED + timedelta(days=3)},
    {"solved_on": RECEIVED + timedelta(days=3), "customer_satisfied": True},
    {"solved_on": RECEIVED + timedelta(days=3), "customer_satisfied": False, "settlement": "informeel"},
)
REOPENINGS: tuple[dict[str, Any], ...] = (
    {},
    {"reopened_on": REOPENED},
    {"reopened_on": TODAY - timedelta(days=2)},
    {"reopened_on": REOPENED, "reopen_reason": "geschil"},
)
STATUSES = ("nieuw", CLOSED, "ingetrokken", "doorgestuurd", "niet_in_behandeling")


def combinations() -> Iterator[dict[str, Any]]:
    """Give what decides in every combination, and each other status in the plain ones."""
    for status, way, answered, closed, solved, again in product(
        STATUSES, WAYS, ANSWERED, CLOSED_ON, SOLVED, REOPENINGS
    ):
        yield {"status": status, **way, "answered_on": answered, "closed_on": closed, **solved, **again}
    for status, way, answered, again in product(STATUSES, WAYS, ANSWERED, REOPENINGS[:2]):
        yield {"status": status, **way, "answered_on": answered, "taken_over_on": TODAY, **again}
    for status, way, answered in product(sorted(ENDED | {"voorstel", "wacht_klant", "heropend"}), WAYS, ANSWERED):
        yield {"status": status, **way, "answered_on": answered}


def rows(waiting: bool, told: bool) -> dict[str, list[Record]]:
    """Give a complaint for each combination; `waiting` ones have a pause that runs, `told` ones every letter."""
    complaints = [
        {"number": f"K-2025-{n:04}", "received_on": RECEIVED, "name": "J. Jansen", "category": "PL", **values}
        for n, values in enumerate(combinations(), 1)
        if not (waiting or told) or n % 7 == 0
    ]
    numbers = [str(complaint["number"]) for complaint in complaints]
    pauses = [
        {"row_key": f"P{n}", "complaint": number, "from": TODAY - timedelta(days=5), "consent_on": TODAY}
        for n, number in enumerate(numbers)
    ]
    kinds = ("referral", "not_taken_up", "outcome_founded", "acknowledgement")
    letters = [
        {"row_key": f"B{n}", "complaint": number, "kind": kinds[n % 4], "phase": 1, **day(n)}
        for n, number in enumerate(numbers)
    ]
    return {
        "complaints": complaints,
        "pauses": pauses if waiting else [],
        "letters": letters if told else [],
        "staff": [{"code": "AB", "name": "Anna Blom"}],
    }


def day(n: int) -> dict[str, date]:
    """Give when a letter was made or sent: before or after a reopening, or one of both alone."""
    early, late = RECEIVED + timedelta(days=15), TODAY - timedelta(days=1)
    return ({"made_on": early}, {"made_on": late}, {"sent_on": late}, {"made_on": early, "sent_on": late})[n // 4 % 4]


PARTS = [(False, False, part) for part in range(6)]
"""All combinations in as many registers: LibreOffice counts one large one for minutes."""


CASES = [*PARTS, (True, False, 0), (False, True, 0)]


@pytest.mark.soffice
@pytest.mark.parametrize(
    ("profile", "waiting", "told", "part"),
    [
        pytest.param(
            profile,
            *case,
            marks=[pytest.mark.slow]
            if case not in ((PARTS[0],) if profile == "eigen" else ((False, True, 0),))
            else [],
        )
        for profile in ("eigen", "awb")
        for case in CASES
    ],
)  # Between two releases a part of each will do: the law's profile has every branch of the formulas.
def test_libreoffice_finds_the_signal_of_the_table(
    make: MakeContent, soffice: Soffice, tmp_path: Path, profile: str, waiting: bool, told: bool, part: int
) -> None:
    records = rows(waiting, told)
    if not (waiting or told):
        records["complaints"] = records["complaints"][part :: len(PARTS)]
    content = make("nl", records, terms={"profile": profile}, prepared=1)
    build_workbook(tmp_path / "register.xlsx", content)
    without_cached_values(tmp_path / "register.xlsx", tmp_path / "bare.xlsx")
    found_in = soffice(tmp_path / "bare.xlsx", "xlsx")
    expected, counted = live(tmp_path / "register.xlsx"), live(found_in)
    wrong = {
        key: (states(content)[key], expected[key], counted[key]) for key in expected if expected[key] != counted[key]
    }
    assert {} == dict(list(wrong.items())[:10])
    built, shown = (start_lines(path) for path in (tmp_path / "register.xlsx", found_in))
    assert [] == [pair for pair in zip(built, shown, strict=True) if pair[0] != pair[1]][:10]


def start_lines(path: Path) -> list[list[Any]]:
    """Give the lines of the work list, with the next step of each."""
    sheet = load(path, values=True)["Start"]
    return [[plain(cell) for cell in row] for row in sheet.iter_rows(min_row=9, max_row=58, values_only=True)]


def live(path: Path) -> dict[str, tuple[Any, ...]]:
    """Give signal and days of every complaint in a file."""
    sheet = load(path, values=True)["Register"]
    cells = list(sheet.iter_rows(values_only=True))
    top = next(n for n, row in enumerate(cells) if "Klachtnummer" in row and "Signaal" in row)
    heads = ("Signaal", "Resterende dagen", "Uiterlijk afhandelen op", "Nazorg uiterlijk op")
    at = {head: cells[top].index(head) for head in ("Klachtnummer", *heads)}
    return {
        str(row[at["Klachtnummer"]]): tuple(plain(row[at[head]]) for head in heads)
        for row in cells[top + 1 :]
        if row[at["Klachtnummer"]]
    }


def states(content: WorkbookContent) -> dict[str, str]:
    return {number: complaint.state.code for number, complaint in content.register.complaints.items()}


def test_the_combinations_reach_every_state_that_dates_and_statuses_can_bring(make: MakeContent) -> None:
    found: Counter[str] = Counter()
    for profile, waiting, told in (("eigen", False, False), ("awb", False, False), ("eigen", True, False)):
        found.update(states(make("nl", rows(waiting, told), terms={"profile": profile})).values())
    others = {"agreed", "proposed", "waiting_customer", "waiting_others", "in_hand"}
    assert {state.code for state in STATES} - others <= found.keys()
