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
from sheets import load

TODAY = date.today()
"""LibreOffice counts with today, so the office does too."""


def ask(path: Path, prefix: str = "ask_", **asked: str) -> None:
    """Choose or type in the boxes that look something up, or with the prefix `in_` in those of the form."""
    book = load(path)
    for name, value in asked.items():
        (sheet, cell), *_ = book.defined_names[prefix + name].destinations
        book[sheet][cell.replace("$", "")].value = value
    book.save(path)


def lines(sheet: Any) -> list[dict[str, Any]]:
    """Give the lines of the list on the first sheet, by their heads."""
    heads = [cell.value for cell in sheet[8]]
    return [
        dict(zip(heads, row, strict=False))
        for row in sheet.iter_rows(min_row=9, max_row=58, max_col=9, values_only=True)
        if row[2]
    ]


def numbers(sheet: Any) -> list[str]:
    return [line["Klachtnummer"] for line in lines(sheet)]


def figures(sheet: Any) -> dict[str, Any]:
    """Give the large figures by their labels."""
    return {cell.value: sheet.cell(4, cell.column).value for cell in sheet[3] if cell.value}


def value_beside(sheet: Any, label: str) -> Any:
    """Give the text at the right of a label, all its lines; None when the label does not stand there."""
    cell = next((c for row in sheet.iter_rows(max_col=6) for c in row if c.value == label), None)
    if cell is None or sheet.cell(cell.row, cell.column + 1).value is None:
        return None
    text, row = str(sheet.cell(cell.row, cell.column + 1).value), cell.row + 1
    while sheet.cell(row, cell.column + 1).value and not sheet.cell(row, cell.column).value:
        text += str(sheet.cell(row, cell.column + 1).value)
        row += 1
    return text


def under(sheet: Any, title: str) -> dict[str, str]:
    """Give the lines below a title of the case file: label and text."""
    top = next(c for row in sheet.iter_rows(min_row=9) for c in row if c.value == title)
    found: dict[str, str] = {}
    for row in range(top.row + 1, sheet.max_row + 1):
        label, text = (sheet.cell(row, top.column + at).value for at in (0, 1))
        if not label and not text:
            break
        found[str(label)] = str(text)
    return found


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
    """Anywhere in the number, the name, the place or the story; the last ones first, in place of the list."""
    assert ["K-2026-0003"] == numbers(counted(words="bakfiets")["Start"])
    found = lines(counted(words="twice")["Start"])
    assert [("K-2026-0003", "B. Twice"), ("K-2026-0002", "B. Twice")] == [(x["Klachtnummer"], x["Naam"]) for x in found]
    assert ["K-2026-0004"] == numbers(counted(words="0004")["Start"])
    assert [] == lines(counted(words="komt niet voor")["Start"])


@pytest.mark.soffice
def test_r14_a_handler_sees_open_complaints_soonest_first(counted: Any) -> None:
    """Closed ones are left out; each says what to do next, and without a name everybody's are there."""
    everybody = counted()["Start"]
    assert "K-2026-0004" == numbers(everybody)[0]
    assert {"K-2026-0002", "K-2026-0003", "K-2026-0004", "K-2026-0005"} <= set(numbers(everybody))
    assert figures(everybody)["Te laat"] == sum(line["Wat"] == "te laat" for line in lines(everybody))
    own = counted(handler="Jeroen Bakker")["Start"]
    found = [line for line in lines(own) if line["Wat"] != "nazorg"]
    assert ["K-2026-0002", "K-2026-0003"] == [line["Klachtnummer"] for line in found]
    assert {"Jeroen Bakker"} == {line["Behandelaar"] for line in lines(own)}
    assert 2 == figures(own)["Open"]
    late, *_ = lines(counted(handler="Sanne de Vries")["Start"])
    assert ("K-2026-0004", "te laat") == (late["Klachtnummer"], late["Wat"])
    assert "Bevestig de ontvangst en neem contact op" == late["Wat is de volgende stap?"]


@pytest.mark.soffice
def test_r11_the_file_shows_one_complaint_whole(filled: Office, counted: Any) -> None:
    """Every field that is filled in stands on it, and none that is empty; what happened comes in order of time."""
    filled.type(
        {"Klachtnummer": "K-2026-0002", "Datum": TODAY, "Wijze": "telefoon", "Inhoud": "Gebeld."},
        {"Klachtnummer": "K-2026-0002", "Datum": TODAY - timedelta(days=5), "Wijze": "e-mail", "Inhoud": "Gemaild."},
        sheet="Contactmomenten",
    )
    assert filled.run("sync", on=TODAY).code == 0
    sheet = counted(number="0002")["Dossier"]
    texts = " ".join(str(cell.value) for row in sheet.iter_rows(max_col=6) for cell in row if cell.value is not None)
    shown = next(row for row in filled.rows().values() if row["Klachtnummer"] == "K-2026-0002")
    for label in ("Klachtnummer", "Naam", "E-mail", "Categorie", "Behandelaar", "Status", "Subcategorie", "Ernst"):
        assert str(shown[label]) in texts, label
    for label in ("Omschrijving", "Termijn"):
        assert shown[label] == value_beside(sheet, label), label
    empty = [header for header, value in shown.items() if value in (None, "")]
    assert len(empty) > 20
    assert {None} == {value_beside(sheet, header) for header in empty}
    story = under(sheet, "Verloop")
    assert ["Contact via e-mail: Gemaild.", "Contact via telefoon: Gebeld."] == list(story.values())[1:]
    assert f"Ontvangen: {shown['Wijze van melding']}" == story[f"{TODAY - timedelta(days=20):%d-%m-%Y}"]


