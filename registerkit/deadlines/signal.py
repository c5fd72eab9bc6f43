"""How a complaint stands against its term on a given day; never stored, for it changes with the day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["SIGNAL_CODES", "Signal", "SignalCode"]

SignalCode = Literal["overdue", "due_soon", "on_time", "answered", "paused", "closed"]
SIGNAL_CODES: tuple[SignalCode, ...] = ("overdue", "due_soon", "on_time", "answered", "paused", "closed")


@dataclass(frozen=True)
class Signal:
    """The code, with its label in the texts as `terms.signal.<code>`, and the calendar days left.

    `days_left` is negative after the term and None when the complaint is closed; of an answered one it counts up to
    the day of the answer.
    """

    code: SignalCode
    days_left: int | None
