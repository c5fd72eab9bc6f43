"""R01: the Word form is filled in on screen and read back by the tags of its boxes; nothing that was typed is lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from openxml_audit import OpenXmlValidator
from registers import make_register
from word_forms import boxes_of, fill_word_form

from registerkit.definition import load_definition
from registerkit.errors import FileError, UnsupportedFileError
from registerkit.findings import Finding
from registerkit.reading import SourceRow, open_workbook, parse_form
from registerkit.register import Register
from registerkit.stamp import Stamp
from registerkit.texts import load_texts
from registerkit.workbook import WorkbookContent, build_paper_form

FILLED: dict[str, str | bool | None] = {
    "received_on": "3-11-2026", "channel": "brief", "name": "H. Vos", "phone": "06 12 34 56 78", "category_PL": True,
    "consumer_yes": True, "description": "Niet geleverd.\nTwee keer gebeld.", "incident_on": "1-11-2026",
}  # fmt: skip


@pytest.fixture(scope="module")
def office() -> Register:
    return make_register({}, date(2026, 11, 20), organisation={"name": "De Molen"})


@pytest.fixture(scope="module")
def form(office: Register, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("form") / "form.docx"
    build_paper_form(target, WorkbookContent(office, Stamp("r", "w", 1)))
    return target


def read(file: Path, office: Register) -> tuple[SourceRow | None, list[Finding]]:
    raw = open_workbook(file, office.definition)
    row, findings = parse_form(raw, office.definition.main, office.lookups)
    return row, [*raw.findings, *findings]


def test_r01_the_form_is_sound_and_every_box_has_a_tag_of_its_own(form: Path, office: Register) -> None:
    assert list(OpenXmlValidator().validate(form).errors) == []
    boxes = boxes_of(Document(str(form)))
    tags = [tag.partition("=")[0] for tag in boxes if not tag.startswith("_")]
    asked = {f.id for f in office.definition.main.fields if f.form and not f.parent}
    assert asked == set(tags)
    ids = [box.find(qn("w:sdtPr")).find(qn("w:id")).get(qn("w:val")) for box in boxes.values()]
    assert len(ids) == len(set(ids))


def test_r01_what_is_filled_in_is_read_back(form: Path, office: Register, tmp_path: Path) -> None:
    row, findings = read(fill_word_form(form, tmp_path / "vol.docx", **FILLED), office)
    assert row is not None
    said = {name: value for name, value in row.values.items() if value is not None}
    assert said == {
        "received_on": date(2026, 11, 3), "channel": "brief", "name": "H. Vos", "phone": "06 12345678",
        "category": "PL", "consumer": True, "description": "Niet geleverd.\nTwee keer gebeld.",
        "incident_on": date(2026, 11, 1),
    }  # fmt: skip
    assert findings == []


def test_an_empty_form_says_nothing(form: Path, office: Register) -> None:
    assert (None, []) == read(form, office)


@pytest.mark.parametrize(
    ("changes", "code", "remark"),
    [
        ({"incident_on": "gisteren"}, "not_a_date", "gisteren"),
        ({"category_PK": True}, "not_on_list", None),
        ({"remedy_sought_excuses": True, "remedy_sought_uitleg": True}, "not_on_list", "uitleg + excuses"),
        ({"channel": "postduif"}, "not_on_list", None),
    ],
)
def test_what_cannot_be_used_is_told_by_its_label_and_kept(
    form: Path, office: Register, tmp_path: Path, changes: dict[str, Any], code: str, remark: str | None
) -> None:
    row, findings = read(fill_word_form(form, tmp_path / "fout.docx", **(FILLED | changes)), office)
    (finding,) = [f for f in findings if f.code == code]
    label = finding.location.label
    assert label
    assert label in finding.place(load_texts("nl"))
    assert (None, None, None) == (finding.location.sheet, finding.location.cell, finding.location.row)
    assert finding.cell_place() == f"{label}: "
    assert row is not None
    if remark:
        assert remark in str(row.values["remarks"])


def test_a_box_that_was_taken_away_is_told(form: Path, office: Register, tmp_path: Path) -> None:
    row, findings = read(fill_word_form(form, tmp_path / "weg.docx", **(FILLED | {"email": None})), office)
    assert ["form_box_gone"] == [f.code for f in findings]
    assert "E-mail" in findings[0].message(load_texts("nl"))
    assert row is not None
    assert "email" not in row.values


def test_what_was_typed_beside_the_boxes_comes_to_the_remarks(form: Path, office: Register, tmp_path: Path) -> None:
    """Behind a label, and in a paragraph of its own."""
    document = Document(str(fill_word_form(form, tmp_path / "naast.docx", **FILLED)))
    (line,) = [p for p in document.paragraphs if "Bedrijf of instelling" in p.text]
    line.add_run("Vos en Zonen")
    document.add_paragraph("Bel mij na vijf uur.")
    document.save(str(tmp_path / "naast.docx"))
    row, findings = read(tmp_path / "naast.docx", office)
    assert row is not None
    assert "Bedrijf of instelling: Vos en Zonen\nBel mij na vijf uur." == row.values["remarks"]
    assert ["text_beside_boxes"] * 2 == [f.code for f in findings]


def test_a_document_that_is_no_form_is_told_what_to_do(office: Register, tmp_path: Path) -> None:
    Document().save(str(tmp_path / "brief.docx"))
    with pytest.raises(UnsupportedFileError) as caught:
        open_workbook(tmp_path / "brief.docx", office.definition)
    assert "klachtenformulier" in caught.value.fix(load_texts("nl"))
    (tmp_path / "stuk.docx").write_bytes(b"PK")
    with pytest.raises(FileError):
        open_workbook(tmp_path / "stuk.docx", office.definition)


def test_another_register_has_a_form_to_fill_in_too(tmp_path: Path) -> None:
    incidents = load_definition(Path(__file__).parents[1] / "definitions" / "incidents.toml")
    own = make_register({}, date(2026, 11, 20), definition=incidents)
    build_paper_form(tmp_path / "form.docx", WorkbookContent(own, Stamp("r", "w", 1)))
    assert (None, []) == read(tmp_path / "form.docx", own)
