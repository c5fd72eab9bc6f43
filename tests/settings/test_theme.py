"""The office's colour is followed everywhere, and words in it can be read."""

from __future__ import annotations

import re
from dataclasses import fields
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registerkit.excel.book import Book
from registerkit.theme import Theme, contrast, theme_of
from registerkit.workbook.theme import styles

PLAIN = Theme()


@given(st.from_regex(r"[0-9A-F]{6}", fullmatch=True))
def test_words_in_any_accent_can_be_read(accent: str) -> None:
    """On paper and on the light grey of headers and tiles; a band takes white words."""
    theme = theme_of({"accent": f"#{accent}"})
    assert accent == theme.accent
    assert contrast(theme.accent_ink, theme.mist) >= 4.5
    assert contrast(theme.navy, theme.paper) >= 9 or theme.accent == PLAIN.accent


def test_what_can_be_read_stays_as_the_office_says_it() -> None:
    assert theme_of({"accent": "0055AA"}).accent_ink == "0055AA"
    assert theme_of({"accent": PLAIN.accent}) == theme_of({}) == PLAIN


@pytest.mark.parametrize(
    ("one", "other", "expected"), [("000000", "FFFFFF", 21), ("777777", "FFFFFF", 4.48), ("123456", "123456", 1)]
)
def test_contrast_is_that_of_the_guidelines(one: str, other: str, expected: float) -> None:
    assert contrast(one, other) == contrast(other, one) == pytest.approx(expected, abs=0.005)


def test_no_style_keeps_a_colour_of_the_kit_beside_the_office_s_own() -> None:
    own = theme_of({"accent": "AA3300"})
    used = {value for style in styles(own).values() for value in style.values() if isinstance(value, str)}
    left = {f"#{getattr(PLAIN, f.name)}" for f in fields(Theme) if getattr(PLAIN, f.name) != getattr(own, f.name)}
    assert used & left == set()


def test_words_on_their_own_background_can_be_read() -> None:
    for theme in (PLAIN, theme_of({"accent": "FFCC00"})):
        for name, style in styles(theme).items():
            colour, behind = (
                style.get(key, default).lstrip("#")
                for key, default in (("font_color", "#000000"), ("bg_color", "#FFFFFF"))
            )
            assert contrast(colour, behind) >= 4.5, name


def test_the_theme_part_has_the_office_s_colours_and_font() -> None:
    """A chart or pivot table that the office adds itself looks like the rest."""
    out = BytesIO()
    with Book(out, theme_of({"accent": "AA3300", "font": 'Gill "Sans" & Co'})) as book:
        book.sheet("Blad")
    with ZipFile(out) as package:
        part = package.read("xl/theme/theme1.xml").decode()
    assert ["AA3300"] == re.findall(r'<a:accent1><a:srgbClr val="(\w+)"', part)
    assert ["Gill &quot;Sans&quot; &amp; Co"] * 2 == re.findall(r'<a:m\w+Font><a:latin typeface="([^"]*)"', part)
