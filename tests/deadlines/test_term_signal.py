"""The signal of a complaint on a day: closed before paused before overdue before due soon before on time."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from registerkit.deadlines import (
    SIGNAL_CODES,
    Pause,
    Profile,
    Signal,
    TermCase,
    WorkCalendar,
    compute_terms,
    load_profile,
    signal,
)
from registerkit.texts import Texts

D = date.fromisoformat


def signal_on(texts: Texts, profile: Profile, calendar: WorkCalendar, on: str, **values: Any) -> Signal:
    """Tell the signal of a complaint received on 01-06-2026; under eigen it is due on 29-06-2026."""
    closed = values.pop("closed", False)
    case = TermCase(D("2026-06-01"), **values)
    terms = compute_terms(case, profile, calendar, texts)
    return signal(case, terms, profile, calendar, D(on), closed)


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
def test_by_day(texts: Texts, eigen: Profile, own_calendar: WorkCalendar, on: str, code: str, days_left: int) -> None:
    """Warned from five working days before the day: Sunday 21-06 has six ahead, Monday 22-06 five."""
    result = signal_on(texts, eigen, own_calendar, on)
    assert (code, days_left) == (result.code, result.days_left)


@pytest.mark.parametrize(
    "values", [{"closed": True}, {"answered_on": D("2026-07-20")}, {"answered_on": D("2026-06-01")}]
)
def test_closed_and_answered_are_never_overdue(
    texts: Texts, eigen: Profile, own_calendar: WorkCalendar, values: dict[str, Any]
) -> None:
    assert signal_on(texts, eigen, own_calendar, "2026-12-01", **values) == Signal("closed", None)


@pytest.mark.parametrize(
    ("answered_on", "code"), [("2026-05-01", "on_time"), ("2026-06-01", "on_time"), ("2026-06-02", "closed")]
)
def test_an_answer_from_before_the_reopening_does_not_count(
    texts: Texts, eigen: Profile, own_calendar: WorkCalendar, answered_on: str, code: str
) -> None:
    result = signal_on(texts, eigen, own_calendar, "2026-06-03", reopened=True, answered_on=D(answered_on))
    assert code == result.code


@pytest.mark.parametrize(
    ("pause", "on", "code"),
    [
        (Pause(D("2026-06-10")), "2026-06-09", "on_time"),
        (Pause(D("2026-06-10")), "2026-06-10", "paused"),
        (Pause(D("2026-06-10")), "2026-08-10", "paused"),
        (Pause(D("2026-06-10"), D("2026-06-12")), "2026-06-12", "paused"),
        (Pause(D("2026-06-10"), D("2026-06-12")), "2026-06-13", "on_time"),
        (Pause(D("2026-05-10")), "2026-06-10", "on_time"),
    ],
)
def test_paused_on_its_days(
    texts: Texts, eigen: Profile, own_calendar: WorkCalendar, pause: Pause, on: str, code: str
) -> None:
    assert code == signal_on(texts, eigen, own_calendar, on, pauses=(pause,)).code


@pytest.mark.parametrize(
    ("profile", "consent_on", "code"),
    [("awb", "2026-06-10", "overdue"), ("wkkgz", None, "overdue"), ("wkkgz", "2026-06-10", "paused")],
)
def test_paused_only_where_pauses_move(
    texts: Texts, law_calendar: WorkCalendar, profile: str, consent_on: str | None, code: str
) -> None:
    pause = Pause(D("2026-06-10"), None, consent_on and D(consent_on))
    rules = load_profile({"profile": profile}).default
    assert code == signal_on(texts, rules, law_calendar, "2026-08-10", pauses=(pause,)).code


def test_every_code_has_a_label(texts: Texts) -> None:
    expected = ["te laat", "bijna te laat", "op tijd", "opgeschort", "afgesloten"]
    assert expected == [texts(f"terms.signal.{code}") for code in SIGNAL_CODES]
