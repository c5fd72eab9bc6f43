"""Cells: one per address, ascending, with styles, texts and values that are there."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from broken import changed
from lint_samples import CALCULATION, REGISTER, TEXTS, After
from ooxml_lint import lint_workbook

B9 = '<c r="B9" t="b"><v>1</v></c>'
B5 = '<c r="B5"><v>46004</v></c>'
ROW_11 = '<row r="11" spans="1:5"><c r="A11" s="3" t="s"><v>14</v></c></row>'
SUM = '<c r="E1"><f>SUM(1,2)</f><v>3</v></c>'


@pytest.mark.parametrize(
    ("code", "part", "old", "new", "place"),
    [
        ("row_order", REGISTER, ROW_11, f'{ROW_11}<row r="11"/>', "11"),
        ("row_order", REGISTER, ROW_11, f'{ROW_11}<row r="2"/>', "2"),
        ("row_order", REGISTER, "</sheetData>", '<row r="1048577"/></sheetData>', "1048577"),
        ("cell_order", REGISTER, B9, f'{B9}<c r="A9"/>', "A9"),
        ("cell_duplicate", REGISTER, B9, B9 + B9, "B9"),
        ("cell_address", REGISTER, B9, B9.replace("B9", "B8"), "B8"),
        ("cell_address", REGISTER, B9, B9.replace("B9", "XFE9"), "XFE9"),
        ("cell_address", REGISTER, B9, B9.replace("B9", "b9"), "b9"),
        ("style_index", REGISTER, B5, B5.replace('r="B5"', 'r="B5" s="4"'), "B5"),
        ("style_index", REGISTER, '<row r="11"', '<row s="4" r="11"', "row 11"),
        ("style_index", REGISTER, 'width="20.7109375" style="1"', 'width="20.7109375" style="4"', "column 8"),
        ("string_index", REGISTER, "<v>14</v>", "<v>22</v>", "A11"),
        ("string_index", REGISTER, "<v>14</v>", "<v>-1</v>", "A11"),
        ("text_length", REGISTER, "<v>14</v></c>", f'<v>14</v></c><c r="B11" t="inlineStr"><is><t>{"x" * 32_768}</t></is></c>', "B11"),
        ("text_length", TEXTS, "<t>vrije dagen</t>", f"<t>{'x' * 32_768}</t>", "text 14"),
        ("text_length", CALCULATION, SUM, f'<c r="E1" t="str"><f>SUM(1,2)</f><v>{"x" * 32_768}</v></c>', "E1"),
        ("number_illegal", REGISTER, "<v>46004</v>", "<v>NaN</v>", "B5"),
        ("number_illegal", REGISTER, "<v>46004</v>", "<v>inf</v>", "B5"),
        ("number_illegal", REGISTER, "<v>46004</v>", "<v>46_004</v>", "B5"),
        ("number_illegal", REGISTER, "<v>46004</v>", "<v>46,5</v>", "B5"),
        ("value_illegal", REGISTER, B9, B9.replace(">1<", ">WAAR<"), "B9"),
        ("value_illegal", REGISTER, "#DIV/0!", "#DEEL/0!", "C9"),
        ("value_illegal", REGISTER, B9, B9.replace('t="b"', 't="x"'), "B9"),
        ("cached_string", CALCULATION, 't="str"', 't="inlineStr"', "E4"),
        ("cached_string", CALCULATION, 'r="E4" t="str"', 'r="E4"', "E4"),
        ("cached_string", CALCULATION, SUM, SUM.replace('r="E1"', 'r="E1" t="s"'), "E1"),
        ("space_lost", TEXTS, '<t xml:space="preserve"> levering', "<t> levering", "text 9"),
        ("space_lost", TEXTS, '<t xml:space="preserve">rijke ', "<t>rijke ", "text 12"),
        ("space_lost", REGISTER, "<v>14</v></c>", '<v>14</v></c><c r="B11" t="inlineStr"><is><t>a\n</t></is></c>', "B11"),
    ],
)  # fmt: skip
def test_cell_faults(code: str, part: str, old: str, new: str, place: str, after: After) -> None:
    assert [(code, part, place)] == [(fault.code, fault.part, fault.place) for fault in after(part, old, new)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (B9, '<c r="B9" t="d"><v>2026-04-01</v></c>'),
        (B9, '<c r="B9"><v>-1.5E-3</v></c>'),
        (B9, '<c r="B9"><v></v></c>'),
        (ROW_11, '<row><c s="3" t="s"><v>14</v></c><c><v>1</v></c></row>'),
        ("<v>14</v></c>", '<v>14</v></c><c r="B11" t="inlineStr"><is><r><t>a</t></r><rPh sb="0" eb="1"><t> b</t></rPh></is></c>'),
    ],
)  # fmt: skip
def test_sound_cells_of_other_programs(old: str, new: str, after: After) -> None:
    """Rows and cells may leave their address out, and phonetic texts do not count."""
    assert [] == after(REGISTER, old, new)


def test_the_longest_text(after: After) -> None:
    """Escapes count as the one character that they stand for."""
    assert [] == after(TEXTS, "<t>vrije dagen</t>", f"<t>{'x' * 32_766}_x000a_</t>")


def test_one_fault_in_every_cell_is_told_fifty_times(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "b.xlsx")
    sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
    for row in range(200):
        sheet.write_number(row, 0, row, bold)
    book.close()
    broken = changed(tmp_path / "b.xlsx", tmp_path / "c.xlsx", "xl/styles.xml", '<cellXfs count="2"', "<cellXfs")
    wrong = changed(
        broken,
        tmp_path / "d.xlsx",
        "xl/styles.xml",
        '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>',
        "",
    )
    assert ["style_index"] * 50 == [fault.code for fault in lint_workbook(wrong)]
