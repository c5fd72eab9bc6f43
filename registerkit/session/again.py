"""Does work anew that a database shared with others broke off: it was away for a moment, or another went first."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from registerkit.errors import StoreError

__all__ = ["PAUSES", "again"]

_Result = TypeVar("_Result")

PAUSES = (0.2, 0.5, 2, 5, 10)
"""Seconds to wait at most before each new beginning; how long is left to chance, so that two do not keep in step."""


def again(work: Callable[[], _Result], pauses: Sequence[float] = PAUSES) -> _Result:
    """Do work until it succeeds; raises the `StoreError` that came after the last pause, or that does not pass."""
    for pause in pauses:
        try:
            return work()
        except StoreError as error:
            if not error.may_pass:
                raise
            time.sleep(pause * random.uniform(0.5, 1))
    return work()
