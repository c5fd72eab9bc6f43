"""What the AFM wants of every complaint is told where it is missing, with a code that tells nobody apart from it."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from analysis_samples import make_sample

from registerkit.analysis import afm_book, compare, parse_period
from registerkit.analysis.afm import code_of, missing

WHOLE = {
    "received_on": "2026-03-02",
    "category": "PL",
    "name": "A. Bos",
    "address": "Lindelaan 12",
    "city": "Zwolle",
    "description": "De premie klopt niet.",
    "channel": "email",
}
ENDED = {
    "status": "afgehandeld",
    "answered_on": "2026-03-20",
    "closed_on": "2026-03-20",
    "answer_channel": "brief",
    "judgement": "gegrond",
    "solution": "excuses",
    "closed_by": "EV",
}


@pytest.mark.parametrize(
    ("changed", "lacking"),
    [
        ({}, ()),
        ({"address": None}, ("address",)),
        ({"city": None}, ("address",)),
        ({"city": None, "postcode": "8011 AB"}, ()),
        ({"name": None, "description": " "}, ("name", "description")),
        (ENDED, ("handled",)),
        ({**ENDED, "reasons": "Verkeerd berekend."}, ()),
        ({**ENDED, "name": None, "anonymised_on": "2027-05-01"}, ()),
    ],
)
def test_what_is_missing_is_told(changed: dict[str, Any], lacking: tuple[str, ...]) -> None:
    (complaint,) = make_sample({**WHOLE, **changed}).complaints.values()
    assert missing(complaint) == lacking


def test_a_contact_tells_how_it_was_handled() -> None:
    (complaint,) = make_sample({**WHOLE, **ENDED}).complaints.values()
    assert missing(complaint, ["Gebeld en uitgelegd."]) == ()


def test_the_code_is_the_same_every_year_and_says_nothing() -> None:
    code = code_of("K-2026-0001", "r1")
    assert code == code_of("K-2026-0001", "r1") == "B2DD-6E0F-DC1F-A6BF"
    assert re.fullmatch(r"(?:[0-9A-F]{4}-){3}[0-9A-F]{4}", code)
    others = {code_of(f"K-2026-{n:04}", "r1") for n in range(2000)} | {code_of("K-2026-0001", "r2")}
    assert len(others) == 2001


def test_the_book_has_every_complaint_that_was_there_in_the_period() -> None:
    register = make_sample(
        {**WHOLE, "address": None},
        {**WHOLE, **ENDED, "received_on": "2025-12-01", "closed_on": "2026-01-05", "answered_on": "2026-01-05"},
        {**WHOLE, **ENDED, "received_on": "2025-10-01", "closed_on": "2025-11-05", "answered_on": "2025-11-05"},
        {**WHOLE, "status": "geen_klacht"},
    )
    name, data = afm_book(register, compare(register, parse_period("2026")), "r1")
    assert name == "AFM-registratie 2026"
    sheet = openpyxl.load_workbook(BytesIO(data))["AFM"]
    rows = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    codes = [row for row in rows if row and re.fullmatch(r"[0-9A-F-]{19}", str(row[0]))]
    assert [(row[1], row[2], row[3]) for row in codes] == [
        ("K-2026-0001", "open", "Adres"),
        ("K-2026-0002", "afgehandeld", "Hoe de klacht is behandeld"),
    ]
    assert "A. Bos" not in str(rows)
    assert afm_book(register, compare(register, parse_period("2026")), "r1") == (name, data)
