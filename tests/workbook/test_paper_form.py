"""R01: the complaint form on paper.

R01 why to fill it in completely; no anonymous complaints; name, address, postcode, city, phone, e-mail; what it is
about; short explanation; return address without a stamp; department; box for office use.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path

import docx
import pytest
from workbook_samples import MakeContent

from registerkit.definition import Definition
from registerkit.workbook import WorkbookContent, build_paper_form

ORGANISATION = {
    "name": "De Spaak BV",
    "reply_address": "Antwoordnummer 12345, 3500 VB Utrecht",
    "department": "Klantenservice",
}


def words(file: Path) -> str:
    """Give all text of a Word file, that in tables included."""
    document = docx.Document(str(file))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


@pytest.fixture
def content(filled: WorkbookContent) -> WorkbookContent:
    return dataclasses.replace(filled, organisation=ORGANISATION)


@pytest.mark.parametrize(
    "expected",
    ["zo volledig mogelijk", "anonieme klacht", "Naam *", "Postcode", "Woonplaats", "Telefoon", "E-mail", "Omschrijving *",
     "Antwoordnummer 12345", "Een postzegel is niet nodig", "De afdeling Klantenservice", "Behandeld door"],
)  # fmt: skip
def test_r01_the_paper_form_asks_and_says_what_the_course_text_wants(
    content: WorkbookContent, tmp_path: Path, expected: str
) -> None:
    """Every element of the requirement stands on the form."""
    build_paper_form(tmp_path / "form.docx", content)
    assert expected in words(tmp_path / "form.docx")


def test_the_same_content_gives_the_same_bytes(content: WorkbookContent, tmp_path: Path) -> None:
    """Building it again changes nothing."""
    for name in ("a.docx", "b.docx"):
        build_paper_form(tmp_path / name, content)
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()


def test_another_register_has_a_paper_form_too(make: MakeContent, incidents: Definition, tmp_path: Path) -> None:
    """Blocks that the texts do not know are named as the definition names them."""
    build_paper_form(tmp_path / "form.docx", make(definition=incidents))
    assert "Melding" in words(tmp_path / "form.docx")
