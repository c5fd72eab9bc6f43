"""How a complaint stands against its term on a day: by the present day, by the day of its answer, or not at all."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from registers import make_complaint

from registerkit.deadlines import SIGNAL_CODES, Signal
from registerkit.texts import load_texts

D = date.fromisoformat
COMPLETE = {
    "judgement": "gegrond",
    "solution": "excuses",
    "answer_channel": "email",
    "closed_by": "BJ",
    "handler": "BJ",
}


def signal_on(on: str, profile: str = "eigen", pauses: tuple[dict[str, Any], ...] = (), **values: Any) -> Signal:
    """Return the signal of a complaint received on 01-06-2026; under eigen it is due on 29-06-2026."""
    rows = [{"row_key": f"P{n}", "complaint": "K-2026-0001", **row} for n, row in enumerate(pauses)]
    record = {"received_on": D("2026-06-01"), "status": "in_behandeling", **values}
    found = make_complaint(record, D(on), terms={"profile": profile}, tables={"pauses": rows}).signal
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("on", "code", "days_left"),
    [
        ("2026-06-01", "on_time", 28),
        ("2026-06-19", "on_time", 10),
        ("2026-06-21", "on_time", 8),
        ("2026-06-22", "due_soon", 7),
        ("2026-06-29", "due_soon", 0),
        ("2026-06-30", "overdue", -1),
    ],
)
def test_by_day(on: str, code: str, days_left: int) -> None:
    """Warned from five working days before the day: Sunday 21-06 has six ahead, Monday 22-06 five."""
    assert signal_on(on) == Signal(code, days_left)


@pytest.mark.parametrize(
    "values",
    [
        {"status": "ingetrokken"},
        {"status": "vervallen"},
        {"status": "geen_klacht"},
        {"status": "samengevoegd"},
        {"answered_on": D("2026-07-20"), **COMPLETE},
        {"answered_on": D("2026-06-01"), **COMPLETE},
        {"solved_on": D("2026-06-02"), "customer_satisfied": True},
    ],
)
def test_what_ended_has_no_signal(values: dict[str, Any]) -> None:
    assert signal_on("2026-12-01", **values) == Signal("closed", None)


@pytest.mark.parametrize(
    ("answered", "expected"), [("2026-06-26", Signal("answered", 3)), ("2026-07-02", Signal("overdue", -3))]
)
def test_answered_and_not_complete_is_late_by_the_day_of_its_answer(answered: str, expected: Signal) -> None:
    for on in ("2026-07-03", "2026-12-01"):
        assert signal_on(on, answered_on=D(answered)) == expected


@pytest.mark.parametrize("status", ["doorgestuurd", "niet_in_behandeling"])
def test_a_notice_that_is_owed_runs_late(status: str) -> None:
    assert signal_on("2026-07-20", status=status).code == "overdue"
    told = {"answered_on": D("2026-06-20"), "answer_channel": "brief"}
    assert signal_on("2026-07-20", status=status, **told).code == "closed"


@pytest.mark.parametrize(
    ("answered_on", "code"), [("2026-05-01", "on_time"), ("2026-06-01", "on_time"), ("2026-06-02", "answered")]
)
def test_an_answer_from_before_the_reopening_does_not_count(answered_on: str, code: str) -> None:
    earlier = {"received_on": D("2026-04-01"), "reopened_on": D("2026-06-01"), "status": "heropend"}
    assert signal_on("2026-06-03", **(earlier | {"answered_on": D(answered_on)})).code == code


def pause(start: str, until: str | None = None, consent: str | None = None) -> dict[str, Any]:
    return {"from": D(start), "until": until and D(until), "consent_on": consent and D(consent)}


@pytest.mark.parametrize(
    ("row", "on", "code"),
    [
        (pause("2026-06-10"), "2026-06-09", "on_time"),
        (pause("2026-06-10"), "2026-06-10", "paused"),
        (pause("2026-06-10"), "2026-08-10", "paused"),
        (pause("2026-06-10", "2026-06-12"), "2026-06-12", "paused"),
        (pause("2026-06-10", "2026-06-12"), "2026-06-13", "on_time"),
        (pause("2026-05-10"), "2026-06-10", "on_time"),
    ],
)
def test_paused_on_its_days(row: dict[str, Any], on: str, code: str) -> None:
    assert signal_on(on, pauses=(row,)).code == code


@pytest.mark.parametrize(
    ("profile", "consent", "code"),
    [("awb", "2026-06-10", "overdue"), ("wkkgz", None, "overdue"), ("wkkgz", "2026-06-10", "paused")],
)
def test_paused_only_where_pauses_move(profile: str, consent: str | None, code: str) -> None:
    assert signal_on("2026-08-10", profile, (pause("2026-06-10", consent=consent),)).code == code


def test_every_code_has_a_label() -> None:
    expected = ["te laat", "bijna te laat", "op tijd", "beantwoord", "opgeschort", "afgesloten"]
    assert sorted(load_texts("nl")(f"terms.signal.{code}") for code in SIGNAL_CODES) == sorted(expected)
