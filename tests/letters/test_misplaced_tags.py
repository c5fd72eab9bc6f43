"""Tags in a wrong place, or without their other half, are told each with its paragraph, all at once."""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from registers import make_register

from registerkit.letters import letter_context
from registerkit.letters.agenda import DueLetter
from registerkit.letters.check import check_template
from registerkit.letters.faults import TemplateFault
from registerkit.texts import load_texts

ON = date(2026, 3, 2)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
Rows = list[list[str]]


@pytest.fixture(scope="module")
def context() -> dict[str, Any]:
    register = make_register({"complaints": [{"number": "K-2026-0001", "received_on": ON, "name": "J. Jansen"}]}, ON)
    return letter_context(register, DueLetter("K-2026-0001", 1, "acknowledgement", ""))


def template(folder: Path, parts: Iterable[str | Rows]) -> Path:
    """Make a template of paragraphs and tables."""
    document = Document()
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        table = document.add_table(len(part), len(part[0]))
        for row, texts in zip(table.rows, part, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    document.save(str(folder / "eigen.docx"))
    return folder / "eigen.docx"


def look(path: Path, context: dict[str, Any]) -> list[tuple[str, str]]:
    return [(fault.reason, str(fault)) for fault in check_template(path, context, {})]


LOOP, END = "{%tr for m in measures %}", "{%tr endfor %}"
WRONG: dict[str, tuple[list[str | Rows], list[tuple[str, str]]]] = {
    "no end": (["{% if complaint.name %}", "x"], [("unclosed", "{% if complaint.name %}")]),
    "no end inside": (
        ["{% for m in measures %}{% if m.owner %}{% endfor %}", "{{ complaint.nmae }}"],
        [("unclosed", "{% if m.owner %}"), ("unknown", "complaint.nmae")],
    ),
    "no beginning": (["{% endif %}", "{% else %}"], [("stray", "{% endif %}"), ("stray", "{% else %}")]),
    "elif of a loop": (["{% for m in measures %}", "{% elif profile %}", "{% endfor %}"], [("stray", "{% elif profile %}")]),
    "two are not well written": (["{{ complaint. }}", "{% if %}x{% endif %}"], [("syntax", "."), ("syntax", ".")]),
    "a blank too many": (
        [[["{% tr for m in measures %}"], ["{{ m.owner }}"], [END]]],
        [("spaced", "{% tr for m in measures %}")],
    ),
    "a sign": (["{%p if complaint.name == '%' %}", "x", "{%p endif %}"], [("prefix_sign", "{%p if complaint.name == '%' %}")]),
    "no table": ([LOOP, "{{ m.owner }}", END], [("outside_table", LOOP), ("outside_table", END)]),
    "no cell": (["{% cellbg 'FF0000' %}"], [("outside_table", "{% cellbg 'FF0000' %}")]),
    "text beside": (
        ["Let op: {%p if complaint.name %}", "{{ complaint.name }}", "{%p endif %}"],
        [("beside_p", "{%p if complaint.name %}")],
    ),
    "begins and ends in one paragraph": (["{%p if profile %}x{%p endif %}"], [("beside_p", "{%p if profile %}")]),
    "text in another cell of the row": (
        [[[LOOP, "Wie"], ["{{ m.owner }}", "x"], [END, ""]]],
        [("beside_tr", LOOP)],
    ),
    "begins and ends in one row": ([[[LOOP, END]]], [("beside_tr", LOOP)]),
    "text in the cell": (
        [[["x {%tc for m in measures %}", "{{ m.owner }}", "{%tc endfor %}"]]],
        [("beside_tc", "{%tc for m in measures %}")],
    ),
    "another kind of end": (
        ["{%p if profile %}", "x", "y {% endif %}"],
        [("other_prefix", "{% endif %}")],
    ),
    "two tables": ([[[LOOP], ["x"]], "tussen", [["y"], [END]]], [("crossing", END)]),
    "two rows": (
        [[["{%tc for m in measures %}", "x"], ["y", "{%tc endfor %}"]]],
        [("crossing", "{%tc endfor %}")],
    ),
    "two cells": ([[["{% if profile %}a", "b{% endif %}"]]], [("crossing", "{% endif %}")]),
    "no such filter": (["{{ complaint.name | uper }}"], [("no_filter", "uper")]),
    "no such test": (["{% if complaint.name is nonne %}x{% endif %}"], [("no_filter", "nonne")]),
    "a filter that may not be used": (["{{ complaint | tojson }}"], [("not_allowed", "tojson")]),
    "after its loop": (
        ["{% for m in measures %}{% set wie = m.owner %}{{ m.owner }}{% endfor %}", "{{ m.owner }} {{ wie }}"],
        [("after_loop", "m"), ("after_loop", "wie")],
    ),
    "a text is no list": (["{% for c in complaint.number %}{{ c }}{% endfor %}"], [("no_list", "complaint.number")]),
    "a text is joined": (["{{ complaint.number | join(', ') }}"], [("no_list", "complaint.number")]),
    "a text with a layout": (["Aan {{r complaint.name }}"], [("rich", "{{r complaint.name }}")]),
    "over two paragraphs": (["{{ complaint.", "name }}"], [("leftover", "{{ complaint."), ("leftover", "}}")]),
    "all at once": (
        ["{{ complaint.nmae }} «Naam»", "{% endif %}", "{{ complaint.name | uper }}", "{%p if profile %} x", "{{ b. }}"],
        [("leftover", "«Naam»"), ("beside_p", "{%p if profile %}"), ("stray", "{% endif %}"), ("unclosed", "{%p if profile %}"),
         ("syntax", "."), ("unknown", "complaint.nmae"), ("no_filter", "uper")],
    ),
}  # fmt: skip
"""What is written, and what is told of it."""
FINE: dict[str, list[str | Rows]] = {
    "rows": [[[LOOP, ""], ["{{ m.owner }}", "{{ m.description }}"], [END, ""]]],
    "cells": [[["{%tc for m in measures %}", "{{ m.owner }}", "{%tc endfor %}"]]],
    "colours": [[["{% cellbg 'FF0000' %}{{ complaint.name }}"]]],
    "paragraphs": ["{%p if complaint.name %}", "x", "{%p elif profile == 'awb' %}", "y", "{%p else %}", "z", "{%p endif %}"],
    "over paragraphs": ["a {% if profile %}b", "c{% endif %} d"],
    "in a cell": [[["{% for m in measures %}{{ m.owner }}{% if not loop.last %}, {% endif %}{% endfor %}"]]],
    "raw": ["{% raw %}{{ zo }} {% endif %}{% endraw %}"],
    "remarks": ["{#p een opmerking voor wie dit leest #}", "{# nog een #} tekst"],
    "quotes": ["{{ complaint.name | default(“-”) }} {% if profile == ‘awb’ %}x{% endif %}"],
    "set": ["{% set wie %}{{ complaint.name }}{% endset %}{% set n = 1 %}{{ wie }}{{ n }}"],
    "the same name in and out": ["{% set m = 1 %}{% for m in measures %}{{ m.owner }}{% endfor %}{{ m }}"],
    "lists": ["{{ complainant.lines | join(', ') }}{% for x in letter.enclosures | sort %}{{ x }}{% endfor %}"],
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told(tmp_path: Path, context: dict[str, Any], name: str) -> None:
    parts, told = WRONG[name]
    found = look(template(tmp_path, parts), context)
    assert [(reason, "." if reason == "syntax" else detail) for reason, detail in found] == told


@pytest.mark.parametrize("name", FINE)
def test_what_works_is_left_alone(tmp_path: Path, context: dict[str, Any], name: str) -> None:
    assert look(template(tmp_path, FINE[name]), context) == []


def test_what_was_deleted_with_tracked_changes_is_told(tmp_path: Path, context: dict[str, Any]) -> None:
    """It is filled in all the same, and stays in the letter for who looks at its changes."""
    gone = "<w:del w:id='1' w:author='x'><w:r><w:delText>{{ complaint.name }}</w:delText></w:r></w:del>"
    document = Document()
    document.element.body.insert(0, parse_xml(f"<w:p {W}><w:r><w:t>Aan</w:t></w:r>{gone}</w:p>"))
    document.save(str(tmp_path / "eigen.docx"))
    (fault,) = check_template(tmp_path / "eigen.docx", context, {})
    assert (fault.reason, fault.place and fault.place.text) == ("deleted", "Aan")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_each_is_told_with_what_to_do(tmp_path: Path, context: dict[str, Any], language: str) -> None:
    texts = load_texts(language)
    for parts, _ in WRONG.values():
        for fault in check_template(template(tmp_path, parts), context, {}):
            told = fault.told(texts)
            assert fault.place is None or repr(fault.place.text[:20])[1:-1] in told
            assert [word for word in ("?", "None", "Error") if word in told.replace("?)", "")] == []


def test_it_is_told_in_plain_dutch(tmp_path: Path, context: dict[str, Any]) -> None:
    (fault,) = check_template(template(tmp_path, WRONG["text beside"][0]), context, {})
    assert TemplateFault.all_told([fault], load_texts("nl")) == (
        "de tekst, alinea 1 ('Let op: {%p if complaint.name %}'): {%p if complaint.name %} neemt de plaats in van de "
        "hele alinea, dus Let op: valt weg; zet dat in een eigen alinea"
    )


@pytest.mark.parametrize(
    "text", ["{{" + "'" * 5000, '{{ "' + "\\" * 5000, "{%p " + "x" * 50_000, "{%tr for x in y %}" * 900]
)
def test_what_is_hard_to_take_apart_takes_no_time(tmp_path: Path, context: dict[str, Any], text: str) -> None:
    start = time.perf_counter()
    assert look(template(tmp_path, [text]), context)
    assert time.perf_counter() - start < 10
