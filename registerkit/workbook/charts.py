"""Writes the overview: its planned cells, with bars in what is counted, and the chart of the months."""

from __future__ import annotations

from typing import Any

from registerkit.excel import Book, Sheet
from registerkit.ooxml import address
from registerkit.workbook.analysis_plan import HEIGHTS, print_scale
from registerkit.workbook.content import WorkbookContent
from registerkit.workbook.months import month_format
from registerkit.workbook.overview_plan import (
    PERIOD_AT,
    ChartPlace,
    SheetPlan,
)
from registerkit.workbook.periods import ASK_PERIOD, LIST_PERIODS
from registerkit.workbook.plan import write_cells
from registerkit.workbook.references import cell, span
from registerkit.workbook.theme import INK, LINE, PAPER, SIGNAL_COLOURS

__all__ = ["write_analysis", "write_overview"]

_CARD = 24
_SCALE = 92
"""The percentage at which the overview is as wide as A4 lying."""
_LINE = 18.0
"""The height of a table's rows, in points."""


def write_overview(book: Book, content: WorkbookContent, plan: SheetPlan) -> None:
    """Write the sheet of figures and charts."""
    sheet, texts = book.sheet(plan.name), content.texts
    sheet.columns(2, _CARD, 2, _CARD, 2, _CARD, 2, _CARD, 2, _CARD)
    _head(book, sheet)
    sheet.write(1, 1, texts("workbook.hint.overview"), book.style("hint"))
    sheet.height(3, 20)
    sheet.height(4, 42)
    sheet.height(5, 30)
    for row in plan.lines:
        sheet.height(row, _LINE)
    write_cells(book, sheet, list(plan.cells))
    if plan.asks_period:
        _period_box(book, content, sheet)
    _bars(book, content, sheet, plan)
    for place in plan.charts:
        _chart(book, content, sheet, place)
    sheet.page(texts("workbook.page.footer", sheet=plan.name.replace("&", "&&")))
    # All on one page would be too small to read; a page that is fitted would ignore the break.
    sheet.set_print_scale(_SCALE)
    sheet.set_h_pagebreaks(plan.breaks)


def _bars(book: Book, content: WorkbookContent, sheet: Sheet, plan: SheetPlan) -> None:
    """Let each count show how large it is, and colour what was less in time than the office wants."""
    bar = {"bar_color": f"#{book.theme.muted}", "bar_solid": True, "bar_border_color": LINE}
    for ref in plan.bars:
        sheet.conditional_format(ref, {"type": "data_bar", "min_type": "num", "min_value": 0, **bar})
    target = content.register.settings.report.in_time_target
    for ref in plan.shares if target is not None else ():
        colour = {"font_color": SIGNAL_COLOURS["overdue"][0], "bold": True}
        sheet.highlight(ref, f"AND(ISNUMBER({ref}),{ref}<{target}/100)", colour)


def _period_box(book: Book, content: WorkbookContent, sheet: Sheet) -> None:
    look = book.style("choice_box", num_format="@", valign="vcenter")
    sheet.write(0, PERIOD_AT, content.asked.get("period"), look)
    book.name(ASK_PERIOD, cell(sheet.name, 0, PERIOD_AT))
    title, ask = (content.texts(f"workbook.overview.{word}") for word in ("period", "ask"))
    told = {"input_title": title, "input_message": ask, "error_title": title, "error_message": ask}
    sheet.validate(address(1, PERIOD_AT), {"validate": "list", "source": f"={LIST_PERIODS}"} | told)


def write_analysis(book: Book, content: WorkbookContent, plan: SheetPlan) -> None:
    """Write the sheet of pivot tables, as they stand before their first refresh, and the charts above them."""
    sheet, texts = book.sheet(plan.name), content.texts
    sheet.columns(*plan.widths)
    _head(book, sheet)
    for item in plan.cells:
        if item.style in HEIGHTS:
            sheet.height(item.row, HEIGHTS[item.style])
    write_cells(book, sheet, list(plan.cells))
    for place in plan.charts:
        _chart(book, content, sheet, place)
    sheet.page(texts("workbook.page.footer", sheet=plan.name.replace("&", "&&")))
    sheet.set_print_scale(print_scale(plan.widths))
    sheet.set_h_pagebreaks(plan.breaks)


def _head(book: Book, sheet: Sheet) -> None:
    sheet.height(0, 30)
    sheet.write(0, 1, sheet.name, book.style("title"))


def _chart(book: Book, content: WorkbookContent, sheet: Sheet, place: ChartPlace) -> None:
    chart = book.chart("bar" if place.bars else "column")
    source = place.sheet or sheet.name
    labels, counts = (span(source, place.first, place.last, at) for at in place.columns)
    font = {"name": book.theme.font, "color": INK, "size": 9}
    series: dict[str, Any] = {
        "name": content.main.excel[content.language],
        "categories": f"={labels}",
        "values": f"={counts}",
        "fill": {"color": f"#{book.theme.accent}"},
        "gap": 45,
        "data_labels": {"value": True, "font": font, "num_format": "0;;"},
    }
    chart.add_series(series)
    chart.set_title({"none": True})  # It stands in the cell above: LibreOffice does not follow a title's formula.
    chart.set_legend({"none": True})
    quiet = {"visible": False, "major_gridlines": {"visible": False}, "min": 0}
    named = {"num_font": font, "line": {"color": LINE}, "major_tick_mark": "none"}
    if place.bars:
        # A bar chart counts its labels from below; reversed, the largest stands on top. A line would stand there alone
        # where there are fewer bars than places, or none.
        chart.set_y_axis({**named, "line": {"none": True}, "reverse": True})
        chart.set_x_axis(quiet)
    else:
        chart.set_x_axis({**named, "text_axis": True, "num_format": month_format(content.language, "mmm yy")})
        chart.set_y_axis(quiet)
    chart.set_chartarea({"border": {"none": True}, "fill": {"color": PAPER}})
    chart.set_plotarea({"fill": {"none": True}})
    width, height = place.size
    chart.set_size({"width": width, "height": height})
    sheet.insert_chart(place.row, place.column, chart, {"object_position": 1, "y_offset": 5})
