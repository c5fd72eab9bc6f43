"""R41: whose complaint a row is: other people stay other people, a list that grows is known again, doubles are told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from office import Office

HEAD = "Ontvangen op;Wijze van melding;Naam;E-mail;Telefoon;Categorie;Omschrijving\n"


def lines(*people: tuple[str, str], text: str = "Niet geleverd", day: int = 16) -> str:
    return "".join(f"{day}-11-2026;e-mail;{name};{email};;Product: levering;{text}\n" for name, email in people)


@pytest.fixture
def shop(office: Office) -> Path:
    """Give the file of a web shop that is read every week."""
    office.settings('\n[[sources]]\npath = "winkel.csv"\nprefix = "W"\n')
    return office.root / "winkel.csv"


def week(office: Office, shop: Path, rows: str) -> Any:
    shop.write_text(HEAD + rows, encoding="utf-8")
    return office.run("sync")


def test_r41_other_people_with_one_short_story_on_one_day_are_other_complaints(office: Office, shop: Path) -> None:
    """A list that has only the new rows, week after week."""
    assert 1 == week(office, shop, lines(("Jan Smit", "jan@voorbeeld.example"))).json["new"]
    people = (("Piet Kok", "piet@voorbeeld.example"), ("Els Mol", "els@voorbeeld.example"))
    result = week(office, shop, lines(*people))
    assert (0, 2, []) == (result.code, result.json["new"], result.json["refused"])
    assert (0, 0) == tuple(week(office, shop, lines(*reversed(people))).json[k] for k in ("new", "changed"))
    assert 3 == len(office.complaints())


def test_r41_a_list_that_goes_on_knows_the_row_that_was_mended(office: Office, shop: Path) -> None:
    before = [("Jan Smit", "jan@voorbeeld.example"), ("Piet Kok", "piet@voorbeeld.example")]
    week(office, shop, lines(*before, text="De doos was nat en de inhoud beschadigd."))
    mended = lines(before[0], text="De doos was nat en de inhoud beschadigd.") + lines(before[1], text="Doos nat.")
    result = week(office, shop, mended + lines(("Els Mol", "els@voorbeeld.example")))
    assert 1 == result.json["new"]
    assert ["unstamped_difference"] == [f["code"] for f in result.json["findings"] if f["severity"] == "warning"]


def test_r41_a_complaint_that_is_nearly_the_same_comes_in_and_is_told(office: Office, shop: Path) -> None:
    """Nobody can give a row of such a list its number: nothing that asks for one holds it back."""
    jan = ("Jan Smit", "jan@voorbeeld.example")
    week(office, shop, lines(jan, text="De fiets kwam zonder pedalen en zonder zadel."))
    result = week(office, shop, lines(jan, text="De fietspomp doet het niet."))
    assert (1, []) == (result.json["new"], result.json["refused"])
    (told,) = [f for f in result.json["findings"] if f["code"] == "possible_double"]
    assert "W-2026-0001" in told["message"]


def test_r41_one_story_of_one_person_twice_on_one_day_is_told(office: Office, complaint: Any) -> None:
    office.type(
        complaint, complaint | {"Naam": "J. JANSEN"}, complaint | {"Naam": "P. Jansen", "Telefoon": "030 1112233"}
    )
    result = office.run("sync")
    assert 3 == result.json["new"]
    (told,) = [f for f in result.json["findings"] if f["code"] == "possible_double"]
    assert ("K-2026-0002", True) == (told["value"], "K-2026-0001" in told["message"])


def test_r41_records_of_a_file_come_beside_those_of_the_store_and_once(office: Office, complaint: Any) -> None:
    """However often they are given, and nothing that stood in the workbook goes."""
    office.type(complaint)
    office.run("sync")
    records = office.root / "oud.csv"
    records.write_text(
        HEAD + lines(("Jan Smit", "jan@voorbeeld.example"), ("Els Mol", "els@voorbeeld.example")), "utf-8"
    )
    for _ in range(2):
        assert 0 == office.run("workbook", "--replace", "--records", str(records)).code
        assert ["J. Jansen", "Jan Smit", "Els Mol"] == [row["Naam"] for row in office.rows().values()]
        result = office.run("sync")
        assert (0, [], []) == (result.code, result.json["missing"], result.json["refused"])
    assert 3 == len(office.complaints())
