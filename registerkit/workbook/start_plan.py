"""Plans the first sheet: the large figures, and the work of the week line by line, of all or of a handler."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from registerkit.definition import Field, Record
from registerkit.register import ALIKE, cell_value
from registerkit.workbook.content import WorkbookContent
from registerkit.workbook.figures import Facts, Figure, start_figures
from registerkit.workbook.held_plan import held_queue
from registerkit.workbook.hidden_plan import HiddenPlanner, Ranked
from registerkit.workbook.office_sheet import plan_to_fill_in
from registerkit.workbook.overview_plan import card_cells
from registerkit.workbook.plan import PlacedCell, first_of
from registerkit.workbook.rankings import ALIKE_LATELY
from registerkit.workbook.references import ATTENTION_LENGTH, column, hyperlink, run_of, search_pattern, span
from registerkit.workbook.references import quote_text as text
from registerkit.workbook.sheet_names import SheetNames
from registerkit.workbook.table_places import FIRST_TABLE_ROW
from registerkit.workbook.work_lines import Shown, WorkLines
from registerkit.workbook.work_queues import LINES, Queue, WorkQueues

__all__ = [
    "ALERT_ROW",
    "ASK_ROW",
    "CARD_ROW",
    "FIRST",
    "FIRST_LINE",
    "HEAD_ROW",
    "LAST",
    "AskBox",
    "StartPlan",
    "start_plan",
]

ALERT_ROW, CARD_ROW, ASK_ROW = 1, 2, 6
HEAD_ROW, FIRST_LINE = 7, 8
FIRST, LAST = 1, 8
"""The columns of the list, from 0; the number of a line stands before them."""
CARDS = ((1, 2), (3, 3), (4, 5), (6, 6), (7, 8))
"""The first and last column of each large figure."""
_FOUND = ("name", "category", "status", "handler")
"""The roles shown behind the number, in a register without terms."""
_SEARCHED = (
    "name", "organisation", "city", "email", "phone", "customer_number", "category", "subject", "order_number",
    "description",
)  # fmt: skip


@dataclass(frozen=True)
class AskBox:
    """A cell in which people choose or type what to look up; row and column from 0."""

    name: str
    row: int
    column: int
    value: str | None


@dataclass
class StartPlan:
    """The sheet's cells, its boxes, and whether the first column of its lines shows signals."""

    name: str
    cells: list[PlacedCell] = field(default_factory=list)
    asks: list[AskBox] = field(default_factory=list)
    has_lines: bool = False
    has_signals: bool = False
    urgent: tuple[str, int] | None = None
    """The cell with the place of the most urgent complaint of the list, and that place now."""

    lines: tuple[str, tuple[int, ...]] = ("", ())
    """The cells with the place in the main table of each line, and these places now."""

    @property
    def free(self) -> int:
        """The first row below the list."""
        return FIRST_LINE + LINES + 2 if self.has_lines else ASK_ROW


def start_plan(content: WorkbookContent, facts: Facts, hidden: HiddenPlanner) -> StartPlan:
    """Plan the sheet, as far as the register has the fields for it."""
    names = SheetNames(content.definition, content.texts)
    plan = StartPlan(names.start, [_attention_cell(content, names.attention)])
    alike = _alike_cell(content, ranked) if (ranked := hidden.ranked.get(ALIKE_LATELY)) else None
    to_fill_in = plan_to_fill_in(content, hidden, ALERT_ROW, CARDS[2][0])
    plan.cells += [first_of(to_fill_in, alike)] if to_fill_in and alike else [c for c in (to_fill_in, alike) if c]
    if facts.has("received_on"):
        _Planner(content, facts, hidden, plan).plan_all()
    return plan


def _attention_cell(content: WorkbookContent, sheet: str) -> PlacedCell:
    """Say how much stands on the attention sheet, as a link; nothing when it is empty."""
    about = span(sheet, FIRST_TABLE_ROW, FIRST_TABLE_ROW + ATTENTION_LENGTH - 1, 1)
    before, _, after = content.texts("workbook.start.attention", sheet=sheet, n="\n").partition("\n")
    link = hyperlink(sheet, '"A1"', f"{text(before)}&COUNTA({about})&{text(after)}")
    value = f"{before}{content.attention}{after}" if content.attention else None
    return PlacedCell(ALERT_ROW, FIRST, value, "alert_line", f'IF(COUNTA({about})=0,"",{link})')


