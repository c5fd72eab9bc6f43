"""Finds the rows that belong to a chosen record: on the hidden sheet as formulas, and in Python as they are now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from registerkit.definition import Field, Record, Table
from registerkit.register import cell_value
from registerkit.workbook.content import WorkbookContent
from registerkit.workbook.figures import Facts
from registerkit.workbook.hidden_plan import PLACES, Block
from registerkit.workbook.person_formulas import alike, same_person_test, shares_person
from registerkit.workbook.references import column
from registerkit.workbook.table_places import FIRST_TABLE_ROW

__all__ = ["Finder", "Found"]

_LIKE = 4
"""How many records of the same person, and like this one, are shown."""


@dataclass(frozen=True)
class Found:
    """Cells of the hidden sheet that hold places in a table, 0 for none, and the records at these places now."""

    cells: tuple[str, ...]
    records: tuple[Record, ...]


class Finder:
    """Looks up what a sheet about one record shows; `asked` is the name of the cell with its number."""

    def __init__(self, content: WorkbookContent, facts: Facts, block: Block, asked: str) -> None:
        self.content = content
        self.facts = facts
        self.block = block
        self.asked = asked
        self._cells: dict[str, str] = {}
        """Cells that hold the chosen record's value of a field, by field id."""
        main = content.main
        self.rows = rows = facts.all_rows
        first = str(rows[0].get(main.key)) if rows else None
        self.number = content.asked.get("number", first)
        place = next((n for n, row in enumerate(rows, 1) if str(row.get(main.key)) == self.number), 0)
        keys = self._column(main.field(main.key))
        cell = block.add(place, f'IF({asked}="",0,IFERROR(MATCH({asked},{keys},0),0))')
        self.record: Record = rows[place - 1] if place else {}
        self.chosen = Found((cell,), (self.record,) if place else ())

    def one(self, table: Table) -> Found:
        """Find the row of a table that has one row per record."""
        rows = self.content.rows(table.id)
        keys = self._column(table.field(table.key), table)
        place = next((n for n, row in enumerate(rows, 1) if self.record and row.get(table.key) == self.number), 0)
        cell = self.block.add(place, f'IF({self.asked}="",0,IFERROR(MATCH({self.asked},{keys},0),0))')
        return Found((cell,), (rows[place - 1],) if place else ())

    def many(self, table: Table, most: int) -> Found:
        """Find the rows of a table that name the record, the last ones first."""
        numbers = self._column(table.field(table.parent or ""), table)
        rows = self.content.rows(table.id)
        places = [n for n, row in enumerate(rows, 1) if self.record and row.get(table.parent or "") == self.number]
        return self._places(rows, numbers, f'({numbers}={self.asked})*({self.asked}<>"")', places, most)

    def measure(self) -> Found | None:
        """Find the measure that the record names."""
        field, table = self.facts.field("measure"), self.content.definition.tables.get("measures")
        if field is None or table is None or not table.in_sheet:
            return None
        named, rows = self._own(field), self.content.rows(table.id)
        keys = self._column(table.field(table.key), table)
        place = next((n for n, r in enumerate(rows, 1) if r.get(table.key) == self.record.get(field.id) is not None), 0)
        cell = self.block.add(place, f'IF({named}="",0,IFERROR(MATCH({named},{keys},0),0))')
        return Found((cell,), (rows[place - 1],) if place else ())

    def same_person(self) -> Found | None:
        """Find other records of the same person, the last ones first."""

        def equal(role: str) -> str | None:
            field = self.facts.field(role)
            return alike(self._column(field), self._own_cell(field)) if field else None

        test = same_person_test(equal)
        if test is None:
            return None
        places = [n for n, row in self._others() if shares_person(row, self.record)]
        return self._places(self.rows, self._key_column, f"{test}*{self._other()}", places, _LIKE)

    def similar(self) -> Found | None:
        """Find solved records of the same category, those of the same subcategory first."""
        category, solution = self.facts.field("category"), self.facts.field("solution")
        if category is None or solution is None:
            return None
        closer = self.facts.field("subcategory")
        like = [(n, row) for n, row in self._others() if self._has_same(row, category) and row.get(solution.id)]
        ranked = [n + (PLACES if closer and self._has_same(row, closer) else 0) for n, row in like]
        condition = f'{self._equal(category)}*({self._column(solution)}<>"")*{self._other()}'
        rank = f"+{self._equal(closer)}*{PLACES}" if closer else ""
        return self._places(self.rows, self._key_column, condition, ranked, _LIKE, rank)

    def _places(
        self, rows: Sequence[Record], over: str, condition: str, places: Sequence[int], most: int, rank: str = ""
    ) -> Found:
        best = sorted(places, reverse=True)[:most]
        row = f"ROW({over})-{FIRST_TABLE_ROW}{rank}"
        found = [place % PLACES for place in best]
        cells = self.block.places(f"LARGE(IF({condition},{row}),", f"{self.chosen.cells[0]}=0", found, most)
        return Found(tuple(cells), tuple(rows[place - 1] for place in found))

    def _others(self) -> list[tuple[int, Record]]:
        key = self.content.main.key
        return [(n, row) for n, row in enumerate(self.rows, 1) if self.record and row.get(key) != self.record.get(key)]

    @property
    def _key_column(self) -> str:
        main = self.content.main
        return self._column(main.field(main.key))

    def _other(self) -> str:
        return f"({self._key_column}<>{self.asked})"

    def _own(self, field: Field) -> str:
        """Return the chosen record's value of a field, as a formula."""
        return f'IF({self.chosen.cells[0]}=0,"",INDEX({self._column(field)},MAX(1,{self.chosen.cells[0]}))&"")'

    def _equal(self, field: Field) -> str:
        """Return the test that rows have the chosen record's value of a field, which must not be empty."""
        own = self._own_cell(field)
        return f'({self._column(field)}={own})*({own}<>"")'

    def _own_cell(self, field: Field) -> str:
        """Return the cell of the hidden sheet that holds the chosen record's value of a field."""
        own = self._cells.get(field.id)
        if own is None:
            shown = cell_value(field, self.record.get(field.id), self.content.lookups)
            own = self._cells[field.id] = self.block.add(str(shown) if shown else None, self._own(field))
        return own

    def _has_same(self, row: Record, field: Field) -> bool:
        mine, theirs = self.record.get(field.id), row.get(field.id)
        return mine is not None and theirs is not None and str(mine).casefold() == str(theirs).casefold()

    def _column(self, field: Field, table: Table | None = None) -> str:
        return column(table or self.content.main, field, self.content.language)
