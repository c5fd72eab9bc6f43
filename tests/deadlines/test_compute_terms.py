"""The terms of a complaint, rule by rule.

1. The test vectors of the Algemene termijnenwet.  2. Each profile's plain terms.  3. Extensions.  4. Pauses.
5. Consent.  6. Reopening.  7. Terms over twelve weeks.  8. The sum in words.  9. Warnings.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from registerkit.deadlines import (
    Pause,
    Profile,
    Span,
    TermCase,
    Terms,
    WorkCalendar,
    compute_terms,
    load_profile,
    seed_holidays,
    work_calendar,
)
from registerkit.deadlines.compute import pause_days
from registerkit.texts import Texts, load_texts

D = date.fromisoformat


def compute(texts: Texts, terms: str | dict[str, Any], started_on: str, **values: Any) -> Terms:
    """Count the terms of a complaint under a profile, or under the settings of a [terms] table."""
    profile = load_profile({"profile": terms} if isinstance(terms, str) else terms).default
    calendar = work_calendar(seed_holidays(range(2020, 2031), texts, profile), profile)
    return compute_terms(TermCase(D(started_on), **values), profile, calendar, texts)


@pytest.mark.parametrize(
    ("received", "due", "reason"),
    [
        ("2026-03-16", "2026-04-28", "ontvangen 16-03-2026 + 6 weken = 27-04 (Koningsdag) -> 28-04-2026"),
        ("2026-04-02", "2026-05-18", "ontvangen 02-04-2026 + 6 weken = 14-05 (Hemelvaartsdag) -> 18-05-2026"),
        ("2026-02-20", "2026-04-07", "ontvangen 20-02-2026 + 6 weken = 03-04 (Goede Vrijdag) -> 07-04-2026"),
        ("2026-03-24", "2026-05-06", "ontvangen 24-03-2026 + 6 weken = 05-05 (Bevrijdingsdag) -> 06-05-2026"),
        ("2026-11-14", "2026-12-28", "ontvangen 14-11-2026 + 6 weken = 26-12 (Tweede Kerstdag) -> 28-12-2026"),
        ("2026-08-01", "2026-09-14", "ontvangen 01-08-2026 + 6 weken = 12-09 (zaterdag) -> 14-09-2026"),
        ("2026-08-03", "2026-09-14", "ontvangen 03-08-2026 + 6 weken = 14-09-2026"),
    ],
)
def test_vectors_of_the_law(texts: Texts, received: str, due: str, reason: str) -> None:
    terms = compute(texts, "awb", received)
    assert (D(due), reason, ()) == (terms.due_on, terms.due_reason, terms.warnings)


@pytest.mark.parametrize(
    ("profile", "acknowledge_by", "due"),
    [
        ("eigen", "2026-04-10", "2026-04-30"),
        ("awb", "2026-04-13", "2026-05-18"),
        ("wkkgz", "2026-04-13", "2026-05-18"),
        ("webwinkel", "2026-04-02", "2026-04-16"),
    ],
)
def test_plain_terms(texts: Texts, profile: str, acknowledge_by: str, due: str) -> None:
    """Received on Thursday 02-04-2026, before Good Friday, which is an ordinary day under eigen."""
    terms = compute(texts, profile, "2026-04-02")
    assert (D(acknowledge_by), D(due)) == (terms.acknowledge_by, terms.due_on)


def test_eigen_does_not_roll(texts: Texts) -> None:
    assert compute(texts, "eigen", "2026-05-02").due_on == D("2026-05-30")


def test_committee_has_ten_weeks_under_awb_only(texts: Texts) -> None:
    assert compute(texts, "awb", "2026-06-01", committee=True).due_on == D("2026-08-10")
    assert compute(texts, "wkkgz", "2026-06-01", committee=True).due_on == D("2026-07-13")


def test_term_in_working_days(texts: Texts) -> None:
    assert compute(texts, {"answer": "20 working days"}, "2026-06-01").due_on == D("2026-06-29")


def test_aftercare_counts_from_the_answer(texts: Texts) -> None:
    assert compute(texts, "awb", "2026-03-16").aftercare_by is None
    assert compute(texts, "awb", "2026-03-16", answered_on=D("2026-04-24")).aftercare_by == D("2026-05-12")


@pytest.mark.parametrize(
    ("extended_on", "weeks", "due"),
    [
        ("2026-04-20", None, "2026-05-26"),
        ("2026-03-16", None, "2026-05-26"),
        ("2026-04-28", None, "2026-05-26"),
        ("2026-04-29", None, "2026-04-28"),
        ("2026-03-15", None, "2026-04-28"),
        ("2026-04-20", 2, "2026-05-11"),
        ("2026-04-20", 4, "2026-05-26"),
        ("2026-04-20", 9, "2026-05-26"),
        ("2026-04-20", 0, "2026-05-26"),
        ("2026-04-20", -1, "2026-05-26"),
    ],
)
def test_extension_under_awb(texts: Texts, extended_on: str, weeks: int | None, due: str) -> None:
    """Received 16-03, unrolled end 27-04 (King's Day), so in time up to 28-04; + 4 weeks is Whit Monday, so 26-05."""
    terms = compute(texts, "awb", "2026-03-16", extended_on=D(extended_on), extended_weeks=weeks)
    assert (D(due), D("2026-04-28")) == (terms.due_on, terms.unextended_due_on)


def test_extension_in_time_thanks_to_a_pause(texts: Texts) -> None:
    pause = Pause(D("2026-06-10"), D("2026-06-14"))
    late, extended_on = D("2026-06-29"), {"extended_on": D("2026-07-01")}
    assert compute(texts, "eigen", "2026-06-01", **extended_on).due_on == late
    terms = compute(texts, "eigen", "2026-06-01", pauses=(pause,), **extended_on)
    assert (D("2026-07-04"), D("2026-07-18")) == (terms.unextended_due_on, terms.due_on)


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], 0),
        ([("2026-06-10", "2026-06-10")], 1),
        ([("2026-06-10", "2026-06-14")], 5),
        ([("2026-06-10", None)], 0),
        ([("2026-06-10", "2026-06-09")], 0),
        ([("2026-05-31", "2026-06-09")], 0),
        ([("2026-06-01", "2026-06-01")], 1),
        ([("2026-06-10", "2026-06-14"), ("2026-06-12", "2026-06-16")], 7),
        ([("2026-06-12", "2026-06-16"), ("2026-06-10", "2026-06-14")], 7),
        ([("2026-06-10", "2026-06-20"), ("2026-06-12", "2026-06-13")], 11),
        ([("2026-06-10", "2026-06-14"), ("2026-06-10", "2026-06-14")], 5),
        ([("2026-06-10", "2026-06-14"), ("2026-06-15", "2026-06-16")], 7),
        ([("2026-06-10", "2026-06-14"), ("2026-06-20", "2026-06-21")], 7),
        ([("2026-06-10", "2026-06-14"), ("2026-06-12", None)], 5),
    ],
)
def test_pause_days(eigen: Profile, spans: list[tuple[str, str | None]], expected: int) -> None:
    pauses = [Pause(D(start), D(until) if until else None) for start, until in spans]
    assert expected == pause_days(pauses, eigen, D("2026-06-01"))


