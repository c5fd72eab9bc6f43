"""What a report holds, before it is a workbook, a document or a page: points, tables and charts with their cells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

__all__ = ["Cell", "CellKind", "Chart", "Content", "Explored", "Point", "Section", "Table", "Tile"]

CellKind = Literal[
    "text", "date", "number", "decimal", "percent", "euro", "signed", "signed_decimal", "points", "signed_euro"
]


@dataclass(frozen=True)
class Cell:
    """One value and how it is written; euro holds cents, percent a share 0..1, None shows as a dash.

    The last four kinds are differences of the four before them; of shares in percentage points.
    """

    value: str | float | date | None
    kind: CellKind = "text"


@dataclass(frozen=True)
class Chart:
    """A chart of a table's column; `title` says its point, `alt` tells it to who cannot see it."""

    title: str
    alt: str
    shape: Literal["bars", "columns", "line"] = "bars"
    column: int = 1
    lines: tuple[int, ...] = ()
    """Columns drawn as thin lines beside it: of counts on the same axis, of shares on one of their own up to 100 %."""
    rows: int | None = None
    """Only the first so many rows, so that "not filled in" stays out; None for all."""
    accent: frozenset[int] = frozenset()
    """The rows in the strong colour; empty means all."""


@dataclass(frozen=True)
class Table:
    """A titled table; the first column names the row."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    chart: Chart | None = None
    note: str = ""
    totals: frozenset[int] = frozenset()
    """The rows that add others up."""

    @property
    def told(self) -> tuple[int, ...]:
        """The columns that tell something beside the chart: not those of lines that are level."""
        level = self.chart.lines if self.chart and self.chart.shape == "line" else ()
        return tuple(n for n in range(len(self.columns)) if n not in level)

    def kind(self, column: int) -> str:
        """Tell what a column holds, by its first row."""
        return next((row[column].kind for row in self.rows), "text")

    @property
    def charted(self) -> tuple[tuple[Cell, ...], ...]:
        """The rows that the chart shows."""
        return self.rows if self.chart is None else self.rows[: self.chart.rows]


@dataclass(frozen=True)
class Point:
    """One thing a manager must know."""

    head: str
    text: str


@dataclass(frozen=True)
class Tile:
    """One big figure, with what it was in the period before."""

    label: str
    value: str
    change: str


@dataclass(frozen=True)
class Section:
    """One question and its answers."""

    sheet: str
    """A short name, for the tab of a workbook."""
    title: str
    lead: str
    tables: tuple[Table, ...]
    closing: str = ""
    essential: tuple[Table, ...] = ()
    """Those of the tables that a brief document holds."""


@dataclass(frozen=True)
class Explored:
    """What a reader can look into: counts per step, narrowed down by the choices of two fields."""

    column: str
    """What a step is: month or week."""
    steps: tuple[str, ...]
    filters: tuple[tuple[str, tuple[str, ...]], ...]
    """Each field's name, and its choices."""
    counts: tuple[tuple[int, int, int, int], ...]
    """Place of the step, of a choice of the first field, of one of the second, and how many complaints."""

    def total(self, step: int) -> int:
        """Return how many came in in a step."""
        return sum(n for at, _, _, n in self.counts if at == step)


@dataclass(frozen=True)
class Content:
    """A whole report."""

    title: str
    organisation: str
    as_of: date
    """The day on which open complaints were counted."""
    remark: str
    """On which day open complaints were counted, and that the period goes on where it does."""
    tiles: tuple[Tile, ...]
    points: tuple[Point, ...]
    key_figures: Table
    sections: tuple[Section, ...]
    definitions: tuple[tuple[str, str], ...]
    explored: Explored | None = None
    received: Table | None = None
    """A row per complaint that came in, with its number and choices alone: what pivots count."""
    brief_figures: Table | None = None
    """The key figures of a brief document, which holds the essential tables alone; None where more happened."""

    @property
    def footer(self) -> str:
        """What stands at the foot of every page."""
        return " · ".join(part for part in (self.organisation, self.title) if part)

    @property
    def cover(self) -> Table | None:
        """The table whose chart stands on the first page; None when nothing can be drawn."""
        return next((table for section in self.sections for table in section.tables if table.chart), None)
