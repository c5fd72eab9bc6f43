"""The workbook an office fills in, and the single intake form, built from the definition and the store's records."""

from registerkit.workbook.attention import CHOICES, choice_kind
from registerkit.workbook.build import build_form, build_workbook
from registerkit.workbook.content import Stamp, WorkbookContent
from registerkit.workbook.display import CELL_VALUES, cell_value, euros, written
from registerkit.workbook.file_plan import ASK_NUMBER
from registerkit.workbook.formulas import live_formulas, live_values
from registerkit.workbook.overview import OverviewCell, overview_cells
from registerkit.workbook.paper_form import build_paper_form
from registerkit.workbook.references import ATTENTION_LENGTH, hyperlink, quoted
from registerkit.workbook.sheet_names import SheetNames
from registerkit.workbook.validations import CellRule, dropdown

__all__ = [
    "ASK_NUMBER",
    "ATTENTION_LENGTH",
    "CELL_VALUES",
    "CHOICES",
    "CellRule",
    "OverviewCell",
    "SheetNames",
    "Stamp",
    "WorkbookContent",
    "build_form",
    "build_paper_form",
    "build_workbook",
    "cell_value",
    "choice_kind",
    "dropdown",
    "euros",
    "hyperlink",
    "live_formulas",
    "live_values",
    "overview_cells",
    "quoted",
    "written",
]
