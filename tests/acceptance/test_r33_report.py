"""R33: the periodic analysis: figures that a person counts the same, beside the period before, in Excel and in Word."""

from __future__ import annotations

import shutil
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from office import COMPLAINT, Office
from papers import english_in, lines_of
from sheets import load

FIGURES = {
    "received", "closed", "open_at_end", "overdue_open", "acknowledged_in_time", "closed_in_time",
    "median_days_to_close", "reopened", "repeat_complainants", "satisfaction_mean", "satisfaction_n", "cost_total",
    "by_category", "by_subcategory", "by_cause", "by_channel", "by_department", "by_causing_department", "by_branch",
    "by_handler", "by_judgement", "by_severity", "by_responsible", "by_month",
}  # fmt: skip
"""The figures of the contract, design section 4; more may be added."""


def said(name: str, received: date, acknowledged: date | None, **more: Any) -> dict[str, Any]:
    """Give a complaint of a person of his own."""
    own = {"Naam": f"{name}. Bos", "E-mail": f"{name}@voorbeeld.example", "Telefoon": None}
    return {**COMPLAINT, **own, "Ontvangen op": received, "Bevestigd op": acknowledged, **more}


def closed(on: date, judgement: str, solution: str, mark: int, cost: float | None = None) -> dict[str, Any]:
    """Give the columns that close a complaint."""
    return {
        "Behandelaar": "Jeroen Bakker", "Oordeel": judgement, "Oplossing": solution, "Motivering": "Zie de bon.",
        "Wijze van afhandeling": "telefoon", "Beantwoord op": on, "Tevredenheid": mark, "Kosten": cost,
    }  # fmt: skip


def day(month: int, number: int) -> date:
    return date(2026, month, number)


ROWS = [
    said("A", day(9, 7), day(9, 8), **closed(day(9, 28), "gegrond", "terugbetaling", 4, 40)),
    said("B", day(9, 21), day(10, 5), Categorie="Service: bejegening", **closed(day(10, 26), "ongegrond", "uitleg", 2)),
    said("C", day(10, 1), day(10, 2), Oorzaak="levering", **closed(day(10, 15), "gegrond", "reparatie", 5, 60)),
    said("A", day(10, 5), day(10, 6), Categorie="Product: kwaliteit", Ernst="ernstig", **{"Wijze van melding": "brief"}),
    said("D", day(10, 12), None),
    said("E", day(10, 28), day(10, 30), Categorie="Service: factuur en betaling", **closed(day(11, 10), "gegrond", "excuses", 3)),
    said("F", day(9, 28), day(9, 29)),
    said("G", day(11, 3), day(11, 4)),
]  # fmt: skip
OCTOBER = {
    "received": 4,  # C, A for the second time, D and E
    "closed": 2,  # B and C
    "open_at_end": 4,  # A, D, E and F
    "overdue_open": 1,  # F, whose term ended on 26 October
    "acknowledged_in_time": 0.75,  # D never was
    "closed_in_time": 0.5,  # B a week late
    "median_days_to_close": 24.5,  # 35 and 14 days
    "reopened": 0,
    "repeat_complainants": 1,  # A
    "satisfaction_mean": 3.5,  # B 2, C 5
    "satisfaction_n": 2,
    "cost_total": 60.0,
    "by_category": {"Product: levering": 2, "Product: kwaliteit": 1, "Service: factuur en betaling": 1},
    "by_subcategory": {"-": 4},
    "by_cause": {"levering": 1, "-": 3},
    "by_channel": {"telefoon": 3, "brief": 1},
    "by_department": {"Logistiek": 2, "Administratie": 1, "Techniek": 1},
    "by_causing_department": {"-": 4},
    "by_branch": {"hoofdvestiging": 4},
    "by_handler": {"Jeroen Bakker": 2, "-": 2},
    "by_judgement": {"gegrond": 2, "-": 2},
    "by_severity": {"normaal": 3, "ernstig": 1},
    "by_responsible": {"-": 4},
    "by_month": {"2026-10": 4},
}
SEPTEMBER = {
    "received": 3, "closed": 1, "open_at_end": 2, "overdue_open": 0, "acknowledged_in_time": 2 / 3,
    "closed_in_time": 1.0, "median_days_to_close": 21.0, "reopened": 0, "repeat_complainants": 0,
    "satisfaction_mean": 4.0, "satisfaction_n": 1, "cost_total": 40.0,
    "by_category": {"Product: levering": 2, "Service: bejegening": 1}, "by_month": {"2026-09": 3},
}  # fmt: skip


