"""Rewrites a workbook that says the same in other words than Excel does: with a prefix before every name, or as Strict.

Programs on .NET write such files.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from registerkit.ooxml.archive import open_zip

__all__ = ["in_usual_words"]

_ROOT = re.compile(rb"<([\w.-]+):\w[^<>]*>")
_STRICT = (
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
_XML = (".xml", ".rels")


def in_usual_words(path: Path, target: Path) -> None:
    """Write a copy of a workbook of such a dialect as Excel would have; what it holds is looked at beforehand."""
    with open_zip(path) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
        for info in source.infolist():
            body = source.read(info)
            copy.writestr(info.filename, _usual(body) if info.filename.lower().endswith(_XML) else body)


def _usual(body: bytes) -> bytes:
    for strict, usual in _STRICT:
        body = body.replace(strict, usual)
    root = _ROOT.search(body)
    if root is None:
        return body
    prefix = re.escape(root[1])
    body = re.sub(rb"<(/?)" + prefix + rb":", rb"<\1", body)
    return re.sub(rb"\bxmlns:" + prefix + rb"=", b"xmlns=", body, count=1)
