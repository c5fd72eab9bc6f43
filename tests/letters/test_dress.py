"""Letters are in the office's colours and font; what an office chose itself in a template stays."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.shared import RGBColor

from registerkit.letters.dress import dressed
from registerkit.theme import READABLE, Theme, contrast, theme_of

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "letters" / "nl" / "ontvangstbevestiging.docx"
KIT = {Theme().accent, Theme().navy}


def colours(data: bytes) -> set[str]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return set(re.findall(r'w:(?:color|fill)(?: w:val)?="([0-9A-F]{6})"', archive.read("word/styles.xml").decode()))


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def in_theme(template: Path, **settings: str) -> bytes:
    found = dressed(template, theme_of(settings))
    return Path(found).read_bytes() if isinstance(found, str) else found.getvalue()


@pytest.mark.parametrize("accent", ["#E87722", "#FFD500", "#7B1FA2", "#0A0A0A"])
def test_the_kit_s_colours_become_the_theme_s_and_can_be_read(accent: str) -> None:
    """Whatever the accent is, no colour of a letter has less contrast with paper than words need."""
    found = colours(in_theme(SHIPPED, accent=accent))
    line = Theme().line  # Above the foot; it says nothing.
    assert not found & KIT
    assert [colour for colour in found - {line} if contrast(colour, "FFFFFF") < READABLE] == []


def test_without_a_theme_a_template_is_as_it_is() -> None:
    assert dressed(SHIPPED, Theme()) == str(SHIPPED)
    assert colours(SHIPPED.read_bytes()) >= KIT


def test_the_font_is_the_theme_s() -> None:
    data = in_theme(SHIPPED, font="Georgia")
    assert Document(BytesIO(data)).styles["Normal"].font.name == "Georgia"
    assert b"Calibri" not in parts(data)["word/styles.xml"]


def test_what_an_office_chose_in_its_own_template_stays(tmp_path: Path) -> None:
    """Only the parts with the kit's colours change, and in those nothing else."""
    own = tmp_path / "eigen.docx"
    document = Document(str(SHIPPED))
    document.add_paragraph().add_run("Let op").font.color.rgb = RGBColor(0xC0, 0x00, 0x10)
    document.styles["Heading 2"].font.name = "Arial"
    document.save(str(own))
    before, after = parts(own.read_bytes()), parts(in_theme(own, accent="#7B1FA2", font="Georgia"))
    assert {name for name in before if before[name] != after[name]} <= {"word/styles.xml", "word/numbering.xml"}
    assert b"C00010" in after["word/document.xml"]
    assert Document(BytesIO(in_theme(own, font="Georgia"))).styles["Heading 2"].font.name == "Arial"
