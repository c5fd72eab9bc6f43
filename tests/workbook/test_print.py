"""What comes out of the printer: letters of nine points or more, no lists cut in two, and no pages without anything."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from sheets import load
from workbook_samples import MakeContent, complaints

from registerkit.ooxml import Package, column_letters
from registerkit.workbook import printed_to

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SHEETS = [
    "Start", "Register", "Dossier", "Contactmomenten", "Opschortingen", "Onderzoek", "Maatregelen", "Brieven",
    "Overzicht", "Lijsten", "Medewerkers", "Feestdagen",
]  # fmt: skip
LETTER, A4 = 11, (595, 842)


def sheet_of(path: Path, name: str) -> ElementTree.Element:
    with Package(path) as package:
        return ElementTree.fromstring(package.read(next(s.part for s in package.sheets if s.name == name)))


def widths_of(sheet: ElementTree.Element) -> dict[int, float]:
    """Give the width of every open column in points, by its number."""
    widths: dict[int, float] = {}
    for column in sheet.iter(f"{MAIN}col"):
        points = 0 if column.get("hidden") else int(float(column.get("width", 0)) * 7 + 5) * 0.75
        widths |= dict.fromkeys(range(int(column.get("min", 0)), int(column.get("max", 0)) + 1), points)
    return widths


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_prints_at_nine_points_or_more(filled_book: Path, name: str) -> None:
    """At its scale or, where its columns are fitted to a page, at what that comes to."""
    sheet = sheet_of(filled_book, name)
    setup, margins = next(sheet.iter(f"{MAIN}pageSetup")), next(sheet.iter(f"{MAIN}pageMargins"))
    scale = int(setup.get("scale", 100)) / 100
    if any(sheet.iter(f"{MAIN}pageSetUpPr")):
        paper = A4[setup.get("orientation") == "landscape"]
        room = paper - 72 * (float(margins.get("left", 0)) + float(margins.get("right", 0)))
        scale = min(1, room / sum(widths_of(sheet).values()))
    assert LETTER * scale >= 9
    assert next(sheet.iter(f"{MAIN}headerFooter")).get("scaleWithDoc") == "0", "the footer shrinks along"


def test_every_list_is_a_click_away_and_prints_whole(filled_book: Path, make: MakeContent) -> None:
    """An index that stays in view leads to each list; pages begin between lists, and hold what stands before the next."""
    sheet, content = sheet_of(filled_book, "Lijsten"), make("nl")
    pane = next(sheet.iter(f"{MAIN}pane"))
    links = {link.get("ref"): str(link.get("location")) for link in sheet.iter(f"{MAIN}hyperlink")}
    assert len(links) == len(content.definition.lists)
    assert int(pane.get("xSplit", 0)) >= 2
    assert {re.sub(r"\d", "", str(ref)) for ref in links} == {"B"}
    with Package(filled_book) as package:
        lists = [t for t in package.tables if t.name.startswith("Lijst_")]
    targets = {location.rpartition("!")[2] for location in links.values()}
    assert len(targets) == len(lists)
    breaks = [0, *(int(b.get("id", 0)) for b in sheet.iter(f"{MAIN}brk"))]
    widths = widths_of(sheet)
    for table in lists:
        assert not any(table.first_column < at <= table.last_column for at in breaks)
    room = (A4[1] - 72) / 0.82
    for first, last in zip(breaks, [*breaks[1:], max(t.last_column for t in lists) + 1], strict=True):
        alone = sum(first <= t.first_column < last for t in lists) == 1
        assert alone or sum(widths.get(n, 48) for n in range(first + 1, last)) <= room
    assert len(breaks) <= 11
    with Package(filled_book) as package:
        (printed,) = re.findall(r"\"_xlnm.Print_Area\"[^>]*>('?Lijsten[^<]+)<", package.workbook_xml.decode())
    areas = [[int(row) for row in re.findall(r"\$(\d+)", area)] for area in printed.split(",")]
    assert all(15 * (last - first + 1) <= (A4[0] - 94) / 0.82 for first, last in areas), "Each on one page."
    assert max(last for _, last in areas) == max(t.last_row for t in lists)
    assert len(areas) == 1 + sum(t.last_row > areas[0][1] for t in lists), "Nothing below the lists that fit a page."


def test_no_text_of_a_list_is_cut(filled_book: Path) -> None:
    """An indent and wide letters take some two letters: ‘mevrouw’ in a column of eight was cut."""
    widths, sheet = widths_of(sheet_of(filled_book, "Lijsten")), load(filled_book)["Lijsten"]
    for table in sheet.tables.values():
        for column in zip(*sheet[table.ref], strict=True):
            longest, points = max(len(str(cell.value or "")) for cell in column), widths[column[0].column]
            assert points == 0 or points >= (min(44, longest + 2.5) * 7 + 5) * 0.75, column[0].coordinate


def test_the_register_prints_to_a_few_rows_below_its_last_record(filled_book: Path) -> None:
    """A range, for LibreOffice follows no formula; what is typed until the next sync is on paper too."""
    with Package(filled_book) as package:
        found = re.search(rb'"_xlnm.Print_Area"[^>]*>Register!\$A\$1:\$([A-Z]+)\$(\d+)<', package.workbook_xml)
        (table,) = (t for t in package.tables if t.sheet == "Register")
    assert found
    assert (found[1].decode(), int(found[2])) == (
        column_letters(table.last_column),
        table.header_row + len(complaints()["complaints"]) + 10,
    )
    assert int(found[2]) < table.last_row


@pytest.mark.parametrize(
    ("records", "ready", "last"), [(0, 50, 10), (12, 50, 22), (12, 4, 16), (600, 80, 660), (9, 0, 9)]
)
def test_what_a_week_brings_is_on_paper_before_the_next_sync(records: int, ready: int, last: int) -> None:
    """Both programs follow a range only; it goes ten rows on, in a large register a tenth, as far as rows stand ready."""
    assert 4 + last == printed_to(4, 4 + records, 4 + records + ready)


@pytest.mark.soffice
def test_rows_that_stand_ready_are_not_printed(soffice: Callable[..., Path], filled_book: Path) -> None:
    """LibreOffice prints what is filled in; fifty rows stand ready, with numbers in the register."""
    pdf = soffice(filled_book, "pdf")
    pages = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    feet = re.findall(
        r"^ *(Register|Contactmomenten|Opschortingen|Onderzoek|Maatregelen|Brieven) +bladzijde", pages, re.M
    )
    assert {name: feet.count(name) for name in set(feet)} == {
        "Register": 3, "Contactmomenten": 2, "Opschortingen": 1, "Onderzoek": 3, "Maatregelen": 3, "Brieven": 1,
    }  # fmt: skip


def test_start_prints_as_far_as_its_list_goes(filled_book: Path) -> None:
    """In Excel, which follows the formula: below the list stands what is for the screen."""
    with Package(filled_book) as package:
        (area,) = re.findall(r"_xlnm.Print_Area\"[^>]*>('?Start[^<]+)<", package.workbook_xml.decode())
    assert area == "'Start'!$A$1:INDEX('Start'!$I$1:$I$60,9+MAX(1,SUMPRODUCT(--('Start'!$H$9:$H$58&lt;&gt;\"\"))))"
