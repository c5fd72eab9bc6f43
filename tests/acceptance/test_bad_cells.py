"""Bad input: what is wrong in a cell is told with its place, its value, the reason and the remedy; the rest is kept."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from office import COMPLAINT, Office, Outcome, header_row, headers
from papers import english_in
from sheets import column_letters, load

GOOD = {**COMPLAINT, "Naam": "G. Goed", "E-mail": "goed@voorbeeld.example", "Telefoon": None}
CELLS = [
    ("Ontvangen op", "volgende week", "not_a_date", False),
    ("Ontvangen op", "03/04/2026", "ambiguous_date", False),
    ("Ontvangen op", "31-02-2026", "not_a_date", False),
    ("Ontvangen op", date(2026, 12, 24), "in_future", False),
    ("Ontvangen op", date(1999, 12, 31), "too_early", False),
    ("Aankoopdatum", "gisteren", "not_a_date", True),
    ("Naam", "#N/A", "error_cell", False),
    ("Ordernummer", "#REF!", "error_cell", True),
    ("Naam", "=A1", "uncached_formula", False),
    ("Ordernummer", '="A-"&1', "uncached_formula", True),
    ("Categorie", "Product: leverng", "not_on_list", False),
    ("Ernst", "heel erg", "not_on_list", True),
    ("Behandelaar", "Jeroen Bakkers", "unknown_person", True),
    ("Postcode", "onbekend", "not_a_postcode", True),
    ("E-mail", "j.jansen at voorbeeld", "not_an_email", True),
    ("Telefoon", "bel maar", "not_a_phone_number", True),
    ("Financieel belang", "veel", "not_an_amount", True),
    ("Financieel belang", -5, "too_low", True),
    ("Tevredenheid", 6, "out_of_range", True),
    ("Consument", "misschien", "not_yes_or_no", True),
    ("Hangt samen met", "K-2026-0404", "unknown_number", True),
]


@dataclass(frozen=True)
class Filled:
    """A register with a wrong cell in every row but the last, after its sync."""

    result: Outcome
    names: frozenset[str]
    sheet: Any
    columns: dict[str, int]


def names_of(n: int) -> dict[str, Any]:
    """Give each row a complainant of its own, so that no row is taken for another."""
    letter = chr(ord("A") + n)
    return {"Naam": f"{letter}. Bos", "E-mail": f"{letter}@voorbeeld.example", "Telefoon": None}


@pytest.fixture(scope="module")
def filled(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Filled:
    """Sync a register in which row by row another cell is wrong."""
    root = tmp_path_factory.mktemp("fout") / "klachten"
    shutil.copytree(made_once, root)
    office = Office(root)
    wrong = [{**COMPLAINT, **names_of(n), header: value} for n, (header, value, _, _) in enumerate(CELLS)]
    assert list(range(5, 5 + len(CELLS) + 1)) == office.type(*wrong, GOOD)
    result = office.run("sync")
    sheet = load(office.workbook)["Register"]
    return Filled(result, frozenset(c["name"] for c in office.complaints()), sheet, headers(sheet))


def place(finding: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(finding[k] for k in ("file", "sheet", "cell", "row", "label"))


@pytest.mark.parametrize("n", range(len(CELLS)), ids=[f"{header} {code}" for header, _, code, _ in CELLS])
def test_a_cell_that_cannot_be_used_is_told_and_its_row_kept(filled: Filled, n: int) -> None:
    """A needed value that is wrong keeps the row waiting; any other costs only itself; what was typed stays in the cell."""
    (header, value, code, registered), row = CELLS[n], n + 5
    errors = [f for f in filled.result.json["findings"] if f["row"] == row and f["severity"] == "error"]
    (finding,) = errors
    cell = f"{column_letters(filled.columns[header])}{row}"
    assert (code, ("klachtenregister.xlsx", "Register", cell, row, header)) == (finding["code"], place(finding))
    assert (True, True, []) == (
        bool(finding["message"]), bool(finding["fix"]), english_in([finding["message"], finding["fix"]])
    )  # fmt: skip
    assert registered == (row not in [r["row"] for r in filled.result.json["refused"]])
    assert registered == (names_of(n)["Naam"] in filled.names)
    shown = filled.sheet[cell].value
    assert str(value) == str(shown.date() if isinstance(value, date) else shown)


def test_good_rows_are_taken_whatever_stands_beside_them(filled: Filled) -> None:
    """Exit code 1: done, but somebody has to look."""
    good = sum(registered for *_, registered in CELLS) + 1
    assert (1, good) == (filled.result.code, filled.result.json["new"])
    assert "G. Goed" in filled.names


def test_what_was_wrong_is_taken_in_once_it_is_mended(office: Office) -> None:
    """The row keeps its place and its number, and the finding goes."""
    (row,) = office.type({**COMPLAINT, "Ontvangen op": "volgende week"})
    assert 1 == office.run("sync").code
    office.change(row, {"Ontvangen op": "16 november 2026"})
    result = office.run("sync")
    assert (0, 1, []) == (result.code, result.json["new"], result.json["findings"])
    (stored,) = office.complaints()
    assert ("K-2026-0001", "2026-11-16") == (stored["number"], stored["received_on"])


def test_a_bad_value_in_a_known_row_keeps_what_the_store_has(office: Office) -> None:
    """It is reported, and the other cells of the row are taken in."""
    (row,) = office.type({**COMPLAINT, "Ordernummer": "A-1"})
    office.run("sync")
    office.change(row, {"Ontvangen op": "ooit", "Ernst": "heel erg", "Ordernummer": "A-2"})
    result = office.run("sync")
    assert (1, 1, ["not_a_date", "not_on_list"]) == (
        result.code, result.json["changed"], [f["code"] for f in result.json["findings"]]
    )  # fmt: skip
    (stored,) = office.complaints()
    assert ("2026-11-02", "normaal", "A-2") == tuple(stored[k] for k in ("received_on", "severity", "order_number"))
    assert ("ooit", "heel erg") == tuple(office.rows()[row][h] for h in ("Ontvangen op", "Ernst"))


def test_an_emptied_needed_value_keeps_what_the_store_has(office: Office) -> None:
    """Nobody loses the name of a complainant to a slip of the delete key."""
    (row,) = office.type(COMPLAINT)
    office.run("sync")
    office.change(row, {"Naam": None})
    result = office.run("sync")
    assert (1, ["emptied"]) == (result.code, [f["code"] for f in result.json["findings"]])
    assert "J. Jansen" == office.complaints()[0]["name"]


def test_a_number_twice_keeps_the_first_and_reports_the_second(office: Office) -> None:
    """A copied row has the number of the one it was copied from."""
    first, second = office.type(COMPLAINT, GOOD)
    office.change(second, {"Klachtnummer": "K-2026-0001"})
    result = office.run("sync")
    (finding,) = result.json["findings"]
    assert (1, "duplicate_key", "K-2026-0001", second) == (
        result.code, finding["code"], finding["value"], finding["row"]
    )  # fmt: skip
    assert [{"file": "klachtenregister.xlsx", "sheet": "Register", "row": second, "codes": ["duplicate_key"]}] == (
        result.json["refused"]
    )
    assert ["J. Jansen"] == [c["name"] for c in office.complaints()]
    assert ("J. Jansen", "G. Goed") == (office.rows()[first]["Naam"], office.rows()[second]["Naam"])
    office.change(second, {"Klachtnummer": None})
    assert (0, 1) == ((again := office.run("sync")).code, again.json["new"])


def test_a_number_that_was_never_given_is_reported(office: Office) -> None:
    """The row is not taken for another complaint."""
    _, second = office.type(GOOD, COMPLAINT)
    office.change(second, {"Klachtnummer": "K-2019-0007"})
    result = office.run("sync")
    assert (1, 1, ["unknown_key"]) == (result.code, result.json["new"], [f["code"] for f in result.json["findings"]])


@pytest.mark.parametrize("typed", ["k-2026-0001", "K-2026-1", " K-2026-0001", "K - 2026 - 0001"])
def test_a_number_typed_in_another_way_is_still_that_complaint(office: Office, typed: str) -> None:
    """It is put right in the workbook; nothing is new and nothing is gone."""
    (row,) = office.type(COMPLAINT)
    office.run("sync")
    office.change(row, {"Klachtnummer": typed, "Ernst": "ernstig"})
    result = office.run("sync").json
    assert (0, 1, [], []) == tuple(result[k] for k in ("new", "changed", "missing", "findings"))
    assert ("K-2026-0001", "ernstig") == (office.rows()[row]["Klachtnummer"], office.complaints()[0]["severity"])


def test_a_number_typed_loosely_takes_no_record_that_stands_there_itself(office: Office) -> None:
    """A new row above the real one, with its number in small letters, does not write over it."""
    rows = office.type(COMPLAINT, {**COMPLAINT, "Naam": "B. Bos"})
    office.run("sync")
    lines = office.rows()
    office.change(rows[1], {"Klachtnummer": "K-2026-0001", **{k: lines[rows[0]][k] for k in ("Naam", "Omschrijving")}})
    office.change(rows[0], {"Klachtnummer": "k-2026-1", "Naam": "C. Nieuw", "Omschrijving": "Heel iets anders."})
    result = office.run("sync").json
    assert ["unknown_key"] == [f["code"] for f in result["findings"]]
    assert COMPLAINT["Naam"] == next(r["name"] for r in office.complaints() if r["number"] == "K-2026-0001")


OTHER = {
    "Naam": "Z. Ander", "E-mail": "z.ander@voorbeeld.example", "Telefoon": "010 555 01 11",
    "Ontvangen op": date(2026, 11, 12), "Omschrijving": "De rekening klopt niet.", "Categorie": "Service: bejegening",
}  # fmt: skip


def test_a_number_of_another_complaint_does_not_write_over_it(office: Office) -> None:
    """Someone typed a new complaint over the row that stood there, and left its number."""
    (row,) = office.type(COMPLAINT)
    office.run("sync")
    office.change(row, OTHER)
    result = office.run("sync")
    assert (1, ["number_of_another"]) == (result.code, [f["code"] for f in result.json["findings"]])
    assert ([], COMPLAINT["Naam"]) == (result.json["missing"], office.complaints()[0]["name"])
    office.change(row, {"Klachtnummer": None})
    assert 1 == office.run("sync").json["new"]
    assert [COMPLAINT["Naam"], "Z. Ander"] == [c["name"] for c in office.complaints()]


def test_sorting_only_the_numbers_mixes_nothing_up(office: Office) -> None:
    people = [
        {**COMPLAINT, "Naam": f"{c}. {c * 3}", "E-mail": f"{c}@voorbeeld.example", "Telefoon": f"030 555 01 1{n}",
         "Ontvangen op": date(2026, 11, 2 + n), "Omschrijving": f"Verhaal {c}"}
        for n, c in enumerate("ABCD")
    ]  # fmt: skip
    rows = office.type(*people)
    office.run("sync")
    for row, n in zip(rows, (4, 3, 2, 1), strict=True):
        office.change(row, {"Klachtnummer": f"K-2026-{n:04}"})
    result = office.run("sync").json
    assert ["number_of_another"] * 4 == [f["code"] for f in result["findings"]]
    assert (0, []) == (result["changed"], result["missing"])
    assert [p["Naam"] for p in people] == [c["name"] for c in office.complaints()]


def test_the_whole_text_of_a_complaint_may_change_bit_by_bit(office: Office) -> None:
    (row,) = office.type(COMPLAINT)
    office.run("sync")
    for names in (("Naam", "E-mail"), ("Telefoon", "Ontvangen op"), ("Omschrijving", "Categorie")):
        office.change(row, {name: OTHER[name] for name in names})
        assert [] == office.run("sync").json["findings"]
    assert "Z. Ander" == office.complaints()[0]["name"]


def test_a_column_label_twice_reads_the_first_and_reports_the_second(office: Office) -> None:
    """Both places are named; the good rows are taken."""
    (row,) = office.type({**COMPLAINT, "Opmerkingen": "iets anders"})
    book = load(office.workbook)
    sheet = book["Register"]
    columns = headers(sheet)
    sheet.cell(header_row(sheet), columns["Opmerkingen"]).value = "Naam"
    book.save(office.workbook)
    result = office.run("sync")
    (finding,) = [f for f in result.json["findings"] if f["severity"] == "error"]
    letter = column_letters(columns["Opmerkingen"])
    assert (1, 1, "duplicate_column", f"{letter}4") == (
        result.code, result.json["new"], finding["code"], finding["cell"]
    )  # fmt: skip
    assert "B4" in finding["message"]
    assert "J. Jansen" == office.complaints()[0]["name"]
    assert row == 5


def test_a_formula_typed_over_is_told_and_its_value_never_read(office: Office) -> None:
    """The term stays what the rules say, in the store and on the row."""
    typed, _ = office.type(COMPLAINT, GOOD)
    office.change(typed, {"Uiterlijk afhandelen op": date(2027, 6, 1)})
    result = office.run("sync")
    (finding,) = result.json["findings"]
    expected = ("formula_typed_over", "warning", "Uiterlijk afhandelen op", typed)
    assert (0, expected) == (result.code, tuple(finding[k] for k in ("code", "severity", "label", "row")))
    assert ["2026-11-30", "2026-11-30"] == [c["due_on"] for c in office.complaints()]


def test_an_optional_column_that_is_gone_costs_nothing_else(office: Office) -> None:
    """What the store has of it stays."""
    (row,) = office.type({**COMPLAINT, "Opmerkingen": "belt graag"})
    office.run("sync")
    book = load(office.workbook)
    sheet = book["Register"]
    sheet.cell(header_row(sheet), headers(sheet)["Opmerkingen"]).value = "Notitie"
    book.save(office.workbook)
    office.change(row, {"Ordernummer": "A-1"})
    assert (0, 1) == ((result := office.run("sync")).code, result.json["changed"])
    assert ("belt graag", "A-1") == tuple(office.complaints()[0][k] for k in ("remarks", "order_number"))


def test_check_tells_the_same_and_changes_nothing(office: Office) -> None:
    """An office can look before it syncs."""
    office.type({**COMPLAINT, "Ernst": "heel erg", "Postcode": "12345"}, GOOD)
    before = {p: p.read_bytes() for p in (office.workbook, office.root / "register.db")}
    checked = office.run("check", str(office.workbook))
    assert (1, 1, 2) == (checked.code, checked.json["files"], checked.json["rows"])
    assert before == {p: p.read_bytes() for p in before}
    assert checked.json["findings"] == office.run("sync").json["findings"]


def test_a_person_reads_the_place_the_reason_and_the_remedy(office: Office) -> None:
    """The screen has file, sheet, cell and header in front, errors first."""
    office.type({**COMPLAINT, "Ernst": "heel erg"})
    told = office.say("sync").text
    assert "FOUT: klachtenregister.xlsx, blad Register, rij 5." in told
    column = column_letters(headers(load(office.workbook)["Register"])["Ernst"])
    assert f"{column}5, Ernst: 'heel erg' staat niet in de keuzelijst van ‘Ernst’." in told
    assert "ernstig" in told


def test_what_is_needed_to_close_is_told_whole_and_without_what_follows_by_itself(office: Office) -> None:
    """The day and the person follow from the answer and the handler; grounds are needed for an unfounded one."""
    first, second = office.type(
        {**COMPLAINT, "Behandelaar": "Jeroen Bakker"}, {**GOOD, "Ontvangen op": date(2026, 11, 3)}
    )
    office.run("sync")
    office.change(first, {"Status": "afgehandeld"})
    office.change(second, {"Status": "afgehandeld", "Oordeel": "ongegrond"})
    found = office.run("sync").json["findings"]
    needed = ["Oordeel", "Oplossing", "Wijze van afhandeling", "Beantwoord op"]
    assert needed == [f["label"] for f in found if f["row"] == first]
    assert {*needed, "Afgehandeld door", "Motivering"} - {"Oordeel"} == {
        f["label"] for f in found if f["row"] == second
    }


def test_a_pause_that_ends_before_it_begins_has_one_message(office: Office) -> None:
    office.type(COMPLAINT)
    office.run("sync")
    pause = {"Klachtnummer": "K-2026-0001", "Van": date(2026, 11, 18), "Tot": date(2026, 11, 10)}
    office.type(pause, sheet="Opschortingen")
    assert ["before_other"] == [f["code"] for f in office.run("sync").json["findings"]]


def test_days_and_amounts_typed_as_text_become_what_they_are(office: Office) -> None:
    """Formulas count with them only then; a second sync has nothing left to do."""
    (row,) = office.type({**COMPLAINT, "Ontvangen op": "2-11-2026", "Kosten": "€ 12,50", "Consument": "J"})
    office.run("sync")
    shown = office.rows()[row]
    assert (12.5, "ja") == (shown["Kosten"], shown["Consument"])
    assert shown["Ontvangen op"].date() == date(2026, 11, 2)
    assert [] == office.run("sync").json["written_back"]


def test_findings_are_shown_row_by_row(office: Office) -> None:
    """A person reads whether the row was left out or only a cell of it."""
    office.type({**GOOD, "Ernst": "heel erg"}, {**GOOD, "Naam": None})
    lines = office.say("sync").text.splitlines()
    kept, left_out = (next(n for n, line in enumerate(lines) if f"rij {row}." in line) for row in (5, 6))
    assert lines[kept].endswith("De rest is ingelezen.")
    assert lines[left_out].endswith("De rij is niet geregistreerd.")
    assert "‘Naam’ is niet ingevuld." in lines[left_out + 1]


@pytest.mark.parametrize("typed", ["K-2026-0001", "k-2026-1", " K-2026-1 ", "2026-0001", "1", "0001"])
def test_a_number_is_known_as_people_type_it(office: Office, typed: str) -> None:
    office.type({**COMPLAINT, "Kosten": 1200})
    office.run("sync")
    shown = office.say("show", typed)
    assert (0, True) == (shown.code, "€ 1.200,00" in shown.text)
    assert "  Kosten: € 1.200,00" in office.say("history", typed).text
