"""Names in the XML of workbooks, and small helpers to read elements."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

__all__ = ["MAIN", "RELATION", "SPACE", "X14", "XM", "is_true", "local", "main", "number", "unescape", "words"]

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
X14 = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}"
XM = "{http://schemas.microsoft.com/office/excel/2006/main}"

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def main(path: str) -> str:
    """Give a path of tags in the main namespace: `a/b`."""
    return "/".join(f"{MAIN}{tag}" for tag in path.split("/"))


def local(element: Element) -> str:
    """Give a tag without its namespace."""
    return element.tag.rpartition("}")[2]


def is_true(value: str | None, default: bool = False) -> bool:
    """Read a truth value as XML writes it."""
    return default if value is None else value in ("1", "true", "on")


def number(value: str | None, default: int = -1) -> int:
    """Read a whole number; what is missing or none gives `default`."""
    try:
        return default if value is None else int(value)
    except ValueError:
        return default


def unescape(text: str) -> str:
    """Give text with the format's own escapes (`_x000a_`) read."""
    return _ESCAPE.sub(lambda m: chr(int(m[1], 16)), text) if "_x" in text else text


def words(text: str) -> frozenset[str]:
    """Give the words of a text as a set: long lists of names read best so."""
    return frozenset(text.split())
