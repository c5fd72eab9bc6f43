"""What comes in from outside stays what it is: links are not followed, letters go out whole, names make no folders."""

from __future__ import annotations

import shutil
import sys

import docx
import openpyxl
import pytest
from office import COMPLAINT, Office

READY = {**COMPLAINT, "E-mail": "j@voorbeeld.example", "Behandelaar": "Jeroen Bakker"}


@pytest.mark.skipif(sys.platform == "win32", reason="who may make a link is a matter of rights there")
def test_a_link_in_the_inbox_is_not_followed(office: Office) -> None:
    secret = office.root.parent / "elders.csv"
    secret.write_text("Naam;Omschrijving\nGeheim;niet voor het register\n", encoding="utf-8")
    (office.root / "postvak-in" / "lijst.csv").symlink_to(secret)
    (office.root / "postvak-in" / "weg.xlsx").symlink_to("/nergens/weg.xlsx")
    trial = office.run("sync", "--dry-run")
    told = {f["file"] for f in trial.json["findings"] if f["code"] == "inbox_link"}
    assert {"postvak-in/lijst.csv", "postvak-in/weg.xlsx"} == told
    office.run("sync")
    assert secret.exists()
    assert not list((office.root / "postvak-in").glob("*.*"))
    assert "koppeling" in (office.root / "postvak-in" / "fout" / "lijst.txt").read_text(encoding="utf-8-sig")
    assert office.run("sync").code == 0


def test_the_office_s_own_text_is_never_passed_over(office: Office) -> None:
    """Saved as another kind, under another name, or with what another program fills in: held, told, and mended."""
    folder = office.root / "brieven"
    office.type(READY, {**READY, "Naam": "P. Kok"})
    office.run("sync")
    own, other = folder / "ontvangstbevestiging.docx", folder / "Ontvangstbevestiging nieuw.odt"
    shutil.copyfile(own, other)
    (held, _) = office.run("letters").json["held"]
    assert (held["code"], "Ontvangstbevestiging nieuw.odt" in held["message"]) == ("template_lookalike", True)
    other.unlink()
    document = docx.Document(str(own))
    document.add_paragraph("Uw nummer: [klachtnummer]")
    document.save(str(own))
    (held, _) = office.run("letters").json["held"]
    assert held["code"] == "template_fault"
    assert "[klachtnummer] wordt niet ingevuld (bedoelt u {{ complaint.number }}?)" in held["message"]
    document.paragraphs[-1].text = "Uw nummer: {{ complaint.number }}"
    document.save(str(own))
    assert len(office.run("letters").json["letters"]) == 2


def test_a_label_of_the_office_makes_a_file_and_no_folder(office: Office) -> None:
    book = openpyxl.load_workbook(office.workbook)
    sheet = book["Lijsten"]
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "ontvangstbevestiging")
    cell.value = "bericht: ontvangen/../a*b"
    book.save(office.workbook)
    office.type(READY)
    assert office.run("sync").code in (0, 1)
    (letter,) = office.run("letters").json["letters"]
    assert letter["file"].rpartition("/")[2] == "K-2026-0001 bericht - ontvangen-..-a-b.docx"
    assert (office.root / letter["file"]).is_file()
