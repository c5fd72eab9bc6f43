"""Aftercare: which complaints wait for somebody to ask whether all is well now. The one count that all tell."""

from __future__ import annotations

from datetime import date, timedelta

__all__ = ["LAPSED_DAYS", "aftercare_waits"]

LAPSED_DAYS = 91
"""A quarter after its day what was not done is done no more: a call would come as a surprise."""


def aftercare_waits(by: date | None, done: date | None, on: date, ahead: int) -> bool:
    """Tell whether aftercare of a closed complaint waits on a day: not done by then, and due within `ahead` days.

    What a complaint should have had a quarter ago has lapsed. `ahead` is the number of days to the next run, so that
    a reminder comes before the day itself.
    """
    if by is None or (done is not None and done <= on):
        return False
    return on - timedelta(days=LAPSED_DAYS) <= by <= on + timedelta(days=ahead)
