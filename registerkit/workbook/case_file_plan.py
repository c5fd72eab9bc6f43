"""Plans the sheet that shows one record whole: its fields, what belongs to it, and other records like it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from registerkit.definition import Definition, Field, Table
from registerkit.workbook.case_file_finds import Finder, Found
from registerkit.workbook.content import WorkbookContent
from registerkit.workbook.figures import Facts
from registerkit.workbook.hidden_plan import HiddenPlanner
from registerkit.workbook.looked_up import looked_up
from registerkit.workbook.plan import PlacedCell
from registerkit.workbook.sheet_names import SheetNames

__all__ = ["ASK_NUMBER", "CHOOSE_ROW", "FilePlan", "file_plan"]

ASK_NUMBER = "ask_number"
"""The name of the cell in which the number is chosen."""
CHOOSE_ROW = 2
FIRST, LAST = 1, 6
"""The columns used, from 0: three pairs of label and value."""
_HALVES = ((1, 3), (4, 6))
_LISTED = {
    "contacts": ("on", "channel", "summary"),
    "letters": ("made_on", "kind", "sent_on"),
    "pauses": ("from", "until", "reason"),
    "measures": ("number", "description", "done_on"),
}
"""The columns shown of a table that belongs to the records; of other tables the first three."""
_LINES, _STORY = 40.5, 50.5
"""The heights of long texts, in points: three and four lines in Excel, four and five narrower ones in LibreOffice."""
_ROWS = {"contacts": 5, "letters": 5, "pauses": 3, "measures": 3}


@dataclass
class FilePlan:
    """The sheet's cells, the height of rows that have one of their own, and where the signal stands."""

    name: str
    number: str | None
    cells: list[PlacedCell] = field(default_factory=list)
    heights: dict[int, float] = field(default_factory=dict)
    signal: tuple[int, int] | None = None


def file_plan(content: WorkbookContent, facts: Facts, hidden: HiddenPlanner) -> FilePlan:
    """Plan the sheet for the number that was asked for, else for the first record."""
    planner = _Planner(content, facts, hidden)
    planner.fields()
    planner.whole_row_tables()
    planner.lists()
    return planner.plan


class _Planner:
    def __init__(self, content: WorkbookContent, facts: Facts, hidden: HiddenPlanner) -> None:
        self.content = content
        self.language = content.language
        self.finder = Finder(content, facts, hidden.block(), ASK_NUMBER)
        name = SheetNames(content.definition, content.texts).file
        self.plan = FilePlan(name, self.finder.number)
        self.row = CHOOSE_ROW + 2

    def fields(self) -> None:
        """Write the record's own fields, group by group."""
        main, chosen = self.content.main, self.finder.chosen
        for group in main.groups:
            fields = [f for f in main.fields if f.group == group.id and f.id != main.key and not f.hidden]
            self._group(group.labels[self.language], main, fields, chosen)
        loose = [f for f in main.fields if not f.group and f.id != main.key and not f.hidden]
        if loose:
            self._group(main.labels[self.language], main, loose, chosen)

    def whole_row_tables(self) -> None:
        """Write the tables that have one row per record, such as the investigation."""
        for table in _children(self.content.definition):
            if table.parent == table.key:
                fields = [f for f in table.fields if f.id != table.key and not f.hidden]
                self._group(table.sheet[self.language], table, fields, self.finder.one(table))

    def lists(self) -> None:
        """Write lists two by two: what belongs to the record, and what is like it."""
        lists: list[tuple[str, Table, Sequence[Field], Found]] = []
        for table in _children(self.content.definition):
            if table.parent != table.key:
                shown = _shown(table)
                lists.append(
                    (table.sheet[self.language], table, shown, self.finder.many(table, _ROWS.get(table.id, 3)))
                )
        if measures := self.finder.measure():
            table = self.content.definition.tables["measures"]
            lists.append((table.sheet[self.language], table, _shown(table), measures))
        texts, main = self.content.texts, self.content.main
        for name, found in (("same_person", self.finder.same_person()), ("similar", self.finder.similar())):
            if found is not None:
                lists.append((texts(f"workbook.file.{name}", many=self.content.many), main, self._like(name), found))
        for left, right in zip(lists[::2], [*lists[1::2], None], strict=False):
            self._side_by_side([left, right] if right else [left])

    def _like(self, name: str) -> list[Field]:
        roles = ("received_on", "judgement") if name == "same_person" else ("judgement", "solution")
        main = self.content.main
        found = [self.content.definition.role(role) for role in roles]
        return [main.field(main.key), *(f for f in found if f)]

    def _group(self, title: str, table: Table, fields: Sequence[Field], found: Found) -> None:
        """Write short fields in three columns, then long texts two by two."""
        self._heading(title, FIRST, LAST)
        short, long = [f for f in fields if not _is_long(f)], [f for f in fields if _is_long(f)]
        lines = -(-len(short) // 3)
        for n, one in enumerate(short):
            side, row = divmod(n, lines)
            self._pair(self.row + row, 1 + 2 * side, 2 + 2 * side, table, one, found)
        self.row += lines
        for n, one in enumerate(long):
            first, last = _HALVES[n % 2]
            self._pair(self.row, first, last, table, one, found)
            tall = max(self.plan.heights.get(self.row, 0), _STORY if one.when == "intake" else _LINES)
            self.plan.heights[self.row] = tall
            self.row += n % 2
        self.row += len(long) % 2

    def _heading(self, title: str, first: int, last: int) -> None:
        self.plan.heights[self.row] = 21.0
        for at in range(first, last + 1):
            text, style = (title, "file_section") if at == first else (None, "section_rule")
            self.plan.cells.append(PlacedCell(self.row, at, text, style))
        self.row += 1

    def _pair(self, row: int, at: int, last: int, table: Table, one: Field, found: Found) -> None:
        self.plan.cells.append(PlacedCell(row, at, one.labels[self.language], "file_label"))
        self._value(row, at + 1, last, table, one, found, 0)
        if table.id == self.content.main.id and one == self.content.definition.role("signal"):
            self.plan.signal = (row, at + 1)

    def _value(self, row: int, at: int, last: int, table: Table, one: Field, found: Found, n: int) -> None:
        record = found.records[n] if n < len(found.records) else {}
        value, formula, shape = looked_up(self.content, table, one, found.cells[n], record)
        merged = last if last > at else None
        style = "file_text" if merged else "file_line"
        self.plan.cells.append(PlacedCell(row, at, value, style, formula, shape, merged))

    def _side_by_side(self, lists: list[tuple[str, Table, Sequence[Field], Found]]) -> None:
        top = self.row
        for (title, table, fields, found), (first, last) in zip(lists, _HALVES, strict=False):
            self.row = top
            self._heading(title, first, last)
            for at, one in enumerate(fields[: last - first + 1], first):
                self.plan.cells.append(PlacedCell(self.row, at, one.labels[self.language], "file_label"))
                for n in range(len(found.cells)):
                    self._value(self.row + 1 + n, at, at, table, one, found, n)
        self.row = top + 2 + max(len(found.cells) for _, _, _, found in lists)


def _children(definition: Definition) -> list[Table]:
    return [t for t in definition.tables.values() if t.in_sheet and t.parent and t.id != definition.main_id]


def _shown(table: Table) -> list[Field]:
    wanted = _LISTED.get(table.id)
    if wanted and all(name in table.by_id for name in wanted):
        return [table.field(name) for name in wanted]
    return [f for f in table.fields if f.id not in (table.parent, table.key) and not f.hidden][:3]


def _is_long(one: Field) -> bool:
    return one.value_kind == "memo" or one.width > 40
