"""R01: the complaint form on paper.

R01 why to fill it in completely; no anonymous complaints; name, address, postcode, city, phone, e-mail; what it is
about; short explanation; return address without a stamp; department; box for office use.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from workbook_samples import MakeContent, complaints

from registerkit.definition import Definition, load_definition
from registerkit.workbook import WorkbookContent, build_paper_form

ORGANISATION = {
    "name": "De Spaak BV",
    "reply_address": "Antwoordnummer 12345, 3500 VB Utrecht",
    "department": "Klantenservice",
}


def words(file: Path) -> str:
    """Give all text of a Word file, that in tables and in boxes to fill in included."""
    body = docx.Document(str(file)).element.body
    return "\n".join("".join(_shown(run) for run in p.iter(qn("w:t"), qn("w:tab"))) for p in body.iter(qn("w:p")))


def _shown(run: Any) -> str:
    return run.text or "" if run.tag == qn("w:t") else "\t" if run.getparent().tag == qn("w:r") else ""


@pytest.fixture
def content(make: MakeContent) -> WorkbookContent:
    return make(records=complaints(), organisation=ORGANISATION)


@pytest.mark.parametrize(
    "expected",
    ["zo volledig mogelijk", "anonieme klacht", "Uw naam *", "Postcode", "Woonplaats", "Telefoon", "E-mail", "Fax",
     "Uw verhaal, in uw eigen woorden *", "Wat betekent dit voor u?", "Om welk bedrag gaat het?", "Datum", "Handtekening",
     "Eén manier om u te bereiken is genoeg", "Wij gebruiken uw gegevens alleen", "Antwoordnummer 12345", "Een postzegel is niet nodig", "De afdeling Klantenservice", "Behandeld door"],
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


@pytest.mark.parametrize(
    ("organisation", "expected"),
    [
        (
            {"name": "De Spaak", "address": "Singel 1", "city": "Utrecht", "email": "k@x.nl"},
            "De Spaak, Singel 1, Utrecht.",
        ),
        ({"name": "De Spaak", "email": "k@x.nl"}, "Mail een foto van dit formulier naar k@x.nl."),
        ({"name": "De Spaak"}, "Stuur dit formulier naar: De Spaak, ____"),
        ({}, "Stuur dit formulier naar: ____"),
    ],
)
def test_r01_the_form_says_where_it_goes_or_leaves_a_line_for_it(
    make: MakeContent, tmp_path: Path, organisation: dict[str, str], expected: str
) -> None:
    build_paper_form(tmp_path / "form.docx", make(organisation=organisation))
    assert expected in words(tmp_path / "form.docx")


def test_r01_choices_are_there_to_tick(content: WorkbookContent, tmp_path: Path) -> None:
    """Every category in use and every remedy has a box; what depends on the category is left to the office."""
    build_paper_form(tmp_path / "form.docx", content)
    text = words(tmp_path / "form.docx")
    for name in ("category", "remedy", "salutation"):
        for choice in content.lookups.lists[name]:
            assert f"\u2610 {choice.labels['nl']}" in text
    assert "Bent u particulier?" in text
    assert "\u2610 ja   \u2610 nee" in text
    assert "En wat precies?" not in text


def test_r01_the_form_stays_within_the_margins(content: WorkbookContent, tmp_path: Path) -> None:
    """Tables are as wide as the text, and no margin within a cell pushes an edge out."""
    build_paper_form(tmp_path / "form.docx", content)
    document = docx.Document(str(tmp_path / "form.docx"))
    (section,) = document.sections
    room = section.page_width - section.left_margin - section.right_margin
    for table in document.tables:
        assert abs(sum(column.width for column in table.columns) - room) < 20_000
        assert ["0", "0"] == table._tbl.tblPr.xpath("w:tblCellMar/*/@w:w")


def test_a_long_label_has_a_line_of_its_own(make: MakeContent, incidents: Definition, tmp_path: Path) -> None:
    """Two on a row where they fit; a label that would run into its line gets all the width."""
    main = incidents.main
    asked = next(f for f in main.fields if f.form and f.kind == "text")
    longer = dataclasses.replace(asked, labels={"nl": "Waar op het terrein u het hebt gezien", "en": "Where"})
    fields = tuple(longer if field is asked else field for field in main.fields)
    tables = {**incidents.tables, main.id: dataclasses.replace(main, fields=fields)}
    build_paper_form(tmp_path / "form.docx", make(definition=dataclasses.replace(incidents, tables=tables)))
    (line,) = [p for p in docx.Document(str(tmp_path / "form.docx")).paragraphs if "Waar op het terrein" in p.text]
    assert line.text.count("\t") == 1


@pytest.mark.soffice
def test_r01_the_form_is_one_sheet_under_the_profile_with_the_most_to_tick(
    make: MakeContent, soffice: Callable[..., Path], tmp_path: Path
) -> None:
    definition = load_definition(profile="webwinkel")
    build_paper_form(tmp_path / "form.docx", make(definition=definition, organisation=ORGANISATION))
    shown = soffice(tmp_path / "form.docx", "pdf").read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b", shown)) == 1
