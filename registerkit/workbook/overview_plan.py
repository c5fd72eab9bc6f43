"""Plans the overview: five figures, then per question a small table, largest first, with a chart beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from registerkit.definition import Field
from registerkit.workbook.content import WorkbookContent
from registerkit.workbook.figures import Facts, Figure, overview_figures
from registerkit.workbook.hidden_plan import HiddenPlan, sorted_counts
from registerkit.workbook.list_places import list_places
from registerkit.workbook.plan import PlacedCell
from registerkit.workbook.references import cell, span
from registerkit.workbook.references import quote_text as text
from registerkit.workbook.sheet_names import SheetNames

__all__ = ["ChartPlace", "SheetPlan", "card_cells", "month_format", "month_start", "overview_plan"]

CARD_COLUMNS = (1, 3, 5, 7, 9)
"""The columns of the figures, from 0; narrow ones stand between."""
_CARD_ROW = 3
_TOP = 8
"""How many labels a table shows at most."""
MONTHS = 12
_LABEL, _COUNT = 1, 3
CHART_COLUMN = 5
SHORTEST_CHART = 8
"""A chart is at least so many rows high."""


@dataclass(frozen=True)
class ChartPlace:
    """A chart: where it is shown, and where its labels and counts stand; rows from 0."""

    row: int
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


def overview_plan(content: WorkbookContent, facts: Facts, hidden: HiddenPlan) -> SheetPlan:
    """Plan the overview's sheet."""
    name = SheetNames(content.definition, content.texts).overview
    planner = _Planner(content, facts, hidden, name)
    planner.cells += card_cells(content, overview_figures(facts), _CARD_ROW)
    for role in ("status", "category"):
        field = facts.field(role)
        if field and field.choices and role in hidden.counts:
            planner.ranking(role, field)
    if facts.has("received_on"):
        planner.months()
    return SheetPlan(name, tuple(planner.cells), tuple(planner.charts))


def month_start(day: date, back: int) -> date:
    """Return the first day of the month that lies so many months back."""
    months = day.year * 12 + day.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)


def month_format(language: str, shape: str = "mmm yyyy") -> str:
    """Return the number format of a month; it names the language, for Excel would use that of the computer."""
    return f"[$-413]{shape}" if language == "nl" else f"[$-809]{shape}"


