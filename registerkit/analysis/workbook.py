"""Writes the report as an Excel workbook: a summary, and a sheet per question with tables and native charts."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from registerkit.analysis.charts import Place
from registerkit.analysis.content import Content, Point
from registerkit.analysis.pivots import write_pivots
from registerkit.analysis.words import Words
from registerkit.analysis.xlsx_parts import Cursor, begin_sheet, styles
from registerkit.excel import Book
from registerkit.ooxml import add_pivots, without_times
from registerkit.theme import Theme

__all__ = ["report_workbook"]

_SUMMARY_WIDTHS = (2, 32, 17, 17, 17, 17)
_QUESTION_WIDTHS = (2, 36, 14, 14, 14, 14, 18, 3)
_TERM_WIDTHS = (2, 30, 90)


def report_workbook(content: Content, words: Words, theme: Theme) -> bytes:
    """Return the Excel report."""
    with TemporaryDirectory(prefix="registerkit-") as folder:
        file = Path(folder) / "report.xlsx"
        with Book(file, theme, styles(theme)) as book:
            book.describe(content.title, content.organisation, content.as_of)
            summary = begin_sheet(book, words, words("title.summary_sheet"), _SUMMARY_WIDTHS, portrait=True)
            cover = _questions(book, words, content)
            _summary(summary, content, cover)
            _definitions(book, words, content)
            pivots = write_pivots(book, content, words)
        add_pivots(file, pivots)
        return without_times(file.read_bytes())


def _questions(book: Book, words: Words, content: Content) -> Place | None:
    """Write a sheet per question; give where the table stands whose chart the summary shows too."""
    shown = None
    for section in content.sections:
        at = begin_sheet(book, words, section.sheet, _QUESTION_WIDTHS)
        at.title(section.title, content.title)
        at.text(section.lead)
        for table in section.tables:
            place = at.block(table)
            if table is content.cover:
                shown = place
        at.text(section.closing)
        at.finish(content.footer)
    return shown


def _summary(at: Cursor, content: Content, cover: Place | None) -> None:
    at.title(content.title, "  ".join(part for part in (content.organisation, content.remark) if part))
    at.tiles(content.tiles)
    at.head(at.words("title.points"))
    for point in content.points:
        at.point(point)
    at.skip()
    at.table(content.key_figures)
    if cover is not None:
        at.skip()
        at.chart(cover)
    at.finish(content.footer, one_page=True)


def _definitions(book: Book, words: Words, content: Content) -> None:
    at = begin_sheet(book, words, words("title.definitions_sheet"), _TERM_WIDTHS, portrait=True)
    at.title(words("title.definitions"), "")
    for term, text in content.definitions:
        at.point(Point(term, text))
    at.finish(content.footer, one_page=True)
