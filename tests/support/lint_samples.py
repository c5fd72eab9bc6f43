"""A sound workbook with a bit of everything that the linter looks at, made by XlsxWriter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from ooxml_lint import LintFault

__all__ = ["CALCULATION", "CHART", "LISTS", "REGISTER", "RULES", "STYLES", "TEXTS", "WORKBOOK", "After", "rich_book"]

After = Callable[..., list[LintFault]]
"""Gives what is found after one change in a sound workbook: in which part, the old text, the new one."""

WORKBOOK = "xl/workbook.xml"
STYLES = "xl/styles.xml"
TEXTS = "xl/sharedStrings.xml"
CHART = "xl/charts/chart1.xml"
REGISTER = "xl/worksheets/sheet1.xml"
LISTS = "xl/worksheets/sheet2.xml"
CALCULATION = "xl/worksheets/sheet3.xml"
RULES = "xl/worksheets/sheet4.xml"


def rich_book(path: Path) -> Path:
    """Make a book with tables, names, links, formulas, rules, charts and properties; nothing in it is wrong."""
    book = xlsxwriter.Workbook(path, {"use_future_functions": True})
    _register(book)
    _lists(book)
    _calculation(book)
    _rules(book)
    sheet, chart = book.add_chartsheet("Diagram"), book.add_chart({"type": "bar"})
    chart.add_series({"values": "='Keuze''s'!$B$2:$B$4"})
    sheet.set_chart(chart)
    book.set_properties({"title": "Klachten & meer", "company": "De Spaak BV", "created": datetime(2026, 4, 1)})
    book.set_custom_property("registerkit.revision", "7", "text")
    book.set_custom_property("registerkit.register", "abc", "text")
    book.close()
    return path


def _register(book: Any) -> None:
    """Add a table with a formula, a header of two lines and a totals row; merged cells, a note, links and a filter."""
    sheet, day = book.add_worksheet("Register"), book.add_format({"num_format": '"op "dd-mm-yyyy;[Red]-0;0;@'})
    sheet.merge_range("A1:C1", "Klachten", book.add_format({"bold": True}))
    sheet.merge_range("E1:F1", "2026")
    formula = 'IF(Klachten[[#This Row],[Ontvangen op]]="","",WORKDAY(Klachten[[#This Row],[Ontvangen op]],20,vrij))'
    sheet.add_table("A3:E7", {"name": "Klachten", "total_row": True, "columns": [
        {"header": "Nummer", "total_string": "Totaal"}, {"header": "Ontvangen op", "format": day},
        {"header": "Soort [a] #1"}, {"header": "Bedrag\nin euro", "total_function": "sum"},
        {"header": "Uiterlijk", "formula": formula},
    ]})  # fmt: skip
    for row in range(3, 6):
        sheet.write_row(row, 0, [f"K-{row}", 46000 + row, " levering ", row * 1.5])
        sheet.write_formula(row, 4, formula, day, 46030 + row)
    sheet.write_rich_string("A9", "een ", book.add_format({"italic": True}), "rijke ", "tekst")
    sheet.write_boolean("B9", True)
    sheet.write_formula("C9", "1/0", None, "#DIV/0!")
    sheet.write_comment("A3", "Het nummer staat klaar.")
    sheet.write_url("A10", "internal:'Keuze''s'!A2", string="keuzes")
    sheet.write_url("A11", "internal:vrij", string="vrije dagen")
    sheet.write_url("A12", "https://voorbeeld.nl/?a=1&b=2")
    sheet.freeze_panes(3, 1)
    sheet.print_area("A1:E12")
    sheet.repeat_rows(0, 2)
    sheet.set_column("H:H", 20, day)


def _lists(book: Any) -> None:
    """Add two lists with names over them, of the workbook and of the sheet."""
    sheet = book.add_worksheet("Keuze's")
    sheet.add_table("A1:B4", {"name": "Keuzes", "columns": [{"header": "Keuze"}, {"header": "Aantal"}]})
    sheet.add_table("D1:D4", {"name": "Dagen", "autofilter": False, "columns": [{"header": "Dag"}]})
    for row, word in enumerate(("factuur", "levering", "anders"), 1):
        sheet.write_row(row, 0, [word, row])
        sheet.write_number(row, 3, 46100 + row)
    book.define_name("vrij", "='Keuze''s'!$D$2:$D$4")
    book.define_name("soorten", "='Keuze''s'!$A$2:INDEX('Keuze''s'!$A$2:$A$60,MAX(1,COUNTA('Keuze''s'!$A$2:$A$60)))")
    book.define_name("tarief", "=0.21")


def _calculation(book: Any) -> None:
    """Add formulas of many kinds, and a chart."""
    sheet = book.add_worksheet("Rekenen")
    book.define_name("Rekenen!eigen", "='Keuze''s'!$A$2")
    for row, (formula, value) in enumerate((
        ("SUM(1,2)", 3),
        ('COUNTIFS(Klachten[Ontvangen op],">="&DATE(2026,1,1),Klachten[Soort \'[a\'] \'#1],"*"&"""x""")', 0),
        ("SUM(Klachten[[Nummer]:[Ontvangen op]],Klachten[[#Totals],[Bedrag\nin euro]])+ROWS(Klachten[])", 6),
        ("IFERROR(INDEX(soorten,MATCH(\"levering\",soorten,0)),Rekenen!eigen)", "levering"),
        ("SUM(A:C)+SUM($3:$4)+SUM(Register!$A:$A Register!3:3)", 0),
        ("-2^-1%+{1,2;-3,4}*(1+tarief)", 1),
        ("STDEV.S(B1:B9)+NETWORKDAYS.INTL(1,9,11,vrij)+LOG10(10)+IF(TRUE,,2)", 1),
        ('AND(ISNUMBER(--LEFT("12",2)),Rekenen!A1<>#N/A)', 1),
    )):  # fmt: skip
        sheet.write_formula(row, 4, formula, None, value)
    chart = book.add_chart({"type": "column"})
    chart.add_series({"categories": "='Keuze''s'!$A$2:$A$4", "values": "='Keuze''s'!$B$2:$B$4"})
    sheet.insert_chart("H2", chart)


def _rules(book: Any) -> None:
    """Add validations and conditional formats."""
    sheet, red, bold = (
        book.add_worksheet("Regels"),
        book.add_format({"font_color": "red"}),
        book.add_format({"bold": 1}),
    )
    sheet.data_validation("A2:A9", {"validate": "list", "source": ["ja", "nee"], "input_title": "Kies"})
    sheet.data_validation("B2:B9", {"validate": "list", "source": "=soorten", "error_message": "Kies uit de lijst."})
    sheet.data_validation("C2:C9", {"validate": "date", "criteria": ">", "value": datetime(2026, 1, 1)})
    sheet.data_validation("D2:D9", {"validate": "custom", "value": "=COUNTIF($D$2:$D$9,D2)=1"})
    sheet.data_validation("E2:E9", {"validate": "decimal", "criteria": "between", "minimum": 1, "maximum": 9})
    sheet.conditional_format("A2:A9", {"type": "formula", "criteria": "=COUNTIF(soorten,$A2)=0", "format": red})
    sheet.conditional_format(
        "C2:C9", {"type": "cell", "criteria": "between", "minimum": 1, "maximum": 9, "format": bold}
    )
    sheet.conditional_format("E2:E9", {"type": "data_bar", "data_bar_2010": True})
    sheet.conditional_format("F2:F9", {"type": "text", "criteria": "containing", "value": "x", "format": red})