class _Planner:
    def __init__(self, content: WorkbookContent, facts: Facts, hidden: HiddenPlan, name: str) -> None:
        self.content = content
        self.facts = facts
        self.hidden = hidden
        self.name = name
        self.cells: list[PlacedCell] = []
        self.charts: list[ChartPlace] = []
        self.row = 8

    def ranking(self, role: str, field: Field) -> None:
        """A table of the labels with most records, largest first."""
        shown = min(_TOP, len(self.content.definition.lists[field.choices or ""].choices))
        labels = list_places(self.content)[field.choices or ""].labels(
            SheetNames(self.content.definition, self.content.texts).lists
        )
        keys = self.hidden.counts[role]
        found = sorted_counts(self.content, field)
        first = self._head(field.labels[self.content.language])
        for n in range(shown):
            choice, count = found[n] if n < len(found) else (None, None)
            large = f"LARGE({keys},{n + 1})"
            label = choice.labels[self.content.language] if choice else None
            formula = f'IFERROR(INDEX({labels},MATCH({large},{keys},0)),"")'
            self.cells.append(PlacedCell(first + n, _LABEL, label, "table_label", formula))
            self.cells.append(PlacedCell(first + n, _LABEL + 1, None, "table_label"))
            self.cells.append(PlacedCell(first + n, _COUNT, count, "table_number", f'IFERROR(INT({large}),"")'))
        self._rest(first, shown, keys, [count for _, count in found])
        if role == "status":
            self._status_title(first)
        else:
            self._ranking_title(first, found[0][0].labels[self.content.language] if found else "", found)
        self._end(first, first + shown, bars=True)

    def _rest(self, first: int, shown: int, keys: str, counts: list[int]) -> None:
        """Add the line of all that stands in none of the lines above it, and how many labels that are."""
        row, text_of = first + shown, self.content.texts("workbook.overview.rest")
        number = f'COUNTIF({keys},">=1")-{shown}'
        left = f"COUNTIFS({self.facts.received})-SUM({self._span(first, row - 1)})"
        labels, rest = sum(count > 0 for count in counts) - shown, len(self.facts.rows) - sum(counts[:shown])
        named = f'{text(text_of)}&IF({number}>0," ("&{number}&")","")'
        label = text_of + (f" ({labels})" if labels > 0 else "")
        self.cells += [
            PlacedCell(row, _LABEL, label if rest else None, "table_label", f'IF({left}=0,"",{named})'),
            PlacedCell(row, _LABEL + 1, None, "table_label"),
            PlacedCell(row, _COUNT, rest or None, "table_number", f'IF({left}=0,"",{left})'),
        ]

    def months(self) -> None:
        """A table of the last twelve months."""
        first = self._head(self.content.texts("workbook.overview.month"))
        received = self.facts.column("received_on")
        total = 0
        for n in range(MONTHS):
            back = MONTHS - 1 - n
            start, following = month_start(self.content.on, back), month_start(self.content.on, back - 1)
            count = self.facts.count(lambda row, a=start, b=following: self._received_between(row, a, b))  # type: ignore[misc]
            total += count
            here = cell(self.name, first + n, _LABEL).rpartition("!")[2]
            formula = f"DATE(YEAR(TODAY()),MONTH(TODAY())-{back},1)"
            self.cells.append(
                PlacedCell(first + n, _LABEL, start, "table_month", formula, month_format(self.content.language))
            )
            self.cells.append(PlacedCell(first + n, _LABEL + 1, None, "table_label"))
            counted = f'COUNTIFS({received},">="&{here},{received},"<"&DATE(YEAR({here}),MONTH({here})+1,1))'
            self.cells.append(PlacedCell(first + n, _COUNT, count, "table_number", counted))
        sums = f"SUM({self._span(first, first + MONTHS - 1)})"
        say = self.content.texts("workbook.overview.months", many=self.content.many)
        self._title(first, f"{sums}&{text(' ' + say)}", f"{total} {say}")
        self._end(first, first + MONTHS - 1, bars=False)

    def _received_between(self, row: dict[str, object], start: date, following: date) -> bool:
        day = self.facts.value(row, "received_on")  # type: ignore[arg-type]
        return isinstance(day, date) and start <= day < following

    def _head(self, label: str) -> int:
        """Write the head of a block; gives the row of its first label."""
        row = self.row
        self.cells.append(PlacedCell(row, _LABEL, label, "section"))
        for column in range(_LABEL + 1, CARD_COLUMNS[-1] + 1):
            self.cells.append(PlacedCell(row, column, None, "section_rule"))
        self.cells.append(PlacedCell(row + 1, _LABEL, None, "table_head"))
        self.cells.append(PlacedCell(row + 1, _LABEL + 1, None, "table_head"))
        count = self.content.texts("workbook.overview.count")
        self.cells.append(PlacedCell(row + 1, _COUNT, count, "table_number_head"))
        return row + 2

    def _title(self, first: int, formula: str, value: str) -> None:
        """Put the chart's title in a cell above it, so that it follows the figures in every program."""
        self.cells.append(PlacedCell(first - 1, CHART_COLUMN, value, "chart_title", formula))

    def _status_title(self, first: int) -> None:
        texts, total = self.content.texts, len(self.facts.rows)
        still = self.facts.count(self.facts.is_open)
        count = f"COUNTIFS({self.facts.received})"
        of, say = texts("workbook.overview.of"), texts("workbook.overview.still_open", many=self.content.many)
        none = texts("workbook.overview.none", many=self.content.many)
        formula = f"IF({count}=0,{text(none)},{self.facts.open_formula}&{text(of)}&{count}&{text(' ' + say)})"
        self._title(first, formula, f"{still}{of}{total} {say}" if total else none)

    def _ranking_title(self, first: int, label: str, found: list[tuple[object, int]] | list) -> None:  # type: ignore[type-arg]
        texts, total = self.content.texts, len(self.facts.rows)
        count = f"COUNTIFS({self.facts.received})"
        top = found[0][1] if found else 0
        none = texts("workbook.overview.none", many=self.content.many)
        say, of = texts("workbook.overview.most", many=self.content.many), texts("workbook.overview.of")
        place = cell(self.name, first, _LABEL).rpartition("!")[2]
        number = cell(self.name, first, _COUNT).rpartition("!")[2]
        shown = f'{text(say + " ")}&{place}&" ("&{number}&{text(of)}&{count}&")"'
        self._title(
            first, f"IF({count}=0,{text(none)},{shown})", f"{say} {label} ({top}{of}{total})" if total else none
        )

    def _end(self, first: int, last: int, *, bars: bool) -> None:
        self.charts.append(ChartPlace(first, first, last, bars))
        self.row = max(last + 3, first + SHORTEST_CHART + 1)

    def _span(self, first: int, last: int) -> str:
        return span(self.name, first, last, _COUNT)
