"""What an office sees of the register before it scrolls: which complaints are late, and who must act."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from sheets import load
from workbook_samples import TODAY, make_content, varied

from registerkit.ooxml import Package
from registerkit.workbook import WorkbookContent, build_workbook, overview_cells

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
FRONT = {
    "nl": ["Klachtnummer", "Naam", "Signaal", "Uiterlijk afhandelen op", "Behandelaar", "Status", "Categorie"],
    "en": ["Complaint number", "Name", "Signal", "Answer by", "Handler", "Status", "Category"],
}
SCREEN, BESIDE, WIDER = 1366, 75, 1.11
"""The width of a laptop, what rulers and bars take of it in LibreOffice, and how much wider it draws columns."""


def pixels(width: float) -> int:
    """Give the width of a column in pixels as Excel counts it, from its characters."""
    return int(width * 7 + 5)


@pytest.fixture(scope="module", params=["nl", "en"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[WorkbookContent, Path]:
    content = make_content(request.param, varied(60)).by_term()
    path = tmp_path_factory.mktemp("scherm") / "klachten.xlsx"
    build_workbook(path, content)
    return content, path


def register_of(path: Path) -> tuple[ElementTree.Element, Any]:
    """Give the register's sheet as XML, and its table."""
    with Package(path) as package:
        table = next(t for t in package.tables if t.name in ("Klachten", "Complaints"))
        return ElementTree.fromstring(package.read(table.sheet_part)), table


def test_the_week_s_work_stands_on_the_first_screen(built: tuple[WorkbookContent, Path]) -> None:
    """Number, name, signal, last day, handler, status and category, without scrolling, and no more of it frozen."""
    content, path = built
    sheet, table = register_of(path)
    assert list(table.columns[:7]) == FRONT[content.language]
    widths: dict[int, float] = {}
    for column in sheet.iter(f"{MAIN}col"):
        widths |= dict.fromkeys(
            range(int(column.get("min", 0)), int(column.get("max", 0)) + 1), float(column.get("width", 0))
        )
    assert sum(pixels(widths[n]) for n in range(1, 8)) * WIDER <= SCREEN - BESIDE
    pane = next(sheet.iter(f"{MAIN}pane"))
    assert (pane.get("xSplit"), pane.get("ySplit")) == ("2", "4")


def test_rows_are_of_one_height(built: tuple[WorkbookContent, Path]) -> None:
    sheet, table = register_of(built[1])
    rows = [row for row in sheet.iter(f"{MAIN}row") if int(row.get("r", 0)) > table.header_row]
    assert len({row.get("ht") for row in rows}) == 1


def test_what_is_open_comes_by_its_term_and_what_is_closed_waits_behind_the_filter(
    built: tuple[WorkbookContent, Path],
) -> None:
    content, path = built
    sheet, table = register_of(path)
    records = content.rows(content.main.id)
    hidden = [row.get("hidden") == "1" for row in sheet.iter(f"{MAIN}row") if int(row.get("r", 0)) > table.header_row]
    is_open = [content.register.complaints[str(r["number"])].state.is_open for r in records]
    assert hidden[: len(records)] == [not each for each in is_open]
    assert not any(hidden[len(records) :])
    due = [r["due_on"] or date.max for r, each in zip(records, is_open, strict=True) if each]
    assert due == sorted(due)
    with zipfile.ZipFile(path) as package:
        xml = package.read(table.part).decode()
    (column,) = re.findall(r'<filterColumn colId="(\d+)">', xml)
    assert table.columns[int(column)] == FRONT[content.language][2]
    closed = next(c for c in content.lookups.lists["signal"] if c.code == "closed").labels[content.language]
    shown = re.findall(r'<filter val="([^"]*)"/>', xml)
    assert closed not in shown
    assert len(shown) == len(content.lookups.lists["signal"]) - 1


def test_a_register_with_nothing_closed_has_no_filter(tmp_path: Path) -> None:
    path = tmp_path / "leeg.xlsx"
    build_workbook(path, make_content())
    with zipfile.ZipFile(path) as package:
        assert b"filterColumn" not in package.read("xl/tables/table1.xml")


def test_start_says_what_comes_in_time_and_again() -> None:
    """Three of one subcategory within four weeks; what turned out to be no complaint does not count."""
    records = varied(60)
    for n, record in enumerate(records["complaints"]):
        record |= {"subcategory": None, "special": None, "received_on": date(2026, 1, 5)}
        if n < 4:
            record |= {"subcategory": "PL2", "category": "PL", "received_on": TODAY, "status": "nieuw"}
        if n == 3:
            record["status"] = "geen_klacht"
    cells = overview_cells(make_content("nl", records))
    assert "Niet geleverd: 3 keer in vier weken" in [c.value for c in cells if c.sheet == "Start"]
    records["complaints"][0]["received_on"] = date(2026, 1, 5)
    cells = overview_cells(make_content("nl", records))
    assert not any("keer in vier weken" in str(c.value) for c in cells if c.sheet == "Start")


def test_start_lists_what_is_open_by_its_term_with_who_must_act(built: tuple[WorkbookContent, Path]) -> None:
    content, path = built
    start = load(path, values=True)["Start"]
    rows = [[cell for cell in line if cell] for line in start.iter_rows(min_row=1, max_row=40, values_only=True)]
    top = next(n for n, line in enumerate(rows) if FRONT[content.language][0] in line)
    numbers = [line[0] for line in rows[top + 1 : top + 16] if line]
    complaints = content.register.complaints.values()
    due = sorted(
        (c.due_on, list(content.register.complaints).index(c.number))
        for c in complaints
        if c.state.is_open and c.due_on
    )
    assert len(numbers) == min(15, len(due))
    shown = [content.register.complaints[str(number)].due_on for number in numbers]
    assert shown == [day for day, _ in due[: len(numbers)]]
