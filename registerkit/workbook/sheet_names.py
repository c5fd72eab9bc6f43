"""The sheets of a workbook, in their order, by name."""

from __future__ import annotations

from registerkit.definition import Definition, Table
from registerkit.office import TABLE as OFFICE
from registerkit.texts import Texts
from registerkit.workbook.references import special_sheet

__all__ = ["SheetNames"]

_LAST = (OFFICE, "staff", "holidays")
"""Tables that come after the figures, for they are set up once."""


class SheetNames:
    """How the sheets of a register are called in its language."""

    def __init__(self, definition: Definition, texts: Texts) -> None:
        self._definition = definition
        self._texts = texts

    @property
    def start(self) -> str:
        """The first sheet."""
        return self._named("start")

    @property
    def form(self) -> str:
        """The intake form."""
        return self._named("form")

    @property
    def file(self) -> str:
        """All fields of one record."""
        return self._named("file")

    @property
    def overview(self) -> str:
        """The figures."""
        return self._named("overview")

    @property
    def analysis(self) -> str:
        """The tables of counts."""
        return self._named("analysis")

    @property
    def lists(self) -> str:
        """The choice lists."""
        return self._named("lists")

    @property
    def help(self) -> str:
        """What the fields and the procedure are."""
        return self._named("help")

    @property
    def attention(self) -> str:
        """What needs a person's eye."""
        return self._named("attention")

    @property
    def main(self) -> str:
        """The register itself."""
        return self._definition.main.sheet[self._texts.language]

    def all(self) -> list[str]:
        """Return every sheet that people see."""
        tables = [table.sheet[self._texts.language] for table in self._definition.tables.values() if table.in_sheet]
        special = ("start", "form", "file", "overview", "analysis", "lists", "help", "attention")
        return [*map(self._named, special), *tables]

    def child_tables(self) -> list[Table]:
        """Return the tables that belong to the records, in the definition's order."""
        tables = self._definition.tables.values()
        return [t for t in tables if t.in_sheet and t.id != self._definition.main_id and t.id not in _LAST]

    def setup_tables(self) -> list[Table]:
        """Return the tables that are set up once: the office's details, staff and holidays."""
        tables = self._definition.tables
        return [tables[name] for name in _LAST if name in tables and tables[name].in_sheet]

    def _named(self, name: str) -> str:
        return special_sheet(self._definition, self._texts, name)
