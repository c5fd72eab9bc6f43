"""The workbook part: sheets have names and numbers of their own, and elements stand in the schema's order."""

from __future__ import annotations

from pathlib import Path

import pytest
from broken import changed
from lint_samples import REGISTER, STYLES, WORKBOOK, After
from ooxml_lint import lint_workbook

SHEET = '<sheet name="Regels" sheetId="4" r:id="rId4"/>'


@pytest.mark.parametrize(
    "name", ["a" * 32, "", "a:b", "a\\b", "a/b", "a?b", "a*b", "a[b", "a]b", "&apos;a", "a&apos;", "history"]
)
def test_illegal_sheet_names(name: str, after: After) -> None:
    found = after(WORKBOOK, 'name="Regels"', f'name="{name}"')
    assert ["sheet_name"] == [fault.code for fault in found]


@pytest.mark.parametrize("name", ["a" * 31, "a'b", "Blad 1 (2)", "Histories"])
def test_legal_sheet_names(name: str, after: After) -> None:
    assert [] == after(WORKBOOK, 'name="Regels"', f'name="{name}"')


@pytest.mark.parametrize(
    ("code", "old", "new", "place"),
    [
        ("sheet_name_duplicate", SHEET, SHEET.replace("Regels", "REKENEN"), "rekenen"),
        ("sheet_id", SHEET, SHEET.replace('sheetId="4"', 'sheetId="3"'), "sheetId 3"),
        ("sheet_id", SHEET, SHEET.replace('sheetId="4"', 'sheetId="0"'), "sheetId 0"),
        ("sheet_active", "<workbookView ", '<workbookView activeTab="5" ', "5"),
    ],
)
def test_workbook_faults(code: str, old: str, new: str, place: str, after: After) -> None:
    assert [(code, place)] == [(fault.code, fault.place) for fault in after(WORKBOOK, old, new)]


def test_two_sheets_with_one_relation(after: After) -> None:
    found = after(WORKBOOK, SHEET, SHEET.replace("rId4", "rId3"))
    assert ("sheet_id", "rId3") in {(fault.code, fault.place) for fault in found}
    assert {"sheet_id", "part_orphan"} >= {fault.code for fault in found}


def test_no_visible_sheet(pivots: Path, tmp_path: Path) -> None:
    one = changed(pivots, tmp_path / "one.xlsx", WORKBOOK, 'sheetId="1"', 'sheetId="1" state="hidden"')
    assert [] == lint_workbook(one)
    both = changed(one, tmp_path / "both.xlsx", WORKBOOK, 'sheetId="2"', 'sheetId="2" state="veryHidden"')
    assert ["sheet_hidden"] == [fault.code for fault in lint_workbook(both)]


CALC = '<calcPr calcId="124519" fullCalcOnLoad="1"/>'


@pytest.mark.parametrize(
    ("part", "old", "new", "element"),
    [
        (WORKBOOK, CALC, f"<pivotCaches/>{CALC}", "calcPr"),
        (WORKBOOK, CALC, CALC + CALC, "calcPr"),
        (REGISTER, "<hyperlinks>", "<autoFilter/><hyperlinks>", "autoFilter"),
        (REGISTER, "<mergeCells", "<pageMargins/><mergeCells", "mergeCells"),
        (REGISTER, "<pageMargins", "<pageMargin/><pageMargins", "pageMargin"),
        (STYLES, "<fonts", "<dxfs/><fonts", "fonts"),
        ("xl/tables/table1.xml", "<autoFilter", "<tableStyleInfo/><autoFilter", "autoFilter"),
    ],
)
def test_elements_out_of_order(part: str, old: str, new: str, element: str, after: After) -> None:
    found = {(fault.code, fault.part, fault.place) for fault in after(part, old, new)}
    assert ("element_order", part, element) in found
    assert {"element_order"} == {code for code, _, _ in found}


@pytest.mark.parametrize(
    ("part", "old", "element"),
    [
        (REGISTER, '<mergeCells count="2"', "mergeCells"),
        (REGISTER, '<tableParts count="1"', "tableParts"),
        ("xl/worksheets/sheet4.xml", '<dataValidations count="5"', "dataValidations"),
        ("xl/tables/table1.xml", '<tableColumns count="5"', "tableColumns"),
        (STYLES, '<fonts count="4"', "fonts"),
        (STYLES, '<cellXfs count="4"', "cellXfs"),
        (STYLES, '<dxfs count="3"', "dxfs"),
    ],
)
def test_counts_that_are_wrong(part: str, old: str, element: str, after: After) -> None:
    found = after(part, old, f'<{element} count="9"')
    assert [("count_wrong", part, element)] == [(fault.code, fault.part, fault.place) for fault in found]
