"""R23: staff who come, go and are away: who stands in for whom is understood in the sync that brings them."""

from __future__ import annotations

from datetime import date

from office import COMPLAINT, Office

AWAY = {"Afwezig van": date(2026, 11, 16), "Afwezig tot": date(2026, 11, 27)}


def test_r23_a_deputy_who_is_new_too_is_understood_at_once(office: Office) -> None:
    """Below or above the one he stands in for, with a code or without; the office sees no fault."""
    used = office.type(
        {"Naam": "Ans Aalders", "Rol": "behandelaar", "Vervanger": "Bea Bos", **AWAY},
        {"Code": "BB", "Naam": "Bea Bos", "Rol": "behandelaar", "Vervanger": "Cor Cats"},
        {"Naam": "Cor Cats", "Rol": "behandelaar"},
        sheet="Medewerkers",
    )
    office.type({**COMPLAINT, "Behandelaar": "Cor Cats"})
    assert [] == office.run("check", str(office.workbook)).json["findings"]
    result = office.run("sync")
    assert (0, []) == (result.code, result.json["findings"])
    staff = {s["name"]: s["deputy"] for s in office.export()["staff"]}
    assert {"Ans Aalders": "Bea Bos", "Bea Bos": "Cor Cats", "Cor Cats": None} == {
        n: staff[n] for n in ("Ans Aalders", "Bea Bos", "Cor Cats")
    }
    assert "Bea Bos" == office.rows("Medewerkers")[used[0]]["Vervanger"]
    assert "Cor Cats" == office.complaints()[0]["handler"]
    before = office.workbook.read_bytes()
    assert [] == office.run("sync").json["findings"]
    assert before == office.workbook.read_bytes()


def test_r23_a_known_person_gets_a_new_deputy(office: Office) -> None:
    """The change is one in the history, and other faults of the row are told once."""
    (row,) = (n for n, r in office.rows("Medewerkers").items() if r["Naam"] == "Jeroen Bakker")
    office.type({"Code": "NN", "Naam": "Nina Nuis", "Rol": "behandelaar"}, sheet="Medewerkers")
    office.change(row, {"Vervanger": "Nina Nuis", "E-mail": "geen adres"}, sheet="Medewerkers")
    result = office.run("sync")
    assert ["not_an_email"] == [f["code"] for f in result.json["findings"]]
    staff = {s["name"]: s for s in office.export()["staff"]}
    assert ("Nina Nuis", "jb@despaak.example") == tuple(staff["Jeroen Bakker"][k] for k in ("deputy", "email"))


def test_r23_a_deputy_whom_nobody_knows_is_told(office: Office) -> None:
    """Once, with the cell."""
    (row,) = (n for n, r in office.rows("Medewerkers").items() if r["Naam"] == "Jeroen Bakker")
    office.change(row, {"Vervanger": "Niemand"}, sheet="Medewerkers")
    (finding,) = office.run("sync").json["findings"]
    assert ("unknown_person", "Niemand", row) == tuple(finding[k] for k in ("code", "value", "row"))
