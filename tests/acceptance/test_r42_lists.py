"""R42: an office changes its lists in the workbook, without programming."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import openpyxl
from papers import english_in
from sheets import coordinates, load

FIRST = 6


def list_cells(sheet: Any, name: str) -> tuple[int, int]:
    """Give the first column and the last row of a list's table."""
    first, _, last = sheet.tables[f"Lijst_{name}"].ref.partition(":")
    return coordinates(first)[1], coordinates(last)[0]


def relabel(path: Path, name: str, old: str, new: str, word: str | None = None) -> str:
    """Type another label over that of a choice, and whether it is in use; gives the label's cell."""
    book = load(path)
    sheet = book["Lijsten"]
    left, last = list_cells(sheet, name)
    right = left + len(sheet.tables[f"Lijst_{name}"].columns) - 1
    row = next(n for n in range(FIRST, last + 1) if sheet.cell(n, left + 1).value == old)
    sheet.cell(row, left + 1).value = new
    if word is not None:
        sheet.cell(row, right).value = word
    book.save(path)
    return str(sheet.cell(row, left + 1).coordinate)


def test_r42_a_change_in_a_file_with_older_lists_is_not_lost_in_silence(office: Any) -> None:
    """What was not taken over is told at its cell; once the file is up to date the same change is taken in."""
    copy = office.root / "kopie.xlsx"
    shutil.copyfile(office.workbook, copy)
    relabel(office.workbook, "channel", "fax", "telefax")
    assert ["telefax"] == [c["new"] for c in office.run("sync").json["lists"]]
    cell = relabel(copy, "channel", "brief", "brief per post")
    result = office.run("sync", str(copy))
    (finding,) = result.json["findings"]
    assert ("list_not_taken", "warning", "kopie.xlsx", "Lijsten", cell, "Label", "brief per post") == tuple(
        finding[k] for k in ("code", "severity", "file", "sheet", "cell", "label", "value")
    )
    assert "'brief'" in finding["message"]
    assert (0, [], ["kopie.xlsx"]) == (result.code, result.json["lists"], result.json["written_back"])
    relabel(copy, "channel", "brief", "brief per post")
    result = office.run("sync", str(copy)).json
    assert ([], ["brief per post"]) == (result["findings"], [c["new"] for c in result["lists"]])


def test_r42_a_choice_put_out_of_use_in_a_file_with_older_lists_is_told_too(office: Any) -> None:
    """At the cell of the column In gebruik; the entry that was renamed elsewhere is no change of this file."""
    copy = office.root / "kopie.xlsx"
    shutil.copyfile(office.workbook, copy)
    relabel(office.workbook, "channel", "fax", "telefax")
    office.run("sync")
    relabel(copy, "channel", "brief", "brief", "nee")
    (finding,) = office.run("sync", str(copy)).json["findings"]
    assert ("list_not_taken", "In gebruik", "nee") == tuple(finding[k] for k in ("code", "label", "value"))


def test_r42_two_files_of_one_sync_do_not_undo_each_others_lists(office: Any) -> None:
    """The second still shows the old label; a change of its own to that entry is told, to another it is taken in."""
    copy = office.root / "noord.xlsx"
    shutil.copyfile(office.workbook, copy)
    office.settings('\n[[sources]]\npath = "noord.xlsx"\n')
    relabel(office.workbook, "channel", "fax", "telefax")
    relabel(copy, "channel", "brief", "brief per post")
    result = office.run("sync").json
    assert (["telefax", "brief per post"], []) == ([c["new"] for c in result["lists"]], result["findings"])
    relabel(office.workbook, "channel", "telefax", "faxbericht")
    relabel(copy, "channel", "telefax", "telefoonfax")
    result = office.run("sync").json
    assert ["faxbericht"] == [c["new"] for c in result["lists"]]
    assert [("list_not_taken", "telefoonfax")] == [(f["code"], f["value"]) for f in result["findings"]]
    for path in (office.workbook, copy):
        sheet = load(path)["Lijsten"]
        column, last = list_cells(sheet, "channel")
        shown = {sheet.cell(n, column + 1).value for n in range(FIRST, last + 1)}
        assert {"faxbericht", "brief per post"} <= shown


def test_r42_a_dutch_register_shows_dutch_words_in_every_list(office: Any) -> None:
    """Codes may be code words; what people choose from is Dutch."""
    sheet = load(office.workbook)["Lijsten"]
    for name, expected in (
        ("signal", ["te laat", "bijna te laat", "op tijd", "beantwoord", "opgeschort", "afgesloten"]),
        ("letter_kind", ["ontvangstbevestiging", "verzoek om informatie", "tussenbericht", "verlenging"]),
    ):
        column, _ = list_cells(sheet, name)
        assert expected == [sheet.cell(FIRST + n, column + 1).value for n in range(len(expected))]
    for table in sheet.tables:
        column, last = list_cells(sheet, table.removeprefix("Lijst_"))
        labels = [sheet.cell(n, column + 1).value for n in range(FIRST, last + 1)]
        assert [] == english_in(label for label in labels if label)


def test_r42_a_choice_added_on_the_sheet_is_taken_in_and_gets_a_code(office: Any, complaint: Any) -> None:
    """The same sync already understands it in the register, and the code appears beside it."""
    book = load(office.workbook)
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
    shown = load(office.workbook)["Lijsten"]
    assert "klaagmuur_in_de_hal" == shown.cell(row, column).value
    assert [] == office.run("sync").json["lists"]


def test_r42_a_renamed_choice_keeps_its_code_and_old_cells_still_resolve(office: Any, complaint: Any) -> None:
    """The row with the old label is shown with the new one after the sync."""
    (row,) = office.type({**complaint, "Wijze van melding": "fax"})
    office.run("sync")
    book = load(office.workbook)
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
    sheet = load(office.workbook)["Lijsten"]
    column, last = list_cells(sheet, "branch")
    assert "Vestiging Noord" in [sheet.cell(n, column + 1).value for n in range(FIRST, last + 1)]


def test_r42_codes_of_registerkits_own_do_not_show(office: Any) -> None:
    """An office sees how signals and letters are called, and no blank rows; a label it changes comes back all the same."""
    relabel(office.workbook, "letter_kind", "nazorg", "navraag")
    assert ["navraag"] == [change["new"] for change in office.run("sync").json["lists"]]
    sheet = openpyxl.load_workbook(office.workbook)["Lijsten"]
    for name, hidden in (("signal", True), ("in_time", True), ("letter_kind", True), ("category", False)):
        left, top, _, bottom = openpyxl.utils.range_boundaries(sheet.tables[f"Lijst_{name}"].ref)
        assert hidden == sheet.column_dimensions[openpyxl.utils.get_column_letter(left)].hidden
        assert sheet.cell(top - 1, left + hidden).value
        assert hidden == bool(sheet.cell(bottom, left + 1).value)
