"""Plans the analysis sheet: pivot tables one below the other, and beside most of them a chart of what stands out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from registerkit.ooxml import PivotCell
from registerkit.workbook.content import WorkbookContent
from registerkit.workbook.figures import Facts
from registerkit.workbook.hidden_plan import HiddenPlan, Ranked
from registerkit.workbook.overview_plan import ChartPlace, SheetPlan
from registerkit.workbook.pivot_plan import FIRST_PIVOT_ROW, PIVOT_COLUMN, ROOM, PlacedPivot
from registerkit.workbook.plan import PlacedCell
from registerkit.workbook.references import HIDDEN_SHEET
from registerkit.workbook.references import quote_text as text
from registerkit.workbook.sheet_names import SheetNames

__all__ = ["CHART_AT", "HEIGHTS", "LAST_COLUMN", "analysis_plan", "print_scale"]

CHART_AT = 10
"""The column of the charts, from 0."""
LAST_COLUMN = 15
HEIGHTS = {"section": 22.0, "table_number_head": 46.0, "chart_title": 24.0}
"""The heights of rows by a style in them, in points."""
_LINE = 15.0
_FIRST_WIDTHS, _WIDTH, _WIDEST = (2.0, 32.0), 13.0, 27.0
_PAGE_WIDTH, _PAGE_HEIGHT = 960.0, 495.0
"""What fits on a printed page at full size: pixels across, points down."""
_STYLES = {
    "filter": "label",
    "filter_value": "value",
    "caption": "table_head",
    "head": "table_number_head",
    "label": "table_label",
    "value": "table_number",
    "total_label": "table_total",
    "total": "table_total_number",
}


def analysis_plan(content: WorkbookContent, facts: Facts, hidden: HiddenPlan, pivots: list[PlacedPivot]) -> SheetPlan:
    """Plan the sheet; what the register has no fields for is left out."""
    name = SheetNames(content.definition, content.texts).analysis
    cells = [_hint(content, facts, has_pivots=bool(pivots))]
    charts = []
    for placed in pivots:
        cells += _title(placed)
        cells += [_cell(cell) for cell in placed.pivot.cells()]
        ranked = hidden.ranked.get(placed.name)
        if ranked:
            cells.append(_chart_title(content, placed, ranked))
            charts.append(
                ChartPlace(placed.row + 2, ranked.first, ranked.last, sheet=HIDDEN_SHEET, columns=ranked.columns)
            )
    widths = _widths(pivots)
    return SheetPlan(name, tuple(cells), tuple(charts), widths, tuple(_breaks(pivots, print_scale(widths))))


def print_scale(widths: Sequence[float]) -> int:
    """Return the percentage at which the columns fit on a page; a page that is fitted would ignore the breaks."""
    return int(100 * _PAGE_WIDTH / sum(width * 7 + 5 for width in widths))


def _widths(pivots: Sequence[PlacedPivot]) -> tuple[float, ...]:
    """Return the column widths: most headings fit, for LibreOffice lets long ones run together."""
    widths = [*_FIRST_WIDTHS, *[_WIDTH] * (LAST_COLUMN - 1)]
    for placed in pivots:
        across = placed.pivot.cache.by_name[placed.pivot.across].items or ()
        for column, label in zip(range(PIVOT_COLUMN + 1, CHART_AT), across, strict=False):
            widths[column] = max(widths[column], min(len(label), _WIDEST))
    return tuple(widths)


def _breaks(pivots: Sequence[PlacedPivot], scale: int) -> Iterator[int]:
    """Return the rows of the pivots that would be split over two pages."""
    page, used = _PAGE_HEIGHT * 100 / scale, (FIRST_PIVOT_ROW + 1) * _LINE
    for placed in pivots:
        height = placed.height * _LINE + sum(taller - _LINE for taller in HEIGHTS.values())
        if used + height - ROOM * _LINE > page:
            yield placed.row
            used = 0.0
        used += height


def _hint(content: WorkbookContent, facts: Facts, *, has_pivots: bool) -> PlacedCell:
    """Say how the tables work, or while there is nothing to count where to begin."""
    texts = content.texts
    if not has_pivots:
        return PlacedCell(1, PIVOT_COLUMN, texts("workbook.hint.analysis_none"), "hint")
    how = texts("workbook.hint.analysis")
    empty = texts("workbook.start.empty", many=content.many, register=content.main.sheet[content.language])
    formula = f"IF(COUNTIFS({facts.received})=0,{text(empty)},{text(how)})"
    return PlacedCell(1, PIVOT_COLUMN, how if facts.rows else empty, "hint", formula)


def _title(placed: PlacedPivot) -> list[PlacedCell]:
    rule = [PlacedCell(placed.row, column, None, "section_rule") for column in range(PIVOT_COLUMN + 1, LAST_COLUMN + 1)]
    return [PlacedCell(placed.row, PIVOT_COLUMN, placed.pivot.name, "section"), *rule]


def _cell(cell: PivotCell) -> PlacedCell:
    shape = "0" if isinstance(cell.value, float) else None
    return PlacedCell(cell.row, cell.column, cell.value, _STYLES[cell.part], number_format=shape)


def _chart_title(content: WorkbookContent, placed: PlacedPivot, ranked: Ranked) -> PlacedCell:
    """Say the chart's point in the cell above it: the label with the highest score, and the score."""
    say, none = (content.texts(f"workbook.pivot.{kind}_{placed.name}") for kind in ("most", "none"))
    label, score = ranked.top
    formula = (
        f'IF(N({ranked.top_score})=0,{text(none)},{text(say + " ")}&{ranked.top_label}&" ("&{ranked.top_score}&")")'
    )
    value = f"{say} {label} ({score})" if score else none
    return PlacedCell(placed.row + 1, CHART_AT, value, "chart_title", formula)