def _alike_cell(content: WorkbookContent, ranked: Ranked) -> PlacedCell:
    """Say what came in time and again in the last four weeks; nothing when that is no more than chance."""
    (label, n), say = ranked.top, content.texts("workbook.start.alike")
    before, _, after = say.partition("\n")
    shown = f"{ranked.top_label}&{text(before)}&{ranked.top_score}&{text(after)}"
    value = f"{label}{before}{n}{after}" if n >= ALIKE else None
    formula = f'IF(N({ranked.top_score})<{ALIKE},"",{shown})'
    return PlacedCell(ALERT_ROW, CARDS[2][0], value, "alert_line", formula)


class _Planner:
    def __init__(self, content: WorkbookContent, facts: Facts, hidden: HiddenPlanner, plan: StartPlan) -> None:
        self.content = content
        self.facts = facts
        self.hidden = hidden
        self.plan = plan
        self.asked = content.asked.get("handler") or None
        self.words = content.asked.get("words") or None

    def plan_all(self) -> None:
        """Plan figures, boxes and lines."""
        queues: list[Queue] = []
        figures = start_figures(self.facts)
        if self.facts.has("handler", "due_on", "signal"):
            work = WorkQueues(self.content, self.facts, self.hidden, self.asked)
            queues = work.queues()
            figures = [_counted(figure, queues, work.acknowledging) for figure in figures]
            self.plan.has_signals = True
            opened = [place for queue in (*queues[:3], queues[-1]) for place in queue.found]
            if "letters" in self.content.definition.tables:
                queues.insert(3, held_queue(self.content, self.facts, self.hidden, work))
            self.plan.urgent = (queues[0].places[0], next(iter(opened), 0))
        self.plan.cells += card_cells(self.content, figures, CARD_ROW, CARDS)
        lines = WorkLines(self.content, self.facts, self.hidden, queues, self._found(), bool(self.words))
        self.plan.has_lines = True
        cells, places = lines.main_places
        self.plan.lines = (run_of(cells), tuple(places))
        self._asks(bool(queues))
        self._titles(lines, bool(queues))
        self._heads_and_lines(lines, bool(queues))

    def _found(self) -> Queue:
        """The records in which a word or number stands, the last ones on top."""
        main, rows = self.content.main, self.facts.all_rows
        fields = [main.field(main.key), *(f for role in _SEARCHED if (f := self.facts.field(role)))]
        columns = [column(main, f, self.content.language) for f in fields]
        joined = '&"|"&'.join(columns)
        test = f"(ISNUMBER({self.facts.column('received_on')}))*ISNUMBER(SEARCH(ask_words,{joined}))"
        found = [n for n, row in enumerate(rows, 1) if self.words and self._holds(row, fields, self.words)]
        found.reverse()
        block = self.hidden.block()
        count = block.add(len(found), f'IF(ask_words="",0,SUM(IF({test},1,0)))', array=True)
        row = f"ROW({columns[0]})-{FIRST_TABLE_ROW}"
        cells = block.places(f"LARGE(IF({test},{row}),", 'ask_words=""', found, LINES)
        by = self.facts.field("due_on") or self.facts.field("received_on")
        return Queue("found", main, by or main.field(main.key), count, tuple(cells), tuple(found), len(found))

    def _holds(self, row: Record, fields: Sequence[Field], words: str) -> bool:
        if self.facts.value(row, "received_on") is None:
            return False
        shown = (cell_value(f, row.get(f.id), self.content.lookups) for f in fields)
        return bool(search_pattern(words).search("|".join(str(value or "") for value in shown)))

    def _asks(self, has_queues: bool) -> None:
        texts, plan = self.content.texts, self.plan
        if has_queues:
            plan.cells.append(PlacedCell(ASK_ROW, 4, texts("workbook.start.mine_ask"), "ask_label"))
            plan.asks.append(AskBox("handler", ASK_ROW, 6, self.asked))
        plan.cells.append(PlacedCell(ASK_ROW, 7, texts("workbook.start.search_ask"), "ask_label"))
        plan.asks.append(AskBox("words", ASK_ROW, LAST, self.words))

    def _titles(self, lines: WorkLines, has_queues: bool) -> None:
        """Say above the list how much there is to do, or how much was found, and below it how much more there is."""
        texts, (total, total_now), (shown, shown_now) = self.content.texts, lines.total, lines.shown
        found, (number, number_now) = texts("workbook.start.search_found"), lines.found
        title = f"{number}&{text(' ' + found)}"
        value: str | None = f"{number_now} {found}" if self.words else None
        if has_queues:
            head, none = texts("workbook.start.mine"), texts("workbook.start.nothing")
            empty = texts(
                "workbook.start.empty", many=self.content.many, register=lines.main.sheet[self.content.language]
            )
            idle = f"IF(COUNTIFS({self.facts.received})=0,{text(empty)},{text(none)})"
            to_do = f'IF({total}=0,{idle},{text(head + " (")}&{total}&")")'
            title = f'IF(ask_words="",{to_do},{title})'
            value = value or (f"{head} ({total_now})" if total_now else none if self.facts.rows else empty)
        else:
            title = f'IF(ask_words="",{text(texts("workbook.start.search", many=self.content.many))},{title})'
            value = value or texts("workbook.start.search", many=self.content.many)
        self.plan.cells.append(PlacedCell(ASK_ROW, FIRST, value, "list_title", title))
        more, all_found = texts("workbook.start.more"), f"MIN({LINES},{number})"
        left = f'IF(ask_words="",{total}-{shown},{number}-{all_found})'
        left_now = number_now - min(LINES, number_now) if self.words else total_now - shown_now
        before, _, after = more.partition("\n")
        told = f"{before}{left_now}{after}" if left_now else None
        formula = f'IF({left}=0,"",{text(before)}&{left}&{text(after)})'
        self.plan.cells.append(PlacedCell(FIRST_LINE + LINES, FIRST, told, "hint", formula))

    def _heads_and_lines(self, lines: WorkLines, has_queues: bool) -> None:
        texts, main = self.content.texts, self.content.main
        key = main.field(main.key).labels[self.content.language]
        roles = [role for role in (("name", "phone") if has_queues else _FOUND) if self.facts.field(role)]
        labels: list[str | None] = [None, key, *(self._label(role) for role in roles)]
        shows = [lines.what] if has_queues else []
        columns = [FIRST] if has_queues else []
        shows += [lines.number, *(lambda n, r=role: lines.field(r, n) for role in roles)]
        columns += list(range(FIRST + has_queues, FIRST + has_queues + 1 + len(roles)))
        if has_queues:
            labels[0] = texts("workbook.start.head.what")
            shows += [lines.by, lambda n: lines.field("handler", n), lines.step]
            columns += [5, 6, 7]
            labels += [texts("workbook.start.head.by"), self._label("handler"), texts("workbook.start.head.step")]
        heads = dict(zip(columns, labels if has_queues else labels[1:], strict=True))
        for at in range(FIRST, LAST + 1):
            self.plan.cells.append(PlacedCell(HEAD_ROW, at, heads.get(at), "list_head"))
        for n in range(LINES):
            row = FIRST_LINE + n
            is_now = n < len(lines.now)
            numbered = f'IF({lines.queue_cells[n]}=0,"",{text(texts("workbook.start.line", n=n + 1))})'
            value = texts("workbook.start.line", n=n + 1) if is_now else None
            self.plan.cells.append(PlacedCell(row, 0, value, "list_count", numbered))
            for at, show in zip(columns, shows, strict=True):
                shown: Shown = show(n)
                style = {FIRST: "list_what"}.get(at, "list_value") if show != lines.number else "list_link"
                self.plan.cells.append(PlacedCell(row, at, shown.value, style, shown.formula, shown.shape))

    def _label(self, role: str) -> str:
        found = self.facts.field(role)
        return found.labels[self.content.language] if found else role


def _counted(figure: Figure, queues: Sequence[Queue], acknowledging: tuple[str, int]) -> Figure:
    """Return a figure that counts exactly what the list shows."""
    named = {queue.name: queue for queue in queues}
    wanted = {
        "open": ("overdue", "due_soon", "acknowledge", "rest"),
        "overdue": ("overdue",),
        "this_week": ("due_soon",),
        "aftercare": ("aftercare",),
    }.get(figure.name, ())
    mine = [named[name] for name in wanted if name in named]
    if figure.name == "to_acknowledge":
        return figure.counting(*acknowledging)
    return figure.counting("+".join(q.count for q in mine), sum(q.total for q in mine)) if mine else figure
