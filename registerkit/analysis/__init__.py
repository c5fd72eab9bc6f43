"""The periodic analysis: what a period's complaints show, as figures, JSON, a workbook and a document."""

from registerkit.analysis.figures import Figures, figures
from registerkit.analysis.period import (
    Period,
    ended_since,
    last_complete_month,
    month_of,
    parse_period,
    previous,
    week_of,
)
from registerkit.analysis.report import Report, make_report
from registerkit.analysis.report_json import report_json

__all__ = [
    "Figures",
    "Period",
    "Report",
    "ended_since",
    "figures",
    "last_complete_month",
    "make_report",
    "month_of",
    "parse_period",
    "previous",
    "report_json",
    "week_of",
]
