"""The complaint form on paper: one A4 in Word, from the same definition as the form in Excel (R01)."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from registerkit.definition import Field
from registerkit.files import write_when_changed
from registerkit.ooxml import without_times
from registerkit.theme import theme_of
from registerkit.workbook.content import WorkbookContent
from registerkit.workbook.form_plan import block_title

__all__ = ["build_paper_form"]

_WIDTH_CM = 17.6
_PAIR_CM, _GAP_CM = (3.3, 5.3), 0.4
"""A label and its line, and the space between two such pairs."""
_LINE_CM, _TICK_CM, _AREA_CM, _SMALL_AREA_CM = 0.74, 0.48, 3.2, 1.0
_SMALL_PT, _LETTER_CM = 8.5, 0.15
"""The size of labels and choices, and the width of a letter on average."""
_INLINE, _MOST_TICKED = 3, 15
"""So many choices fit on the line, and so many are listed; of a longer list one is written down."""
_SIDES = ("top", "left", "bottom", "right")
_BLANK = "_" * 50
_OFFICE = "kantoor"
_LANGUAGES = {"nl": "nl-NL", "en": "en-GB"}


def build_paper_form(target: Path, content: WorkbookContent) -> None:
    """Write the form; the same definition and settings give the same bytes."""
    import docx

    form = _Form(docx.Document(), content)
    form.build()
    raw = io.BytesIO()
    form.document.save(raw)
    write_when_changed(target, without_times(raw.getvalue()))


class _Form:
    def __init__(self, document: Any, content: WorkbookContent) -> None:
        self.document = document
        self.content = content
        self.texts = content.texts
        self.theme = theme_of(content.theme)

    def build(self) -> None:
        self._page()
        self._head()
        blocks = dict.fromkeys(f.form for f in self.content.main.fields if f.form and f.form != _OFFICE)
        for block in blocks:
            # What depends on another choice, such as a subcategory, is for the office to find.
            fields = [f for f in self.content.main.fields if f.form == block and not f.parent]
            self._block(block_title(self.content.texts, block), fields)
        self._foot()

    # --------------------------------------------------------------------------------------------------------- page
    def _page(self) -> None:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn
        from docx.shared import Cm, Pt, RGBColor

        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(1.7)
        section.top_margin = section.bottom_margin = Cm(1.1)
        normal = self.document.styles["Normal"]
        normal.font.name, normal.font.size = self.theme.font, Pt(10)
        normal.font.color.rgb = RGBColor.from_string(self.theme.ink)
        normal.paragraph_format.space_after = Pt(0)
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), _LANGUAGES[self.content.language])
        normal.element.get_or_add_rPr().append(language)
        properties = self.document.core_properties
        made = datetime(self.content.on.year, 1, 1)  # The year, so that the form stays the same all through it.
        properties.title, properties.author, properties.comments = self._title, "registerkit", ""
        properties.created = properties.modified = made

    @property
    def _title(self) -> str:
        name = "form_complaints" if self.content.definition.role("due_on") else "form"
        return self.texts(f"workbook.sheet.{name}")

    def _head(self) -> None:
        if self.theme.logo:
            from docx.shared import Cm

            self.document.add_picture(str(self.theme.logo), height=Cm(1.2))
        self._paragraph(self.content.organisation.get("name", ""), 10, self.theme.accent, bold=True)
        self._paragraph(self._title, 18, self.theme.navy, bold=True)
        note = "note_complaints" if self.content.definition.role("due_on") else "note"
        self._paragraph(self.texts(f"workbook.form.{note}"), 9, self.theme.quiet, after=2)

    # ------------------------------------------------------------------------------------------------------- blocks
    def _block(self, title: str, fields: Sequence[Field]) -> None:
        """Add a block: choices to tick, lines to write on two by two, then boxes for long texts."""
        self._paragraph(title, 11, self.theme.navy, bold=True, before=5, after=2, rule=True)
        lines = []
        for field in fields:
            choices = self._choices(field)
            if len(choices) > _INLINE:
                self._ticks(field, choices)
            elif field.kind != "memo":
                lines.append((self._label(field), _boxed(choices, "   ")))
        self._lines(lines)
        for field in fields:
            if field.kind == "memo":
                self._small(self._label(field))
                self._box(_AREA_CM if field.when == "intake" else _SMALL_AREA_CM)

    def _label(self, field: Field) -> str:
        return field.labels[self.content.language] + (" *" if field.when == "intake" else "")

    def _choices(self, field: Field) -> list[str]:
        """Give what can be ticked for a field; none when it is to be written."""
        if field.kind == "yesno":
            return [self.texts("value.yes"), self.texts("value.no")]
        entries = self.content.lookups.lists.get(field.choices or "", ())
        labels = [entry.labels[self.content.language] for entry in entries if entry.in_use]
        return labels if len(labels) <= _MOST_TICKED else []

    def _ticks(self, field: Field, choices: Sequence[str]) -> None:
        """Add a field's choices in columns, read downwards."""
        self._small(self._label(field))
        columns = min(5, int(_WIDTH_CM / (max(map(len, choices)) * _LETTER_CM + 0.6)) or 1)
        rows = -(-len(choices) // columns)
        table = self._table(rows, [_WIDTH_CM / columns] * columns, _TICK_CM)
        for n, choice in enumerate(choices):
            self._write(table.cell(n % rows, n // rows), _boxed([choice]))

    def _lines(self, lines: Sequence[tuple[str, str]]) -> None:
        """Add labels with a ruled line beside each, or with what can be ticked, two on a row."""
        if not lines:
            return
        table = self._table(-(-len(lines) // 2), [*_PAIR_CM, _GAP_CM, *_PAIR_CM], _LINE_CM)
        for n, (label, ticks) in enumerate(lines):
            row, column = n // 2, 3 * (n % 2)
            self._write(table.cell(row, column), label)
            if ticks:
                self._write(table.cell(row, column + 1), ticks)
            else:
                _border(table.cell(row, column + 1), "bottom")

    def _box(self, height: float) -> None:
        _border(self._table(1, [_WIDTH_CM], height).cell(0, 0), *_SIDES)

    def _table(self, rows: int, widths: Sequence[float], height: float) -> Any:
        """Add a table that begins and ends at the margins."""
        from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE
        from docx.shared import Cm

        table = self.document.add_table(rows=rows, cols=len(widths))
        table.autofit = False
        _without_margins(table)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
            for cell in column.cells:
                cell.width = Cm(width)
                cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM
        for row in table.rows:
            row.height, row.height_rule = Cm(height), WD_ROW_HEIGHT_RULE.AT_LEAST
        return table

    def _small(self, text: str) -> None:
        self._paragraph(text, _SMALL_PT, self.theme.ink, before=3, after=1)

    @staticmethod
    def _write(cell: Any, text: str) -> Any:
        from docx.shared import Pt

        run = cell.paragraphs[0].add_run(text)
        run.font.size = Pt(_SMALL_PT)
        return cell.paragraphs[0]

    # --------------------------------------------------------------------------------------------------------- foot
    def _foot(self) -> None:
        self._paragraph(self._where_to(), 9, self.theme.ink, before=6)
        if department := self.content.organisation.get("department"):
            self._paragraph(self.texts("workbook.form.paper.department", department=department), 9, self.theme.ink)
        self._paragraph(
            self.texts("workbook.form.paper.office"), 9, self.theme.quiet, bold=True, before=6, after=2, rule=True
        )
        self._office_boxes([self.texts(f"workbook.form.paper.{n}") for n in ("received", "handled_by", "answered")])

    def _where_to(self) -> str:
        """Say where the form goes: by post, else by e-mail, else a line for the office to fill in."""
        organisation, texts = self.content.organisation, self.texts
        town = f"{organisation.get('postcode', '')} {organisation.get('city', '')}".strip()
        address = organisation.get("reply_address") or ", ".join(filter(None, (organisation.get("address"), town)))
        if not address and (email := organisation.get("email")):
            return texts("workbook.form.paper.mail_to", email=email)
        told = ", ".join(filter(None, (organisation.get("name"), address or _BLANK)))
        free = " " + texts("workbook.form.paper.no_stamp") if organisation.get("reply_address") else ""
        return texts("workbook.form.paper.send_to", address=told) + free

    def _office_boxes(self, labels: Sequence[str]) -> None:
        from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
        from docx.shared import Cm

        table = self._table(1, [_WIDTH_CM / len(labels)] * len(labels), _SMALL_AREA_CM)
        for cell, label in zip(table.rows[0].cells, labels, strict=True):
            self._write(cell, label).paragraph_format.left_indent = Cm(0.15)
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.TOP
            _border(cell, *_SIDES)

    def _paragraph(
        self,
        text: str,
        size: float,
        colour: str,
        *,
        bold: bool = False,
        before: float = 0,
        after: float = 0,
        rule: bool = False,
    ) -> None:
        from docx.shared import Pt, RGBColor

        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
        run = paragraph.add_run(text)
        run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, RGBColor.from_string(colour)
        if rule:
            _rule(paragraph, self.theme.accent)


def _boxed(choices: Sequence[str], between: str = "") -> str:
    return between.join(f"\u2610 {choice}" for choice in choices)


def _border(cell: Any, *sides: str) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    lines = "".join(f'<w:{side} w:val="single" w:sz="4" w:color="9AA5AE"/>' for side in sides)
    properties = cell._tc.get_or_add_tcPr()
    # The alignment comes after the borders.
    properties.insert_element_before(
        parse_xml(f"<w:tcBorders {nsdecls('w')}>{lines}</w:tcBorders>"), "w:shd", "w:noWrap", "w:tcMar", "w:vAlign"
    )


def _without_margins(table: Any) -> None:
    """Take the margins out of the cells, which would push the table's edge out of the page's margin."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    sides = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("left", "right"))
    margins = parse_xml(f"<w:tblCellMar {nsdecls('w')}>{sides}</w:tblCellMar>")
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")


def _rule(paragraph: Any, colour: str) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    line = f'<w:bottom w:val="single" w:sz="6" w:space="1" w:color="{colour}"/>'
    paragraph._p.get_or_add_pPr().append(parse_xml(f"<w:pBdr {nsdecls('w')}>{line}</w:pBdr>"))
