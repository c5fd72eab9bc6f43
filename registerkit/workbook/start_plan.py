"""Plans the first sheet: the large figures, the open records of a handler, and what is found by a word or a number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from registerkit.definition import Field, Record
from registerkit.ooxml import column_letters
from registerkit.register import ALIKE, cell_value
from registerkit.workbook.content import WorkbookContent
from registerkit.workbook.figures import Facts, start_figures
from registerkit.workbook.hidden_plan import PLACES, HiddenPlanner, Ranked
from registerkit.workbook.looked_up import looked_up
from registerkit.workbook.overview_plan import CARD_COLUMNS, card_cells
from registerkit.workbook.plan import PlacedCell
from registerkit.workbook.rankings import ALIKE_LATELY
from registerkit.workbook.references import ATTENTION_LENGTH, column, hyperlink, span
from registerkit.workbook.references import quote_text as text
from registerkit.workbook.sheet_names import SheetNames
from registerkit.workbook.table_places import FIRST_TABLE_ROW, place_table

__all__ = ["CARD_ROW", "FIRST", "AskBox", "StartPlan", "start_plan"]

CARD_ROW = 3
FIRST, LAST = CARD_COLUMNS[0], CARD_COLUMNS[-1]
_LINES, _MOST_OPEN = 8, 15
_MINE = ("name", "handler", "due_on", "signal")
_FOUND = ("name", "category", "status", "handler")
"""The roles shown behind the number, in the lists."""
_SEARCHED = (
    "name", "organisation", "city", "email", "phone", "customer_number", "category", "subject", "order_number",
    "description",
)  # fmt: skip
_EPOCH = date(1899, 12, 30)


@dataclass(frozen=True)
class AskBox:
    """A cell in which people choose or type what to look up; row and column from 0."""

    name: str
    row: int
    column: int
    value: str | None


@dataclass
class StartPlan:
    """The sheet's cells, its boxes, the cells with a signal, and the first free row."""

    name: str
    cells: list[PlacedCell] = field(default_factory=list)
    asks: list[AskBox] = field(default_factory=list)
    lines: list[tuple[int, int]] = field(default_factory=list)
    """First and last row of each list; a line is drawn below a row only when something stands in it."""
    signals: tuple[int, int, int] | None = None
    """First row, last row and column of the signals."""
    free: int = CARD_ROW


def start_plan(content: WorkbookContent, facts: Facts, hidden: HiddenPlanner) -> StartPlan:
    """Plan the sheet, as far as the register has the fields for it."""
    names = SheetNames(content.definition, content.texts)
    plan = StartPlan(names.start, [_attention_cell(content, names.attention)])
    if ranked := hidden.ranked.get(ALIKE_LATELY):
        plan.cells.append(_alike_cell(content, ranked))
    figures = start_figures(facts)
    if figures:
        plan.cells += card_cells(content, figures, CARD_ROW)
        plan.free = CARD_ROW + 4
    planner = _Planner(content, facts, hidden, plan)
    if facts.has("handler", "due_on", "signal", "received_on"):
        planner.mine()
    if facts.has("received_on"):
        planner.search()
    return plan


def _attention_cell(content: WorkbookContent, sheet: str) -> PlacedCell:
    """Say how much stands on the attention sheet, as a link; nothing when it is empty."""
    about = span(sheet, FIRST_TABLE_ROW, FIRST_TABLE_ROW + ATTENTION_LENGTH - 1, 1)
    before, _, after = content.texts("workbook.start.attention", sheet=sheet, n="\n").partition("\n")
    link = hyperlink(sheet, '"A1"', f"{text(before)}&COUNTA({about})&{text(after)}")
    value = f"{before}{content.attention}{after}" if content.attention else None
    return PlacedCell(CARD_ROW - 1, FIRST, value, "alert_line", f'IF(COUNTA({about})=0,"",{link})')


def _alike_cell(content: WorkbookContent, ranked: Ranked) -> PlacedCell:
    """Say what came in time and again in the last four weeks; nothing when that is no more than chance."""
    (label, n), say = ranked.top, content.texts("workbook.start.alike")
    before, _, after = say.partition("\n")
    shown = f"{ranked.top_label}&{text(before)}&{ranked.top_score}&{text(after)}"
    value = f"{label}{before}{n}{after}" if n >= ALIKE else None
    formula = f'IF(N({ranked.top_score})<{ALIKE},"",{shown})'
    return PlacedCell(CARD_ROW - 1, CARD_COLUMNS[2], value, "alert_line", formula)


