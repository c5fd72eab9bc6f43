"""A column header is found whatever its case, spaces, line breaks, language or age."""

from __future__ import annotations

import pytest

from registerkit.definition import Field, Table, clean_header, header_key, load_definition

TABLE = Table(
    "things", {}, {}, "number",
    (
        Field("number", "things", "key", {"nl": "Nummer", "en": "Number"}),
        Field("day", "things", "date", {"nl": "Ontvangen op", "en": "Received on"}, aliases=("Datum melding",)),
        Field("name", "things", "text", {"nl": "Naam", "en": "Day"}),
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("Ontvangen op", "Ontvangen op"),
        ("  Ontvangen \n op ", "Ontvangen op"),
        ("Ontvangen\u00a0op", "Ontvangen op"),
        ("Ontvangen op *", "Ontvangen op"),
        ("Ontvangen op**", "Ontvangen op"),
        ("Gee\u0308valueerd op", "Geëvalueerd op"),
        ("2 * 3", "2 * 3"),
        (None, ""),
        ("", ""),
        (2026.0, "2026.0"),
        (True, "True"),
    ],
)
def test_headers_are_cleaned(typed: object, cleaned: str) -> None:
    assert clean_header(typed) == cleaned


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("ONTVANGEN OP", "day"),
        ("received on", "day"),
        ("datum  melding", "day"),
        ("day", "day"),  # The id of one field goes before the label of a later one.
        ("Naam*", "name"),
        ("Ontvangen", None),
        ("Ontvangen op datum", None),
        ("", None),
    ],
)
def test_headers_of_every_language_and_age_are_known(header: str, field: str | None) -> None:
    assert TABLE.by_header.get(header_key(header)) == field


def test_every_shipped_header_finds_its_own_field_in_both_languages() -> None:
    for table in load_definition().tables.values():
        known = table.by_header
        for field in table.fields:
            for label in (*field.labels.values(), field.labels["nl"].upper(), f" {field.labels['en']}* "):
                assert known[header_key(label)] == field.id
