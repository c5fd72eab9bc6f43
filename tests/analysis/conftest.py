"""What the tests of the analysis share: the small registers of `tests/support/analysis_samples.py`."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from registerkit.register import Register

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))

from analysis_samples import HANDFUL, MEASURES, make_sample, year_of_complaints


@pytest.fixture(scope="session")
def handful() -> Register:
    """Six complaints, counted by hand in the tests."""
    return make_sample(*HANDFUL, measures=MEASURES)


@pytest.fixture(scope="session")
def year() -> Register:
    """A year of complaints."""
    return make_sample(*year_of_complaints(), measures=MEASURES)


@pytest.fixture(scope="session")
def english_year() -> Register:
    return make_sample(*year_of_complaints(), measures=MEASURES, language="en")


@pytest.fixture(scope="session")
def empty() -> Register:
    """A register in which nothing was entered yet."""
    return make_sample()
