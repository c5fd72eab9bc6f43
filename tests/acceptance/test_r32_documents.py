"""R32 R25: documents makes the office's papers, tells what is not filled in, and writes over nobody's changes."""

from __future__ import annotations

from docx import Document
from office import COMPLAINT, Office


def test_r32_documents_are_made_and_what_somebody_changed_stays(office: Office) -> None:
    made = office.run("documents")
    rules = office.root / "uitvoer/klachtenregeling.docx"
    assert (1, ["uitvoer/klachtenregeling.docx", "uitvoer/klachteninstructie.docx"]) == (made.code, made.json["files"])
    assert {"file": "uitvoer/klachtenregeling.docx", "name": "Registratie", "place": "office"} in made.json["gaps"]
    assert "Nog in te vullen op het blad Gegevens: ‘" in office.say("documents").text
    document = Document(str(rules))
    document.add_paragraph("Onze eigen regel.")
    document.save(str(rules))
    refused = office.run("documents")
    assert (3, "write_refused.edited") == (refused.code, refused.json["error"]["code"])
    assert "Onze eigen regel." in [p.text for p in Document(str(rules)).paragraphs]
    assert office.run("documents", "--replace").code == 1
    assert list((office.root / "archief").rglob("klachtenregeling*.docx"))


def test_r25_the_analysis_of_a_complaint_is_made_by_its_number(office: Office) -> None:
    office.type(COMPLAINT)
    assert office.run("sync").code == 0
    made = office.run("documents", "--number", "1")
    assert ["uitvoer/analyse klacht K-2026-0001.docx"] == made.json["files"]
    assert "Feiten" in {gap["name"] for gap in made.json["gaps"] if gap["place"] == "investigations"}
    assert office.run("documents", "--number", "99").code == 2
