"""A template that is read once gives the letters that docxtpl gives, and knows nothing of the letter before."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from lxml import etree
from PIL import Image
from registers import make_register

from registerkit.letters import PreparedTemplate, TemplateFault, letter_context, render_letter
from registerkit.letters.agenda import DueLetter

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "letters").rglob("*.docx"))
ON = date(2026, 3, 2)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TEXTS = (
    "Mevrouw A. Jansen & Zn <bv> \"'",
    "Eerste regel\nTweede regel\n\nNa een lege regel",
    "met\teen tab",
    "{{ complaint.name }} {% if x %} {_{ }_} {# #}",
    "مرحبا 🚲 ¼ ﬁ",
    "x" * 5000,
    " ",
    "",
)
CODES = (
    *("gegrond", "deels", "ongegrond", "te_kwader_trouw", "twijfelachtig", "geen_oordeel", "afwijzing", "coulance"),
    *("terugbetaling", "reparatie", "vervanging", "excuses", "email", "telefoon", "oud", "bezwaar", "anders", "ja"),
)


@cache
def base(profile: str) -> dict[str, Any]:
    complaint = {"number": "K-2026-0001", "received_on": ON, "name": "J. Jansen", "handler": "BJ", "employee": "BJ"}
    staff = {"code": "BJ", "name": "Bo Jonker", "role": "behandelaar"}
    register = make_register({"complaints": [complaint], "staff": [staff]}, ON, terms={"profile": profile})
    return letter_context(register, DueLetter("K-2026-0001", 1, "acknowledgement", ""))


def varied(n: int) -> dict[str, Any]:
    """Give the context of an invented complaint: every value kept, empty, plain, or as awkward as people type it."""
    chance = random.Random(n)
    profile = ("eigen", "awb", "wkkgz", "webwinkel")[n % 4]

    def vary(name: str, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: vary(f"{name}.{key}", held) for key, held in value.items()}
        if isinstance(value, bool):
            return chance.random() < 0.5
        if name == ".organisation.logo":
            return None
        if name.startswith(".code."):
            return chance.choice((None, *CODES))
        if isinstance(value, list):
            return [chance.choice(TEXTS) for _ in range(chance.randrange(5))]
        return chance.choice((value, None, "12 mei 2026", chance.choice(TEXTS)))

    body = dict.fromkeys(("name", "address", "website", "phone", "email", "term", "fee"), "iets") | {"takes_part": True}
    measure = dict.fromkeys(("description", "owner", "ready_by", "temporary", "done_on", "normal_from"))
    context = {name: vary(f".{name}", value) for name, value in base(profile).items()}
    context["measures"] = [vary("", measure | {"is_normal": False}) for _ in range(chance.randrange(3))]
    bodies = {name: chance.choice((None, vary("", body))) for name in ("ombudsman", "officer", "committee")}
    return context | {"profile": profile, "external": bodies}


def canonical(data: bytes) -> dict[str, bytes]:
    """Give every part of a file: its XML as canonical XML."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: _canonical(name, archive.read(name)) for name in archive.namelist()}


def _canonical(name: str, data: bytes) -> bytes:
    return etree.tostring(etree.fromstring(data), method="c14n") if name.endswith((".xml", ".rels")) else data


def assert_same(prepared: PreparedTemplate, path: Path, context: dict[str, Any], logo: Path | None = None) -> None:
    made, meant = canonical(prepared.render(context)), canonical(render_letter(path, context, logo))
    assert sorted(made) == sorted(meant)
    assert [name for name in meant if made[name] != meant[name]] == []


@pytest.fixture(scope="module")
def logo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("logo") / "logo.png"
    Image.new("RGB", (40, 20), "navy").save(path)
    return path


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_a_shipped_template_gives_what_docxtpl_gives(path: Path, logo: Path) -> None:
    plain, pictured = PreparedTemplate(path), PreparedTemplate(path, logo)
    n = 7 * TEMPLATES.index(path)
    assert_same(plain, path, varied(n))
    assert_same(pictured, path, varied(n + 1), logo)
    assert plain.is_fast
    assert pictured.is_fast


