"""The pivot tables of the analysis sheet: what they count, and that other programs take them for pivot tables."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from python_calamine import CalamineWorkbook
from sheets import load
from workbook_samples import MakeContent, complaints, make_content, varied

from registerkit.definition import Definition
from registerkit.ooxml import Package
from registerkit.report_settings import ReportSettings
from registerkit.workbook import WorkbookContent, build_workbook
from registerkit.workbook.overview import plan_sheets

NAMES = [
    "Oordeel per categorie", "Oorzaak en bij wie die ligt", "Op tijd per afdeling",
    "Dagen tot antwoord per afdeling en ernst", "Klachten per maand en categorie",
]  # fmt: skip


def pivots_of(path: Path) -> list[Any]:
    """Give the pivot tables as openpyxl reads them."""
    return list(openpyxl.load_workbook(path)["Analyse"]._pivots)


def shown(path: Path, ref: str) -> dict[tuple[Any, Any], Any]:
    """Give the figures of a pivot by its labels, as they stand in the cells."""
    rows = list(load(path, values=True)["Analyse"][ref])
    heads = [cell.value for cell in rows[1][1:]]
    return {
        (row[0].value, head): cell.value
        for row in rows[2:]
        for head, cell in zip(heads, row[1:], strict=True)
        if cell.value is not None
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[WorkbookContent, Path]:
    """Give the content of a register of 300 complaints, and the workbook; tests only read it."""
    content, path = make_content(records=varied(300)), tmp_path_factory.mktemp("pivots") / "register.xlsx"
    build_workbook(path, content)
    return content, path


@pytest.fixture(scope="module")
def analysis(built: tuple[WorkbookContent, Path]) -> Any:
    """Give its sheet with pivot tables as openpyxl reads it, which takes seconds."""
    return openpyxl.load_workbook(built[1])["Analyse"]


@pytest.fixture(scope="module")
def pivots(analysis: Any) -> list[Any]:
    """Give the pivot tables on it."""
    return list(analysis._pivots)


def test_five_pivots_share_one_cache_over_the_tables_name(
    built: tuple[WorkbookContent, Path], pivots: list[Any]
) -> None:
    _, path = built
    assert NAMES == [pivot.name for pivot in pivots]
    assert {"Klachten"} == {pivot.cache.cacheSource.worksheetSource.name for pivot in pivots}
    assert {True} == {pivot.cache.refreshOnLoad for pivot in pivots}
    with Package(path) as package:
        caches = [info.filename for info in package.infos if "pivotCacheDefinition" in info.filename]
        assert ["xl/pivotCache/pivotCacheDefinition1.xml"] == [name for name in caches if not name.endswith(".rels")]


def test_every_pivot_can_be_narrowed_to_a_quarter_and_those_of_no_department_to_one(pivots: list[Any]) -> None:
    names = [field.name for field in pivots[0].cache.cacheFields]
    filters = [[names[page.fld] for page in pivot.pageFields] for pivot in pivots]
    both = ["Kwartaal", "Afdeling"]
    assert [both, both, ["Kwartaal"], ["Kwartaal"], both] == filters


def test_what_handlers_answered_late_is_shown_only_where_the_office_says_that_it_may() -> None:
    """A works council has a say in figures about people, in the workbook as in the report."""
    plain, told = (
        plan_sheets(make_content(records=varied(40), report=ReportSettings(per_handler=may))) for may in (False, True)
    )
    assert [placed.pivot.down for placed in plain.pivots if "in_time" in placed.name] == ["Afdeling"]
    assert [placed.pivot.down for placed in told.pivots if "in_time" in placed.name] == ["Behandelaar"]
    assert {"department_in_time"} == {name for name in plain.hidden.ranked if "in_time" in name}
    assert {"handler_in_time"} == {name for name in told.hidden.ranked if "in_time" in name}


def test_the_cells_hold_what_a_count_by_hand_gives(built: tuple[WorkbookContent, Path], pivots: list[Any]) -> None:
    content, path = built
    rows, label = content.records["complaints"], content.lookups.label
    pairs = Counter(
        (label("category", str(r["category"])), label("judgement", str(r["judgement"]))) for r in rows if r["judgement"]
    )
    found = shown(path, pivots[0].location.ref)
    assert dict(pairs) == {key: n for key, n in found.items() if "Totaal" not in key}
    assert pairs.total() == found["Totaal", "Totaal"]
    days = [r["days_to_close"] for r in rows if isinstance(r.get("days_to_close"), int)]
    average = shown(path, pivots[3].location.ref)["Totaal", "Totaal"]
    assert sum(days) / len(days) == pytest.approx(average)


def test_the_records_keep_no_names_and_no_stories(built: tuple[WorkbookContent, Path]) -> None:
    """What no pivot shows stands nowhere a second time, so that it can be made anonymous."""
    with zipfile.ZipFile(built[1]) as package:
        kept = package.read("xl/pivotCache/pivotCacheRecords1.xml") + package.read(
            "xl/pivotCache/pivotCacheDefinition1.xml"
        )
    for text in ("Bakker", "voorbeeld.nl", "drie dagen te laat", "06 12345678"):
        assert text.encode() not in kept


@pytest.mark.parametrize("count", [0, 1, 12])
def test_something_is_always_left_to_show(make: MakeContent, count: int, tmp_path: Path) -> None:
    """A pivot may not hide all its labels: Excel would repair it."""
    build_workbook(tmp_path / "register.xlsx", make(records=complaints(count) if count else None))
    for pivot in pivots_of(tmp_path / "register.xlsx"):
        for field in pivot.pivotFields:
            if field.items:
                assert any(not item.h and item.t == "data" for item in field.items)
    assert "Analyse" in CalamineWorkbook.from_path(str(tmp_path / "register.xlsx")).sheet_names


def test_a_register_without_the_fields_has_fewer_pivots(
    make: MakeContent, incidents: Definition, tmp_path: Path
) -> None:
    build_workbook(tmp_path / "register.xlsx", make(definition=incidents))
    with Package(tmp_path / "register.xlsx") as package:
        assert [] == [info.filename for info in package.infos if "pivot" in info.filename]


def test_no_pivot_is_split_over_two_printed_pages(analysis: Any) -> None:
    """Each begins on a page with room for it, at a scale at which all columns fit."""
    sheet = analysis
    assert not sheet.sheet_properties.pageSetUpPr or not sheet.sheet_properties.pageSetUpPr.fitToPage
    scale, begins = sheet.page_setup.scale / 100, [1, *(br.id + 1 for br in sheet.row_breaks.brk)]
    titles = [row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 2).value in NAMES]
    assert set(begins[1:]) <= set(titles)
    points = {row: sheet.row_dimensions[row].height or 15 for row in range(1, sheet.max_row + 1)}
    for begin, end in zip(begins, [*begins[1:], sheet.max_row + 1], strict=True):
        last = max(row for row in range(begin, end) if sheet.cell(row, 2).value)
        assert sum(points[row] for row in range(begin, last + 1)) * scale <= 500


def test_charts_are_what_a_small_screen_shows_first(built: tuple[WorkbookContent, Path]) -> None:
    """LibreOffice shows 1,142 pixels of Excel's on a screen of 1366; no chart lies over another, a title or a pivot."""
    plans = plan_sheets(built[0])
    plan, titles = plans.analysis, [cell for cell in plans.analysis.cells if cell.style == "chart_title"]
    lefts = [sum(int(width * 7 + 5) for width in plan.widths[:n]) for n in range(len(plan.widths))]
    assert [(title.row + 1, title.column) for title in titles] == [(chart.row, chart.column) for chart in plan.charts]
    assert len(titles) == 4
    tops = {chart.row for chart in plan.charts}
    assert min(tops) <= 5
    for chart in plan.charts:
        right, below = lefts[chart.column] + chart.size[0], chart.row * 20 + chart.size[1]
        assert right <= 1142
        assert all(below <= 20 * (row - 1) for row in [*tops, plans.pivots[0].row + 1] if row > chart.row)
        for beside in plan.charts:
            assert beside.row != chart.row or beside.column <= chart.column or right < lefts[beside.column]


