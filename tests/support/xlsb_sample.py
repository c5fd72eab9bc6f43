"""Makes a small `.xlsb` file record by record, for no program here writes one."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path

__all__ = ["xlsb_book"]

_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="{target}" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/></Relationships>'
)
_ROW, _REAL, _TEXT = 0x00, 0x05, 0x06
_FORMAT, _STYLE, _BEGIN_STYLES, _END_STYLES = 44, 47, 617, 618
_BEGIN_BOOK, _END_BOOK, _BEGIN_SHEETS, _END_SHEETS, _SHEET = 0x83, 0x84, 0x8F, 0x90, 0x9C
_BEGIN_SHEET, _END_SHEET, _BEGIN_DATA, _END_DATA, _EXTENT = 0x81, 0x82, 0x91, 0x92, 0x94


def xlsb_book(
    path: Path, rows: Sequence[Sequence[str | float]], sheet: str = "Blad1", number_format: str | None = None
) -> Path:
    """Save a workbook with one sheet of texts and numbers; `number_format` is that of all numbers."""
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("[Content_Types].xml", _TYPES)
        out.writestr("_rels/.rels", _RELATIONS.format(target="xl/workbook.bin", kind="officeDocument"))
        out.writestr("xl/_rels/workbook.bin.rels", _book_relations(number_format))
        if number_format is not None:
            out.writestr("xl/styles.bin", _styles(number_format))
        out.writestr("xl/workbook.bin", _book(sheet))
        out.writestr("xl/worksheets/sheet1.bin", _sheet(rows))
    return path


def _book_relations(number_format: str | None) -> str:
    told = _RELATIONS.format(target="worksheets/sheet1.bin", kind="worksheet")
    styles = _RELATIONS.format(target="styles.bin", kind="styles").replace("rId1", "rId2")
    more = styles[styles.index("<Relationship ") :]
    return told if number_format is None else told.replace("</Relationships>", more)


def _styles(number_format: str) -> bytes:
    """Give two styles: the plain one, and the one of the numbers."""
    made = _record(_FORMAT, struct.pack("<H", 164) + _wide(number_format))
    styles = [_record(_STYLE, struct.pack("<HH", 0, number) + bytes(12)) for number in (0, 164)]
    return made + _record(_BEGIN_STYLES, struct.pack("<I", 2)) + b"".join(styles) + _record(_END_STYLES)


def _book(sheet: str) -> bytes:
    told = struct.pack("<II", 0, 1) + _wide("rId1") + _wide(sheet)
    inside = _record(_BEGIN_SHEETS) + _record(_SHEET, told) + _record(_END_SHEETS)
    return _record(_BEGIN_BOOK) + inside + _record(_END_BOOK)


def _sheet(rows: Sequence[Sequence[str | float]]) -> bytes:
    extent = struct.pack("<IIII", 0, len(rows) - 1, 0, max(map(len, rows)) - 1)
    cells = b"".join(
        _record(_ROW, struct.pack("<II", n, 0) + bytes(9)) + b"".join(_cell(c, v) for c, v in enumerate(row))
        for n, row in enumerate(rows)
    )
    inside = _record(_EXTENT, extent) + _record(_BEGIN_DATA) + cells + _record(_END_DATA)
    return _record(_BEGIN_SHEET) + inside + _record(_END_SHEET)


def _cell(column: int, value: str | float) -> bytes:
    head = struct.pack("<II", column, 0)
    if isinstance(value, str):
        return _record(_TEXT, head + _wide(value))
    head = struct.pack("<II", column, 1)
    return _record(_REAL, head + struct.pack("<d", value))


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _record(kind: int, content: bytes = b"") -> bytes:
    number = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = len(content), b""
    while True:
        length += bytes([size & 0x7F | (0x80 if size > 0x7F else 0)])
        size >>= 7
        if not size:
            return number + length + content
