"""What a person sees in a cell is what is registered; what is not understood keeps its text, whatever is done next."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

from office import COMPLAINT, Office, headers
from sheets import load

ABROAD = {
    **COMPLAINT, "Naam": "M. Martin", "E-mail": None, "Telefoon": "020 7946 0958", "Straat en huisnummer": "12 Rue Haute",
    "Postcode": "F-75008", "Woonplaats": "Parijs", "Aankoopdatum": "gisteren", "Financieel belang": "ongeveer 12",
}  # fmt: skip


def told(office: Office, *words: str) -> set[tuple[str, str]]:
    return {(f["code"], f["severity"]) for f in office.run(*words).json["findings"]}


def test_what_is_not_understood_survives_a_new_workbook(office: Office) -> None:
    """A telephone and a postcode are registered as typed; a day and an amount stay in their cells; all is told again."""
    row, waiting = office.type(ABROAD, {**COMPLAINT, "Naam": "B. Bos", "Ontvangen op": "volgende week"})
    expected = {
        ("phone_kept", "warning"), ("postcode_kept", "warning"), ("not_a_date", "error"), ("not_an_amount", "error"),
    }  # fmt: skip
    assert expected == told(office, "sync")
    (stored,) = office.complaints()
    assert ("020 7946 0958", "F-75008", "Parijs") == (stored["phone"], stored["postcode"], stored["city"])
    number = office.rows()[waiting]["Klachtnummer"]
    assert 1 == office.run("workbook", "--replace").code
    rows = office.rows()
    for header in ("Telefoon", "Postcode", "Aankoopdatum", "Financieel belang"):
        assert ABROAD[header] == rows[row][header]
    (kept,) = (n for n, cells in rows.items() if cells["Naam"] == "B. Bos")
    assert ("volgende week", number) == (rows[kept]["Ontvangen op"], rows[kept]["Klachtnummer"])
    assert expected == told(office, "sync")
    office.change(kept, {"Ontvangen op": date(2026, 11, 16)})
    assert 1 == office.run("sync").json["new"]
    assert number in {c["number"] for c in office.complaints()}


def test_days_that_count_from_1904_are_not_read_from_a_workbook_of_ours(office: Office) -> None:
    """Whoever switches that on moves every day that stood there by four years; a new workbook does not hide it."""
    office.type(COMPLAINT)
    office.run("sync")
    before = office.complaints()
    set_1904(office.workbook)
    result = office.run("sync")
    assert (True, before) == (result.code != 0, office.complaints())
    assert "1904" in office.say("sync").text
    content = office.workbook.read_bytes()
    assert 0 != office.run("workbook", "--replace").code
    assert content == office.workbook.read_bytes()


def test_struck_out_text_is_told_while_its_complaint_is_open(office: Office) -> None:
    """Striking out does not say what happened: it stays as it is, and is asked about until it says or is gone."""
    (row,) = office.type(COMPLAINT)
    office.type({**COMPLAINT, "Naam": "B. Bos", "Omschrijving": "De rekening klopt niet."})
    office.run("sync")
    book = load(office.workbook)
    name = book["Register"].strike_out(row, headers(book["Register"])["Naam"])
    book.save(office.workbook)
    for _ in range(2):
        result = office.run("sync")
        (found,) = (f for f in result.json["findings"] if f["code"] == "struck_out")
        assert (name, name, "warning", 0) == (found["cell"], found["value"], found["severity"], result.json["changed"])
    office.change(row, {"Status": "ingetrokken", "Afgehandeld op": date(2026, 11, 18)})
    assert ("struck_out", "warning") not in told(office, "sync")


def set_1904(path: Path) -> None:
    """Switch it on as Excel does: the cells stay as they were."""
    with zipfile.ZipFile(path) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    book = parts["xl/workbook.xml"]
    assert b"<workbookPr" in book
    parts["xl/workbook.xml"] = re.sub(rb"<workbookPr\b", b'<workbookPr date1904="1"', book, count=1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


FORM = {
    "received_on": date(2026, 11, 16), "channel": "telefoon", "name": "B. Bos", "phone": "030 123 45 67",
    "category": "Product: levering", "description": "Niet gekomen.", "bought_on": "in de zomer",
}  # fmt: skip


def fill_in(office: Office, values: dict[str, Any]) -> None:
    book = load(office.workbook)
    for field, value in values.items():
        ((sheet, cell),) = book.defined_names[f"in_{field}"].destinations
        book[sheet][cell.replace("$", "")] = value
    book.save(office.workbook)


def in_form(office: Office, field: str) -> Any:
    book = load(office.workbook)
    ((sheet, cell),) = book.defined_names[f"in_{field}"].destinations
    return book[sheet][cell.replace("$", "")].value


def test_what_a_form_says_and_is_not_understood_goes_to_the_remarks(office: Office) -> None:
    """The form waits as it was filled in, also in a new workbook; once it is registered it is empty, and nothing is lost."""
    fill_in(office, {**FORM, "received_on": "ooit"})
    office.run("sync")
    office.run("workbook", "--replace")
    assert ("ooit", "in de zomer", []) == (
        in_form(office, "received_on"), in_form(office, "bought_on"), office.complaints()
    )  # fmt: skip
    fill_in(office, FORM)
    assert {("not_a_date", "error"), ("noted_in_remarks", "info")} <= told(office, "sync")
    (stored,) = office.complaints()
    assert "Aankoopdatum: in de zomer" == stored["remarks"]
    assert (None, None) == (in_form(office, "name"), in_form(office, "bought_on"))
