"""The order of elements and their counts, which the schema fixes and Excel insists on."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from ooxml_lint.fault import Faults
from ooxml_lint.tags import MAIN, local, words

__all__ = ["check_counts", "check_order"]

_ORDER = {
    "workbook": """fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups
        externalReferences definedNames calcPr oleSize customWorkbookViews pivotCaches smartTagPr smartTagTypes
        webPublishing fileRecoveryPr webPublishObjects extLst""",
    "worksheet": """sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection
        protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr
        conditionalFormatting dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks
        colBreaks customProperties cellWatches ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF drawingHF
        picture oleObjects controls webPublishItems tableParts extLst""",
    "styleSheet": """numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors extLst""",
    "table": "autoFilter sortState tableColumns tableStyleInfo extLst",
    "pivotTableDefinition": """location pivotFields rowFields rowItems colFields colItems pageFields dataFields formats
        conditionalFormats chartFormats pivotHierarchies pivotTableStyleInfo filters rowHierarchiesUsage
        colHierarchiesUsage extLst""",
    "pivotCacheDefinition": """cacheSource cacheFields cacheHierarchies kpis tupleCache calculatedItems
        calculatedMembers dimensions measureGroups maps extLst""",
}
_REPEATED = frozenset({"conditionalFormatting", "fileRecoveryPr", "cols"})
_COUNTED = words(
    """mergeCells dataValidations tableParts numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs
    tableColumns cacheFields sharedItems pivotFields items rowFields rowItems colFields colItems pageFields dataFields
    formats chartFormats"""
)


def check_order(part: str, root: Element, faults: Faults) -> None:
    """Check that the elements right under the root stand in the schema's order, and once where they may only once."""
    order = _ORDER.get(local(root), "").split()
    if not order or not root.tag.startswith(MAIN):
        return
    last = -1
    for child in root:
        if not child.tag.startswith(MAIN):
            continue
        tag = local(child)
        place = order.index(tag) if tag in order else -1
        if place < last or (place == last and tag not in _REPEATED):
            detail = f"stands after {order[last]}" if tag in order else "does not belong there"
            faults.add("element_order", part, tag, detail)
        last = max(last, place)


def check_counts(part: str, root: Element, faults: Faults) -> None:
    """Check that each count says how many elements follow."""
    for element in root.iter():
        count = element.get("count")
        if count is None or local(element) not in _COUNTED or not element.tag.startswith(MAIN):
            continue
        found = sum(local(child) != "extLst" for child in element)
        if count != str(found):
            faults.add("count_wrong", part, local(element), f"says {count}, holds {found}")
