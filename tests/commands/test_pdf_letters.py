"""Letters to print lie in the order in which the post goes."""

from __future__ import annotations

from datetime import date
from typing import Any

from registers import make_register

from registerkit.commands.pdf_letters import postal_order
from registerkit.letters import DueLetter

ON = date(2026, 11, 20)
PLACES: dict[str, dict[str, Any]] = {
    "K-2026-0001": {"postcode": "9711 AA"},
    "K-2026-0002": {"postcode": "1017 CD"},
    "K-2026-0003": {"postcode": "1000", "country": "België"},
    "K-2026-0004": {"postcode": None},
    "K-2026-0005": {"postcode": "1017cd"},
    "K-2026-0006": {"postcode": "10115", "country": "Duitsland"},
    "K-2026-0007": {"postcode": "1017 CD", "country": "Nederland"},
}


def test_by_postcode_then_number_and_those_abroad_by_country_at_the_end() -> None:
    """Who has no postcode comes behind those in the country; what goes to the office lies at its postcode."""
    complaints = [{"number": number, "name": "J. Jansen", **place} for number, place in PLACES.items()]
    register = make_register({"complaints": complaints}, ON, organisation={"postcode": "3512 XZ"})
    letters = [DueLetter(number, 1, "progress", "") for number in PLACES]
    letters.append(DueLetter("K-2026-0001", 1, "employee_notice", ""))
    found = sorted(letters, key=lambda letter: postal_order(register, letter))
    order = [("2", "progress"), ("5", "progress"), ("7", "progress"), ("1", "employee_notice"), ("1", "progress")]
    order += [("4", "progress"), ("3", "progress"), ("6", "progress")]
    assert order == [(letter.number[-1], letter.kind) for letter in found]
