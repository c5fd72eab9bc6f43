"""A row without a number is known by a keyed hash when it holds the text of an anonymised complaint."""

from __future__ import annotations

from datetime import date

import pytest

from registerkit.sync.wiped_rows import WipedRows, hashes_of

ROW = {
    "received_on": date(2021, 4, 6), "name": "Y. Zandgrond", "email": "y@voorbeeld.example", "phone": "0301234567",
    "description": "De kachel rookte gisteren de hele kamer vol.", "category": "levering",
}  # fmt: skip


@pytest.fixture
def wiped() -> WipedRows:
    return WipedRows("geheim", hashes_of("geheim", ROW))


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"name": "y zandgrond"},
        {"description": "DE KACHEL rookte gisteren  de hele kamer vol"},
        {"description": "Anders verteld."},
        {"received_on": "2021-04-06", "email": None},
        {"name": "Iemand anders", "received_on": date(2022, 1, 1), "email": None},
        {"category": None, "phone": None},
    ],
)
def test_a_row_is_known_whatever_one_of_its_cells_says_now(wiped: WipedRows, changed: dict[str, object]) -> None:
    assert wiped.holds({**ROW, **changed})


@pytest.mark.parametrize(
    "changed",
    [
        {"received_on": date(2021, 4, 7), "description": "Weer rook."},
        {"name": "A. Ander", "email": "a@voorbeeld.example", "description": "De kachel rookte."},
        dict.fromkeys(ROW),
    ],
)
def test_another_complaint_of_the_day_or_of_the_person_is_not(wiped: WipedRows, changed: dict[str, object]) -> None:
    assert not wiped.holds({**ROW, **changed})


def test_the_hashes_say_nothing_without_the_secret(wiped: WipedRows) -> None:
    assert wiped.known.isdisjoint(hashes_of("ander", ROW))
    assert "geheim" not in repr(wiped)
    assert not WipedRows().holds(ROW)


def test_a_row_is_told_once_per_file(wiped: WipedRows) -> None:
    assert [wiped.is_news(name, ROW) for name in ("oud.csv", "oud.csv", "ander.csv")] == [True, False, True]
    later = WipedRows("geheim", wiped.known, frozenset(wiped.fresh))
    assert not later.is_news("oud.csv", ROW)
