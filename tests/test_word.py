"""The parts Word documents are made of: one look, real tables with marked headers, the same bytes every time."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from openxml_audit import OpenXmlValidator
from PIL import Image

from registerkit.texts import load_texts
from registerkit.theme import Theme
from registerkit.word import Paper, Style


def png() -> bytes:
    out = BytesIO()
    Image.new("RGB", (4, 4)).save(out, "PNG")
    return out.getvalue()


def paper(**options: Any) -> Paper:
    made = Paper(Theme(font="Verdana"), load_texts("nl"), **options)
    made.describe("Titel", "De Spaak", date(2026, 3, 1))
    made.footer("De Spaak")
    made.heading("Titel", 0)
    made.tiles([("Open", "3", "was 2"), ("Te laat", "1", "was 0")])
    made.asides([("Een", "tekst"), ("Twee", "meer")], 2.5)
    made.term("Woord", "wat het betekent")
    made.table(["Naam", "Aantal"], [["a", "1"], ["b", "2"]], [10, 3], right=[1], colours={(0, 1): "B42318"})
    made.picture(png(), "een punt", width=2)
    made.ruled(made.paragraph("\n"), (4, "000000"), sides=("top", "left", "bottom", "right"))
    return made


def test_the_file_is_sound_and_the_same_every_time(tmp_path: Path) -> None:
    (tmp_path / "x.docx").write_bytes(paper().data())
    assert list(OpenXmlValidator().validate(tmp_path / "x.docx").errors) == []
    assert paper().data() == paper().data()


def test_every_table_has_a_header_that_comes_back() -> None:
    tables = Document(BytesIO(paper().data())).tables
    assert [[cell.text for cell in table.rows[0].cells] for table in tables] == [
        ["Open", "Te laat"],
        ["Naam", "Aantal"],
    ]
    for table in tables:
        assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows] == [True] + [False] * (
            len(table.rows) - 1
        )


def test_tables_are_as_wide_as_was_asked_and_begin_at_the_margin() -> None:
    table = Document(BytesIO(paper().data())).tables[1]
    assert [column.width.cm for column in table.columns] == pytest.approx([10, 3], abs=0.01)
    assert ["0"] == table._tbl.tblPr.xpath("w:tblInd/@w:w")


@pytest.mark.parametrize(("landscape", "width"), [(False, 21 - 4.6), (True, 29.7 - 4.6)])
def test_the_page(landscape: bool, width: float) -> None:
    made = paper(landscape=landscape)
    section = made.document.sections[0]
    assert made.width == pytest.approx(width)
    assert (section.page_width.cm - section.left_margin.cm - section.right_margin.cm) == pytest.approx(width, abs=0.01)


def test_the_theme_the_language_and_the_users_own_styles() -> None:
    document = Document(BytesIO(paper(styles={"Normal": Style(9, "112233"), "Eigen": Style(8, "445566")}).data()))
    normal = document.styles["Normal"].font
    assert (normal.name, normal.size.pt, str(normal.color.rgb)) == ("Verdana", 9, "112233")
    assert str(document.styles["Eigen"].font.color.rgb) == "445566"
    assert "nl-NL" in document.styles.element.xpath("w:docDefaults//w:lang/@w:val")


def test_pictures_are_told_to_who_cannot_see_them() -> None:
    (shape,) = Document(BytesIO(paper().data())).inline_shapes
    assert shape._inline.docPr.get("descr") == "een punt"


def test_the_foot_has_page_numbers() -> None:
    foot = Document(BytesIO(paper().data())).sections[0].footer.paragraphs[0]
    assert foot.text.startswith("De Spaak\tPagina ")
    assert foot._p.xpath("w:fldSimple/@w:instr") == ["PAGE", "NUMPAGES"]
