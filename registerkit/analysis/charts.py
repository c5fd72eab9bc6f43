"""Native charts, for the Excel report and, lifted out of a workbook of their own, for the Word report."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from textwrap import fill
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZipFile

from registerkit.analysis.content import Chart, Content, Table
from registerkit.analysis.words import Words
from registerkit.excel import Book
from registerkit.ooxml import without_times
from registerkit.theme import Theme

__all__ = ["Place", "chart_height", "insert_chart", "number_format", "scaled", "word_chart"]

_PART = "xl/charts/chart1.xml"
_USUAL, _TALL = 280, 380
"""Pixels; names under many columns stand aslant, which takes room."""
_TITLE = 78
"""Signs on a line of a title."""
_FORMATS = {
    "number": "#,##0",
    "decimal": "0.0",
    "percent": "0%",
    "euro": '"€" #,##0.00',
    "date": "dd-mm-yyyy",
    "signed": "+#,##0;-#,##0;0",
    "signed_decimal": "+0.0;-0.0;0.0",
    "signed_euro": '+"€" #,##0.00;-"€" #,##0.00;"€" 0.00',
}
_UNSAID = "".join(f'<c:show{part} val="0"/>' for part in ("CatName", "SerName", "Percent", "BubbleSize"))


@dataclass(frozen=True)
class Place:
    """Where a table stands: its sheet, and the row and column of its first cell, the header's being above it."""

    sheet: str
    row: int
    column: int
    table: Table


def number_format(kind: str, words: Words) -> str:
    """Return how Excel writes a kind of cell."""
    return _FORMATS.get(kind) or words("number.points_format")


def scaled(kind: str, value: float) -> float:
    """Return the number that stands in a cell: cents as euros, a difference of shares in percentage points."""
    if kind in ("euro", "signed_euro"):
        return value / 100
    return value * 100 if kind == "points" else value


def chart_height(table: Table) -> int:
    """Return how high the chart of a table is, in pixels."""
    if table.chart is not None and table.chart.shape == "bars":
        return 70 + 28 * len(table.charted)
    return _TALL if table.chart is not None and table.chart.shape == "columns" and table.chart.lines else _USUAL


def insert_chart(book: Book, place: Place, width: int) -> tuple[Any, dict[str, Any]]:
    """Return a table's chart with the options to insert it by; the table has one."""
    chart = place.table.chart
    assert chart is not None
    drawn = _Drawing(book, place, chart).drawn()
    drawn.set_size({"width": width, "height": chart_height(place.table)})
    return drawn, {"description": chart.alt, "object_position": 2}


class _Drawing:
    """A chart under way."""

    def __init__(self, book: Book, place: Place, chart: Chart) -> None:
        self._book, self._place, self._chart = book, place, chart
        self._theme = book.theme

    def drawn(self) -> Any:
        """Draw the column that the chart is about, and lines beside it."""
        kind = {"bars": "bar", "columns": "column", "line": "line"}[self._chart.shape]
        drawn = self._book.chart(kind)
        drawn.add_series(self._main())
        lines = [(column, self._place.table.kind(column) == "percent") for column in self._chart.lines]
        if kind == "line":
            for column, _ in lines:
                drawn.add_series(self._level(column))
        elif lines:
            other = self._book.chart("line")
            for column, is_share in lines:
                other.add_series(self._sum(column) | {"y2_axis": is_share})
            drawn.combine(other)
            if any(is_share for _, is_share in lines):
                other.set_y2_axis(self._shares())
        self._calm(drawn)
        return drawn

    def _shares(self) -> dict[str, Any]:
        """Return the axis at the right, up to all."""
        font, line = self._font(9), {"none": True}
        return {
            "min": 0,
            "max": 1,
            "major_unit": 0.5,
            "num_format": "0%",
            "num_font": font,
            "line": line,
            "major_gridlines": {"visible": False},
            "major_tick_mark": "none",
        }

    def _series(self, column: int) -> dict[str, Any]:
        place = self._place
        first, last, at = place.row, place.row + len(place.table.charted) - 1, place.column
        return {
            "name": [place.sheet, first - 1, at + column],
            "categories": [place.sheet, first, at, last, at],
            "values": [place.sheet, first, at + column, last, at + column],
        }

    def _main(self) -> dict[str, Any]:
        series = self._series(self._chart.column) | {"data_labels": {"value": True, "font": self._font(10)}}
        if self._chart.shape != "line":
            return series | {"gap": 45, "fill": {"color": self._accent}, "points": self._points()}
        mark = {"type": "circle", "size": 6, "fill": {"color": self._accent}, "border": {"color": self._accent}}
        series["data_labels"]["position"] = "above"
        return series | {"line": {"color": self._accent, "width": 2}, "marker": mark, "points": self._points()}

    def _level(self, column: int) -> dict[str, Any]:
        """Draw a level line: the mean dashed, the limits dotted."""
        is_mean = column == self._chart.lines[0]
        line = {"color": f"#{self._theme.quiet}", "width": 1, "dash_type": "dash" if is_mean else "round_dot"}
        return self._series(column) | {"line": line, "marker": {"type": "none"}}

    def _sum(self, column: int) -> dict[str, Any]:
        colour = f"#{self._theme.navy}"
        mark = {"type": "circle", "size": 4, "fill": {"color": colour}, "border": {"color": colour}}
        return self._series(column) | {"line": {"color": colour, "width": 1.25}, "marker": mark}

    def _points(self) -> list[Any]:
        theme, accent = self._theme, self._chart.accent
        is_line = self._chart.shape == "line"
        points: list[Any] = []
        for row in range(len(self._place.table.charted)):
            if is_line:
                late = f"#{theme.late}"
                points.append({"fill": {"color": late}, "border": {"color": late}} if row in accent else None)
            else:
                points.append({"fill": {"color": f"#{theme.accent if not accent or row in accent else theme.muted}"}})
        return points

    def _calm(self, drawn: Any) -> None:
        """Take away what a chart does not need: legend, grid lines, the axis with numbers."""
        names = {"num_font": self._font(10), "line": {"color": f"#{self._theme.line}"}, "major_tick_mark": "none"}
        numbers = {"visible": False, "major_gridlines": {"visible": False}, "min": 0}
        is_line = self._chart.shape == "line" and bool(self._chart.lines)
        drawn.set_legend({"position": "bottom", "font": self._font(9)} if is_line else {"none": True})
        drawn.set_chartarea({"border": {"none": True}})
        drawn.set_title(
            {
                "name": fill(self._chart.title, _TITLE),
                "name_font": {**self._font(11), "bold": True, "color": f"#{self._theme.navy}"},
                "layout": {"x": 0.01, "y": 0.02},
            }
        )
        if self._chart.shape == "bars":
            drawn.set_y_axis({**names, "reverse": True})
            drawn.set_x_axis(numbers)
        else:
            drawn.set_x_axis(names)
            drawn.set_y_axis(numbers)

    @property
    def _accent(self) -> str:
        return f"#{self._theme.accent}"

    def _font(self, size: int) -> dict[str, Any]:
        return {"name": self._theme.font, "size": size, "color": f"#{self._theme.ink}", "bold": False}