@pytest.mark.soffice
def test_libreoffice_keeps_them_and_counts_the_same(
    built: tuple[WorkbookContent, Path], pivots: list[Any], soffice: Callable[..., Path]
) -> None:
    """It works them out anew from the table; the totals are the same, only their heading is its own."""
    before = [figures(shown(built[1], pivot.location.ref)) for pivot in pivots]
    saved = soffice(built[1], "xlsx")
    after = [figures(shown(saved, pivot.location.ref)) for pivot in pivots_of(saved)]
    assert sorted(map(str, before)) == sorted(map(str, after))


def figures(found: dict[tuple[Any, Any], Any]) -> dict[tuple[str, str], float]:
    """Give figures under headings that all programs share."""

    def heading(text: Any) -> str:
        plain = f"{text:%Y-%m}" if isinstance(text, date) else str(text)
        return re.sub("Total Result|Totaal", "total", plain)

    named = {(heading(a), heading(b)): round(float(value), 6) for (a, b), value in found.items()}
    return dict(sorted(named.items()))


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "Nog geen klachten. Typ de eerste in Register."), (3, "Onder de grafieken staan draaitabellen: ")],
)
def test_with_little_to_count_it_says_where_to_begin_and_names_no_bar_of_nothing(count: int, said: str) -> None:
    plans = plan_sheets(make_content("nl", complaints(count) if count else None))
    assert str(next(cell.value for cell in plans.analysis.cells if cell.row == 1)).startswith(said)
    values = {(cell.row, cell.column): cell.value for cell in plans.hidden.cells}
    for ranked in plans.hidden.ranked.values():
        labels, scores = ranked.columns
        named = [(values[n, labels], values[n, scores]) for n in range(ranked.first, ranked.last + 1)]
        assert all(bool(label) == bool(score) for label, score in named), named
