"""A template is looked at before a letter is made of it: what nothing fills in is told with its paragraph."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from registers import make_register

from registerkit.definition import load_definition
from registerkit.letters import letter_context
from registerkit.letters.agenda import DueLetter
from registerkit.letters.check import check_template, known_words
from registerkit.letters.faults import TemplateFault
from registerkit.letters.render import render_letter
from registerkit.texts import load_texts

ROOT = Path(__file__).resolve().parents[2]
ON = date(2026, 3, 2)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LEFT = {
    "Geachte «Naam»,": ("«Naam»", "complaint.name"),
    "Geachte { complaint.name },": ("{ complaint.name }", "complaint.name"),
    "Uw klacht [klachtnummer]": ("[klachtnummer]", "complaint.number"),
    "Uw klacht [[Ontvangen op]]": ("[[Ontvangen op]]", "complaint.received_on"),
    "Geachte <<naam>>": ("<<naam>>", "complaint.name"),
    "Geachte <naam>": ("<naam>", "complaint.name"),
    "Geachte ${naam}": ("${naam}", "complaint.name"),
    "Geachte $naam,": ("$naam", "complaint.name"),
    "Geachte %naam%": ("%naam%", "complaint.name"),
    "Geachte #naam#": ("#naam#", "complaint.name"),
    "Geachte *|NAAM|*": ("*|NAAM|*", "complaint.name"),
    "Geachte <<naam, voorletters>>": ("<<naam, voorletters>>", None),
    "Geachte ｛naam｝": ("｛naam｝", "complaint.name"),
    "Geachte ^naam^": ("^naam^", "complaint.name"),
    "Geachte __NAAM__": ("__NAAM__", "complaint.name"),
    "Geachte <%= naam %>": ("<%= naam %>", "complaint.name"),
    "Geachte {{ complaint.name }": ("{{ complaint.name }", "complaint.name"),
    "Geachte { complaint.name }}": ("{ complaint.name }}", "complaint.name"),
    "Tot hier }": ("}", None),
}
"""What is written, what is told of it, and what may be meant."""
FINE = [
    "Bel 030 123 45 67 of mail <info@voorbeeld.nl>; zie <https://voorbeeld.nl>.",
    "U krijgt 10% korting, en 20% bij twee. Prijs: US$ 5, € 7 (#1), 3 < 5 en 7 > 5.",
    "Zie artikel 9:7 [1], bijlage (2) en voetnoot [12]. Handtekening: ________________",
    "{# een opmerking #}{{ complaint.name | default('-') }}{% if complaint.subject is none %}x{% endif %}",
    "{% if complaint.eigen is defined %}{{ complaint.eigen }}{% endif %}{{ complaint.get('name') }}",
    "{% for m in measures %}{{ m.description }}{% endfor %}{% set n = 1 %}{{ n }}{{ external.ombudsman.name }}",
]
UNKNOWN = {
    "{{ complaint.nmae }}": ("complaint.nmae", "{{ complaint.name }}"),
    "{{ complant.name }}": ("complant", "complaint.…"),
    "{% if false %}{{ complaint['nmae'] }}{% endif %}": ("complaint.nmae", "{{ complaint.name }}"),
    "{{ complaint.nmae | default('-') }}": ("complaint.nmae", "{{ complaint.name }}"),
    "{{ organisation.naam }}": ("organisation.naam", "{{ organisation.name }}"),
    "{{ naam }}": ("naam", "{{ complaint.name }}"),
    "{{ Klachtnummer }}": ("Klachtnummer", "{{ complaint.number }}"),
    "{{ letter.dat }}": ("letter.dat", "{{ letter.date }}"),
}


@pytest.fixture(scope="module")
def context() -> dict[str, Any]:
    complaint = {"number": "K-2026-0001", "received_on": ON, "name": "J. Jansen", "handler": "BJ"}
    staff = {"code": "BJ", "name": "Bo Jonker", "role": "behandelaar"}
    register = make_register({"complaints": [complaint], "staff": [staff]}, ON, terms={"profile": "awb"})
    return letter_context(register, DueLetter("K-2026-0001", 1, "acknowledgement", ""))


@pytest.fixture(scope="module")
def look(context: dict[str, Any]) -> Callable[[Path], list[TemplateFault]]:
    words = known_words(load_definition(), context)
    return lambda path: check_template(path, context, words)


def saved(folder: Path, document: Any) -> Path:
    document.save(str(folder / "eigen.docx"))
    return folder / "eigen.docx"


def template(folder: Path, *texts: str) -> Path:
    document = Document()
    for text in texts:
        document.add_paragraph(text)
    return saved(folder, document)


Look = Callable[[Path], list[TemplateFault]]


@pytest.mark.parametrize(("text", "told"), LEFT.items())
def test_what_other_programs_fill_in_is_told(
    tmp_path: Path, look: Look, text: str, told: tuple[str, str | None]
) -> None:
    (fault,) = look(template(tmp_path, "Eerst", text))
    word, near = told
    assert (fault.reason, str(fault)) == ("leftover", word)
    assert fault.values["nearest"] == (near and f"{{{{ {near} }}}}")
    assert fault.place is not None
    assert (fault.place.part, fault.place.n, fault.place.text) == ("text", 2, text)


@pytest.mark.parametrize("text", FINE)
def test_what_a_letter_may_say_is_left_alone(tmp_path: Path, look: Look, text: str) -> None:
    assert look(template(tmp_path, text)) == []


@pytest.mark.parametrize(("text", "told"), UNKNOWN.items())
def test_a_field_that_is_not_there_is_told_with_the_nearest(
    tmp_path: Path, look: Look, text: str, told: tuple[str, str]
) -> None:
    (fault,) = look(template(tmp_path, "Eerst", text))
    assert (fault.reason, str(fault), fault.values["nearest"]) == ("unknown", *told)
    if "['" not in text:
        assert fault.place is not None
        assert fault.place.n == 2


def test_it_is_told_in_plain_dutch(tmp_path: Path, look: Look) -> None:
    faults = look(template(tmp_path, "Eerst", "Geachte «Naam»,", "{{ complaint.nmae }}", "Met groet }"))[:2]
    assert TemplateFault.all_told(faults, load_texts("nl")) == (
        "de tekst, alinea 2 ('Geachte «Naam»,'): «Naam» wordt niet ingevuld (bedoelt u {{ complaint.name }}?); "
        "de tekst, alinea 4 ('Met groet }'): } wordt niet ingevuld"
    )


def field(instruction: str, shown: str = "«Naam»") -> str:
    cut = len(instruction) // 2
    parts = "".join(
        f'<w:r><w:instrText xml:space="preserve">{p}</w:instrText></w:r>'
        for p in (instruction[:cut], instruction[cut:])
    )
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return f"<w:p {W}>{mark.format('begin')}{parts}{mark.format('separate')}<w:r><w:t>{shown}</w:t></w:r>{mark.format('end')}</w:p>"


SPLIT = f"<w:p {W}><w:r><w:t>«Na</w:t></w:r><w:proofErr w:type='spellStart'/><w:r><w:rPr><w:b/></w:rPr><w:t>am»</w:t></w:r></w:p>"
BOX = (
    f"<w:p {W}><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>[naam]</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>"
)
ASKS = f"<w:p {W}><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>Klik hier</w:t></w:r></w:sdtContent></w:sdt></w:p>"
IN_WORD = {
    "split": (SPLIT, [("leftover", "«Naam»")]),
    "box": (BOX, [("leftover", "[naam]")]),
    "asks": (ASKS, [("asks", "Klik hier")]),
    "merge": (field(" MERGEFIELD  Naam \\* MERGEFORMAT "), [("field", "MERGEFIELD Naam"), ("leftover", "«Naam»")]),
    "merge shown": (field(" MERGEFIELD Naam ", "Joke"), [("field", "MERGEFIELD Naam")]),
    "simple": (f'<w:p {W}><w:fldSimple w:instr=" MERGEFIELD Naam "><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>', [("field", "MERGEFIELD Naam")]),
    "greeting": (field(" GREETINGLINE ", "x"), [("field", "GREETINGLINE")]),
    "fetch": (field(' INCLUDETEXT "C:/x" ', "x"), [("field", 'INCLUDETEXT "C:/x"')]),
    "dde": (field(" DDEAUTO c x ", "x"), [("field", "DDEAUTO c x")]),
    "page": (field(" PAGE ", "1"), []),
    "link": (field(' HYPERLINK "https://voorbeeld.nl/next" ', "link"), []),
}  # fmt: skip


@pytest.mark.parametrize("name", IN_WORD)
def test_what_word_keeps_in_parts_is_told_whole(tmp_path: Path, look: Look, name: str) -> None:
    xml, told = IN_WORD[name]
    document = Document()
    document.element.body.insert(0, parse_xml(xml))
    assert [(fault.reason, str(fault)) for fault in look(saved(tmp_path, document))] == told


def test_headers_footers_and_tables_are_looked_at(tmp_path: Path, look: Look) -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "«Kop»"
    document.sections[0].footer.paragraphs[0].text = "{voet}"
    document.add_table(1, 1).cell(0, 0).text = "[cel]"
    found = look(saved(tmp_path, document))
    assert {(fault.place.part, str(fault)) for fault in found if fault.place} == {
        ("header", "«Kop»"), ("footer", "{voet}"), ("table", "[cel]")
    }  # fmt: skip


@pytest.mark.parametrize("path", sorted((ROOT / "letters").rglob("*.docx")), ids=lambda path: path.stem)
def test_nothing_is_the_matter_with_a_shipped_template(path: Path, look: Look) -> None:
    assert look(path) == []


def replaced(folder: Path, **parts: bytes | None) -> Path:
    path = template(folder, "x")
    with zipfile.ZipFile(path) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in held.items():
            if (given := parts.get(Path(name).stem, data)) is not None:
                archive.writestr(name, given)
    return path


def added(folder: Path, name: str, before: bytes, extra: bytes) -> Path:
    path = template(folder, "x")
    with zipfile.ZipFile(path) as archive:
        data = archive.read(name)
    return replaced(folder, **{Path(name).stem: data.replace(before, extra + before, 1)})


RELATION = '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"{}/>'
OUTSIDE = ' TargetMode="External"'
CARRIED = {
    "template": (RELATION.format("attachedTemplate", "https://kwaad.example/x.dotm", OUTSIDE), ["carried"]),
    "picture": (RELATION.format("image", "http://kwaad.example/x.png", OUTSIDE), ["carried"]),
    "chunk": (RELATION.format("aFChunk", "x.html", OUTSIDE), ["carried"]),
    "shared picture": (RELATION.format("image", r"file:///\\kwaad.example\x.png", OUTSIDE), ["carried"]),
    "other share": (RELATION.format("image", "file://kwaad.example/x.png", OUTSIDE), ["carried"]),
    "local picture": (RELATION.format("image", "file:///C:/logo.png", OUTSIDE), []),
    "shared template": (RELATION.format("attachedTemplate", r"file:///\\server\huis.dotx", OUTSIDE), []),
    "own template": (RELATION.format("attachedTemplate", "file:///C:/sjablonen/huis.dotx", OUTSIDE), []),
    "link": (RELATION.format("hyperlink", "https://voorbeeld.nl", OUTSIDE), []),
}


@pytest.mark.parametrize("name", CARRIED)
def test_a_letter_carries_nothing_along_that_runs_or_is_fetched(tmp_path: Path, look: Look, name: str) -> None:
    relation, reasons = CARRIED[name]
    path = added(tmp_path, "word/_rels/document.xml.rels", b"</Relationships>", relation.encode())
    assert [fault.reason for fault in look(path)] == reasons


def test_a_template_that_hangs_on_a_list_of_addresses_is_told(tmp_path: Path, look: Look) -> None:
    path = added(
        tmp_path,
        "word/settings.xml",
        b"</w:settings>",
        b'<w:mailMerge><w:mainDocumentType w:val="formLetters"/></w:mailMerge>',
    )
    (fault,) = look(path)
    assert fault.reason == "mail_merge"


def as_kind(kind: str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = template(folder, "x")
        with zipfile.ZipFile(path) as archive:
            types = archive.read("[Content_Types].xml")
        return replaced(folder, **{"[Content_Types]": types.replace(b"wordprocessingml.document.main", kind.encode())})

    return make


def written(data: bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / "eigen.docx").write_bytes(data)
        return folder / "eigen.docx"

    return make


def zipped(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return out.getvalue()


BAD: dict[str, tuple[Callable[[Path], Path], str]] = {
    "rtf": (written(b"{\\rtf1 brief}"), "not_word"),
    "pdf": (written(b"%PDF-1.7 brief"), "not_word"),
    "doc": (written(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 5000), "not_word"),
    "password": (written(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")), "protected"),
    "odt": (written(zipped("mimetype", b"application/vnd.oasis.opendocument.text")), "not_word"),
    "dotx": (as_kind("wordprocessingml.template.main"), "not_word"),
    "empty": (written(b""), "damaged"),
    "cut": (written(zipped("[Content_Types].xml", b"x" * 999)[:60]), "damaged"),
    "broken": (lambda folder: replaced(folder, document=b"<w:document"), "damaged"),
    "doctype": (lambda folder: replaced(folder, document=b'<!DOCTYPE x [<!ENTITY a "a">]><w:document/>'), "damaged"),
    "large": (
        lambda folder: replaced(folder, document=b"<w:document>" + b" " * 5_000_000 + b"</w:document>"),
        "too_large",
    ),
    "tags": (lambda folder: template(folder, "{{ 1 }}" * 1001), "too_large"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_word_document_is_told(tmp_path: Path, look: Look, name: str) -> None:
    make, reason = BAD[name]
    (fault,) = look(make(tmp_path))
    told = fault.told(load_texts("nl"))
    assert fault.reason == reason
    assert "Error" not in told
    assert "/" not in told


DOUBLED = "{% set s = 'ab' %}" + "{% set s = STEP %}" * 60 + "{{ s }}"
ENDLESS = [
    *(DOUBLED.replace("STEP", step) for step in (
        "s ~ s", "s + s", "[s, s]|join", "s.join([s, s])", "s|replace('a', s)", "s.replace('b', s)", "[s, s]", "[s, s] + [s]",
        "{'a': s, 'b': s}", "(s, s)|string",
    )),
    "{% set n = 99 %}" + "{% set n = n * n %}" * 60,
    "{{ 1.5|round(10**9, 'ceil') }}",
    "".join("{% for a in 'xxxxxxxxxxxxxxxxxxxxxxxx' %}" for _ in range(9)) + "{% endfor %}" * 9,
    "{% macro m() %}{% for a in 'xx' %}{{ m() }}{% endfor %}{% endmacro %}{{ m() }}",
    "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}",
    "{% set s = 'x'|replace('x', complaint.long)|list|join(complaint.long) %}",
    "{% for a in complaint.long %}{{ complaint.long }}{% endfor %}",
    "{{ complaint.long|list|map('replace', 'x', complaint.long)|list }}",
]  # fmt: skip


@pytest.mark.parametrize("text", ENDLESS)
def test_work_without_end_is_cut_off_at_once(tmp_path: Path, context: dict[str, Any], text: str) -> None:
    long = {**context, "complaint": {**context["complaint"], "long": "x" * 30_000}}
    start = time.perf_counter()
    with pytest.raises(TemplateFault) as caught:
        render_letter(template(tmp_path, text), long)
    assert (caught.value.reason, time.perf_counter() - start < 20) == ("bounds", True), str(caught.value)


@pytest.mark.parametrize(
    "text", ["{% include 'x' %}", "{% extends 'x' %}", "{% for a in [] recursive %}{% endfor %}", "{{ self.x }}"]
)
def test_what_a_template_may_not_do_is_told_without_words_of_a_library(
    tmp_path: Path, context: dict[str, Any], text: str
) -> None:
    with pytest.raises(TemplateFault) as caught:
        render_letter(template(tmp_path, text), context)
    told = caught.value.told(load_texts("nl"))
    assert caught.value.reason in ("not_allowed", "unknown")
    assert not any(word in told for word in ("Error", "cannot", "object", "loader"))


@pytest.mark.parametrize(
    ("text", "word"), [("{{ 'a' * 9 }}", "*"), ("{{ ''.__class__ }}", "__class__"), ("{{ 'a'.center(9) }}", "center()")]
)
def test_what_is_not_allowed_is_named(tmp_path: Path, context: dict[str, Any], text: str, word: str) -> None:
    with pytest.raises(TemplateFault) as caught:
        render_letter(template(tmp_path, text), context)
    assert caught.value.told(load_texts("nl")) == f"dit mag een sjabloon niet: {word}"


def test_a_tag_that_is_not_well_written_is_told_with_its_paragraph(tmp_path: Path, look: Look) -> None:
    (fault,) = look(template(tmp_path, "Eerst", "{% if complaint.name %}", "{{ complaint. }}", "{% endif %}"))
    assert fault.told(load_texts("nl")).endswith(
        "alinea 3 ('{{ complaint. }}'): wat daar tussen accolades staat, is niet goed geschreven"
    )
