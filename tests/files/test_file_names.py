"""A file name is made from words in one place, and holds on Windows whatever the words are."""

from __future__ import annotations

from pathlib import Path, PureWindowsPath

import pytest

from registerkit.errors import MissingFileError
from registerkit.files import as_typed, file_in, named_from, project_name, safe_name, seen

NAMES = {
    "K-2026-0001 outcome: founded": "K-2026-0001 outcome - founded",
    "herinnering Jan/Piet": "herinnering Jan-Piet",
    "voor- en nadelen": "voor- en nadelen",
    r"..\..\buiten": "buiten",
    "../../etc/passwd": "etc-passwd",
    "/": "-",
    "": "-",
    " . ": "-",
    "Jan...": "Jan",
    "CON": "_CON",
    "nul": "_nul",
    "aux.brief": "_aux.brief",
    "COM¹": "_COM¹",
    "Conrad": "Conrad",
    "com10": "com10",
    "Bo\nJonker\tx": "Bo Jonker x",
    "Bo\u202egpj.exe": "Bogpj.exe",
    "e\u0301e\u0301n": "één",
    "~$slot": "slot",
    "\ud800x": "x",
    'a<b>c:"d"|e?f*g': "a-b-c-d-e-f-g",
}


@pytest.mark.parametrize(("words", "name"), NAMES.items())
def test_words_become_a_name(words: str, name: str) -> None:
    assert name == safe_name(words)
    assert safe_name(name) == name


@pytest.mark.parametrize("words", ["é" * 500, "🚲" * 500, "a/" * 500])
def test_a_long_name_keeps_within_what_file_systems_hold(words: str, tmp_path: Path) -> None:
    path = file_in(tmp_path, f"K-2026-0001 {words}", ".docx")
    path.write_bytes(b"")
    assert path.name.startswith("K-2026-0001")
    assert len(path.name.encode()) < 200
    assert len(str(path)) < 256


def test_a_deep_folder_makes_the_name_shorter() -> None:
    path = file_in(
        Path("/", *["een lange mapnaam"] * 11), "K-2026-0001 bevestiging van de ontvangst van de klacht", ".docx"
    )
    assert len(str(path)) < 256
    assert path.stem == path.stem.strip()
    assert path.name.startswith("K-2026-0001 bevestiging")
    assert not PureWindowsPath(path.name).parent.name


def test_a_name_that_is_taken_has_a_number_behind_it() -> None:
    taken = {Path("m/a.docx"), Path("m/a (2).docx")}
    assert Path("m/a (3).docx") == file_in(Path("m"), "a", ".docx", taken.__contains__)


def test_text_that_is_shown_has_one_line_and_one_direction() -> None:
    assert seen("  Bo\r\nBcc: x\u202e \u200bJonker\u2028z ") == "Bo Bcc: x Jonker z"


@pytest.mark.parametrize(
    ("word", "windows", "elsewhere"),
    [
        ("oud.xlsx", "oud.xlsx", "oud.xlsx"),
        ("C:\\map\\oud.xlsx", "C:\\map\\oud.xlsx", "'C:\\map\\oud.xlsx'"),
        ("klachten 2024.xlsx", '"klachten 2024.xlsx"', "'klachten 2024.xlsx'"),
        ("R&D (oud).xlsx", '"R&D (oud).xlsx"', "'R&D (oud).xlsx'"),
        ("C:\\mijn map\\", '"C:\\mijn map\\\\"', "'C:\\mijn map\\'"),
        ("prijs$.csv", '"prijs$.csv"', "'prijs$.csv'"),
        ("", '""', "''"),
    ],
)
def test_words_of_a_command_are_typed_as_the_shells_of_a_system_take_them(
    word: str, windows: str, elsewhere: str
) -> None:
    assert (windows, elsewhere) == (as_typed([word], windows=True), as_typed([word], windows=False))


def test_a_name_with_what_is_no_letter_can_be_kept(tmp_path: Path) -> None:
    path = tmp_path / "postvak-in" / "\udc80a.eml"
    assert project_name(path, tmp_path) == "postvak-in/?a.eml"
    assert named_from(MissingFileError(path), tmp_path).file == "postvak-in/?a.eml"
