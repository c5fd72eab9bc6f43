"""Checks of the styles part."""

from __future__ import annotations

from collections import Counter
from xml.etree.ElementTree import Element

from ooxml_lint.fault import Faults
from ooxml_lint.tags import MAIN, main, number

__all__ = ["check_styles"]

_MOST = 64_000
_FIRST_OWN = 164
"""The first id of a number format that a workbook makes itself; those below are Excel's."""
_LISTS = {"fontId": "fonts/font", "fillId": "fills/fill", "borderId": "borders/border"}
_SECTIONS = 4


def check_styles(part: str, root: Element, faults: Faults) -> None:
    """Check that styles refer to what is there."""
    counts = {attribute: len(root.findall(main(path))) for attribute, path in _LISTS.items()}
    bases = len(root.findall(main("cellStyleXfs/xf")))
    formats = [number(element.get("numFmtId")) for element in root.findall(main("numFmts/numFmt"))]
    if counts["fillId"] < 2:
        faults.add("fills_missing", part, "fills", "the first two are Excel's own")
    for path in ("cellStyleXfs/xf", "cellXfs/xf"):
        found = root.findall(main(path))
        if len(found) > _MOST:
            faults.add("style_count", part, path, f"{len(found)} styles")
        for index, xf in enumerate(found):
            for attribute, count in counts.items():
                if not 0 <= number(xf.get(attribute), 0) < count:
                    faults.add("style_reference", part, f"{path} {index}", f"{attribute} {xf.get(attribute)}")
            if (code := number(xf.get("numFmtId"), 0)) >= _FIRST_OWN and code not in formats:
                faults.add("style_reference", part, f"{path} {index}", f"numFmtId {code}")
            if path == "cellXfs/xf" and not 0 <= number(xf.get("xfId"), 0) < max(bases, 1):
                faults.add("style_reference", part, f"{path} {index}", f"xfId {xf.get('xfId')}")
    for index, style in enumerate(root.findall(main("cellStyles/cellStyle"))):
        if not 0 <= number(style.get("xfId"), 0) < max(bases, 1):
            faults.add("style_reference", part, f"cellStyle {index}", f"xfId {style.get('xfId')}")
    _check_number_formats(part, root, formats, faults)


def _check_number_formats(part: str, root: Element, ids: list[int], faults: Faults) -> None:
    for value, count in Counter(ids).items():
        if count > 1:
            faults.add("number_format", part, f"numFmtId {value}", f"{count} formats with one id")
    for element in root.iter(f"{MAIN}numFmt"):
        if wrong := _wrong_with(element.get("formatCode", "")):
            faults.add("number_format", part, f"numFmtId {element.get('numFmtId')}", wrong)


def _wrong_with(code: str) -> str:
    """Give what is wrong with the quotes, brackets and sections of a format code; empty when nothing is."""
    sections, quoted, bracketed, escaped = 1, False, False, False
    for sign in code:
        if escaped:
            escaped = False
        elif quoted:
            quoted = sign != '"'
        elif sign in "\\_*":
            escaped = True
        elif sign == '"':
            quoted = True
        elif sign in "[]":
            if bracketed == (sign == "["):
                return f"{sign} does not belong there"
            bracketed = sign == "["
        elif sign == ";":
            sections += 1
    if quoted or bracketed or escaped:
        return "it ends too soon"
    return f"{sections} sections" if sections > _SECTIONS else ""
