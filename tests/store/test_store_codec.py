"""Every value of every kind survives being written as text."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registerkit.definition import KINDS
from registerkit.store import decode, encode

TEXT = st.text(max_size=30)
CODES = st.text("ABCK-0123456789", min_size=1, max_size=12)
OF_KIND: dict[str, st.SearchStrategy[Any]] = {
    "date": st.dates(),
    "integer": st.integers(),
    "money": st.integers(),
    "yesno": st.booleans(),
    "numbers": st.lists(CODES, unique=True).map(lambda found: tuple(sorted(found))),
}


@given(st.data(), st.sampled_from(sorted(KINDS)))
def test_a_value_survives(data: st.DataObject, kind: str) -> None:
    value = data.draw(st.none() | OF_KIND.get(kind, TEXT))
    found = decode(kind, encode(value))
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, None), ("", ""), (True, "1"), (False, "0"), (date(2026, 1, 2), "2026-01-02"), (-5, "-5"),
        (("K-1", "K-2"), "K-1,K-2"), ((), ""),
    ],
)  # fmt: skip
def test_the_text_reads_well(value: Any, text: str | None) -> None:
    assert encode(value) == text
