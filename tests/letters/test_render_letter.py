"""Filling in a template that an office has edited, or got from somewhere: values go in, and nothing else comes out."""

from __future__ import annotations

import tarfile
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docxtpl import DocxTemplate
from jinja2 import Environment, StrictUndefined
from registers import make_register

from registerkit.letters import TemplateFault, letter_context, render_letter
from registerkit.letters.agenda import DueLetter
from registerkit.ooxml import without_times

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "letters").rglob("*.docx"))
ON = date(2026, 3, 2)

REFUSED = {
    "{{ ''.__class__.__mro__ }}": "'__class__'",
    "{{ ''['__class__'] }}": "'__class__'",
    "{{ ''|attr('__class__') }}": "'attr'",
    "{{ complaint.name.__class__.mro() }}": "'__class__'",
    "{{ complaint.__init__.__globals__ }}": "'__init__'",
    "{{ self.__init__ }}": "'__init__'",
    "{% macro m() %}{% endmacro %}{{ m.__globals__ }}": "'__globals__'",
    "{{ [complaint]|map(attribute='__class__')|first|upper }}": "'__class__'",
    "{{ '{0.__class__}'.format(complaint) }}": "format()",
    "{{ '{0.__class__}'.format_map(complaint) }}": "format_map()",
    "{{ ('{0}'|safe).format(complaint) }}": "format()",
    "{{ '%s'|format(complaint) }}": "'format'",
    "{{ '%1000000000d' % 1 }}": "%",
    "{{ range(10**9) }}": "'range'",
    "{% for n in range(10**9) %}x{% endfor %}": "'range'",
    "{{ 10**10**9 }}": "**",
    "{{ 'a' * 10**9 }}": "*",
    "{{ 'a'.center(10**9) }}": "center()",
    "{{ 'a'|center(10**9) }}": "'center'",
    "{{ lipsum() }}": "'lipsum'",
    "{{ cycler('a') }}": "'cycler'",
    "{{ joiner() }}": "'joiner'",
    "{{ namespace(a=1) }}": "'namespace'",
    "{{ dict(a=1) }}": "'dict'",
    "{{ measures.append(1) }}": "'append'",
    "{{ complaint.clear() }}": "'clear'",
    "{{ organisation.logo.tpl.save('elsewhere.docx') }}": "'tpl'",
    "{{ complaint.nmae }}": "'nmae'",
    "{{ complant.name }}": "'complant'",
}
"""What must not be filled in, and what the message has to name."""
FILLED = {
    "{{ complaint.name.upper() }}": "J. JANSEN",
    "{{ complaint.name | default('-') | replace('J.', 'Jan') }}": "Jan Jansen",
    "{% for a in ['x', 'y'] %}{{ loop.index }}{{ a }}{% if not loop.last %}, {% endif %}{% endfor %}": "1x, 2y",
    "{% macro m(word) %}<{{ word }}>{% endmacro %}{{ m(complaint.name) }}": "<J. Jansen>",
    "{{ 2 * 3 + 7 % 4 }}": "9",
    "{{ [complaint.name, None, 'x'] | select | join(', ') }}": "J. Jansen, x",
    "{% set a, b = 1, 2 %}{{ a + b }}": "3",
    "{% if complaint.subject is none %}leeg{% endif %}": "leeg",
}
"""What offices may well write, and what it becomes."""


def context() -> dict[str, Any]:
    complaint = {"number": "K-2026-0001", "received_on": ON, "name": "J. Jansen", "handler": "BJ"}
    staff = {"code": "BJ", "name": "Bo Jonker", "role": "behandelaar"}
    register = make_register({"complaints": [complaint], "staff": [staff]}, ON, terms={"profile": "awb"})
    return letter_context(register, DueLetter("K-2026-0001", 1, "acknowledgement", ""))


def template(folder: Path, text: str) -> Path:
    document = Document()
    document.add_paragraph(text)
    document.save(str(folder / "eigen.docx"))
    return folder / "eigen.docx"


def logo(folder: Path) -> Path:
    from PIL import Image

    Image.new("RGB", (4, 4)).save(folder / "logo.png")
    return folder / "logo.png"


@pytest.mark.parametrize(("text", "named"), REFUSED.items())
def test_what_reaches_beyond_the_values_is_a_fault_that_names_it(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(TemplateFault) as fault:
        render_letter(template(tmp_path, text), context(), logo(tmp_path))
    assert named in str(fault.value)
    assert " at 0x" not in str(fault.value)
    assert not Path("elsewhere.docx").exists()


@pytest.mark.parametrize(("text", "becomes"), FILLED.items())
def test_what_offices_write_is_filled_in(tmp_path: Path, text: str, becomes: str) -> None:
    data = render_letter(template(tmp_path, text), context())
    assert [becomes] == [paragraph.text for paragraph in Document(BytesIO(data)).paragraphs]


def test_a_footer_and_the_properties_of_the_file_are_no_way_round(tmp_path: Path) -> None:
    document = Document()
    document.sections[0].footer.paragraphs[0].text = "{{ ''.__class__ }}"
    document.save(str(tmp_path / "voet.docx"))
    other = Document()
    other.core_properties.title = "{{ ''.__class__ }}"
    other.save(str(tmp_path / "titel.docx"))
    for name in ("voet", "titel"):
        with pytest.raises(TemplateFault, match="__class__"):
            render_letter(tmp_path / f"{name}.docx", context())


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_a_shipped_template_becomes_the_same_as_with_plain_jinja(path: Path) -> None:
    plain, buffer = DocxTemplate(str(path)), BytesIO()
    plain.render(context(), jinja_env=Environment(undefined=StrictUndefined), autoescape=True)
    plain.save(buffer)
    assert without_times(buffer.getvalue()) == render_letter(path, context())


def test_a_template_of_an_earlier_version_is_still_filled_in(tmp_path: Path) -> None:
    """Offices have the templates that came with their register in their own folder."""
    with tarfile.open(ROOT / "tests" / "fixtures" / "earlier" / "bewerkt.tar.xz") as archive:
        names = [name for name in archive.getnames() if name.startswith("klachten/brieven/") and name.endswith(".docx")]
        for name in names:
            archive.extract(name, tmp_path, filter="data")
    assert any(name.endswith("verlenging.docx") for name in names)
    for name in names:
        render_letter(tmp_path / name, context())
