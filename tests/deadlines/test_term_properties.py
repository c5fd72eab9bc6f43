"""What holds for every complaint: more time never means an earlier day, and rolled terms end on a working day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from registerkit.deadlines import Pause, Profile, Span, TermCase, WorkCalendar, compute_terms, load_profile
from registerkit.texts import Texts

PROFILES = st.sampled_from(["eigen", "awb", "wkkgz", "webwinkel"]).map(
    lambda name: load_profile({"profile": name}).default
)
STARTS = st.dates(date(2022, 1, 1), date(2028, 6, 30))


@st.composite
def pauses(draw: st.DrawFn, started_on: date) -> Pause:
    start = started_on + timedelta(days=draw(st.integers(-10, 60)))
    until = draw(st.none() | st.integers(-2, 30).map(lambda n: start + timedelta(days=n)))
    return Pause(start, until, draw(st.none() | st.just(start)))


@st.composite
def cases(draw: st.DrawFn) -> TermCase:
    start = draw(STARTS)
    some_day = st.none() | st.integers(-5, 120).map(lambda n: start + timedelta(days=n))
    return TermCase(
        start,
        extended_on=draw(some_day),
        extended_weeks=draw(st.none() | st.integers(0, 6)),
        consent_until=draw(some_day),
        consent_on=draw(some_day),
        committee=draw(st.booleans()),
        pauses=tuple(draw(st.lists(pauses(start), max_size=3))),
    )


def due(case: TermCase, profile: Profile, calendar: WorkCalendar, texts: Texts) -> date:
    return compute_terms(case, profile, calendar, texts).due_on


@given(case=cases(), profile=PROFILES, weeks=st.integers(1, 20), more=st.integers(1, 10))
def test_a_longer_term_never_ends_earlier(
    texts: Texts, law_calendar: WorkCalendar, case: TermCase, profile: Profile, weeks: int, more: int
) -> None:
    case = replace(case, committee=False)
    short, long = (replace(profile, answer=Span(n, "weeks")) for n in (weeks, weeks + more))
    assert due(case, short, law_calendar, texts) <= due(case, long, law_calendar, texts)


@given(case=cases(), profile=PROFILES, data=st.data())
def test_a_pause_never_shortens(
    texts: Texts, law_calendar: WorkCalendar, case: TermCase, profile: Profile, data: st.DataObject
) -> None:
    longer = replace(case, pauses=(*case.pauses, data.draw(pauses(case.started_on))))
    assert due(case, profile, law_calendar, texts) <= due(longer, profile, law_calendar, texts)


@given(case=cases(), profile=PROFILES)
def test_an_extension_never_shortens(
    texts: Texts, law_calendar: WorkCalendar, case: TermCase, profile: Profile
) -> None:
    plain = due(replace(case, extended_on=None), profile, law_calendar, texts)
    assert plain <= due(case, profile, law_calendar, texts)


@given(case=cases(), profile=PROFILES, days=st.integers(1, 300))
def test_consent_never_shortens(
    texts: Texts, law_calendar: WorkCalendar, case: TermCase, profile: Profile, days: int
) -> None:
    plain = replace(case, consent_until=None)
    until = case.started_on + timedelta(days=days)
    consented = replace(case, consent_until=until, consent_on=case.started_on)
    assert due(plain, profile, law_calendar, texts) <= due(consented, profile, law_calendar, texts)


@given(case=cases(), profile=st.sampled_from(["awb", "wkkgz"]))
def test_a_rolled_term_ends_on_a_working_day(
    texts: Texts, law_calendar: WorkCalendar, case: TermCase, profile: str
) -> None:
    """Six or ten weeks, with at most four of extension unless there is a committee; an agreed day is no such term."""
    case = replace(case, consent_until=None, committee=False)
    day = due(case, load_profile({"profile": profile}).default, law_calendar, texts)
    assert law_calendar.is_working_day(day)


@given(case=cases(), profile=PROFILES)
def test_the_reason_ends_in_the_day(texts: Texts, law_calendar: WorkCalendar, case: TermCase, profile: Profile) -> None:
    terms = compute_terms(case, profile, law_calendar, texts)
    assert f"{terms.due_on:%d-%m-%Y}" in terms.due_reason
    assert all(f"finding.{code}.message" in texts for code in terms.warnings)
