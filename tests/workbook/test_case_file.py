"""The case file: texts set in lines, what is told of a record and when, and how large it prints."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from sheets import load
from workbook_samples import TODAY, MakeContent, complaints, varied

from registerkit.ooxml import Package
from registerkit.settings import Compensation, Routing
from registerkit.workbook import WorkbookContent, build_workbook
from registerkit.workbook.case_file_lines import EVENT, FOLLOWS, HEADING, PAIR, Item, set_lines
from registerkit.workbook.cell_texts import shown_text
from registerkit.workbook.hidden_plan import HiddenPlanner
from registerkit.workbook.overview import plan_sheets

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def test_texts_are_set_in_lines_between_words_and_empty_items_are_left_out(filled: WorkbookContent) -> None:
    """A heading shows when something below it does, behind an empty line; a word longer than a line is cut."""
    items = [
        Item(HEADING, "Leeg"), Item(PAIR, "Niets"),
        Item(HEADING, "Klacht"), Item(PAIR, "Wat", "de doos was open en leeg"), Item(PAIR, "Ook niets"),
        Item(HEADING, "Verloop"), Item(EVENT, "01-11-2026", "hottentottententen"),
    ]  # fmt: skip
    lines = set_lines(HiddenPlanner(filled), items, 10, 9)
    assert [(line.kind[1], line.label[1], line.text[1]) for line in lines] == [
        (HEADING, "Klacht", ""),
        (PAIR, "Wat", "de doos "),
        (FOLLOWS, "", "was open "),
        (FOLLOWS, "", "en leeg"),
        ("", "", ""),
        (HEADING, "Verloop", ""),
        (EVENT, "01-11-2026", "hottentott"),
        (FOLLOWS, "", "ententen"),
        ("", "", ""),
    ]


def rows_of(path: Path) -> list[tuple[Any, ...]]:
    sheet = load(path, values=True)["Dossier"]
    return [row[1:6] for row in sheet.iter_rows(min_row=1, max_row=108, max_col=6, values_only=True)]


def test_the_story_comes_in_order_of_time(make: MakeContent, tmp_path: Path) -> None:
    """Of days in the register, contacts, letters and pauses alike; what is told in the story is not told twice."""
    records = complaints()
    complaint, number = records["complaints"][3], "K-2026-0004"
    complaint |= {"acknowledged_on": TODAY - timedelta(days=20), "extended_on": TODAY - timedelta(days=1)}
    records["contacts"].append(
        {"row_key": "C2", "complaint": number, "on": TODAY - timedelta(days=15), "channel": "telefoon",
         "with_whom": "M. van den Berg", "summary": "Zij wil haar geld terug.", "agreed": "Wij bellen vrijdag."}
    )  # fmt: skip
    day, letter = TODAY, {"complaint": number, "phase": 1, "kind": "progress"}
    records["letters"] = [
        {**letter, "row_key": "B7", "made_on": day},
        {**letter, "row_key": "B8", "made_on": day, "sent_on": day},
    ]
    build_workbook(tmp_path / "d.xlsx", dataclasses.replace(make("nl", records), asked={"number": "4"}))
    rows = rows_of(tmp_path / "d.xlsx")
    top = next(n for n, row in enumerate(rows) if row[0] == "Verloop")
    story = [(row[0], row[1]) for row in rows[top + 1 : top + 9]]
    days = [row[0] for row in story if row[0]]
    assert days == sorted(days, key=lambda day: (day[6:], day[3:5], day[:2]))
    told = "".join(row[1] or "" for row in story)
    assert "Contact via telefoon met M. van den Berg: Zij wil haar geld terug. Afgesproken: Wij bellen vrijdag." in told
    assert ["Ontvangen", "Ontvangst", "Contact", "Termijn", "Termijn", "Termijn", "Brief"] == [
        text.split(":")[0].split(" ")[0] for _, text in [row for row in story if row[0]]
    ]
    letters = [str(row[1]) for row in rows if str(row[1]).startswith("Brief:")]
    assert letters == [f"Brief: tussenbericht, verzonden {day:%d-%m-%Y}"], "A letter that is not to come is no event."
    labels = {row[3] for row in rows[8:]}
    assert {"Bevestigd op", "Naam", "Omschrijving"}.isdisjoint(labels)
    assert ("Straat en huisnummer", "Lindelaan 12a") in [(row[3], row[4]) for row in rows]


def test_it_opens_with_what_is_most_urgent(make: MakeContent, tmp_path: Path) -> None:
    content = make("nl", varied(60)).by_term()
    build_workbook(tmp_path / "d.xlsx", content)
    book = load(tmp_path / "d.xlsx", values=True)
    assert book["Dossier"]["F1"].value is None
    assert str(book["Dossier"]["B4"].value).startswith(f"{book['Start']['C9'].value}   ")


def test_it_prints_at_nine_points_or_more(filled_book: Path) -> None:
    """On A4 upright with its margins, also where columns are drawn a tenth wider; its lines take two pages at most."""
    with Package(filled_book) as package:
        part = next(sheet.part for sheet in package.sheets if sheet.name == "Dossier")
        sheet = ElementTree.fromstring(package.read(part))
    width = sum(int(float(column.get("width", 0)) * 7 + 5) for column in sheet.iter(f"{MAIN}col")) * 0.75
    margins = next(sheet.iter(f"{MAIN}pageMargins"))
    paper = 595 - 72 * (float(margins.get("left", 0)) + float(margins.get("right", 0)))
    assert paper / width * 11 >= 9.5
    heights = [float(row.get("ht", 15)) for row in sheet.iter(f"{MAIN}row")]
    assert sum(heights) * min(1, paper / width) <= 2 * (842 - 72)


@pytest.mark.parametrize(("cents", "shown"), [(None, ""), (5, "€ 0,05"), (123456, "€ 1.234,56")])
def test_an_amount_reads_as_people_write_it(filled: WorkbookContent, cents: int | None, shown: str) -> None:
    field = filled.definition.main.field("amount")
    assert shown_text(field, cents, filled.lookups) == shown


@pytest.mark.soffice
def test_libreoffice_counts_the_rules_of_the_office_as_python_does(
    make: MakeContent, soffice: Callable[..., Path], tmp_path: Path
) -> None:
    """By which rule a complaint came where it is, and the standard compensation with what it got otherwise."""
    routing = (
        Routing({"category": ("PL",)}, "logistiek", "CD", amount_from=12_000),
        Routing({}, "klantenservice", "AB", "hoog"),
    )
    standards = (
        Compensation({"category": ("PL",), "judgement": ("gegrond",)}, 2500),
        Compensation({"judgement": ("gegrond", "deels")}, 1000),
    )
    records = complaints()
    records["complaints"][0] |= {"priority": "hoog"}
    content = make("nl", records)
    settings = dataclasses.replace(content.register.settings, routing=routing, compensations=standards)
    content = dataclasses.replace(content, register=dataclasses.replace(content.register, settings=settings))
    told: set[str] = set()
    for number in ("1", "3"):
        build_workbook(tmp_path / f"d{number}.xlsx", dataclasses.replace(content, asked={"number": number}))
        rows = rows_of(tmp_path / f"d{number}.xlsx")
        assert rows_of(soffice(tmp_path / f"d{number}.xlsx", "xlsx", count=True)) == rows
        told |= {row[0] for row in rows if row[0]}
    assert {"Afdeling", "Prioriteit", "Standaardvergoeding"} <= told


@pytest.mark.parametrize(("language", "said"), [("nl", "Nog geen klachten"), ("en", "No complaints yet")])
def test_an_empty_register_says_so_in_the_file(make: MakeContent, language: str, said: str) -> None:
    content = make(language)
    cells = plan_sheets(content).file.cells
    (title,) = [cell for cell in cells if cell.style == "file_title"]
    assert title.value == said
