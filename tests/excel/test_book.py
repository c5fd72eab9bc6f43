"""What XlsxWriter refuses, warns of or leaves out is an error that names the file and the cell."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from registerkit.excel import Book, BuildError, Sheet
from registerkit.texts import load_texts
from registerkit.theme import Theme

LONG = ["een keuze van dertig tekens lang"] * 9


@pytest.mark.parametrize(
    ("do", "place"),
    [
        (lambda s: s.write(3, 1, "x" * 32768, None), "Blad B4"),
        (lambda s: s.write(1048576, 0, 5, None), "Blad A1048577"),
        (lambda s: s.link(1, 2, "Ander", "x", None, tip="x" * 256), "Blad C2"),
        (lambda s: s.validate("A1:A9", {"validate": "list", "source": LONG}), "Blad A1:A9"),
        (lambda s: s.highlight("A0", "TRUE", {}), "Blad A0"),
        (lambda s: s.table("B2:B2", {"name": "1 naam"}), "Blad B2:B2"),
        (lambda s: [s.merge(0, 0, 1, 1, "a", None), s.merge(1, 1, 2, 2, "b", None)], "Blad B2"),
        (lambda s: s.columns(*[5.0] * 16385), "Blad"),
        (lambda s: s.insert_image(4, 0, __file__), "Blad A5"),
        (lambda s: s.set_column(0, 99999, 5), "Blad"),
        (lambda s: s.book.name("1 naam", "A1"), "1 naam"),
    ],
)  # fmt: skip
def test_what_is_left_out_is_an_error_with_its_place(do: Callable[[Sheet], object], place: str) -> None:
    with pytest.raises(BuildError) as caught, Book(BytesIO(), Theme(), target=Path("klachten.xlsx")) as book:
        do(book.sheet("Blad"))
    assert caught.value.values["where"].split(" (")[0] == place
    assert caught.value.message(load_texts("nl")).startswith(
        f"De werkmap klachten.xlsx kan niet worden gemaakt: {place}"
    )


def test_what_only_shows_at_the_end_is_an_error_too(tmp_path: Path) -> None:
    with pytest.raises(BuildError) as caught, Book(tmp_path / "x.xlsx", Theme()) as book:
        for name in ("Een", "Twee"):
            book.sheet(name).table("A1:B3", {"name": "Klachten"})
    assert "Klachten" in caught.value.values["where"]


def test_warnings_are_as_they_were_after_the_book() -> None:
    before = list(warnings.filters)
    with Book(BytesIO(), Theme()) as book:
        book.sheet("Blad")
    assert before == warnings.filters


def test_styles_are_the_users_own_and_formats_are_made_once() -> None:
    with Book(BytesIO(), Theme(font="Verdana"), {"head": {"bold": True}}) as book:
        book.sheet("Blad")
        assert book.style("head", italic=True) is book.format({"italic": True, "bold": True})
        assert book.style("head") is not book.style("head", italic=True)


def test_properties(tmp_path: Path) -> None:
    with Book(tmp_path / "x.xlsx", Theme()) as book:
        book.sheet("Blad")
        book.describe("Titel", "De Spaak", date(2026, 3, 1), {"kit.id": "7"})
    found = load_workbook(tmp_path / "x.xlsx")
    assert (found.properties.title, found.properties.creator, found.properties.created.day) == ("Titel", "De Spaak", 1)
    assert [(p.name, p.value) for p in found.custom_doc_props.props] == [("kit.id", "7")]
