"""R22: every complaint has its last day by the office's own rules, told with its reason, and counted anew when it moves.

The vectors are worked out by hand, through the workbook and the command line.
"""

from __future__ import annotations

import shutil
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from office import COMPLAINT, Office, header_row, headers
from sheets import column_letters, load

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
    book = load(office.workbook)
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


# ------------------------------------------------------------------------------------- what does not count is told
TOLD = [
    ("eigen", {"Ontvangen op": date(2026, 10, 5), "Bevestigd op": date(2026, 10, 6), "Verlengd op": date(2026, 11, 18)},
     ("extension_too_late", "Verlengd op", "18-11-2026", "02-11-2026")),
    ("eigen", {"Verlengd op": date(2026, 11, 18), "Verlengd met weken": 9},
     ("extension_too_long", "Verlengd met weken", "9", "2")),
    ("awb", {"Nader uitstel tot": date(2027, 2, 1)}, ("consent_undated", "Instemming klant op", None, "01-02-2027")),
    ("awb", {"Nader uitstel tot": date(2026, 12, 1), "Instemming klant op": date(2026, 11, 12)},
     ("consent_not_later", "Nader uitstel tot", "01-12-2026", "14-12-2026")),
]  # fmt: skip


@pytest.mark.parametrize(("law", "values", "expected"), TOLD, ids=[t[2][0] for t in TOLD])
def test_r22_what_does_not_count_is_told_with_its_cell(
    office: Office, law: str, values: dict[str, Any], expected: tuple[str, str, str | None, str]
) -> None:
    """By check and by sync, as a warning with the header, the value, the reason and what to do; the row is taken in."""
    profile(office, law)
    (row,) = office.type({**COMPLAINT, **values})
    checked = office.run("check", str(office.workbook)).json["findings"]
    result = office.run("sync")
    assert (0, 1) == (result.code, result.json["new"])
    for (finding,) in (checked, result.json["findings"]):
        code, label, value, reason = expected
        where = ("klachtenregister.xlsx", "Register", row, "warning")
        assert (code, label, value) == tuple(finding[k] for k in ("code", "label", "value"))
        assert where == tuple(finding[k] for k in ("file", "sheet", "row", "severity"))
        assert cell_of(office, row, label) == finding["cell"]
        assert reason in finding["message"]
        assert finding["fix"]
    assert [expected[0]] == [f["code"] for f in office.run("sync").json["findings"]]
    said = office.say("check", str(office.workbook)).text
    assert f"LET OP: klachtenregister.xlsx, blad Register, rij {row}" in said
    assert f"   {cell_of(office, row, expected[1])}, " in said


def cell_of(office: Office, row: int, label: str, sheet: str = "Register") -> str:
    """Give the address of a column's cell in a row."""
    column = headers(load(office.workbook)[sheet])[label]
    return f"{column_letters(column)}{row}"


def test_r22_a_term_past_the_last_known_decree_is_told(office: Office) -> None:
    """An office adds the days of the new decree to the sheet Feestdagen; then it is quiet."""
    profile(office, "awb")
    later = date(2028, 12, 1)
    (row,) = office.type({**COMPLAINT, "Ontvangen op": date(2028, 11, 27)})
    (finding,) = office.run("sync", on=later).json["findings"]
    assert ("past_known_decree", cell_of(office, row, "Uiterlijk afhandelen op"), "08-01-2029") == tuple(
        finding[k] for k in ("code", "cell", "value")
    )
    assert "Feestdagen" in finding["fix"]
    day = {"Datum": date(2029, 5, 11), "Naam": "Brugdag", "Herkomst": "besluit", "In gebruik": "ja"}
    office.type(day, sheet="Feestdagen")
    assert [] == office.run("sync", on=later).json["findings"]


@pytest.mark.parametrize(
    ("law", "row", "expected"),
    [
        ("awb", {}, ("pause_ignored", "Van", "warning")),
        ("wkkgz", {}, ("pause_without_consent", "Instemming op", "warning")),
        ("eigen", {"Tot": None}, ("pause_open", "Tot", "info")),
    ],
)
def test_r22_a_pause_that_does_not_count_is_told_on_its_sheet(
    one: Office, law: str, row: dict[str, Any], expected: tuple[str, str, str]
) -> None:
    """With the cell of the sheet Opschortingen; a pause that counts is no matter."""
    profile(one, law)
    spell = {"Klachtnummer": "K-2026-0001", "Van": date(2026, 11, 9), "Tot": date(2026, 11, 13)}
    (used,) = one.type({**spell, **row}, sheet="Opschortingen")
    (finding,) = one.run("sync").json["findings"]
    assert expected == tuple(finding[k] for k in ("code", "label", "severity"))
    assert ("Opschortingen", cell_of(one, used, expected[1], "Opschortingen")) == (finding["sheet"], finding["cell"])


def test_r22_a_closed_complaint_is_no_longer_nagged_about(office: Office) -> None:
    """The warning stands while the complaint is open, and in the sync that closes it."""
    (row,) = office.type({**COMPLAINT, "Verlengd op": date(2026, 11, 18), "Verlengd met weken": 9})
    office.run("sync")
    office.change(row, {"Oordeel": "gegrond", "Oplossing": "excuses", "Wijze van afhandeling": "brief",
                        "Beantwoord op": date(2026, 11, 19), "Behandelaar": "Jeroen Bakker"})  # fmt: skip
    assert ["extension_too_long"] == [f["code"] for f in office.run("sync").json["findings"]]
    office.type({**COMPLAINT, "Naam": "P. Pieters"})
    assert [] == office.run("sync").json["findings"]


def test_r22_an_extension_that_was_notified_is_not_changed_in_silence(office: Office) -> None:
    """Before the letter a day may be corrected; after it the change is told, with what stood there and the way out."""
    (row,) = office.type({**COMPLAINT, "Behandelaar": "Jeroen Bakker", "Verlengd op": date(2026, 11, 17)})
    office.run("sync")
    office.change(row, {"Verlengd op": date(2026, 11, 18)})
    assert [] == office.run("sync").json["findings"]
    assert "extension" in [x["kind"] for x in office.run("letters").json["letters"]]
    office.run("sync")
    office.change(row, {"Verlengd op": date(2026, 11, 19)})
    (finding,) = office.run("sync").json["findings"]
    assert ("extension_notified", "warning", "19-11-2026") == tuple(finding[k] for k in ("code", "severity", "value"))
    assert "18-11-2026" in finding["message"]
    assert "registerkit letters --kind extension --number K-2026-0001 --again" in finding["fix"]
    assert "2026-11-19" == office.complaints()[0]["extended_on"]


def test_r22_an_english_office_is_told_in_english(tmp_path: Path) -> None:
    """The same, with English headers and words."""
    office = Office(tmp_path / "complaints")
    assert 0 == office.init("--language", "en").code
    book = office.root / "complaints-register.xlsx"
    english = {
        "Received on": date(2026, 11, 2), "Channel": "telephone", "Name": "J. Jansen", "Telephone": "030 123 45 67",
        "Category": "Product: delivery", "Description": "Not delivered.", "Extended on": date(2026, 11, 18),
        "Weeks extended": 9,
    }  # fmt: skip
    sheet = headers(load(book)["Register"])
    assert set() == set(english) - set(sheet)
    office.type(english, path=book)
    (finding,) = office.run("sync").json["findings"]
    assert ("extension_too_long", "Weeks extended") == (finding["code"], finding["label"])
    assert "longer than allowed" in finding["message"]
