"""Writes the report as a Word document: the first page for who has one minute, then the answers by question."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from registerkit.analysis.charts import chart_height, word_chart
from registerkit.analysis.content import Content, Section, Table
from registerkit.analysis.own_page import OwnPage
from registerkit.analysis.words import Words
from registerkit.theme import Theme
from registerkit.word import Paper

__all__ = ["report_document"]

_COLUMN_CM = ({"text": 3.3, "date": 2.5}, {"text": 3.0, "date": 2.3})
_NUMBER_CM = (2.9, 2.45)
"""Both of a table of up to four columns, and of a wider one."""
_POINT_HEAD_CM = 3.1
_FIRST_CM = 4.0
"""At least so wide is the column that names the rows."""
_LETTER_CM, _MARGIN_CM, _WIDEST_CM = 0.17, 0.4, 5.0
"""A letter of a table and what stands free beside a word; a column is made no wider for a long one."""
_LOGO_CM = 1.4
_COVER_CM, _BRIEF_COVER_CM = 6.8, 5.2
_CM_PER_PIXEL = 0.02


def report_document(content: Content, words: Words, theme: Theme, page: OwnPage | None = None) -> bytes:
    """Return the Word report, on the office's own page when there is one that can be used."""
    own = page.filled(content) if page is not None else None
    paper = Paper(theme, words.texts, own=own[0] if own else None)
    paper.describe(content.title, content.organisation, content.as_of)
    if own is None:
        paper.footer(content.footer)
    _first_page(paper, content, words, own[1] if own else frozenset())
    if content.brief_figures is not None:
        _essentials(paper, content, content.brief_figures, words)
        return paper.data()
    paper.heading(content.key_figures.title, 1, new_page=True)
    _table(paper, content.key_figures, words)
    for section in content.sections:
        _section(paper, content, section, words)
    paper.heading(words("title.definitions"), 1)
    for term, text in content.definitions:
        paper.term(term, text)
    return paper.data()


def _essentials(paper: Paper, content: Content, figures: Table, words: Words) -> None:
    """Say where the other tables are, and write those that a reader cannot do without, what must be done first.

    A table is kept whole; a line behind the last one could stand alone on a page.
    """
    *others, now = content.sections
    paper.paragraph(words("title.brief"), "Note")
    for table in (*now.essential, figures, *(table for section in others for table in section.essential)):
        paper.heading(table.title, 2)
        _table(paper, table, words)


def _first_page(paper: Paper, content: Content, words: Words, said: Collection[str]) -> None:
    """Write the first page, without what the office's own document says already (`said`)."""
    if paper.theme.logo and "organisation.logo" not in said:
        paper.logo(paper.theme.logo, content.organisation, _LOGO_CM, right=True)
    if content.organisation and "organisation.name" not in said:
        paper.paragraph(content.organisation, "Over")
    if "title" not in said:
        paper.heading(content.title, 0)
    if "remark" not in said:
        paper.paragraph(content.remark, "Note")
    paper.tiles([(tile.label, tile.value, tile.change) for tile in content.tiles])
    paper.heading(words("title.points"), 2)
    paper.asides([(point.head, point.text) for point in content.points], _POINT_HEAD_CM)
    if content.cover is not None:
        _chart(paper, content, content.cover, words, _BRIEF_COVER_CM if content.brief_figures else _COVER_CM)


def _section(paper: Paper, content: Content, section: Section, words: Words) -> None:
    paper.heading(section.title, 1)
    if section.lead:
        paper.paragraph(section.lead, with_next=bool(section.tables))
    for table in section.tables:
        paper.heading(table.title, 2)
        if table.chart is not None and table is not content.cover:
            _chart(paper, content, table, words)
        _table(paper, table, words)
    if section.closing:
        paper.paragraph(section.closing)


def _chart(paper: Paper, content: Content, table: Table, words: Words, height: float | None = None) -> None:
    alt = table.chart.alt if table.chart else table.title
    xml, workbook = word_chart(content, table, words, paper.theme)
    tall = height or chart_height(table) * _CM_PER_PIXEL
    shown = paper.chart(xml, workbook, alt, paper.width, tall)
    paper.space(shown, before=6, after=6).paragraph_format.keep_with_next = table is not content.cover or None


def _table(paper: Paper, table: Table, words: Words) -> None:
    first, *columns = table.told
    rows = [[words.cell(row[column]) for column in table.told] for row in table.rows]
    is_wide = len(columns) > 3
    widths = [
        _width(table.kind(column), (row[n] for row in rows), is_wide=is_wide) for n, column in enumerate(columns, 1)
    ]
    if sum(widths) > paper.width - _FIRST_CM:
        widths = [width * (paper.width - _FIRST_CM) / sum(widths) for width in widths]
    right = [n for n, column in enumerate(columns, 1) if table.kind(column) != "text"]
    header = [table.columns[column] for column in (first, *columns)]
    paper.table(header, rows, [paper.width - sum(widths), *widths], right, bold=table.totals)
    paper.paragraph(table.note, "Note")


def _width(kind: str, cells: Iterable[str], *, is_wide: bool) -> float:
    """Return how wide a column is, in centimetres; of a table with many columns each is narrower."""
    if kind != "text":
        return _COLUMN_CM[is_wide].get(kind, _NUMBER_CM[is_wide])
    longest = max((len(word) for cell in cells for word in cell.split()), default=0)
    return max(_COLUMN_CM[is_wide]["text"], min(longest * _LETTER_CM + _MARGIN_CM, _WIDEST_CM))
