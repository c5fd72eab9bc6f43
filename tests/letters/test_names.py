"""Names as people type them: the title, the name of the address, and the surname of the salutation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registerkit.letters.names import read_name


@pytest.mark.parametrize(
    ("typed", "title", "full", "surname"),
    [
        ("dhr. J.P. van Dam", "heer", "J.P. van Dam", "Van Dam"),
        ("de heer P. Vos", "heer", "P. Vos", "Vos"),
        ("Mevr A. Bos", "mevrouw", "A. Bos", "Bos"),
        ("Fam. Jansen", "familie", "Jansen", "Jansen"),
        ("Smit-Jansen (dochter)", None, "Smit-Jansen", "Smit-Jansen"),
        ("van den Berg, A.", None, "A. van den Berg", "Van den Berg"),
        ("Berg, A. van den", None, "A. van den Berg", "Van den Berg"),
        ("A. VAN DER MEER", None, "A. van der Meer", "Van der Meer"),
        ("IJSSELSTEIN", None, "IJsselstein", "IJsselstein"),
        ("jan o'brien", None, "Jan O'Brien", "O'Brien"),
        ("mr. dr. P. de Wit", None, "mr. dr. P. de Wit", "De Wit"),
        ("Fatima El Amrani", None, "Fatima El Amrani", "El Amrani"),
        ("Heer", None, "Heer", "Heer"),
        ("onbekend@voorbeeld.example", None, "", ""),
        ("Jan Vos <j.vos@voorbeeld.example>", None, "Jan Vos", "Vos"),
    ],
)
def test_dutch_names(typed: str, title: str | None, full: str, surname: str) -> None:
    name = read_name(typed, "nl")
    assert (name.title, name.full, name.surname) == (title, full, surname)


@pytest.mark.parametrize(
    ("typed", "title", "surname"),
    [
        ("Mrs Jones", "Mrs", "Jones"),
        ("Mr. Alex Green", "Mr", "Green"),
        ("Dr Smith", "Dr", "Smith"),
        ("Alex Green", None, "Green"),
    ],
)
def test_english_names(typed: str, title: str | None, surname: str) -> None:
    name = read_name(typed, "en")
    assert (name.title, name.surname) == (title, surname)


@given(st.text(max_size=60), st.sampled_from(["nl", "en"]))
def test_no_name_is_too_odd_and_none_is_lost(typed: str, language: str) -> None:
    name = read_name(typed, language)
    assert read_name(name.full, language).surname.casefold() in name.full.casefold() or not name.full
