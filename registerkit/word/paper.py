"""A Word document under way: headings, paragraphs, figures in a row, tables, pictures and the footer.

What stands side by side is put there with tab stops; only what is a table is one, with its header marked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from registerkit.texts import Texts
from registerkit.theme import Theme
from registerkit.word.charts import add_chart
from registerkit.word.file import describe, new_document, saved, set_page
from registerkit.word.parts import Edge, Stop, edges, field, put, tabs
from registerkit.word.styles import Style, add_styles, set_language, set_styles
from registerkit.word.tables import add_table, add_tiles

__all__ = ["REPORT_PLACE", "Paper"]

REPORT_PLACE = "\ue000"
"""Stands in a document of the office's where what is written is to come: a sign that nobody can type."""


class Paper:
    """An A4 in the office's theme; lengths in cm."""

    def __init__(
        self,
        theme: Theme,
        texts: Texts,
        margins: tuple[float, float] = (1.9, 2.3),
        landscape: bool = False,
        styles: Mapping[str, Style] | None = None,
        own: bytes | None = None,
    ) -> None:
        """Begin a document; `own` is a file of the office's, whose page and styles stay, to put it in."""
        self.theme, self.texts = theme, texts
        self._place: Any = None
        if own is not None:
            self._go_on_with(own)
            return
        self.document = new_document()
        vertical, side = margins
        set_page(self.document, vertical, side, vertical, side, foot=1, landscape=landscape)
        self.width = (29.7 if landscape else 21) - 2 * side
        set_styles(self.document, theme, dict(styles or {}))
        set_language(self.document, texts.language)

    def _go_on_with(self, own: bytes) -> None:
        self.document = Document(BytesIO(own))
        add_styles(self.document, self.theme)
        section = self.document.sections[0]
        self.width = (section.page_width - section.left_margin - section.right_margin) / Cm(1)
        marked = [p for p in self.document.paragraphs if REPORT_PLACE in p.text]
        self._place = (marked[0] if marked else self.document.add_paragraph())._p
        for text in self.document.element.body.iter(qn("w:t")):
            text.text = (text.text or "").replace(REPORT_PLACE, "")
        self._before = len(self.document.element.body)

    def describe(self, title: str, author: str, made: date) -> None:
        """Fill in the document's properties."""
        describe(self.document, title, author, made)

    def footer(self, text: str, between: str = "\t") -> None:
        """Put a text and the page number at the foot of every page, at both margins unless they may be moved."""
        page, of = self.texts("page.page"), self.texts("page.of")
        self.document.styles["Footer"].paragraph_format.tab_stops.clear_all()
        paragraph = self.document.sections[0].footer.paragraphs[0]
        put(paragraph._p.get_or_add_pPr(), tabs([(self.width, "right", "none")]))
        paragraph.add_run(f"{text}{between}{page} ")
        paragraph._p.append(field("PAGE"))
        paragraph.add_run(f" {of} ")
        paragraph._p.append(field("NUMPAGES"))

    def heading(self, text: str, level: int, new_page: bool = False) -> Any:
        """Add a heading; level 0 is the title."""
        paragraph = self.document.add_heading(text, level)
        paragraph.paragraph_format.page_break_before = new_page or None
        return paragraph

    def paragraph(self, text: str, style: str = "Normal", with_next: bool = False) -> Any:
        """Add a paragraph of plain text, on one page with what follows where asked."""
        paragraph = self.document.add_paragraph(text, style=style)
        paragraph.paragraph_format.keep_with_next = with_next or None
        return paragraph

    def term(self, term: str, text: str) -> None:
        """Add a term and what it means."""
        paragraph = self.paragraph("")
        self.coloured(paragraph, f"{term}. ", self.theme.navy)
        paragraph.add_run(text)

    def asides(self, parts: Iterable[tuple[str, str]], margin: float) -> None:
        """Add paragraphs, each with its head beside it, in a margin so wide, and a line below."""
        for n, (head, text) in enumerate(parts):
            paragraph = self.tabbed("", [(margin, "left", "none")])
            shape = paragraph.paragraph_format
            shape.left_indent, shape.first_line_indent, shape.keep_together = Cm(margin), Cm(-margin), True
            self.coloured(paragraph, head, self.theme.accent_ink)
            paragraph.add_run(f"\t{text}")
            # Paragraphs with the same lines share one; an eighth of a point apart, each keeps its own.
            self.ruled(paragraph, (4 + n % 2, self.theme.line), space=4)

    def tabbed(self, text: str, stops: Sequence[Stop], style: str = "Normal") -> Any:
        """Add a paragraph whose parts, with tabs between them, stand at these places."""
        paragraph = self.paragraph(text, style)
        put(paragraph._p.get_or_add_pPr(), tabs(stops))
        return paragraph

    @staticmethod
    def ruled(paragraph: Any, line: Edge, space: int = 1, sides: Iterable[str] = ("bottom",)) -> Any:
        """Draw lines at sides of a paragraph, `space` points from its text and within the margins."""
        put(paragraph._p.get_or_add_pPr(), edges("pBdr", dict.fromkeys(sides, line), space))
        if "left" in sides:
            paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(space + line[0] / 8)
        return paragraph

    @staticmethod
    def coloured(paragraph: Any, text: str, colour: str, bold: bool = True) -> Any:
        """Add words in a colour."""
        run = paragraph.add_run(text)
        run.font.color.rgb, run.bold = RGBColor.from_string(colour), bold or None
        return run

    def tiles(self, tiles: Sequence[tuple[str, str, str]]) -> None:
        """Put big figures in a row: a label, the figure, and what stands under it."""
        add_tiles(self.document, self.theme, tiles, self.width)

    def picture(self, image: bytes | Path, alt: str, width: float | None = None, height: float | None = None) -> Any:
        """Put a picture in a paragraph of its own; `alt` is read out to who cannot see it."""
        paragraph = self.paragraph("")
        size = {name: Cm(value) for name, value in (("width", width), ("height", height)) if value}
        source = BytesIO(image) if isinstance(image, bytes) else str(image)
        shape = paragraph.add_run().add_picture(source, **size)
        shape._inline.docPr.set("descr", alt)
        for side in ("distT", "distB", "distL", "distR"):
            shape._inline.set(side, "0")  # LibreOffice leaves room around a picture that does not say so.
        return paragraph

    def chart(self, xml: str, workbook: bytes, alt: str, width: float, height: float) -> Any:
        """Put a native chart in a paragraph of its own; `alt` is read out to who cannot see it."""
        paragraph = self.paragraph("")
        add_chart(paragraph, xml, workbook, self.texts("page.chart"), alt, width, height)
        return paragraph

    def logo(self, file: Path, alt: str, height: float, right: bool = False) -> None:
        """Put a logo at the top."""
        paragraph = self.picture(file, alt, height=height)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else None

    def table(
        self,
        header: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[float],
        right: Iterable[int] = (),
        colours: Mapping[tuple[int, int], str] | None = None,
        bold: Iterable[int] = (),
    ) -> None:
        """Add a table; its header row comes back on every page. `colours` are of words, by row and column."""
        strong = frozenset(bold)
        add_table(self.document, self.theme, header, rows, widths, frozenset(right), colours or {}, strong)

    def space(self, paragraph: Any, before: float = 0, after: float = 0) -> Any:
        """Set the room around a paragraph, in points."""
        paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
        return paragraph

    def data(self) -> bytes:
        """Return the file; the same content gives the same bytes."""
        if self._place is not None:
            self._put_in_place()
        return saved(self.document)

    def _put_in_place(self) -> None:
        """Move what was added at the end of the office's document to the place that it keeps for it."""
        body, last = self.document.element.body, self.document.element.body.sectPr
        for added in [part for part in body[self._before - 1 :] if part is not last]:
            self._place.addprevious(added)
        body.remove(self._place)
