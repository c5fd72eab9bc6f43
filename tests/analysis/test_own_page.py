"""The report on the office's own page: a Word template whose look and words stay, with the report in its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.shared import Cm, Pt

from registerkit.analysis import compare, parse_period
from registerkit.analysis.document import report_document
from registerkit.analysis.own_page import OwnPage, blank_page, template_name
from registerkit.analysis.plan import plan_report
from registerkit.analysis.words import Words
from registerkit.register import Register
from registerkit.settings import project_paths
from registerkit.theme import theme_of

Office = Callable[..., tuple[Any, list[str]]]


@pytest.fixture
def office(handful: Register, tmp_path: Path) -> Office:
    """Give what makes the report of an office that changed its template: the document, and the remarks in Dutch."""

    def made(change: Callable[[Any], None] | None, name: str | None = None, **theme: str) -> tuple[Any, list[str]]:
        settings = replace(handful.settings, paths=project_paths(tmp_path, "nl"), theme=theme)
        register = replace(handful, settings=settings)
        settings.paths.letters.mkdir(exist_ok=True)
        file = settings.paths.letters / (name or template_name(register.texts))
        file.write_bytes(blank_page(register.texts))
        if change is not None:
            document = Document(str(file))
            change(document)
            document.save(str(file))
        page, content = OwnPage(register), plan_report(register, compare(register, parse_period("2026-10")))
        words = Words(register.texts, register.settings.word)
        data = report_document(content, words, theme_of(theme), page)
        if change is None and name is None:
            assert data == report_document(content, words, theme_of(theme))
        return Document(BytesIO(data)), [remark.full_message(register.texts) for remark in page.remarks]

    return made


def texts_of(document: Any) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if paragraph.text]


def test_as_it_was_laid_it_changes_nothing(office: Office) -> None:
    document, remarks = office(None)
    assert remarks == []
    assert "Pagina" in document.sections[0].footer.paragraphs[0].text


def test_look_and_words_of_the_office_stay(office: Office) -> None:
    """Its margins, styles and header, its words before and after, and what it says itself is not said again."""

    def change(document: Any) -> None:
        document.styles["Heading 2"].font.size = Pt(21)
        document.sections[0].left_margin = Cm(4)
        document.sections[0].header.paragraphs[0].text = "Vertrouwelijk, {{ organisation.name }}"
        document.paragraphs[0].insert_paragraph_before("{{ title }}, voor het bestuur")
        document.add_paragraph("Vastgesteld op:")

    document, remarks = office(change)
    found = texts_of(document)
    assert remarks == []
    assert (found[0], found[-1]) == ("Klachtenrapport over oktober 2026, voor het bestuur", "Vastgesteld op:")
    assert found[1].startswith("Stand per ")
    assert "Kerncijfers" in found
    assert [text for text in found if text.startswith("Klachtenrapport")] == found[:1]
    assert document.sections[0].header.paragraphs[0].text == "Vertrouwelijk, De Spaak BV"
    assert document.styles["Heading 2"].font.size == Pt(21)
    widths = {sum(cell.width for cell in table.rows[0].cells) for table in document.tables}
    assert max(widths) <= Cm(21 - 4 - 2.3 + 0.01)
    assert "\ue000" not in document.element.xml


def test_a_template_without_a_place_has_the_report_at_its_end(office: Office) -> None:
    def change(document: Any) -> None:
        document.paragraphs[0].text = "Ons rapport"

    document, _ = office(change)
    assert texts_of(document)[:2] == ["Ons rapport", "De Spaak BV"]
    assert texts_of(document)[-1] == "Beide keren Samen is evenveel."


def test_missing_styles_come_along(office: Office) -> None:
    """Somebody puts the tags in a document of the house, which knows no such styles."""

    def change(document: Any) -> None:
        for name in ("Tile", "Tile Label", "Cell", "Note", "Over"):
            style = document.styles[name].element
            style.getparent().remove(style)
        document.add_paragraph("Einde")

    document, remarks = office(change, accent="AA3377")
    assert remarks == []
    assert document.styles["Tile"].font.size == Pt(20)
    assert str(document.styles["Heading 2"].font.color.rgb) == "AA3377"


def test_what_cannot_be_filled_in_is_told_and_the_report_comes_all_the_same(office: Office) -> None:
    def change(document: Any) -> None:
        document.paragraphs[0].insert_paragraph_before("Van {{ organisation.naam }}")

    document, remarks = office(change)
    assert len(remarks) == 1
    assert "klachtenrapport.docx" in remarks[0]
    assert "organisation.name" in remarks[0]
    assert texts_of(document)[1] == "Klachtenrapport over oktober 2026"


@pytest.mark.parametrize("name", ["klachtenrapport.odt", "Klachtenrapport nieuw.doc"])
def test_a_template_of_another_kind_is_told(office: Office, name: str) -> None:
    document, remarks = office(None, name)
    assert len(remarks) == 1
    assert name in remarks[0]
    assert "klachtenrapport.docx" in remarks[0]
    assert texts_of(document)[0] == "De Spaak BV"


def test_a_damaged_template_is_told(office: Office, tmp_path: Path, handful: Register) -> None:
    office(None)
    register = replace(handful, settings=replace(handful.settings, paths=project_paths(tmp_path, "nl")))
    register.settings.paths.letters.joinpath(template_name(register.texts)).write_bytes(b"PK\x03\x04 and no more")
    page = OwnPage(register)
    assert page.filled(plan_report(register, compare(register, parse_period("2026-10")))) is None
    assert "klachtenrapport.docx" in page.remarks[0].full_message(register.texts)
