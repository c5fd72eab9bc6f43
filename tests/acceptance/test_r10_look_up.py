"""R09 to R12, R14 and R24: what the workbook shows when someone chooses a number or a name, or types a word.

R09 the red line above the register says whom to call
R10 complaints are found by a word or a number, and opened by their number
R11 one complaint whole on one page, for staff, managers and the complainant who asks
R12 insight at one glance: the figures of the first sheet
R14 what is due, per handler, soonest first
R24 earlier complaints of the same person, and how similar ones were solved
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from office import COMPLAINT, Office
from sheets import MAIN, load

TODAY = date.today()
"""LibreOffice counts with today, so the office does too."""


def ask(path: Path, prefix: str = "ask_", **asked: str) -> None:
    """Choose or type in the boxes that look something up, or with the prefix `in_` in those of the form."""
    book = load(path)
    for name, value in asked.items():
        (sheet, cell), *_ = book.defined_names[prefix + name].destinations
        book[sheet][cell.replace("$", "")].value = value
    book.save(path)


def lines(sheet: Any, title: str, width: int = 9) -> list[tuple[Any, ...]]:
    """Give the filled lines of the list under a title that begins so, without the narrow columns between."""
    top = next(
        cell.row for row in sheet.iter_rows(max_col=2) for cell in row if str(cell.value or "").startswith(title)
    )
    rows = sheet.iter_rows(min_row=top + 3, max_row=top + 10, min_col=2, max_col=2 + width, values_only=True)
    return [tuple(row[::2]) for row in rows if row[0]]


def value_beside(sheet: Any, label: str) -> Any:
    """Give the value at the right of a label."""
    return next(sheet.cell(c.row, c.column + 1).value for row in sheet.iter_rows() for c in row if c.value == label)


def under(sheet: Any, title: str, count: int) -> list[list[Any]]:
    """Give the lines below a title and its heads, in three columns."""
    cell = next(c for row in sheet.iter_rows() for c in row if c.value == title)
    found = [[sheet.cell(cell.row + 2 + n, cell.column + at).value for at in range(3)] for n in range(count)]
    return [line for line in found if line[0]]


def complaint(name: str, days: int, **more: Any) -> dict[str, Any]:
    own = {"Naam": name, "E-mail": f"{name.split()[-1].lower()}@voorbeeld.example", "Telefoon": None, "Postcode": None}
    return {**COMPLAINT, **own, "Ontvangen op": TODAY - timedelta(days=days), **more}


SOLVED = {
    "Subcategorie": "Te laat geleverd", "Oordeel": "gegrond", "Oplossing": "korting", "Wijze van afhandeling": "brief",
}  # fmt: skip


@pytest.fixture
def filled(office: Office) -> Office:
    """Give an office with five complaints: one solved, one of the same person, one very serious."""
    solved = {**SOLVED, "Beantwoord op": TODAY - timedelta(days=30), "Behandelaar": "Jeroen Bakker"}
    office.type(
        complaint("A. Solved", 40, **solved),
        complaint("B. Twice", 20, Behandelaar="Jeroen Bakker", Subcategorie="Te laat geleverd"),
        complaint("B. Twice", 10, Behandelaar="Jeroen Bakker", Omschrijving="Het zadel van de bakfiets is gescheurd."),
        complaint("C. Late", 60, Behandelaar="Sanne de Vries"),
        complaint("D. Grave", 1, Ernst="zeer ernstig", Afdeling="Logistiek"),
    )
    office.change(7, {"Telefoon": "030 555 01 77"}, sheet="Medewerkers")
    assert office.run("sync", on=TODAY).code == 0
    return office


@pytest.fixture
def counted(filled: Office, soffice: Callable[..., Path]) -> Callable[..., Any]:
    """Give a function that asks something in the workbook and gives it as LibreOffice counts it."""

    def look(prefix: str = "ask_", **asked: str) -> Any:
        ask(filled.workbook, prefix, **asked)
        return load(soffice(filled.workbook, "xlsx", count=True), values=True)

    return look


@pytest.mark.soffice
def test_r10_a_word_or_a_number_finds_complaints(counted: Any) -> None:
    """Anywhere in the number, the name, the place or the story; the last ones first."""
    assert ["K-2026-0003"] == [line[0] for line in lines(counted(words="bakfiets")["Start"], "Zoeken")]
    found = lines(counted(words="twice")["Start"], "Zoeken")
    assert [("K-2026-0003", "B. Twice"), ("K-2026-0002", "B. Twice")] == [line[:2] for line in found]
    assert ["K-2026-0004"] == [line[0] for line in lines(counted(words="0004")["Start"], "Zoeken")]
    assert [] == lines(counted(words="komt niet voor")["Start"], "Zoeken")


@pytest.mark.soffice
def test_r14_a_handler_sees_open_complaints_soonest_first(counted: Any) -> None:
    """Closed ones are left out; the signal stands behind each, and without a name everybody's are there."""
    everybody = lines(counted()["Start"], "Wat het eerst")
    assert ["K-2026-0004", "K-2026-0002"] == [line[0] for line in everybody[:2]]
    assert 4 == len(everybody)
    found = lines(counted(handler="Jeroen Bakker")["Start"], "Wat het eerst")
    assert ["K-2026-0002", "K-2026-0003"] == [line[0] for line in found]
    assert found[0][3] < found[1][3]
    (late,) = lines(counted(handler="Sanne de Vries")["Start"], "Wat het eerst")
    assert ("K-2026-0004", "te laat") == (late[0], late[4])


