"""The examples of the other profiles and of the other language: they name what their lists have and run to their end."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document
from office import Office

from registerkit.commands.demo_data import demo_texts, invent_year
from registerkit.commands.demo_told import told_year
from registerkit.definition import Definition, load_definition
from registerkit.errors import UsageError

DUTCH = [("awb", "nl"), ("wkkgz", "nl"), ("webwinkel", "nl")]
EXAMPLES = [*DUTCH, *((profile, "en") for profile in ("eigen", "awb", "wkkgz", "webwinkel"))]
ON = date(2026, 11, 24)
LISTS = {
    "nl": {"eigen": "klant", "awb": "inwoner", "wkkgz": "cliënt", "webwinkel": "klant"},
    "en": {"eigen": "customer", "awb": "resident", "wkkgz": "client", "webwinkel": "customer"},
}


def rows(profile: str, language: str) -> dict[str, list[dict[str, Any]]]:
    told = demo_texts(profile, language)
    return told_year(told, ON).rows if "complaints" in told else invent_year(ON).rows


def strange(definition: Definition, tables: dict[str, list[dict[str, Any]]]) -> Iterator[tuple[str, str, Any]]:
    """Give what stands in no field or list of the definition."""
    for table, records in tables.items():
        fields = definition.tables[table].by_id
        for record in records:
            for name, value in record.items():
                choices = definition.lists.get(fields[name].choices or "") if name in fields else None
                if name not in fields or (choices and value is not None and value not in choices.by_code):
                    yield table, name, value


@pytest.mark.parametrize(("profile", "language"), [("eigen", "nl"), *EXAMPLES])
def test_an_example_uses_the_lists_of_its_profile_and_people_of_its_staff(profile: str, language: str) -> None:
    definition, told = load_definition(profile=profile), demo_texts(profile, language)
    found, staff = rows(profile, language), {entry["code"] for entry in told["staff"]}
    assert list(strange(definition, found)) == []
    for record in found["complaints"]:
        for role in ("handler", "closed_by", "approved_by"):
            assert record.get(role) is None or record[role] in staff
        sub = definition.lists["subcategory"].by_code[str(record["subcategory"])]
        assert sub.parent == record["category"]
    assert {entry["department"] for entry in told["staff"]} <= set(definition.lists["department"].by_code)


@pytest.mark.parametrize(("profile", "language"), EXAMPLES)
def test_an_example_shows_every_side_of_a_register(profile: str, language: str) -> None:
    """Contacts, investigations, a hearing, measures with their effect, a holiday of the office and every kind of end."""
    found = rows(profile, language)
    assert 12 <= len(found["complaints"]) <= 20
    assert all(found[table] for table in ("contacts", "investigations", "measures", "holidays"))
    assert profile == "awb" or found["pauses"], "Under the Awb a term does not wait."
    assert any(record.get("effect") for record in found["measures"])
    assert profile == "webwinkel" or any(record.get("hearing_on") for record in found["complaints"])
    judgements = {record.get("judgement") for record in found["complaints"]}
    assert {"gegrond", "deels", "ongegrond", None} <= judgements


@pytest.mark.parametrize(("profile", "language"), EXAMPLES)
def test_what_is_paid_fits_what_is_told(profile: str, language: str) -> None:
    """An amount paid back is the one at stake, and no amount is more than that."""
    for record in rows(profile, language)["complaints"]:
        if record.get("cost") is not None:
            assert record["cost"] <= record["amount"], record["description"]
            assert record["solution"] != "terugbetaling" or record["cost"] == record["amount"]


SHOP = {"nl": ("garantie en reparatie", "☐ korting"), "en": ("warranty and repair", "☐ discount")}
"""What is spoken of in shops only."""
CODES = ("received_on", "ago", "euros", "category", "subcategory", "status", "judgement", "solution", "remedy_sought")


@pytest.mark.parametrize("profile", [profile for profile, _ in DUTCH])
def test_an_example_tells_the_same_complaints_in_both_languages(profile: str) -> None:
    nl, en = (
        [{name: each.get(name) for name in CODES} for each in demo_texts(profile, language)["complaints"]]
        for language in ("nl", "en")
    )
    assert nl == en


def test_the_amounts_of_the_bicycle_shop_are_those_of_its_stories() -> None:
    for record in rows("eigen", "nl")["complaints"]:
        if told := re.search(r"(\d+(?:,\d\d)?) euro te veel|Een nieuwe accu kost (\d+)", str(record["consequence"])):
            assert record["amount"] == round(float((told[1] or told[2]).replace(",", ".")) * 100)


def test_an_example_that_is_not_there_is_told() -> None:
    with pytest.raises(UsageError):
        demo_texts("awb", "fr")


@pytest.mark.parametrize(
    ("profile", "language"),
    [pytest.param(*each, marks=[pytest.mark.slow] if each != ("awb", "nl") else []) for each in EXAMPLES],
)
def test_r40_an_example_runs_to_its_end_in_its_own_words(tmp_path: Path, profile: str, language: str) -> None:
    root = tmp_path / "voorbeeld"
    done = Office(root).run("demo", str(root), "--profile", profile, "--language", language, on=ON)
    assert done.code == 0
    assert [f for f in done.json["sync"]["findings"] if f["severity"] == "error"] == []
    assert done.json["letters"]["letters"]
    (form,), (workbook,) = root.glob("*.docx"), root.glob("*register.xlsx")
    text = "".join(Document(str(form)).element.body.itertext())  # A box to tick is a control, which is in no paragraph.
    for words in SHOP[language]:
        assert (words in text) == (profile in ("eigen", "webwinkel"))
    book = openpyxl.load_workbook(workbook, read_only=True)
    assert tomllib.loads((root / "register.toml").read_text(encoding="utf-8"))["terms"]["profile"] == profile
    heads = [str(cell.value) for row in book["Register"].iter_rows(min_row=1, max_row=8) for cell in row if cell.value]
    letters = book["Letters" if language == "en" else "Brieven"].iter_rows(min_row=5, max_col=7, values_only=True)
    assert all(file or sent for _, number, *_, file, sent in letters if number), "Each was made or sent."
    word = LISTS[language][profile]
    assert any(head.endswith((f"voor de {word}", f"for the {word}")) for head in heads)
