"""A length of time is read in Dutch and English, and shown in the register's language."""

from __future__ import annotations

import re

import pytest

from registerkit.deadlines import Span, parse_span
from registerkit.texts import Texts, load_texts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6 weeks", Span(6, "weeks")),
        ("6 weken", Span(6, "weeks")),
        ("1 week", Span(1, "weeks")),
        ("14 days", Span(14, "days")),
        (" 14 Dagen ", Span(14, "days")),
        ("1 dag", Span(1, "days")),
        ("20 working days", Span(20, "working_days")),
        ("20 working_days", Span(20, "working_days")),
        ("5 werkdagen", Span(5, "working_days")),
        ("1 werkdag", Span(1, "working_days")),
    ],
)
def test_reads(text: str, expected: Span) -> None:
    assert expected == parse_span(text)


@pytest.mark.parametrize("text", ["", "6", "weeks", "six weeks", "-1 weeks", "6 months", "1.5 weeks", "6 weeks 2 days"])
def test_refuses(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        parse_span(text)


def test_shows_in_words(texts: Texts) -> None:
    assert Span(6, "weeks").show(texts) == "6 weken"
    assert Span(1, "days").show(texts) == "1 dag"
    assert Span(1, "working_days").show(load_texts("en")) == "1 working day"