@pytest.mark.parametrize(
    ("profile", "consent_on", "due", "warnings"),
    [
        ("eigen", None, "2026-07-04", ()),
        ("webwinkel", None, "2026-06-20", ()),
        ("awb", "2026-06-10", "2026-07-13", ("pause_ignored",)),
        ("wkkgz", None, "2026-07-13", ("pause_without_consent",)),
        ("wkkgz", "2026-06-10", "2026-07-20", ()),
    ],
)
def test_pauses_per_profile(
    texts: Texts, profile: str, consent_on: str | None, due: str, warnings: tuple[str, ...]
) -> None:
    """Five days from 10-06 through 14-06; under wkkgz 13-07 becomes Saturday 18-07 and rolls once."""
    pause = Pause(D("2026-06-10"), D("2026-06-14"), consent_on and D(consent_on))
    terms = compute(texts, profile, "2026-06-01", pauses=(pause,))
    assert (D(due), warnings) == (terms.due_on, terms.warnings)


@pytest.mark.parametrize(
    ("profile", "until", "consent_on", "due", "warnings"),
    [
        ("awb", "2026-08-31", "2026-06-20", "2026-08-31", ()),
        ("awb", "2026-08-30", "2026-06-20", "2026-08-30", ()),
        ("awb", "2026-08-31", None, "2026-07-13", ("consent_undated",)),
        ("awb", "2026-07-13", "2026-06-20", "2026-07-13", ("consent_not_later",)),
        ("awb", "2026-07-01", "2026-06-20", "2026-07-13", ("consent_not_later",)),
        ("wkkgz", "2026-08-31", None, "2026-07-13", ("consent_undated",)),
        ("eigen", "2026-08-31", None, "2026-08-31", ()),
        ("webwinkel", "2026-08-31", None, "2026-08-31", ()),
        ("eigen", "2026-08-31", "2026-05-20", "2026-06-29", ()),
    ],
)
def test_consent(
    texts: Texts, profile: str, until: str, consent_on: str | None, due: str, warnings: tuple[str, ...]
) -> None:
    """An agreed day is not rolled (30-08-2026 is a Sunday); consent from before this phase is of no account."""
    consent = {"consent_until": D(until), "consent_on": consent_on and D(consent_on)}
    terms = compute(texts, profile, "2026-06-01", **consent)
    assert (D(due), warnings) == (terms.due_on, terms.warnings)


def test_consent_where_the_office_allows_none(texts: Texts) -> None:
    terms = compute(texts, {"consent_allowed": False}, "2026-06-01", consent_until=D("2026-08-31"))
    assert (D("2026-06-29"), ("consent_not_allowed",)) == (terms.due_on, terms.warnings)


