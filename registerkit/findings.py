"""Faults and remarks about filled files, as values: a code, a place, the value found, and what the text needs.

A finding is never raised. Its texts stand in `texts/<language>/findings.toml` as `finding.<code>.message` and `.fix`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Literal, get_args

from registerkit.texts import Texts

__all__ = ["SEVERITIES", "Finding", "Location", "Severity"]

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)


@dataclass(frozen=True)
class Location:
    """A place in a file, as the person who fills it in sees it; rows count from 1, as Excel does."""

    file: str | None = None
    sheet: str | None = None
    cell: str | None = None
    row: int | None = None
    label: str | None = None


@dataclass(frozen=True)
class Finding:
    """Something in a filled file that a person should know or mend."""

    code: str
    severity: Severity
    location: Location = Location()
    value: str | None = None
    context: dict[str, Any] = field(default_factory=dict)

    def at(self, location: Location) -> Finding:
        """Give the same finding with its place."""
        return replace(self, location=location)

    def message(self, texts: Texts) -> str:
        """Say what is wrong and why."""
        return texts(f"finding.{self.code}.message", **self._values())

    def fix(self, texts: Texts) -> str:
        """Say what to do."""
        return texts(f"finding.{self.code}.fix", **self._values())

    def told(self, texts: Texts) -> str:
        """Say both in one line."""
        return f"{self.message(texts)} {self.fix(texts)}"

    def place(self, texts: Texts) -> str:
        """Say where: file, sheet, cell and header, as far as they are known."""
        where = self.location
        parts = [
            where.file,
            where.sheet and texts("place.sheet", sheet=where.sheet),
            where.cell and texts("place.cell", cell=where.cell),
            where.label,
        ]
        return ", ".join(part for part in parts if part)

    def as_json(self, texts: Texts) -> dict[str, Any]:
        """Give the contract's finding: code, severity, file, sheet, cell, row, label, value, message, fix."""
        where = self.location
        return {
            "code": self.code,
            "severity": self.severity,
            "file": where.file,
            "sheet": where.sheet,
            "cell": where.cell,
            "row": where.row,
            "label": where.label,
            "value": self.value,
            "message": self.message(texts),
            "fix": self.fix(texts),
        }

    def _values(self) -> dict[str, Any]:
        return {"value": self.value, "label": self.location.label, **self.context}
