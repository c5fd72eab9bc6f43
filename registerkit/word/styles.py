"""The styles of a document: a theme's colours and font put on Word's own styles, and a few beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from registerkit.theme import Theme

__all__ = ["Style", "add_styles", "set_language", "set_styles"]

_LANGUAGES = {"nl": "nl-NL", "en": "en-GB"}


@dataclass(frozen=True)
class Style:
    """How a paragraph looks; sizes and distances in points."""

    size: float
    colour: str
    bold: bool = False
    before: float = 0
    after: float = 0
    line: float = 1.1


def _plain(theme: Theme) -> dict[str, Style]:
    return {
        "Normal": Style(11, theme.ink, after=6),
        "Title": Style(18, theme.navy, bold=True, after=2),
        "Heading 1": Style(15, theme.navy, bold=True, before=20, after=6),
        "Heading 2": Style(12, theme.accent_ink, bold=True, before=12, after=4),
        "Footer": Style(9, theme.quiet),
        "List Bullet": Style(11, theme.ink, after=2),
        "Over": Style(11, theme.accent_ink, bold=True),
        "Note": Style(10, theme.quiet, after=8),
        "Cell": Style(10, theme.ink, before=2, after=2),
        "Tile": Style(20, theme.navy, bold=True),
        "Tile Label": Style(9, theme.quiet),
    }


def set_styles(document: Any, theme: Theme, changes: dict[str, Style]) -> None:
    """Return the document its styles, with changes; a name that Word does not know is a style of the document's own."""
    _put(document, theme, _plain(theme) | changes)


def add_styles(document: Any, theme: Theme) -> None:
    """Add the styles that a document of the office's own does not have; what it has stays as it is."""
    _put(document, theme, {name: style for name, style in _plain(theme).items() if name not in document.styles})


def _put(document: Any, theme: Theme, styles: dict[str, Style]) -> None:
    for name, style in styles.items():
        if name not in document.styles:
            document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = document.styles["Normal"]
        _set(document.styles[name], style, theme.font)


def set_language(document: Any, language: str) -> None:
    """Tell in what language the text is, for spelling and for who has it read out."""
    for tag in document.styles.element.find(qn("w:docDefaults")).iter(qn("w:lang")):
        tag.set(qn("w:val"), _LANGUAGES[language])


def _set(style: Any, wanted: Style, font: str) -> None:
    style.font.size, style.font.bold, style.font.italic = Pt(wanted.size), wanted.bold, False
    style.font.color.rgb = RGBColor.from_string(wanted.colour)
    shape = style.paragraph_format
    shape.space_before, shape.space_after, shape.line_spacing = Pt(wanted.before), Pt(wanted.after), wanted.line
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), font)
    for border in style.element.findall(".//" + qn("w:pBdr")):
        border.getparent().remove(border)
