"""What is said of a whole complaint: the field at fault, the value, and words in both languages.

1. Extension.  2. Consent.  3. Pauses.  4. A term past the last known decree.  5. An extension that was told already.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from stage_samples import DEFINITION, LOOKUPS, ON, record

from registerkit.checking import CheckContext, ComplaintCheck
from registerkit.deadlines import load_profile, seed_holidays, work_calendar
from registerkit.definition import Lookups, Record
from registerkit.findings import Location
from registerkit.register import Complaint, Phase, Rules
from registerkit.texts import LANGUAGES, load_texts

D = date.fromisoformat
RECEIVED = {"received_on": D("2026-06-01")}


def check(language: str = "nl") -> ComplaintCheck:
    lookups = LOOKUPS if language == "nl" else Lookups.of(DEFINITION, "en")
    return ComplaintCheck(CheckContext(DEFINITION, lookups, ON), load_texts(language))


def complaint(profile: str = "eigen", language: str = "nl", number: str = "K-2026-0001", **values: Any) -> Complaint:
    texts, policy = load_texts(language), load_profile({"profile": profile})
    calendar = work_calendar(seed_holidays(range(2020, 2031), texts, policy.default), policy.default)
    rules = Rules(DEFINITION, LOOKUPS, policy, calendar, texts, ON)
    return Complaint(number, record(number, **values), rules, given_phases(values))


def given_phases(values: Record) -> tuple[Phase, ...]:
    """Return two phases for what was closed before its reopening, else none: they follow from the record."""
    reopened, closed = values.get("reopened_on"), values.get("closed_on")
    if not (isinstance(reopened, date) and isinstance(closed, date)):
        return ()
    return (Phase("K-2026-0001", 1, D("2026-06-01"), closed_on=closed), Phase("K-2026-0001", 2, reopened))


COMPLAINTS: list[tuple[str, Record, list[tuple[str, str, str | None]]]] = [
    ("eigen", {"extended_on": D("2026-06-29")}, []),
    ("eigen", {"extended_on": D("2026-06-30")}, [("extended_on", "extension_too_late", "30-06-2026")]),
    ("eigen", {"extended_on": D("2026-05-31")}, [("extended_on", "extension_before_receipt", "31-05-2026")]),
    ("eigen", {"extended_on": D("2026-06-20"), "extended_weeks": 2}, []),
    ("eigen", {"extended_on": D("2026-06-20"), "extended_weeks": 9}, [("extended_weeks", "extension_too_long", "9")]),
    ("awb", {"extended_on": D("2026-06-20"), "extended_weeks": 4}, []),
    ("eigen", {"consent_until": D("2026-08-01")}, []),
    ("awb", {"consent_until": D("2026-08-01")}, [("consent_on", "consent_undated", None)]),
    ("wkkgz", {"consent_until": D("2026-08-01")}, [("consent_on", "consent_undated", None)]),
    ("awb", {"consent_until": D("2026-08-01"), "consent_on": D("2026-07-01")}, []),
    ("eigen", {"consent_until": D("2026-06-29")}, [("consent_until", "consent_not_later", "29-06-2026")]),
    ("awb", {"received_on": D("2028-12-01"), "due_on": D("2029-01-12")},
     [("due_on", "past_known_decree", "12-01-2029")]),
    ("eigen", {"received_on": D("2028-12-01"), "due_on": D("2028-12-29")}, []),
]  # fmt: skip


@pytest.mark.parametrize(("profile", "values", "expected"), COMPLAINTS)
def test_a_complaint(profile: str, values: Record, expected: list[tuple[str, str, str | None]]) -> None:
    faults = list(check().complaint(complaint(profile, **(RECEIVED | values))))
    assert [(f.field, f.finding.code, f.finding.value) for f in faults] == expected
    assert all(f.finding.severity == "warning" and not f.holds_back for f in faults)


@pytest.mark.parametrize(
    ("profile", "row", "expected"),
    [
        ("eigen", {"until": D("2026-06-12")}, None),
        ("eigen", {}, ("until", "pause_open", "info")),
        ("awb", {"until": D("2026-06-12")}, ("from", "pause_ignored", "warning")),
        ("wkkgz", {"until": D("2026-06-12")}, ("consent_on", "pause_without_consent", "warning")),
        ("wkkgz", {"until": D("2026-06-12"), "consent_on": D("2026-06-09")}, None),
    ],
)
def test_a_pause(profile: str, row: dict[str, Any], expected: tuple[str, str, str] | None) -> None:
    fault = check().pause({"from": D("2026-06-10"), **row}, complaint(profile, **RECEIVED))
    assert (fault and (fault.field, fault.finding.code, fault.finding.severity)) == expected


COMPLETE = {"judgement": "gegrond", "solution": "excuses", "answer_channel": "email", "closed_by": "BJ"}
UNHEARD = COMPLETE | {"received_on": D("2026-10-20"), "answered_on": D("2026-11-02")}
INVOLVED = {"handler": "BJ", "employee": "bram jonker"}


@pytest.mark.parametrize(
    ("profile", "values", "expected"),
    [
        ("eigen", {"answered_on": D("2026-06-20")}, ("judgement", "answered_incomplete", "warning")),
        ("eigen", {"answered_on": D("2026-06-20"), **COMPLETE, "solution": None},
         ("solution", "answered_incomplete", "warning")),
        ("eigen", {"answered_on": D("2026-06-20"), **COMPLETE}, None),
        ("eigen", {"closed_on": D("2026-06-20")}, ("closed_on", "closed_unanswered", "warning")),
        ("eigen", {"status": "afgehandeld"}, ("status", "closed_unanswered", "warning")),
        ("eigen", {"status": "ingetrokken"}, None),
        ("eigen", {"closed_on": D("2026-06-20"), "reopened_on": D("2026-12-20")},
         ("reopened_on", "reopened_after_window", "warning")),
        ("eigen", {"closed_on": D("2026-06-20"), "reopened_on": D("2026-06-22")}, None),
        ("eigen", {"closed_on": D("2026-06-20"), "reopened_on": D("2026-12-20"), "reopen_reason": "geschil"}, None),
        ("awb", INVOLVED, ("handler", "handler_involved", "error")),
        ("awb", INVOLVED | {"handler_confirmed": True}, None),
        ("awb", INVOLVED | {"employee": "Daan Smit"}, None),
        ("eigen", INVOLVED, None),
        ("awb", UNHEARD, ("judgement", "closed_unheard", "error")),
        ("awb", UNHEARD | {"status": "afgehandeld", "closed_on": D("2026-11-02")},
         ("judgement", "closed_unheard", "error")),
        ("awb", UNHEARD | {"judgement": None, "solution": "excuses"}, ("judgement", "answered_incomplete", "warning")),
        ("awb", UNHEARD | {"answered_on": D("2026-10-21")}, None),
        ("awb", UNHEARD | {"committee": True}, None),
        ("awb", UNHEARD | {"solved_on": D("2026-11-01"), "customer_satisfied": True}, None),
        ("awb", UNHEARD | {"status": "ingetrokken"}, None),
        ("awb", UNHEARD | {"status": "niet_in_behandeling"}, None),
        ("awb", {"judgement": "gegrond"}, None),
        ("wkkgz", UNHEARD, None),
        ("eigen", UNHEARD, None),
    ],
)  # fmt: skip
def test_an_ending_a_reopening_and_the_handler(
    profile: str, values: Record, expected: tuple[str, str, str] | None
) -> None:
    faults = list(check().complaint(complaint(profile, **(RECEIVED | values))))
    found = [(f.field, f.finding.code, f.finding.severity) for f in faults]
    assert found == ([expected] if expected else [])


def test_a_pause_of_an_earlier_phase_is_past() -> None:
    said = complaint("awb", reopened_on=D("2026-09-01"), **RECEIVED)
    assert check().pause({"from": D("2026-06-10")}, said) is None


LETTER = {"kind": "extension", "made_on": D("2026-06-22")}


@pytest.mark.parametrize(
    ("changes", "letters", "expected"),
    [
        ({"extended_on": (D("2026-06-20"), D("2026-06-25"), "f")}, [LETTER], ["extended_on"]),
        ({"extended_on": (D("2026-06-20"), None, "f")}, [LETTER], ["extended_on"]),
        ({"extended_weeks": (2, 1, "f")}, [LETTER], ["extended_weeks"]),
        ({"extended_on": (None, D("2026-06-25"), "f")}, [LETTER], []),
        ({"extended_on": (D("2026-06-20"), D("2026-06-25"), "f")}, [], []),
        ({"remarks": ("a", "b", "f")}, [LETTER], []),
    ],
)
def test_an_extension_that_a_letter_has_told_is_not_changed_in_silence(
    changes: dict[str, Any], letters: list[Record], expected: list[str]
) -> None:
    faults = list(check().notified(complaint(**RECEIVED), changes, letters))
    assert [f.field for f in faults] == expected
    for fault in faults:
        assert "22-06-2026" in fault.finding.message(load_texts("nl"))
        assert "K-2026-0001" in fault.finding.fix(load_texts("nl"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_in_the_words_is_filled_in(language: str) -> None:
    texts, checker = load_texts(language), check(language)
    complaints = [
        complaint(profile, language, "K-1", **(RECEIVED | values))
        for profile, values in (
            ("eigen", {"extended_on": D("2026-06-20"), "extended_weeks": 9}),
            ("eigen", {"extended_on": D("2026-07-20"), "consent_until": D("2026-06-29")}),
            ("eigen", {"extended_on": D("2026-05-31")}),
            ("awb", {"received_on": D("2028-12-01"), "consent_until": D("2029-03-01")}),
            ("eigen", {"answered_on": D("2026-06-20")}),
            ("eigen", {"closed_on": D("2026-06-20")}),
            ("eigen", {"closed_on": D("2026-06-20"), "reopened_on": D("2026-12-20")}),
            ("awb", {"handler": "BJ", "employee": "Bram Jonker"}),
        )
    ]
    plain = {profile: complaint(profile, language, "K-1", **RECEIVED) for profile in ("awb", "wkkgz", "eigen")}
    found = [
        *(fault for each in complaints for fault in checker.complaint(each)),
        *(checker.pause({"from": D("2026-06-10")}, each) for each in plain.values()),
        *checker.notified(plain["eigen"], {"extended_weeks": (2, 1, "f")}, [LETTER]),
        checker.closing_day(plain["eigen"], D("2026-06-20")),
        checker.reopened(complaint(reopened_on=D("2026-06-20"), **RECEIVED)),
    ]
    assert 16 == len({f.finding.code for f in found if f})
    for fault in found:
        assert fault is not None
        finding = fault.finding.at(Location("a.xlsx", "Register", "D14", 14, fault.finding.context["label"]))
        words = finding.message(texts) + finding.fix(texts)
        assert "?" not in words, words
        assert "{" not in words
