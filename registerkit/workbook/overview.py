"""The formula cells of the first sheet, the overview and what they count with, with their true values on a day."""

from __future__ import annotations

from dataclasses import dataclass

from registerkit.excel import CellContent
from registerkit.ooxml import address
from registerkit.workbook.analysis_plan import analysis_plan, first_pivot_row
from registerkit.workbook.case_file_plan import FilePlan, file_plan
from registerkit.workbook.content import WorkbookContent
from registerkit.workbook.figures import Facts
from registerkit.workbook.hidden_plan import HiddenPlan, HiddenPlanner
from registerkit.workbook.months import plan_months
from registerkit.workbook.overview_plan import SheetPlan, overview_plan
from registerkit.workbook.pivot_plan import PlacedPivot, plan_pivots
from registerkit.workbook.references import HIDDEN_SHEET
from registerkit.workbook.register_plan import register_plan
from registerkit.workbook.start_plan import StartPlan, start_plan

__all__ = ["OverviewCell", "SheetPlans", "overview_cells", "plan_sheets"]


@dataclass(frozen=True)
class OverviewCell:
    """A formula cell and the value it has now; the formula comes without the leading `=`."""

    sheet: str
    row: int
    """From 1."""
    column: int
    """From 0."""
    formula: str
    value: CellContent

    @property
    def cell(self) -> str:
        """The address."""
        return address(self.row, self.column)


@dataclass(frozen=True)
class SheetPlans:
    """The planned sheets of figures, and the hidden one they count with."""

    start: StartPlan
    register: SheetPlan
    """What stands above the main table."""
    file: FilePlan
    overview: SheetPlan
    analysis: SheetPlan
    hidden: HiddenPlan
    pivots: tuple[PlacedPivot, ...]


def plan_sheets(content: WorkbookContent) -> SheetPlans:
    """Plan every sheet of figures from the content."""
    facts, planner = Facts(content), HiddenPlanner(content)
    planner.for_workbook()
    register = register_plan(content, facts, planner)
    start = start_plan(content, facts, planner)
    file = file_plan(content, facts, planner, start)
    months = plan_months(content, facts, planner)
    hidden = planner.plan()
    overview = overview_plan(content, facts, hidden, months)
    pivots = plan_pivots(content, first_pivot_row(hidden))
    analysis = analysis_plan(content, facts, hidden, pivots)
    return SheetPlans(start, register, file, overview, analysis, hidden, tuple(pivots))


def overview_cells(content: WorkbookContent) -> list[OverviewCell]:
    """Return every formula cell whose value follows from the records, lists and holidays, with its value now.

    Cells stay in place while records and lists change, so a file built earlier can take the values over.
    """
    plans = plan_sheets(content)
    planned = [
        (sheet.name, sheet.cells) for sheet in (plans.start, plans.register, plans.file, plans.overview, plans.analysis)
    ]
    return [
        OverviewCell(name, cell.row + 1, cell.column, cell.formula, cell.value)
        for name, cells in [*planned, (HIDDEN_SHEET, plans.hidden.cells)]
        for cell in cells
        if cell.formula is not None
    ]
