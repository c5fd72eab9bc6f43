"""Checks of conditional formats, old and 2010 style."""

from __future__ import annotations

from collections import Counter
from xml.etree.ElementTree import Element

from ooxml_lint.areas import areas_of
from ooxml_lint.book import Book, Sheet
from ooxml_lint.fault import Faults
from ooxml_lint.formulas import FormulaChecks
from ooxml_lint.tags import MAIN, X14, XM, number, words

__all__ = ["check_formats"]

_WITH_FORMULA = words(
    "expression cellIs containsText notContainsText beginsWith endsWith containsBlanks notContainsBlanks "
    "containsErrors notContainsErrors timePeriod"
)
_TYPES = _WITH_FORMULA | words("colorScale dataBar iconSet top10 aboveAverage uniqueValues duplicateValues")
_TWO = frozenset({"between", "notBetween"})


def check_formats(sheet: Sheet, root: Element, book: Book, formulas: FormulaChecks, faults: Faults) -> None:
    """Check the conditional formats of one sheet."""
    priorities: Counter[int] = Counter()
    for block in root.findall(f"{MAIN}conditionalFormatting"):
        sqref = block.get("sqref", "")
        if areas_of(sqref) is None:
            faults.add("range_illegal", sheet.part, sqref, "is no range for a conditional format")
        for rule in block.findall(f"{MAIN}cfRule"):
            priorities[number(rule.get("priority"), 0)] += 1
            _check_rule(sheet, rule, sqref, book, faults)
            for formula in rule.findall(f"{MAIN}formula"):
                if formula.text:
                    formulas.check(formula.text, sheet.part, sqref, sheet.index, structured=False)
    for block in root.findall(f"{MAIN}extLst/{MAIN}ext/{X14}conditionalFormattings/{X14}conditionalFormatting"):
        sqref = block.findtext(f"{XM}sqref") or ""
        for rule in block.findall(f"{X14}cfRule"):
            if rule.get("priority") is not None:
                priorities[number(rule.get("priority"), 0)] += 1
            for formula in rule.findall(f"{XM}f"):
                formulas.check(formula.text or "", sheet.part, sqref, sheet.index, structured=False)
    for priority, count in priorities.items():
        if count > 1 or priority < 1:
            faults.add("format_priority", sheet.part, str(priority), f"{count} rules with this priority")


def _check_rule(sheet: Sheet, rule: Element, sqref: str, book: Book, faults: Faults) -> None:
    dxf = rule.get("dxfId")
    if dxf is not None and not 0 <= number(dxf) < book.dxf_count:
        faults.add("dxf_index", sheet.part, sqref, f"dxfId {dxf} of {book.dxf_count}")
    kind = rule.get("type", "")
    if kind not in _TYPES:
        faults.add("format_type", sheet.part, sqref, f"there is no type {kind!r}")
    found = sum(bool(formula.text) for formula in rule.findall(f"{MAIN}formula"))
    needed = 0 if kind not in _WITH_FORMULA else 2 if kind == "cellIs" and rule.get("operator") in _TWO else 1
    if found < needed:
        faults.add("format_formula", sheet.part, sqref, f"{found} formulas of {needed}")
