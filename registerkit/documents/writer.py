"""Draws a paper as a Word document in the office's theme. What is not filled in stands there in red."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any

from docx.shared import Pt

from registerkit.documents.content import Content, Grid, Line, Part, Signature, pieces
from registerkit.register import Register
from registerkit.theme import theme_of
from registerkit.word import Paper

__all__ = ["document_of"]

_LOGO_CM = 1.4
_LABEL_CM = 5.0
_ROOM_PT = 6
"""Above a line that follows a table, and above a paragraph that follows a list."""
_SIGNED = 2.0
"""How many lines a line to sign on takes."""
_STYLES = {"bullet": "List Bullet", "text": "Normal"}


def document_of(content: Content, register: Register) -> bytes:
    """Return the Word file; the same content gives the same bytes all through a year."""
    settings = register.settings
    theme, name = theme_of(settings.theme, settings.paths.root), settings.name
    paper = Paper(theme, register.texts)
    paper.describe(content.title, name or "registerkit", date(register.on.year, 1, 1))
    paper.footer(" \u00b7 ".join(filter(None, (name, content.title))))
    if theme.logo:
        paper.logo(theme.logo, name, _LOGO_CM, right=True)
    if name:
        paper.paragraph(name, "Over")
    paper.heading(content.title, 0)
    _gaps(paper, content)
    parts: list[Part] = list(content.parts)
    for before, part, after in zip([None, *parts], parts, [*parts[1:], None], strict=False):
        _part(paper, part, before, after)
    return paper.data()


def _gaps(paper: Paper, content: Content) -> None:
    """Say above all what is still to be filled in, and where."""
    told = sorted(content.gaps, key=lambda gap: gap.place)
    for place, gaps in groupby(told, key=lambda gap: gap.place):
        names = [gap.name for gap in gaps]
        text = paper.texts("documents.open", place=paper.texts(f"documents.place.{place}"), names=names)
        paper.coloured(paper.paragraph(""), text, paper.theme.late)


def _part(paper: Paper, part: Part, before: Part | None, after: Part | None) -> None:
    match part:
        case Line(text, "heading"):
            paper.heading(text, 1)
        case Line(text, kind):
            # What announces a list or a table, or is signed below, stands on one page with it.
            with_next = kind == "text" and (text.endswith(":") or isinstance(after, Grid | Signature))
            paragraph = paper.paragraph("", _STYLES[kind], with_next)
            if isinstance(before, Grid) or (isinstance(before, Line) and (before.kind, kind) == ("bullet", "text")):
                paragraph.paragraph_format.space_before = Pt(_ROOM_PT)
            _said(paper, paragraph, text)
        case Grid():
            _grid(paper, part)
        case Signature(labels):
            stops = [(_LABEL_CM, "left", "none"), (paper.width * 0.75, "left", "underscore")]
            # One paragraph: LibreOffice tears more apart at the foot of a page, whatever they say.
            shape = paper.tabbed("\n".join(f"{label}\t\t" for label in labels), stops).paragraph_format
            shape.line_spacing, shape.keep_together = _SIGNED, True


def _said(paper: Paper, paragraph: Any, text: str) -> None:
    for piece, is_gap in pieces(text):
        if is_gap:
            paper.coloured(paragraph, piece, paper.theme.late)
        else:
            paragraph.add_run(piece)


def _grid(paper: Paper, grid: Grid) -> None:
    """Add a table; a cell that is a gap is red."""
    plain = [["".join(piece for piece, _ in pieces(cell)) for cell in row] for row in grid.rows]
    red = {
        (n, i): paper.theme.late
        for n, row in enumerate(grid.rows)
        for i, cell in enumerate(row)
        if any(is_gap for _, is_gap in pieces(cell))
    }
    whole = sum(grid.shares)
    right = range(1, len(grid.header)) if grid.numbers else ()
    widths = [paper.width * share / whole for share in grid.shares]
    paper.table(grid.header, plain, widths, right, colours=red, bold=grid.totals)
