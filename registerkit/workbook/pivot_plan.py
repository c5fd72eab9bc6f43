"""Plans the pivot tables of the analysis sheet: which there are, where each stands, and the cache they count over."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from registerkit.definition import Field
from registerkit.ooxml import CacheField, CacheValue, PivotCache, PivotTable, PivotWords
from registerkit.register import Complaint, cell_value, counted_values
from registerkit.workbook.content import WorkbookContent
from registerkit.workbook.list_places import list_entries
from registerkit.workbook.references import table_name
from registerkit.workbook.sheet_names import SheetNames
from registerkit.workbook.table_places import TablePlace, place_table

__all__ = ["PIVOT_COLUMN", "ROOM", "PlacedPivot", "plan_pivots"]

PIVOT_COLUMN = 1
"""The first column of every pivot, from 0."""
ROOM = 6
"""Free rows below each pivot, for Excel refuses to refresh one that would grow over another."""
_ITEM_LENGTH = 255


@dataclass(frozen=True)
class _Wanted:
    name: str
    """The name of its texts."""
    down: str
    across: str
    filters: tuple[str, ...]
    average: str | None = None
    """The role of the field that is averaged; else records are counted."""


# The months come last and across: that table grows to the right for as long as the register is used. Their names are
# short, and LibreOffice does not wrap a pivot's headings.
_WANTED = (
    _Wanted("category_judgement", "category", "judgement", ("quarter", "department")),
    _Wanted("cause_responsible", "cause", "responsible", ("quarter", "department")),
    _Wanted("department_in_time", "department", "in_time", ("quarter",)),
    _Wanted("handler_in_time", "handler", "in_time", ("quarter", "department")),
    _Wanted("department_severity", "department", "severity", ("quarter",), "days_to_close"),
    _Wanted("month_category", "category", "month", ("quarter", "department")),
)


@dataclass(frozen=True)
class PlacedPivot:
    """A pivot with its block on the sheet: the row of its title, from 0, and the rows the block takes."""

    name: str
    pivot: PivotTable
    row: int
    height: int


def plan_pivots(content: WorkbookContent, row: int) -> list[PlacedPivot]:
    """Plan the pivots for which the register has the fields, one below the other from a row on, counted from 0."""
    if content.definition.role("received_on") is None:
        return []
    has = content.definition.role
    unwanted = "department_in_time" if content.register.settings.report.per_handler else "handler_in_time"
    wanted = [
        dataclasses.replace(w, filters=tuple(role for role in w.filters if has(role)))
        for w in _WANTED
        if w.name != unwanted and all(has(role) for role in (w.down, w.across, *([w.average] if w.average else [])))
    ]
    planner = _Planner(content, wanted, row)
    return [planner.place(w) for w in wanted]


class _Planner:
    def __init__(self, content: WorkbookContent, wanted: Sequence[_Wanted], row: int) -> None:
        self.content = content
        self.row = row
        axes = {role for w in wanted for role in (w.down, w.across, *w.filters)}
        data = {"received_on"} | {w.average for w in wanted if w.average}
        self.cache = _cache(content, axes, data)
        texts = content.texts
        self.words = PivotWords(
            total=texts("workbook.analysis.total"),
            values=texts("workbook.pivot.values"),
            all=texts("workbook.pivot.all"),
        )

    def place(self, wanted: _Wanted) -> PlacedPivot:
        """Place the next pivot, with room below it to grow."""
        texts, many = self.content.texts, self.content.main.excel[self.content.language]
        pivot = PivotTable(
            name=texts(f"workbook.pivot.{wanted.name}", many=many),
            sheet=SheetNames(self.content.definition, texts).analysis,
            row=self.row + len(wanted.filters) + 3,
            column=PIVOT_COLUMN,
            down=self._label(wanted.down),
            across=self._label(wanted.across),
            filters=tuple(self._label(role) for role in wanted.filters),
            counted=self._label(wanted.average or "received_on"),
            caption=self._caption("average" if wanted.average else "count"),
            cache=self.cache,
            words=self.words,
            average=wanted.average is not None,
        )
        rows = len(wanted.filters) + 6 + len(self.cache.by_name[pivot.down].items or ()) + ROOM
        placed = PlacedPivot(wanted.name, pivot, self.row, rows)
        self.row += placed.height
        return placed

    def _caption(self, name: str) -> str:
        """Name what is counted; Excel repairs a pivot in which that is the name of a column too."""
        caption = self.content.texts(f"workbook.pivot.{name}")
        taken = {column.casefold() for column in self.cache.by_name}
        return f"{caption} " if caption.casefold() in taken else caption

    def _label(self, role: str) -> str:
        field = self.content.definition.role(role)
        if field is None:
            raise KeyError(role)
        return field.labels[self.content.language]


def _cache(content: WorkbookContent, axes: set[str], data: set[str]) -> PivotCache:
    place = place_table(content, content.main)
    fields = []
    for field in place.table.fields:
        name, role = field.labels[content.language], field.id
        if role in axes:
            fields.append(_axis(content, place, field, name))
        elif role in data:
            fields.append(CacheField(name, _values(content, place, field)))
        else:
            fields.append(CacheField(name))
    return PivotCache(table_name(content.main, content.language), tuple(fields), _count(place))


def _values(content: WorkbookContent, place: TablePlace, field: Field) -> list[CacheValue]:
    shown = [cell_value(field, record.get(field.id), content.lookups) for record in place.records]
    return [*shown, *[None] * (_count(place) - len(shown))]


def _count(place: TablePlace) -> int:
    """Return how many records the cache has: prepared rows are left out, but it may not be empty."""
    return len(place.records) or 1


def _axis(content: WorkbookContent, place: TablePlace, field: Field, name: str) -> CacheField:
    """Return a field with its labels: those of its list or the staff first, then what else stands in the rows."""
    known = _known(content, field)
    same = {label.casefold(): label for label in reversed(known)}  # Excel takes two spellings by case for one label.
    items = dict.fromkeys(known)
    values: list[CacheValue] = []
    for value in _values(content, place, field):
        text = None if value in (None, "") else str(value)[:_ITEM_LENGTH]
        if text is not None:
            text = same.setdefault(text.casefold(), text)
            items.setdefault(text)
        values.append(text)
    ascending = not field.choices
    return CacheField(name, values, tuple(sorted(items) if ascending else items), ascending)


def _known(content: WorkbookContent, field: Field) -> list[str]:
    """Return the labels a field may have; never none, for a pivot hides the blank and something must be left."""
    if field.choices:
        labels = [entry.labels[content.language] for entry in list_entries(content, field.choices)]
    elif field.kind == "person":
        labels = content.lookups.names()
    else:
        received = counted_values(Complaint("", {"received_on": content.on}, content.register.rules))
        labels = [str(received.get(field.id) or "")]
    cut = dict.fromkeys(label[:_ITEM_LENGTH] for label in labels if label)
    first = {label.casefold(): label for label in reversed(list(cut))}
    return [label for label in cut if first[label.casefold()] == label] or ["-"]
