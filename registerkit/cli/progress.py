"""What a long command is at, on one line of the terminal; the line is gone when there is something to say."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from registerkit.texts import Texts

__all__ = ["Progress"]

_WIDTH = 78
"""A line that fits in every window: one that is broken off in two cannot be taken back."""


class Progress:
    """Tells who waits at a terminal which step the work is at; writes nothing into a file or to another program."""

    def __init__(self, texts: Texts, *, silent: bool) -> None:
        self._texts = texts
        self._shows = not silent and sys.stderr is not None and sys.stderr.isatty()
        self._is_up = False

    def __call__(self, step: str, **values: Any) -> None:
        """Show a step in place of the one before."""
        if self._shows:
            self._write(self._texts(f"cli.progress.{step}", **values)[:_WIDTH])
            self._is_up = True

    def clear(self) -> None:
        """Take the line away."""
        if self._is_up:
            self._write("")
            self._is_up = False

    @staticmethod
    def _write(text: str) -> None:
        sys.stderr.write(f"\r{text:<{_WIDTH}}" if text else f"\r{'':<{_WIDTH}}\r")
        sys.stderr.flush()
