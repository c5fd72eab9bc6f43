"""The words of a PDF file can be searched, whatever numbers its fonts give the letters."""

from __future__ import annotations

import pytest
from pdf_texts import pdf_saying

from registerkit.pdf import words_of
from registerkit.pdf.text import _meant


@pytest.mark.parametrize("mapped", [True, False])
def test_what_is_drawn_in_parts_is_read_as_one(mapped: bool) -> None:
    told = words_of(pdf_saying("Klacht van Z. Quispelmans.", mapped=mapped))
    assert told is not None
    assert "Klacht van Z. Quispelmans." in told


def test_letters_that_a_font_joins_are_told_apart() -> None:
    assert dict(
        _meant(b"beginbfchar <0060> <00660069> endbfchar beginbfrange <01> <02> [<0041> <0042>] endbfrange")
    ) == {
        0x60: "fi",
        1: "A",
        2: "B",
    }


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"geen pdf"])
def test_what_cannot_be_read_is_told(data: bytes) -> None:
    assert words_of(data) is None
