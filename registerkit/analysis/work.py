"""What waits to be done on a day: late answers, promises, aftercare, measures and their evaluation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from registerkit.analysis.cases import Case, cases_of
from registerkit.deadlines import aftercare_waits
from registerkit.definition import Record
from registerkit.register import Register, row_day

__all__ = ["AGES", "Late", "Load", "Measure", "MeasureState", "Work", "work"]

MeasureState = Literal["overdue", "open", "evaluate", "tell"]
"""Not done in time; not done, not due yet; done, evaluation due; evaluated, complainants not told."""

_YEAR = re.compile(r"\b[12]\d{3}\b")
AGES = (14, 28, 42, 84)
"""The bounds in days by which open complaints are grouped by age."""


@dataclass(frozen=True)
class Late:
    """An open complaint that is past its term."""

    number: str
    category: str | None
    department: str | None
    handler: str | None
    due_on: date
    days: int
    """Calendar days past the term."""


@dataclass(frozen=True)
class Load:
    """What one handler has open."""

    open: int
    overdue: int


@dataclass(frozen=True)
class Measure:
    """A measure that asks for something, and the day by which."""

    number: str
    description: str
    owner: str | None
    state: MeasureState
    by: date | None


@dataclass(frozen=True)
class Work:
    """What waits on a day."""

    late: tuple[Late, ...]
    """The latest first."""
    by_handler: dict[str, Load]
    """Those with the most late complaints first; complaints without a handler under "-"."""
    ages: tuple[int, ...]
    """Open complaints per age: under 14 days, 14 to 27, 28 to 41, 42 to 83, 84 and more."""
    promises: tuple[str, ...]
    """Complaints whose agreement should have been kept by now."""
    aftercare: tuple[str, ...]
    """Complaints whose aftercare waits: too late, or due before the next run."""
    measures: tuple[Measure, ...]


def work(register: Register, on: date) -> Work:
    """Look what waited at the end of a day."""
    cases = cases_of(register)
    open_cases = [case for case in cases if case.open_phase(on) and not case.complaint.state.is_apart]
    late = [case for case in open_cases if case.overdue(on)]
    return Work(
        late=tuple(sorted((_late(case, on) for case in late), key=lambda entry: (-entry.days, entry.number))),
        by_handler=_loads(register, open_cases, late),
        ages=_ages(open_cases, on),
        promises=tuple(_promises(cases, on)),
        aftercare=tuple(_aftercare(register, cases, on)),
        measures=tuple(_measures(register, on)),
    )


def _late(case: Case, on: date) -> Late:
    phase = case.open_phase(on)
    due_on = phase.due_on if phase and phase.due_on else on
    category, department, handler = (case.complaint.label(r) for r in ("category", "department", "handler"))
    return Late(case.number, category, department, handler, due_on, (on - due_on).days)


def _loads(register: Register, open_cases: list[Case], late: list[Case]) -> dict[str, Load]:
    if not register.has("handler"):
        return {}
    opens = Counter(case.complaint.label("handler") or "-" for case in open_cases)
    lates = Counter(case.complaint.label("handler") or "-" for case in late)
    names = sorted(opens, key=lambda name: (-lates[name], -opens[name], name.casefold()))
    return {name: Load(opens[name], lates[name]) for name in names}


def _ages(open_cases: list[Case], on: date) -> tuple[int, ...]:
    counts = [0] * (len(AGES) + 1)
    for case in open_cases:
        phase = case.open_phase(on)
        age = (on - (phase.started_on if phase else case.received_on)).days
        counts[sum(age >= bound for bound in AGES)] += 1
    return tuple(counts)


def _promises(cases: Iterable[Case], on: date) -> Iterator[str]:
    for case in cases:
        by, kept = case.complaint.day("agreement_by"), case.complaint.day("agreement_kept_on")
        if by is not None and by < on and case.received_on <= on and (kept is None or kept > on):
            yield case.number


def _aftercare(register: Register, cases: Iterable[Case], on: date) -> Iterator[str]:
    ahead = register.policy.default.days_until_next_run
    for case in cases:
        by, done = case.complaint.day("aftercare_by"), case.complaint.day("aftercare_on")
        if aftercare_waits(by, done, on, ahead) and case.complaint.has_aftercare:
            yield case.number


def _measures(register: Register, on: date) -> list[Measure]:
    rows = register.table("measures")
    begun = _first_days(register)
    known = {n: row for n, row in rows.items() if on >= register.on or begun.get(n.upper(), _year_of(n)) <= on}
    found = [measure for number, row in known.items() if (measure := _measure(register, number, row, on))]
    order = ("overdue", "evaluate", "open", "tell")
    return sorted(found, key=lambda m: (order.index(m.state), m.by or date.max, m.number))


def _first_days(register: Register) -> dict[str, date]:
    """Return the first day of a complaint that led to each measure: earlier it was not there."""
    days: dict[str, date] = {}
    for case in cases_of(register):
        if number := case.complaint.text("measure"):
            days[number.upper()] = min(case.received_on, days.get(number.upper(), case.received_on))
    return days


def _year_of(number: str) -> date:
    """Return the first day of the year in a number; of one without a year the first of all."""
    year = _YEAR.search(number)
    return date(int(year[0]), 1, 1) if year else date.min


def _measure(register: Register, number: str, row: Record, on: date) -> Measure | None:
    state, by = _state(row, on)
    if state is None:
        return None
    owner, description = row.get("owner"), row.get("description")
    name = register.lookups.person_name(owner if isinstance(owner, str) else None)
    return Measure(number, description if isinstance(description, str) else "", name, state, by)


def _state(row: Record, on: date) -> tuple[MeasureState | None, date | None]:
    ready_by, evaluate_by = row_day(row, "ready_by"), row_day(row, "evaluate_by")
    if not _done(row, "done_on", on):
        return ("overdue" if ready_by and ready_by < on else "open"), ready_by
    if not _done(row, "evaluated_on", on):
        return ("evaluate", evaluate_by) if evaluate_by and evaluate_by <= on else (None, None)
    return ("tell", None) if not _done(row, "told_on", on) else (None, None)


def _done(row: Record, field_id: str, on: date) -> bool:
    day = row_day(row, field_id)
    return day is not None and day <= on
