"""How many there were in a year can be typed as people write numbers, of the year or of its parts."""

from __future__ import annotations

import pytest

from registerkit.report_settings import volume_text, volumes_in


@pytest.mark.parametrize(
    ("text", "volumes"),
    [
        ("11800", {"2026": 11800}),
        ("11.800", {"2026": 11800}),
        ("1 234 567", {"2026": 1234567}),
        ("kw1 2.900; kw2: 3100", {"2026-Q1": 2900, "2026-Q2": 3100}),
        ("Q1 2,900, oct 1,040", {"2026-Q1": 2900, "2026-10": 1040}),
        ("Kwartaal 3 5\nmrt. 7", {"2026-Q3": 5, "2026-03": 7}),
        ("oktober=1040; maart 0", {"2026-10": 1040, "2026-03": 0}),
        ("2026-10 5; 2026-Q1 4", {"2026-10": 5, "2026-Q1": 4}),
        ("maart 3; mrt 4", None),
        ("2025-10 5", None),
        ("kw5 3", None),
        ("11800,5", None),
        ("-3", None),
        ("veel", None),
        ("1; 2", None),
        ("", None),
    ],
)
def test_what_is_typed_is_understood_or_refused(text: str, volumes: dict[str, int] | None) -> None:
    assert volumes_in("2026", text) == volumes


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_is_shown_is_understood(language: str) -> None:
    volumes = {"2026": 9, **{f"2026-Q{n}": n for n in range(1, 5)}, **{f"2026-{n:02}": n for n in range(1, 13)}}
    text = volume_text("2026", volumes | {"2025": 1}, language)
    assert text is not None
    assert volumes_in("2026", text) == volumes
    assert volume_text("2024", volumes, language) is None
