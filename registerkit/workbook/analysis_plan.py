"""Plans the analysis sheet: pivot tables one below the other, and beside most of them a chart of what stands out."""

from __future__ import annotations

from registerkit.ooxml import PivotCell
from registerkit.terms.formulas import quoted as text
from registerkit.workbook.content import WorkbookContent
from registerkit.workbook.hidden_plan import HiddenPlan, Ranked
from registerkit.workbook.overview_plan import ChartPlace, SheetPlan
from registerkit.workbook.pivot_plan import PIVOT_COLUMN, PlacedPivot
from registerkit.workbook.plan import PlacedCell
from registerkit.workbook.references import HIDDEN_SHEET
from registerkit.workbook.sheet_names import SheetNames

__all__ = ["CHART_AT", "LAST_COLUMN", "analysis_plan"]

CHART_AT = 10
"""The column of the charts, from 0."""
LAST_COLUMN = 15
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


def analysis_plan(content: WorkbookContent, hidden: HiddenPlan, pivots: list[PlacedPivot]) -> SheetPlan:
    """Plan the sheet; what the register has no fields for is left out."""
    name = SheetNames(content.definition, content.texts).analysis
    cells: list[PlacedCell] = []
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
    return SheetPlan(name, tuple(cells), tuple(charts))


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
