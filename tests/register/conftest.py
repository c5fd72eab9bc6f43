"""What the tests of terms share: texts, and calendars with the holidays of many years."""

from __future__ import annotations

import pytest

from registerkit.deadlines import Profile, WorkCalendar, load_profile, seed_holidays, work_calendar
from registerkit.texts import Texts, load_texts


@pytest.fixture(scope="session")
def texts() -> Texts:
    return load_texts("nl")


@pytest.fixture(scope="session")
def awb() -> Profile:
    return load_profile({"profile": "awb"}).default


@pytest.fixture(scope="session")
def eigen() -> Profile:
    return load_profile({}).default


@pytest.fixture(scope="session")
def wkkgz() -> Profile:
    return load_profile({"profile": "wkkgz"}).default


@pytest.fixture(scope="session")
def webwinkel() -> Profile:
    return load_profile({"profile": "webwinkel"}).default


@pytest.fixture(scope="session")
def law_calendar(texts: Texts, awb: Profile) -> WorkCalendar:
    """The calendar under awb and wkkgz."""
    return work_calendar(seed_holidays(range(2020, 2031), texts, awb), awb)


@pytest.fixture(scope="session")
def own_calendar(texts: Texts, eigen: Profile) -> WorkCalendar:
    """The calendar under eigen and webwinkel."""
    return work_calendar(seed_holidays(range(2020, 2031), texts, eigen), eigen)
