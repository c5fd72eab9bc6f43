"""R25 R32: the office's own papers say what is laid down, by profile; what is not filled in is a gap that says where."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openxml_audit import OpenXmlValidator
from registers import make_register

from registerkit.definition import definition_of
from registerkit.documents import OFFICE_PAPERS, Content, complaint_paper, document_of, office_paper
from registerkit.documents.content import Grid, Line
from registerkit.office import DETAILS, needed_details
from registerkit.register import Register
from registerkit.setting_kinds import PROFILES
from registerkit.settings import Routing, Settings, project_paths
from registerkit.texts import LANGUAGES, load_texts

ON = date(2026, 11, 20)
STAFF = [
    {"code": "NK", "name": "Nora Kuiper", "role": "coordinator", "department": "directie", "phone": "010 200 30 40"},
    {"code": "TV", "name": "Teun Visser", "role": "leidinggevende", "department": "administratie"},
]
ORGANISATION = {
    "name": "Molen & Zoon", "address": "Dijk 3", "postcode": "1111 AA", "city": "Edam", "phone": "0299 10 20 30",
    "email": "klacht@molen.example", "website": "www.molen.example", "department": "Directie",
}  # fmt: skip
STEPS = dict.fromkeys(("coordinator", "registration", "investigation", "answer", "corrective", "preventive"), "NK")
EXTERNAL = {
    "ombudsman": {"name": "Ombudsman Waterland", "website": "www.ow.example"},
    "officer": {"name": "Ilse Bos", "phone": "0299 11"},
    "committee": {"name": "Geschillen Edam", "fee": "€ 40"},
}


def register(profile: str = "eigen", language: str = "nl", **given: Any) -> Register:
    terms = {"profile": profile, **given.pop("terms", {})}
    settings = Settings(paths=project_paths(Path("project"), language), language=language, terms=terms)
    filled = {
        "organisation": ORGANISATION, "responsible": STEPS, "external": EXTERNAL, "limits": {"approval": 7500},
        "routing": (Routing({"category": ("SF",)}, "administratie", amount_from=50000), Routing({}, "directie", "NK")),
        "word": settings.default_word,
    }  # fmt: skip
    records = {"staff": STAFF, **given.pop("records", {})}
    return make_register(
        records, ON, definition=definition_of(settings), language=language, terms=terms, **filled | given
    )


def words(content: Content) -> str:
    def lines() -> Iterable[str]:
        for part in content.parts:
            if isinstance(part, Line):
                yield part.text
            elif isinstance(part, Grid):
                yield from ("\t".join(row) for row in part.rows)

    return "\n".join(lines())


@pytest.mark.parametrize("paper", OFFICE_PAPERS)
@pytest.mark.parametrize("profile", PROFILES)
def test_r32_a_paper_of_an_office_that_filled_in_everything_has_no_gaps(profile: str, paper: str) -> None:
    """In each profile, with every line a sentence."""
    content = office_paper(register(profile), paper)
    assert content.gaps == []
    lines = [part.text for part in content.parts if isinstance(part, Line) and part.kind == "text"]
    assert [line for line in lines if line[-1] not in ".:?" or "{" in line or "  " in line] == []


LAW = {
    "eigen": ["4 weken", "binnen 6 weken vragen", "Geschillen Edam", "naar de rechter"],
    "awb": ["6 weken", "10 weken", "artikel 9:8", "Ombudsman Waterland", "Nora Kuiper", "wordt gehoord"],
    "wkkgz": ["6 weken", "Ilse Bos", "Geschillen Edam", "bindende uitspraak", "medisch dossier"],
    "webwinkel": ["14 dagen", "meteen", "Geschillen Edam"],
}


@pytest.mark.parametrize("profile", LAW)
def test_r32_the_rules_say_what_holds_under_the_profile(profile: str) -> None:
    said = words(office_paper(register(profile), "rules"))
    assert [word for word in LAW[profile] if word not in said] == []
    others = {"awb": "Geschillen", "wkkgz": "mbudsman", "eigen": "artikel 9", "webwinkel": "Awb"}
    assert others[profile] not in said


def test_r32_terms_are_those_that_are_counted() -> None:
    """A term that the office changed, and one of a severity, stand in the table."""
    own = register(terms={"answer": "3 weken", "severity": {"zeer_ernstig": {"answer": "2 dagen"}}})
    said = words(office_paper(own, "rules"))
    assert "Antwoord op de klacht\t3 weken" in said
    assert "Antwoord bij Ernst: zeer ernstig\t2 dagen" in said


def test_r32_r21_the_instruction_says_where_and_by_whom() -> None:
    said = words(office_paper(register(), "instruction"))
    for expected in (
        "op één plaats aangenomen", "Elke afdeling behandelt haar eigen klachten: Administratie en Directie",
        "Directie\tNora Kuiper (coördinator, 010 200 30 40)", "financieel belang vanaf", "behandelaar Nora Kuiper",
        "hoogstens € 75,00", "‘Omschrijving’", "Teun Visser",
    ):  # fmt: skip
        assert expected in said.replace("\xa0", " ")


@pytest.mark.parametrize("profile", PROFILES)
def test_r32_what_nobody_filled_in_is_a_gap_that_says_where(profile: str) -> None:
    """Never a name that nobody gave; what the law wants is among the gaps."""
    bare = register(profile, organisation={}, responsible={}, external={}, limits={}, records={"staff": []})
    gaps = [gap for paper in OFFICE_PAPERS for gap in office_paper(bare, paper).gaps]
    texts = load_texts("nl")
    lacking = {gap.name for gap in gaps if gap.place == "office"}
    wanted = {code for code in needed_details(profile) if DETAILS[code].key not in ("postcode", "city")}
    assert {texts(f"office.name.{code}") for code in wanted} <= lacking
    assert {"office", "staff", "settings"} == {gap.place for gap in gaps}
    shown = Document(BytesIO(document_of(office_paper(bare, "rules"), bare))).paragraphs
    assert any("op het blad Gegevens" in p.text and "Registratie" in p.text for p in shown)


CASE = {
    "number": "K-2026-0007", "name": "P. Geheim", "employee": "Q. Verborgen", "received_on": date(2026, 11, 2),
    "acknowledged_on": date(2026, 11, 4), "category": "SF", "description": "Dubbel betaald.", "cause": "administratie",
    "cost": 1250, "measure": "M-1", "email": "p@x.example",
}  # fmt: skip


def test_r25_the_analysis_tells_the_story_and_names_nobody() -> None:
    records = {
        "complaints": [CASE, CASE | {"number": "K-2026-0003", "received_on": date(2026, 3, 2)}],
        "contacts": [{"row_key": "C1", "complaint": "K-2026-0007", "on": date(2026, 11, 3), "summary": "Gebeld."}],
        "investigations": [{"complaint": "K-2026-0007", "facts": "Twee facturen."}],
        "measures": [{"number": "M-1", "description": "Facturen nalopen."}],
    }
    content = complaint_paper(register(records=records), "K-2026-0007")
    said = words(content)
    story = next(part for part in content.parts if isinstance(part, Grid) and part.header[0] == "Datum")
    assert ["02-11-2026", "03-11-2026", "04-11-2026"] == [row[0] for row in story.rows]
    for expected in ("Twee facturen.", "Gebeld.", "€ 12,50", "Facturen nalopen.", "K-2026-0003: 02-03-2026"):
        assert expected in said
    assert "Geheim" not in said
    assert "Verborgen" not in said
    assert {"Omstandigheden", "Mogelijke oorzaken", "Conclusie", "Oordeel", "Motivering", "Oplossing"} == {
        gap.name for gap in content.gaps
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_files_are_sound_and_the_same_every_time(language: str, tmp_path: Path) -> None:
    own = register(language=language, responsible={}, records={"complaints": [CASE]})
    papers = [*(office_paper(own, paper) for paper in OFFICE_PAPERS), complaint_paper(own, "K-2026-0007")]
    for n, content in enumerate(papers):
        data = document_of(content, own)
        (tmp_path / f"{n}.docx").write_bytes(data)
        assert list(OpenXmlValidator().validate(tmp_path / f"{n}.docx").errors) == []
        assert data == document_of(content, own)
        for table in Document(BytesIO(data)).tables:
            assert table.rows[0]._tr.trPr.xpath("w:tblHeader")
