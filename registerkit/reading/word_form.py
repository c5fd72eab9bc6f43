"""Opens a filled complaint form of Word: its boxes by their tags, and what somebody typed beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from registerkit.definition import Definition, Field
from registerkit.errors import DamagedFileError, UnsupportedFileError
from registerkit.findings import Finding, Location
from registerkit.ooxml import BROKEN, check_parts, open_zip
from registerkit.reading.raw import FormBox, RawWorkbook

if TYPE_CHECKING:
    from registerkit.word.controls import Box

__all__ = ["WORD", "open_word_form"]

WORD = ".docx"
_PARTS = ("word/document.xml", "word/settings.xml")
_FEWEST = 2
"""A document with fewer boxes that carry a field's name is no form of ours."""
_BETWEEN = " + "


def open_word_form(path: Path, definition: Definition, name: str) -> RawWorkbook:
    """Read a filled form; raises a `FileError` when it is none, or cannot be read."""
    from registerkit.word.controls import added, boxes_in, own_texts, texts_outside

    document, settings = _parts(path)
    boxes = boxes_in(document) if document is not None else []
    fields = {field.id: field for field in definition.main.fields if field.is_input}
    tagged = [box for box in boxes if box.tag.partition("=")[0] in fields]
    if len(tagged) < _FEWEST:
        raise UnsupportedFileError(path, reason="text")
    form = {field_id: FormBox("", "", 0, n, content) for n, (field_id, content) in enumerate(_contents(tagged, fields))}
    gone = [f for f in fields.values() if f.form and f.form != "kantoor" and not f.parent and f.id not in form]
    own = own_texts(settings) if settings is not None else None
    loose = added(texts_outside(document), own) if own is not None else []
    return RawWorkbook(path, name, None, {}, form, tuple(_missing(gone, name)), loose=tuple(loose))


def _parts(path: Path) -> tuple[Any, Any]:
    """Return the text of the document and its settings, as trees."""
    from docx.oxml import parse_xml

    package = open_zip(path)
    try:
        check_parts(package, path)
        names = set(package.namelist())
        document, settings = (parse_xml(package.read(part)) if part in names else None for part in _PARTS)
        return document, settings
    except (SyntaxError, *BROKEN) as error:  # lxml's are SyntaxErrors.
        raise DamagedFileError(path, problem=str(error)) from error
    finally:
        package.close()


def _contents(boxes: Iterable[Box], fields: Mapping[str, Field]) -> list[tuple[str, str]]:
    """Return what each field's box says; of squares the choices that are ticked, one by its code: labels may change."""
    said: dict[str, list[tuple[str, str]]] = {}
    for box in boxes:
        field_id, _, code = box.tag.partition("=")
        told = said.setdefault(field_id, [])
        if box.ticked:
            told.append((box.title or code, code))
        elif box.ticked is None and box.text:
            told.append((box.text, ""))
    found = []
    for field_id, told in said.items():
        by_code = len(told) == 1 and told[0][1] and fields[field_id].kind == "choice"
        found.append((field_id, told[0][1] if by_code else _BETWEEN.join(text for text, _ in told)))
    return found


def _missing(gone: Iterable[Field], name: str) -> Iterable[Finding]:
    for field in gone:
        yield Finding("form_box_gone", "warning", Location(name), None, {"label": field.labels})
