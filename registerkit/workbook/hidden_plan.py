"""The very hidden sheet: the labels in use per list, the holidays that count, recent days and counts per label.

Formulas read the visible sheets by position (`INDEX` on a fixed range), so that what an office adds or switches off
there works at once, and so that every cell here keeps its place while lists grow.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from registerkit.definition import Choice, Field
from registerkit.excel import CellContent
from registerkit.ooxml import column_letters
from registerkit.workbook.columns import DATE
from registerkit.workbook.content import WorkbookContent
from registerkit.workbook.data_validations import STAFF
from registerkit.workbook.formulas import HOLIDAYS, LAW_HOLIDAYS
from registerkit.workbook.list_places import ListPlace, list_entries, list_places
from registerkit.workbook.periods import ChosenPeriod, Window, plan_period
from registerkit.workbook.plan import PlacedCell
from registerkit.workbook.rankings import TOP, Ranking, rankings
from registerkit.workbook.references import HIDDEN_SHEET, cell, column, list_name, quote_sheet, span
from registerkit.workbook.sheet_names import SheetNames
from registerkit.workbook.table_places import FIRST_TABLE_ROW

__all__ = [
    "COUNTED",
    "DAYS",
    "OVER_PERIOD",
    "PLACES",
    "Block",
    "HiddenPlan",
    "HiddenPlanner",
    "Ranked",
    "sorted_counts",
]

DAYS = "lst_days"
"""The name of the last fortnight's days, for the form."""
COUNTED = ("status", "category")
"""The roles whose labels the overview counts."""
OVER_PERIOD = frozenset({"category"})
"""What is counted over the period that was chosen; how many have a status is how things stand now."""

_DAYS = 14
_HOLIDAY_SLOTS = 400
_STEP = 1000
"""More than any list has entries: a key of parent and place in one number."""
_TIE = 100_000
"""Counts carry their place in the list behind the comma, so that equal counts keep the list's order."""


@dataclass(frozen=True)
class Ranked:
    """The highest scores of a ranking: rows, from 0, the columns of labels and scores, and what stands on top."""

    first: int
    last: int
    columns: tuple[int, int]
    top: tuple[str, int]

    @property
    def top_label(self) -> str:
        """The cell of the first label."""
        return cell(HIDDEN_SHEET, self.first, self.columns[0])

    @property
    def top_score(self) -> str:
        """The cell of the highest score."""
        return cell(HIDDEN_SHEET, self.first, self.columns[1])


@dataclass(frozen=True)
class HiddenPlan:
    """The cells of the sheet, the names that point into it, and where the counts of a role stand."""

    cells: tuple[PlacedCell, ...]
    names: dict[str, str]
    counts: dict[str, str]
    """Role to the range of its count keys."""
    ranked: dict[str, Ranked]
    """Per ranking where the labels with the highest scores stand."""
    period: ChosenPeriod | None = None


PLACES = 1_000_000
"""More than any table has rows: what rows are sorted by comes before the place, in one number."""


class Block:
    """A column of the hidden sheet in which a visible sheet works out what it shows."""

    def __init__(self, cells: list[PlacedCell], column: int) -> None:
        self._cells = cells
        self._column = column
        self._row = 0

    def add(self, value: CellContent, formula: str, *, array: bool = False, number_format: str | None = None) -> str:
        """Add a cell; gives its address for other formulas."""
        self._row += 1
        # On the sheet itself its name would make a long formula longer still.
        formula = formula.replace(f"{quote_sheet(HIDDEN_SHEET)}!", "")
        self._cells.append(PlacedCell(self._row, self._column, value, "plain", formula, number_format, array=array))
        return cell(HIDDEN_SHEET, self._row, self._column)

    def below(self, n: int) -> str:
        """Return the address that the cell so many places from the first will have."""
        return cell(HIDDEN_SHEET, n + 1, self._column)

    def fixed(self, value: CellContent) -> str:
        """Add a cell that holds a value; gives its address."""
        self._row += 1
        self._cells.append(PlacedCell(self._row, self._column, value))
        return cell(HIDDEN_SHEET, self._row, self._column)

    def places(self, ranked: str, none: str, found: Sequence[int], most: int) -> list[str]:
        """Add the places of the first `most` rows, 0 where there are fewer; gives the cells.

        `ranked` is the beginning of a SMALL() or LARGE() of numbers that end in a place, `none` says when there are
        no rows, and `found` holds the places as they are now.
        """
        cells = []
        for n in range(most):
            # SMALL and LARGE of too few numbers are an error; that is a place without a record.
            formula = f"IF({none},0,IFERROR(MOD({ranked}{n + 1}),{PLACES}),0))"
            cells.append(self.add(found[n] if n < len(found) else 0, formula, array=True))
        return cells


def sorted_counts(content: WorkbookContent, field: Field, window: Window | None = None) -> list[tuple[Choice, int]]:
    """Return how many records have each entry of a field's list, most first; equal ones in the list's order."""
    received = content.definition.role("received_on")
    rows = [
        r
        for r in content.rows(content.main.id)
        if received is None or (window.has(r.get(received.id)) if window else r.get(received.id))
    ]
    found = Counter(row.get(field.id) for row in rows)
    entries = list_entries(content, field.choices or "")
    return sorted(((entry, found[entry.code]) for entry in entries), key=lambda pair: -pair[1])


