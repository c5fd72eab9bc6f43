"""What an office sees of the register before it scrolls: which complaints are late, and who must act."""

from __future__ import annotations

import dataclasses
import re
import struct
import tomllib
import zipfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from sheets import load
from workbook_samples import TODAY, complaints, make_content, varied

import registerkit.texts
from registerkit.ooxml import Package
from registerkit.texts import load_texts
from registerkit.workbook import WorkbookContent, build_workbook, overview_cells
from registerkit.workbook.overview import plan_sheets

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


def listed(path: Path) -> list[tuple[Any, ...]]:
    """Give what, number, name, telephone, day, handler and next step of every line of Start."""
    start = load(path, values=True)["Start"]
    return [row[1:8] for row in start.iter_rows(min_row=9, max_row=58, values_only=True) if row[2]]


def test_start_lists_what_is_late_first_with_who_must_act(built: tuple[WorkbookContent, Path]) -> None:
    """Late by its day, then nearly late; every line says whose it is and what to do next."""
    content, path = built
    found, complaints = listed(path), content.register.complaints
    late = sorted(
        (c.due_on, n)
        for n, r in enumerate(content.rows(content.main.id))
        if (c := complaints[str(r["number"])]).signal and c.signal.code == "overdue"
    )
    numbers = [str(line[1]) for line in found[: len(late)]]
    rows = content.rows(content.main.id)
    assert numbers == [rows[n]["number"] for _, n in late]
    assert all(line[6] for line in found)
    for line in found[: len(late)]:
        handler = complaints[str(line[1])].label("handler")
        assert (line[2], line[5]) == (complaints[str(line[1])].text("name"), handler)


def test_the_figures_count_what_start_lists(tmp_path: Path) -> None:
    """Open, late, nearly late, to acknowledge and aftercare: as many as there are lines."""
    records = complaints()
    records["complaints"][0]["agreement_by"] = TODAY + timedelta(days=2)
    records["complaints"][0]["agreements"] = "Wij bellen\nelke dinsdag, en als dat niet lukt op woensdagmorgen vroeg."
    records["complaints"][2] |= {"answer_channel": "telefoon", "answered_on": TODAY - timedelta(days=12)}
    records["measures"][0] |= {"ready_by": TODAY - timedelta(days=1), "evaluate_by": TODAY + timedelta(days=3)}
    records["letters"][0]["file"] = "brieven/K-2026-0003.docx"
    content = make_content("nl", records).by_term()
    build_workbook(tmp_path / "klachten.xlsx", content)
    found = listed(tmp_path / "klachten.xlsx")
    start = load(tmp_path / "klachten.xlsx", values=True)["Start"]
    figures = {cell.value: start.cell(4, cell.column).value for cell in start[3] if cell.value}
    what = [line[0] for line in found]
    chores = {"afspraak", "versturen", "nazorg", "maatregel", "evaluatie"}
    assert {"te laat", *chores} <= set(what)
    assert (figures["Te laat"], figures["Deze week"]) == (what.count("te laat"), what.count("bijna te laat"))
    assert figures["Nazorg"] == what.count("nazorg")
    assert figures["Open"] == sum(each not in chores for each in what)
    assert figures["Te bevestigen"] == sum("Bevestig de ontvangst" in line[6] for line in found)
    steps = {line[0]: line[6] for line in found}
    assert steps["afspraak"] == "Kom na: Wij bellen elke dinsdag, en als dat niet lukt op wo…", "It fits its column."
    assert steps["maatregel"] == "Voer uit: Dozen dubbel verpakken"
    # Whom the measure is of stands where the handler stands, and its number where the complaint's does.
    measure = found[what.index("maatregel")]
    assert (measure[1], measure[2], measure[5]) == ("M-2026-01", None, "Cas Dijkstra")
    assert start["B7"].value == f"Wat het eerst aan de beurt is ({len(found)})"


def test_start_says_how_much_more_there_is(tmp_path: Path) -> None:
    """A list that is full ends with how many lines more there are; with nothing at all it says where to begin."""
    build_workbook(tmp_path / "vol.xlsx", make_content("nl", varied(120)))
    start = load(tmp_path / "vol.xlsx", values=True)["Start"]
    total = int(re.findall(r"\d+", start["B7"].value)[0])
    assert (len(listed(tmp_path / "vol.xlsx")), total > 50) == (50, True)
    assert start["B59"].value.startswith(f"Niet getoond: {total - 50}.")
    build_workbook(tmp_path / "leeg.xlsx", make_content("nl"))
    start = load(tmp_path / "leeg.xlsx", values=True)["Start"]
    assert (start["B7"].value, start["B59"].value) == ("Nog geen klachten. Typ de eerste in Register.", None)


def test_start_fits_on_a_laptop(built: tuple[WorkbookContent, Path]) -> None:
    """All its columns are seen, and at least fifteen lines of the list."""
    with Package(built[1]) as package:
        sheet = ElementTree.fromstring(package.read("xl/worksheets/sheet1.xml"))
    widths = [pixels(float(column.get("width", 0))) for column in sheet.iter(f"{MAIN}col")]
    assert sum(widths) * WIDER <= SCREEN - BESIDE
    heights = [float(row.get("ht", 15)) for row in sheet.iter(f"{MAIN}row")]
    assert sum(heights[: 8 + 15]) / 0.75 <= 585
    assert next(sheet.iter(f"{MAIN}pane")).get("ySplit") == "8"


