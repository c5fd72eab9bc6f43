"""R14 and R15: how every complaint stands is seen at once, and the workbook says how to work.

R14 status, handler and signal in view, in words and colours, the same in the workbook and in `show`
R15 a help sheet with the procedure, the office's own terms, and a paragraph for every field
"""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from office import COMPLAINT, Office, headers
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from papers import definition
from sheets import load

SIGNALS = ["te laat", "bijna te laat", "op tijd", "opgeschort", "afgesloten", "beantwoord"]
CLOSING = {
    "Behandelaar": "Jeroen Bakker", "Oordeel": "gegrond", "Oplossing": "excuses",
    "Wijze van afhandeling": "telefoon", "Beantwoord op": date(2026, 11, 10),
}  # fmt: skip


@pytest.fixture(scope="module")
def busy_once(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Give an office with a complaint of every signal, numbered 1 to 6 in their order."""
    root = tmp_path_factory.mktemp("druk") / "klachten"
    shutil.copytree(made_once, root)
    office = Office(root)
    days = [date(2026, 10, 5), date(2026, 10, 29), date(2026, 11, 12), date(2026, 11, 2), date(2026, 11, 2)]
    days.append(date(2026, 11, 2))
    rows = [{**complaint(n), "Ontvangen op": day} for n, day in enumerate(days)]
    rows[4] |= CLOSING
    rows[5] |= CLOSING | {"Oordeel": None}
    office.type(*rows)
    office.type({"Klachtnummer": "K-2026-0004", "Van": date(2026, 11, 16)}, sheet="Opschortingen")
    assert office.run("sync").code == 0
    return office


def complaint(n: int) -> dict[str, Any]:
    return {**COMPLAINT, "Naam": f"{'ABCDEF'[n]}. Jansen", "E-mail": f"{'abcdef'[n]}@voorbeeld.example"}


def folded(sheet: Worksheet, column: int) -> bool:
    """Tell whether a column is out of sight until its group is opened."""
    for letters, dimension in sheet.column_dimensions.items():
        first, last = dimension.min or column_index_from_string(letters), dimension.max or dimension.min
        if first <= column <= (last or first):
            return bool(dimension.hidden)
    return False


def colour_rules(sheet: Worksheet, column: int) -> dict[str, str]:
    """Give the fill that each signal text gets in a column."""
    letter, found = get_column_letter(column), {}
    for area, rules in sheet.conditional_formatting._cf_rules.items():
        if f"{letter}5" in area.sqref:
            for rule in rules:
                for text in SIGNALS:
                    if any(f.endswith(f'="{text}"') for f in rule.formula):
                        found[text] = rule.dxf.fill.bgColor.rgb
    return found


@pytest.fixture(scope="module")
def looks(made_once: Path) -> Worksheet:
    """Give the register's sheet with its widths and colours."""
    return openpyxl.load_workbook(made_once / "klachtenregister.xlsx")["Register"]


def test_r14_what_needs_an_eye_is_in_view_and_the_rest_is_folded(looks: Worksheet) -> None:
    """At first opening the columns of the definition are in sight, status, handler and signal among them."""
    shown = {h for h, column in headers(looks).items() if not folded(looks, column)}
    expected = {
        "Klachtnummer", "Ontvangen op", "Wijze van melding", "Ontvangen door", "Naam", "Telefoon", "E-mail",
        "Categorie", "Product of dienst", "Omschrijving", "Gewenste oplossing", "Ernst", "Behandelaar", "Status",
        "Uiterlijk afhandelen op", "Signaal",
    }  # fmt: skip
    assert expected == shown


def test_r14_the_signal_is_told_in_words_in_the_workbook_and_by_show(busy_once: Office) -> None:
    """Late, nearly late, in time, paused, closed, and answered but not judged: both say the same."""
    assert SIGNALS == [row["Signaal"] for row in busy_once.rows().values()]
    shown = [busy_once.run("show", f"K-2026-000{n}").json for n in range(1, 7)]
    assert SIGNALS == [s["signal"] for s in shown]
    assert [-18, 6, 20, None, 20] == [s["days_left"] for s in (*shown[:3], *shown[4:])]
    assert ["nieuw"] * 4 + ["afgehandeld", "nieuw"] == [s["status"] for s in shown]


def test_r14_show_says_the_signal_to_a_person(busy_once: Office) -> None:
    """Not only in the JSON."""
    assert "te laat" in busy_once.say("show", "K-2026-0001").text


def test_r14_every_signal_has_its_own_colour_on_the_signal_and_on_the_day(looks: Worksheet) -> None:
    """Conditional formats colour the word itself, the day it is about and the days left, all alike."""
    columns = headers(looks)
    colours = colour_rules(looks, columns["Signaal"])
    assert (sorted(SIGNALS), 6) == (sorted(colours), len(set(colours.values())))
    for header in ("Uiterlijk afhandelen op", "Resterende dagen"):
        assert colours == colour_rules(looks, columns[header])


def test_r14_the_first_sheet_counts_how_it_stands(busy_once: Office) -> None:
    """Open, late, ending this week and waiting for an acknowledgement."""
    start = load(busy_once.workbook, values=True)["Start"]
    counts = {cell.value: start.cell(4, cell.column).value for cell in start[3] if cell.value}
    assert {"Open": 5, "Te laat": 1, "Deze week": 1, "Te bevestigen": 4, "Nazorg": 1} == counts


def help_lines(path: Path) -> dict[str, str]:
    sheet = load(path)["Uitleg"]
    return {str(row[1].value): str(row[2].value) for row in sheet.iter_rows() if len(row) > 2 and row[1].value}


def test_r15_the_help_sheet_explains_every_field(made_once: Path) -> None:
    """Each input field of each table has its paragraph, under the name of its sheet."""
    told = help_lines(made_once / "klachtenregister.xlsx")
    sheet = load(made_once / "klachtenregister.xlsx")["Uitleg"]
    pairs = {(str(r[1].value), str(r[2].value)) for r in sheet.iter_rows() if len(r) > 2}
    for table in definition()["tables"].values():
        assert f"Velden op het blad {table['sheet']['nl']}" in told
        for field in table["fields"]:
            if field["kind"] != "computed" and not field.get("hidden"):
                assert (field["nl"], field["help"]["nl"]) in pairs


def term_lines(path: Path) -> dict[str, str]:
    """Give the lines of the help's table of terms."""
    rows = [row for row in load(path)["Uitleg"].iter_rows(values_only=True) if len(row) > 2]
    top = next(n for n, row in enumerate(rows) if row[1] == "Termijnen" and n > 20)
    return {str(row[1]): str(row[2]) for row in reversed(rows[top : top + 16]) if row[1]}


def test_r15_the_procedure_names_the_offices_own_terms(office: Office) -> None:
    """A term changed in register.toml stands in the help of the workbook that is built after it."""
    told = term_lines(office.workbook)
    assert "5 werkdagen" in told["Ontvangst bevestigen"]
    assert "4 weken" in told["Antwoorden"]
    settings = (office.root / "register.toml").read_text(encoding="utf-8")
    changed = settings.replace('# answer = "4 weken" ', 'answer = "3 weken" ')
    assert changed != settings
    (office.root / "register.toml").write_text(changed, encoding="utf-8")
    assert office.run("workbook", "--replace").code == 0
    assert "3 weken" in term_lines(office.workbook)["Antwoorden"]


def test_r15_the_help_follows_the_law_that_the_office_works_under(office: Office) -> None:
    """Under the Awb the procedure speaks of six weeks and four more."""
    settings = (office.root / "register.toml").read_text(encoding="utf-8")
    told = settings.replace('profile = "eigen" ', 'profile = "awb" ')
    (office.root / "register.toml").write_text(told, encoding="utf-8")
    assert office.run("workbook", "--replace").code == 0
    lines = term_lines(office.workbook)
    assert "6 weken" in lines["Antwoorden"]
    assert "4 weken" in lines["Verlengen"]


def test_r14_a_complaint_that_its_letter_ends_is_closed_with_it(office: Office) -> None:
    """The closing day and what is counted with it stand there after the letter, not only when the row is edited again."""
    told = {"Status": "doorgestuurd", "Motivering": "Naar de fabrikant.", "Behandelaar": "Jeroen Bakker"}
    office.type({**COMPLAINT, **told})
    assert office.run("sync").code == 0
    assert ["referral"] == [letter["kind"] for letter in office.run("letters").json["letters"]]
    stored = office.complaints()[0]
    assert (office.on.isoformat(), None) == (stored["closed_on"], stored["in_time"])