class HiddenPlanner:
    """Fills the sheet column by column; for the single form (`form_only`) the lists stand there as plain values."""

    def __init__(self, content: WorkbookContent, *, form_only: bool = False) -> None:
        self.content = content
        self.form_only = form_only
        self.sheets = SheetNames(content.definition, content.texts)
        self.no = content.texts("value.no")
        self.cells: list[PlacedCell] = []
        self.names: dict[str, str] = {}
        self.count_ranges: dict[str, str] = {}
        self.ranked: dict[str, Ranked] = {}
        self.column = 0
        self.period: ChosenPeriod | None = None
        """What the overview counts over, in a register with days of receipt."""

    def plan(self) -> HiddenPlan:
        """Return what has been planned."""
        return HiddenPlan(tuple(self.cells), self.names, self.count_ranges, self.ranked, self.period)

    def for_form(self) -> HiddenPlan:
        """Plan what the single form needs."""
        self.days()
        self.lists()
        self.staff()
        return self.plan()

    def for_workbook(self) -> None:
        """Plan what dropdowns and figures need; sheets may add blocks of their own."""
        self.days()
        self.holidays()
        self.lists()
        if self.content.definition.role("received_on"):
            self.period = plan_period(self, self.content.asked.get("period"), self.content.on)
        self.counts()
        for ranking in rankings(self.content):
            self.rank(ranking)

    def block(self) -> Block:
        """Begin a column in which a sheet works something out."""
        self.column += 1
        return Block(self.cells, self.column - 1)

    def days(self) -> None:
        """The last fortnight, newest first."""
        for n in range(_DAYS):
            self._add(n, self.content.on - timedelta(days=n), f"TODAY()-{n}" if n else "TODAY()", DATE)
        self.names[DAYS] = span(HIDDEN_SHEET, 1, _DAYS, self.column)
        self.column += 1

    def holidays(self) -> None:
        """The days in use, and those of law and decree; 1 stands for none, for text would break WORKDAY."""
        table = self.content.definition.tables.get("holidays")
        if table is None or not table.in_sheet:
            return
        sheet = table.sheet[self.content.language]
        order = [f.id for f in table.fields]
        first, last = FIRST_TABLE_ROW, FIRST_TABLE_ROW + _HOLIDAY_SLOTS - 1
        days, origins, used = (span(sheet, first, last, order.index(name)) for name in ("on", "origin", "in_use"))
        own = self.content.lookups.label("holiday_origin", "kantoor") or ""
        rows = self.content.rows(table.id)
        for name, law_only in ((HOLIDAYS, False), (LAW_HOLIDAYS, True)):
            for n in range(_HOLIDAY_SLOTS):
                k = n + 1
                tests = [f"N(INDEX({days},{k}))>0", f'INDEX({used},{k})<>"{self.no}"']
                counts = n < len(rows) and rows[n].get("in_use") is not False
                if law_only:
                    tests.append(f'INDEX({origins},{k})<>"{own}"')
                    counts = counts and rows[n].get("origin") != "kantoor"
                day = rows[n].get("on") if counts else None
                formula = f"IFERROR(IF(AND({','.join(tests)}),INDEX({days},{k}),1),1)"
                self._add(n, day if isinstance(day, date) else 1, formula, DATE)
            self.names[name] = span(HIDDEN_SHEET, 1, _HOLIDAY_SLOTS, self.column)
            self.column += 1

    def staff(self) -> None:
        """The staff's names, which the single form brings along."""
        names: list[str | None] = [*self.content.lookups.names()] or [None]
        for n, name in enumerate(names):
            self._add(n, name, "")
        self.names[STAFF] = span(HIDDEN_SHEET, 1, len(names), self.column)
        self.column += 1

    def lists(self) -> None:
        """Per list three columns: a key to sort by, the labels in use, and their parents' labels."""
        for list_id, place in self._places.items():
            entries = list_entries(self.content, list_id)
            parents = {choice.code for choice in self.content.lookups.lists.get(place.parent or "", ())}
            used = [e for e in entries if e.in_use and (place.parent is None or e.parent in parents)]
            self._list(place, entries, used)
            last = place.slots
            key, label, above = (column_letters(self.column + i) for i in range(3))
            count = f"MAX(1,COUNT({_own(key, last)}))"
            self.names[list_name(list_id)] = f"{_own(label, 1)}:INDEX({_own(label, last)},{count})"
            if place.parent:
                self.names[f"{list_name(list_id)}_parent"] = f"{_own(above, 1)}:INDEX({_own(above, last)},{count})"
            self.column += 3

    @cached_property
    def _places(self) -> dict[str, ListPlace]:
        return list_places(self.content)

    def _list(self, place: ListPlace, entries: list[Choice], used: list[Choice]) -> None:
        """Plan the three columns of one list, all its places."""
        language, sheet = self.content.language, self.sheets.lists
        labels, in_use, keys = place.labels(sheet), place.in_use(sheet), _own(column_letters(self.column), place.slots)
        parents = place.parents(sheet) if place.parent else ""
        above = self._places[place.parent].labels(sheet) if place.parent else ""
        ranks = self._ranks(place, entries, used)
        for n in range(len(used) if self.form_only else place.slots):
            k = n + 1
            where = f"MOD(SMALL({keys},{k}),{_STEP})"
            rank = f"MATCH(INDEX({parents},{k}),{above},0)*{_STEP}+{k}" if place.parent else str(k)
            blank = f'OR(INDEX({labels},{k})="",INDEX({in_use},{k})="{self.no}")'
            entry = used[n] if n < len(used) else None
            self._add(n, k if self.form_only else ranks.get(n), f'IFERROR(IF({blank},"",{rank}),"")')
            self._add(n, entry.labels[language] if entry else None, f'IFERROR(INDEX({labels},{where}),"")', offset=1)
            if place.parent:
                parent = self.content.lookups.label(place.parent, entry.parent) if entry else None
                self._add(n, parent, f'IFERROR(INDEX({parents},{where}),"")', offset=2)

    def _ranks(self, place: ListPlace, entries: list[Choice], used: list[Choice]) -> dict[int, int]:
        """Return what the entries in use are sorted by, by their place: below their parents, else as they stand."""
        above = self.content.lookups.lists.get(place.parent or "", ())
        parents = {choice.code: n * _STEP for n, choice in enumerate(above, 1)}
        shown = {choice.code for choice in used}
        places = ((n, entry) for n, entry in enumerate(entries) if entry.code in shown)
        return {n: (parents[entry.parent or ""] if place.parent else 0) + n + 1 for n, entry in places}

    def counts(self) -> None:
        """Per counted role how many records have each label, with the label's place behind the comma."""
        places = self._places
        main, language = self.content.main, self.content.language
        received = self.content.definition.role("received_on")
        for role in COUNTED:
            field = self.content.definition.role(role)
            if field is None or not field.choices or received is None:
                continue
            labels = places[field.choices].labels(self.sheets.lists)
            slots = places[field.choices].slots
            window = self.period.now if self.period and role in OVER_PERIOD else None
            found = {choice.code: n for choice, n in sorted_counts(self.content, field, window)}
            day = column(main, received, language)
            counts = window.holds(day) if window else f'{day},">0"'
            entries = list_entries(self.content, field.choices)
            for n in range(slots):
                label = f"INDEX({labels},{n + 1})"
                counted = f"COUNTIFS({column(main, field, language)},{label},{counts})"
                tie = (_STEP - n - 1) / _TIE
                value = found[entries[n].code] + tie if n < len(entries) else None
                self._add(n, value, f'IFERROR(IF({label}="","",{counted}+{_STEP - n - 1}/{_TIE}),"")')
            self.count_ranges[role] = span(HIDDEN_SHEET, 1, slots, self.column)
            self.column += 1

    def rank(self, ranking: Ranking) -> None:
        """A key per label, its score with its place behind the comma; beside them the labels with the highest.

        A label without a score is not named, for a chart would draw a bar of nothing beside it.
        """
        keys = span(HIDDEN_SHEET, 1, ranking.slots, self.column)
        for n in range(ranking.slots):
            label, tie = f"INDEX({ranking.labels},{n + 1})", f"{_STEP - n - 1}/{_TIE}"
            has_label = n < len(ranking.entries) and ranking.entries[n][0]
            value = ranking.entries[n][1] + (_STEP - n - 1) / _TIE if has_label else None
            self._add(n, value, f'IFERROR(IF({label}="","",{ranking.score(label)}+{tie}),"")')
        best = sorted((entry for entry in ranking.entries if entry[0]), key=lambda entry: -entry[1])[:TOP]
        for n in range(TOP):
            large = f"LARGE({keys},{n + 1})"
            entry, score = best[n] if n < len(best) else (None, None)
            label = f"INDEX({ranking.labels},MATCH({large},{keys},0))"
            self._add(n, entry if score else None, f'IFERROR(IF({large}<1,"",{label}),"")', offset=1)
            self._add(n, score, f'IFERROR(INT({large}),"")', offset=2)
        columns = (self.column + 1, self.column + 2)
        self.ranked[ranking.name] = Ranked(1, TOP, columns, best[0] if best else ("", 0))
        self.column += 3

    def _add(
        self,
        n: int,
        value: str | int | float | date | None,
        formula: str,
        number_format: str | None = None,
        offset: int = 0,
    ) -> None:
        static = self.form_only and not formula.startswith("TODAY")
        made = None if static else formula
        self.cells.append(PlacedCell(n + 1, self.column + offset, value, "plain", made, number_format))


def _own(letters: str, last: int) -> str:
    """Return the first cell, or the cells from the first to the `last`, of a column of the hidden sheet."""
    first = f"{quote_sheet(HIDDEN_SHEET)}!${letters}$2"
    return first if last == 1 else f"{first}:${letters}${last + 1}"
