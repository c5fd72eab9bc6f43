"""R22: every complaint has its last day by the office's own rules, told with its reason, and counted anew when it moves.

The vectors are those of design/terms.md, through the workbook and the command line.
"""

from __future__ import annotations

import shutil
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from office import COMPLAINT, Office, header_row, headers

VECTORS = {
    date(2026, 3, 16): "2026-04-28",  # King's Day
    date(2026, 4, 2): "2026-05-18",  # Ascension Day, the Friday named by decree, a weekend
    date(2026, 2, 20): "2026-04-07",  # Good Friday to Easter Monday
    date(2026, 3, 24): "2026-05-06",  # 5 May
    date(2026, 11, 14): "2026-12-28",  # Boxing Day, then a Sunday
}


def profile(office: Office, name: str) -> None:
    """Choose the law that the office works under."""
    settings = office.root / "register.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('profile = "eigen" ', f'profile = "{name}" '), encoding="utf-8")


def register(office: Office, *days: date, **how: Any) -> list[int]:
    """Register a complaint for every day of receipt."""
    rows = [{**COMPLAINT, "Naam": f"{'ABCDEFG'[n]}. Bos", "Ontvangen op": day} for n, day in enumerate(days)]
    used = office.type(*rows)
    assert office.run("sync", **how).code == 0
    return used