@pytest.fixture(scope="module")
def filled_once(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Give an office with eight complaints; reports write only into the output folder."""
    root = tmp_path_factory.mktemp("cijfers") / "klachten"
    shutil.copytree(made_once, root)
    office = Office(root)
    office.type(*ROWS)
    result = office.run("sync")
    assert (0, 8) == (result.code, result.json["new"])
    return office


def test_r33_the_figures_are_those_that_a_person_counts(filled_once: Office) -> None:
    """Of the last complete month when no other is named."""
    result = filled_once.run("report")
    assert (0, {"period", "figures", "previous", "year_ago", "files"}) == (result.code, set(result.json))
    assert {"label": "2026-10", "from": "2026-10-01", "until": "2026-10-31"} == result.json["period"]
    assert set() == FIGURES - set(result.json["figures"])
    assert OCTOBER == {name: result.json["figures"][name] for name in FIGURES}


def test_r33_the_period_before_stands_beside_it(filled_once: Office) -> None:
    """The same figures of September."""
    previous = filled_once.run("report", "--period", "2026-10").json["previous"]
    assert ({"period", "figures"}, "2026-09") == (set(previous), previous["period"]["label"])
    assert SEPTEMBER == {name: previous["figures"][name] for name in SEPTEMBER}
    assert set() == FIGURES - set(previous["figures"])


@pytest.mark.parametrize(
    ("period", "received", "first", "last"),
    [
        ("2026", 8, "2026-01-01", "2026-12-31"),
        ("2026-Q3", 3, "2026-07-01", "2026-09-30"),
        ("2026-W45", 1, "2026-11-02", "2026-11-08"),
        ("2026-09-21..2026-10-01", 3, "2026-09-21", "2026-10-01"),
    ],
)
def test_r33_every_kind_of_period(filled_once: Office, period: str, received: int, first: str, last: str) -> None:
    """Year, quarter, week and any run of days, each with files of its own."""
    document = filled_once.run("report", "--period", period).json
    assert {"label": period, "from": first, "until": last} == document["period"]
    assert received == document["figures"]["received"]
    expected = [f"uitvoer/{period}/klachtenrapport-{period}.{kind}" for kind in ("xlsx", "docx", "html")]
    assert expected == document["files"]
    assert all((filled_once.root / file).is_file() for file in expected)


def test_r33_a_period_without_complaints_has_nothing_to_divide(filled_once: Office) -> None:
    """Counts are nought and shares null, and all files are made."""
    document = filled_once.run("report", "--period", "2025-05").json
    names = (
        "received",
        "closed",
        "acknowledged_in_time",
        "closed_in_time",
        "median_days_to_close",
        "satisfaction_mean",
    )
    assert [0, 0, None, None, None, None] == [document["figures"][name] for name in names]
    assert all((filled_once.root / file).is_file() for file in document["files"])


@pytest.mark.parametrize("period", ["2026-13", "2026-W54", "oktober", "2026-10-31..2026-10-01", ""])
def test_r33_a_wrong_period_is_wrong_usage(filled_once: Office, period: str) -> None:
    """Exit code 2, with the forms that do fit; nothing is written."""
    before = sorted(filled_once.root.rglob("*"))
    result = filled_once.run("report", "--period", period)
    assert (2, "usage.period") == (result.code, (result.json or {}).get("error", {}).get("code"))
    assert "2026-Q3" in result.json["error"]["fix"]
    assert before == sorted(filled_once.root.rglob("*"))


def test_r33_the_files_open_with_charts_and_the_figures(filled_once: Office) -> None:
    """All hold native charts, drawn ones in the page; workbook and document tell the received and the share in time."""
    files = filled_once.run("report", "--period", "2026-10").json["files"]
    workbook, document, page = (filled_once.root / file for file in files)
    with zipfile.ZipFile(workbook) as package:
        assert [n for n in package.namelist() if n.startswith("xl/charts/chart")]
    cells = {c.value for s in load(workbook, values=True).worksheets for row in s.iter_rows() for c in row}
    assert {"Product: levering", 24.5, 0.75, 60} <= cells
    with zipfile.ZipFile(document) as package:
        assert [n for n in package.namelist() if n.startswith("word/charts/")]
    assert "<svg " in page.read_text(encoding="utf-8")
    lines = lines_of(document)
    assert any("oktober 2026" in line for line in lines)
    assert [] == english_in([*lines, *(c for c in cells if isinstance(c, str))])


def test_r33_the_same_report_twice_is_the_same_file(filled_once: Office) -> None:
    """Nobody has to wonder what changed."""
    files = [filled_once.root / f for f in filled_once.run("report").json["files"]]
    before = [f.read_bytes() for f in files]
    filled_once.run("report")
    assert before == [f.read_bytes() for f in files]


def test_r34_the_publication_is_made_beside_the_report_and_no_memo_for_nobody(filled_once: Office) -> None:
    result = filled_once.run("report", "--period", "2026", "--memos", "--publication", "--json")
    names = [Path(file).name for file in result.json["files"]]
    assert names[-1] == "publicatie klachten 2026.docx"
    assert all((filled_once.root / file).is_file() for file in result.json["files"])
    assert "geen terugkoppeling te maken" in filled_once.say("report", "--period", "2026-10", "--memos").text
    of_afm = filled_once.run("report", "--period", "2026-10", "--afm")
    assert of_afm.json["files"][-1].endswith("AFM-registratie 2026-10.xlsx")
    assert (filled_once.root / of_afm.json["files"][-1]).is_file()
    ahead = filled_once.run("report", "--period", "2031")
    assert ahead.code == 2
    assert "2031 moet nog beginnen" in ahead.text
    wrong = filled_once.run("report", "--period", "2026-10", "--memo-for", "Niemand van Hier")
    assert wrong.code == 2
    assert "Niemand van Hier" in wrong.text
