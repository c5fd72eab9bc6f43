"""What a cell's parser raises when it cannot understand the cell."""

from __future__ import annotations

from typing import Any

__all__ = ["BadCell"]


class BadCell(Exception):  # noqa: N818  # It is caught at once and becomes a finding, never an error people see.
    """The cell does not hold what its field asks for; `code` names the finding."""

    def __init__(self, code: str, **context: Any) -> None:
        super().__init__(code)
        self.code = code
        self.context = context
