"""Who is one person: by e-mail, else telephone, else name and postcode; and who complains again."""

from __future__ import annotations

from typing import Any

import pytest
from analysis_samples import make_sample

from registerkit.analysis import figures, parse_period

BOS = {"name": "A. Bos", "email": "a.bos@voorbeeld.nl", "phone": "+31612345678", "postcode": "1234 AB"}


def repeats(first: dict[str, Any], second: dict[str, Any], earlier: str = "2026-04-05") -> int | None:
    rows = (
        {"received_on": earlier, "category": "PL", **first},
        {"received_on": "2026-10-05", "category": "PL", **second},
    )
    return figures(make_sample(*rows), parse_period("2026-10")).repeat_complainants


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        (BOS, 1),
        ({"name": "Bos", "email": "A.BOS@voorbeeld.nl"}, 1),
        ({"name": "Bos", "phone": "06-12345678"}, 1),
        ({"name": "a.  bos", "postcode": "1234ab"}, 1),
        ({"name": "B. Bos", "email": "b.bos@voorbeeld.nl", "phone": "+31612345678"}, 0),
        ({"name": "A. Bos", "postcode": "4321 AB"}, 0),
        ({"name": "A. Bos"}, 0),
        ({"name": "C. Kaya", "postcode": "1234 AB"}, 0),
    ],
)
def test_same_person(second: dict[str, Any], expected: int) -> None:
    """A weaker mark tells only where the stronger is lacking: a couple may share one telephone."""
    assert repeats(BOS, second) == expected


@pytest.mark.parametrize(("earlier", "expected"), [("2025-10-05", 1), ("2025-10-04", 0), ("2026-10-05", 1)])
def test_within_twelve_months(earlier: str, expected: int) -> None:
    assert repeats(BOS, BOS, earlier) == expected


def test_people_are_counted_once() -> None:
    """Three complaints of one person in the period are one who complains again."""
    rows = [{"received_on": f"2026-10-0{i}", "category": "PL", **BOS} for i in (1, 2, 3)]
    found = figures(make_sample(*rows), parse_period("2026-10"))
    assert (found.complainants, found.repeat_complainants, found.repeat_share) == (1, 1, 1.0)


def test_leap_day() -> None:
    """Twelve months before 29 February is 28 February."""
    rows = ({"received_on": "2027-02-28", **BOS}, {"received_on": "2028-02-29", **BOS})
    assert figures(make_sample(*rows, on="2028-03-05"), parse_period("2028-02")).repeat_complainants == 1
