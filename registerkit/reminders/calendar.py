"""What somebody is to do by which day, as a file that a calendar program takes in (iCalendar, RFC 5545)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from registerkit.reminders.steps import Deadline
from registerkit.texts import Texts

__all__ = ["calendar_file"]

_OCTETS = 75
"""The longest line that there may be (RFC 5545, 3.1)."""
_MEANT = re.compile(r"[\\\\;,]")
_EPOCH = date(2000, 1, 1)


def calendar_file(deadlines: Iterable[Deadline], texts: Texts, on: date, domain: str) -> bytes:
    """Return the deadlines as whole days; the same one keeps its name when its day moves, so that it moves along.

    It tells the number and what is to be done, and no person: others may see a calendar.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//registerkit//registerkit//EN", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH", *(line for each in deadlines for line in _event(each, texts, on, domain))]
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"]).encode()


def _event(deadline: Deadline, texts: Texts, on: date, domain: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{f'{deadline.number}-{deadline.phase}-{deadline.kind}@{domain}'.lower()}"
    yield f"DTSTAMP:{on:%Y%m%d}T080000Z"
    yield f"SEQUENCE:{(on - _EPOCH).days}"  # A later run knows better.
    yield f"DTSTART;VALUE=DATE:{deadline.by:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{deadline.by + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(texts('reminders.calendar.summary', number=deadline.number, what=deadline.what))}"
    yield f"DESCRIPTION:{_text(texts('reminders.calendar.description', by=deadline.by))}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _text(words: str) -> str:
    """Return text with what means something written as itself (RFC 5545, 3.3.11)."""
    return _MEANT.sub(lambda found: f"\\{found[0]}", " ".join(words.split()))


def _folded(line: str) -> str:
    """Return a line, broken where it is too long: never within a character."""
    pieces, room = [""], _OCTETS
    for character in line:
        size = len(character.encode())
        if size > room:
            pieces.append("")
            room = _OCTETS - 1  # The space that a further line begins with.
        pieces[-1] += character
        room -= size
    return "\r\n ".join(pieces)
