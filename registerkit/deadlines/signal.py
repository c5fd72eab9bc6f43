"""How a complaint stands against its term on a given day; never stored, for it changes with the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from registerkit.deadlines.calendar import WorkCalendar
from registerkit.deadlines.compute import TermCase, Terms, counting_pauses
from registerkit.deadlines.profile import Profile

__all__ = ["SIGNAL_CODES", "Signal", "SignalCode", "signal"]

SignalCode = Literal["overdue", "due_soon", "on_time", "paused", "closed"]
SIGNAL_CODES: tuple[SignalCode, ...] = ("overdue", "due_soon", "on_time", "paused", "closed")


@dataclass(frozen=True)
class Signal:
    """The code, with its label in the texts as `terms.signal.<code>`, and the calendar days left.

    `days_left` is negative after the term and None when the complaint is closed or answered.
    """

    code: SignalCode
    days_left: int | None


def signal(case: TermCase, terms: Terms, profile: Profile, calendar: WorkCalendar, on: date, closed: bool) -> Signal:
    """Tell how the complaint stands on the day `on`; `closed` says that its status needs no more work."""
    if closed or case.answered:
        return Signal("closed", None)
    days_left = (terms.due_on - on).days
    if _paused(case, profile, on):
        return Signal("paused", days_left)
    if days_left < 0:
        return Signal("overdue", days_left)
    soon = calendar.working_days_between(on, terms.due_on) <= profile.warn_working_days
    return Signal("due_soon" if soon else "on_time", days_left)


def _paused(case: TermCase, profile: Profile, on: date) -> bool:
    return any(
        pause.start <= on and (pause.until is None or on <= pause.until)
        for pause in counting_pauses(case.pauses, profile, case.started_on)
    )
