"""From a complaint's record to its terms and back: which fields the terms depend on, and which they fill."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from registerkit.deadlines.calendar import WorkCalendar
from registerkit.deadlines.compute import Pause, TermCase, Terms, compute_terms
from registerkit.deadlines.profile import Profile, TermPolicy
from registerkit.deadlines.signal import Signal, signal
from registerkit.definition import Definition, Record, Value
from registerkit.texts import Texts

__all__ = [
    "CLOSED_STATUSES",
    "GRAVEST",
    "complaint_signal",
    "complaint_terms",
    "has_terms",
    "pause_of",
    "pauses_by_complaint",
    "profile_of",
    "term_case",
]

CLOSED_STATUSES = frozenset({"afgehandeld", "ingetrokken", "doorgestuurd", "niet_in_behandeling"})
"""The status codes of complaints that need no more work."""


GRAVEST = "zeer_ernstig"
"""The severity code of complaints that are told to the right people at once."""


def has_terms(definition: Definition) -> bool:
    """Tell whether a register has the fields that terms are counted from and shown in."""
    return all(definition.role(name) for name in ("received_on", "due_on", "status"))


def pauses_by_complaint(pauses: Iterable[Record]) -> dict[str, tuple[Pause, ...]]:
    """Group the rows of the pauses table by complaint."""
    found: dict[str, list[Pause]] = {}
    for row in pauses:
        if (pause := pause_of(row)) is not None:
            found.setdefault(str(row.get("complaint")), []).append(pause)
    return {number: tuple(rows) for number, rows in found.items()}


def pause_of(row: Mapping[str, Value]) -> Pause | None:
    """Give the pause that a row of the pauses table says; None without its first day."""
    start = _day(row.get("from"))
    return Pause(start, _day(row.get("until")), _day(row.get("consent_on"))) if start else None


def profile_of(record: Mapping[str, Value], policy: TermPolicy) -> Profile:
    """Give the term profile of a complaint, by its category and severity."""
    return policy.for_case(_code(record, "category"), _code(record, "severity"))


def term_case(record: Mapping[str, Value], pauses: tuple[Pause, ...] = ()) -> TermCase | None:
    """Give what a complaint's terms depend on in its present phase; None while it has no day of receipt."""
    received, reopened = _day(record.get("received_on")), _day(record.get("reopened_on"))
    if received is None:
        return None
    weeks = record.get("extended_weeks")
    return TermCase(
        started_on=reopened or received,
        acknowledged_on=_day(record.get("acknowledged_on")),
        extended_on=_day(record.get("extended_on")),
        extended_weeks=weeks if isinstance(weeks, int) else None,
        consent_until=_day(record.get("consent_until")),
        consent_on=_day(record.get("consent_on")),
        committee=record.get("committee") is True,
        reopened=reopened is not None,
        pauses=pauses,
        answered_on=_day(record.get("answered_on")),
        closed_on=_day(record.get("closed_on")),
    )


def complaint_terms(
    record: Mapping[str, Value],
    pauses: tuple[Pause, ...],
    policy: TermPolicy,
    calendar: WorkCalendar,
    texts: Texts,
) -> Terms | None:
    """Count a complaint's terms; None while it has no day of receipt."""
    case = term_case(record, pauses)
    if case is None:
        return None
    return compute_terms(case, profile_of(record, policy), calendar, texts)


def complaint_signal(
    record: Mapping[str, Value],
    pauses: tuple[Pause, ...],
    policy: TermPolicy,
    calendar: WorkCalendar,
    texts: Texts,
    on: date,
    terms: Terms | None = None,
) -> Signal | None:
    """Tell how a complaint stands on a day; None while it has no day of receipt. Counts its terms unless given."""
    case = term_case(record, pauses)
    if case is None:
        return None
    profile = profile_of(record, policy)
    terms = terms or compute_terms(case, profile, calendar, texts)
    return signal(case, terms, profile, calendar, on, record.get("status") in CLOSED_STATUSES)


def _day(value: Value) -> date | None:
    return value if isinstance(value, date) else None


def _code(record: Mapping[str, Value], field_id: str) -> str | None:
    value = record.get(field_id)
    return value if isinstance(value, str) else None
