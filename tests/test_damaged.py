"""What is said of a damaged file: what is the matter with it, and nothing in the words of a library."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from registerkit.definition import load_definition
from registerkit.errors import DamagedFileError
from registerkit.reading import open_workbook
from registerkit.texts import load_texts

PARTS = ("[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-30])


def overwrite(path: Path) -> None:
    """Change what is packed, where it lies unpacked."""
    path.write_bytes(path.read_bytes().replace(b"<workbook", b"<w0rkbook"))


def leave_out(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(PARTS[1], "<workbook/>")


def jumble(path: Path) -> None:
    """Change what is packed, where it lies packed."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in PARTS:
            archive.writestr(part, f"<workbook>{part * 200}</workbook>")
        start = archive.getinfo(PARTS[1]).header_offset + 30 + len(PARTS[1])
    data = bytearray(path.read_bytes())
    data[start : start + 8] = b"\xff" * 8
    path.write_bytes(bytes(data))


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (cut, "het einde ontbreekt, misschien is het niet helemaal opgeslagen of verstuurd"),
        (overwrite, "de inhoud is niet meer zoals ze is opgeslagen"),
        (jumble, "de inhoud is niet meer zoals ze is opgeslagen"),
        (leave_out, "de inhoud is niet te begrijpen"),
    ],
)
def test_what_is_the_matter_is_said_in_own_words(tmp_path: Path, spoil: Callable[[Path], None], expected: str) -> None:
    path = tmp_path / "register.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for part in PARTS:
            archive.writestr(part, "<workbook></workbook>")
    spoil(path)
    with pytest.raises(DamagedFileError) as caught:
        open_workbook(path, load_definition())
    told = caught.value.message(load_texts("nl"))
    assert told == f"{path} is beschadigd en kan niet worden gelezen: {expected}."


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Zip error: invalid Zip archive: Could not find EOCD", "cut_off"),
        ("Truncated central directory", "cut_off"),
        ("Compressed file ended before the end-of-stream marker was reached", "cut_off"),
        ("Bad CRC-32 for file 'xl/workbook.xml'", "changed"),
        ("Error -3 while decompressing data: invalid block type", "changed"),
        ("xl/_rels/workbook.xml.rels", "other"),
        ("", "other"),
    ],
)
def test_the_words_of_the_libraries_are_known(said: str, kind: str) -> None:
    for language in ("nl", "en"):
        texts = load_texts(language)
        told = DamagedFileError("a.xlsx", problem=said).message(texts)
        assert texts(f"damage.{kind}") in told
        assert not said or said not in told
