"""R22: the deadlines of whoever handles complaints, as a calendar takes them in."""

from __future__ import annotations

from datetime import date
from typing import Any

from icalendar import Calendar
from registers import make_register

from registerkit.reminders import calendar_file, make_digests
from registerkit.reminders.steps import Deadline
from registerkit.texts import load_texts

ON = date(2026, 11, 20)
TEXTS = load_texts("nl")
WAITS = {"number": "K-2026-0001", "name": "J. Jansen", "phone": "030 123 45 67", "received_on": date(2026, 11, 16),
         "category": "PL", "handler": "BJ", "agreement_by": date(2026, 12, 1)}  # fmt: skip
STAFF = [{"code": "BJ", "name": "Bo Jonker", "role": "behandelaar", "deputy": "LD"}, {"code": "LD", "name": "Lia Dam"}]


def calendars(*, on: date = ON, staff: list[dict[str, Any]] = STAFF, **changes: Any) -> dict[str, bytes]:
    register = make_register({"complaints": [WAITS | changes], "staff": staff}, on)
    found = make_digests(register).calendars
    return {code: calendar_file(deadlines, TEXTS, on, "x.example") for code, deadlines in found.items()}


def events(data: bytes) -> dict[str, tuple[date, str]]:
    """Give the day and the words of each event, by its name."""
    found = list(Calendar.from_ical(data).walk("VEVENT"))
    assert all(event["DTEND"].dt > event["DTSTART"].dt for event in found)
    return {str(event["UID"]): (event["DTSTART"].dt, str(event["SUMMARY"])) for event in found}


def test_all_that_is_to_be_done_by_a_day_is_a_whole_day() -> None:
    """What is not due soon as well; it tells of no person."""
    (data,) = calendars().values()
    assert {
        "k-2026-0001-1-acknowledge@x.example": (date(2026, 11, 23), "K-2026-0001: ontvangst bevestigen"),
        "k-2026-0001-1-agreement@x.example": (date(2026, 12, 1), "K-2026-0001: afspraak nakomen"),
        "k-2026-0001-1-answer@x.example": (date(2026, 12, 14), "K-2026-0001: klacht beantwoorden"),
    } == events(data)
    assert b"Jansen" not in data
    assert b"DTSTART;VALUE=DATE:20261214\r\n" in data
    assert b"DTSTAMP:20261120T080000Z\r\n" in data


def test_a_deadline_that_moves_keeps_its_name_and_a_later_run_counts() -> None:
    before, after = calendars()["BJ"], calendars(on=date(2026, 11, 27), agreement_by=date(2026, 12, 8))["BJ"]
    name = "k-2026-0001-1-agreement@x.example"
    assert (date(2026, 12, 1), date(2026, 12, 8)) == (events(before)[name][0], events(after)[name][0])
    first, second = (Calendar.from_ical(data).walk("VEVENT")[0]["SEQUENCE"] for data in (before, after))
    assert first < second


def test_while_somebody_is_away_the_deputy_has_them() -> None:
    away = [dict(row, absent_from=ON) if row["code"] == "BJ" else row for row in STAFF]
    assert ["LD"] == list(calendars(staff=away))


def test_what_is_done_is_no_deadline_any_more() -> None:
    done = {"acknowledged_on": date(2026, 11, 17), "agreement_kept_on": date(2026, 11, 18)}
    assert ["k-2026-0001-1-answer@x.example"] == list(events(calendars(**done)["BJ"]))


def test_lines_are_folded_within_their_octets_and_never_within_a_character() -> None:
    """What means something in a calendar comes out as it was."""
    what = "bel; leg uit, en noteer \\ hoe het ging: €€€€€ " + "ë" * 200
    data = calendar_file([Deadline("answer", "BJ", "K-2026-0001", 1, what, ON)], TEXTS, ON, "x.example")
    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)
    assert all(line.decode() for line in lines[:-1])
    assert [(ON, f"K-2026-0001: {what}")] == list(events(data).values())