@pytest.mark.slow
@pytest.mark.soffice
def test_r11_one_box_takes_a_number_a_name_or_a_line_of_start(counted: Any) -> None:
    """Also the last digits of a number, without its zeros; an empty box shows what is most urgent."""
    for asked, number in (("", 4), ("K-2026-0003", 3), ("2", 2), ("twice", 3), ("grave", 5), ("r1", 4)):
        title = str(counted(number=asked)["Dossier"]["B4"].value)
        assert title.startswith(f"K-2026-000{number}"), asked
    nothing = counted(number="nobody")["Dossier"]
    assert (None, True) == (nothing["B4"].value, nothing["B2"].value.startswith("Niets gevonden"))


@pytest.mark.soffice
def test_r24_the_file_shows_what_came_before(counted: Any) -> None:
    """Other complaints of the same person, and similar ones with their judgement and solution."""
    sheet = counted(number="K-2026-0002")["Dossier"]
    same = under(sheet, "Deze persoon")
    assert ["K-2026-0003"] == list(same)
    similar = under(sheet, "Vergelijk")
    assert ["K-2026-0001"] == list(similar)
    assert similar["K-2026-0001"].endswith("gegrond, korting")


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
    assert any(text.startswith("Nog invullen: ‘Waar gaat uw klacht vooral over?’, ‘Uw verhaal") for text in texts)


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
    found = figures(counted()["Start"])
    assert ["Open", "Te laat", "Deze week", "Te bevestigen", "Nazorg"] == list(found)
    assert (4, 1, 4, 1) == tuple(found[name] for name in ("Open", "Te laat", "Te bevestigen", "Nazorg"))


@pytest.mark.soffice
def test_r12_a_closing_that_was_refused_is_open_still(filled: Office, counted: Any) -> None:
    """A complaint of which the answer is missing keeps its signal, whatever its status says."""
    row = next(n for n, r in filled.rows().items() if r["Signaal"] == "te laat")
    filled.change(row, {"Status": "afgehandeld"})
    filled.run("sync")
    book = counted()
    assert 4 == figures(book["Start"])["Open"]
    assert "te laat" in {cell.value for cell in book["Register"][row]}


def test_r10_sync_brings_what_was_looked_up_up_to_date(filled: Office) -> None:
    """Who opens the file in a program that does not count finds the values of the number that stands there."""
    ask(filled.workbook, number="K-2026-0003", words="grave", handler="Sanne de Vries")
    filled.type(complaint("E. New", 2))
    assert filled.run("sync", on=TODAY).code == 0
    book = load(filled.workbook, values=True)
    assert "Het zadel van de bakfiets is gescheurd." == value_beside(book["Dossier"], "Omschrijving")
    assert ["K-2026-0005"] == numbers(book["Start"])
    assert 1 == figures(book["Start"])["Open"]


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
    values = load(filled.workbook, values=True)
    assert "K-2026-0004   C. Late" == values["Dossier"]["B4"].value
    assert "K-2026-0004" == numbers(values["Start"])[0]


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


REFUNDED = {
    "Subcategorie": "Te laat geleverd", "Gewenste oplossing": "terugbetaling", "Oordeel": "gegrond", "Motivering": "Te laat.",
    "Oplossing": "terugbetaling", "Kosten": 50, "Wijze van afhandeling": "brief", "Beantwoord op": date(2026, 11, 16),
    "Afgehandeld op": date(2026, 11, 16), "Status": "afgehandeld", "Behandelaar": "Jeroen Bakker",
}  # fmt: skip


def test_r24_r27_like_complaints_are_shown_with_their_outcome_and_another_one_is_asked_about(office: Office) -> None:
    """`show` has what else the person complained of, and how like complaints ended; sync tells of two measures once."""
    other = {"Naam": "K. Smit", "E-mail": "k.smit@voorbeeld.example", "Telefoon": None, "Straat en huisnummer": None}
    office.type(
        {**COMPLAINT, **REFUNDED}, {**COMPLAINT, **other, "Omschrijving": "Weer te laat."}, {**COMPLAINT, **other}
    )
    assert 0 == office.run("sync").code
    shown = office.run("show", "2").json
    assert (["K-2026-0003"], ["K-2026-0001"]) == tuple(
        [each["number"] for each in shown[name]] for name in ("same_person", "solved_alike")
    )
    assert "Hoe klachten als deze zijn opgelost:" in office.say("show", "2").text
    office.change(6, {**REFUNDED, "Oplossing": "korting", "Kosten": 5})
    (told,) = (f for f in office.run("sync").json["findings"] if f["code"] == "unlike_outcome")
    assert ("K-2026-0001 (terugbetaling, € 50,00)" in told["message"], told["label"]) == (True, "Oplossing")
    assert [] == [f for f in office.run("sync").json["findings"] if f["code"] == "unlike_outcome"]