@pytest.mark.parametrize(
    ("name", "logo", "place", "sizes"),
    [
        ("De Spaak BV", None, "B1:D1", {18}),
        ("Stichting Zorggroep Noord-Holland en Omstreken", None, "B1:D1", {12, 14}),
        ("Windmolen Fietsen BV", (400, 120), "D1", {11, 12}),
        ("Windmolen Fietsen BV", (4000, 120), "D1", {11, 12}),
        ("Stichting Zorggroep Noord-Holland en Omstreken", (120, 120), "C1:D1", {11}),
    ],
)
def test_the_name_of_the_office_fits_before_the_links(
    tmp_path: Path, name: str, logo: tuple[int, int] | None, place: str, sizes: set[int]
) -> None:
    """A logo leaves it less room, and covers it never; a name that is long is smaller, or takes two lines."""
    picture = tmp_path / "logo.gif"
    if logo:
        picture.write_bytes(b"GIF89a" + struct.pack("<HH", *logo) + bytes(100))
    theme = {"logo": str(picture)} if logo else {}
    build_workbook(tmp_path / "klachten.xlsx", make_content("nl", {}, organisation={"name": name}, theme=theme))
    with Package(tmp_path / "klachten.xlsx") as package:
        sheet, styles = (
            ElementTree.fromstring(package.read(f"xl/{part}.xml")) for part in ("worksheets/sheet1", "styles")
        )
    merged = [merge.get("ref") for merge in sheet.iter(f"{MAIN}mergeCell")]
    title = next(cell for cell in sheet.iter(f"{MAIN}c") if cell.get("r") == place[:2])
    fonts, looks = styles.find(f"{MAIN}fonts"), styles.find(f"{MAIN}cellXfs")
    assert fonts is not None
    assert looks is not None
    look = looks[int(title.get("s", 0))]
    size = fonts[int(look.get("fontId", 0))].find(f"{MAIN}sz")
    assert size is not None
    assert ":" not in place or place in merged
    assert int(size.get("val", 0)) in sizes


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_next_step_has_short_words_on_start(language: str) -> None:
    """Every step that reminders tell has words that fit beside the handler."""
    texts = load_texts(language)
    file = Path(registerkit.texts.__file__).parent / language / "reminders.toml"
    for name in tomllib.loads(file.read_text(encoding="utf-8"))["reminders"]["step"]:
        assert len(texts(f"workbook.step.{name}")) <= 52, name


@pytest.mark.parametrize(
    ("language", "count", "status", "months"),
    [
        ("nl", 0, "Nog geen klachten", "0 klachten in de laatste twaalf maanden"),
        ("nl", 1, "Nog open: 1 van 1", "1 klacht in de laatste twaalf maanden"),
        ("nl", 2, "Nog open: 2 van 2", "2 klachten in de laatste twaalf maanden"),
        ("en", 1, "Still open: 1 of 1", "1 complaint in the last twelve months"),
    ],
)
def test_the_overview_counts_one_complaint_as_one(language: str, count: int, status: str, months: str) -> None:
    plan = plan_sheets(make_content(language, complaints(count) if count else None)).overview
    told = [cell for cell in plan.cells if cell.style == "section_told"]
    assert (status, months) == (told[0].value, told[-1].value)
    assert all(f'" {word}' in str(told[-1].formula) for word in months.split()[1:2])


def test_no_table_of_the_overview_repeats_its_chart() -> None:
    """Status and category show by bars in the cells how much there is, the months stand in the chart alone."""
    content = make_content("nl", varied(60))
    plan = plan_sheets(content).overview
    assert [(place.sheet, place.bars) for place in plan.charts] == [("_rk", False)]
    assert len(plan.bars) == 2
    heads = [cell.value for cell in plan.cells if cell.style == "table_number_head"]
    assert heads[-4:] == ["Aantal", "Open", "Te laat", "Op tijd beantwoord"]
    told = [cell.value for cell in plan.cells if cell.style == "section_told"]
    assert str(told[-1]).endswith("in de laatste twaalf maanden")
    months = [cell for cell in plan_sheets(content).hidden.cells if cell.column == plan.charts[0].columns[1]]
    assert sum(int(str(cell.value)) for cell in months) == int(str(told[-1]).split()[0])


def test_what_is_in_time_is_set_against_the_target(tmp_path: Path) -> None:
    """The office's target stands with the figure, and colours each share below it; without one nothing is coloured."""
    content = make_content("nl", varied(60))
    report = dataclasses.replace(content.register.settings.report, in_time_target=90)
    settings = dataclasses.replace(content.register.settings, report=report)
    wanted = dataclasses.replace(content, register=dataclasses.replace(content.register, settings=settings))
    found = {}
    for name, each in (("plain", content), ("wanted", wanted)):
        build_workbook(tmp_path / f"{name}.xlsx", each)
        with Package(tmp_path / f"{name}.xlsx") as package:
            part = next(sheet.part for sheet in package.sheets if sheet.name == "Overzicht")
            found[name] = package.read(part).decode().count("&lt;90/100")
    assert found["plain"] == 0
    assert found["wanted"] == len(plan_sheets(wanted).overview.shares) > 3
    notes = [str(cell.value) for cell in plan_sheets(wanted).overview.cells if cell.style == "card_note"]
    assert "van wat is beantwoord; doel 90%" in notes
