"""Fills in one template for letter after letter: it is read and compiled once, and only what has tags is made anew.

The steps are those of docxtpl, which cleans the tags before and mends tables after; what is left out is opening,
compiling and packing the same file for every letter. What this way does not know goes through docxtpl itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from registerkit.letters.dress import PLAIN, dressed
from registerkit.letters.render import fault_of, filled_parts, logo_picture, render_letter
from registerkit.ooxml import Mould
from registerkit.theme import Theme

__all__ = ["PreparedTemplate"]

_TAGS = ("{{", "{%", "{#")
_ESCAPED = (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}"))
"""How a letter writes what would else be a tag."""
_BREAKS = re.compile("[\t\n\a\f]")
_PARAGRAPH = re.compile(r"<w:p(?: [^>]*)?>.*?</w:p>", re.S)
_PROPERTIES = ("author", "comments", "identifier", "language", "subject", "title")
_FIRST_ID = 1000
"""What docxtpl numbers the drawings of a letter from."""


class PreparedTemplate:
    """A template that is read once, and gives a letter as bytes for each context; the same as `render_letter` gives."""

    def __init__(self, template: Path, logo: Path | None = None, theme: Theme = PLAIN) -> None:
        self._template, self._theme = template, theme
        self._logo = logo if logo is not None and logo.is_file() else None
        self._compiled: _Compiled | None = None
        self.is_fast = True
        """Whether letters are made the fast way; unknown until the first."""

    def render(self, context: Mapping[str, Any]) -> bytes:
        """Fill in the template. Raises `TemplateFault` as `render_letter` does."""
        if self.is_fast:
            try:
                self._compiled = self._compiled or _Compiled(self._template, self._logo, self._theme)
                return self._compiled.fill(context)
            except _BeyondError:
                self.is_fast = False
            except Exception as error:  # As in `render_letter`.
                raise fault_of(error) from error
        return render_letter(self._template, context, self._logo, self._theme)


class _BeyondError(Exception):
    """A template holds what only docxtpl itself can fill in."""


class _Compiled:
    """The compiled parts of a template, and the mould of all its others. Holds nothing of any letter."""

    def __init__(self, template: Path, logo: Path | None, theme: Theme) -> None:
        from docxtpl import DocxTemplate

        from registerkit.letters.sandbox import LetterEnvironment

        self._document = DocxTemplate(dressed(template, theme))
        self._document.render_init()
        self._environment = LetterEnvironment()
        self._picture = _Picture(self._document, logo) if logo is not None else None
        self._set_properties()
        parts = list(filled_parts(self._document))
        self._body, self._notes = (
            parts[0][0],
            {name for name, part, _ in parts if part.content_type.endswith("notes+xml")},
        )
        self._check_known(parts)
        self._head, self._tail = _around_body(self._document)
        self._texts = {name: self._environment.from_string(text) for name, _, text in parts}
        fixed = [name for name, _, text in parts if not any(tag in text for tag in _TAGS) and name != self._body]
        self._fixed = {name: self._part(name, {}) for name in fixed}
        for name in fixed:
            del self._texts[name]
        self._mould = self._new_mould()
        self._pictured: Mould | None = None

    def fill(self, context: Mapping[str, Any]) -> bytes:
        """Return a letter."""
        self._environment.begin()
        if self._picture is not None:
            self._picture.is_used, self._picture.name = False, context["organisation"]["name"] or ""
            context = {**context, "organisation": {**context["organisation"], "logo": self._picture}}
        parts = {}
        for name in self._texts:
            if self._picture is not None:
                self._picture.fits = name == self._body
            parts[name] = self._part(name, context)
        return self._mould_of(self._picture is not None and self._picture.is_used).filled(parts)

    def _set_properties(self) -> None:
        """Fill in what the file says of itself, as docxtpl does; that is the same in every letter."""
        properties = self._document.docx.core_properties
        for name in _PROPERTIES:
            text = getattr(properties, name)
            if "{" in text:
                raise _BeyondError
            setattr(properties, name, self._environment.from_string(text).render())

    def _check_known(self, parts: list[tuple[str, Any, str]]) -> None:
        names = [name for name, _, _ in parts]
        if len(set(names)) < len(names) or not "".join(names).isascii():
            raise _BeyondError  # A header that two sections share becomes two.
        sections = len(self._document.docx.sections)
        for name, part, text in parts:
            if name in self._notes and "{" in text and (sections != 1 or hasattr(part, "element")):
                raise _BeyondError  # Notes are filled in once for every section.

    # ------------------------------------------------------------------------------------------------------ the parts
    def _part(self, name: str, context: Mapping[str, Any]) -> bytes:
        """Return a part filled in, as docxtpl puts it in the file."""
        from docx.opc.oxml import parse_xml, serialize_part_xml

        xml = self._with_breaks(_plain(self._texts[name].render(context)))
        if name in self._notes:
            return xml.encode()
        if name != self._body:
            filled: bytes = serialize_part_xml(parse_xml(xml))
            return filled
        body = self._document.fix_tables(xml)
        self._document.docx_ids_index = _FIRST_ID
        self._document.fix_docpr_ids(body)
        written: str = self._document.xml_to_string(body)
        return self._head + written.encode() + self._tail

    def _with_breaks(self, xml: str) -> str:
        """Turn line ends and tabs of values into those of Word, in the paragraphs that have any."""
        if not any(mark in xml for mark in "\t\n\a\f"):
            return xml
        whole = self._document.resolve_listing
        return _PARAGRAPH.sub(lambda found: whole(found[0]) if _BREAKS.search(found[0]) else found[0], xml)

    def _mould_of(self, with_picture: bool) -> Mould:
        if not with_picture:
            return self._mould
        self._pictured = self._pictured or self._new_mould()
        return self._pictured

    def _new_mould(self) -> Mould:
        import io

        buffer = io.BytesIO()
        self._document.docx.save(buffer)
        return Mould(buffer.getvalue(), fixed=self._fixed, changing=self._texts)


class _Picture:
    """The logo where a template names it: once, in the text. Every other would have a name and numbers of its own."""

    def __init__(self, document: Any, logo: Path) -> None:
        self._document, self._logo = document, logo
        self._xml = self.name = ""
        self.is_used, self.fits = False, True

    def __str__(self) -> str:
        if self.is_used or not self.fits:
            raise _BeyondError
        self.is_used = True
        if not self._xml:
            self._document.current_rendering_part = self._document.docx.part
            self._xml = str(logo_picture(self._document, self._logo, self.name))
        return self._xml

    __html__ = __str__


def _plain(xml: str) -> str:
    xml = xml.replace("\n<w:p ", "<w:p ").replace("\n<w:p>", "<w:p>")
    for written, shown in _ESCAPED:
        xml = xml.replace(written, shown)
    return xml


def _around_body(document: Any) -> Iterator[bytes]:
    """Return what stands before and after the text of a document."""
    from docx.opc.oxml import serialize_part_xml

    whole = serialize_part_xml(document.docx.element)
    start, end = whole.find(b"<w:body"), whole.rfind(b"</w:body>")
    if start < 0 or end < 0:
        raise _BeyondError
    yield whole[:start]
    yield whole[end + len(b"</w:body>") :]
