"""R38 and R41: what an office adds to its workbook stands in nobody's way, and a sync leaves it as it is."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from office import Office, header_row, headers
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill
from PIL import Image as Picture


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def add_to(path: Path, folder: Path) -> None:
    """Add what offices add: a column beside the table, a sheet, a note, a filter, a colour, a picture, a name."""
    Picture.new("RGB", (40, 20), "navy").save(folder / "stempel.png")
    book = openpyxl.load_workbook(path)
    register = book["Register"]
    beside, row = max(headers(register).values()) + 2, header_row(register)
    register.cell(row, beside).value = "Eigen notitie"
    register.cell(row + 1, beside).value = "Bellen na 17 uur"
    register.cell(row + 1, 1).comment = Comment("Let op: spreekt Frans.", "Sanne")
    register.conditional_formatting.add(
        "B5:B50", CellIsRule("lessThan", ["DATE(2026,1,1)"], fill=PatternFill("solid", "FFEEAA"))
    )
    table = next(iter(register.tables.values()))
    table.autoFilter.ref = table.ref
    table.autoFilter.add_filter_column(2, ["telefoon"])
    own = book.create_sheet("Lijstje van Sanne", 1)
    own["A1"], own["A2"], own["B2"] = "Taart op vrijdag", 12.5, "=A2*2"
    own.add_image(Image(folder / "stempel.png"), "D4")
    book.defined_names["mijn_tarief"] = openpyxl.workbook.defined_name.DefinedName(
        "mijn_tarief", attr_text="'Lijstje van Sanne'!$A$2"
    )
    book.save(path)


@pytest.fixture
def added(office: Office, complaint: Any, tmp_path: Path) -> Office:
    office.type(complaint)
    add_to(office.workbook, tmp_path)
    return office


def test_r38_additions_stand_in_nobodys_way(added: Office) -> None:
    """The complaint is registered and nothing is said about what is not registerkit's."""
    result = added.run("sync")
    assert (0, 1) == (result.code, result.json["new"])
    assert [] == [f for f in result.json["findings"] if f["severity"] != "info"]


def test_r38_a_sync_loses_nothing_of_it(added: Office) -> None:
    """Sheet, formula, note, colour, filter, picture and name are there after the numbers were written back."""
    before = parts(added.workbook)
    assert added.run("sync").json["written_back"]
    after = parts(added.workbook)
    assert set(before) == set(after)
    for name in before:
        if "/drawings/" in name or "/media/" in name or "comments" in name or name.endswith("styles.xml"):
            assert before[name] == after[name], name
    book = openpyxl.load_workbook(added.workbook)
    register, own = book["Register"], book["Lijstje van Sanne"]
    assert "Let op: spreekt Frans." == register["A5"].comment.text
    texts = {cell.value for row in register.iter_rows(min_row=4, max_row=5) for cell in row}
    assert {"Eigen notitie", "Bellen na 17 uur"} <= texts
    assert ("Taart op vrijdag", 12.5, "=A2*2", 1) == (
        own["A1"].value,
        own["A2"].value,
        own["B2"].value,
        len(own._images),
    )
    assert "'Lijstje van Sanne'!$A$2" == book.defined_names["mijn_tarief"].attr_text
    (column,) = next(iter(register.tables.values())).autoFilter.filterColumn
    assert ["telefoon"] == column.filters.filter
    assert any("B5:B50" in str(area.sqref) for area in register.conditional_formatting)


def test_r38_rows_that_were_sorted_and_hidden_are_known(added: Office, complaint: Any) -> None:
    """A second sync after sorting and hiding rows finds nothing new."""
    added.type({**complaint, "Naam": "P. Pieters"})
    assert 2 == added.run("sync").json["new"]
    book = openpyxl.load_workbook(added.workbook)
    register = book["Register"]
    for column in range(1, register.max_column + 1):
        a, b = register.cell(5, column), register.cell(6, column)
        if not str(a.value or "").startswith("="):
            a.value, b.value = b.value, a.value
    register.row_dimensions[5].hidden = True
    book.save(added.workbook)
    again = added.run("sync").json
    assert (0, 0, 2) == (again["new"], again["changed"], again["unchanged"])
