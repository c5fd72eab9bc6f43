"""The cached values of live columns and figures are what LibreOffice counts from the formulas."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from counted import plain, without_cached_values
from sheets import load
from workbook_samples import MakeContent, complaints, varied

from registerkit.register import ENDED, counted_values
from registerkit.workbook import WorkbookContent, build_workbook, live_formulas, live_values, overview_cells
from registerkit.workbook.figures import Facts, overview_figures

Soffice = Callable[..., Path]


@pytest.mark.soffice
@pytest.mark.parametrize(("profile", "period"), [("eigen", "{0}"), ("awb", "{0}-Q{1}"), ("wkkgz", "{0}-{2:02}")])
def test_libreoffice_counts_the_same(
    make: MakeContent, soffice: Soffice, profile: str, period: str, tmp_path: Path
) -> None:
    """Every formula cell of every sheet holds the value that LibreOffice finds, dashboards and lists included."""
    records = complaints()
    records["complaints"][3] |= {"extended_on": records["complaints"][3]["received_on"], "extended_weeks": 1}
    records["complaints"][5] |= {"reopened_on": date.today(), "status": "heropend"}
    away = {"absent_from": date.today(), "deputy": "CD"}
    records["staff"] += [{"code": "EF", "name": "Els Fens", "role": "leidinggevende", "phone": "06 1", **away}]
    asked = {"number": "K-2026-0006", "handler": "Cas Dijkstra", "words": "fiets", "period": this(period)}
    content = dataclasses.replace(make("nl", records, terms={"profile": profile}), asked=asked)
    build_workbook(tmp_path / "register.xlsx", content)
    assert [] == differences(tmp_path, soffice)


@pytest.mark.slow
@pytest.mark.soffice
@pytest.mark.parametrize("profile", ["eigen", "awb"])
def test_libreoffice_counts_the_same_over_500_varied_rows(
    make: MakeContent, soffice: Soffice, profile: str, tmp_path: Path
) -> None:
    """Terms, signals, figures, searches and rankings, for complaints of every status, age and history."""
    asked = {"number": "K-2026-0077", "handler": "Anna Blom", "words": "visser", "period": this("{0}-Q{1}")}
    content = dataclasses.replace(make("nl", varied(500), terms={"profile": profile}), asked=asked)
    build_workbook(tmp_path / "register.xlsx", content)
    assert [] == differences(tmp_path, soffice)[:20]


def this(period: str) -> str:
    """Give the year, the quarter or the month of today, as people choose it."""
    today = date.today()
    return period.format(today.year, (today.month + 2) // 3, today.month)


def differences(folder: Path, soffice: Soffice) -> list[tuple[Any, ...]]:
    """Give every formula cell of `register.xlsx` whose value is another than LibreOffice counts."""
    without_cached_values(folder / "register.xlsx", folder / "bare.xlsx")
    formulas, cached = (load(folder / "register.xlsx", values) for values in (False, True))
    counted = load(soffice(folder / "bare.xlsx", "xlsx"), values=True)
    return [
        (sheet.title, cell.coordinate, formula_of(cell.value), expected, found)
        for sheet in formulas.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
        if (expected := plain(cached[sheet.title][cell.coordinate].value))
        != (found := plain(counted[sheet.title][cell.coordinate].value))
    ]


def formula_of(value: Any) -> str:
    """Give a cell's formula without its sign."""
    return str(value).removeprefix("=")


def test_every_live_field_has_a_formula_and_a_value(filled: WorkbookContent) -> None:
    c = filled
    values = live_values(c.register)
    for table in c.definition.tables.values():
        live = {field.id for field in table.fields if field.live}
        assert set(live_formulas(c.register.rules, table.id)) == live
        for found in values.get(table.id, {}).values():
            assert set(found) == live


def test_the_overview_counts_no_answer_where_none_was_owed(make: MakeContent) -> None:
    """Of complaints that were all answered a day, it counts those that `counted_values` calls in time or late."""
    records = complaints(8)
    for record, status in zip(records["complaints"], sorted({*ENDED, "afgehandeld", "in_behandeling"}), strict=True):
        received = record["received_on"]
        record |= {"status": status, "answered_on": received + timedelta(days=len(status)), "answer_channel": "email"}
    content = make("nl", records)
    found = [counted_values(complaint) for complaint in content.register.complaints.values()]
    owed = [values for values in found if values["in_time"] in ("on_time", "late")]
    assert len(owed) == 3
    shown = {figure.name: figure.value for figure in overview_figures(Facts(content))}
    assert sum(values["in_time"] == "on_time" for values in owed) / 3 == shown["in_time"]
    assert sum(values["days_to_close"] for values in owed) / 3 == shown["days"]


def test_overlapping_pauses_count_once(filled: WorkbookContent) -> None:
    c = filled
    values = live_values(c.register)
    assert {key: row["days"] for key, row in values["pauses"].items()} == {"P000001": 5, "P000002": 2, "P000003": 0}


def test_overview_cells_are_those_of_the_file(filled: WorkbookContent, make: MakeContent, tmp_path: Path) -> None:
    """The cells that sync refreshes hold the same formulas in a file built before more complaints came in."""
    build_workbook(tmp_path / "register.xlsx", make(records=complaints(3)))
    book = load(tmp_path / "register.xlsx")
    cells = overview_cells(filled)
    assert {cell.sheet for cell in cells} == {"Start", "Register", "Dossier", "Overzicht", "Analyse", "_rk"}
    wrong = [cell for cell in cells if formula_of(book[cell.sheet][cell.cell].value) != cell.formula]
    assert wrong == []


def test_formulas_name_their_table_in_full(filled: WorkbookContent) -> None:
    """Only the long form, `Klachten[[#This Row],[Status]]`, is read by every program.

    Of the short ones LibreOffice makes an error: of `[[#This Row],[Status]]` Err:507, of `Klachten[@Status]` #N/A.
    """
    formulas = live_formulas(filled.register.rules, "complaints")
    for formula in formulas.values():
        assert "@" not in formula
        assert set(re.findall(r"(\w*)\[\[#This Row\]", formula)) <= {"Klachten"}


@pytest.mark.soffice
def test_on_a_later_day_the_figures_of_start_agree_with_its_lines(
    make: MakeContent, soffice: Soffice, tmp_path: Path
) -> None:
    """LibreOffice counts on opening only what names the day, and takes the rest as it was kept."""
    day = date.today() - timedelta(days=30)
    received = [day - timedelta(days=days) for days in (3, 5, 8, 20, 40)]
    rows = [{"number": f"K-{n}", "received_on": on, "name": f"P. {n}"} for n, on in enumerate(received)]
    content = make("nl", {"complaints": rows})
    content = dataclasses.replace(content, register=dataclasses.replace(content.register, on=day))
    build_workbook(tmp_path / "register.xlsx", content)
    before, after = (
        load(path, values=True)["Start"]
        for path in (tmp_path / "register.xlsx", soffice(tmp_path / "register.xlsx", "xlsx"))
    )
    late = [sum(sheet.cell(n, 2).value == "te laat" for n in range(9, 30)) for sheet in (before, after)]
    assert late == [sheet.cell(4, 4).value for sheet in (before, after)]
    assert late[0] < late[1]
