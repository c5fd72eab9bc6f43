"""Free text that holds a citizen service number, an IBAN or words about health is noticed; other numbers are not."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from registerkit.checking.sensitive import sensitive_cells
from registerkit.definition import Record, load_definition

ROOT = Path(__file__).resolve().parents[2]
MAIN = load_definition().main
BSN, IBAN = "111222333", "NL91 ABNA 0417 1643 00"


def found(record: Record, health: bool = True) -> list[tuple[str, str]]:
    return list(sensitive_cells(MAIN, record, record.keys(), health=health))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (f"Mijn BSN is {BSN}.", ["bsn_found"]),
        (f"burgerservicenummer: {BSN[:4]}.{BSN[4:6]}.{BSN[6:]}", ["bsn_found"]),
        (f"Zij gaf {BSN} op aan de balie", ["bsn_found"]),
        ("BSN 111222334 klopt niet", []),
        (f"Ordernummer {BSN} kwam niet aan", []),
        (f"order {BSN}", []),
        (f"Bel 0{BSN}", []),
        (f"De rekening is {IBAN} graag", ["iban_found"]),
        (f"{IBAN.replace(' ', '').lower()}", ["iban_found"]),
        ("NL91 ABNA 0417 1643 01", []),
        ("Door de psycholoog te laat, na mijn diagnose.", ["medical_found"]),
        ("De fiets is ziek en het zadel kreupel.", []),
        (f"Kanker, {BSN} en {IBAN}", ["bsn_found", "iban_found", "medical_found"]),
    ],
)
def test_what_stands_in_free_text(text: str, codes: list[str]) -> None:
    assert [code for _, code in found({"description": text})] == codes


def test_a_number_of_the_order_the_customer_or_the_telephone_is_no_citizens() -> None:
    text = f"Het gaat om {BSN}"
    for role in ("order_number", "customer_number", "phone"):
        assert found({"description": text, role: BSN}) == []
    assert found({"description": text, "order_number": "987"}) == [("description", "bsn_found")]


def test_a_short_field_needs_the_word_beside_it_and_health_is_not_looked_for_in_it() -> None:
    assert found({"subject": BSN}) == []
    assert found({"subject": f"bsn {BSN}"}) == [("subject", "bsn_found")]
    assert found({"subject": "diagnose"}) == []


def test_a_clinic_is_not_told_of_words_about_health() -> None:
    assert found({"description": "De diagnose kwam laat."}, health=False) == []


def test_only_the_cells_that_are_asked_for_are_looked_at() -> None:
    record: Record = {"description": f"bsn {BSN}", "remarks": "niets"}
    assert list(sensitive_cells(MAIN, record, {"remarks"}, health=True)) == []


def texts_in(tree: object) -> Iterator[str]:
    if isinstance(tree, str):
        yield tree
    for part in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
        yield from texts_in(part)


@pytest.mark.parametrize("file", sorted((ROOT / "workbook_templates").glob("demo.*.toml")), ids=lambda file: file.name)
def test_the_examples_raise_no_false_alarm(file: Path) -> None:
    told = tomllib.loads(file.read_text(encoding="utf-8"))
    texts = [text for text in texts_in(told) if " " in text]
    assert len(texts) > 20
    assert [text for text in texts if found({"description": text}, health="wkkgz" not in file.name)] == []
