"""What Word documents are made of: page, styles, tables, figures in a row, pictures, in the office's theme."""

from registerkit.word.file import describe, new_document, saved, set_page
from registerkit.word.paper import REPORT_PLACE, Paper
from registerkit.word.parts import element, field, twips
from registerkit.word.styles import Style

__all__ = [
    "REPORT_PLACE",
    "Paper",
    "Style",
    "describe",
    "element",
    "field",
    "new_document",
    "saved",
    "set_page",
    "twips",
]
