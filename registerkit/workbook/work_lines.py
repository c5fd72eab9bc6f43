"""The lines of the work list: which queue and row each one shows, and what it says, as formulas and as it is now."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial

from registerkit.definition import Field, Record, Table
from registerkit.excel import CellContent
from registerkit.ooxml import column_letters
from registerkit.register import cell_value
from registerkit.workbook.columns import column_look
from registerkit.workbook.content import WorkbookContent
from registerkit.workbook.figures import Facts
from registerkit.workbook.hidden_plan import HiddenPlanner
from registerkit.workbook.looked_up import looked_up
from registerkit.workbook.next_steps import step_formula, step_now
from registerkit.workbook.references import column, quote_sheet, run_of
from registerkit.workbook.references import quote_text as text
from registerkit.workbook.table_places import FIRST_TABLE_ROW, place_table
from registerkit.workbook.work_queues import LINES, Queue

__all__ = ["Shown", "WorkLines"]

_PLACE = re.compile("\x01(\\d+)\x01")
"""The mark of a cell in the template of the next step."""
_STEP = 60
"""So much of a text is told in the next step."""
_PRESSING = 3
"""How many queues of open complaints come before what else is due."""
_BY_STATE = ("overdue", "due_soon", "rest", "found")
"""Queues whose step follows from how the complaint stands, and whose first column is its signal."""


@dataclass(frozen=True)
class Shown:
    """What a cell of a line holds: a formula, its value now, and its number format."""

    formula: str
    value: CellContent
    shape: str = "General"


class WorkLines:
    """Works out every line on the hidden sheet; `found` is the queue of a search, which takes the list's place."""

    def __init__(
        self,
        content: WorkbookContent,
        facts: Facts,
        hidden: HiddenPlanner,
        queues: Sequence[Queue],
        found: Queue | None,
        is_searching: bool,
    ) -> None:
        self.content = content
        self.facts = facts
        self.hidden = hidden
        self.main = content.main
        self.queues = [*queues, *([found] if found else [])]
        self._columns: dict[tuple[str, str], list[str]] = {}
        self.now = self._lines_now(queues, found, is_searching)
        self.total, self.shown = self._choose(queues, found)
        self.found = (found.count, found.total) if found else ("0", 0)
        self._main = self._main_places()
        self._steps: list[str] | None = None

    # ------------------------------------------------------------------------------------------------- which line
    def _lines_now(self, queues: Sequence[Queue], found: Queue | None, searching: bool) -> list[tuple[int, int]]:
        """Return the queue, from 1, and place of every line now."""
        if found and searching:
            return [(len(self.queues), place) for place in found.found[: len(found.places)]]
        lines = [(n, place) for n, q in enumerate(queues, 1) for place in q.found[: len(q.places)]]
        return lines[:LINES]

    def _choose(self, queues: Sequence[Queue], found: Queue | None) -> tuple[tuple[str, int], tuple[str, int]]:
        """Plan queue and place of every line; gives how much there is to do, and how much of it is shown."""
        starts, offsets, block = self.hidden.block(), self.hidden.block(), self.hidden.block()
        begun, pressing = 0, 0
        start_cells: list[str] = []
        offset_cells: list[str] = []
        for n, queue in enumerate(queues):
            before = f"{start_cells[-1]}+MIN({len(queues[n - 1].places)},{queues[n - 1].count})" if n else "0"
            start_cells.append(starts.add(begun, before))
            if n < _PRESSING:
                offset_cells.append(offsets.add(0, "0"))
                pressing += min(len(queue.places), queue.total)
            elif n < len(queues) - 1:
                offset_cells.append(offsets.add(begun, start_cells[-1]))
            else:
                # What is open and not due yet stands in the same cells as what presses, behind it.
                offset = f"{start_cells[-1]}-{start_cells[_PRESSING]}"
                offset_cells.append(offsets.add(begun - pressing, offset))
            begun += min(len(queue.places), queue.total)
        end = f"{start_cells[-1]}+MIN({LINES},{queues[-1].count})" if queues else "0"
        last = block.add(begun, end)
        total_now = sum(queue.total for queue in queues)
        total = block.add(total_now, "+".join(queue.count for queue in queues) or "0")
        shown = block.add(min(LINES, begun), f"MIN({LINES},{last})")
        self._number_lines(start_cells, offset_cells, last, found)
        return (total, total_now), (shown, min(LINES, begun))

    def _number_lines(self, starts: list[str], offsets: list[str], last: str, found: Queue | None) -> None:
        queue_block, place_block = self.hidden.block(), self.hidden.block()
        self.queue_cells, self.place_cells = [], []
        ranges = [run_of(queue.places) for queue in self.queues]
        for n in range(LINES):
            k, (queue, place) = n + 1, self.now[n] if n < len(self.now) else (0, 0)
            chosen = f"IF({k}>{last},0,MATCH({n},{run_of(starts)},1))" if starts else "0"
            if found:
                of_search = f"IF({k}>MIN({len(found.places)},{found.count}),0,{len(self.queues)})"
                chosen = f'IF(ask_words="",{chosen},{of_search})'
            at = queue_block.add(queue, chosen)
            self.queue_cells.append(at)
            within = f"{k}-INDEX({run_of(offsets)},{at})" if offsets else str(k)
            if found and offsets:
                within = f"{k}-IF({at}={len(self.queues)},0,INDEX({run_of(offsets)},MIN({at},{len(offsets)})))"
            picked = f"INDEX({ranges[0]},{within})" if len(ranges) == 1 else ""
            if not picked:
                picked = f"INDEX(CHOOSE({at},{','.join(ranges)}),{within})"
            self.place_cells.append(place_block.add(place, f"IF({at}=0,0,{picked})"))

    def _main_places(self) -> list[str]:
        """Plan the place in the main table of every line; 0 for a measure."""
        letters = [n for n, q in enumerate(self.queues, 1) if q.table.parent and q.table.id != self.main.id]
        others = [n for n, q in enumerate(self.queues, 1) if not q.table.parent and q.table.id != self.main.id]
        held = [(n, q.held) for n, q in enumerate(self.queues, 1) if q.held]
        if not letters and not others and not held:
            return self.place_cells
        keys, block, cells = self._column(self.main, self.main.field(self.main.key)), self.hidden.block(), []
        for n, (at, place) in enumerate(zip(self.queue_cells, self.place_cells, strict=True)):
            formula = place
            if others:
                formula = f"IF({_is(at, others)},0,{formula})"
            if letters:
                table = self.queues[letters[0] - 1].table
                number = f"INDEX({self._column(table, table.field(table.parent or ''))},{place})"
                formula = f"IF({_is(at, letters)},IFERROR(MATCH({number},{keys},0),0),{formula})"
            for here, columns in held:
                formula = f"IF({at}={here},INDEX({columns.places},{place}),{formula})"
            cells.append(block.add(self._main_now[n], f"IF({at}=0,0,{formula})"))
        return cells

    @cached_property
    def _main_now(self) -> list[int]:
        """The place in the main table of every line now."""
        places = {row.get(self.main.key): at for at, row in reversed(list(enumerate(self.facts.all_rows, 1)))}
        found = []
        for queue, place in self.now:
            table, held = self.queues[queue - 1].table, self.queues[queue - 1].held
            if held:
                found.append(held.now[place - 1])
                continue
            number = self.content.rows(table.id)[place - 1].get(table.parent) if table.parent else None
            found.append(place if table.id == self.main.id else places.get(number, 0) if number is not None else 0)
        return found + [0] * (LINES - len(found))

    @property
    def main_places(self) -> tuple[list[str], list[int]]:
        """The cells with the place in the main table of every line, and these places now."""
        return self._main, self._main_now

    # --------------------------------------------------------------------------------------------------- what is told
    def record(self, n: int) -> Record:
        """Return the main table's row of a line, as it is now; empty for none."""
        place = self._main_now[n]
        return self.facts.all_rows[place - 1] if place else {}

    def cell(self, field: Field, n: int) -> str:
        """Return the cell of the hidden sheet that holds a line's value of a field of the main table."""
        return self._cell(self.main, field, n)

    def _cell(self, table: Table, field: Field, n: int) -> str:
        cells = self._columns.get((table.id, field.id))
        if cells is None:
            block, cells = self.hidden.block(), []
            mine = [i for i, q in enumerate(self.queues, 1) if q.table.id == table.id]
            for i in range(LINES):
                place, record = (self._main[i], self.record(i)) if table.id == self.main.id else self._other(table, i)
                value, formula, shape = looked_up(self.content, table, field, place, record)
                if table.id != self.main.id:
                    formula = f'IF({_is(self.queue_cells[i], mine)},{formula},"")'
                cells.append(block.add(value, formula, number_format=shape))
            self._columns[table.id, field.id] = cells
        return cells[n]

    def _other(self, table: Table, n: int) -> tuple[str, Record]:
        queue, place = self.now[n] if n < len(self.now) else (0, 0)
        mine = queue and self.queues[queue - 1].table.id == table.id
        return self.place_cells[n], self.content.rows(table.id)[place - 1] if mine else {}

    def _shown(self, field: Field, record: Record) -> CellContent:
        return cell_value(field, record.get(field.id), self.content.lookups)

    def field(self, role: str, n: int) -> Shown:
        """Return what a line tells of its complaint; the handler of a measure is who owns it."""
        found = self.facts.field(role)
        if found is None:
            raise KeyError(role)
        formula, value = self.cell(found, n), self._shown(found, self.record(n))
        measures = [i for i, q in enumerate(self.queues, 1) if q.table.id == "measures"]
        if role == "handler" and measures:
            table = self.queues[measures[0] - 1].table
            owner = table.field("owner")
            _, record = self._other(table, n)
            formula = f"IF({_is(self.queue_cells[n], measures)},{self._cell(table, owner, n)},{formula})"
            value = self._shown(owner, record) if record else value
        shape = column_look(found).number_format
        return Shown(f'{formula}&""' if shape == "@" else formula, value, "General" if shape == "@" else shape)

    def by(self, n: int) -> Shown:
        """Return the day by which a line is due; of a letter the day it was made."""
        cells = []
        for queue in self.queues:
            by = self.facts.field("due_on") if queue.name == "found" else queue.by
            cells.append(self._cell(queue.table, by, n) if by else '""')
        queue_now, _ = self.now[n] if n < len(self.now) else (0, 0)
        value: CellContent = None
        if queue_now:
            queue = self.queues[queue_now - 1]
            record = self.record(n) if queue.table.id == self.main.id else self._other(queue.table, n)[1]
            day = record.get("due_on" if queue.name == "found" else queue.by.id)
            value = day if isinstance(day, date) else None
        return Shown(self._by_queue(n, cells), value, "dd-mm-yyyy")

    def what(self, n: int) -> Shown:
        """Return what a line is: the signal of a complaint, else what is due."""
        signal, words = self.facts.field("signal"), []
        for queue in self.queues:
            own = queue.name in _BY_STATE and signal is not None
            words.append(self.cell(signal, n) if own and signal else text(self._say(f"what.{queue.name}")))
        queue_now, _ = self.now[n] if n < len(self.now) else (0, 0)
        value: CellContent = None
        if queue_now:
            name = self.queues[queue_now - 1].name
            own = name in _BY_STATE and signal is not None
            value = self._shown(signal, self.record(n)) if own and signal else self._say(f"what.{name}")
        return Shown(self._by_queue(n, words), value)

    def number(self, n: int) -> Shown:
        """Return the number of a line as a link to its row."""
        keys, targets = self._links
        own = [self._cell(queue.table, key, n) for queue, key in zip(self.queues, keys, strict=True)]
        number = self._by_queue(n, own, blank=False)
        sheet = self._by_queue(n, targets, blank=False)
        target = f"{sheet}&({self.place_cells[n]}+{FIRST_TABLE_ROW})"
        for here, queue in enumerate(self.queues, 1):
            if queue.held:
                lacking = f"INDEX({queue.held.links},{self.place_cells[n]})"
                target = f"IF({self.queue_cells[n]}={here},{lacking},{target})"
        link = f"HYPERLINK({target},{number})"
        return Shown(f'IF({self.queue_cells[n]}=0,"",{link})', self._number_now(n))

    @cached_property
    def _links(self) -> tuple[list[Field], list[str]]:
        """The field of the number that each queue shows, and the column that it leads to."""
        keys, targets = [], []
        for queue in self.queues:
            table = queue.table
            is_letter = bool(table.parent) and table.id != self.main.id
            key = table.field(table.parent or "" if is_letter else table.key)
            at = table.field("sent_on") if queue.name == "send" else key
            letters = column_letters(place_table(self.content, table).column(at))
            keys.append(key)
            targets.append(text(f"#{quote_sheet(table.sheet[self.content.language])}!{letters}"))
        return keys, targets

    def _number_now(self, n: int) -> CellContent:
        queue, _ = self.now[n] if n < len(self.now) else (0, 0)
        if not queue:
            return None
        table = self.queues[queue - 1].table
        if table.id == self.main.id:
            return str(self.record(n).get(self.main.key) or "") or None
        record = self._other(table, n)[1]
        return str(record.get(table.parent or table.key) or "") or None

    # ---------------------------------------------------------------------------------------------------------- steps
    def step(self, n: int) -> Shown:
        """Return what to do next about a line."""
        steps: dict[str, tuple[str, Callable[[], str]]] = {
            "acknowledge": (text(self._step("acknowledge")), lambda: self._step("acknowledge")),
            "send": self._with("send", "letters", "kind", n),
            "held": self._held_step(n),
            "aftercare": (text(self._step("aftercare")), lambda: self._step("aftercare")),
            "agreement": self._with("agreement", self.main.id, "agreements", n),
            "measure": self._with("measure", "measures", "description", n),
            "evaluate": self._with("evaluate", "measures", "description", n),
        }
        state = self._state_step(n)
        formulas = [state if q.name in _BY_STATE else steps[q.name][0] for q in self.queues]
        queue, _ = self.now[n] if n < len(self.now) else (0, 0)
        value: CellContent = None
        if queue:
            name = self.queues[queue - 1].name
            say: Callable[[], str | None] = steps[name][1] if name in steps else partial(self._state_now, n)
            value = say()
        return Shown(self._by_queue(n, formulas), value)

    def _held_step(self, n: int) -> tuple[str, Callable[[], str]]:
        """Return which letter a line is about, and what it lacks."""
        held = next((queue.held for queue in self.queues if queue.held), None)
        if held is None:
            return '""', str
        return f"INDEX({held.told},{self.place_cells[n]})", lambda: held.lines[self.now[n][1] - 1].told

    def _with(self, name: str, table_id: str, field_id: str, n: int) -> tuple[str, Callable[[], str]]:
        """Return a step that says what it is about: the beginning of a text."""
        table = self.content.definition.tables.get(table_id)
        field = table.by_id.get(field_id) if table else None
        if table is None or field is None or all(q.table.id != table.id for q in self.queues):
            return text(self._step(name)), lambda: self._step(name)
        before, _, after = self._step(name, about="\n").partition("\n")
        cell = self._cell(table, field, n)
        whole, room = f'SUBSTITUTE({cell},CHAR(10)," ")', _STEP - len(before) - len(after)
        shown = f'IF(LEN({cell})>{room},LEFT({whole},{room - 1})&"…",{whole})'

        def now() -> str:
            record = self.record(n) if table.id == self.main.id else self._other(table, n)[1]
            about = str(self._shown(field, record) or "").replace("\n", " ")
            cut = about if len(about) <= room else f"{about[: room - 1]}…"
            return f"{before}{cut}{after}"

        return f"{text(before)}&{shown}&{text(after)}", now

    def _state_step(self, n: int) -> str:
        """Return the cell that says the next step about a complaint; of a closed one how it ended."""
        if self._steps is None:
            block = self.hidden.block()
            self._steps = [block.add(self._state_now(i), self._state_formula(i)) for i in range(LINES)]
        return self._steps[n]

    def _state_formula(self, n: int) -> str:
        formula, fields = self._step_template
        cells = [self.cell(field, n) for field in fields]
        told = _PLACE.sub(lambda found: cells[int(found[1])], formula)
        return f'IF({self._main[n]}=0,"",{told})'

    @cached_property
    def _step_template(self) -> tuple[str, list[Field]]:
        """The formula of the next step with a mark for each cell, and their fields: it is long, and made once."""
        fields: list[Field] = []

        def mark(field: Field) -> str:
            if field not in fields:
                fields.append(field)
            return f"\x01{fields.index(field)}\x01"

        return step_formula(self.content, mark), fields

    def _state_now(self, n: int) -> str | None:
        return step_now(self.content, self.record(n))

    def _step(self, name: str, **told: str) -> str:
        return self.content.texts(f"workbook.step.{name}", **told)

    def _say(self, name: str) -> str:
        return self.content.texts(f"workbook.start.{name}")

    # -------------------------------------------------------------------------------------------------------- helpers
    def _by_queue(self, n: int, formulas: Sequence[str], *, blank: bool = True) -> str:
        """Return the formula of a line's queue; the same ones are written once."""
        at = self.queue_cells[n]
        distinct = list(dict.fromkeys(formulas))
        if len(distinct) == 1:
            return f'IF({at}=0,"",{distinct[0]})' if blank else distinct[0]
        if blank:
            return f'CHOOSE({at}+1,"",{",".join(formulas)})'
        return f"CHOOSE({at},{','.join(formulas)})"

    def _column(self, table: Table, field: Field) -> str:
        return column(table, field, self.content.language)


def _is(cell: str, numbers: Sequence[int]) -> str:
    tests = [f"{cell}={number}" for number in numbers]
    return tests[0] if len(tests) == 1 else f"OR({','.join(tests)})"
