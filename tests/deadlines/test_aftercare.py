"""Aftercare waits from the run before its day until a quarter after it."""

from __future__ import annotations

from datetime import date

import pytest

from registerkit.deadlines import aftercare_waits

D = date.fromisoformat
ON = D("2026-11-20")


@pytest.mark.parametrize(
    ("by", "done", "expected"),
    [
        ("2026-11-20", None, True),
        ("2026-11-27", None, True),
        ("2026-11-28", None, False),
        ("2026-08-21", None, True),
        ("2026-08-20", None, False),
        ("2026-11-20", "2026-11-20", False),
        ("2026-11-20", "2026-11-21", True),  # Of a day that is past now: it was done later.
        (None, None, False),
    ],
)
def test_aftercare_waits(by: str | None, done: str | None, expected: bool) -> None:
    assert aftercare_waits(by and D(by), done and D(done), ON, 7) == expected
