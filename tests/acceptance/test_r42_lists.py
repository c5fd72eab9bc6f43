"""R42: an office changes its lists in the workbook, without programming."""

from __future__ import annotations

from typing import Any

import openpyxl

FIRST = 6


def list_cells(sheet: Any, name: str) -> tuple[int, int]:
    """Give the first column and the last row of a list's table."""
    left, _, _, bottom = openpyxl.utils.range_boundaries(sheet.tables[f"Lijst_{name}"].ref)
    return left, bottom


def test_r42_a_choice_added_on_the_sheet_is_taken_in_and_gets_a_code(office: Any, complaint: Any) -> None:
    """The same sync already understands it in the register, and the code appears beside it."""
    book = openpyxl.load_workbook(office.workbook)
    sheet = book["Lijsten"]
    column, last = list_cells(sheet, "channel")
    row = next(n for n in range(FIRST, last + 1) if sheet.cell(n, column + 1).value is None)
    sheet.cell(row, column + 1).value = "Klaagmuur in de hal"
    book.save(office.workbook)
    office.type({**complaint, "Wijze van melding": "klaagmuur in de hal"})
    result = office.run("sync")
    assert (0, 1) == (result.code, result.json["new"])
    assert [("channel", "klaagmuur_in_de_hal", None)] == [
        (c["list"], c["code"], c["old"]) for c in result.json["lists"]
    ]
    assert "Klaagmuur in de hal" == office.complaints()[0]["channel"]
    shown = openpyxl.load_workbook(office.workbook)["Lijsten"]
    assert "klaagmuur_in_de_hal" == shown.cell(row, column).value
    assert [] == office.run("sync").json["lists"]


def test_r42_a_renamed_choice_keeps_its_code_and_old_cells_still_resolve(office: Any, complaint: Any) -> None:
    """The row with the old label is shown with the new one after the sync."""
    (row,) = office.type({**complaint, "Wijze van melding": "fax"})
    office.run("sync")
    book = openpyxl.load_workbook(office.workbook)
    sheet = book["Lijsten"]
    column, last = list_cells(sheet, "channel")
    at = next(n for n in range(FIRST, last + 1) if sheet.cell(n, column + 1).value == "fax")
    sheet.cell(at, column + 1).value = "telefax"
    book.save(office.workbook)
    result = office.run("sync")
    assert [("fax", "telefax")] == [(c["old"], c["new"]) for c in result.json["lists"]]
    assert "telefax" == office.complaints()[0]["channel"]
    assert "telefax" == office.rows()[row]["Wijze van melding"]


def test_r42_a_department_of_the_settings_appears_in_the_workbook(office: Any) -> None:
    """What register.toml adds is put in a blank row of the sheet."""
    office.settings('\n[branches]\nnoord = "Vestiging Noord"\n')
    office.run("sync")
    sheet = openpyxl.load_workbook(office.workbook)["Lijsten"]
    column, last = list_cells(sheet, "branch")
    assert "Vestiging Noord" in [sheet.cell(n, column + 1).value for n in range(FIRST, last + 1)]
