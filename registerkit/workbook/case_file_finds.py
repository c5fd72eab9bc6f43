"""Finds the rows that belong to a chosen record: on the hidden sheet as formulas, and in Python as they are now."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from registerkit.definition import Field, Record, Table
from registerkit.register import cell_value
from registerkit.workbook.content import WorkbookContent
from registerkit.workbook.figures import Facts
from registerkit.workbook.hidden_plan import PLACES, Block
from registerkit.workbook.person_formulas import alike, same_person_test, shares_person
from registerkit.workbook.references import column, search_pattern
from registerkit.workbook.start_plan import StartPlan
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
    """Looks up what a sheet about one record shows; `asked` is the name of the cell with what was typed.

    That is a number, or its last digits, a name, or a line of the first sheet as it is called there; of several that
    fit the last one received. An empty cell asks for the most urgent record.
    """

    def __init__(self, content: WorkbookContent, facts: Facts, block: Block, asked: str, start: StartPlan) -> None:
        self.content = content
        self.facts = facts
        self.block = block
        self._cells: dict[str, str] = {}
        """Cells that hold the chosen record's value of a field, by field id."""
        self.rows = facts.all_rows
        typed = content.asked.get("number", "").strip()
        self.typed = block.add(typed or None, f'TRIM({asked}&"")')
        place = self._place(typed, start)
        cell = block.add(place, self._chosen(start))
        self.record: Record = self.rows[place - 1] if place else {}
        self.number = str(self.record.get(content.main.key)) if place else None
        self.chosen = Found((cell,), (self.record,) if place else ())
        self.asked = block.add(self.number, f'IF({cell}=0,"",INDEX({self._key_column},MAX(1,{cell}))&"")')

    def _ways(self) -> list[tuple[str, Callable[[Record, str], bool]]]:
        """Return the tests by which a record is found, the first one first: by number, its last digits, its name."""
        main, width = self.content.main, _digits(self.content.main.numbering)
        keys, typed = self._key_column, self.typed
        padded = f'RIGHT("{"0" * width}"&{typed},MAX({width},LEN({typed})))'
        ways: list[tuple[str, Callable[[Record, str], bool]]] = [
            (f"({keys}={typed})", lambda row, text: str(row.get(main.key)).casefold() == text.casefold()),
            (
                f"(RIGHT({keys},MAX({width},LEN({typed})))={padded})*ISNUMBER(-{typed})",
                lambda row, text: text.isdigit() and str(row.get(main.key)).endswith(text.rjust(width, "0")),
            ),
        ]
        if name := self.facts.field("name"):
            ways.append(
                (
                    f"ISNUMBER(SEARCH({typed},{self._column(name)}))",
                    lambda row, text: bool(search_pattern(text).search(str(row.get(name.id) or ""))),
                )
            )
        return ways

    def _chosen(self, start: StartPlan) -> str:
        """Plan the cells that find what was typed; gives the formula of the place of the first that does."""
        received = self.facts.column("received_on") if self.facts.has("received_on") else None
        here, typed = f"ROW({self._key_column})-{FIRST_TABLE_ROW}", self.content.asked.get("number", "").strip()
        cells = []
        for test, holds in self._ways():
            condition = f"{test}*{self._is_used()}"
            key = f"IF(ISNUMBER({received}),{received},0)*{PLACES}+{here}" if received else here
            found = self.block.add(
                self._last(typed, holds),
                f'IF({self.typed}="",0,IFERROR(MOD(LARGE(IF({condition},{key}),1),{PLACES}),0))',
                array=True,
            )
            cells.append(found)
        lines, now = start.lines
        line = f"IFERROR(VALUE(MID({self.typed},2,9)),0)"
        on_line = self.block.add(
            _line_place(typed, now),
            f'IF(LOWER(LEFT({self.typed},1))<>"r",0,IF(OR({line}<1,{line}>{len(now)}),0,INDEX({lines},MAX(1,{line}))))'
            if lines
            else "0",
        )
        urgent = start.urgent[0] if start.urgent else "0"
        # A number stands ready in the first row of a register that holds nothing yet.
        first = f"IF(N(INDEX({received},1))=0,0,1)" if received else f'IF(INDEX({self._key_column},1)="",0,1)'
        none = f"IF({urgent}>0,{urgent},{first})"
        return (
            f'IF({self.typed}="",{none},IF({cells[0]}>0,{cells[0]},IF({on_line}>0,{on_line},{_first_of(cells[1:])})))'
        )

    def _is_used(self) -> str:
        """Return the test that a row holds a record: a number that stands ready is none yet."""
        tests = [f'({self.facts.column(role)}<>"")' for role in ("received_on", "name") if self.facts.has(role)]
        return f"(({'+'.join(tests)})>0)" if tests else "1"

    def _last(self, typed: str, holds: Callable[[Record, str], bool]) -> int:
        """Return the place of the record that was received last of those for which something holds."""
        if not typed:
            return 0
        found = [
            (received.toordinal() if isinstance(received, date) else 0, n)
            for n, row in enumerate(self.rows, 1)
            if (received := self.facts.value(row, "received_on")) or self.facts.value(row, "name")
            if holds(row, typed)
        ]
        return max(found)[1] if found else 0

    def _place(self, typed: str, start: StartPlan) -> int:
        if not typed:
            first = 1 if self.rows and self.rows[0].get(self.content.main.key) is not None else 0
            return (start.urgent[1] if start.urgent else 0) or first
        exact, *others = [self._last(typed, holds) for _, holds in self._ways()]
        return exact or _line_place(typed, start.lines[1]) or next((n for n in others if n), 0)

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


def _digits(numbering: str | None) -> int:
    """Return how many digits the last part of a number has at least."""
    found = re.findall(r"\{n:0?(\d+)\}", numbering or "")
    return int(found[0]) if found else 1


def _line_place(typed: str, places: Sequence[int]) -> int:
    """Return the place in the main table of a line of the first sheet; 0 when no such line was asked for."""
    found = re.fullmatch(r"[rR](\d{1,9})", typed)
    line = int(found[1]) if found else 0
    return places[line - 1] if 0 < line <= len(places) else 0


def _first_of(cells: Sequence[str]) -> str:
    """Return the formula of the first of the cells that is not 0."""
    return f"IF({cells[0]}>0,{cells[0]},{_first_of(cells[1:])})" if len(cells) > 1 else cells[0]
