"""Checks of charts: what their series and pivot sources name."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from ooxml_lint.fault import Faults
from ooxml_lint.formulas import FormulaChecks

__all__ = ["check_chart", "is_chart"]

_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def is_chart(root: Element) -> bool:
    """Tell whether a part is a chart."""
    return root.tag == f"{_CHART}chartSpace"


def check_chart(
    part: str, root: Element, pivots: Mapping[str, set[str]], formulas: FormulaChecks, faults: Faults
) -> None:
    """Check a chart; `pivots` gives the names of the pivot tables by sheet."""
    for element in root.iter(f"{_CHART}f"):
        formulas.check(element.text or "", part, element.text or "", None, structured=False)
    for element in root.findall(f"{_CHART}pivotSource"):
        name = element.findtext(f"{_CHART}name") or ""
        sheet, _, pivot = name.rpartition("!")
        sheet = sheet.strip("'").replace("''", "'")
        sheet = sheet.partition("]")[2] if sheet.startswith("[") else sheet
        if pivot not in pivots.get(sheet, ()):
            faults.add("chart_pivot", part, name, "there is no such pivot table")
