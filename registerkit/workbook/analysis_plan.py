"""Plans the analysis sheet: how many records per category and judgement, and per month and category."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from registerkit.definition import Choice, Field
from registerkit.ooxml import address, column_letters
from registerkit.workbook.book import CellContent
from registerkit.workbook.content import WorkbookContent
from registerkit.workbook.figures import Facts
from registerkit.workbook.hidden_plan import HiddenPlan, sorted_counts
from registerkit.workbook.list_places import list_entries, list_places
from registerkit.workbook.overview_plan import MONTHS, SheetPlan, month_format, month_start
from registerkit.workbook.plan import PlacedCell
from registerkit.workbook.sheet_names import SheetNames

__all__ = ["analysis_plan"]

_ROWS = 20
"""How many labels go down at most."""
_COLUMNS = 8
"""How many labels go across at most."""
_LABEL = 1


def analysis_plan(content: WorkbookContent, facts: Facts, hidden: HiddenPlan) -> SheetPlan:
    """Plan the sheet; what the register has no fields for is left out."""
    name = SheetNames(content.definition, content.texts).analysis
    planner = _Planner(content, facts, hidden)
    if "category" in hidden.counts and "judgement" in hidden.counts:
        planner.category_by_judgement()
    if "category" in hidden.counts:
        planner.month_by_category()
    return SheetPlan(name, tuple(planner.cells))


class _Planner:
    def __init__(self, content: WorkbookContent, facts: Facts, hidden: HiddenPlan) -> None:
        self.content = content
        self.facts = facts
        self.hidden = hidden
        self.lists = SheetNames(content.definition, content.texts).lists
        self.cells: list[PlacedCell] = []
        self.row = 3

    def category_by_judgement(self) -> None:
        """Categories down, most first; judgements across, in the list's order; totals first."""
        category, judgement = self._field("category"), self._field("judgement")
        across = list_entries(self.content, judgement.choices or "")[:_COLUMNS]
        labels = list_places(self.content)[judgement.choices or ""].labels(self.lists)
        heads = [f'IFERROR(INDEX({labels},{n + 1})&"","")' for n in range(self._slots(judgement, _COLUMNS))]
        down = [choice for choice, _ in sorted_counts(self.content, category)]
        top = self._head("category_by_judgement", category, heads, across)
        slots = self._slots(category, _ROWS)
        found = Counter((r.get(category.id), r.get(judgement.id)) for r in self.facts.rows)
        for n in range(slots):
            row = top + 2 + n
            choice = down[n] if n < len(down) else None
            self._label(row, self._ranked("category", category, n), choice)
            counts = [found[choice.code, c.code] if choice else None for c in across]
            self._counts(row, top, len(heads), counts, "category", "judgement")
            total = sum(count for (code, _), count in found.items() if code == choice.code) if choice else None
            here = self._here(row, _LABEL)
            formula = f'IF({here}="","",COUNTIFS({self.facts.received},{self.facts.column("category")},{here}))'
            self.cells.append(PlacedCell(row, _LABEL + 1, total, "table_total_number", formula))
        self._total_row(top + 1, len(heads), top + 2, top + 1 + slots)
        self.row = top + slots + 4

    def month_by_category(self) -> None:
        """The last twelve months down, the categories with most records across."""
        category = self._field("category")
        ranked = [choice for choice, _ in sorted_counts(self.content, category)]
        slots = self._slots(category, _COLUMNS)
        heads = [self._ranked("category", category, n) for n in range(slots)]
        month = self.content.texts("workbook.overview.month")
        top = self._head("month_by_category", month, heads, ranked[:slots])
        found = Counter(
            (month_start(day, 0), row.get(category.id))
            for row in self.facts.rows
            if isinstance(day := self.facts.value(row, "received_on"), date)
        )
        received = self.facts.column("received_on")
        for n in range(MONTHS):
            row, back = top + 2 + n, MONTHS - 1 - n
            start = month_start(self.content.on, back)
            formula = f"DATE(YEAR(TODAY()),MONTH(TODAY())-{back},1)"
            shape = month_format(self.content.language)
            self.cells.append(PlacedCell(row, _LABEL, start, "table_month", formula, shape))
            here = self._here(row, _LABEL)
            within = f'{received},">="&{here},{received},"<"&DATE(YEAR({here}),MONTH({here})+1,1)'
            total = sum(n for (day, _), n in found.items() if day == start)
            self.cells.append(PlacedCell(row, _LABEL + 1, total, "table_total_number", f"COUNTIFS({within})"))
            for i in range(slots):
                head = f"{column_letters(_LABEL + 2 + i)}${top + 1}"
                counted = f'IF({head}="","",COUNTIFS({within},{self.facts.column("category")},{head}))'
                value = found[start, ranked[i].code] if i < len(ranked) else None
                self.cells.append(PlacedCell(row, _LABEL + 2 + i, value, "table_number", counted, "0;-0;·"))
        self._total_row(top + 1, slots, top + 2, top + 1 + MONTHS)
        self.row = top + MONTHS + 4

    def _field(self, role: str) -> Field:
        found = self.facts.field(role)
        if found is None:
            raise KeyError(role)
        return found

    def _slots(self, field: Field, most: int) -> int:
        """Give how many labels are shown: fixed by the definition, so that cells keep their place."""
        return min(most, len(self.content.definition.lists[field.choices or ""].choices))

    def _ranked(self, role: str, field: Field, n: int) -> str:
        labels = list_places(self.content)[field.choices or ""].labels(self.lists)
        keys = self.hidden.counts[role]
        return f'IFERROR(INDEX({labels},MATCH(LARGE({keys},{n + 1}),{keys},0)),"")'

    def _head(self, name: str, first: Field | str, formulas: list[str], entries: Sequence[Choice]) -> int:
        """Write a table's title and heads; gives the row of the heads."""
        texts, language = self.content.texts, self.content.language
        many = self.content.main.excel[language]
        self.cells.append(PlacedCell(self.row, _LABEL, texts(f"workbook.analysis.{name}", many=many), "section"))
        for column in range(_LABEL + 1, _LABEL + 2 + _COLUMNS):
            self.cells.append(PlacedCell(self.row, column, None, "section_rule"))
        row = self.row + 1
        label = first if isinstance(first, str) else first.labels[language]
        self.cells.append(PlacedCell(row, _LABEL, label, "table_head"))
        self.cells.append(PlacedCell(row, _LABEL + 1, texts("workbook.analysis.total"), "table_number_head"))
        for n, formula in enumerate(formulas):
            value = entries[n].labels[language] if n < len(entries) else None
            self.cells.append(PlacedCell(row, _LABEL + 2 + n, value, "table_number_head", formula))
        return row

    def _label(self, row: int, formula: str, choice: Choice | None) -> None:
        value: CellContent = choice.labels[self.content.language] if choice else None
        self.cells.append(PlacedCell(row, _LABEL, value, "table_label", formula))

    def _counts(self, row: int, top: int, columns: int, values: list[int | None], down: str, across: str) -> None:
        here = self._here(row, _LABEL)
        for n in range(columns):
            head = f"{column_letters(_LABEL + 2 + n)}${top + 1}"
            tests = f"{self.facts.received},{self.facts.column(down)},{here},{self.facts.column(across)},{head}"
            formula = f'IF(OR({here}="",{head}=""),"",COUNTIFS({tests}))'
            value = values[n] if n < len(values) else None
            self.cells.append(PlacedCell(row, _LABEL + 2 + n, value, "table_number", formula, "0;-0;·"))

    def _total_row(self, row: int, columns: int, first: int, last: int) -> None:
        total = self.content.texts("workbook.analysis.total")
        self.cells.append(PlacedCell(row, _LABEL, total, "table_total"))
        for column in range(_LABEL + 1, _LABEL + 2 + columns):
            within = [c.value for c in self.cells if c.column == column and first <= c.row <= last]
            value = sum(v for v in within if isinstance(v, int))
            letters = column_letters(column)
            formula = f"SUM({letters}{first + 1}:{letters}{last + 1})"
            self.cells.append(PlacedCell(row, column, value, "table_total_number", formula))

    def _here(self, row: int, column: int) -> str:
        return "$" + address(row + 1, column)
