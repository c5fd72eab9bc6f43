"""Plans the overview: five figures, a table per question with the largest first, and a chart of the months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from registerkit.definition import Choice, Field
from registerkit.excel import CellContent
from registerkit.ooxml import address
from registerkit.workbook.content import WorkbookContent
from registerkit.workbook.figures import Facts, Figure, share_in_time
from registerkit.workbook.hidden_plan import OVER_PERIOD, HiddenPlan, sorted_counts
from registerkit.workbook.list_places import list_entries, list_places
from registerkit.workbook.months import Months
from registerkit.workbook.periods import ChosenPeriod, Window
from registerkit.workbook.plan import PlacedCell
from registerkit.workbook.references import HIDDEN_SHEET, cell, list_name, span
from registerkit.workbook.references import quote_text as text
from registerkit.workbook.sheet_names import SheetNames

__all__ = ["PERIOD_AT", "ChartPlace", "SheetPlan", "card_cells", "overview_plan"]

CARD_COLUMNS = (1, 3, 5, 7, 9)
"""The columns of the figures, from 0; narrow ones stand between."""
_CARD_ROW = 3
_TOP = 8
_DEPARTMENTS, _SPARE = 12, 2
"""So many departments are shown at most, with room for some that come."""
PERIOD_AT = 9
"""The column, in the first row, of the box in which a period is chosen."""
_OVER_PERIOD = frozenset({"received", "in_time", "days"})
"""The figures that follow the period; the others say how things stand now."""
"""How many labels a table shows at most."""
_LABEL, _COUNT = 1, 3
_SHORTEST_CHART = 8
"""A chart is at least so many rows high."""
_CHART_WIDTH, _CHART_LINE = 880, 24
"""The width of the chart of the months, and the height of each of its rows, in pixels."""


@dataclass(frozen=True)
class ChartPlace:
    """A chart: where it is shown, how large in pixels, and where its labels and counts stand; rows from 0."""

    row: int
    column: int
    size: tuple[int, int]
    first: int
    last: int
    bars: bool = True
    sheet: str | None = None
    """The sheet of the labels and counts, when it is another than the chart's."""
    columns: tuple[int, int] = (1, 3)
    """The columns of labels and counts."""


@dataclass(frozen=True)
class SheetPlan:
    """A sheet's planned cells and charts."""

    name: str
    cells: tuple[PlacedCell, ...]
    charts: tuple[ChartPlace, ...] = ()
    widths: tuple[float, ...] = ()
    """The widths of the columns, from the first."""
    breaks: tuple[int, ...] = ()
    """The rows that begin a printed page, from 0."""
    asks_period: bool = False
    """A box stands on it in which a period is chosen."""
    lines: tuple[int, ...] = ()
    """The rows of tables, from 0."""
    bars: tuple[str, ...] = ()
    """Ranges of counts, each of which shows by a bar how large it is beside the others."""
    shares: tuple[str, ...] = ()
    """Cells with what was in time, which the office has a target for."""


def card_cells(
    content: WorkbookContent, figures: Sequence[Figure], row: int, places: Sequence[tuple[int, int]] = ()
) -> list[PlacedCell]:
    """Return the cells of a row of large figures: label, number and a short note.

    `places` are the first and last column of each, where they are not those of the overview.
    """
    cells = []
    for figure, (column, last) in zip(figures, places or [(c, c) for c in CARD_COLUMNS], strict=False):
        label = content.texts(f"workbook.figure.{figure.name}.label")
        note = content.texts(f"workbook.figure.{figure.name}.note", **figure.told)
        merged = last if last > column else None
        cells.append(PlacedCell(row, column, label, "card_label", last_column=merged))
        style = "card_alert" if figure.alert else "card_number"
        number = PlacedCell(row + 1, column, figure.value, style, figure.formula, figure.number_format, merged)
        cells += [number, PlacedCell(row + 2, column, note, "card_note", last_column=merged)]
    return cells


def overview_plan(content: WorkbookContent, facts: Facts, hidden: HiddenPlan, months: Months | None) -> SheetPlan:
    """Plan the overview's sheet."""
    name = SheetNames(content.definition, content.texts).overview
    planner = _Planner(content, facts, hidden, name)
    period = hidden.period
    cards = card_cells(content, facts.over(period.now if period else None), _CARD_ROW)
    planner.cells += _compared(content, facts, period, cards) if period else cards
    if period:
        planner.cells.append(PlacedCell(0, PERIOD_AT - 2, content.texts("workbook.overview.period"), "ask_label"))
    departments = period is not None and facts.has("department", "signal", "due_on", "answered_on")
    if period and departments:
        planner.departments(period)
    for role in ("status", "category"):
        field = facts.field(role)
        if field and field.choices and role in hidden.counts:
            planner.ranking(role, field)
    if months:
        planner.months(months)
    breaks = planner.begins[0::2] if departments else planner.begins[1:2]
    own = (card for card in cards if card.style == "card_label" and card.value == planner.label("in_time"))
    shares = [*(address(card.row + 2, card.column) for card in own), *planner.shares]
    return SheetPlan(
        name,
        tuple(planner.cells),
        tuple(planner.charts),
        breaks=tuple(breaks),
        asks_period=period is not None,
        lines=tuple(planner.lines),
        bars=tuple(planner.bars),
        shares=tuple(shares),
    )


