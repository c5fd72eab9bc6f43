"""What waits to be done on a day: late answers, promises, aftercare, measures and their evaluation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import sqlalchemy as sa

from registerkit.analysis.counting import EMPTY
from registerkit.analysis.scope import is_open, late_by
from registerkit.analysis.tally import LAST, Tally
from registerkit.deadlines import LAPSED_DAYS, aftercare_waits
from registerkit.definition import Record
from registerkit.register import Register, Standing, row_day
from registerkit.store.schema import cases, handlings

__all__ = ["AGES", "Late", "Load", "Measure", "MeasureState", "Work", "work"]

MeasureState = Literal["overdue", "open", "evaluate", "tell"]
"""Not done in time; not done, not due yet; done, evaluation due; evaluated, complainants not told."""

_YEAR = re.compile(r"\b[12]\d{3}\b")
_GOES_ON = handlings.c.standing != Standing.APART.value
"""What waits in an office: complaints of a crisis too."""
_OPEN = sa.and_(_GOES_ON, is_open(LAST))
AGES = (14, 28, 42, 84)
"""The bounds in days by which open complaints are grouped by age."""


@dataclass(frozen=True, slots=True)
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


def work(tally: Tally, on: date) -> Work:
    """Look what waited at the end of a day."""
    late = _late(tally, on)
    return Work(
        late=late,
        by_handler=_loads(tally, on, late),
        ages=_ages(tally, on),
        promises=_promises(tally, on),
        aftercare=_aftercare(tally, on),
        measures=tuple(_measures(tally, on)),
    )


def _late(tally: Tally, on: date) -> tuple[Late, ...]:
    roles, register = ("category", "department", "handler"), tally.register
    query = sa.select(handlings.c.complaint, handlings.c.due_on, *(tally.role(role).label(role) for role in roles))
    both = tally.beside(handlings).join(cases, cases.c.complaint == handlings.c.complaint)
    found, late = [], query.select_from(both).where(_GOES_ON, late_by(on, register.on))
    for number, due_on, *codes in tally.stream(late, {"last": on}):
        category, department, handler = (register.label(role, code) for role, code in zip(roles, codes, strict=True))
        found.append(Late(number, category, department, handler, due_on, (on - due_on).days))
    return tuple(sorted(found, key=lambda entry: (-entry.days, entry.number)))


def _loads(tally: Tally, on: date, late: Sequence[Late]) -> dict[str, Load]:
    if not tally.register.has("handler"):
        return {}
    waiting = tally.groups(["handler"], _OPEN, facts=handlings, days={"last": on})
    opens = +tally.labelled("handler", waiting)
    lates = Counter(entry.handler or EMPTY for entry in late)
    names = sorted(opens, key=lambda name: (-lates[name], -opens[name], name.casefold()))
    return {name: Load(opens[name], lates[name]) for name in names}


def _ages(tally: Tally, on: date) -> tuple[int, ...]:
    counts = [0] * (len(AGES) + 1)
    for begun, n in tally.groups([], _OPEN, handlings.c.started_on, facts=handlings, days={"last": on}):
        counts[sum((on - begun).days >= bound for bound in AGES)] += n
    return tuple(counts)


def _promises(tally: Tally, on: date) -> tuple[str, ...]:
    by, kept = tally.role("agreement_by"), tally.role("agreement_kept_on")
    late = sa.and_(by < on, cases.c.received_on <= on, sa.or_(kept.is_(None), kept > on))
    return tuple(each.number for each in tally.came(late)) if tally.register.has("agreement_by") else ()


def _aftercare(tally: Tally, on: date) -> tuple[str, ...]:
    by, done, ahead = cases.c.aftercare_by, "aftercare_on", tally.register.policy.default.days_until_next_run
    perhaps = by.between(on - timedelta(days=LAPSED_DAYS), on + timedelta(days=ahead))
    found = tally.came(perhaps, ["aftercare_by", done])
    return tuple(
        each.number for each in found if aftercare_waits(each.values["aftercare_by"], each.values.get(done), on, ahead)
    )


def _measures(tally: Tally, on: date) -> list[Measure]:
    register = tally.register
    rows = register.table("measures")
    begun = _first_days(tally) if rows and on < register.on else {}
    known = {n: row for n, row in rows.items() if on >= register.on or begun.get(n.upper(), _year_of(n)) <= on}
    found = [measure for number, row in known.items() if (measure := _measure(register, number, row, on))]
    order = ("overdue", "evaluate", "open", "tell")
    return sorted(found, key=lambda m: (order.index(m.state), m.by or date.max, m.number))


def _first_days(tally: Tally) -> dict[str, date]:
    """Return the first day of a complaint that led to each measure: earlier it was not there."""
    days: dict[str, date] = {}
    there = sa.and_(cases.c.received_on.is_not(None), tally.role("measure").is_not(None))
    for number, _, first in tally.groups(["measure"], there, sums=(sa.func.min(cases.c.received_on),)):
        if first is not None and (name := (number or "").strip().upper()):
            days[name] = min(first, days.get(name, first))
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
