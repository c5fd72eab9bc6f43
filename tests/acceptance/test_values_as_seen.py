"""What a person sees in a cell is what is registered; what is not understood keeps its text, whatever is done next."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from pathlib import Path

from office import COMPLAINT, Office

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
