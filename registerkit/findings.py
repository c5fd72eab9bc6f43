"""Faults and remarks about filled files, as values: a code, a place, the value found, and what the text needs.

A finding is never raised. Its texts stand in `texts/<language>/findings.toml` as `finding.<code>.message` and `.fix`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any, Literal, get_args

from registerkit.codes import FindingCode
from registerkit.texts import Texts

__all__ = ["ATTENTION", "ODBC", "SEVERITIES", "TOLD_ONCE", "Finding", "Location", "Severity", "shortened", "some_of"]

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
"""From the most to the least pressing."""
TOLD_ONCE = frozenset(
    {
        "number_used_elsewhere",
        "possible_double",
        "list_not_taken",
        "extension_notified",
        "value_typed_over",
        "column_emptied",
        "unlike_outcome",
        "cost_unlike_standard",
        "wiped_rows",
        "numbers_back",
        "bsn_found",
        "iban_found",
        "medical_found",
    }
)
"""Findings about something that has happened: they are not told again, but stay noted until someone has seen them."""
ATTENTION = ("nr", "what", "sheet", "cell", "field", "note", "choose", "register", "file", "ref")
"""The columns of the sheet that tells findings in a workbook; the last is hidden and says what a row is about."""
_DATABASES = (".accdb", ".mdb")
"""Files without cells: a place in them is a table, the number of a row and a column."""
ODBC = "odbc:"
"""How the name begins of a table in a database that is reached through ODBC; it has no cells either."""
_LONGEST = 200
"""So much of a value is shown in a message."""
_NAMED, _NAME_LENGTH = 12, 60
"""How many names a message shows, and how much of each."""


@dataclass(frozen=True)
class Location:
    """A place in a file, as the person who fills it in sees it; rows and lines count from 1, as Excel does."""

    file: str | None = None
    sheet: str | None = None
    cell: str | None = None
    row: int | None = None
    label: str | None = None


@dataclass(frozen=True)
class Finding:
    """Something in a filled file that a person should know or mend."""

    code: FindingCode
    severity: Severity
    location: Location = Location()
    value: str | None = None
    context: dict[str, Any] = field(default_factory=dict)

    @property
    def rank(self) -> int:
        """How pressing it is; the most pressing is 0."""
        return SEVERITIES.index(self.severity)

    def at(self, location: Location) -> Finding:
        """Return the same finding with its place."""
        return replace(self, location=location)

    def message(self, texts: Texts) -> str:
        """Say what is wrong and why."""
        return texts(f"finding.{self.code}.message", **self._values())

    def fix(self, texts: Texts) -> str:
        """Say what to do."""
        return texts(f"finding.{self.code}.fix", **self._values())

    def full_message(self, texts: Texts) -> str:
        """Say both in one line."""
        return f"{self.message(texts)} {self.fix(texts)}"

    def place(self, texts: Texts) -> str:
        """Say where: file, sheet, cell and header, as far as they are known."""
        where = self.location
        cell = texts("place.cell", cell=where.cell) if where.cell else self._row(texts)
        parts = [where.file, self._sheet(texts), cell, where.label]
        return ", ".join(part for part in parts if part)

    def row_place(self, texts: Texts) -> str:
        """Say in which row of which file."""
        where = self.location
        parts = [where.file, self._sheet(texts), where.row and texts("place.row", row=where.row)]
        return ", ".join(part for part in parts if part)

    def cell_place(self) -> str:
        """Say which cell of its row, to stand before what is wrong; nothing when that is the whole row."""
        where = self.location
        shown = [where.cell, where.label] if where.cell else [where.label] if self._names_labels else []
        return ", ".join(part for part in shown if part) + ": " if any(shown) else ""

    def _sheet(self, texts: Texts) -> str | None:
        name = "place.table" if self._is_in_database else "place.sheet"
        return texts(name, sheet=self.location.sheet) if self.location.sheet else None

    @property
    def _is_in_database(self) -> bool:
        name = self.location.file or ""
        return name.startswith(ODBC) or Path(name).suffix.lower() in _DATABASES

    @property
    def _names_labels(self) -> bool:
        """Whether nothing but a label leads to a place: a database, and a form of Word or the web, has no cells."""
        return self._is_in_database or (self.location.file or "").lower().endswith((".docx", ".txt"))

    def _row(self, texts: Texts) -> str | None:
        if self.location.row and (self.location.file or "").endswith(".toml"):
            return texts("place.line", line=self.location.row)
        return texts("place.row", row=self.location.row) if self._is_in_database and self.location.row else None

    def as_json(self, texts: Texts) -> dict[str, Any]:
        """Return the contract's finding: code, severity, file, sheet, cell, row, label, value, message, fix."""
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
        return {"value": shortened(self.value), "label": self.location.label, **self.context}


def shortened(value: str | None) -> str | None:
    """Return as much of a value as a message shows."""
    return value if value is None else _cut(value, _LONGEST)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]}…"


def some_of(names: Iterable[str]) -> str:
    """Return as many names as a message shows, each no longer than it can be read."""
    first = [_cut(name, _NAME_LENGTH) for name in islice(names, _NAMED + 1)]
    return ", ".join([*first[:_NAMED], "…"] if len(first) > _NAMED else first)