@pytest.mark.slow  # The whole of it takes ten minutes.
@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_two_hundred_complaints_of_all_kinds_give_what_docxtpl_gives(path: Path) -> None:
    prepared = PreparedTemplate(path)
    for n in range(200 if path.parent.name == "nl" else 50):
        assert_same(prepared, path, varied(n))
    assert prepared.is_fast


# ----------------------------------------------------------------------------------------- templates of an office's own
TABLE = (
    "<w:tbl {W}><w:tblPr/><w:tblGrid><w:gridCol w:w='2000'/><w:gridCol w:w='3000'/></w:tblGrid>"
    "<w:tr><w:tc><w:tcPr/><w:p><w:r><w:t>{one}</w:t></w:r></w:p></w:tc>"
    "<w:tc><w:tcPr/><w:p><w:r><w:t>{two}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
)
LINES = "{%tc for line in complainant.lines %}"


def table(one: str, two: str) -> Callable[[Any], None]:
    return lambda document: document.element.body.insert(0, parse_xml(TABLE.format(W=W, one=one, two=two)))


def paragraphs(*texts: str) -> Callable[[Any], None]:
    def write(document: Any) -> None:
        for text in texts:
            document.add_paragraph(text)

    return write


def merged(document: Any) -> None:
    rows = document.add_table(3, 2).rows
    rows[0].cells[0].text, rows[2].cells[0].text = "{%tr for line in complainant.lines %}", "{%tr endfor %}"
    rows[1].cells[0].text, rows[1].cells[1].text = "{% vm %}{{ complaint.name }}", "{{ line }}"


def header(document: Any) -> None:
    document.sections[0].header.paragraphs[0].text = "Zaak {{ letter.number }}"
    document.sections[0].footer.paragraphs[0].text = "Vaste voet"


def pictures(document: Any) -> None:
    document.add_paragraph("{%p for line in complainant.lines %}")
    shown = io.BytesIO()
    Image.new("RGB", (4, 4)).save(shown, "PNG")
    document.add_picture(shown)
    document.add_paragraph("{{ line }}")
    document.add_paragraph("{%p endfor %}")


def split(document: Any) -> None:
    paragraph = document.add_paragraph("Geachte {")
    paragraph.add_run("{ comp").bold = True
    paragraph.add_run("laint.name }")
    paragraph.add_run("}")


def crossed(document: Any) -> None:
    """A condition that begins in one paragraph and ends within another gives XML that has to be mended."""
    document.add_paragraph("Voor {% if complaint.name %}de naam")
    document.add_paragraph("na de naam{% endif %} en verder")


OWN: dict[str, Callable[[Any], None]] = {
    "paragraphs": paragraphs("{{ complaint.name }}", "{%p if complaint.subject %}", "x {{r handler.name }} y", "{%p endif %}"),
    "breaks": paragraphs("{{ complaint.description }}", "vast\tna een tab", "{{ '{_{' }} {_% x %_}", "{{ complaint.name }}{%- if true %} - {% endif -%}"),
    "columns": table(LINES, "{{ line }}{%tc endfor %}"),
    "colours": table("{% cellbg 'FFEECC' %}{{ complaint.name }}", "{% colspan 2 %}{{ complaint.subject }}"),
    "merged": merged,
    "header": header,
    "pictures": pictures,
    "split": split,
    "crossed": crossed,
}  # fmt: skip
"""Templates as offices make them, with all that docxtpl's tags can do without a program of one's own."""


def saved(folder: Path, write: Callable[[Any], None]) -> Path:
    document = Document()
    write(document)
    document.save(str(folder / "eigen.docx"))
    return folder / "eigen.docx"


@pytest.mark.parametrize("name", OWN)
def test_an_offices_own_template_gives_what_docxtpl_gives(tmp_path: Path, name: str) -> None:
    path = saved(tmp_path, OWN[name])
    prepared = PreparedTemplate(path)
    for n in range(4):
        assert_same(prepared, path, varied(n))
    assert prepared.is_fast


def two_logos(document: Any) -> None:
    paragraphs("{{ organisation.logo }}", "{{ organisation.logo }}")(document)


def logo_above(document: Any) -> None:
    document.sections[0].header.paragraphs[0].text = "{{ organisation.logo }}"


