"""All digests as one list to print, in Word on A4 landscape."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from registerkit.ooxml import without_times
from registerkit.reminders.digest import Digest, Digests, Item
from registerkit.reminders.messages import step_line, task_line, waiting_line
from registerkit.texts import Texts
from registerkit.theme import Theme

__all__ = ["reminder_list"]

_THEME = Theme()
_WIDTHS_CM = (2.9, 5.6, 3.0, 2.6, 2.6, 9.0)


def reminder_list(digests: Digests, texts: Texts, on: date, organisation: str) -> bytes:
    """Give the list as a Word file: one block per handler, then what has no handler; the same input, the same bytes."""
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm, Pt

    document = docx.Document()
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(1.8)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Calibri", Pt(10.5)
    _set_properties(document, texts("reminders.list.title"), on)
    _heading(document, texts("reminders.list.title"), 18)
    document.add_paragraph(texts("reminders.list.subtitle", organisation=organisation, on=on))
    if not digests.handlers and not digests.nobody:
        document.add_paragraph(texts("reminders.list.nothing"))
    for digest in digests.handlers:
        _block(document, digest.name, digest, texts)
    if digests.nobody:
        _block(document, texts("reminders.list.no_handler"), digests.nobody, texts)
    return _saved(document)


def _block(document: Any, title: str, digest: Digest, texts: Texts) -> None:
    _heading(document, title, 13)
    items = [*digest.overdue, *digest.due_soon, *digest.answered]
    if items:
        _table(document, items, texts)
    for task in digest.tasks:
        document.add_paragraph(task_line(task, texts), style="List Bullet")
    for each in digest.waiting:
        document.add_paragraph(waiting_line(each, texts), style="List Bullet")


def _table(document: Any, items: Sequence[Item], texts: Texts) -> None:
    from docx.shared import Cm, RGBColor

    heads = ("number", "subject", "status", "due", "signal", "step")
    table = document.add_table(rows=1, cols=len(heads))
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS_CM, strict=True):
        column.width = Cm(width)
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        _fill(cell, texts(f"reminders.head.{head}"), RGBColor.from_string("FFFFFF"), _THEME.navy)
    _repeat_header(table.rows[0])
    for item in items:
        cells = table.add_row().cells
        colour = RGBColor.from_string(_THEME.late if item.signal == "overdue" else _THEME.soon)
        told = (
            item.number,
            item.subject,
            item.status,
            texts.show(item.due_on),
            _signal(item, texts),
            step_line(item, texts),
        )
        for n, (cell, text) in enumerate(zip(cells, told, strict=True)):
            _fill(cell, str(text), colour if n == 4 else None)
    for row in table.rows:
        for cell, width in zip(row.cells, _WIDTHS_CM, strict=True):
            cell.width = Cm(width)


def _signal(item: Item, texts: Texts) -> str:
    return texts(f"terms.signal.{item.signal}")


def _fill(cell: Any, text: str, colour: Any = None, background: str | None = None) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls
    from docx.shared import Pt

    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
    run = paragraph.add_run(text)
    if colour is not None:
        run.font.color.rgb, run.font.bold = colour, True
    if background is not None:
        shading = f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{background}"/>'
        cell._tc.get_or_add_tcPr().append(parse_xml(shading))
    else:
        border = (
            f'<w:tcBorders {nsdecls("w")}><w:bottom w:val="single" w:sz="4" w:color="{_THEME.line}"/></w:tcBorders>'
        )
        cell._tc.get_or_add_tcPr().append(parse_xml(border))


def _repeat_header(row: Any) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    row._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))


def _heading(document: Any, text: str, size: int) -> None:
    from docx.shared import Pt, RGBColor

    paragraph = document.add_heading(level=1 if size > 13 else 2)
    paragraph.paragraph_format.space_before = Pt(0 if size > 13 else 14)
    run = paragraph.add_run(text)
    run.font.name, run.font.size, run.font.color.rgb = "Calibri", Pt(size), RGBColor.from_string(_THEME.navy)


def _set_properties(document: Any, title: str, on: date) -> None:
    moment = datetime(on.year, on.month, on.day)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title, "registerkit", ""
    properties.created = properties.modified = moment


def _saved(document: Any) -> bytes:
    raw = io.BytesIO()
    document.save(raw)
    return without_times(raw.getvalue())
