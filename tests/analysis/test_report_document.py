"""The Word report: the first page for who has one minute, then the answers by question."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from analysis_samples import make_sample
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

from registerkit.analysis import parse_period
from registerkit.analysis.comparison import compare
from registerkit.analysis.document import _width, report_document
from registerkit.analysis.plan import plan_report
from registerkit.analysis.words import Words
from registerkit.register import Register
from registerkit.theme import Theme, theme_of


def made(snapshot: Register, label: str) -> bytes:
    period = parse_period(label)
    content = plan_report(snapshot, compare(snapshot, period))
    return report_document(content, Words(snapshot.texts, snapshot.settings.word), theme_of(snapshot.settings.theme))


def opened(snapshot: Register, label: str) -> Any:
    return Document(BytesIO(made(snapshot, label)))


def test_a_quiet_period_is_told_briefly(handful: Register) -> None:
    """Under thirty complaints: what must be done, the key figures and the balance, on two pages."""
    document = opened(handful, "2026-10")
    outline = [p.text for p in document.paragraphs if p.style.name.startswith(("Title", "Heading"))]
    assert outline == [
        "Klachtenrapport over oktober 2026",
        "Wat u moet weten",
        "Klachten die te laat zijn",
        "Maatregelen die lopen of aandacht vragen",
        "Kerncijfers",
        "Van open naar open",
    ]
    told = [paragraph.text for paragraph in document.paragraphs]
    brief = next(
        n for n, text in enumerate(told) if text.startswith("Een kort verslag, want er waren minder dan dertig")
    )
    assert told.index("Wat u moet weten") < brief < told.index("Kerncijfers"), "a line at the end could stand alone"


def test_outline(year: Register) -> None:
    """Headings are real Word styles, one per question, the definitions last."""
    document = opened(year, "2026")
    outline = [p.text for p in document.paragraphs if p.style.name in ("Title", "Heading 1")]
    assert outline == [
        "Klachtenrapport over 2026",
        "Kerncijfers",
        "Hoeveel klachten waren er?",
        "Waarover gingen ze?",
        "Waar ging het mis?",
        "Hoe snel waren we?",
        "Wat hielp?",
        "Wat moet er nu gebeuren?",
        "Wat de cijfers betekenen",
    ]
    assert document.paragraphs[0].text == "De Spaak BV"


def test_first_page(handful: Register) -> None:
    """Big figures in a row, then what to know."""
    document = opened(handful, "2026-10")
    tiles = document.tables[0]
    assert [tuple(cell.text for cell in column.cells[:2]) for column in tiles.columns] == [
        ("Ontvangen", "3"),
        ("Afgehandeld", "2"),
        ("Op tijd beantwoord", "50%"),
        ("Nog open", "2"),
        ("Tevredenheid (1–5)", "2,0"),
    ]
    heads = [p.text.partition("\t")[0] for p in document.paragraphs if "\t" in p.text]
    assert heads == ["Hoeveel", "Wat opvalt", "Waarover", "Hoe snel", "Wat hielp", "Wat nu"]


def test_charts_are_native_and_have_alt_text(year: Register) -> None:
    """Each has its numbers cached, and a workbook to edit them in."""
    document = opened(year, "2026")
    alts = [each.get("descr") for each in document.element.iter(qn("wp:docPr"))]
    assert len(alts) > 5
    assert alts[0].startswith("Lijndiagram met het aantal ontvangen klachten in 13 stappen, met het midden en de")
    assert all(alts)
    charts = [part for part in document.part.package.iter_parts() if part.partname.startswith("/word/charts/")]
    assert len(charts) == len(alts)
    for chart in charts:
        assert b"<c:numCache>" in chart.blob
        book = load_workbook(BytesIO(chart.related_parts["rId1"].blob))
        assert book.sheetnames == ["Cijfers"]
        assert f"{book.sheetnames[0]}!$A$2".encode() in chart.blob


def test_tables_repeat_their_header(year: Register) -> None:
    for table in opened(year, "2026-10").tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


@pytest.mark.parametrize(
    ("cells", "least", "most"),
    [(["Klantcontactcentrum Noord", "ICT"], 3.4, 3.8), (["ICT"], 3.0, 3.0), ([], 3.0, 3.0), (["x" * 60], 4.9, 5.0)],
)
def test_a_column_is_as_wide_as_its_longest_word(cells: list[str], least: float, most: float) -> None:
    """At 9 points a letter takes 1.6 mm, and 4 mm stand free beside a text."""
    assert least <= _width("text", cells, is_wide=True) <= most


def test_footer_and_type(handful: Register) -> None:
    """Page numbers and the organisation at the foot; Calibri 11, in the register's language."""
    document = opened(handful, "2026-10")
    footer = document.sections[0].footer.paragraphs[0]
    assert footer.text.startswith("De Spaak BV")
    assert [field.get(qn("w:instr")) for field in footer._p.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]
    assert (document.styles["Normal"].font.name, document.styles["Normal"].font.size.pt) == ("Calibri", 11)
    language = document.styles.element.find(qn("w:docDefaults")).find(".//" + qn("w:lang"))
    assert language.get(qn("w:val")) == "nl-NL"


def test_theme_of_the_office() -> None:
    """The office's accent and font are used; an accent that is no colour is left aside."""
    row = {"received_on": "2026-10-02", "category": "PL"}
    document = opened(make_sample(row, theme={"accent": "#AA3355", "font": "Arial"}), "2026-10")
    assert str(document.styles["Heading 2"].font.color.rgb) == "AA3355"
    assert document.styles["Normal"].font.name == "Arial"
    plain = opened(make_sample(row, theme={"accent": "roze"}), "2026-10")
    assert str(plain.styles["Heading 2"].font.color.rgb) == Theme().accent_ink


@pytest.mark.parametrize("label", ["2026-10", "2026", "2026-W46", "2024"])
def test_same_input_same_bytes(year: Register, label: str) -> None:
    assert made(year, label) == made(year, label)


def test_odd_characters() -> None:
    """Characters with a meaning elsewhere stand as typed; those no file can hold are left out."""
    row = {"received_on": "2026-10-02", "category": "PL", "subject": "Fiets <A> & $b$ \x0b x", "handler": "=1"}
    document = opened(make_sample(*[row] * 30, organisation="Bos & <Zn>"), "2026-10")
    assert document.paragraphs[0].text == "Bos & <Zn>"
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "Fiets <A> & $b$ x" in cells


def test_what_turned_out_to_be_no_complaint_stands_on_the_first_page() -> None:
    row = {"received_on": "2026-10-05", "category": "PL"}
    document = opened(make_sample(row, row | {"status": "geen_klacht"}), "2026-10")
    cells = [cell.text for table in document.tables for line in table.rows for cell in line.cells]
    texts = [paragraph.text for paragraph in document.paragraphs] + cells
    assert any("Van 1 melding bleek dat zij geen klacht was" in text for text in texts)
