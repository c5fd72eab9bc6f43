"""Structured references: spelled as files write them, to tables and columns that are there."""

from __future__ import annotations

import pytest
from lint_samples import CALCULATION, CHART, REGISTER, RULES, After


@pytest.mark.parametrize(
    ("code", "formula"),
    [
        ("structured_spelling", "Klachten[@Nummer]"),
        ("structured_spelling", "Klachten[@[Ontvangen op]]"),
        ("structured_spelling", "Klachten[[#This Row],Nummer]"),
        ("structured_spelling", "Klachten[[#this row],[Nummer]]"),
        ("structured_spelling", "Klachten[[#This Row], [Nummer]]"),
        ("structured_spelling", "Klachten[[#This Row];[Nummer]]"),
        ("structured_spelling", "Klachten[[#Deze rij],[Nummer]]"),
        ("structured_spelling", "Klachten[[Nummer],[#This Row]]"),
        ("structured_spelling", "Klachten[[Nummer],[Ontvangen op]]"),
        ("structured_spelling", "Klachten[#Alles]"),
        ("structured_spelling", "Klachten[Soort '[a'] #1]"),
        ("structured_bare", "[Nummer]"),
        ("structured_bare", "[[#This Row],[Nummer]]"),
        ("table_unknown", "SUM(Klacht[Nummer])"),
        ("column_unknown", "SUM(Klachten[Numer])"),
        ("column_unknown", "SUM(Klachten[[Nummer]:[Numer]])"),
        ("column_unknown", "Klachten[[#This Row],[Numer]]"),
    ],
)
def test_structured_faults(code: str, formula: str, after: After) -> None:
    found = after(CALCULATION, "SUM(1,2)", formula)
    assert [(code, "E1")] == [(fault.code, fault.place) for fault in found]


@pytest.mark.parametrize(
    "formula",
    [
        "SUM(Klachten[])",
        "SUM(klachten[NUMMER])",
        "ROWS(Klachten)",
        "SUM(Klachten[#All])",
        "COUNTA(Klachten[[#Headers],[#Data],[Nummer]:[Uiterlijk]])",
        "Klachten[[#This Row],[Soort '[a'] '#1]]",
        "SUM(Klachten[[Nummer]])",
        "SUM(Klachten[Bedrag\nin euro])",
    ],
)
def test_sound_references(formula: str, after: After) -> None:
    assert [] == after(CALCULATION, "SUM(1,2)", formula)


def test_a_table_without_its_name_only_in_its_totals_row(after: After) -> None:
    found = after(REGISTER, "SUBTOTAL(109,[Bedrag\nin euro])", "SUBTOTAL(109,[Bedrag])")
    assert [("column_unknown", "D7")] == [(fault.code, fault.place) for fault in found]
    found = after(REGISTER, '<row r="7" spans="1:5"><c r="A7" t="s"><v>2</v></c>', '<row r="7"><c r="A7"><f>[[#This Row],[Nummer]]</f></c>')  # fmt: skip
    assert [("structured_bare", "A7")] == [(fault.code, fault.place) for fault in found]


def test_the_formula_of_a_totals_row_in_the_table_part(after: After) -> None:
    part, sums = "xl/tables/table1.xml", 'totalsRowFunction="sum"/>'
    formula = 'totalsRowFunction="custom"><totalsRowFormula>SUM([Nummer])</totalsRowFormula></tableColumn>'
    assert [] == after(part, sums, formula)
    assert ["column_unknown"] == [fault.code for fault in after(part, sums, formula.replace("Nummer", "Numer"))]


@pytest.mark.parametrize(
    ("part", "old"),
    [
        (RULES, "COUNTIF(soorten,$A2)"),
        (RULES, "<formula1>soorten"),
        (CHART, "'Keuze''s'!$B$2:$B$4"),
    ],
)
def test_places_where_excel_takes_no_structured_reference(part: str, old: str, after: After) -> None:
    tag = "<formula1>" if "formula1" in old else ""
    found = after(part, old, f"{tag}SUM(Keuzes[Aantal])")
    assert [("structured_place", part)] == [(fault.code, fault.part) for fault in found]