def test_a_reopening_leaves_the_earlier_phase_behind(texts: Texts) -> None:
    """An extension, pause, consent from before the reopening count no more, and are no fault."""
    terms = compute(
        texts,
        "eigen",
        "2026-06-01",
        reopened=True,
        extended_on=D("2026-03-02"),
        pauses=(Pause(D("2026-03-02"), D("2026-03-20")),),
        consent_until=D("2026-09-01"),
        consent_on=D("2026-03-02"),
    )
    assert terms.due_on == D("2026-06-29")
    assert (terms.due_reason, terms.warnings) == ("heropend op 01-06-2026 + 4 weken = 29-06-2026", ())


@pytest.mark.parametrize(
    ("answer", "due"), [("12 weeks", "2026-08-24"), ("84 days", "2026-08-24"), ("13 weeks", "2026-08-29")]
)
def test_over_twelve_weeks_does_not_roll(texts: Texts, answer: str, due: str) -> None:
    """Received on a Saturday: a term of 12 weeks ends on a Monday, one of 13 on the Saturday itself."""
    assert D(due) == compute(texts, {"profile": "awb", "answer": answer}, "2026-05-30").due_on


def test_committee_with_extension_is_over_twelve_weeks(texts: Texts) -> None:
    terms = compute(texts, "awb", "2026-05-30", committee=True, extended_on=D("2026-08-01"))
    assert terms.due_on == D("2026-05-30") + timedelta(weeks=14)


def test_an_extension_never_shortens_at_the_limit(texts: Texts) -> None:
    """84 days from a Saturday roll to Monday; a day more is over twelve weeks and would be the Sunday."""
    own = {"profile": "awb", "answer": "84 days", "extension": "1 day"}
    terms = compute(texts, own, "2026-05-30", extended_on=D("2026-06-10"))
    assert terms.due_on == D("2026-08-24")
    assert terms.due_reason.endswith("= 23-08 (zondag) -> 24-08-2026")


def test_a_pause_does_not_make_a_term_longer_than_twelve_weeks(texts: Texts) -> None:
    pause = Pause(D("2026-06-10"), D("2026-07-31"), D("2026-06-10"))
    assert compute(texts, "wkkgz", "2026-06-04", pauses=(pause,)).due_on == D("2026-09-07")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "nl",
            "ontvangen 01-06-2026 + 4 weken + 2 weken verlenging + 5 dagen opschorting = 18-07-2026"
            "; nader uitstel tot 31-08-2026 (instemming 01-07-2026)",
        ),
        (
            "en",
            "received 01-06-2026 + 4 weeks + 2 weeks extension + 5 days pause = 18-07-2026"
            "; further time until 31-08-2026 (consent 01-07-2026)",
        ),
    ],
)
def test_the_whole_sum_in_words(language: str, expected: str) -> None:
    terms = compute(
        load_texts(language),
        "eigen",
        "2026-06-01",
        extended_on=D("2026-06-20"),
        pauses=(Pause(D("2026-06-10"), D("2026-06-14")),),
        consent_until=D("2026-08-31"),
        consent_on=D("2026-07-01"),
    )
    assert expected == terms.due_reason


def test_consent_without_a_date_in_words(texts: Texts) -> None:
    terms = compute(texts, "eigen", "2026-06-01", consent_until=D("2026-08-31"))
    assert terms.due_reason == "ontvangen 01-06-2026 + 4 weken = 29-06-2026; nader uitstel tot 31-08-2026"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"extended_on": D("2026-07-20")}, "extension_too_late"),
        ({"extended_on": D("2026-05-20")}, "extension_before_receipt"),
        ({"extended_on": D("2026-06-20"), "extended_weeks": 3}, "extension_too_long"),
        ({"pauses": (Pause(D("2026-06-20")),)}, "pause_open"),
    ],
)
def test_warnings(texts: Texts, values: dict[str, Any], expected: str) -> None:
    terms = compute(texts, "eigen", "2026-06-01", **values)
    assert (expected,) == terms.warnings
    assert f"finding.{expected}.message" in texts


def test_a_term_past_the_last_known_decree(texts: Texts) -> None:
    assert compute(texts, "awb", "2028-12-01").warnings == ("past_known_decree",)
    assert compute(texts, "eigen", "2028-12-01").warnings == ()


def test_a_pause_until_the_end_of_time_does_not_break(texts: Texts, eigen: Profile, own_calendar: WorkCalendar) -> None:
    case = TermCase(D("2026-06-01"), pauses=(Pause(D("2026-06-10"), date.max),))
    assert compute_terms(case, eigen, own_calendar, texts).due_on.year == 9000


def test_no_extension_where_the_office_grants_none(texts: Texts) -> None:
    own = {"extension": "0 weeks", "extension_max_weeks": 0}
    terms = compute(texts, own, "2026-06-01", extended_on=D("2026-06-10"), extended_weeks=2)
    assert (terms.due_on, terms.due_reason) == (
        D("2026-06-29"),
        "ontvangen 01-06-2026 + 4 weken = 29-06-2026",
    )
    assert load_profile(own).default.extension == Span(0, "weeks")
