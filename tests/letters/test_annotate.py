"""What is wrong in a template stands in a copy of it as comments, each at its paragraph."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from registerkit.letters.annotate import annotated
from registerkit.letters.check import check_template
from registerkit.letters.faults import TemplateFault
from registerkit.texts import load_texts

TEXTS = load_texts("nl")
CONTEXT: dict[str, Any] = {"complaint": {"name": "J. Jansen"}, "measures": []}


def template(folder: Path, *texts: str) -> Path:
    document = Document()
    for text in texts:
        document.add_paragraph(text)
    document.sections[0].footer.paragraphs[0].text = "{{ complaint.voet }}"
    document.save(str(folder / "eigen.docx"))
    return folder / "eigen.docx"


def comments(data: bytes) -> dict[str, str]:
    """Give the text of each comment by the paragraph that it stands at."""
    document = Document(BytesIO(data))
    told = {comment.comment_id: comment.text for comment in document.comments}
    found = {}
    for paragraph in document.paragraphs:
        for mark in paragraph._p.xpath("./w:commentRangeStart/@w:id"):
            found[paragraph.text] = told[int(mark)]
    return found


def test_each_fault_stands_at_its_paragraph_and_others_at_the_first(tmp_path: Path) -> None:
    path = template(tmp_path, "Geachte lezer,", "", "«Naam» {{ complaint.nmae }}", "{% if complaint.name %}")
    faults = check_template(path, CONTEXT, {})
    found = comments(annotated(path, faults, TEXTS))
    assert list(found) == ["Geachte lezer,", "«Naam» {{ complaint.nmae }}", "{% if complaint.name %}"]
    assert "de voettekst, alinea 1" in found["Geachte lezer,"]
    assert found["«Naam» {{ complaint.nmae }}"].splitlines() == [
        "«Naam» wordt niet ingevuld",
        "het veld complaint.nmae bestaat niet (bedoelt u {{ complaint.name }}?)",
    ]
    assert "endif" in found["{% if complaint.name %}"]


def test_the_template_stays_as_it_is_and_the_copy_says_the_same(tmp_path: Path) -> None:
    path = template(tmp_path, "{{ complaint.nmae }}")
    before = path.read_bytes()
    faults = check_template(path, CONTEXT, {})
    made = annotated(path, faults, TEXTS)
    assert path.read_bytes() == before
    assert [p.text for p in Document(BytesIO(made)).paragraphs] == ["{{ complaint.nmae }}"]


@pytest.mark.parametrize("reason", ["damaged", "other"])
def test_what_word_cannot_open_has_no_copy(tmp_path: Path, reason: str) -> None:
    (tmp_path / "eigen.docx").write_bytes(b"PK\3\4 kapot")
    with pytest.raises(TemplateFault):
        annotated(tmp_path / "eigen.docx", [TemplateFault(reason)], TEXTS)
