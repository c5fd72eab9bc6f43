"""The elements that Word's own library has no methods for, each put where the format wants it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

__all__ = ["Edge", "Stop", "edges", "element", "field", "put", "tabs", "twips"]

Edge = tuple[int, str]
"""A line's thickness in eighths of a point, and its colour."""
Stop = tuple[float, str, str]
"""A tab stop: its place in cm, "left", "center" or "right", and what fills the room before it: "none", "underscore"."""

_ORDER = {
    "pPr": ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "pBdr", "shd", "tabs",
            "spacing", "ind", "jc"),
    "tcPr": ("tcW", "gridSpan", "vMerge", "tcBorders", "shd", "vAlign"),
    "trPr": ("cantSplit", "trHeight", "tblHeader"),
    "tblPr": ("tblStyle", "tblW", "jc", "tblInd", "tblLayout", "tblCellMar", "tblLook"),
}  # fmt: skip
"""In what order the format asks for the properties that are used here."""


def element(tag: str, *children: Any, **attributes: object) -> Any:
    """Make an element of WordprocessingML; `element("shd", val="clear", fill="F3F6F8")`."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(children)
    return made


def put(properties: Any, *children: Any) -> None:
    """Add properties to `w:pPr`, `w:tcPr`, `w:trPr` or `w:tblPr`, in the place of those of the same name."""
    order = [qn(f"w:{name}") for name in _ORDER[properties.tag.rpartition("}")[2]]]
    for child in children:
        for old in properties.findall(child.tag):
            properties.remove(old)
        after = order[order.index(child.tag) + 1 :]
        at = next((n for n, other in enumerate(properties) if other.tag in after), len(properties))
        properties.insert(at, child)


def twips(cm: float) -> int:
    """Return a length as the format writes it: 1440 to the inch."""
    return round(cm * 1440 / 2.54)


def edges(tag: str, sides: Mapping[str, Edge], space: int = 0) -> Any:
    """Make the lines around a cell (`tcBorders`) or a paragraph (`pBdr`), `space` points from its text."""
    order = [side for side in ("top", "left", "bottom", "right") if side in sides]
    lines = (element(s, val="single", sz=sides[s][0], space=space, color=sides[s][1]) for s in order)
    return element(tag, *lines)


def tabs(stops: Sequence[Stop]) -> Any:
    """Make the tab stops of a paragraph."""
    return element("tabs", *(element("tab", val=side, leader=leader, pos=twips(at)) for at, side, leader in stops))


def field(code: str) -> Any:
    """Make a field that Word works out, such as `PAGE`."""
    text = element("t")
    text.text = "1"
    return element("fldSimple", element("r", text), instr=code)
