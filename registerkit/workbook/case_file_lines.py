"""Sets texts in lines on the hidden sheet, for the height of a row cannot follow a formula: in Excel and in Python.

A stream is a run of items; only those that hold something are set. Each line knows its item and where in the item's
text it begins, so the next line follows from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from registerkit.workbook.hidden_plan import HiddenPlanner
from registerkit.workbook.references import run_of

__all__ = ["EVENT", "FOLLOWS", "HEADING", "PAIR", "Item", "Line", "set_lines"]

HEADING, EVENT, PAIR, FOLLOWS = "H", "E", "P", "-"
"""What a line is: a heading, something with its day, a text with its label, or the next line of one of these."""


@dataclass(frozen=True)
class Item:
    """A heading, which shows when something below it does, or a text with its label; formulas and values now.

    The text of a heading says more of it. A label without a formula is always the same.
    """

    kind: str
    label: str
    text: str = ""
    text_formula: str = '""'
    label_formula: str | None = None


@dataclass(frozen=True)
class Line:
    """The cells of a line, with what they hold now."""

    kind: tuple[str, str]
    label: tuple[str, str]
    text: tuple[str, str]


def set_lines(hidden: HiddenPlanner, items: Sequence[Item], wide: int, count: int) -> list[Line]:
    """Plan the lines of a stream: `wide` characters each at most, `count` lines."""
    kinds, labels, texts = hidden.block(), hidden.block(), hidden.block()
    kind_cells = [kinds.fixed(item.kind) for item in items]
    label_cells = [
        labels.add(item.label or None, item.label_formula) if item.label_formula else labels.fixed(item.label)
        for item in items
    ]
    text_cells = [texts.add(item.text or None, item.text_formula) for item in items]
    shows = _shows(items)
    nexts = _plan_filled(hidden, items, text_cells, shows)
    at, begins, cuts = hidden.block(), hidden.block(), hidden.block()
    made = hidden.block(), hidden.block()
    kind_range, label_range, text_range = (run_of(cells) for cells in (kind_cells, label_cells, text_cells))
    next_range = run_of(nexts)
    lines: list[Line] = []
    now = list(_walk(items, shows, wide))
    before: tuple[str, str, str] | None = None
    for n in range(count):
        item, begin, cut, kind, label = now[n] if n < len(now) else (0, 0, "", "", "")
        if before is None:
            item_cell = at.add(item, f"{nexts[0]}")
            begin_cell = begins.add(begin, f"IF({item_cell}=0,0,1)")
        else:
            was, begun, done = before
            rest = f"{begun}+LEN({done})<=LEN(INDEX({text_range},MAX(1,{was})))"
            goes_on = f"OR({begun}=0,AND(LEN({done})>0,{rest}))"
            item_cell = at.add(item, f"IF({was}=0,0,IF({goes_on},{was},INDEX({next_range},{was}+1)))")
            heads = f'IF(INDEX({kind_range},MAX(1,{item_cell}))="{HEADING}",0,1)'
            same = f"IF({begun}=0,1,{begun}+LEN({done}))"
            begin_cell = begins.add(begin, f"IF({item_cell}=0,0,IF({item_cell}={was},{same},{heads}))")
        mid = f"MID(INDEX({text_range},MAX(1,{item_cell})),{begin_cell},{wide + 1})"
        spaces = f'LEN({mid})-LEN(SUBSTITUTE({mid}," ",""))'
        last_space = f'IFERROR(FIND(CHAR(7),SUBSTITUTE({mid}," ",CHAR(7),{spaces})),{wide})'
        cut_cell = cuts.add(cut or None, f'IF({begin_cell}=0,"",IF(LEN({mid})<={wide},{mid},LEFT({mid},{last_space})))')
        first = f'IF({begin_cell}=1,INDEX({kind_range},{item_cell}),"{FOLLOWS}")'
        kind_cell = made[0].add(kind or None, f'IF({begin_cell}=0,"",{first})')
        shown = f'IF({begin_cell}=1,INDEX({label_range},{item_cell}),"")'
        label_cell = made[1].add(label or None, shown)
        before = (item_cell, begin_cell, cut_cell)
        lines.append(Line((kind_cell, kind), (label_cell, label), (cut_cell, cut)))
    return lines


def _shows(items: Sequence[Item]) -> list[bool]:
    """Tell of every item whether it is set: it holds a text, or is the heading of something that does."""
    found = []
    for n, item in enumerate(items):
        below = _below(items, n)
        found.append(any(items[i].text for i in below) if item.kind == HEADING else bool(item.text))
    return found


def _below(items: Sequence[Item], n: int) -> range:
    """Return the items below a heading, up to the next one."""
    end = next((i for i in range(n + 1, len(items)) if items[i].kind == HEADING), len(items))
    return range(n + 1, end)


def _plan_filled(
    hidden: HiddenPlanner, items: Sequence[Item], texts: Sequence[str], shows: Sequence[bool]
) -> list[str]:
    """Plan for every place between items which one is set next, from the first place on; 0 for none."""
    filled, nexts = hidden.block(), hidden.block()
    cells = []
    for n, item in enumerate(items):
        below = _below(items, n)
        tests = f'COUNTIF({run_of(texts[below.start : below.stop])},"?*")>0' if below else "FALSE"
        formula = tests if item.kind == HEADING else f'{texts[n]}<>""'
        cells.append(filled.add(int(shows[n]), f"IF({formula},1,0)"))
    now = [next((i + 1 for i in range(n, len(items)) if shows[i]), 0) for n in range(len(items) + 1)]
    first_row = len(items)
    planned: list[str] = []
    for n in range(first_row):
        following = nexts.below(n + 1)
        planned.append(nexts.add(now[n], f"IF({cells[n]}=1,{n + 1},{following})"))
    planned.append(nexts.add(0, "0"))
    return planned


def _walk(items: Sequence[Item], shows: Sequence[bool], wide: int) -> Iterator[tuple[int, int, str, str, str]]:
    """Give item, from 1, and begin of every line, with its text, kind and label."""
    first = True
    for n, item in enumerate(items):
        if not shows[n]:
            continue
        if item.kind == HEADING and not first:
            yield n + 1, 0, "", "", ""
        first, begin = False, 1
        while True:
            cut = _cut(item.text[begin - 1 :], wide)
            yield n + 1, begin, cut, item.kind if begin == 1 else FOLLOWS, item.label if begin == 1 else ""
            begin += len(cut)
            if not cut or begin > len(item.text):
                break


def _cut(text: str, wide: int) -> str:
    """Return the beginning of a text that fits on a line, cut behind its last space."""
    part = text[: wide + 1]
    if len(part) <= wide:
        return part
    return part[: part.rfind(" ") + 1] or part[:wide]
