"""Plans the analysis sheet: charts of what stands out, and below them pivot tables one below the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from registerkit.ooxml import PivotCell
from registerkit.workbook.columns import pixels
from registerkit.workbook.content import WorkbookContent
from registerkit.workbook.figures import Facts
from registerkit.workbook.hidden_plan import HiddenPlan, Ranked
from registerkit.workbook.overview_plan import ChartPlace, SheetPlan
from registerkit.workbook.pivot_plan import PIVOT_COLUMN, ROOM, PlacedPivot
from registerkit.workbook.plan import PlacedCell
from registerkit.workbook.rankings import ALIKE_LATELY
from registerkit.workbook.references import HIDDEN_SHEET
from registerkit.workbook.references import quote_text as text
from registerkit.workbook.sheet_names import SheetNames

__all__ = ["HEIGHTS", "analysis_plan", "first_pivot_row", "print_scale"]

_FIRST_ROW = 3
_CHART_ROWS = 12
"""So many rows a chart takes; its title stands above it and a free row below it."""
_CHART_WIDTH, _CHART_HEIGHT, _GAP = (480, 540), 232, 15
"""The least and the greatest width of a chart, its height and what is free beside it, in pixels."""
_SCREEN = 1140
"""So many of Excel's pixels LibreOffice shows on a screen of 1366; two charts go side by side."""
_PIVOT_WIDTHS, _LAST_COLUMNS = 10, (9, 15)
"""The columns before this one are as wide as most headings; the least and the most columns of the sheet."""
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
    widths = _widths(pivots)
    for placed in pivots:
        cells += _title(placed, len(widths) - 1)
        cells += [_cell(cell) for cell in placed.pivot.cells()]
    charts = []
    for n, (chart, ranked) in enumerate(_charted(hidden).items()):
        place = _chart_place(n, ranked, widths)
        cells.append(_chart_title(content, chart, ranked, place))
        charts.append(place)
    return SheetPlan(name, tuple(cells), tuple(charts), widths, tuple(_breaks(pivots, print_scale(widths))))


def first_pivot_row(hidden: HiddenPlan) -> int:
    """Return the row of the first pivot's title, below the charts."""
    return _FIRST_ROW + (len(_charted(hidden)) + 1) // 2 * (_CHART_ROWS + 2)


def _charted(hidden: HiddenPlan) -> dict[str, Ranked]:
    return {name: ranked for name, ranked in hidden.ranked.items() if name != ALIKE_LATELY}


def _chart_place(n: int, ranked: Ranked, widths: Sequence[float]) -> ChartPlace:
    """Place a chart: two side by side, the second at the first column that leaves room enough for the other."""
    lefts = [sum(map(pixels, widths[:at])) for at in range(len(widths))]
    middle = next(at for at, left in enumerate(lefts) if left >= lefts[PIVOT_COLUMN] + _CHART_WIDTH[0] + _GAP)
    column, end = ((PIVOT_COLUMN, lefts[middle] - _GAP), (middle, _SCREEN))[n % 2]
    size = (min(_CHART_WIDTH[1], end - lefts[column]), _CHART_HEIGHT)
    row = _FIRST_ROW + n // 2 * (_CHART_ROWS + 2) + 1
    return ChartPlace(row, column, size, ranked.first, ranked.last, sheet=HIDDEN_SHEET, columns=ranked.columns)


def print_scale(widths: Sequence[float]) -> int:
    """Return the percentage at which the columns fit on a page; a page that is fitted would ignore the breaks."""
    return min(100, int(100 * _PAGE_WIDTH / sum(map(pixels, widths))))


def _widths(pivots: Sequence[PlacedPivot]) -> tuple[float, ...]:
    """Return the column widths: most headings fit, for LibreOffice lets long ones run together."""
    used = max((cell.column for placed in pivots for cell in placed.pivot.cells()), default=0)
    least, most = _LAST_COLUMNS
    widths = [*_FIRST_WIDTHS, *[_WIDTH] * (min(most, max(least, used)) - 1)]
    for placed in pivots:
        across = placed.pivot.cache.by_name[placed.pivot.across].items or ()
        for column, label in zip(range(PIVOT_COLUMN + 1, _PIVOT_WIDTHS), across, strict=False):
            widths[column] = max(widths[column], min(len(label), _WIDEST))
    return tuple(widths)


def _breaks(pivots: Sequence[PlacedPivot], scale: int) -> Iterator[int]:
    """Return the rows of the pivots that would be split over two pages."""
    page, used = _PAGE_HEIGHT * 100 / scale, sum(placed.row for placed in pivots[:1]) * _LINE
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


def _title(placed: PlacedPivot, last: int) -> list[PlacedCell]:
    rule = [PlacedCell(placed.row, column, None, "section_rule") for column in range(PIVOT_COLUMN + 1, last + 1)]
    return [PlacedCell(placed.row, PIVOT_COLUMN, placed.pivot.name, "section"), *rule]


def _cell(cell: PivotCell) -> PlacedCell:
    shape = "0" if isinstance(cell.value, float) else None
    return PlacedCell(cell.row, cell.column, cell.value, _STYLES[cell.part], number_format=shape)


def _chart_title(content: WorkbookContent, name: str, ranked: Ranked, place: ChartPlace) -> PlacedCell:
    """Say the chart's point in the cell above it: the label with the highest score, and the score."""
    say, none = (content.texts(f"workbook.pivot.{kind}_{name}") for kind in ("most", "none"))
    label, score = ranked.top
    formula = (
        f'IF(N({ranked.top_score})=0,{text(none)},{text(say + " ")}&{ranked.top_label}&" ("&{ranked.top_score}&")")'
    )
    value = f"{say} {label} ({score})" if score else none
    return PlacedCell(place.row - 1, place.column, value, "chart_title", formula)
