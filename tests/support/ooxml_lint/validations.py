"""Checks of data validations, old and 2010 style."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from ooxml_lint.areas import Area, areas_of, overlapping
from ooxml_lint.book import Sheet
from ooxml_lint.fault import Faults
from ooxml_lint.formula_tokens import tokens_of
from ooxml_lint.formulas import FormulaChecks
from ooxml_lint.tags import MAIN, X14, XM, main

__all__ = ["check_validations"]

_TITLE, _MESSAGE, _LIST = 32, 255, 255
_TEXTS = {"errorTitle": _TITLE, "promptTitle": _TITLE, "error": _MESSAGE, "prompt": _MESSAGE}
_COMPARED = frozenset({"whole", "decimal", "date", "time", "textLength"})
_TYPES = _COMPARED | {"none", "list", "custom"}
_BETWEEN = frozenset({"between", "notBetween"})
_OPERATORS = _BETWEEN | {
    "equal",
    "notEqual",
    "lessThan",
    "lessThanOrEqual",
    "greaterThan",
    "greaterThanOrEqual",
}
_STYLES = frozenset({"stop", "warning", "information"})


def check_validations(sheet: Sheet, root: Element, formulas: FormulaChecks, faults: Faults) -> None:
    """Check the data validations of one sheet."""
    found = root.findall(main("dataValidations/dataValidation"))
    found += root.findall(f"{MAIN}extLst/{MAIN}ext/{X14}dataValidations/{X14}dataValidation")
    places: list[tuple[Area, tuple[int, str]]] = []
    for index, element in enumerate(found):
        sqref = element.get("sqref") or element.findtext(f"{XM}sqref") or ""
        areas = areas_of(sqref)
        if areas is None:
            faults.add("range_illegal", sheet.part, sqref, "is no range for a validation")
        places += [(area, (index, sqref)) for area in areas or ()]
        _check_kind(sheet, element, sqref, faults)
        _check_texts(sheet, element, sqref, faults)
        for text in _formulas_of(element).values():
            if not _is_list(text):
                formulas.check(text, sheet.part, sqref, sheet.index, structured=False)
    for (one, one_ref), (other, other_ref) in overlapping(places):
        if one != other:
            faults.add("validation_overlap", sheet.part, other_ref, f"lies over the validation of {one_ref}")


def _formulas_of(element: Element) -> dict[str, str]:
    found = {}
    for tag in ("formula1", "formula2"):
        text = element.findtext(f"{MAIN}{tag}") or element.findtext(f"{X14}{tag}/{XM}f")
        if text:
            found[tag] = text
    return found


def _is_list(text: str) -> bool:
    """Tell whether a formula is one text, as a list written out is."""
    tokens = tokens_of(text)
    return len(tokens) == 1 and tokens[0].kind == "text"


def _check_kind(sheet: Sheet, element: Element, sqref: str, faults: Faults) -> None:
    kind, operator = element.get("type", "none"), element.get("operator", "between")
    style = element.get("errorStyle", "stop")
    if kind not in _TYPES or operator not in _OPERATORS or style not in _STYLES:
        faults.add("validation_kind", sheet.part, sqref, f"{kind}, {operator}, {style}")
    found = _formulas_of(element)
    needed = ["formula1"] if kind in _TYPES - {"none"} else []
    needed += ["formula2"] if kind in _COMPARED and operator in _BETWEEN else []
    for tag in needed:
        if tag not in found:
            faults.add("validation_formula", sheet.part, sqref, f"{kind} without {tag}")


def _check_texts(sheet: Sheet, element: Element, sqref: str, faults: Faults) -> None:
    for attribute, limit in _TEXTS.items():
        length = len(element.get(attribute, ""))
        if length > limit:
            faults.add("validation_text", sheet.part, sqref, f"{attribute} has {length} characters, of {limit}")
    text = _formulas_of(element).get("formula1", "")
    length = len(text) - 2
    if element.get("type") == "list" and _is_list(text) and length > _LIST:
        faults.add("validation_list", sheet.part, sqref, f"a list of {length} characters, of {_LIST}")