def _compared(
    content: WorkbookContent, facts: Facts, period: ChosenPeriod, cards: Sequence[PlacedCell]
) -> list[PlacedCell]:
    """Return the large figures with, once a period is chosen, what they were in the one before below them."""
    then = {figure.name: figure for figure in facts.over(period.before)}
    found, names = list(cards), [figure.name for figure in facts.over(period.now)]
    for n, name in enumerate(names):
        if name not in _OVER_PERIOD:
            continue
        note, figure = found[n * 3 + 2], then[name]
        word = content.texts("workbook.overview.before") + " "
        formula = (
            f"IF({period.place}=0,{text(str(note.value))},{text(word)}&{_formula_as_text(figure, content.language)})"
        )
        value = note.value if period.is_all else word + _as_text(figure, content.language)
        found[n * 3 + 2] = replace(note, value=value, formula=formula)
    return found


def _formula_as_text(figure: Figure, language: str) -> str:
    """Return the formula of a figure within a sentence: with the comma of the language, not of the computer."""
    if figure.number_format == "0":
        return figure.formula
    if figure.number_format == "0%":
        return f'TEXT({figure.formula},"0%")'
    comma, other = (",", ".") if language == "nl" else (".", ",")
    return f'IFERROR(SUBSTITUTE(ROUND({figure.formula},1)&"","{other}","{comma}"),"–")'


def _as_text(figure: Figure, language: str) -> str:
    """Return a figure as it stands within a sentence."""
    if not isinstance(figure.value, int | float):
        return str(figure.value)
    if figure.number_format == "0%":
        return f"{figure.value:.0%}"
    shown = f"{round(figure.value, 1):g}"
    return shown.replace(".", ",") if language == "nl" else shown


