"""Fills in the Word form as Word itself would: by the tags of its boxes, never by our own code."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml.ns import qn

__all__ = ["boxes_of", "fill_word_form"]

_CHECKED = "{http://schemas.microsoft.com/office/word/2010/wordml}checked"
_VALUE = "{http://schemas.microsoft.com/office/word/2010/wordml}val"


def boxes_of(document: Any) -> dict[str, Any]:
    """Give the content controls of a document by their tag."""
    found = {}
    for control in document.element.body.iter(qn("w:sdt")):
        tag = control.find(qn("w:sdtPr")).find(qn("w:tag"))
        found[tag.get(qn("w:val"))] = control
    return found


def fill_word_form(form: Path, target: Path, **texts: str | bool | None) -> Path:
    """Fill in a copy: text in a box, True to tick one (`category_PL`), None to take a box away."""
    document = Document(str(form))
    boxes = boxes_of(document)
    for name, text in texts.items():
        control = boxes[name if name in boxes else "=".join(name.rsplit("_", 1))]
        if text is None:
            control.getparent().remove(control)
            continue
        properties, content = control.find(qn("w:sdtPr")), control.find(qn("w:sdtContent"))
        if text is True:
            next(properties.iter(_CHECKED)).set(_VALUE, "1")
            next(content.iter(qn("w:t"))).text = "\u2612"
            continue
        for showing in properties.findall(qn("w:showingPlcHdr")):
            properties.remove(showing)
        run = deepcopy(next(content.iter(qn("w:r"))))
        for old in list(content):
            content.remove(old)
        run.find(qn("w:t")).text = text
        content.append(run)
    document.save(str(target))
    return target
