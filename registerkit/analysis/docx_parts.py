"""The parts a Word report is made of: styles, tiles, tables, pictures and the footer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from registerkit.analysis.content import Cell, Point, Table, Tile
from registerkit.analysis.pictures import WIDTH_CM
from registerkit.analysis.words import Words
from registerkit.theme import Theme

__all__ = ["Paper"]

_LANGUAGES = {"nl": "nl-NL", "en": "en-GB"}
_DROPPED = (
    RELATIONSHIP_TYPE.THUMBNAIL,
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
)
_MARGIN_CM = 2.3
_COLUMN_CM = {"text": 3.3, "date": 2.5}
_NUMBER_CM = (2.9, 2.45)
"""Of a table of up to four columns, and of a wider one."""
_POINT_HEAD_CM = 2.7


class Paper:
    """A Word document under way."""

    def __init__(self, theme: Theme, language: str) -> None:
        self.theme = theme
        self.document: Any = Document()
        self._page()
        self._styles(_LANGUAGES[language])
        self._settle()

    def describe(self, title: str, author: str, made: datetime) -> None:
        """Fill in the document's properties."""
        properties = self.document.core_properties
        properties.title, properties.author, properties.last_modified_by = title, author, author
        properties.comments, properties.revision = "", 1
        properties.created = properties.modified = made

    def footer(self, organisation: str, title: str, page: str, of: str) -> None:
        """Put the organisation and the page number at the foot of every page."""
        self.document.styles["Footer"].paragraph_format.tab_stops.clear_all()
        paragraph = self.document.sections[0].footer.paragraphs[0]
        paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(WIDTH_CM), WD_ALIGN_PARAGRAPH.RIGHT)
        paragraph.add_run(" · ".join(part for part in (organisation, title) if part) + f"\t{page} ")
        _field(paragraph, "PAGE")
        paragraph.add_run(f" {of} ")
        _field(paragraph, "NUMPAGES")

    def logo(self, file: Path, alt: str) -> None:
        """Put the office's logo at the top right; a picture Word cannot hold is left out."""
        paragraph = self.document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        shape = paragraph.add_run().add_picture(str(file), height=Cm(1.4))
        shape._inline.docPr.set("descr", alt)

    def title(self, organisation: str, title: str, remark: str) -> None:
        """Begin the first page."""
        if organisation:
            self._styled(organisation, "Report Over")
        self.document.add_paragraph(title, style="Title")
        self._styled(remark, "Report Note")

    def heading(self, text: str, level: int, new_page: bool = False) -> None:
        """Add a heading."""
        self.document.add_heading(text, level).paragraph_format.page_break_before = new_page

    def paragraph(self, text: str, with_next: bool = False) -> None:
        """Add a paragraph of plain text, on one page with what follows where asked."""
        self.document.add_paragraph(text).paragraph_format.keep_with_next = with_next

    def definition(self, term: str, text: str) -> None:
        """Add a term and what it means."""
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(5)
        self._coloured(paragraph.add_run(f"{term}. "), self.theme.navy).bold = True
        paragraph.add_run(text)

    def tiles(self, tiles: Sequence[Tile]) -> None:
        """Put the big figures in a row."""
        table = self._grid(1, [WIDTH_CM / len(tiles)] * len(tiles))
        for cell, tile in zip(table.rows[0].cells, tiles, strict=True):
            _shade(cell, self.theme.mist)
            _edges(cell, left=(18, self.theme.paper), top=(18, self.theme.accent))
            cell.paragraphs[0].style = "Report Tile Label"
            cell.paragraphs[0].add_run(tile.label)
            cell.add_paragraph(tile.value, style="Report Tile")
            cell.add_paragraph(tile.change, style="Report Tile Label")
        _no_split(table)

    def points(self, points: Iterable[Point]) -> None:
        """Put the points under each other, their heads in the left margin."""
        rows = list(points)
        table = self._grid(len(rows), [_POINT_HEAD_CM, WIDTH_CM - _POINT_HEAD_CM])
        for row, point in zip(table.rows, rows, strict=True):
            head, text = row.cells
            self._coloured(head.paragraphs[0].add_run(point.head), self.theme.accent).bold = True
            text.paragraphs[0].add_run(point.text)
            for cell in (head, text):
                cell.paragraphs[0].paragraph_format.space_after = Pt(4)
                cell.paragraphs[0].paragraph_format.space_before = Pt(4)
                _edges(cell, bottom=(4, self.theme.line))
        _no_split(table)

    def picture(self, png: bytes, alt: str) -> None:
        """Put a chart over the width of the text; `alt` is read out to who cannot see it."""
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(6)
        paragraph.paragraph_format.keep_with_next = True
        shape = paragraph.add_run().add_picture(BytesIO(png), width=Cm(WIDTH_CM))
        shape._inline.docPr.set("descr", alt)
        for side in ("distT", "distB", "distL", "distR"):
            shape._inline.set(side, "0")  # LibreOffice leaves room around a picture that does not say so.

    def table(self, table: Table, words: Words) -> None:
        """Add a table; its header row comes back on every page."""
        grid = self._grid(len(table.rows) + 1, _widths(table))
        header = grid.rows[0]
        _repeat(header)
        for i, (cell, text) in enumerate(zip(header.cells, table.columns, strict=True)):
            _shade(cell, self.theme.navy)
            self._fill(cell, text, right=i > 0 and _is_right(table, i), colour=self.theme.paper, bold=True)
        for cells, row in zip(grid.rows[1:], table.rows, strict=False):
            for i, (cell, value) in enumerate(zip(cells.cells, row, strict=True)):
                self._fill(cell, words.cell(value), right=i > 0 and _is_right(table, i))
                _edges(cell, bottom=(4, self.theme.line))
        _no_split(grid)
        self._styled(table.note, "Report Note")

    def _fill(self, cell: Any, text: str, right: bool, colour: str | None = None, bold: bool = False) -> None:
        paragraph = cell.paragraphs[0]
        paragraph.style = "Report Cell"
        run = paragraph.add_run(text)
        run.bold = bold or None
        if colour:
            self._coloured(run, colour)
        if right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def _grid(self, rows: int, widths: Sequence[float]) -> Any:
        table = self.document.add_table(rows, len(widths))
        table.alignment = WD_TABLE_ALIGNMENT.LEFT
        table.autofit = False
        _indent(table)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
            for cell in column.cells:
                cell.width = Cm(width)
        return table

    def _styled(self, text: str, style: str) -> None:
        self.document.add_paragraph(text, style=style)

    @staticmethod
    def _coloured(run: Any, colour: str) -> Any:
        run.font.color.rgb = RGBColor.from_string(colour)
        return run

    def _page(self) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(_MARGIN_CM)
        section.top_margin, section.bottom_margin = Cm(1.9), Cm(1.9)
        section.footer_distance = Cm(1)

    def _styles(self, language: str) -> None:
        theme = self.theme
        self._style("Normal", 11, theme.ink, after=6)
        self._style("Title", 18, theme.navy, bold=True, after=2)
        self._style("Heading 1", 15, theme.navy, bold=True, before=20, after=6)
        self._style("Heading 2", 12, theme.accent, bold=True, before=12, after=4)
        self._style("Footer", 9, theme.quiet)
        for name, size, colour, bold, after in (
            ("Report Over", 11, theme.accent, True, 0),
            ("Report Note", 10, theme.quiet, False, 8),
            ("Report Cell", 10, theme.ink, False, 0),
            ("Report Tile Label", 9, theme.quiet, False, 0),
            ("Report Tile", 20, theme.navy, True, 0),
        ):
            self.document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = self.document.styles["Normal"]
            self._style(name, size, colour, bold=bold, after=after)
        self.document.styles["Report Cell"].paragraph_format.space_before = Pt(2)
        self.document.styles["Report Cell"].paragraph_format.space_after = Pt(2)
        defaults = self.document.styles.element.find(qn("w:docDefaults"))
        for tag in defaults.iter(qn("w:lang")):
            tag.set(qn("w:val"), language)

    def _style(
        self, name: str, size: float, colour: str, bold: bool = False, before: float = 0, after: float = 0
    ) -> None:
        style = self.document.styles[name]
        style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
        style.font.color.rgb = RGBColor.from_string(colour)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.line_spacing = 1.1
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in list(fonts.attrib):
            del fonts.attrib[attribute]
        for script in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{script}"), self.theme.font)
        for border in style.element.iter(qn("w:pBdr")):
            border.getparent().remove(border)

    def _settle(self) -> None:
        """Have Word lay it out as a present-day document, and leave out what tells of python-docx's empty page."""
        for setting in self.document.settings.element.iter(qn("w:compatSetting")):
            if setting.get(qn("w:name")) == "compatibilityMode":
                setting.set(qn("w:val"), "15")
        for owner in (self.document.part.package, self.document.part):
            for name in [name for name, relation in owner.rels.items() if relation.reltype in _DROPPED]:
                owner.rels.pop(name)


