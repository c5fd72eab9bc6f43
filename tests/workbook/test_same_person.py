"""Whose complaint it is: form, register and dossier count as `register/persons.py` says, by formula and in Python."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date, timedelta
from itertools import takewhile
from pathlib import Path

import pytest
from counted import without_cached_values
from openpyxl import load_workbook
from openpyxl.formula.translate import Translator
from sheets import load
from workbook_samples import TODAY, MakeContent

from registerkit.definition import Record
from registerkit.register import PERSON, group_persons
from registerkit.workbook import WorkbookContent, build_workbook
from registerkit.workbook.case_file_finds import Finder
from registerkit.workbook.conditional_formats import earlier_count
from registerkit.workbook.figures import Facts
from registerkit.workbook.hidden_plan import HiddenPlanner
from registerkit.workbook.person_formulas import PERSON_ROLES, same_person_test, shares_person
from registerkit.workbook.start_plan import StartPlan
from registerkit.workbook.table_places import FIRST_TABLE_ROW, place_table

Soffice = Callable[..., Path]

HOUSE = {"phone": "030 1234567", "address": "Lindelaan 12", "postcode": "1234 AB", "city": "Utrecht"}
"""A telephone and an address that a household shares."""
PEOPLE: tuple[Record, ...] = (
    {"name": "J. Bakker", **HOUSE},
    {"name": "S. Bakker", **HOUSE},
    {"name": "j.  bakker", "phone": "030 1234567"},
    {"name": "J. BAKKER", **HOUSE},
    {"name": "J. Bakker", "phone": "06 99999999"},
    {"name": "M. Smit", "postcode": "1234 AB"},
    {"name": "M. Smit", "postcode": "1234 ab", "phone": "030 1234567"},
    {"name": "L. Kuiper", "address": "Lindelaan 12"},
    {"name": " L. Kuiper", "address": "lindelaan  12"},
    {"name": "A. Yıldız", "email": "balie@firma.example", "phone": "088 1000000"},
    {"name": "Balie", "email": "BALIE@firma.example"},
    {"name": "R. O'Brien", "customer_number": "007", "phone": "088 1000000"},
    {"name": "Iemand anders", "customer_number": "007"},
    {"name": "P. Janssen", "customer_number": "7", "phone": "088 1000000"},
    {"name": "T. Visser", "customer_number": "*"},
    {"name": "K. Mulder", "phone": "06 1*", "email": "a?b@voorbeeld.nl"},
    {"name": "K. Mulder", "phone": "06 12345678", "email": "aab@voorbeeld.nl"},
    {"name": "Zonder gegevens"},
    {"name": "Zonder gegevens"},
)
"""No two of them are joined by a third only, which formulas could not see."""
JOINED: tuple[Record, ...] = (
    {"name": "E. Bos", "email": "bos@voorbeeld.nl"},
    {"name": "E. Bos", "email": "bos@voorbeeld.nl", "customer_number": "8"},
    {"name": "E. Bos", "customer_number": "8"},
)


def rows(people: tuple[Record, ...] = PEOPLE) -> list[Record]:
    """Give a complaint of each; some on the same day, one without a day, and not in the order of their days."""
    days: list[date | None] = [TODAY - timedelta(days=(n * 7) % 11) for n in range(len(people))]
    if len(people) > 3:
        days[3] = None
    return [
        {"number": f"K-2026-{n:04}", "received_on": day, "category": "PL", "status": "nieuw", **person}
        for n, (person, day) in enumerate(zip(people, days, strict=True), 1)
    ]


def others(records: list[Record], record: Record) -> list[Record]:
    """Give the other complaints of one's person."""
    person = group_persons((str(row["number"]), row) for row in records)
    return [
        row
        for row in records
        if row["number"] != record["number"] and person[str(row["number"])] == person[str(record["number"])]
    ]


def earlier(records: list[Record], record: Record) -> int:
    until = record["received_on"] or date.max
    return sum(1 for row in others(records, record) if row["received_on"] and row["received_on"] <= until)


def test_a_shared_telephone_or_address_makes_nobody_one() -> None:
    """What the samples are about: who is whose, by their places."""
    records = rows()
    groups = {frozenset(places(row, *others(records, row))) for row in records}
    assert {frozenset({1, 3, 4}), frozenset({6, 7}), frozenset({8, 9}), frozenset({10, 11}), frozenset({12, 13})} == {
        group for group in groups if len(group) > 1
    }


def places(*records: Record) -> set[int]:
    return {int(str(row["number"])[-4:]) for row in records}


def chosen(make: MakeContent, number: str, people: tuple[Record, ...] = PEOPLE) -> WorkbookContent:
    return dataclasses.replace(make("nl", {"complaints": rows(people)}, prepared=5), asked={"number": number})


