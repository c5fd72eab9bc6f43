"""What a cell's parser raises when it cannot understand the cell."""

from __future__ import annotations

from typing import Any

from registerkit.codes import FindingCode

__all__ = ["BadCell", "DoubtfulCell"]


class BadCell(Exception):  # noqa: N818  # It is caught at once and becomes a finding, never an error people see.
    """The cell does not hold what its field asks for; `code` names the finding."""

    def __init__(self, code: FindingCode, **context: Any) -> None:
        super().__init__(code)
        self.code = code
        self.context = context


class DoubtfulCell(BadCell):  # As above.
    """The cell is no sound value of its field, but its text can be kept: `value` goes in the register, with a note."""

    def __init__(self, code: FindingCode, value: str, **context: Any) -> None:
        super().__init__(code, **context)
        self.value = value
