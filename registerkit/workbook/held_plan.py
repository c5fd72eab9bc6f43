"""The letters that are held back, as lines of the first sheet: what sync found, and formulas that tell what is mended.

A line goes as soon as what it lacks is filled in, or the complaint stands otherwise than when the letter was held back:
then only the next sync can say what is due. The cells of a line are written anew by sync, in files built earlier too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence

from registerkit.definition import Table
from registerkit.excel import CellContent
from registerkit.ooxml import Formula, column_letters
from registerkit.register import written
from registerkit.workbook.content import WorkbookContent
from registerkit.workbook.figures import Facts
from registerkit.workbook.held import HeldCell, HeldLine
from registerkit.workbook.hidden_plan import HiddenPlanner
from registerkit.workbook.references import column, quote_sheet, run_of
from registerkit.workbook.references import quote_text as text
from registerkit.workbook.table_places import FIRST_TABLE_ROW, place_table
from registerkit.workbook.work_queues import HeldColumns, Queue, WorkQueues

__all__ = ["HELD", "SLOTS", "held_cells", "held_mark", "held_queue"]

HELD = "held_letters"
"""The name of the cell with the mark of the lines; they stand below it, and beside it what they tell."""
SLOTS = 40
"""So many lines have cells; how many more there are is counted."""
_COLUMNS = 4
_FILLED = None
"""Stands for the number of rows among the places of each value."""
_STANDING = ("status", "judgement", "solution")
"""What says how a complaint stands: after a change of it another letter may be due."""


def held_mark(content: WorkbookContent) -> str:
    """Return what tells these lines from others: a file that carries it shows them."""
    about = [(line, _standing_now(content, line.number)) for line in content.held]
    return hashlib.sha256(repr(about).encode()).hexdigest()[:16]


def held_cells(content: WorkbookContent) -> Iterator[tuple[int, int, CellContent | Formula]]:
    """Return the cells that say which letters are held back: rows and columns from the cell of the mark, and values."""
    lines = content.held
    yield 0, 0, held_mark(content)
    for n in range(SLOTS):
        line = lines[n] if n < len(lines) else None
        yield n + 1, 0, line.number if line else None
        yield n + 1, 1, line.told if line else None
        yield n + 1, 2, Formula(_alive(content, line), 1) if line else 0
        yield n + 1, 3, Formula(_link(content, line), _link_now(content, line)) if line else None
    yield SLOTS + 1, 0, max(0, len(lines) - SLOTS)


def held_queue(content: WorkbookContent, facts: Facts, hidden: HiddenPlanner, work: WorkQueues) -> Queue:
    """Plan the cells on the hidden sheet; gives the queue of the lines that still hold."""
    lines = content.held[:SLOTS]
    (numbers, told, alive, links), more = _fixed(content, hidden)
    mine = [work.is_asked(content.register.complaints[line.number].text("handler")) for line in content.held]
    found = {str(row.get(content.main.key)): n for n, row in reversed(list(enumerate(facts.all_rows, 1)))}
    now = [found.get(line.number, 0) for line in lines]
    keys = column(content.main, content.main.field(content.main.key), content.language)
    places, sums = hidden.block(), hidden.block()
    at: list[str] = []
    counted: list[str] = []
    for n in range(SLOTS):
        is_mine = [int(here > 0 and own) for here, own in zip(now[: n + 1], mine, strict=False)]
        at.append(places.add(now[n] if n < len(now) else 0, f"IF({alive[n]}=0,0,MATCH({numbers[n]},{keys},0))"))
        whose = f'IF(ask_handler="",1,1*(INDEX({facts.column("handler")},{at[n]})=ask_handler))'
        counted.append(sums.add(sum(is_mine), f"{counted[-1] if n else 0}+IF({at[n]}=0,0,{whose})"))
    chosen, count = hidden.block(), hidden.block()
    shown = [n for n, (here, own) in enumerate(zip(now, mine, strict=False), 1) if here and own]
    picked = tuple(
        chosen.add(shown[n] if n < len(shown) else 0, f"IFERROR(MATCH({n + 1},{run_of(counted)},0),0)")
        for n in range(SLOTS)
    )
    total = len(shown) + (0 if work.asked else len(mine[SLOTS:]))
    counts = count.add(total, f'{counted[-1]}+IF(ask_handler="",{more},0)')
    columns = HeldColumns(run_of(told), run_of(at), run_of(links), lines, now)
    return Queue("held", content.main, content.main.field("due_on"), counts, picked, tuple(shown), total, columns)


def _fixed(content: WorkbookContent, hidden: HiddenPlanner) -> tuple[list[list[str]], str]:
    """Plan what sync writes anew; gives the cells of numbers, what is told, whether it holds and links, and of more."""
    blocks = [hidden.block() for _ in range(_COLUMNS)]
    hidden.names[HELD] = blocks[0].below(0)
    grid = {(row, at): value for row, at, value in held_cells(content)}
    for row in range(SLOTS + 2):
        for at, block in enumerate(blocks):
            value = grid.get((row, at))
            if isinstance(value, Formula):
                block.add(value.value, value.text)
            else:
                block.fixed(value)
    return [[block.below(n + 1) for n in range(SLOTS)] for block in blocks], blocks[0].below(SLOTS + 1)


# ----------------------------------------------------------------------------------------------------------- formulas
def _alive(content: WorkbookContent, line: HeldLine) -> str:
    """Return 1 while the letter is held back as far as the workbook can tell."""
    main = content.main
    at = f"MATCH({text(line.number)},{column(main, main.field(main.key), content.language)},0)"
    mended = [_changed(content, way) for way in line.ways]
    stands, was = _standing(content, at), _standing_now(content, line.number)
    mended += [f"{stands}<>{text(was)}"] if stands else []
    tests = f"OR({','.join(mended)})" if mended else "FALSE"
    return f"IF(ISNA({at}),0,IF({tests},0,1))"


def _changed(content: WorkbookContent, way: Sequence[HeldCell]) -> str:
    tests = []
    for held in way:
        table = content.definition.tables[held.table]
        shown = f"INDEX({column(table, table.field(held.field), content.language)},{_row(content, table, held)})"
        tests.append(f'IFERROR({shown}&"","")<>{text(held.was)}')
    return tests[0] if len(tests) == 1 else f"AND({','.join(tests)})"


def _row(content: WorkbookContent, table: Table, held: HeldCell) -> str:
    return f"MATCH({text(held.key)},{column(table, table.field(held.key_field), content.language)},0)"


def _standing(content: WorkbookContent, at: str) -> str:
    fields = [field for role in _STANDING if (field := content.definition.role(role))]
    shown = (f"INDEX({column(content.main, field, content.language)},{at})" for field in fields)
    return '&"|"&'.join(shown) + '&""' if fields else ""


def _standing_now(content: WorkbookContent, number: str) -> str:
    record: Mapping[str, object] = content.register.complaints[number].record
    fields = [field for role in _STANDING if (field := content.definition.role(role))]
    return "|".join(written(field, record.get(field.id), content.lookups) or "" for field in fields)  # type: ignore[arg-type]


def _link(content: WorkbookContent, line: HeldLine) -> str:
    """Return the formula of the address of the first cell that is to be filled in: of a row to come the next one."""
    table, held = _target(content, line)
    row = f"{_row(content, table, held)}+{FIRST_TABLE_ROW}"
    below = f"COUNTA({column(table, table.field(held.key_field), content.language)})+{FIRST_TABLE_ROW + 1}"
    return f"{text(_before(content, table, held))}&IFERROR({row},{below})"


def _link_now(content: WorkbookContent, line: HeldLine) -> str:
    table, held = _target(content, line)
    keys = content.once(("rows", table.id, held.key_field), lambda: _rows_by(content, table, held.key_field))
    at = keys.get(held.key.casefold(), keys[_FILLED])
    return f"{_before(content, table, held)}{at + 1 + FIRST_TABLE_ROW}"


def _rows_by(content: WorkbookContent, table: Table, key_field: str) -> dict[str | None, int]:
    """Return the first row of each value of a field, without regard for capitals, and how many rows have one."""
    keys = [str(row.get(key_field) or "").casefold() for row in content.rows(table.id)]
    first: dict[str | None, int] = {key: n for n, key in reversed(list(enumerate(keys)))}
    return first | {_FILLED: sum(map(bool, keys))}


def _before(content: WorkbookContent, table: Table, held: HeldCell) -> str:
    letters = column_letters(place_table(content, table).column(table.field(held.field)))
    return f"#{quote_sheet(table.sheet[content.language])}!{letters}"


def _target(content: WorkbookContent, line: HeldLine) -> tuple[Table, HeldCell]:
    main = content.main
    held = line.ways[0][0] if line.ways else HeldCell(main.id, main.key, line.number, main.key)
    return content.definition.tables[held.table], held
