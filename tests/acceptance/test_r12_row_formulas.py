"""R12: when the terms change, so do the formulas of a workbook that is in use, by their names."""

from __future__ import annotations

import re

import pytest
from office import COMPLAINT, Office

from registerkit.ooxml import Editor, Package


@pytest.fixture
def begun(office: Office) -> Office:
    """An office with one complaint in its register."""
    office.type(COMPLAINT)
    office.run("sync")
    return office


def _names(office: Office) -> dict[str, str]:
    with Package(office.workbook) as package:
        return dict(package.defined_names)


def _set(office: Office, old: str, new: str) -> None:
    file = office.root / "register.toml"
    told = file.read_text(encoding="utf-8")
    changed = re.sub(old, new, told, count=1, flags=re.M)
    assert changed != told
    file.write_text(changed, encoding="utf-8")


def test_r12_a_term_that_changes_reaches_every_row_by_the_name_of_its_formula(begun: Office) -> None:
    before = _names(begun)
    _set(begun, r"^\[terms\]$", "[terms]\nacknowledge_working_days = 3")
    written = begun.run("sync")
    assert written.json["written_back"] == ["klachtenregister.xlsx"]
    after = _names(begun)
    assert {name for name in before if before[name] != after[name]} == {"rij_uiterlijk_bevestigen_op"}
    assert after["rij_uiterlijk_bevestigen_op"].endswith(",3,vrije_dagen))")
    first = next(iter(begun.rows().values()))
    assert f"{first['Uiterlijk bevestigen op']:%d-%m-%Y}" == "05-11-2026"
    again = begun.run("sync")
    assert again.json["written_back"] == []


def test_r12_the_way_excel_writes_a_name_is_no_change(begun: Office) -> None:
    """Excel leaves the quotes out around the name of a sheet that needs none."""
    file = begun.workbook
    with Package(file) as package:
        editor = Editor(package)
        name, told = "rij_uiterlijk_bevestigen_op", package.defined_names["rij_uiterlijk_bevestigen_op"]
        editor.set_name(name, told.replace("'", ""))
        editor.save(file)
    assert begun.run("sync").json["written_back"] == []
