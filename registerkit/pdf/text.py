"""Reads the words of a PDF file that LibreOffice made, to see whether somebody is named in it. Does not write."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

__all__ = ["words_of"]

_CHARS = re.compile(rb"beginbfchar(.*?)endbfchar", re.S)
_RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.S)
_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f\s]+)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f\s]+)>|\[(.*?)\])", re.S)
_NEXT = frozenset({"Td", "TD", "T*", "Tm", "ET"})
"""The operators after which text stands elsewhere (ISO 32000-1, 9.4)."""
_DEEPEST = 5

_Letters = Mapping[int, str]
_Font = tuple[int, _Letters]
_NO_FONT: _Font = (1, {})


def words_of(data: bytes) -> str | None:
    """Return the text of a file, in the order in which it is drawn; None of one that cannot be read."""
    from pikepdf import Pdf, PdfError

    try:
        with Pdf.open(BytesIO(data)) as pdf:
            return " ".join("".join(_drawn(page, page.get("/Resources"))) for page in pdf.pages)
    except (PdfError, ValueError, TypeError, KeyError):
        return None


def _drawn(page: Any, resources: Any, deep: int = 0) -> Iterator[str]:
    from pikepdf import parse_content_stream

    fonts, known = _part(resources, "/Font"), dict[str, _Font]()
    width, letters = _NO_FONT
    drawing: Any = parse_content_stream(page)
    for operands, operator in drawing:
        told = str(operator)
        if told == "Tf" and fonts is not None and operands[0] in fonts:
            name = str(operands[0])
            width, letters = known.setdefault(name, _font(fonts[name]))
        elif told in ("Tj", "'", '"'):
            yield _said(bytes(operands[-1]), width, letters)
        elif told == "TJ":
            yield from (_said(bytes(part), width, letters) for part in operands[0] if _is_text(part))
        elif told in _NEXT:
            yield " "
        elif told == "Do" and deep < _DEEPEST:
            shown = (_part(resources, "/XObject") or {}).get(str(operands[0]))
            if shown is not None and shown.get("/Subtype") == "/Form":
                yield from _drawn(shown, shown.get("/Resources", resources), deep + 1)


def _part(resources: Any, name: str) -> Any:
    return None if resources is None else resources.get(name)


def _is_text(part: Any) -> bool:
    from pikepdf import String

    return isinstance(part, String)


def _font(font: Any) -> _Font:
    """Return how many bytes a letter takes in a font, and which letters they mean."""
    table = font.get("/ToUnicode")
    width = 2 if font.get("/Subtype") == "/Type0" else 1
    return width, dict(_meant(table.read_bytes())) if table is not None else {}


def _meant(table: bytes) -> Iterator[tuple[int, str]]:
    for block in _CHARS.findall(table):
        yield from ((int(code, 16), _letters(text)) for code, text in _PAIR.findall(block))
    for block in _RANGES.findall(table):
        for first, last, text, several in _RANGE.findall(block):
            codes = range(int(first, 16), int(last, 16) + 1)
            if several:
                yield from zip(codes, map(_letters, re.findall(rb"<([0-9A-Fa-f\s]+)>", several)), strict=False)
            else:
                begin = _letters(text)
                yield from ((code, begin[:-1] + chr(ord(begin[-1]) + n)) for n, code in enumerate(codes))


def _letters(text: bytes) -> str:
    return bytes.fromhex(re.sub(rb"\s", b"", text).decode()).decode("utf-16-be", "replace")


def _said(text: bytes, width: int, letters: _Letters) -> str:
    codes = [int.from_bytes(text[at : at + width], "big") for at in range(0, len(text), width)]
    return "".join(letters.get(code, chr(code) if width == 1 else "") for code in codes)
