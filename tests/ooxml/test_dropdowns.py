"""Lists to choose from are found in a sheet part, and put back over a column without touching other rules."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from ooxml_sdk import sdk_findings

from registerkit.ooxml import Dropdown, Editor, Package, find_dropdowns, is_covered, is_shared
from registerkit.ooxml.data_validations import put_back

DROPDOWN = Dropdown("lst_x", 'Wat "nu"', "Kies & kies\nnog eens", "Kop", "Uitleg")
SHEET = "xl/worksheets/sheet1.xml"


def sheet(rules: bytes = b"") -> bytes:
    return b"<worksheet><sheetData/>" + rules + b'<pageMargins left="1"/></worksheet>'


def rule(sqref: str, kind: str = "list", source: str = "lst_x") -> bytes:
    return f'<dataValidation type="{kind}" sqref="{sqref}"><formula1>{source}</formula1></dataValidation>'.encode()


def rules(*each: bytes) -> bytes:
    return b'<dataValidations count="%d">%s</dataValidations>' % (len(each), b"".join(each))


def test_lists_are_found_with_their_source_and_cells() -> None:
    xml = sheet(rules(rule("A1:A9 A12", source="&quot;ja,nee&quot;"), rule("B1:B9", "whole", "5")))
    assert find_dropdowns(xml) == (('"ja,nee"', "A1:A9 A12"), ("", "B1:B9"))
    assert find_dropdowns(sheet()) == ()


@pytest.mark.parametrize(
    ("sqrefs", "covered"),
    [
        (["C5:C9"], True), (["C1:C20"], True), (["C5:C6 C7:C9"], True), (["C7:C9", "C5:C6"], True), (["A1:F30"], True),
        (["C5:C8"], False), (["C6:C9"], False), (["C5:C6 C8:C9"], False), (["D5:D9"], False), ([], False),
        (["C5 C6 C7 C8 C9"], True),
    ],
)  # fmt: skip
def test_a_column_is_covered_when_every_row_is(sqrefs: list[str], covered: bool) -> None:
    assert is_covered(sqrefs, 2, 5, 9) == covered


def test_a_rule_for_several_columns_is_shared() -> None:
    assert (is_shared(["A1:C4"], 1), is_shared(["A1:C4"], 3), is_shared(["B1:B4"], 1)) == (True, False, False)
    with pytest.raises(ValueError, match="sqref"):
        put_back(sheet(rules(rule("A1:C4"))), 1, 2, 3, DROPDOWN)


@given(holes=st.sets(st.integers(5, 30)), other=st.sampled_from(["", "D5:D30", "C1:C3 C31:C40"]))
def test_put_back_covers_the_column_and_keeps_all_other_cells(holes: set[int], other: str) -> None:
    left = " ".join(f"C{row}" for row in range(5, 31) if row not in holes)
    before = [rule(left)] if left else []
    before += [rule(other, "whole", "5")] if other else []
    xml = put_back(sheet(rules(*before)) if before else sheet(), 2, 5, 30, DROPDOWN)
    found = find_dropdowns(xml)
    assert is_covered([ref for source, ref in found if source], 2, 5, 30)
    assert (other in [ref for source, ref in found if not source]) == bool(other)
    assert xml.count(b"<dataValidation ") == len(found)
    assert b'count="%d"' % len(found) in xml
    assert xml.index(b"</dataValidations>") < xml.index(b"<pageMargins")


@pytest.mark.parametrize("sqref", ["A:A", "\udcff", "A0:", ""])
def test_a_range_that_cannot_be_read_is_left_alone(sqref: str) -> None:
    """It may be for any cell: nothing is put over it, and nothing is broken off."""
    expected = bool(sqref)
    assert is_shared([sqref], 2) == expected
    assert is_covered([sqref], 2, 5, 30) == expected


def test_rules_that_never_end_are_looked_through_once() -> None:
    """A pattern that starts again at every rule would take hours over a few megabytes."""
    many = b"<dataValidation sqref='x' " * 200_000
    for xml in (
        b"<dataValidations>" + many,
        b"<dataValidations>" + many + b"</dataValidations>",
        b"<dataValidations " * 200_000,
    ):
        assert find_dropdowns(b"</sheetData>" + xml) == ()


def test_the_list_is_as_the_format_wants_it(tmp_path: Path) -> None:
    """Put into a real file with another rule, a table and colours it opens as it should."""
    path = tmp_path / "lijst.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        made = book.add_worksheet()
        made.add_table("A1:C9", {"columns": [{"header": h} for h in "abc"]})
        made.data_validation("A2:A9", {"validate": "integer", "criteria": ">", "value": 3})
        made.conditional_format("B2:B9", {"type": "blanks", "format": book.add_format({"bold": True})})
        book.define_name("lst_x", "=Sheet1!$A$2:$A$9")
    with Package(path) as package:
        editor = Editor(package)
        editor.put_back(SHEET, 1, 2, 9, DROPDOWN)
        editor.save(path)
    (made_again,) = (
        v for v in openpyxl.load_workbook(path)["Sheet1"].data_validations.dataValidation if v.type == "list"
    )
    assert (str(made_again.sqref), made_again.formula1, made_again.error) == ("B2:B9", "lst_x", DROPDOWN.error)
    assert made_again.errorTitle == DROPDOWN.error_title
    assert sdk_findings(path) == []