class _Planner:
    def __init__(self, content: WorkbookContent, facts: Facts, hidden: HiddenPlanner, plan: StartPlan) -> None:
        self.content = content
        self.facts = facts
        self.hidden = hidden
        self.plan = plan
        self.rows = facts.all_rows

    def mine(self) -> None:
        """The open records, of all or of a handler, those that are due first on top."""
        asked = self.content.asked.get("handler") or None
        handler, due, signal = (self.facts.column(role) for role in ("handler", "due_on", "signal"))
        closed = self.facts.label("signal", "closed")
        whose = f'IF(ask_handler="",1,1*({handler}=ask_handler))'
        test = f"{whose}*ISNUMBER({due})*({signal}<>{closed})"
        keys = sorted(
            (day - _EPOCH).days * PLACES + n
            for n, row in enumerate(self.rows, 1)
            if (not asked or self._is_of(row, asked)) and self.facts.is_open(row)
            if isinstance(day := self.facts.value(row, "due_on"), date)
        )
        block = self.hidden.block()
        count = block.add(len(keys), f"SUM(IF({test},1,0))", array=True)
        ranked = f"IF({test},{due}*{PLACES}+ROW({due})-{FIRST_TABLE_ROW})"
        found = [key % PLACES for key in keys]
        cells = block.places(f"SMALL({ranked},", f"{count}=0", found, _MOST_OPEN)
        self._list("mine", "handler", asked, (count, len(found)), cells, found, _MINE)
        top = self.plan.free - 1 - _MOST_OPEN
        shown = [role for role in _MINE if self.facts.field(role)]
        self.plan.signals = (top, top + _MOST_OPEN - 1, CARD_COLUMNS[1 + shown.index("signal")])

    def search(self) -> None:
        """The records in which a word or number stands, the last ones on top."""
        asked = self.content.asked.get("words") or None
        main = self.content.main
        fields = [main.field(main.key), *(f for role in _SEARCHED if (f := self.facts.field(role)))]
        columns = [column(main, f, self.content.language) for f in fields]
        joined = '&"|"&'.join(columns)
        test = f"(ISNUMBER({self.facts.column('received_on')}))*ISNUMBER(SEARCH(ask_words,{joined}))"
        found = [n for n, row in enumerate(self.rows, 1) if asked and self._holds(row, fields, asked)]
        found.reverse()
        block = self.hidden.block()
        count = block.add(len(found), f'IF(ask_words="",0,SUM(IF({test},1,0)))', array=True)
        row = f"ROW({columns[0]})-{FIRST_TABLE_ROW}"
        cells = block.places(f"LARGE(IF({test},{row}),", 'ask_words=""', found, _LINES)
        self._list("search", "words", asked, (count, len(found)), cells, found, _FOUND)

    def _list(
        self,
        name: str,
        box: str,
        asked: str | None,
        count: tuple[str, int],
        cells: Sequence[str],
        found: Sequence[int],
        roles: Sequence[str],
    ) -> None:
        """Place a list under its title: the box, how many there are, and a line for each of the first."""
        texts, plan, row = self.content.texts, self.plan, self.plan.free
        for at in range(FIRST, LAST + 1):
            title = texts(f"workbook.start.{name}", many=self.content.many) if at == FIRST else None
            plan.cells.append(PlacedCell(row, at, title, "section" if at == FIRST else "section_rule"))
        plan.cells.append(PlacedCell(row + 1, FIRST, texts(f"workbook.start.{name}_ask"), "ask_label"))
        plan.asks.append(AskBox(box, row + 1, CARD_COLUMNS[1], asked))
        words = texts(f"workbook.start.{name}_found")
        shown, told = f'{count[0]}&" {words}"', f"{count[1]} {words}"
        if name == "search" and not asked:
            told = ""
        if name == "search":
            shown = f'IF(ask_{box}="","",{shown})'
        plan.cells.append(PlacedCell(row + 1, CARD_COLUMNS[2], told or None, "ask_count", shown))
        main = self.content.main
        fields = [main.field(main.key), *(f for role in roles if (f := self.facts.field(role)))]
        for one, at in zip(fields, CARD_COLUMNS, strict=False):
            plan.cells.append(PlacedCell(row + 2, at, one.labels[self.content.language], "table_head"))
            for n, place in enumerate(cells):
                record = self.rows[found[n] - 1] if n < len(found) else {}
                value, formula, shape = looked_up(self.content, main, one, place, record)
                style = "list_value"
                if name == "mine" and one.id == main.key:
                    formula, style = self._to_row(place, formula), "list_link"
                plan.cells.append(PlacedCell(row + 3 + n, at, value, style, formula, shape))
        plan.cells += [PlacedCell(row + 2, at + 1, None, "table_head") for at in CARD_COLUMNS[:-1]]
        plan.lines.append((row + 3, row + 2 + len(cells)))
        plan.free = row + 4 + len(cells)

    def _to_row(self, place: str, number: str) -> str:
        """Return the formula of a number that leads to its row in the register."""
        main = self.content.main
        letters = column_letters(place_table(self.content, main).column(main.field(main.key)))
        sheet, cell = main.sheet[self.content.language], f'"{letters}"&({place}+{FIRST_TABLE_ROW})'
        return f'IF({place}=0,"",{hyperlink(sheet, cell, number)})'

    def _is_of(self, row: Record, handler: str) -> bool:
        name = self.content.lookups.person_name(str(self.facts.value(row, "handler") or ""))
        return (name or "").casefold() == handler.casefold()

    def _holds(self, row: Record, fields: Sequence[Field], words: str) -> bool:
        shown = (cell_value(f, row.get(f.id), self.content.lookups) for f in fields)
        return bool(_pattern(words).search("|".join(str(value or "") for value in shown)))


def _pattern(words: str) -> re.Pattern[str]:
    """Return what SEARCH() looks for: `?` is any sign, `*` any run of them, `~` takes the next sign as it is."""
    parts = re.findall(r"~[~*?]|.", words, re.S)
    signs = {"*": ".*", "?": "."}
    return re.compile("".join(signs.get(p) or re.escape(p[-1]) for p in parts), re.I | re.S)