@pytest.fixture(scope="module")
def one_once(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a project with a complaint of Monday 2 November."""
    root = tmp_path_factory.mktemp("een") / "klachten"
    shutil.copytree(made_once, root)
    register(Office(root), date(2026, 11, 2))
    return root


@pytest.fixture
def one(one_once: Path, tmp_path: Path) -> Office:
    """Give a copy of it."""
    shutil.copytree(one_once, tmp_path / "een")
    return Office(tmp_path / "een")


def due(office: Office) -> list[str]:
    return [c["due_on"] for c in office.complaints()]


def test_r22_under_the_awb_an_end_on_a_free_day_rolls_to_the_next_ordinary_day(office: Office) -> None:
    """Six weeks and the Algemene termijnenwet: the vectors, and in the workbook the way there."""
    profile(office, "awb")
    rows = register(office, *VECTORS)
    assert list(VECTORS.values()) == due(office)
    shown = office.rows()[rows[1]]
    assert "ontvangen 02-04-2026 + 6 weken = 14-05 (Hemelvaartsdag) -> 18-05-2026" == shown["Termijn"]
    assert datetime(2026, 5, 18) == shown["Uiterlijk afhandelen op"]


@pytest.mark.parametrize(
    ("name", "acknowledge", "answer"),
    [
        ("eigen", "2026-11-09", "2026-11-30"),
        ("awb", "2026-11-09", "2026-12-14"),
        ("wkkgz", "2026-11-09", "2026-12-14"),
        ("webwinkel", "2026-11-02", "2026-11-16"),
    ],
)
def test_r22_every_profile_has_its_own_terms(one: Office, name: str, acknowledge: str, answer: str) -> None:
    """A complaint of Monday 2 November under each of the four."""
    profile(one, name)
    assert one.run("sync").code == 0
    (stored,) = one.complaints()
    assert (acknowledge, answer) == (stored["acknowledge_by"], stored["due_on"])


def test_r22_a_complaints_committee_has_ten_weeks_under_the_awb(office: Office) -> None:
    """Chosen per complaint."""
    profile(office, "awb")
    office.type({**COMPLAINT, "Klachtencommissie": "ja"})
    office.run("sync")
    assert ["2027-01-11"] == due(office)


def test_r22_an_extension_moves_the_last_day_by_no_more_than_allowed(office: Office) -> None:
    """The office fills in the day of the notice; the weeks follow, and more weeks do not count."""
    first, second = register(office, date(2026, 11, 2), date(2026, 11, 2))
    office.change(first, {"Verlengd op": date(2026, 11, 18)})
    office.change(second, {"Verlengd op": date(2026, 11, 18), "Verlengd met weken": 9})
    assert office.run("sync").code == 0
    assert ["2026-12-14", "2026-12-14"] == due(office)
    assert 2 == office.rows()[first]["Verlengd met weken"]


def test_r22_waiting_moves_the_term_only_where_the_law_lets_it(one: Office) -> None:
    """Five days of waiting count under the office's own rules, and not under the Awb."""
    pause = {
        "Klachtnummer": "K-2026-0001",
        "Van": date(2026, 11, 9),
        "Tot": date(2026, 11, 13),
        "Reden": "bon gevraagd",
    }
    one.type(pause, sheet="Opschortingen")
    assert one.run("sync").code == 0
    assert ["2026-12-05"] == due(one)
    profile(one, "awb")
    assert one.run("sync").code == 0
    assert ["2026-12-14"] == due(one)


def test_r22_overlapping_pauses_count_once(one: Office) -> None:
    """Two people noting the same wait do not make it longer."""
    spans = [(date(2026, 11, 9), date(2026, 11, 13)), (date(2026, 11, 12), date(2026, 11, 15))]
    one.type(*({"Klachtnummer": "K-2026-0001", "Van": a, "Tot": b} for a, b in spans), sheet="Opschortingen")
    assert one.run("sync").code == 0
    assert ["2026-12-07"] == due(one)


def test_r22_a_new_holiday_counts_open_terms_anew_and_lists_them_old_beside_new(office: Office) -> None:
    """A closing day added to the sheet Feestdagen moves what ended on it, and only that."""
    profile(office, "awb")
    rows = register(office, date(2026, 11, 2), date(2026, 11, 3))
    book = openpyxl.load_workbook(office.workbook)
    sheet = book["Feestdagen"]
    columns, row = headers(sheet), header_row(sheet) + 1
    while sheet.cell(row, columns["Datum"]).value:
        row += 1
    for header, value in {"Datum": date(2026, 12, 14), "Naam": "Sluitingsdag", "Herkomst": "besluit"}.items():
        sheet.cell(row, columns[header]).value = value
    book.save(office.workbook)
    result = office.run("sync")
    assert [{"number": "K-2026-0001", "old": "2026-12-14", "new": "2026-12-15"}] == result.json["recounted"]
    assert ["2026-12-15", "2026-12-15"] == due(office)
    assert datetime(2026, 12, 15) == office.rows()[rows[0]]["Uiterlijk afhandelen op"]
    assert [] == office.run("sync").json["recounted"]


def test_r22_another_law_brings_its_own_free_days_but_not_over_the_offices_choice(office: Office) -> None:
    """Good Friday counts once the Awb does; a holiday that the office itself set to nee stays so, in every year."""
    rows = office.rows("Feestdagen")
    (good_friday,) = [n for n, r in rows.items() if r["Datum"] == datetime(2026, 4, 3)]
    (boxing_day,) = [n for n, r in rows.items() if r["Datum"] == datetime(2026, 12, 26)]
    assert "nee" == rows[good_friday]["In gebruik"]
    office.change(boxing_day, {"In gebruik": "nee"}, sheet="Feestdagen")
    office.run("sync")
    profile(office, "awb")
    office.run("sync")
    rows = office.rows("Feestdagen")
    assert ("ja", "nee") == (rows[good_friday]["In gebruik"], rows[boxing_day]["In gebruik"])


def test_r22_a_day_that_the_office_works_counts_again(office: Office) -> None:
    """`nee` under In gebruik makes Boxing Day an ordinary day, in the count for the acknowledgement too."""
    office.type({**COMPLAINT, "Ontvangen op": date(2026, 12, 21)})
    later = date(2026, 12, 22)
    office.run("sync", on=later)
    assert "2026-12-29" == office.complaints()[0]["acknowledge_by"]
    rows = office.rows("Feestdagen")
    (row,) = [n for n, r in rows.items() if r["Datum"] == datetime(2026, 12, 25)]
    office.change(row, {"In gebruik": "nee"}, sheet="Feestdagen")
    office.run("sync", on=later)
    assert "2026-12-28" == office.complaints()[0]["acknowledge_by"]
