"""Reads a Word template as the paragraphs that people see, wherever they stand and however split. Does not write."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docx.oxml import parse_xml

from registerkit.errors import EncryptedFileError, FileError
from registerkit.letters.faults import Place, TemplateFault
from registerkit.ooxml import BROKEN, OLE, check_parts, first_bytes, open_zip

__all__ = ["Paragraph", "numbered", "paragraphs_of", "unfit_parts"]

_LARGEST = 4_000_000
"""Bytes of one part of a template with text; a letter of three pages has some hundred thousand."""
_MOST_TAGS = 1000
"""Tags that a part may have; looking for their ends takes as many times as long."""
_FILLED = {"document": "text", "hdr": "header", "ftr": "footer", "footnotes": "note"}
"""The root elements of the parts whose tags are filled in, and what people call the part."""
_NOT_FILLED = {"endnotes": "note", "dataModel": "drawing", "chartSpace": "drawing"}
_MAIN = re.compile(rb"wordprocessingml\.document\.main\+xml")
_ENCRYPTED_PARTS = ("EncryptedPackage".encode("utf-16-le"), "EncryptionInfo".encode("utf-16-le"))
_RUN = ("oleObject", "control", "aFChunk", "vbaProject", "attachedToolbars", "frame", "subDocument")
"""What Word runs or puts in when a letter is opened, by the end of the kind of relation."""
_FETCHED = re.compile(r"\s*(?:https?|ftp)://", re.I)
_SHARED = re.compile(r"\s*(?:file:)?(?://(?!/)|/{4}|/*(?:\\|%5c){2})", re.I)
"""A place on a server: an office may keep the template there that Word remembers; nobody else may be sent to look."""
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of a template: where it is, what it says, and the fields of Word that stand in it."""

    place: Place
    text: str
    fields: str = ""
    is_filled: bool = True
    """Whether tags in it are filled in."""
    asks: bool = False
    """Whether it holds a box that still asks to be filled in."""
    file: str = ""
    """The part of the file that it stands in."""
    cell: tuple[str, ...] | None = None
    """The innermost table, row and cell that it stands in."""
    deleted: str = ""
    """What was taken away while changes were tracked, and is still there."""


def paragraphs_of(template: Path) -> list[Paragraph]:
    """Return the paragraphs that hold something; raises `TemplateFault` when it is no Word document, or too large."""
    try:
        if first_bytes(template) == OLE:
            raise TemplateFault("protected" if _is_encrypted(template) else "not_word")
        with open_zip(template) as archive:
            check_parts(archive, template)
            return list(_read(archive))
    except EncryptedFileError:
        raise TemplateFault("protected") from None
    except FileError as error:
        reason = "not_word" if error.code == "not_a_workbook" else "damaged"
        raise TemplateFault("too_large" if error.reason in ("bomb", "too_large") else reason) from None
    except (SyntaxError, *BROKEN):
        raise TemplateFault("damaged") from None


def unfit_parts(template: Path) -> Iterator[TemplateFault]:
    """Return what a letter would carry along that is no text: what runs or is fetched, and ties to other lists."""
    with open_zip(template) as archive:
        for info in archive.infolist():
            if info.file_size > _LARGEST:
                continue
            if info.filename.endswith(".rels"):
                for relation in parse_xml(archive.read(info)):
                    kind = relation.get("Type", "").rpartition("/")[2]
                    outside = relation.get("TargetMode") == "External" and kind != "hyperlink"
                    if kind in _RUN or (outside and _is_fetched(kind, relation.get("Target", ""))):
                        yield TemplateFault("carried", kind)
            elif info.filename.endswith("settings.xml") and b"mailMerge" in archive.read(info):
                yield TemplateFault("mail_merge")


def _is_fetched(kind: str, target: str) -> bool:
    is_shared = kind != "attachedTemplate" and _SHARED.match(target) is not None
    return is_shared or _FETCHED.match(target) is not None


