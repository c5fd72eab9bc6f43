"""A Word file as such: an empty document, its properties, its page, and its bytes."""

from __future__ import annotations

from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Cm

from registerkit.ooxml import without_times

__all__ = ["describe", "new_document", "saved", "set_page"]

_DROPPED = (
    RELATIONSHIP_TYPE.THUMBNAIL,
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
)


def new_document() -> Any:
    """Return an empty document, to be laid out as a present-day one."""
    document = Document()
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
    return document


def set_page(
    document: Any, top: float, right: float, bottom: float, left: float, foot: float, landscape: bool = False
) -> None:
    """Set A4 with these margins in cm; `foot` is how far the footer stands from the edge."""
    section = document.sections[0]
    section.page_width, section.page_height = (Cm(29.7), Cm(21)) if landscape else (Cm(21), Cm(29.7))
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.top_margin, section.right_margin = Cm(top), Cm(right)
    section.bottom_margin, section.left_margin = Cm(bottom), Cm(left)
    section.header_distance = section.footer_distance = Cm(foot)


def describe(document: Any, title: str, author: str, made: date) -> None:
    """Fill in the document's properties."""
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = title, author, author
    properties.subject = properties.keywords = properties.category = properties.comments = ""
    properties.revision = 1
    properties.created = properties.modified = datetime.combine(made, time())


def saved(document: Any, *dropped: str) -> bytes:
    """Return the file; the same document gives the same bytes.

    What tells of python-docx's own empty page is left out, and the parts of the kinds of relations `dropped`.
    """
    for owner in (document.part.package, document.part):
        for name in [name for name, relation in owner.rels.items() if relation.reltype in (*_DROPPED, *dropped)]:
            owner.rels.pop(name)
    out = BytesIO()
    document.save(out)
    return without_times(out.getvalue())