@pytest.mark.soffice
def test_r11_the_file_shows_one_complaint_whole(filled: Office, counted: Any) -> None:
    """Every visible field of the register stands on it, with what the chosen complaint says."""
    filled.type(
        {"Klachtnummer": "K-2026-0002", "Datum": TODAY, "Wijze": "telefoon", "Inhoud": "Gebeld."},
        sheet="Contactmomenten",
    )
    assert filled.run("sync", on=TODAY).code == 0
    sheet = counted(number="K-2026-0002")["Dossier"]
    shown = filled.rows()[6]
    for label in ("Naam", "E-mail", "Categorie", "Behandelaar", "Status", "Omschrijving", "Termijn"):
        assert shown[label] == value_beside(sheet, label), label
    labels = {cell.value for row in sheet.iter_rows() for cell in row}
    assert {header for header in shown if header != "Klachtnummer"} <= labels
    assert [["telefoon", "Gebeld."]] == [line[1:] for line in under(sheet, "Contactmomenten", 5)]
    assert "1" == sheet.tree.find(f"{MAIN}pageSetup").get("fitToHeight")


@pytest.mark.soffice
def test_r24_the_file_shows_what_came_before(counted: Any) -> None:
    """Other complaints of the same person, and similar ones with their judgement and solution."""
    sheet = counted(number="K-2026-0002")["Dossier"]
    same = under(sheet, "Eerdere en andere klachten van deze persoon", 4)
    assert ["K-2026-0003"] == [line[0] for line in same]
    similar = under(sheet, "Soortgelijke klachten en hun oplossing", 4)
    assert [["K-2026-0001", "gegrond", "korting"]] == similar


@pytest.mark.soffice
def test_r24_the_register_counts_earlier_complaints_beside_the_name(filled: Office, soffice: Any) -> None:
    """The name keeps its value; a number format adds the words, as the picture shows."""
    page = soffice(filled.workbook, "pdf", count=True)
    text = pdf_text(page)
    assert re.search(r"B\. Twice\s+\(eerder: 1\)", text)
    assert not re.search(r"A\. Solved\s+\(eerder", text)
    assert {"B. Twice"} == {row["Naam"] for row in filled.rows().values() if str(row["Naam"]).startswith("B.")}


@pytest.mark.soffice
def test_r24_the_form_counts_earlier_complaints_while_it_is_filled_in(counted: Any) -> None:
    """By e-mail address, customer number, or a name with telephone, postcode or address; and it says when someone must be warned."""
    sheet = counted("in_", name="B. Twice", email="TWICE@voorbeeld.example", severity="zeer ernstig")[
        "Klachtenformulier"
    ]
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert "Eerdere klachten van deze persoon: 2" in texts
    assert "Waarschuw meteen de leidinggevende." in texts
    assert any(text.startswith("Nog invullen: categorie, omschrijving") for text in texts)


def pdf_text(path: Path) -> str:
    return subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True).stdout


@pytest.mark.soffice
def test_r09_the_red_line_says_whom_to_call(filled: Office, counted: Any) -> None:
    """The manager of the department, with the telephone number, for as long as the complaint is open."""
    sheet = counted()["Register"]
    assert "Zeer ernstig: K-2026-0005. Waarschuw meteen Els Wouters, 030 555 01 77." == sheet["B1"].value
    row = next(n for n, shown in filled.rows().items() if shown["Naam"] == "D. Grave")
    filled.change(row, {"Ernst": "normaal"})
    assert not counted()["Register"]["B1"].value


@pytest.mark.soffice
def test_r12_the_first_sheet_counts_what_to_do(counted: Any) -> None:
    """Open, too late, due this week, to acknowledge, and aftercare; the rows below the labels hold the figures."""
    sheet = counted()["Start"]
    figures = {sheet.cell(4, column).value: sheet.cell(5, column).value for column in (2, 4, 6, 8, 10)}
    assert ["Open", "Te laat", "Deze week", "Te bevestigen", "Nazorg"] == list(figures)
    assert (4, 1, 4, 1) == tuple(figures[name] for name in ("Open", "Te laat", "Te bevestigen", "Nazorg"))


@pytest.mark.soffice
def test_r12_a_closing_that_was_refused_is_open_still(filled: Office, counted: Any) -> None:
    """A complaint of which the answer is missing keeps its signal, whatever its status says."""
    row = next(n for n, r in filled.rows().items() if r["Signaal"] == "te laat")
    filled.change(row, {"Status": "afgehandeld"})
    filled.run("sync")
    book = counted()
    assert ("Open", 4) == (book["Start"]["B4"].value, book["Start"]["B5"].value)
    assert "te laat" in {cell.value for cell in book["Register"][row]}


