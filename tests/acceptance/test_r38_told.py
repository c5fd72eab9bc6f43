"""R21 and R38: what is told about a cell reads as people write it, and says what the register holds."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from office import COMPLAINT, Office
from sheets import load

Soffice = Callable[..., Path]

SHEET = "Aandachtspunten"


def points(office: Office) -> list[dict[str, Any]]:
    """Give the filled rows of the attention sheet."""
    return list(office.rows(SHEET).values())


def registered(office: Office) -> int:
    """Register a complaint; gives its row."""
    (row,) = office.type(COMPLAINT)
    assert office.run("sync").code == 0
    return row


def told_after(office: Office, row: int, **values: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Change cells of a row and sync; gives the one finding and its row on the attention sheet."""
    office.change(row, {header.replace("_", " "): value for header, value in values.items()})
    (finding,) = office.run("sync").json["findings"]
    (point,) = points(office)
    return finding, point


def test_r38_numbers_of_complaints_are_told_as_they_are_typed(office: Office) -> None:
    finding, point = told_after(office, registered(office), Hangt_samen_met="K-2026-0008 en K-2026-0009")
    assert "K-2026-0008, K-2026-0009" == finding["value"] == point["Bestand"]


def test_r38_a_complaint_does_not_belong_with_itself(office: Office) -> None:
    finding, point = told_after(office, registered(office), Hangt_samen_met="k-2026-0001")
    assert ("own_number", "K-2026-0001") == (finding["code"], point["Bestand"])
    assert office.complaints()[0]["related_to"] is None


def test_r38_what_was_emptied_stays_in_the_register_and_that_is_told(office: Office) -> None:
    finding, point = told_after(office, registered(office), Naam=None)
    assert "emptied" == finding["code"]
    assert "Het register houdt 'J. Jansen'." in finding["message"]
    assert ("J. Jansen", None) == (point["Opslag"], point["Bestand"])
    assert "J. Jansen" == office.complaints()[0]["name"]


def test_r38_amounts_are_told_in_euros(office: Office) -> None:
    row = registered(office)
    office.change(row, {"Kosten": 1234.5})
    assert office.run("sync").code == 0
    finding, point = told_after(office, row, Kosten=-5)
    assert "€ -5,00 is te laag." == finding["message"]
    assert ("€ 1.234,50", "€ -5,00") == (point["Opslag"], point["Bestand"])


def test_r38_a_rule_without_a_reason_leaves_no_gap(office: Office) -> None:
    office.type({**COMPLAINT, "Heropend op": date(2026, 11, 16)})
    office.run("sync")
    found = [point["Toelichting"] for point in points(office) if point["Veld"] == "Reden heropening"]
    assert ["‘Reden heropening’ hoort hier ingevuld te zijn. Vul ‘Reden heropening’ in."] == found


STAFF_AGAIN = {"Code": "JB", "Naam": "Joke Brand"}
HOLIDAY = {"Datum": date(2026, 12, 25), "Naam": "Eerste kerstdag"}


@pytest.mark.parametrize(
    ("sheet", "row", "code", "message"),
    [
        ("Medewerkers", STAFF_AGAIN, "duplicate_key", "‘Code’ JB staat er twee keer"),
        ("Feestdagen", HOLIDAY, "duplicate_own_key", "‘Datum’ 25-12-2026 staat er twee keer"),
        (
            "Register",
            {"Klachtnummer": "K-2026-0001", **COMPLAINT},
            "duplicate_key",
            "‘Klachtnummer’ K-2026-0001 staat er",
        ),
    ],
)
def test_r38_what_stands_twice_is_told_in_words_that_fit(
    office: Office, sheet: str, row: dict[str, Any], code: str, message: str
) -> None:
    registered(office)
    office.type(row, sheet=sheet)
    (finding,) = office.run("sync").json["findings"]
    assert (code, True) == (finding["code"], finding["message"].startswith(message))
    assert ("leeg" in finding["fix"]) == (code == "duplicate_key")
    assert "klacht" not in finding["fix"]


# ------------------------------------------------------------------------------- columns that sync fills in
def test_r38_what_is_typed_over_a_column_that_sync_fills_in_is_told_once(office: Office) -> None:
    """It stays noted until somebody has seen it, for the cell itself has the register's value again."""
    row = registered(office)
    before = office.rows()[row]
    office.change(row, {"Termijn": "mijn termijn", "Dagen tot antwoord": 99, "Maand": "2030-01", "Op tijd": "nee"})
    found = office.run("sync").json["findings"]
    told = [("Termijn", "mijn termijn"), ("Maand", "2030-01"), ("Dagen tot antwoord", "99"), ("Op tijd", "nee")]
    assert told == [(f["label"], f["value"]) for f in found]
    assert {"value_typed_over"} == {f["code"] for f in found}
    assert before == office.rows()[row]
    assert "2026-11" == next(p["Opslag"] for p in points(office) if p["Veld"] == "Maand")
    assert [] == office.run("sync").json["findings"]
    assert len(told) == len(points(office))


