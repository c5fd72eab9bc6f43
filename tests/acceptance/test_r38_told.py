"""R21 and R38: what is told about a cell reads as people write it, and says what the register holds."""

from __future__ import annotations

from typing import Any

from office import COMPLAINT, Office

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