def test_r10_sync_brings_what_was_looked_up_up_to_date(filled: Office) -> None:
    """Who opens the file in a program that does not count finds the values of the number that stands there."""
    ask(filled.workbook, number="K-2026-0003", words="grave", handler="Sanne de Vries")
    filled.type(complaint("E. New", 2))
    assert filled.run("sync", on=TODAY).code == 0
    book = load(filled.workbook, values=True)
    assert "Het zadel van de bakfiets is gescheurd." == value_beside(book["Dossier"], "Omschrijving")
    assert ["K-2026-0005"] == [line[0] for line in lines(book["Start"], "Zoeken")]
    assert ["K-2026-0004"] == [line[0] for line in lines(book["Start"], "Wat het eerst")]


def test_r10_sorted_rows_keep_their_own_values_after_a_sync(filled: Office) -> None:
    """People sort; the values that are kept for other programs stand with the record they belong to."""
    book = load(filled.workbook)
    register = book["Register"]
    for column in range(1, register.max_column + 1):
        first, last = register.cell(5, column), register.cell(8, column)
        if not str(first.value or "").startswith("="):
            first.value, last.value = last.value, first.value
    book.save(filled.workbook)
    ask(filled.workbook, number="K-2026-0004")
    filled.type(complaint("E. New", 2))
    assert filled.run("sync", on=TODAY).code == 0
    formulas, values = load(filled.workbook), load(filled.workbook, values=True)
    place = re.search(r"'_rk'!(\$[A-Z]+\$\d+)", value_beside(formulas["Dossier"], "Naam"))
    assert place
    assert (1, "C. Late") == (values["_rk"][place[1]].value, value_beside(values["Dossier"], "Naam"))


def test_r10_what_is_found_stands_in_columns_under_its_headings(office: Office) -> None:
    office.type(COMPLAINT, {**COMPLAINT, "Naam": "K. van der Nieuwenhuizen", "E-mail": "k@voorbeeld.example"})
    assert 0 == office.run("sync").code
    head, *rows, _ = office.say("find", "fiets").text.splitlines()
    for name in ("Klachtnummer", "Ontvangen op", "Naam", "Categorie", "Status", "Uiterlijk afhandelen op"):
        assert all(row[head.index(name) - 2 : head.index(name)].strip() == "" for row in rows if head.index(name))
    assert ["K. van der Nieuwenhuizen", "J. Jansen"] == [
        row[head.index("Naam") : head.index("Categorie")].strip() for row in rows
    ]


def test_r10_the_history_is_told_run_by_run(office: Office) -> None:
    """What came in at once stands under one line; a change says what was there before."""
    office.type(COMPLAINT)
    assert 0 == office.run("sync").code
    office.change(5, {"Ernst": "ernstig", "Woonplaats": "Zeist"})
    assert 0 == office.run("sync").code
    lines = office.say("history", "1").text.splitlines()
    heads = [line for line in lines if not line.startswith("  ")]
    assert all("klachtenregister.xlsx" in line or "registerkit" in line for line in heads)
    assert {"  Naam: J. Jansen", "  Woonplaats: Utrecht", "  Woonplaats: Utrecht -> Zeist"} <= set(lines)
    assert len(heads) < 6 < len(lines)


SOLVED = {
    "Subcategorie": "Te laat geleverd", "Gewenste oplossing": "terugbetaling", "Oordeel": "gegrond", "Motivering": "Te laat.",
    "Oplossing": "terugbetaling", "Kosten": 50, "Wijze van afhandeling": "brief", "Beantwoord op": date(2026, 11, 16),
    "Afgehandeld op": date(2026, 11, 16), "Status": "afgehandeld", "Behandelaar": "Jeroen Bakker",
}  # fmt: skip


def test_r24_r27_like_complaints_are_shown_with_their_outcome_and_another_one_is_asked_about(office: Office) -> None:
    """`show` has what else the person complained of, and how like complaints ended; sync tells of two measures once."""
    other = {"Naam": "K. Smit", "E-mail": "k.smit@voorbeeld.example", "Telefoon": None, "Straat en huisnummer": None}
    office.type(
        {**COMPLAINT, **SOLVED}, {**COMPLAINT, **other, "Omschrijving": "Weer te laat."}, {**COMPLAINT, **other}
    )
    assert 0 == office.run("sync").code
    shown = office.run("show", "2").json
    assert (["K-2026-0003"], ["K-2026-0001"]) == tuple(
        [each["number"] for each in shown[name]] for name in ("same_person", "solved_alike")
    )
    assert "Hoe klachten als deze zijn opgelost:" in office.say("show", "2").text
    office.change(6, {**SOLVED, "Oplossing": "korting", "Kosten": 5})
    (told,) = (f for f in office.run("sync").json["findings"] if f["code"] == "unlike_outcome")
    assert ("K-2026-0001 (terugbetaling, € 50,00)" in told["message"], told["label"]) == (True, "Oplossing")
    assert [] == [f for f in office.run("sync").json["findings"] if f["code"] == "unlike_outcome"]
