"""The figures of a period: what the contract promises, and what the reports tell beside it.

A figure is declared once: how it is written, whether it stands among the key figures, and in the JSON.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import Field, dataclass, field, fields
from datetime import date
from itertools import pairwise
from statistics import fmean, median
from typing import Any

from registerkit.analysis.balance import balance, count_open
from registerkit.analysis.cases import Case, cases_of
from registerkit.analysis.content import CellKind
from registerkit.analysis.counting import EMPTY, Counts, by_size, count, count_months, percentile, share
from registerkit.analysis.outcomes import Outcomes, Speed, Timing, outcomes, speed_by, timing
from registerkit.analysis.period import Period, a_year_back, began_late
from registerkit.analysis.scope import Scope
from registerkit.analysis.volumes import per_thousand, volume_of
from registerkit.register import DISPUTE, Recurrence, Register, recurring

__all__ = ["Figures", "Recurrence", "Speed", "counted_roles", "figure_kinds", "figures"]


def _figure(kind: CellKind | None = None, *, key: bool = False) -> Mapping[str, Any]:
    """Declare a figure: the kind of cell it is written in, and whether it stands among the key figures."""
    return {"kind": kind, "key": key, "json": True}


_COUNTS = {"counted": True, "json": True}
"""Declares counts of the complaints received, by the label of the role behind `by_`."""
_INSIDE = {"json": False}
"""Declares what the report tells in words and tables only."""


@dataclass(frozen=True)
class Figures:
    """What happened in a period. Shares are 0..1; None means that there is nothing to divide, or no such field.

    Crises and what turned out to be no complaint are counted apart and stand in no other figure, so that open at the
    start, received and reopened together are always what was closed and what is open at the end. Counts `by_*` are of
    complaints received in the period, by label, the biggest first and the empty choice ("-") last.
    """

    received: int | None = field(metadata=_figure("number", key=True))
    closed: int | None = field(metadata=_figure("number", key=True))
    open_at_start: int | None = field(metadata=_figure("number", key=True))
    open_at_end: int | None = field(metadata=_figure("number", key=True))
    overdue_open: int | None = field(metadata=_figure("number", key=True))
    acknowledged_in_time: float | None = field(metadata=_figure("percent", key=True))
    closed_in_time: float | None = field(metadata=_figure("percent", key=True))
    median_days_to_close: float | None = field(metadata=_figure("decimal", key=True))
    """Calendar days."""
    p90_days_to_close: int | None = field(metadata=_figure("number", key=True))
    """Calendar days within which nine out of ten were closed: the nearest rank, so a day that one of them took."""
    reopened: int | None = field(metadata=_figure("number", key=True))
    repeat_complainants: int | None = field(metadata=_figure("number", key=True))
    satisfaction_mean: float | None = field(metadata=_figure("decimal", key=True))
    satisfaction_n: int | None = field(metadata=_figure("number"))
    satisfaction_asked: int | None = field(metadata=_figure("number"))
    """Whose aftercare was done in the period, or who gave a mark anyhow: of so many a mark could be had."""
    cost_total: int | None = field(metadata=_figure("euro", key=True))
    """Cents; what the handlings that ended in the period had cost."""
    cost_reopened: int | None = field(metadata=_figure("euro"))
    """Cents; the part of it that handlings cost which had begun with a reopening."""
    amount_total: int | None = field(metadata=_figure("euro"))
    """Cents; the amounts at stake as complainants named them."""

    by_category: Counts = field(metadata=_COUNTS)
    by_subcategory: Counts = field(metadata=_COUNTS)
    by_cause: Counts = field(metadata=_COUNTS)
    by_channel: Counts = field(metadata=_COUNTS)
    by_department: Counts = field(metadata=_COUNTS)
    by_causing_department: Counts = field(metadata=_COUNTS)
    by_branch: Counts = field(metadata=_COUNTS)
    by_handler: Counts = field(metadata=_COUNTS)
    by_judgement: Counts = field(metadata=_COUNTS)
    by_severity: Counts = field(metadata=_COUNTS)
    by_responsible: Counts = field(metadata=_COUNTS)
    by_process: Counts = field(metadata=_COUNTS)
    by_subject: Counts = field(metadata=_COUNTS)
    by_supplier: Counts = field(metadata=_COUNTS)
    by_customer_kind: Counts = field(metadata=_COUNTS)
    by_month: Counts = field(metadata=_figure())
    by_ending: Counts = field(metadata=_figure())
    """How the handlings that ended in the period ended."""
    causes_by_department: Mapping[str, Counts] = field(metadata=_INSIDE)
    """Per causing department, its causes."""

    special: int | None = field(metadata=_figure("number", key=True))
    """Complaints of special circumstances (a crisis) that came in, which no other figure holds."""
    special_open: int | None = field(metadata=_figure("number"))
    no_complaint: int | None = field(metadata=_figure("number"))
    """What came in and turned out to be no complaint, which no other figure holds."""
    special_by_category: Counts = field(metadata=_INSIDE)
    volume: int | None = field(metadata=_figure("number"))
    """What the complaints are set against, as the office gave it."""
    per_thousand: float | None = field(metadata=_figure("decimal", key=True))
    complainants: int | None = field(metadata=_figure("number", key=True))
    repeat_share: float | None = field(metadata=_figure("percent"))
    unseen_low: int | None = field(metadata=_figure("number"))
    unseen_high: int | None = field(metadata=_figure("number"))
    """Estimate of dissatisfied people who were not heard: only 2 to 4 % reach the organisation; crises left out."""
    disputes: int | None = field(metadata=_figure("number"))
    """Reopenings by an ombudsman or a disputes committee."""
    channels: Counts = field(metadata=_INSIDE)
    """Complaints received, by the code of the way in which they came."""
    acknowledged_n: int = field(metadata=_INSIDE)
    """Of how many complaints `acknowledged_in_time` is a share."""
    acknowledged_kept: int = field(metadata=_INSIDE)
    """How many of those were acknowledged in time."""
    due_n: int = field(metadata=_INSIDE)
    """Of how many closings `closed_in_time` is a share."""
    due_kept: int = field(metadata=_INSIDE)
    """How many of those were answered in time."""
    marks: Counts = field(metadata=_INSIDE)
    """Answers per mark of satisfaction, "1" to "5"; those that `satisfaction_mean` is the mean of."""
    closings: Outcomes = field(metadata=_INSIDE)
    """What the closings in the period came to."""
    timing: Timing = field(metadata=_INSIDE)
    """How long the closings in the period took."""
    speed_by_department: Mapping[str, Speed] = field(metadata=_INSIDE)
    recurring: tuple[Recurrence, ...] = field(metadata=_INSIDE)
    """What came in three times within four weeks that end in the period."""
    as_of: date = field(metadata=_INSIDE)
    """The day on which open complaints were counted: the period's last day, or the present day while it goes on."""
    register_from: date | None = field(metadata=_INSIDE)
    """The first day of receipt in the register; figures of periods before it say nothing."""


