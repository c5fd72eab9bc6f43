"""Says of letters whose occasion lies long back that they are not to come: for complaints that come in late."""

from __future__ import annotations

from collections.abc import Collection

from registerkit.definition import Record
from registerkit.letters import old_letters
from registerkit.register import Register
from registerkit.sync.state import SYSTEM, RegisterState

__all__ = ["KEPT_SINCE", "dismiss", "dismiss_old"]

KEPT_SINCE = "letters_since"
"""Where the store keeps since when letters are held until somebody makes or dismisses them."""


def dismiss_old(state: RegisterState, register: Register, numbers: Collection[str]) -> list[tuple[str, str]]:
    """Dismiss the old letters of complaints in a working copy; gives number and kind of each."""
    dismissed = []
    for complaint, kind in list(old_letters(register, numbers)):
        dismiss(state, complaint.number, complaint.phase.n, kind, SYSTEM)
        dismissed.append((complaint.number, kind))
    return dismissed


def dismiss(state: RegisterState, number: str, phase: int, kind: str, source: str) -> None:
    """Note in a working copy that a letter is not to come: a row without a file."""
    table = state.definition.tables["letters"]
    key = state.numbers.give(table.id, table.numbering or "B{n:06}", state.on.year)
    said: Record = {table.key: key, "complaint": number, "phase": phase, "kind": kind, "made_on": state.on}
    state.create(table.id, key, {f.id: None for f in table.fields if f.stored} | said, source, set())