def _is_encrypted(template: Path) -> bool:
    head = template.read_bytes()[: 1 << 20]
    return any(name in head for name in _ENCRYPTED_PARTS)


def _read(archive: zipfile.ZipFile) -> Iterator[Paragraph]:
    names = archive.namelist()
    if "[Content_Types].xml" not in names or not _MAIN.search(archive.read("[Content_Types].xml")):
        raise TemplateFault("not_word")  # A text of another program, or a template or macro file under another name.
    for info in archive.infolist():
        if not info.filename.endswith(".xml"):
            continue
        with archive.open(info) as file:
            start = file.read(4096)
        if not any(b":" + root.encode() in start or b"<" + root.encode() in start for root in (*_FILLED, *_NOT_FILLED)):
            continue
        if info.file_size > _LARGEST:
            raise TemplateFault("too_large")
        yield from _part(info.filename, archive.read(info))


def _part(file: str, data: bytes) -> Iterator[Paragraph]:
    if data.count(b"{{") + data.count(b"{%") + data.count(b"{#") > _MOST_TAGS:
        raise TemplateFault("too_large")
    root = parse_xml(data)
    name = _local(root)
    if name not in _FILLED and name not in _NOT_FILLED:
        return
    for n, (element, text, fields, asks) in enumerate(numbered(root), 1):
        place = Place(_part_of(element) or {**_FILLED, **_NOT_FILLED}[name], n, text)
        yield Paragraph(place, text, fields, name in _FILLED, asks, file, _cell_of(element), _deleted(element))


def numbered(root: Any) -> Iterator[tuple[Any, str, str, bool]]:
    """Return the paragraphs of a part that hold something, in the order in which places count them from one."""
    for element in root.iter():
        if _local(element) == "p" and not _in_fallback(element):
            text, fields, asks = _content(element)
            if text.strip() or fields or _deleted(element):
                yield element, text, fields, asks


def _deleted(paragraph: Any) -> str:
    return "".join(part.text or "" for part in paragraph.iter() if _local(part) == "delText")


def _local(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _part_of(paragraph: Any) -> str | None:
    """Return what a paragraph stands in when that is no plain text."""
    for above in paragraph.iterancestors():
        if _local(above) == "txbxContent":
            return "box"
        if _local(above) == "tbl":
            return "table"
    return None


def _cell_of(paragraph: Any) -> tuple[str, ...] | None:
    """Return the paths of the innermost table, row and cell around a paragraph; None outside tables."""
    found: dict[str, str] = {}
    for above in paragraph.iterancestors():
        if (name := _local(above)) in ("tc", "tr", "tbl"):
            found.setdefault(name, above.getroottree().getpath(above))
            if name == "tbl":
                return tuple(found.get(each, "") for each in ("tbl", "tr", "tc"))
    return None


def _in_fallback(paragraph: Any) -> bool:
    """Tell whether a paragraph stands in a second copy, of a text box for an older Word."""
    return any(_local(above) == "Fallback" for above in paragraph.iterancestors())


def _content(paragraph: Any) -> tuple[str, str, bool]:
    """Return the text, the fields, and whether something asks to be filled in; without paragraphs further inside."""
    text: list[str] = []
    fields: list[str] = []
    asks = False
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        name = _local(element)
        if name == "t":
            text.append(element.text or "")
        elif name in _BREAKS:
            text.append(_BREAKS[name])
        elif name in ("instrText", "delInstrText"):
            fields.append(element.text or "")
        elif name == "showingPlcHdr":
            asks = True
        elif name == "fldChar" and "begin" in element.attrib.values():
            fields.append("\n")
        elif name == "fldSimple":
            fields += ["\n", *(value for key, value in element.attrib.items() if key.endswith("instr")), "\n"]
        if name not in ("p", "Fallback", "t", "instrText"):
            waiting += reversed(element)
    return "".join(text), "".join(fields).strip(), asks
