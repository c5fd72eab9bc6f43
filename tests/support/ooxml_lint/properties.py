"""Checks of the document properties."""

from __future__ import annotations

import unicodedata
from collections import Counter

from ooxml_lint.archive import Archive
from ooxml_lint.fault import Faults
from ooxml_lint.tags import local, number, unescape

__all__ = ["check_properties"]

_KINDS = frozenset({"core-properties", "extended-properties", "custom-properties"})


def check_properties(archive: Archive, faults: Faults) -> None:
    """Check title, company and the like for control characters, and the custom properties for ids and names."""
    for relation in archive.relations(""):
        root = archive.tree(relation.target) if relation.kind in _KINDS else None
        if root is None:
            continue
        for element in root.iter():
            text = unescape((element.text or "").strip())
            if any(unicodedata.category(sign) == "Cc" for sign in text):
                faults.add("property_control", relation.target, local(element), repr(text[:80]))
        if relation.kind == "custom-properties":
            _check_custom(relation.target, [dict(element.attrib) for element in root], faults)


def _check_custom(part: str, found: list[dict[str, str]], faults: Faults) -> None:
    ids = Counter(each.get("pid", "") for each in found)
    names = Counter(each.get("name", "").casefold() for each in found)
    for value, count in ids.items():
        if count > 1 or number(value) < 2:
            faults.add("property_id", part, f"pid {value}", "must be a number of its own, from 2")
    for name, count in names.items():
        if count > 1 or not name:
            faults.add("property_name", part, name, "must be a name of its own")
