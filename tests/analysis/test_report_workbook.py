"""The Excel report: right numbers, native charts that say their point, ready to print."""

from __future__ import annotations

from pathlib import Path

import pytest
from analysis_samples import make_sample
from openpyxl import load_workbook

from registerkit.analysis import parse_period
from registerkit.analysis.comparison import compare
from registerkit.analysis.plan import plan_report
from registerkit.analysis.words import Words
from registerkit.analysis.workbook import report_workbook
from registerkit.register import Register
from registerkit.theme import theme_of

SHEETS = ["Samenvatting", "Hoeveel", "Waarover", "Waar", "Hoe snel", "Wat hielp", "Wat nu", "Begrippen"]
PIVOTS = ["Draaitabellen", "Gegevens"]


def write(snapshot: Register, label: str, folder: Path) -> Path:
    period, target = parse_period(label), folder / "rapport.xlsx"
    content = plan_report(snapshot, compare(snapshot, period))
    words, theme = Words(snapshot.texts, snapshot.settings.word), theme_of(snapshot.settings.theme)
    target.write_bytes(report_workbook(content, words, theme))
    return target


def rows(target: Path, sheet: str) -> list[list[object]]:
    found = load_workbook(target)[sheet].iter_rows(values_only=True)
    return [[value for value in row if value is not None] for row in found]


def test_sheets_and_key_figures(handful: Register, tmp_path: Path) -> None:
    """The first sheet shows this period beside the one before, with the difference."""
    target = write(handful, "2026-10", tmp_path)
    assert load_workbook(target).sheetnames == [*SHEETS, *PIVOTS]
    summary = rows(target, "Samenvatting")
    assert summary[0] == ["Klachtenrapport over oktober 2026"]
    assert ["Ontvangen klachten", 3, 1, 2] in summary
    assert ["Op tijd beantwoord", 0.5, "–", "–"] in summary
    assert ["Kosten van oplossingen", 123.45, 0, 123.45] in summary


def test_tables(handful: Register, tmp_path: Path) -> None:
    target = write(handful, "2026-10", tmp_path)
    assert ["Product: levering", 3, 1, 0, 3] in rows(target, "Waarover")
    assert [
        "M-2026-02 Factuur na levering",
        "Eva Verhoef",
        "te laat",
        parse_period("2026-10").first.replace(day=15),
    ] in [
        [*row[:3], row[3].date() if len(row) > 3 and hasattr(row[3], "date") else None]
        for row in rows(target, "Wat nu")
    ]


def test_charts(year: Register, tmp_path: Path) -> None:
    """Charts are native, with a legend only for level lines, and read the cells of the table beside them."""
    book = load_workbook(write(year, "2026-Q3", tmp_path))
    charts = {sheet.title: sheet._charts for sheet in book}
    assert len(charts["Samenvatting"]) == 1
    assert all(charts[name] for name in ("Hoeveel", "Waarover", "Waar", "Hoe snel", "Wat hielp"))
    for chart in (chart for found in charts.values() for chart in found):
        assert (chart.legend is None) == (len(chart.series) < 4)
        assert chart.title is not None
        sheet, _, cells = chart.series[0].val.numRef.f.partition("!")
        values = [cell[0].value for cell in book[sheet.strip("'")][cells.replace("$", "")]]
        assert values == [float(point.v) for point in chart.series[0].val.numRef.numCache.pt]


def test_print_setup(year: Register, tmp_path: Path) -> None:
    for sheet in load_workbook(write(year, "2026-10", tmp_path)):
        assert sheet.page_setup.paperSize == "9" or sheet.page_setup.paperSize == 9
        assert "De Spaak BV" in sheet.oddFooter.left.text


@pytest.mark.parametrize("label", ["2026-10", "2026-Q3", "2026", "2026-W46", "2026-01-01..2026-06-30", "2024"])
def test_same_input_same_bytes(year: Register, label: str, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert write(year, label, tmp_path / "a").read_bytes() == write(year, label, tmp_path / "b").read_bytes()


def test_text_is_no_formula(tmp_path: Path) -> None:
    """What people typed is written as text, whatever it begins with, and what no file can hold is left out."""
    row = {
        "received_on": "2026-10-02",
        "category": "PL",
        "subject": "=1+1",
        "handler": "http://x",
        "supplier": "a\x07\nb",
    }
    target = write(make_sample(row, organisation="Bos & <Zn>"), "2026-10", tmp_path)
    assert "=1+1" in [cell for found in rows(target, "Waarover") for cell in found]
    assert "a b" in [cell for found in rows(target, "Waar") for cell in found]


def test_what_turned_out_to_be_no_complaint_stands_on_the_first_sheet(tmp_path: Path) -> None:
    row = {"received_on": "2026-10-05", "category": "PL"}
    target = write(make_sample(row, row | {"status": "geen_klacht"}), "2026-10", tmp_path)
    first = load_workbook(target).worksheets[0]
    told = [cell.value for line in first.iter_rows() for cell in line]
    assert any("Van 1 melding bleek dat zij geen klacht was" in str(value) for value in told)


def test_pivots_count_the_complaints_of_the_period_and_hold_no_names(year: Register, tmp_path: Path) -> None:
    """Each is a native one over the rows beside it; what it shows before its first refresh adds up."""
    file = write(year, "2026-10", tmp_path)
    book = load_workbook(file)
    received = compare(year, parse_period("2026-10")).figures.received
    pivots = book["Draaitabellen"]._pivots
    assert [pivot.name for pivot in pivots][:1] == ["Categorie en Maand"]
    assert pivots[0].cache.cacheSource.worksheetSource.name == "Ontvangen"
    table = book["Gegevens"].tables["Ontvangen"]
    assert len(book["Gegevens"][table.ref]) - 1 == received
    head, last = pivots[0].location.ref.partition(":")[::2]
    assert book["Draaitabellen"][last].value == received
    assert book["Draaitabellen"][head].value == "Klachten"
    names = {str(record.get("name")) for record in year.table("complaints").values() if record.get("name")}
    shown = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    assert not names & shown


def test_without_a_complaint_there_is_nothing_to_turn(empty: Register, tmp_path: Path) -> None:
    assert load_workbook(write(empty, "2026-10", tmp_path)).sheetnames == SHEETS
