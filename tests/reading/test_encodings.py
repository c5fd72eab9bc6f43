"""A text file is read in the letters that it was saved in, or it is told that these were guessed."""

from __future__ import annotations

from pathlib import Path

import pytest
from stage_samples import INCIDENTS, LOOKUPS

from registerkit.reading import open_csv, parse_table
from registerkit.reading.encodings import decoded

HEADER = "Nummer;Gemeld op;Plaats;Soort incident;Omschrijving"
TEXTS = [
    "Ren\u00e9e Dub\u00e9",
    "Jo\u00ebl \u2013 co\u00f6rdinatie; \u00e9\u00e9n dag",
    "J\u00fcrgen M\u00fc\u00dfig",
    "\u00c9\u00c9N KLACHT",
    "Garc\u00eda Nu\u00f1ez",
]
SAVED_IN = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman", "cp850"]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("saved_in", SAVED_IN)
def test_a_text_is_read_as_it_was_saved(text: str, saved_in: str) -> None:
    try:
        data = f"{HEADER}\r\n{text}".encode(saved_in)
    except UnicodeEncodeError:
        pytest.skip("these letters do not have this text")
    read = decoded(data)
    assert f"{HEADER}\r\n{text}" == read.text
    assert {"mac_roman": "Macintosh", "cp850": "DOS"}.get(saved_in) == read.letters


def test_what_can_be_either_is_told() -> None:
    """A name with one letter that is another in the letters of another system."""
    read = decoded("Milo\u0161".encode("cp1252"))
    assert ("Milo\u0161", "Windows", False) == (read.text, read.letters, read.is_sure)


def test_a_line_of_another_program_spoils_no_utf_8() -> None:
    assert (
        "\u00e9\u00e9n \u00eb\u00ef\u00f6 caf\u00e9"
        == decoded("\u00e9\u00e9n \u00eb\u00ef\u00f6 caf".encode() + b"\xe9").text
    )


def test_a_file_of_a_mac_is_read_line_by_line_and_told(tmp_path: Path) -> None:
    path = tmp_path / "lijst.csv"
    rows = [HEADER, ";2-11-2026;Curacao \u00e9\u00ebn;val;Caf\u00e9", ";3-11-2026;Andr\u00e9;val;Stuk"]
    path.write_bytes("\r".join([*rows, ""]).encode("mac_roman"))
    found = parse_table(open_csv(path, INCIDENTS.main), "lijst.csv", LOOKUPS)
    assert ["Curacao \u00e9\u00ebn", "Andr\u00e9"] == [row.values["place"] for row in found.rows]
    (told,) = [f for f in found.findings if f.code == "letters_guessed"]
    assert ("info", "lijst.csv", "Macintosh") == (told.severity, told.location.file, told.context["letters"])
