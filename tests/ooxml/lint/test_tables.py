"""Tables: their columns, cells, names and places agree with each other and with the rest of the workbook."""

from __future__ import annotations

import pytest
from lint_samples import LISTS, REGISTER, TEXTS, WORKBOOK, After

KLACHTEN = "xl/tables/table1.xml"
KEUZES = "xl/tables/table2.xml"
DAGEN = "xl/tables/table3.xml"
COLUMN = '<tableColumn id="2" name="Aantal"/>'
RATE = '<definedName name="tarief">0.21</definedName>'
HEADER = '<c r="B1" t="s"><v>17</v></c>'


@pytest.mark.parametrize(
    ("code", "part", "old", "new", "where", "place"),
    [
        ("table_header", LISTS, HEADER, '<c r="B1"><v>17</v></c>', KEUZES, "B1"),
        ("table_header", LISTS, HEADER, "", KEUZES, "B1"),
        ("table_header", TEXTS, "<t>Aantal</t>", "<t>aantal</t>", KEUZES, "B1"),
        ("table_header", KEUZES, 'name="Aantal"', 'name="Aantal "', KEUZES, "B1"),
        ("table_column_count", KEUZES, COLUMN, "", KEUZES, "Keuzes"),
        ("table_column_id", KEUZES, 'id="2" name="Aantal"', 'id="1" name="Aantal"', KEUZES, "1"),
        ("table_id", KEUZES, 'id="2" name="Keuzes"', 'id="0" name="Keuzes"', KEUZES, "Keuzes"),
        ("table_name_duplicate", WORKBOOK, RATE, RATE.replace("tarief", "KEUZES") + RATE, KEUZES, "Keuzes"),
        ("table_name", DAGEN, 'displayName="Dagen"', 'displayName="D1"', DAGEN, "D1"),
        ("table_name", DAGEN, 'displayName="Dagen"', 'displayName="De dagen"', DAGEN, "De dagen"),
        ("table_range", DAGEN, 'ref="D1:D4"', 'ref="D1:D1"', DAGEN, "Dagen"),
        ("table_range", DAGEN, 'ref="D1:D4"', 'ref="D1:D1048577"', DAGEN, "Dagen"),
        ("table_filter", KEUZES, '<autoFilter ref="A1:B4"', '<autoFilter ref="A1:B5"', KEUZES, "A1:B5"),
        ("table_filter", KLACHTEN, '<autoFilter ref="A3:E6"', '<autoFilter ref="A3:E7"', KLACHTEN, "A3:E7"),
        ("dxf_index", KLACHTEN, 'dataDxfId="0"', 'dataDxfId="3"', KLACHTEN, "Ontvangen op"),
    ],
)  # fmt: skip
def test_table_faults(code: str, part: str, old: str, new: str, where: str, place: str, after: After) -> None:
    found = after(part, old, new)
    if code == "table_column_count":
        found = [fault for fault in found if fault.code != "count_wrong"]
    if code == "table_name":  # Its old name is not the table's now.
        found = [fault for fault in found if fault.part == where]
    assert [(code, where, place)] == [(fault.code, fault.part, fault.place) for fault in found]


@pytest.mark.parametrize("name", ["", "x" * 256])
def test_column_names_of_a_wrong_length(name: str, after: After) -> None:
    found = after(DAGEN, 'name="Dag"', f'name="{name}"')
    assert {"table_column_name", "table_header"} == {fault.code for fault in found}


def test_two_columns_of_one_name(after: After) -> None:
    found = after(KEUZES, 'name="Aantal"', 'name="KEUZE"')
    assert ["table_column_duplicate", "table_header"] == sorted(fault.code for fault in found)


def test_two_tables_with_one_id(after: After) -> None:
    found = after(DAGEN, 'id="3" name="Dagen"', 'id="2" name="Dagen"')
    assert [("table_id", KEUZES), ("table_id", DAGEN)] == [(fault.code, fault.part) for fault in found]


def test_two_tables_with_one_name(after: After) -> None:
    found = after(DAGEN, 'displayName="Dagen"', 'displayName="keuzes"')
    assert {("table_name_duplicate", KEUZES), ("table_name_duplicate", DAGEN)} == {(f.code, f.part) for f in found}


def test_tables_that_overlap(after: After) -> None:
    found = after(DAGEN, 'ref="D1:D4"', 'ref="B4:B6"')
    assert [("table_overlap", "lies over Keuzes")] == [(f.code, f.detail) for f in found if f.code != "table_header"]


def test_a_header_of_two_lines_in_excels_own_escape(after: After) -> None:
    assert [] == after(KLACHTEN, 'name="Bedrag&#xA;in euro"', 'name="Bedrag_x000a_in euro"')


def test_a_table_without_headers_needs_no_header_cells(after: After) -> None:
    assert [] == after(DAGEN, 'ref="D1:D4"', 'ref="D2:D4" headerRowCount="0"')


E4 = '<c r="E4" s="1"><f>IF('
THIS_ROW = 'IF(Klachten[[#This Row],[Ontvangen op]]="","",WORKDAY(Klachten[[#This Row],[Ontvangen op]],20,vrij))'


def test_cells_that_differ_from_their_column_only_on_request(after: After) -> None:
    assert [] == after(REGISTER, E4, f"{E4}1+")
    found = after(REGISTER, E4, f"{E4}1+", column_formulas=True)
    assert [("table_formula", "E4")] == [(fault.code, fault.place) for fault in found]


@pytest.mark.parametrize(
    "formula",
    [
        THIS_ROW,
        'IF(Klachten[@[Ontvangen op]]="","",WORKDAY([@[Ontvangen op]],20,VRIJ))',
        'IF( Klachten[@Ontvangen op]="" , "",WORKDAY(Klachten[[#This Row],[Ontvangen op]],20,vrij))',
    ],
)
def test_spellings_of_one_formula_are_equal(formula: str, after: After) -> None:
    found = after(REGISTER, f"<f>{THIS_ROW}</f>", f"<f>{formula}</f>", column_formulas=True)
    assert "table_formula" not in {fault.code for fault in found}
