"""Feedback without blame, and the publication without anybody to be recognised (R34)."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from analysis_samples import make_sample
from docx import Document

from registerkit.analysis import compare, memos, parse_period, person_memo, publication
from registerkit.analysis.publication import with_few_hidden
from registerkit.documents import Content, Grid, Line, document_of
from registerkit.register import Register

OCTOBER = parse_period("2026-10")


def row(**fields: Any) -> dict[str, Any]:
    return {"received_on": "2026-10-05", "category": "PL", "name": "A. Bos", "channel": "email", **fields}


@pytest.fixture(scope="module")
def register() -> Register:
    rows = (
        *(row(causing_department="logistiek", cause="levering", responsible="vervoerder") for _ in range(3)),
        row(causing_department="techniek", cause="artikel", supplier="Frameland BV", employee="Pim de Wit"),
        row(received_on="2026-09-05", causing_department="logistiek"),
        row(channel="telefoon", employee="pim  DE wit", category="SF"),
    )
    measures = {"M-2026-01": {"description": "Vast tijdvak", "department": "logistiek", "ready_by": "2026-12-01"}}
    measures["M-2026-02"] = {"description": "Nakijken", "department": "techniek", "ready_by": "2026-12-01"}
    return make_sample(*rows, measures=measures)


def said(memo: Content) -> str:
    return "\n".join(part.text for part in memo.parts if isinstance(part, Line))


def tables(memo: Content) -> list[list[tuple[str, ...]]]:
    return [[tuple(row) for row in part.rows] for part in memo.parts if isinstance(part, Grid)]


def test_r34_every_department_and_supplier_hears_of_its_own_complaints(register: Register) -> None:
    told = {memo.file: memo for memo in memos(register, compare(register, OCTOBER))}
    assert list(told) == [f"terugkoppeling {name} 2026-10" for name in ("Logistiek", "Techniek", "Frameland BV")]
    memo = told["terugkoppeling Logistiek 2026-10"]
    assert "In oktober 2026 kwamen er 3 klachten binnen die bij Logistiek zijn ontstaan." in said(memo)
    assert "Dat zijn er 3 van de 4 waarvan bekend is waar ze zijn ontstaan." in said(memo)
    assert "K-2026-0001, K-2026-0002 en K-2026-0003" in said(memo)
    assert [("levering", "3")] in tables(memo)
    assert [("vervoerder", "3")] in tables(memo)
    assert [("M-2026-01 Vast tijdvak", "loopt")] in tables(memo)
    heads = [part.text for part in memo.parts if isinstance(part, Line) and part.kind == "heading"]
    assert heads[0] == "Wat vragen we?", "At the end it could stand on the next page by itself."
    supplier = told["terugkoppeling Frameland BV 2026-10"]
    assert "K-2026" not in said(supplier)
    assert all("A. Bos" not in text for text in (said(memo), said(supplier), *map(str, tables(memo))))


def test_r34_who_is_concerned_hears_without_being_compared(register: Register) -> None:
    memo = person_memo(register, compare(register, OCTOBER), "Pim de Wit")
    assert memo is not None
    assert "In oktober 2026 was u betrokken bij 2 klachten." in said(memo)
    assert "is geen oordeel over u" in said(memo)
    assert "%" not in said(memo)
    assert "van de" not in said(memo).splitlines()[1]
    assert person_memo(register, compare(register, OCTOBER), "Niemand") is None


def test_a_publication_tells_oral_complaints_apart_and_no_small_numbers(register: Register) -> None:
    paper = publication(register, compare(register, OCTOBER))
    assert [("Schriftelijk", "4"), ("Mondeling", "1")] in tables(paper)
    assert [("Product: levering", "minder dan 5"), ("Service: factuur en betaling", "minder dan 5")] in tables(paper)
    assert "9:12a" not in said(paper)
    document = Document(BytesIO(document_of(paper, register)))
    assert document.paragraphs[1].text == "Klachten over oktober 2026"
    assert document_of(paper, register) == document_of(publication(register, compare(register, OCTOBER)), register)


def test_the_law_of_an_administrative_body_is_named() -> None:
    from dataclasses import replace

    plain = make_sample(row())
    register = replace(plain, settings=replace(plain.settings, terms={"profile": "awb"}))
    assert "artikel 9:12a van de Algemene wet bestuursrecht" in said(publication(register, compare(register, OCTOBER)))


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ({"a": 9, "b": 7}, {"a": 9, "b": 7}),
        ({"a": 9, "b": 7, "c": 2}, {"a": 9, "b": None, "c": None}),
        ({"a": 9, "b": 3, "c": 2}, {"a": 9, "b": None, "c": None}),
        ({"a": 10, "b": 1, "c": 1}, {"a": None, "b": None, "c": None}),
        ({"a": 10, "b": 8, "c": 4, "d": 4}, {"a": 10, "b": None, "c": None, "d": None}),
        ({"a": 9, "b": 5, "c": 1}, {"a": None, "b": None, "c": None}),
        ({"a": 2}, {"a": None}),
        ({"a": 9, "b": 0}, {"a": 9, "b": 0}),
    ],
)
def test_small_numbers_cannot_be_found_by_subtracting(counts: dict[str, int], hidden: dict[str, Any]) -> None:
    assert with_few_hidden(counts, 5) == hidden


def test_an_empty_period_has_no_memos_and_a_publication() -> None:
    register = make_sample()
    told = compare(register, OCTOBER)
    assert memos(register, told) == []
    assert "In oktober 2026 kwamen er geen klachten binnen." in said(publication(register, told))
