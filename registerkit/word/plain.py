"""The words of a Word document, paragraph by paragraph."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["Paragraph", "paragraphs_of"]


class Paragraph(NamedTuple):
    """A paragraph with the id of its style."""

    text: str
    style: str


def paragraphs_of(data: bytes) -> Iterator[Paragraph]:
    """Return the paragraphs of a document, those in its tables too, without what stands in its head and foot."""
    from docx import Document
    from docx.text.paragraph import Paragraph as Shown

    document = Document(io.BytesIO(data))
    for element in document.element.body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"):
        shown = Shown(element, document._body)
        style = element.pPr.pStyle.val if element.pPr is not None and element.pPr.pStyle is not None else ""
        yield Paragraph(shown.text.strip(), str(style))
