"""Says which letters are held back, for the first sheet of the workbook: the very ones that a trial run tells."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from registerkit.commands.letters import held_letters
from registerkit.letters.lacking import held_lines  # Not in the package itself: it brings all of a workbook along.
from registerkit.register import Register
from registerkit.session.session import Session
from registerkit.workbook import HeldLine

__all__ = ["held_of"]


def held_of(session: Session) -> Callable[[Register], Sequence[HeldLine]]:
    """Return what gives the lines of the held letters in a register as it stands."""
    return lambda register: held_lines(register, held_letters(session, register))
