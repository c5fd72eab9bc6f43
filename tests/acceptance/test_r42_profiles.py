"""R42: lists and words follow the profile of the settings until there are complaints; then a register keeps its lists."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from office import COMPLAINT, Office, headers
from sheets import load

from registerkit.setting_kinds import PROFILES

FITTING = {
    "eigen": "Product: garantie en reparatie",
    "awb": "Openbare ruimte",
    "wkkgz": "Medicatie",
    "webwinkel": "Retour en herroeping",
}
MUNICIPAL = COMPLAINT | {"Categorie": "Openbare ruimte", "Subcategorie": "Afval niet opgehaald"}


def entries(path: Path, name: str) -> dict[str, tuple[str, str]]:
    """Give label and use of a list's entries on the sheet of lists, by code."""
    sheet = load(path)["Lijsten"]
    rows = [[c.value for c in row] for row in sheet[sheet.tables[f"Lijst_{name}"].ref]][1:]
    return {str(row[0]): (str(row[1]), str(row[-1])) for row in rows if row[0]}


def in_use(path: Path, name: str) -> set[str]:
    return {label for label, use in entries(path, name).values() if use == "ja"}


def switch(office: Office, old: str, new: str) -> None:
    file = office.root / "register.toml"
    text = file.read_text(encoding="utf-8")
    assert f'profile = "{old}"' in text
    file.write_text(text.replace(f'profile = "{old}"', f'profile = "{new}"'), encoding="utf-8")


@pytest.mark.parametrize(
    "profile", [pytest.param(each, marks=[] if each == "awb" else [pytest.mark.slow]) for each in PROFILES]
)
def test_r42_a_register_is_made_in_the_words_of_its_profile(tmp_path: Path, profile: str) -> None:
    """Its lists, its headers and its routing fit, and a complaint of its own is registered without a remark."""
    office = Office(tmp_path / "register")
    assert office.init("--profile", profile).code == 0
    categories = in_use(office.workbook, "category")
    assert {other for other, label in FITTING.items() if label in categories} >= {profile}
    assert ("Product: garantie en reparatie" in categories) == (profile in ("eigen", "webwinkel"))
    assert ("korting" in in_use(office.workbook, "solution")) == (profile in ("eigen", "webwinkel"))
    word = {"awb": "inwoner", "wkkgz": "cliënt"}.get(profile, "klant")
    assert f"Gevolg voor de {word}" in headers(load(office.workbook)["Register"])
    assert f"wacht op {word}" in in_use(office.workbook, "status")
    office.type(COMPLAINT | {"Categorie": FITTING[profile], "Status": f"wacht op {word}"})
    result = office.run("sync").json
    assert (result["findings"], result["new"]) == ([], 1)


def test_r42_the_lists_follow_another_profile_while_there_are_no_complaints(tmp_path: Path) -> None:
    """What the new profile lacks goes out of use, also in a workbook that is there already; then complaints hold them."""
    office = Office(tmp_path / "register")
    assert office.init().code == 0
    switch(office, "eigen", "awb")
    assert office.run("sync").json["findings"] == []
    assert entries(office.workbook, "category")["SB"] == ("Bejegening", "ja")
    assert entries(office.workbook, "category")["PG"][1] == "nee"
    assert office.run("workbook", "--replace").code == 0
    assert {"Openbare ruimte", "Bejegening"} < in_use(office.workbook, "category")
    assert "Product: garantie en reparatie" not in in_use(office.workbook, "category")
    switch(office, "awb", "eigen")
    office.run("sync")
    assert {"Product: garantie en reparatie", "Service: bejegening"} < in_use(office.workbook, "category")
    assert "Openbare ruimte" not in in_use(office.workbook, "category")
    switch(office, "eigen", "awb")
    office.type(MUNICIPAL)
    assert office.run("sync").json["findings"] == []
    before = entries(office.workbook, "category")
    switch(office, "awb", "wkkgz")
    office.run("sync")
    assert before == entries(office.workbook, "category")
    assert [row["category"] for row in office.complaints()] == ["Openbare ruimte"]


def test_r42_a_register_with_complaints_keeps_its_lists_and_reads_its_old_headers(office: Any) -> None:
    """As one that was made before there were words by profile: nothing is told, and what is typed is taken in."""
    office.type(COMPLAINT | {"Gevolg voor de klant": "Ik moest lopen."})
    office.run("sync")
    before = {name: entries(office.workbook, name) for name in ("category", "solution", "status")}
    switch(office, "eigen", "awb")
    office.type(COMPLAINT | {"Naam": "P. Smit", "Gevolg voor de klant": "Ik kwam te laat.", "Status": "wacht op klant"})
    result = office.run("sync").json
    assert (result["findings"], result["new"]) == ([], 1)
    assert before == {name: entries(office.workbook, name) for name in before}
    assert [row["consequence"] for row in office.complaints()] == ["Ik moest lopen.", "Ik kwam te laat."]
    assert office.run("workbook", "--replace").code == 0
    assert "Gevolg voor de inwoner" in headers(load(office.workbook)["Register"])
    assert [row["Gevolg voor de inwoner"] for row in office.rows().values()] == ["Ik moest lopen.", "Ik kwam te laat."]


def test_r42_a_form_that_went_out_before_is_read_after_the_words_changed(
    office: Any, fresh_once: Callable[[str], Office]
) -> None:
    """Its boxes are found by their names, whatever stands above them."""
    book = openpyxl.load_workbook(fresh_once("nl").root / "klachtenformulier.xlsx")
    typed = {
        "name": "A. Bos",
        "phone": "030 123 45 67",
        "description": "Niet geholpen.",
        "category": "Service: bejegening",
    }
    office_part = {"received_on": office.on, "channel": "brief"}
    for field, value in {**typed, **office_part}.items():
        ((sheet, cell),) = book.defined_names[f"in_{field}"].destinations
        book[sheet][cell.replace("$", "").split(":")[0]] = value
    book.save(office.root / "postvak-in" / "formulier.xlsx")
    switch(office, "eigen", "awb")
    result = office.run("sync").json
    assert ([], 1) == ([f for f in result["findings"] if f["severity"] == "error"], result["new"])
