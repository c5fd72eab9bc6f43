"""The workbook an office fills in, and the single intake form, built from the definition and the store's records."""

from registerkit.workbook.attention import ATTENTION_CELL, CHOICES, attention_height, attention_text, choice_kind
from registerkit.workbook.build import build_form, build_workbook
from registerkit.workbook.case_file_plan import ASK_NUMBER
from registerkit.workbook.content import WorkbookContent
from registerkit.workbook.data_validations import CellRule, dropdown
from registerkit.workbook.formulas import kept_values, live_formulas, live_values
from registerkit.workbook.held import HeldCell, HeldLine
from registerkit.workbook.held_plan import held_cells, held_mark
from registerkit.workbook.overview import OverviewCell, overview_cells
from registerkit.workbook.paper_form import build_paper_form
from registerkit.workbook.references import ATTENTION_LENGTH, hyperlink, quote_sheet
from registerkit.workbook.row_names import refers_to, row_names, same_formula
from registerkit.workbook.sheet_names import SheetNames
from registerkit.workbook.table_places import is_printed_by_range, printed_to

__all__ = [
    "ASK_NUMBER",
    "ATTENTION_CELL",
    "ATTENTION_LENGTH",
    "CHOICES",
    "CellRule",
    "HeldCell",
    "HeldLine",
    "OverviewCell",
    "SheetNames",
    "WorkbookContent",
    "attention_height",
    "attention_text",
    "build_form",
    "build_paper_form",
    "build_workbook",
    "choice_kind",
    "dropdown",
    "held_cells",
    "held_mark",
    "hyperlink",
    "is_printed_by_range",
    "kept_values",
    "live_formulas",
    "live_values",
    "overview_cells",
    "printed_to",
    "quote_sheet",
    "refers_to",
    "row_names",
    "same_formula",
]