def figure_kinds(*, key: bool) -> Iterator[tuple[str, CellKind]]:
    """Return the figures with the kind of cell they are written in, those of the key figures or all single ones."""
    for each in fields(Figures):
        kind = each.metadata.get("kind")
        if kind is not None and (not key or each.metadata["key"]):
            yield each.name, kind


def counted_roles() -> list[str]:
    """Return the roles by whose labels complaints are counted."""
    return [_role(each) for each in fields(Figures) if each.metadata.get("counted")]


def _role(each: Field[Any]) -> str:
    return each.name.removeprefix("by_")


def figures(register: Register, period: Period, every: tuple[Case, ...] | None = None) -> Figures:
    """Count all figures of a period; `every` is `cases_of(register)` where that is at hand."""
    scope = Scope(register, period, cases_of(register) if every is None else every)
    return Figures(**_totals(scope), **_times(scope), **_counted(scope), **_people(scope), **_insight(scope))


def _totals(scope: Scope) -> dict[str, Any]:
    register, on, period = scope.register, scope.as_of, scope.period
    known, closes = register.has("received_on"), register.has("received_on", "closed_on")
    told, volume = balance(scope), _volume(scope)
    counted = known and (closes or register.has("status"))
    special = register.has("special")
    return {
        "received": told.received if known else None,
        "closed": told.closed if closes else None,
        "open_at_start": told.open_at_start if counted else None,
        "open_at_end": told.open_at_end if counted else None,
        "overdue_open": sum(case.overdue(on) for case in scope.cases) if known and register.has("due_on") else None,
        "reopened": told.reopened if register.has("received_on", "reopened_on") else None,
        "special": sum(case.received_on in period for case in scope.special) if special else None,
        "special_open": count_open(scope.special, on) if special else None,
        "no_complaint": sum(c.complaint.state.is_apart and c.received_on in period for c in scope.every),
        "by_ending": told.by_ending,
        "disputes": _disputes(scope) if register.has("reopen_reason") else None,
        "channels": by_size(Counter(case.complaint.text("channel") or EMPTY for case in scope.received)),
        "volume": volume,
        "per_thousand": per_thousand(told.received if known else None, volume),
        "amount_total": _sum(register, scope.received, "amount"),
        "cost_total": sum(h.cost for h in scope.handlings) if register.has("cost") else None,
        "cost_reopened": sum(h.cost for h in scope.handlings if h.phase.n > 1) if register.has("cost") else None,
        "as_of": on,
        "register_from": min((case.received_on for case in scope.every), default=None),
    }


def _volume(scope: Scope) -> int | None:
    """Return what the complaints of a whole period are set against; of a part of one they would seem too few."""
    begun = min((case.received_on for case in scope.every), default=None)
    is_whole = scope.as_of == scope.whole.last and begun is not None and not began_late(begun, scope.whole)
    return volume_of(scope.whole, scope.register.settings.report.volumes) if is_whole else None