JUDGED = {
    "Oordeel": "gegrond",
    "Oplossing": "excuses",
    "Wijze van afhandeling": "brief",
    "Behandelaar": "Jeroen Bakker",
}


def test_r38_a_column_that_sync_fills_in_is_outdated_in_an_old_copy_and_not_typed_over(office: Office) -> None:
    row = registered(office)
    copy = office.root / "kopie.xlsx"
    shutil.copyfile(office.workbook, copy)
    office.change(
        row,
        {"Ontvangen op": date(2026, 10, 12), "Beantwoord op": date(2026, 11, 9), "Ernst": "zeer ernstig", **JUDGED},
    )
    office.run("sync")
    office.change(row, {"Kosten": 5}, path=copy)
    assert [] == office.run("sync", str(copy)).json["findings"]
    assert ["copy_without_news"] == [f["code"] for f in office.run("sync").json["findings"]]


def test_r38_an_edit_that_changes_a_counted_value_is_not_told_as_typed_over(office: Office) -> None:
    row = registered(office)
    office.change(row, {"Ontvangen op": date(2026, 10, 12)})
    assert [] == office.run("sync").json["findings"]
    assert "2026-10" == office.rows()[row]["Maand"]


# ------------------------------------------------------------------------------------------------------------ forms
def filled_form(office: Office, name: str, **values: Any) -> Path:
    """Fill in a form and hand it in; gives its path in the inbox."""
    book = load(office.root / "klachtenformulier.xlsx")
    said = {"received_on": COMPLAINT["Ontvangen op"], "channel": "telefoon", "name": "F. Jansen",
            "phone": "06 55551234", "category": "Service: informatie", "description": "Geen antwoord."}  # fmt: skip
    for field, value in {**said, **values}.items():
        ((sheet, cell),) = book.defined_names[f"in_{field}"].destinations
        book[sheet][cell.replace("$", "").split(":")[0]].value = value
    path = office.root / "postvak-in" / name
    book.save(path)
    return path


def test_r02_a_form_that_was_refused_is_told_as_such(office: Office) -> None:
    filled_form(office, "half.xlsx", description=None, phone="geen")
    text = office.say("sync").text
    headings = [line for line in text.splitlines() if "half.xlsx, blad" in line]
    assert headings
    assert all(line.endswith(". Het formulier is niet geregistreerd.") for line in headings)


def test_r02_a_form_that_was_taken_but_for_a_box_is_told_as_such(office: Office) -> None:
    filled_form(office, "goed.xlsx", email="geen adres")
    (heading,) = (line for line in office.say("sync").text.splitlines() if "goed.xlsx, blad" in line)
    assert heading.endswith(". De rest is ingelezen.")


@pytest.mark.parametrize("lock", ["~$open.xlsx", ".~lock.open.xlsx#"])
def test_r02_a_form_that_is_open_is_told_and_read_once_it_is_closed(office: Office, lock: str) -> None:
    form = filled_form(office, "open.xlsx")
    (form.parent / lock).write_bytes(b"x" * 165)
    result = office.run("sync")
    (finding,) = result.json["findings"]
    told = (finding["code"], finding["severity"], finding["file"])
    assert ("form_open", "info", "postvak-in/open.xlsx") == told
    assert (0, 0, True) == (result.code, result.json["new"], form.exists())
    (form.parent / lock).unlink()
    result = office.run("sync")
    assert (0, 1, []) == (result.code, result.json["new"], result.json["findings"])


@pytest.mark.soffice
@pytest.mark.parametrize("kind", ["ods", "xls"])
def test_r02_a_form_that_was_saved_as_another_kind_is_read_as_well(office: Office, soffice: Soffice, kind: str) -> None:
    """Its cells keep their names, and it goes to what was done under its number."""
    form = filled_form(office, "anders.xlsx")
    other = shutil.move(soffice(form, kind), form.with_suffix(f".{kind}"))
    form.unlink()
    result = office.run("sync")
    assert (0, 1, False) == (result.code, result.json["new"], Path(other).exists())
    assert list((office.root / "postvak-in" / "verwerkt").glob(f"K-* anders.{kind}"))
