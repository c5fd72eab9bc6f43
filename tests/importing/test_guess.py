"""Columns of somebody's own register: most are known without asking, and none is wrong in silence."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from import_corpus import REGISTERS

from registerkit.definition import Lookups, load_definition
from registerkit.importing import TableGuess, guess_tables, map_text
from registerkit.reading import FoundTable
from registerkit.texts import load_texts

DEFINITION = load_definition()
LOOKUPS = Lookups.of(DEFINITION, "nl")
TEXTS = load_texts("nl")
ROWS = 12
DAY = date(2024, 3, 1)


def cell(field_id: str | None, n: int, name: str) -> Any:
    """Give what somebody typed in a row, by what the column is."""
    if field_id == "key":
        return f"2024-{n:03}"
    if field_id is None:
        return f"{name[:2].upper()}{n * 7:04}"
    kind = DEFINITION.main.by_id[field_id].kind
    if kind == "date":
        day = DAY + timedelta(days=9 * n)
        return day if n % 2 else f"{day:%d-%m-%Y}"
    if kind == "choice":
        labels = LOOKUPS.labels(DEFINITION.main.by_id[field_id].choices or "")
        return labels[n % 3] if n % 3 < len(labels) else "anders"
    made = {"money": 12.5 * n, "email": f"k{n}@voorbeeld.nl", "phone": f"030-12345{n:02}", "postcode": "3511 AB",
            "integer": float(1 + n % 5), "person": "P. Post", "yesno": "ja"}  # fmt: skip
    return made.get(kind, f"Iets over {name.lower()} {n}")


def guessed(columns: dict[str, str | None]) -> TableGuess:
    headers = tuple(columns)
    rows = [(n + 1, [cell(columns[h], n, h) for h in headers]) for n in range(1, ROWS + 1)]
    return guess_tables([FoundTable("Blad1", 1, headers, rows)], DEFINITION, LOOKUPS).table


@pytest.mark.parametrize("office", REGISTERS)
def test_no_column_is_wrong_in_silence(office: str) -> None:
    columns = REGISTERS[office]
    table = guessed(columns)
    sure = {c.column: c.field.id for c in table.columns if c.is_sure and c.field}
    assert {column: columns[column] for column in sure} == sure
    assert table.key == next(column for column, field_id in columns.items() if field_id == "key")


def test_four_of_five_columns_are_known_without_asking() -> None:
    wanted = known = 0
    for columns in REGISTERS.values():
        table = guessed(columns)
        wanted += sum(field_id is not None for field_id in columns.values())
        known += sum(c.is_sure for c in table.columns) + (table.key is not None)
    assert known / wanted >= 0.8, f"{known} of {wanted}"


def test_what_two_columns_may_be_is_asked() -> None:
    table = guessed({"Nr": "key", "Datum": "received_on", "Datum klacht": "received_on", "Naam": "name"})
    assert [(c.column, c.is_sure) for c in table.columns] == [("Datum", False), ("Datum klacht", False), ("Naam", True)]
    assert "received_on" in {field.id for field in table.missing}


def test_a_heading_whose_cells_say_otherwise_is_not_taken() -> None:
    rows = [(n, [f"{n}", "n.v.t.", "Het ging mis."]) for n in range(2, 9)]
    table = guess_tables([FoundTable("B", 1, ("Nr", "Datum", "Klacht"), rows)], DEFINITION, LOOKUPS).table
    assert not any(c.is_sure for c in table.columns if c.column == "Datum")


@pytest.mark.parametrize(
    ("dates", "first", "is_mixed"),
    [
        (["13/02/2024", "01/02/2024"], "day", False),
        (["02/13/2024", "02/01/2024"], "month", False),
        (["02/01/2024", "03/04/2024"], "day", True),
        (["13/02/2024", "02/14/2024"], "day", True),
    ],
)
def test_day_or_month_first_follows_from_the_whole_column(dates: list[str], first: str, is_mixed: bool) -> None:
    rows = [(n, [str(n), told]) for n, told in enumerate(dates, 2)]
    table = guess_tables([FoundTable("B", 1, ("Nr", "Datum klacht"), rows)], DEFINITION, LOOKUPS).table
    (column,) = table.columns
    assert (column.dates, column.is_mixed) == (first, is_mixed)


def test_choices_come_with_their_number_and_the_nearest_one() -> None:
    told = ["telefonisch", "telefonisch", "e-mail", "breif", "rooksignaal"]
    rows = [(n, [str(n), text]) for n, text in enumerate(told, 2)]
    table = guess_tables([FoundTable("B", 1, ("Nr", "Kanaal"), rows)], DEFINITION, LOOKUPS).table
    found = {c.text: (c.n, c.label, c.is_sure) for c in table.columns[0].choices}
    assert found["telefonisch"] == (2, "telefoon", True)
    assert found["e-mail"] == (1, "e-mail", True)
    assert found["breif"][1:] == ("brief", False)
    assert found["rooksignaal"] == (1, None, False)


def test_sheets_with_the_same_headings_belong_together_and_others_are_named() -> None:
    heads = ("Nr", "Datum klacht", "Naam", "Klacht")
    years = [FoundTable(str(y), 1, heads, [(2, [f"{y}-1", DAY, "A. Bos", "Te laat"])]) for y in (2023, 2024)]
    other = FoundTable("Rooster", 1, ("Week", "Wie"), [(2, ["1", "Jan"])])
    guess = guess_tables([other, *years], DEFINITION, LOOKUPS)
    assert [t.name for t in guess.table.tables] == ["2023", "2024"]
    assert [t.name for t in guess.others] == ["Rooster"]


@pytest.mark.parametrize(
    ("headers", "joined"),
    [
        (("Nr", "Achternaam", "Tussenv.", "Voorletters"), ("Voorletters", "Tussenv.", "Achternaam")),
        (("Nr", "First name", "Last name"), ("First name", "Last name")),
        (("Nr", "Achternaam"), ()),
        (("Nr", "Voornaam", "Achternaam", "Naam"), ()),
    ],
)
def test_a_name_in_parts_is_joined_in_order(headers: tuple[str, ...], joined: tuple[str, ...]) -> None:
    rows = [(n, [str(n), *(f"Tekst {n}" for _ in headers[1:])]) for n in range(2, 9)]
    guess = guess_tables([FoundTable("B", 1, headers, rows)], DEFINITION, LOOKUPS)
    found = [column for column in guess.table.columns if column.joined]
    assert [(c.field and c.field.id, c.is_sure, c.joined) for c in found] == (
        [("name", True, joined)] if joined else []
    )
    assert {c.column for c in guess.table.columns} == {*headers[1:]} - set(joined[:-1])
    text = map_text(guess, TEXTS, LOOKUPS, DEFINITION, "oud.xlsx", "registerkit import oud.xlsx")
    assert (f"columns = [{', '.join(json.dumps(each) for each in joined)}]" in text) is bool(joined)


def test_totals_are_no_rows_of_a_suggestion() -> None:
    rows = [(2, ["1", DAY, "A. Bos", "Te laat"]), (3, ["Subtotaal", 1.0, None, None]), (4, ["Totaal", 1.0, None, None])]
    table = guess_tables([FoundTable("B", 1, ("Nr", "Datum", "Naam", "Klacht"), rows)], DEFINITION, LOOKUPS).table
    assert (table.rows, table.skip) == (1, ("Subtotaal", "Totaal"))
