"""The periodic analysis: what a period's complaints show, as figures, workbook, document and page, with memos."""

from registerkit.analysis.afm import afm_book
from registerkit.analysis.comparison import Comparison, compare
from registerkit.analysis.figures import Figures, figures
from registerkit.analysis.memos import memos, person_memo
from registerkit.analysis.period import (
    Period,
    ended_since,
    last_complete_month,
    month_of,
    parse_period,
    previous,
    week_of,
)
from registerkit.analysis.publication import publication
from registerkit.analysis.report import Report, make_report
from registerkit.analysis.report_json import report_json
from registerkit.analysis.tally import Tally
from registerkit.analysis.woo import judgement_papers

__all__ = [
    "Comparison",
    "Figures",
    "Period",
    "Report",
    "Tally",
    "afm_book",
    "compare",
    "ended_since",
    "figures",
    "judgement_papers",
    "last_complete_month",
    "make_report",
    "memos",
    "month_of",
    "parse_period",
    "person_memo",
    "previous",
    "publication",
    "report_json",
    "week_of",
]
