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
_LINE_CM, _AREA_CM, _SMALL_AREA_CM = 0.62, 3.5, 1.0
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
            fields = [f for f in self.content.main.fields if f.form == block]
            self._block(block_title(self.content, block), fields)
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
        self._paragraph(title, 11, self.theme.navy, bold=True, before=5, after=2, rule=True)
        short = [self._label(field) for field in fields if field.kind != "memo"]
        for n in range(0, len(short), 2):
            self._boxes(short[n : n + 2], _LINE_CM)
        for field in fields:
            if field.kind == "memo":
                height = _AREA_CM if field.when == "intake" else _SMALL_AREA_CM
                self._boxes([self._label(field)], height, whole=True)

    def _label(self, field: Field) -> str:
        return field.labels[self.content.language] + (" *" if field.when == "intake" else "")

    def _boxes(self, labels: Sequence[str], height: float, *, whole: bool = False) -> None:
        """Add labels with an empty box under each, one or two beside each other."""
        from docx.enum.table import WD_ROW_HEIGHT_RULE
        from docx.shared import Cm, Pt

        widths = [_WIDTH_CM] if whole else [8.6, 0.4, 8.6]
        table = self.document.add_table(rows=2, cols=len(widths))
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
            for cell in column.cells:
                cell.width = Cm(width)
        table.rows[1].height, table.rows[1].height_rule = Cm(height), WD_ROW_HEIGHT_RULE.EXACTLY
        for n, label in enumerate(labels):
            top, box = table.rows[0].cells[2 * n], table.rows[1].cells[2 * n]
            run = top.paragraphs[0].add_run(label)
            run.font.size = Pt(8.5)
            top.paragraphs[0].paragraph_format.space_before = Pt(1)
            _border(box)

    # --------------------------------------------------------------------------------------------------------- foot
    def _foot(self) -> None:
        organisation = self.content.organisation
        address = organisation.get("reply_address") or ", ".join(
            part
            for part in (
                organisation.get("address"),
                f"{organisation.get('postcode', '')} {organisation.get('city', '')}".strip(),
            )
            if part
        )
        told = [organisation.get("name", ""), address]
        free = " " + self.texts("workbook.form.paper.no_stamp") if organisation.get("reply_address") else ""
        line = self.texts("workbook.form.paper.send_to", address=", ".join(t for t in told if t)) + free
        self._paragraph(line, 9, self.theme.ink, before=6)
        if department := organisation.get("department"):
            self._paragraph(self.texts("workbook.form.paper.department", department=department), 9, self.theme.ink)
        self._paragraph(self.texts("workbook.form.paper.office"), 9, self.theme.quiet, bold=True, before=6, rule=True)
        labels = [self.texts(f"workbook.form.paper.{name}") for name in ("received", "handled_by", "answered")]
        self._office_boxes(labels)

    def _office_boxes(self, labels: Sequence[str]) -> None:
        from docx.shared import Cm, Pt

        table = self.document.add_table(rows=1, cols=len(labels))
        for cell, label in zip(table.rows[0].cells, labels, strict=True):
            run = cell.paragraphs[0].add_run(label)
            run.font.size = Pt(8.5)
            _border(cell)
        table.rows[0].height = Cm(1.0)

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


def _border(cell: Any) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    sides = "".join(f'<w:{s} w:val="single" w:sz="4" w:color="9AA5AE"/>' for s in ("top", "left", "bottom", "right"))
    cell._tc.get_or_add_tcPr().append(parse_xml(f"<w:tcBorders {nsdecls('w')}>{sides}</w:tcBorders>"))


def _rule(paragraph: Any, colour: str) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    line = f'<w:bottom w:val="single" w:sz="6" w:space="1" w:color="{colour}"/>'
    paragraph._p.get_or_add_pPr().append(parse_xml(f"<w:pBdr {nsdecls('w')}>{line}</w:pBdr>"))
