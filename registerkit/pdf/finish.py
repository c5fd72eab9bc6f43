"""Mends what LibreOffice leaves of a PDF file that is to be PDF/A-2 and PDF/UA-1 at once; the pages look the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pikepdf import Pdf

__all__ = ["bytes_of", "finished", "is_tagged", "retitle"]

_BUILDING = frozenset({"m", "l", "c", "v", "y", "h", "re"})
"""The operators that make a path (ISO 32000-1, 8.5.2), and those that draw it."""
_DRAWING = frozenset({"S", "s", "f", "F", "f*", "B", "B*", "b", "b*"})
_OPENING, _CLOSING = frozenset({"BMC", "BDC"}), "EMC"
_OF_TABLES = frozenset({"/Table", "/THead", "/TBody", "/TFoot", "/TR", "/TD"})
_HEADING = re.compile(r"/H[1-6]")
_END = b"</rdf:RDF>"
_SCHEMA = b"""<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file is of</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""
"""PDF/A wants to be told what the mark of PDF/UA is (ISO 19005-2, 6.6.2.3)."""


def is_tagged(data: bytes) -> bool:
    """Tell whether a file says what is a heading, a list and so on; LibreOffice before 7.4 leaves that out."""
    from pikepdf import Pdf  # Only who makes PDF files needs it.

    with Pdf.open(BytesIO(data)) as pdf:
        return "/StructTreeRoot" in pdf.Root


def finished(data: bytes, title: str) -> bytes:
    """Return a file that LibreOffice made, mended; `title` is its title when it has none."""
    from pikepdf import Pdf

    with Pdf.open(BytesIO(data)) as pdf:
        for page in pdf.pages:
            _mark_lines(pdf, page)
        _resolve_roles(pdf)
        _mend_structure(pdf)
        if not str(pdf.docinfo.get("/Title", "")).strip():
            retitle(pdf, title)
        _declare_schema(pdf)
        return bytes_of(pdf)


def bytes_of(pdf: Pdf) -> bytes:
    """Return a file as it is written; the same content gives the same bytes."""
    out = BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def retitle(pdf: Pdf, title: str) -> None:
    """Give a file a title, in both places that have it."""
    with pdf.open_metadata(set_pikepdf_as_editor=False) as told:
        told["dc:title"] = title
    pdf.docinfo["/Title"] = title


def _mark_lines(pdf: Pdf, page: Any) -> None:
    """Mark lines and frames that are drawn beside the text as such: LibreOffice leaves those of paragraphs unmarked."""
    from pikepdf import parse_content_stream, unparse_content_stream

    told: list[Any] = list(parse_content_stream(page))
    drawn = list(_unmarked_lines([str(each.operator) for each in told]))
    if drawn:
        page.Contents = pdf.make_stream(unparse_content_stream(list(_marked(told, drawn))))


def _unmarked_lines(operators: list[str]) -> Iterator[tuple[int, int]]:
    """Return where a path that is drawn outside all marks begins and ends."""
    depth, begun = 0, None
    for n, name in enumerate(operators):
        depth += (name in _OPENING) - (name == _CLOSING)
        if name in _BUILDING:
            begun = n if begun is None else begun
        elif begun is not None:
            if name in _DRAWING and depth == 0:
                yield begun, n
            begun = None


def _marked(told: list[Any], drawn: list[tuple[int, int]]) -> Iterator[Any]:
    from pikepdf import Name, Operator

    before, after = {first for first, _ in drawn}, {last for _, last in drawn}
    for n, each in enumerate(told):
        if n in before:
            yield [Name.Artifact], Operator("BMC")
        yield each
        if n in after:
            yield [], Operator(_CLOSING)


def _resolve_roles(pdf: Pdf) -> None:
    """Give every element its plain name: a style that is called as one of PDF's own would count as that."""
    root: Any = pdf.Root.StructTreeRoot
    roles: dict[str, Any] = dict(root.get("/RoleMap", {}))
    for element in _elements(root):
        if (role := str(element.get("/S", ""))) in roles:
            element.S = roles[role]
    if "/RoleMap" in root:
        del root.RoleMap


def _mend_structure(pdf: Pdf) -> None:
    """Mend what an office's own template makes of its structure.

    Of a table without a head nobody hears what its columns are: it only places things, and is read as plain text.
    Headings begin with the first level and leave none out.
    """
    from pikepdf import Name

    above: list[int] = []
    for element in _elements(pdf.Root.StructTreeRoot):
        role = str(element.get("/S", ""))
        if role == "/Table" and not any(str(each.get("/S", "")) == "/TH" for each in _elements(element)):
            for each in [element, *_elements(element)]:
                if str(each.get("/S", "")) in _OF_TABLES:
                    each.S = Name.Div
        elif _HEADING.fullmatch(role):
            level = int(role[2:])
            above = [each for each in above if each < level] + [level]
            element.S = Name(f"/H{len(above)}")


def _elements(root: Any) -> Iterator[Any]:
    """Return the elements below one, in order."""
    from pikepdf import Array, Dictionary

    waiting: list[Any] = [root.get("/K")]
    while waiting:
        element = waiting.pop()
        if isinstance(element, Array):
            waiting += reversed(list(element))
        elif isinstance(element, Dictionary):
            yield element
            waiting.append(element.get("/K"))


def _declare_schema(pdf: Pdf) -> None:
    told = pdf.Root.Metadata.read_bytes()
    if b"pdfaExtension" not in told and _END in told:
        before, _, after = told.rpartition(_END)
        pdf.Root.Metadata.write(before + _SCHEMA + _END + after)
