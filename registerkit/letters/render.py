"""Turns a Word template and a context into a letter, as bytes; the same input gives the same bytes."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from registerkit.letters.dress import PLAIN, dressed
from registerkit.letters.faults import Place, TemplateFault
from registerkit.ooxml import without_times
from registerkit.theme import Theme

__all__ = ["LOGO_HEIGHT_MM", "TemplateFault", "fault_of", "filled_parts", "logo_picture", "render_letter", "sources_of"]

LOGO_HEIGHT_MM = 16
_PARAGRAPH = re.compile(r"<w:p([ >])")


def render_letter(template: Path, context: Mapping[str, Any], logo: Path | None = None, theme: Theme = PLAIN) -> bytes:
    """Fill in a template, in the theme's colours.

    Raises `TemplateFault` when it uses what no letter has or may use, or is no Word file.
    """
    from docxtpl import DocxTemplate

    from registerkit.letters.sandbox import LetterEnvironment

    # One object per letter: a shared one has put one person's name in another's letter (docxtpl#394).
    try:
        document = DocxTemplate(dressed(template, theme))
        filled = dict(context)
        if logo is not None and logo.is_file():
            told = context["organisation"]
            filled["organisation"] = {**told, "logo": logo_picture(document, logo, told["name"] or "")}
        document.render(filled, jinja_env=LetterEnvironment(), autoescape=True)
        buffer = io.BytesIO()
        document.save(buffer)
    except Exception as error:  # A template that someone edited can fail in any library below; the others go on.
        raise fault_of(error) from error
    return without_times(buffer.getvalue())


def sources_of(template: Path) -> Iterator[str]:
    """Return what Jinja gets to see of a template: its text, headers, footers, footnotes and properties."""
    from docxtpl import DocxTemplate

    document = DocxTemplate(str(template))
    document.render_init()
    yield from (text for _, _, text in filled_parts(document))
    properties = document.docx.core_properties
    yield "\n".join((properties.author, properties.comments, properties.subject, properties.title))


def filled_parts(document: Any) -> Iterator[tuple[str, Any, str]]:
    """Return the parts of an opened template that docxtpl fills in: name, part, and what Jinja gets to see of it."""
    parts = [(document.docx.part, document.get_xml())]
    for uri in (document.HEADER_URI, document.FOOTER_URI):
        parts += [(part, document.get_part_xml(part)) for _, part in document.get_headers_footers(uri)]
    for part in document.docx.part.package.iter_parts():
        if part.content_type.endswith("footnotes+xml"):
            parts.append((part, part.blob.decode("utf-8")))
    for part, xml in parts:
        yield str(part.partname)[1:], part, _PARAGRAPH.sub(r"\n<w:p\1", document.patch_xml(xml))


def fault_of(error: Exception, place: Place | None = None) -> TemplateFault:
    """Return what went wrong in a library as a fault in plain words; what the library says is not shown to people."""
    from jinja2 import TemplateSyntaxError, UndefinedError
    from jinja2.exceptions import SecurityError

    from registerkit.letters.sandbox import BoundsError

    told = str(error)
    named = re.findall(r"'([^']*)'", told)
    word = next((name for name in reversed(named) if " " not in name), told.partition(" ")[0])
    match error:
        case BoundsError() | RecursionError() | MemoryError():
            return TemplateFault("bounds", told, place)
        case SecurityError():
            first = named[0] if named and told.startswith("access") else told.partition(" ")[0]
            return TemplateFault("not_allowed", told, place, word=first)
        case UndefinedError():
            return TemplateFault("unknown", told, place, word=word, nearest=None)
        case TemplateSyntaxError():
            return TemplateFault("syntax", told, place)
        case TypeError() if "loader" in told:
            return TemplateFault("not_allowed", told, place, word="include, import, extends")
    return TemplateFault("other", f"{type(error).__name__}: {error}", place)


def logo_picture(document: Any, logo: Path, name: str) -> Any:
    """Return what puts the logo in a letter, where the template names it; whose it is, is read out for it."""
    from docx.shared import Mm
    from docxtpl import InlineImage

    class Logo(InlineImage):  # type: ignore[misc]
        def _insert_image(self) -> str:
            drawn: str = super()._insert_image()
            # LibreOffice leaves room around a picture that does not say so.
            drawn = drawn.replace("<wp:inline ", '<wp:inline distT="0" distB="0" distL="0" distR="0" ', 1)
            return drawn.replace("<wp:docPr ", f"<wp:docPr descr={quoteattr(name)} ", 1)

    return Logo(document, str(logo), height=Mm(LOGO_HEIGHT_MM))