@pytest.mark.parametrize("number", [row["number"] for row in rows()])
def test_the_dossier_shows_the_others_of_a_person(make: MakeContent, number: str) -> None:
    content = chosen(make, number)
    facts = Facts(content)
    found = Finder(content, facts, HiddenPlanner(content).block(), "ask_number", StartPlan("Start")).same_person()
    assert found
    expected = others(rows(), next(row for row in rows() if row["number"] == number))
    assert places(*expected) == places(*found.records)


def test_what_only_a_third_joins_is_not_found_by_formulas_nor_beside_them(make: MakeContent) -> None:
    records = rows(JOINED)
    assert len(others(records, records[0])) == 2
    content = chosen(make, "K-2026-0001", JOINED)
    facts = Facts(content)
    found = Finder(content, facts, HiddenPlanner(content).block(), "ask_number", StartPlan("Start")).same_person()
    assert found
    assert ["K-2026-0002"] == [row["number"] for row in found.records]


def test_formulas_test_every_set_of_roles_and_none_that_the_register_lacks() -> None:
    whole = same_person_test(lambda role: f"<{role}>")
    assert whole == "((" + "+".join("*".join(f"(<{role}>)" for role in roles) for roles in PERSON) + ")>0)"
    assert (
        same_person_test(lambda role: f"<{role}>" if role in ("name", "phone") else None) == "(((<name>)*(<phone>))>0)"
    )
    assert same_person_test(lambda _: None) is None
    assert set(PERSON_ROLES) == {role for roles in PERSON for role in roles}


@pytest.mark.soffice
def test_libreoffice_counts_earlier_complaints_beside_a_name_as_python_does(
    make: MakeContent, soffice: Soffice, tmp_path: Path
) -> None:
    """The count of the conditional formats, put into cells beside the register."""
    content = make("nl", {"complaints": rows()}, prepared=5)
    build_workbook(tmp_path / "register.xlsx", content)
    formula = earlier_count(content, place_table(content, content.main))
    book = load_workbook(tmp_path / "register.xlsx")
    shown = [
        rule.formula[0] for rules in book["Register"].conditional_formatting for rule in rules.rules if rule.formula
    ]
    assert any(f"{formula}>=1" in each for each in shown)
    first = FIRST_TABLE_ROW + 1
    for n in range(len(PEOPLE)):
        moved = Translator(f"={formula}", f"DA{first}").translate_formula(f"DA{first + n}")
        book["Register"][f"DA{first + n}"] = moved
    book.save(tmp_path / "beside.xlsx")
    counted = load(soffice(tmp_path / "beside.xlsx", "xlsx", count=True), values=True)["Register"]
    found = [max(0, int(counted[f"DA{first + n}"].value)) for n in range(len(PEOPLE))]
    assert [earlier(rows(), row) for row in rows()] == found
    assert sum(found) > 5


@pytest.mark.soffice
@pytest.mark.parametrize("n", [0, 6, 8, 11, 14])
def test_libreoffice_counts_on_the_form_and_in_the_dossier_as_python_does(
    make: MakeContent, soffice: Soffice, tmp_path: Path, n: int
) -> None:
    """Somebody types on the form what a known complaint says, and asks for that complaint in the dossier."""
    record = rows()[n]
    content = chosen(make, str(record["number"]))
    build_workbook(tmp_path / "built.xlsx", content)
    without_cached_values(tmp_path / "built.xlsx", tmp_path / "register.xlsx")
    book = load(tmp_path / "register.xlsx")
    for role in PERSON_ROLES:
        if record.get(role):
            ((sheet, ref),) = book.defined_names[f"in_{role}"].destinations
            book[sheet][ref].value = str(record[role])
    book.save(tmp_path / "typed.xlsx")
    counted = load(soffice(tmp_path / "typed.xlsx", "xlsx", count=True), values=True)
    same = len(others(rows(), record))
    without_keys = not shares_person(record, record)
    told = [str(c.value) for row in counted["Klachtenformulier"].iter_rows() for c in row if c.value]
    count = [text for text in told if text.startswith("Eerdere klachten van deze persoon")]
    assert ([] if without_keys else [f"Eerdere klachten van deze persoon: {same + 1}"]) == count
    cells = [[str(cell or "") for cell in row] for row in counted["Dossier"].iter_rows(values_only=True)]
    top = next((r for r, row in enumerate(cells) if row[1] == "Deze persoon"), len(cells))
    listed = list(takewhile(bool, (row[1] for row in cells[top + 1 :])))
    assert sorted(str(row["number"]) for row in others(rows(), record)) == sorted(listed)