class _Planner:
    def __init__(self, content: WorkbookContent, facts: Facts, hidden: HiddenPlan, name: str) -> None:
        self.content = content
        self.facts = facts
        self.hidden = hidden
        self.name = name
        self.cells: list[PlacedCell] = []
        self.charts: list[ChartPlace] = []
        self.begins: list[int] = []
        """The first row of each block that may begin a page."""
        self.lines: list[int] = []
        self.bars: list[str] = []
        self.shares: list[str] = []
        self.row = 8

    def label(self, figure: str) -> str:
        """Return what a figure is called."""
        return self.content.texts(f"workbook.figure.{figure}.label")

    def departments(self, period: ChosenPeriod) -> None:
        """A table of how each department stands: what is open and late now, and the period that was chosen."""
        field = self.facts.field("department")
        if field is None or not field.choices:
            return
        language = self.content.language
        used = [entry for entry in list_entries(self.content, field.choices) if entry.in_use]
        first = self._head(field.labels[language])
        self._heads(first, [self.label(name) for name in ("open", "overdue", "received", "in_time")])
        for n in range(min(_DEPARTMENTS, len(used) + _SPARE)):
            entry = used[n] if n < len(used) else None
            self._department(first + n, n, entry, field, period)
        self.row = first + min(_DEPARTMENTS, len(used) + _SPARE) + 1
        self.lines += range(first - 1, first + len(used[:_DEPARTMENTS]))

    def _department(self, row: int, n: int, entry: Choice | None, field: Field, period: ChosenPeriod) -> None:
        facts, here = self.facts, cell(self.name, row, _LABEL).rpartition("!")[2]
        column, signal, received = (facts.column(role) for role in ("department", "signal", "received_on"))
        label = f'IFERROR(INDEX({list_name(field.choices or "")},{n + 1})&"","")'
        own = f"{facts.received},{column},{here}"
        rows = facts.with_code("department", entry.code) if entry else ()
        share, share_now = share_in_time(facts, period.now, ("department", here, entry.code if entry else None))
        self.shares.append(address(row + 1, CARD_COLUMNS[-1]))
        shown: list[tuple[str, CellContent, str]] = [
            (f'COUNTIFS({own},{signal},"<>"&{facts.label("signal", "closed")})', sum(map(facts.is_open, rows)), "0"),
            (
                f"COUNTIFS({own},{signal},{facts.label('signal', 'overdue')})",
                sum(facts.value(each, "signal") == "overdue" for each in rows),
                "0",
            ),
            (
                f"COUNTIFS({column},{here},{period.now.holds(received)})",
                sum(period.now.has(facts.value(each, "received_on")) for each in rows),
                "0",
            ),
            (share, share_now, "0%"),
        ]
        name = entry.labels[self.content.language] if entry else None
        # Room for a department that is added later has no line.
        styles = ("table_label", "table_number") if entry else ("plain", "plain")
        self.cells.append(PlacedCell(row, _LABEL, name, styles[0], label))
        for at, (formula, value, shape) in zip(CARD_COLUMNS[1:], shown, strict=True):
            self.cells += [PlacedCell(row, at - 1, None, "table_label")] if entry else []
            told = f'IF({here}="","",{formula})'
            self.cells.append(PlacedCell(row, at, value if entry else None, styles[1], told, shape))

    def ranking(self, role: str, field: Field) -> None:
        """A table of the labels with most records, largest first, and how those stand."""
        self.begins.append(self.row)
        shown = min(_TOP, len(self.content.definition.lists[field.choices or ""].choices))
        labels = list_places(self.content)[field.choices or ""].labels(
            SheetNames(self.content.definition, self.content.texts).lists
        )
        keys = self.hidden.counts[role]
        window = self.hidden.period.now if self.hidden.period and role in OVER_PERIOD else None
        found = sorted_counts(self.content, field, window)
        first = self._head(field.labels[self.content.language])
        for n in range(shown):
            choice, count = found[n] if n < len(found) else (None, None)
            large = f"LARGE({keys},{n + 1})"
            label = choice.labels[self.content.language] if choice else None
            formula = f'IFERROR(INDEX({labels},MATCH({large},{keys},0)),"")'
            number = f'IFERROR(INT({large}),"")'
            self._counted(first + n, PlacedCell(first + n, _LABEL, label, "", formula), count, number)
            self._standing(first + n, role, choice, window)
        if more := self._more(role):
            self._heads(first, [self.content.texts("workbook.overview.count"), *map(self.label, more)])
        self.bars.append(f"{address(first + 1, _COUNT)}:{address(first + shown, _COUNT)}")
        self.lines += range(first - 1, first + shown + 1)
        self.row = first + shown + 2
        self._rest(first, shown, keys, [count for _, count in found], window)
        if role == "status":
            self._status_title(first)
        else:
            self._ranking_title(first, found[0][0].labels[self.content.language] if found else "", found, window)

    def _more(self, role: str) -> tuple[str, ...]:
        """Return the figures beside the count: of what has a status, only how much of it is late."""
        if not self.facts.has("signal", "due_on", "answered_on"):
            return ()
        return ("overdue",) if role == "status" else ("open", "overdue", "in_time")

    def _standing(self, row: int, role: str, choice: Choice | None, window: Window | None) -> None:
        """Add how the records of a label stand: open and late now, and in time over the period."""
        facts, here = self.facts, cell(self.name, row, _LABEL).rpartition("!")[2]
        own = f"{facts.received},{facts.column(role)},{here}"
        rows = facts.with_code(role, choice.code) if choice else ()
        for at, name in zip(CARD_COLUMNS[2:], self._more(role), strict=False):
            shape, value, formula = "0", None, ""
            if name == "in_time":
                formula, value = share_in_time(facts, window, (role, here, choice.code if choice else None))
                shape = "0%"
                self.shares.append(address(row + 1, at))
            elif name == "open":
                formula = f'COUNTIFS({own},{facts.column("signal")},"<>"&{facts.label("signal", "closed")})'
                value = sum(map(facts.is_open, rows))
            else:
                formula = f"COUNTIFS({own},{facts.column('signal')},{facts.label('signal', 'overdue')})"
                value = sum(facts.value(each, "signal") == "overdue" for each in rows)
            self.cells += [PlacedCell(row, at - 1, None, "table_label")] if choice else []
            told = f'IF({here}="","",{formula})'
            style = "table_number" if choice else "plain"
            self.cells.append(PlacedCell(row, at, value if choice else None, style, told, shape))

    def _counted(self, row: int, label: PlacedCell, count: int | None, formula: str) -> None:
        """Add a label and its count; a row in which nothing stands yet has no line."""
        styles = ("plain", "plain") if count is None else ("table_label", "table_number")
        self.cells.append(replace(label, style=styles[0]))
        self.cells += [PlacedCell(row, _LABEL + 1, None, "table_label")] if count is not None else []
        self.cells.append(PlacedCell(row, _COUNT, count, styles[1], formula))

    def _heads(self, first: int, heads: Sequence[str]) -> None:
        """Write what the columns of a table hold."""
        for at, label in zip(CARD_COLUMNS[1:], heads, strict=False):
            self.cells += [PlacedCell(first - 1, at, label, "table_number_head")]
            self.cells += [PlacedCell(first - 1, at - 1, None, "table_head")] if at > _COUNT else []

    def _rest(self, first: int, shown: int, keys: str, counts: list[int], window: Window | None) -> None:
        """Add the line of all that stands in none of the lines above it, and how many labels that are."""
        row, text_of = first + shown, self.content.texts("workbook.overview.rest")
        number = f'COUNTIF({keys},">=1")-{shown}'
        total, total_now = self._total(window)
        left = f"{total}-SUM({self._span(first, row - 1)})"
        labels, rest = sum(count > 0 for count in counts) - shown, total_now - sum(counts[:shown])
        named = f'{text(text_of)}&IF({number}>0," ("&{number}&")","")'
        label = text_of + (f" ({labels})" if labels > 0 else "")
        shown_label = PlacedCell(row, _LABEL, label if rest else None, "", f'IF({left}=0,"",{named})')
        self._counted(row, shown_label, rest or None, f'IF({left}=0,"",{left})')

    def _total(self, window: Window | None) -> tuple[str, int]:
        """Return how many records came in, ever or in a period."""
        received = self.facts.over(window)[0]
        return received.formula, self.facts.received_in(window)

    def months(self, months: Months) -> None:
        """A chart of the last twelve months; it shows every number itself."""
        self.begins.append(self.row)
        first = self._head(self.content.texts("workbook.overview.month"), counts=False)
        one, many = (
            " " + self.content.texts("workbook.overview.months", many=what)
            for what in (self.content.one, self.content.many)
        )
        said = f"{months.sums}&IF({months.sums}=1,{text(one)},{text(many)})"
        self._title(first, said, f"{months.total}{one if months.total == 1 else many}")
        high = max(months.last - months.first + 2, _SHORTEST_CHART) * _CHART_LINE
        at, size = (first - 1, _LABEL), (_CHART_WIDTH, high)
        self.charts.append(ChartPlace(*at, size, months.first, months.last, False, HIDDEN_SHEET, months.columns))

    def _head(self, label: str, *, counts: bool = True) -> int:
        """Write the head of a block; gives the row of its first label."""
        row = self.row
        self.cells.append(PlacedCell(row, _LABEL, label, "section"))
        for column in range(_LABEL + 1, CARD_COLUMNS[-1] + 1):
            self.cells.append(PlacedCell(row, column, None, "section_rule"))
        if not counts:
            return row + 2
        self.cells.append(PlacedCell(row + 1, _LABEL, None, "table_head"))
        self.cells.append(PlacedCell(row + 1, _LABEL + 1, None, "table_head"))
        count = self.content.texts("workbook.overview.count")
        self.cells.append(PlacedCell(row + 1, _COUNT, count, "table_number_head"))
        return row + 2

    def _title(self, first: int, formula: str, value: str) -> None:
        """Say in a sentence above a block what it comes to, so that it follows the figures in every program."""
        self.cells.append(PlacedCell(first - 2, _COUNT, value, "section_told", formula))

    def _status_title(self, first: int) -> None:
        texts, total = self.content.texts, len(self.facts.rows)
        still = self.facts.count(self.facts.is_open)
        count = f"COUNTIFS({self.facts.received})"
        of, say = texts("workbook.overview.of"), texts("workbook.overview.still_open") + " "
        none = texts("workbook.overview.none", many=self.content.many)
        formula = f"IF({count}=0,{text(none)},{text(say)}&{self.facts.open_formula}&{text(of)}&{count})"
        self._title(first, formula, f"{say}{still}{of}{total}" if total else none)

    def _ranking_title(
        self, first: int, label: str, found: Sequence[tuple[object, int]], window: Window | None
    ) -> None:
        texts, (count, total) = self.content.texts, self._total(window)
        top = found[0][1] if found else 0
        none = texts("workbook.overview.none", many=self.content.many)
        say, of = texts("workbook.overview.most", many=self.content.many), texts("workbook.overview.of")
        place = cell(self.name, first, _LABEL).rpartition("!")[2]
        number = cell(self.name, first, _COUNT).rpartition("!")[2]
        shown = f'{text(say + " ")}&{place}&" ("&{number}&{text(of)}&{count}&")"'
        self._title(
            first, f"IF({count}=0,{text(none)},{shown})", f"{say} {label} ({top}{of}{total})" if total else none
        )

    def _span(self, first: int, last: int) -> str:
        return span(self.name, first, last, _COUNT)