def _disputes(scope: Scope) -> int:
    phases = (phase for case in scope.cases for phase in case.phases)
    return sum(phase.n > 1 and phase.reason == DISPUTE and phase.started_on in scope.period for phase in phases)


def _sum(register: Register, cases: Iterable[Case], role: str) -> int | None:
    return sum(case.complaint.whole(role) or 0 for case in cases) if register.has(role) else None


def _times(scope: Scope) -> dict[str, Any]:
    acknowledged = [a for case in scope.received if (a := _acknowledged(scope, case)) is not None]
    answered = [h.in_time for h in scope.handlings if h.in_time is not None]
    marks = [
        mark
        for case in scope.cases
        if (mark := case.complaint.whole("satisfaction")) is not None and _asked_on(case) in scope.period
    ]
    return {
        "acknowledged_in_time": share(sum(acknowledged), len(acknowledged)),
        "acknowledged_n": len(acknowledged),
        "acknowledged_kept": sum(acknowledged),
        "closed_in_time": share(sum(answered), len(answered)),
        "due_n": len(answered),
        "due_kept": sum(answered),
        "median_days_to_close": float(median(h.days for h in scope.handlings)) if scope.handlings else None,
        "p90_days_to_close": percentile([h.days for h in scope.handlings], 0.9),
        "satisfaction_mean": fmean(marks) if marks else None,
        "marks": {str(mark): marks.count(mark) for mark in range(1, 6)} if marks else {},
        "satisfaction_asked": _asked(scope, len(marks)) if scope.register.has("satisfaction") else None,
        "satisfaction_n": len(marks) if scope.register.has("satisfaction") else None,
    }


def _acknowledged(scope: Scope, case: Case) -> bool | None:
    """Tell whether receipt was confirmed in time; None while there is still time to do so."""
    register, complaint = scope.register, case.complaint
    if not register.has("acknowledge_by", "acknowledged_on"):
        return None
    by, done = complaint.day("acknowledge_by"), complaint.day("acknowledged_on")
    if complaint.is_taken_over and done is None:
        return None
    if len(case.phases) > 1 or by is None:
        # A reopening moved the day in the record; the one that counts here runs from the receipt.
        by = register.calendar.add_working_days(case.received_on, complaint.profile.acknowledge_working_days)
    if done is None:
        return False if by < register.on else None
    return done <= by


def _asked(scope: Scope, answered: int) -> int:
    """Count who could have given a mark; a mark that came without a day of aftercare was asked for all the same."""
    cared = sum(case.complaint.day("aftercare_on") in scope.period for case in scope.cases)
    return max(cared, answered)


def _asked_on(case: Case) -> date | None:
    return case.complaint.day("aftercare_on") or case.complaint.day("closed_on")


def _counted(scope: Scope) -> dict[str, Any]:
    register = scope.register
    by_department: dict[str, list[Case]] = {}
    for case in scope.received:
        if name := case.complaint.label("causing_department"):
            by_department.setdefault(name, []).append(case)
    return {
        **{f"by_{role}": count(register, role, scope.received) for role in counted_roles()},
        "by_month": count_months(case.received_on for case in scope.received),
        "causes_by_department": {name: count(register, "cause", by_department[name]) for name in sorted(by_department)},
        "special_by_category": by_size(count(register, "category", [c for c in scope.special if _is_new(scope, c)])),
    }


def _is_new(scope: Scope, case: Case) -> bool:
    return case.received_on in scope.period


def _people(scope: Scope) -> dict[str, Any]:
    register, n = scope.register, len(scope.received)
    tells = register.has("name") or register.has("email") or register.has("phone")
    people = register.persons if tells else {}
    here = len({people[case.number] for case in scope.received}) if tells else None
    again = _repeats(scope, people) if tells else None
    return {
        "complainants": here,
        "repeat_complainants": again,
        "repeat_share": share(again or 0, here or 0),
        "unseen_low": n * 24 if n else None,  # 4 % heard: for each one 24 are not.
        "unseen_high": n * 49 if n else None,  # 2 % heard: for each one 49 are not.
    }


def _repeats(scope: Scope, people: Mapping[str, int]) -> int:
    """Count who complained in the period and had complained before in the twelve months up to that complaint."""
    days: dict[int, list[date]] = {}
    for case in scope.every:
        days.setdefault(people[case.number], []).append(case.received_on)
    return sum(_repeats_within_a_year(sorted(own), scope.period) for own in days.values())


def _repeats_within_a_year(days: list[date], period: Period) -> bool:
    return any(later in period and earlier >= a_year_back(later) for earlier, later in pairwise(days))


def _insight(scope: Scope) -> dict[str, Any]:
    return {
        "closings": outcomes(scope.register, scope.handlings),
        "timing": timing(scope.handlings, scope.register.settings.report.durations),
        "speed_by_department": speed_by(scope.register, "department", scope.handlings),
        "recurring": recurring((c.complaint for c in scope.cases), scope.period.first, scope.as_of),
    }
