"""Writes the report as a Word document: the first page for who has one minute, then the answers by question."""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any

from registerkit.analysis.content import Content, Section, Table
from registerkit.analysis.docx_parts import Paper
from registerkit.analysis.figures import Figures
from registerkit.analysis.period import Period
from registerkit.analysis.pictures import draw
from registerkit.analysis.plan import plan_report
from registerkit.analysis.words import Words
from registerkit.files import write_when_changed
from registerkit.ooxml import without_times
from registerkit.register import Register
from registerkit.theme import theme_of

__all__ = ["report_document", "write_report_document"]


def write_report_document(
    target: Path, snapshot: Register, period: Period, figures: Figures, previous_figures: Figures
) -> None:
    """Write the Word report; a file that would not differ is left alone."""
    write_when_changed(target, report_document(snapshot, period, figures, previous_figures))


def report_document(snapshot: Register, period: Period, figures: Figures, previous_figures: Figures) -> bytes:
    """Give the Word report."""
    content = plan_report(snapshot, period, figures, previous_figures)
    words = Words(snapshot.texts, snapshot.settings.word)
    paper = Paper(theme_of(snapshot.settings.theme), snapshot.settings.language)
    paper.describe(content.title, content.organisation, datetime.combine(figures.as_of, time()))
    paper.footer(content.organisation, content.title, words("page"), words("page_of"))
    _first_page(paper, content, words, snapshot.settings.theme.get("logo"), snapshot.settings.paths.root)
    paper.heading(content.key_figures.title, 1, new_page=True)
    paper.table(content.key_figures, words)
    for section in content.sections:
        _section(paper, section, words, content.cover)
    _definitions(paper, content, words)
    out = BytesIO()
    paper.document.save(out)
    return without_times(out.getvalue())


def _first_page(paper: Paper, content: Content, words: Words, logo: str | None, root: Path) -> None:
    if logo and (root / logo).is_file():
        paper.logo(root / logo, content.organisation)
    paper.title(content.organisation, content.title, content.remark)
    paper.tiles(content.tiles)
    paper.heading(words("title.points"), 2)
    paper.points(content.points)
    if content.cover is not None:
        _picture(paper, content.cover, words, height_cm=6.8)


def _section(paper: Paper, section: Section, words: Words, shown: Table | None) -> None:
    paper.heading(section.title, 1)
    if section.lead:
        paper.paragraph(section.lead, with_next=bool(section.tables))
    for table in section.tables:
        paper.heading(table.title, 2)
        if table.chart is not None and table != shown:
            _picture(paper, table, words)
        paper.table(table, words)
    if section.closing:
        paper.paragraph(section.closing)


def _picture(paper: Paper, table: Table, words: Words, **size: Any) -> None:
    alt = table.chart.alt if table.chart else table.title
    paper.picture(draw(table, paper.theme, words, **size), alt)


def _definitions(paper: Paper, content: Content, words: Words) -> None:
    paper.heading(words("title.definitions"), 1)
    for term, text in content.definitions:
        paper.definition(term, text)