def titled(document: Any) -> None:
    document.core_properties.title = "Brief {{ letter.number }}"


SLOW = {"two logos": two_logos, "a logo in the header": logo_above, "a title with a tag": titled}
"""What the fast way does not know."""


@pytest.mark.parametrize("name", SLOW)
def test_what_the_fast_way_does_not_know_goes_through_docxtpl(tmp_path: Path, logo: Path, name: str) -> None:
    path = saved(tmp_path, SLOW[name])
    prepared = PreparedTemplate(path, logo)
    for n in range(2):
        assert_same(prepared, path, varied(n), logo)
    assert not prepared.is_fast


def test_a_logo_is_in_the_letters_that_show_it_only(tmp_path: Path, logo: Path) -> None:
    path = saved(tmp_path, paragraphs("{% if complaint.name %}{{ organisation.logo }}{% endif %}"))
    prepared = PreparedTemplate(path, logo)
    for name in ("J. Jansen", None, "J. Jansen"):
        context = varied(1)
        context["complaint"]["name"] = name
        assert_same(prepared, path, context, logo)
    assert prepared.is_fast


# ------------------------------------------------------------------------------------------ one letter after the other
def test_the_same_context_gives_the_same_bytes_whatever_came_before() -> None:
    path = ROOT / "letters" / "nl" / "ontvangstbevestiging.docx"
    prepared = PreparedTemplate(path)
    first = prepared.render(varied(1))
    assert prepared.render(varied(2)) != first
    with pytest.raises(TemplateFault):
        prepared.render({"complaint": varied(3)["complaint"]})
    assert prepared.render(varied(1)) == first == PreparedTemplate(path).render(varied(1))


def test_names_that_a_template_sets_are_not_there_in_the_next_letter(tmp_path: Path) -> None:
    path = saved(tmp_path, paragraphs("{% if complaint.name %}{% set wie = complaint.name %}{% endif %}", "{{ wie }}"))
    prepared, named, nameless = PreparedTemplate(path), varied(1), varied(1)
    named["complaint"]["name"], nameless["complaint"]["name"] = "Eva de Wit", None
    assert b"Eva de Wit" in canonical(prepared.render(named))["word/document.xml"]
    with pytest.raises(TemplateFault):
        prepared.render(nameless)


def test_the_bounds_are_those_of_one_letter(tmp_path: Path) -> None:
    """Many letters may have as many steps together as they like; one that asks for more is cut off."""
    path = saved(tmp_path, paragraphs("{% for c in complaint.subject %}{% endfor %}"))
    prepared, context = PreparedTemplate(path), varied(1)
    for length in (30_000, 30_000, 30_000):
        context["complaint"]["subject"] = "x" * length
        prepared.render(context)
    context["complaint"]["subject"] = "x" * 60_000
    with pytest.raises(TemplateFault) as caught:
        prepared.render(context)
    assert (caught.value.reason, prepared.is_fast) == ("bounds", True)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{{ ''.__class__ }}", "not_allowed"),
        ("{{ complaint.name.center(9) }}", "not_allowed"),
        ("{{ complaint.nmae }}", "unknown"),
        ("{% if %}", "syntax"),
    ],
)
def test_faults_are_those_of_the_slow_way(tmp_path: Path, logo: Path, text: str, reason: str) -> None:
    path, told, context = saved(tmp_path, paragraphs(text)), [], varied(4)
    context["complaint"]["name"] = "J. Jansen"
    for way in (PreparedTemplate(path, logo).render, lambda context: render_letter(path, context, logo)):
        with pytest.raises(TemplateFault) as caught:
            way(context)
        told.append((caught.value.reason, str(caught.value), caught.value.values))
    assert told[0] == told[1]
    assert told[0][0] == reason


@pytest.mark.parametrize("name", ["_document", "_logo", "fits", "__class__"])
def test_a_template_cannot_ask_anything_of_the_logo(tmp_path: Path, logo: Path, name: str) -> None:
    path = saved(tmp_path, paragraphs(f"{{{{ organisation.logo.{name} }}}}"))
    with pytest.raises(TemplateFault, match=name):
        PreparedTemplate(path, logo).render(varied(4))
