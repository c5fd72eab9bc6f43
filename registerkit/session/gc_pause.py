"""Puts off Python's search for values that hold on to each other while a whole register is in memory."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["gc_pause"]


@contextmanager
def gc_pause() -> Iterator[None]:
    """Leave values that hold on to each other until afterwards.

    A register makes millions of values and hardly any such circles: looking through them all, time and again, takes a
    tenth of a sync. Values that nothing holds on to go at once, as always.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
