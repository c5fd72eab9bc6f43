"""Formulas: Excel can read them, and knows the functions, names and sheets in them."""

from __future__ import annotations

from xml.sax.saxutils import escape

import pytest
from lint_samples import CALCULATION, REGISTER, RULES, WORKBOOK, After


@pytest.mark.parametrize(
    ("code", "formula"),
    [
        ("formula_length", "1" + "+1" * 4_096),
        ("formula_literal", f'LEN("{"x" * 256}")'),
        ("formula_nesting", "ABS(" * 65 + "1" + ")" * 65),
        ("formula_arguments", f"SUM({','.join(['1'] * 256)})"),
        ("formula_brackets", "SUM(1,2"),
        ("formula_brackets", "SUM(1,2))"),
        ("formula_brackets", "SUM({1,2)"),
        ("formula_brackets", '"open'),
        ("formula_brackets", "'Keuze''s!A1"),
        ("formula_brackets", "SUM(Klachten[Nummer)"),
        ("formula_separator", "SUM(1;2)"),
        ("formula_separator", 'IF(A1="a;b";1;2)'),
        ("formula_syntax", "=SUM(1,2)"),
        ("formula_syntax", "1+"),
        ("formula_syntax", "1+*2"),
        ("formula_syntax", "(1+)"),
        ("formula_syntax", "()"),
        ("formula_syntax", "1 2"),
        ("formula_syntax", '"a""b" "c"'),
        ("formula_syntax", "SUM(1+,2)"),
        ("formula_syntax", "@A1"),
        ("formula_syntax", "A1#"),
        ("formula_syntax", "{1,,2}"),
        ("function_unknown", "SOM(1,2)"),
        ("function_unknown", "_xlfn.SUM(1,2)"),
        ("function_unknown", "ALS.FOUT(1,2)"),
        ("function_prefix", "STDEV.S(B1:B9)"),
        ("function_prefix", "IFNA(1,2)"),
        ("newer_than_2016", "_xlfn.IFS(TRUE,1)"),
        ("newer_than_2016", '_xlfn.TEXTJOIN(",",TRUE,B1:B9)'),
        ("newer_than_2016", "_xlfn.XLOOKUP(1,B1:B9,C1:C9)"),
        ("newer_than_2016", "_xlfn._xlws.FILTER(B1:B9,C1:C9)"),
        ("newer_than_2016", "_xlfn.LET(_xlpm.a,1,_xlpm.a+1)"),
        ("newer_than_2016", "ROWS(_xlfn.ANCHORARRAY(B1))"),
        ("name_unknown", "onbekend+1"),
        ("name_unknown", "SUM(XFE1)"),
        ("name_unknown", "A1048577"),
        ("name_unknown", "Register!eigen"),
        ("name_unknown", "eigen.x"),
        ("sheet_unknown", "Weg!A1"),
        ("sheet_unknown", "SUM('Weg ermee'!A1:B2)"),
        ("sheet_unknown", "SUM(Register:Weg!A1)"),
        ("external_reference", "[1]Register!A1"),
        ("external_reference", "'[boek.xlsx]Register'!A1"),
    ],
)
def test_formula_faults(code: str, formula: str, after: After) -> None:
    found = after(CALCULATION, "SUM(1,2)", escape(formula))
    assert [(code, CALCULATION, "E1")] == [(fault.code, fault.part, fault.place) for fault in found]


@pytest.mark.parametrize("function", ["XLOOKUP(1,B1:B9,C1:C9)", "UNIQUE(B1:B9)", "SORT(B1:B9)", "MAXIFS(B1:B9,C1:C9,1)", "MINIFS(B1:B9,C1:C9,1)", "CONCAT(B1)"])  # fmt: skip
def test_a_newer_function_without_its_prefix(function: str, after: After) -> None:
    codes = [fault.code for fault in after(CALCULATION, "SUM(1,2)", function)]
    assert ["function_prefix", "newer_than_2016"] == codes


def test_filter_and_sort_have_a_prefix_of_their_own(after: After) -> None:
    found = after(CALCULATION, "SUM(1,2)", "_xlfn.SORT(B1:B9)")
    assert "_xlfn.SORT must be written _xlfn._xlws.SORT" in [fault.detail for fault in found]


@pytest.mark.parametrize(
    "formula",
    [
        "1" + "+1" * 4_095,
        f'LEN("{"x" * 254}""")',
        "ABS(" * 64 + "1" + ")" * 64,
        f"SUM({','.join(['1'] * 255)})",
        "IF(A1,,)",
        "TODAY()-1",
        "(Register!A1,Rekenen!B2)",
        "soorten Register!$A$1:$B$9",
        "eigen&EIGEN&tarief",
        "SUM(Register:Rekenen!A1)",
        "INDEX(soorten,1):INDEX(soorten,2)",
        "--(1<>2)%",
        'IF( A1 = 1.5E+3 , "x;y" ,\n.5 )',
        "true+sum(a1:b2)",
        "AGGREGATE(9,5,B1:B9)+_xlfn.AGGREGATE(9,5,B1:B9)",
        "Register!#REF!+1",
    ],
)
def test_sound_formulas(formula: str, after: After) -> None:
    assert [] == after(CALCULATION, "SUM(1,2)", escape(formula))


def test_a_sheet_that_reads_as_a_cell_needs_quotes(after: After) -> None:
    assert [] == after(WORKBOOK, 'name="Diagram"', 'name="Q1"')
    found = after(CALCULATION, "SUM(1,2)", "Q1!A1")
    assert ["sheet_unknown"] == [fault.code for fault in found]


def test_a_fault_of_a_whole_column_is_told_once(after: After) -> None:
    rows = "".join(f'<row r="{row}"><c r="A{row}"><f>SOM($B{row}:C{row})</f></c></row>' for row in range(20, 90))
    found = after(REGISTER, "</sheetData>", f"{rows}</sheetData>")
    assert [("function_unknown", "A20")] == [(fault.code, fault.place) for fault in found]


@pytest.mark.parametrize(
    ("part", "old", "new", "code"),
    [
        (RULES, "COUNTIF(soorten,$A2)=0", "COUNTIF(sorten,$A2)=0", "name_unknown"),
        (RULES, "<formula1>soorten</formula1>", "<formula1>sorten</formula1>", "name_unknown"),
        (RULES, "<formula2>9</formula2>", "<formula2>9;8</formula2>", "formula_separator"),
        (WORKBOOK, "MAX(1,COUNTA(", "MAX(1;COUNTA(", "formula_separator"),
        ("xl/tables/table1.xml", ",20,vrij)", ",20,vrije)", "name_unknown"),
    ],
)
def test_formulas_outside_cells(part: str, old: str, new: str, code: str, after: After) -> None:
    assert [(code, part)] == [(fault.code, fault.part) for fault in after(part, old, new)]