def _widths(table: Table) -> list[float]:
    kinds = [_kind(table, i) for i in range(1, len(table.columns))]
    number = _NUMBER_CM[len(table.columns) > 4]
    rest = [_COLUMN_CM.get(kind, number) for kind in kinds]
    return [WIDTH_CM - sum(rest), *rest]


def _kind(table: Table, column: int) -> str:
    cells: Iterable[Cell] = (row[column] for row in table.rows)
    return next((cell.kind for cell in cells), "text")


def _is_right(table: Table, column: int) -> bool:
    return _kind(table, column) != "text"


def _field(paragraph: Any, code: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _shade(cell: Any, colour: str) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{name}"), value)
    _put(cell, shade)


def _edges(cell: Any, **edges: tuple[int, str]) -> None:
    """Draw edges of a cell: thickness in eighths of a point, and colour."""
    borders = OxmlElement("w:tcBorders")
    for side in ("top", "left", "bottom", "right"):
        if side in edges:
            edge = OxmlElement(f"w:{side}")
            size, colour = edges[side]
            for name, value in (("val", "single"), ("sz", str(size)), ("space", "0"), ("color", colour)):
                edge.set(qn(f"w:{name}"), value)
            borders.append(edge)
    _put(cell, borders)


def _put(cell: Any, element: Any) -> None:
    """The format asks for width, borders, shade in that order."""
    properties = cell._tc.get_or_add_tcPr()
    properties.append(element)
    order = [qn(f"w:{name}") for name in ("tcW", "gridSpan", "vMerge", "tcBorders", "shd", "vAlign")]
    properties[:] = sorted(properties, key=lambda child: order.index(child.tag))


def _repeat(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _indent(table: Any) -> None:
    """Let the edge of the table, not the text in it, stand on the margin."""
    indent = OxmlElement("w:tblInd")
    indent.set(qn("w:w"), "0")
    indent.set(qn("w:type"), "dxa")
    layout = table._tbl.tblPr.find(qn("w:tblLayout"))
    layout.addprevious(indent)


def _no_split(table: Any) -> None:
    """Keep every row on one page, and a short table whole."""
    for i, row in enumerate(table.rows):
        row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))
        if len(table.rows) <= 9 and i < len(table.rows) - 1:
            for cell in row.cells:
                for paragraph in cell.paragraphs:
                    paragraph.paragraph_format.keep_with_next = True