# ------------------------------------------------------------------------------------------------------- for Word
def word_chart(content: Content, table: Table, words: Words, theme: Theme) -> tuple[str, bytes]:
    """Return the chart part of a table, and the workbook that Word opens to edit its numbers.

    XlsxWriter's own part is taken as it is, its values cached in it, with what only a chart in Word has.
    """
    out = BytesIO()
    with Book(out, theme, {"cell": {}, "header": {"bold": True}}) as book:
        book.describe(table.title, content.organisation, content.as_of)
        sheet = book.sheet(words("title.figures_sheet"))
        columns = range(len(table.columns))
        for column in columns:
            sheet.write(0, column, table.columns[column], book.style("header"))
        for row, cells in enumerate(table.charted, 1):
            for column in columns:
                _write(book, sheet, row, column, cells[column], words)
        drawn, options = insert_chart(book, Place(sheet.name, 1, 0, table), 600)
        sheet.insert_chart(0, len(table.columns) + 1, drawn, options)
    data = without_times(out.getvalue())
    with ZipFile(BytesIO(data)) as package:
        xml = package.read(_PART).decode("utf-8")
    return _for_word(xml, words.texts.language, theme), data


def _write(book: Book, sheet: Any, row: int, column: int, cell: Any, words: Words) -> None:
    value = cell.value
    if isinstance(value, int | float):
        style = book.style("cell", num_format=number_format(cell.kind, words))
        sheet.write(row, column, scaled(cell.kind, value), style)
    else:
        sheet.write(row, column, words.cell(cell), book.style("cell"))


def _for_word(xml: str, language: str, theme: Theme) -> str:
    xml = re.sub(r"<c:printSettings>.*?</c:printSettings>", "", xml, flags=re.DOTALL)
    # What is not said of a label, LibreOffice and older Words show.
    xml = xml.replace('<c:showVal val="1"/>', f'<c:showLegendKey val="0"/><c:showVal val="1"/>{_UNSAID}')
    # Where a line does not say that it is straight, LibreOffice bends it.
    xml = re.sub(r"(<c:lineChart>.*?</c:lineChart>)", _straight, xml, flags=re.DOTALL)
    xml = re.sub(r'<c:lang val="[^"]*"/>', f'<c:lang val="{language}"/>', xml)
    font = (
        '<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="900">'
        f'<a:latin typeface="{escape(theme.font)}"/></a:defRPr></a:pPr><a:endParaRPr lang="{language}"/></a:p></c:txPr>'
    )
    data = '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData>'
    return xml.replace("</c:chartSpace>", f"{font}{data}</c:chartSpace>")


def _straight(lines: re.Match[str]) -> str:
    return lines[1].replace("</c:val></c:ser>", '</c:val><c:smooth val="0"/></c:ser>')
