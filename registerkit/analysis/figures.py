"""The figures of a period: what the contract promises, and what the reports tell beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from statistics import fmean, median
from typing import Any

from registerkit.analysis.cases import Case, Handling, Register
from registerkit.analysis.counting import Counts, count, count_months, share
from registerkit.analysis.outcomes import Outcomes, Speed, outcomes, speed_by
from registerkit.analysis.patterns import Recurrence, Step, Trend, recurring, trend
from registerkit.analysis.period import Period
from registerkit.analysis.persons import complainants, repeat_complainants
from registerkit.analysis.work import Work, work
from registerkit.store.snapshot import Snapshot

__all__ = ["Figures", "Recurrence", "Speed", "Step", "Trend", "Work", "figures"]


@dataclass(frozen=True)
class Figures:
    """What happened in a period. Shares are 0..1; None means that there is nothing to divide, or no such field.

    Counts `by_*` are of complaints received in the period, by label, the biggest first and the empty choice ("-") last.
    """

    received: int | None
    closed: int | None
    open_at_end: int | None
    overdue_open: int | None
    acknowledged_in_time: float | None
    closed_in_time: float | None
    median_days_to_close: float | None
    """Calendar days."""
    reopened: int | None
    repeat_complainants: int | None
    satisfaction_mean: float | None
    satisfaction_n: int | None
    cost_total: int | None
    """Cents; of complaints whose last closing lies in the period."""
    by_category: Counts
    by_subcategory: Counts
    by_cause: Counts
    by_channel: Counts
    by_department: Counts
    by_causing_department: Counts
    by_branch: Counts
    by_handler: Counts
    by_judgement: Counts
    by_severity: Counts
    by_responsible: Counts
    by_month: Counts

    by_process: Counts
    by_subject: Counts
    by_supplier: Counts
    by_customer_kind: Counts
    causes_by_department: Mapping[str, Counts]
    """Per causing department, its causes."""
    special: int | None
    """Complaints of special circumstances (a crisis), which the other counts hold as well."""
    special_by_category: Counts
    complainants: int | None
    repeat_share: float | None
    unseen_low: int | None
    unseen_high: int | None
    """Estimate of dissatisfied people who were not heard: only 2 to 4 % reach the organisation; crises left out."""
    amount_total: int | None
    """Cents; the amounts at stake as complainants named them."""
    acknowledged_n: int
    """Of how many complaints `acknowledged_in_time` is a share."""
    due_n: int
    """Of how many closings `closed_in_time` is a share."""
    marks: Counts
    """Answers per mark of satisfaction, "1" to "5"; those that `satisfaction_mean` is the mean of."""
    closings: Outcomes
    """What the closings in the period came to."""
    speed_by_department: Mapping[str, Speed]
    trend: Trend
    recurring: tuple[Recurrence, ...]
    work: Work
    """What waits to be done on `as_of`."""
    as_of: date
    """The day on which open complaints were counted: the period's last day, or the present day while it goes on."""
    register_from: date | None
    """The first day of receipt in the register; figures of periods before it say nothing."""


@dataclass(frozen=True)
class _Scope:
    """A register, cut to a period."""

    register: Register
    period: Period
    as_of: date
    received: tuple[Case, ...] = field(default=())
    handlings: tuple[Handling, ...] = field(default=())

    def by(self, role: str) -> Counts:
        return count(self.register, role, self.received)


def figures(snapshot: Snapshot, period: Period) -> Figures:
    """Count all figures of a period."""
    register = Register(snapshot)
    scope = _Scope(
        register,
        period,
        max(min(period.last, snapshot.on), period.first),
        tuple(case for case in register.cases if case.received_on in period),
        tuple(h for case in register.cases for h in case.handlings() if h.closed_on in period),
    )
    return Figures(**_totals(scope), **_times(scope), **_counts(scope), **_people(scope), **_insight(scope))


def _totals(scope: _Scope) -> dict[str, Any]:
    register, on = scope.register, scope.as_of
    known, closes = register.has("received_on"), register.has("received_on", "closed_on")
    reopenings = [p for case in register.cases for p in case.phases if p.n > 1 and p.started_on in scope.period]
    open_cases = [case for case in register.cases if case.open_phase(on)] if closes or register.has("status") else None
    late = None if open_cases is None else sum(register.overdue(case, on) for case in open_cases)
    return {
        "received": len(scope.received) if known else None,
        "closed": len(scope.handlings) if closes else None,
        "open_at_end": None if open_cases is None or not known else len(open_cases),
        "overdue_open": late if register.has("received_on", "due_on") else None,
        "reopened": len(reopenings) if register.has("received_on", "reopened_on") else None,
        "amount_total": _sum(register, scope.received, "amount"),
        "cost_total": _sum(register, _last_closed(scope), "cost"),
        "as_of": on,
        "register_from": min((case.received_on for case in register.cases), default=None),
    }


def _last_closed(scope: _Scope) -> list[Case]:
    """Give the complaints whose last closing lies in the period, so that a reopened one is paid for once."""
    ended = [(case, [h.closed_on for h in case.handlings()]) for case in scope.register.cases]
    return [case for case, days in ended if days and days[-1] in scope.period]


def _sum(register: Register, cases: Iterable[Case], role: str) -> int | None:
    return sum(register.whole(case.record, role) or 0 for case in cases) if register.has(role) else None


def _times(scope: _Scope) -> dict[str, Any]:
    acknowledged = [a for case in scope.received if (a := _acknowledged(scope, case)) is not None]
    answered = [h.in_time for h in scope.handlings if h.in_time is not None]
    marks = [
        mark
        for case in scope.register.cases
        if (mark := scope.register.whole(case.record, "satisfaction")) is not None
        and _asked_on(scope, case) in scope.period
    ]
    return {
        "acknowledged_in_time": share(sum(acknowledged), len(acknowledged)),
        "acknowledged_n": len(acknowledged),
        "closed_in_time": share(sum(answered), len(answered)),
        "due_n": len(answered),
        "median_days_to_close": float(median(h.days for h in scope.handlings)) if scope.handlings else None,
        "satisfaction_mean": fmean(marks) if marks else None,
        "marks": {str(mark): marks.count(mark) for mark in range(1, 6)} if marks else {},
        "satisfaction_n": len(marks) if scope.register.has("satisfaction") else None,
    }


def _acknowledged(scope: _Scope, case: Case) -> bool | None:
    """Tell whether receipt was confirmed in time; None while there is still time to do so."""
    register, snapshot = scope.register, scope.register.snapshot
    if not register.has("acknowledge_by", "acknowledged_on"):
        return None
    by, done = register.day(case.record, "acknowledge_by"), register.day(case.record, "acknowledged_on")
    if len(case.phases) > 1 or by is None:
        # A reopening moved the day in the record; the one that counts here runs from the receipt.
        by = snapshot.calendar.add_working_days(
            case.received_on, snapshot.profile(case.record).acknowledge_working_days
        )
    if done is None:
        return False if by < snapshot.on else None
    return done <= by


def _asked_on(scope: _Scope, case: Case) -> date | None:
    register = scope.register
    return register.day(case.record, "aftercare_on") or register.day(case.record, "closed_on")


def _counts(scope: _Scope) -> dict[str, Any]:
    register = scope.register
    named = [case for case in scope.received if register.text(case.record, "causing_department")]
    departments = {register.label(case.record, "causing_department") or "" for case in named}
    return {
        **{f"by_{role}": scope.by(role) for role in _COUNTED},
        "by_month": count_months(case.received_on for case in scope.received),
        "causes_by_department": {
            name: count(register, "cause", [c for c in named if register.label(c.record, "causing_department") == name])
            for name in sorted(departments)
        },
    }


def _people(scope: _Scope) -> dict[str, Any]:
    register, n = scope.register, len(scope.received)
    special = [case for case in scope.received if register.value(case.record, "special") is True]
    heard = n - len(special)
    tells = register.has("name") or register.has("email") or register.has("phone")
    people = complainants(register) if tells else {}
    here = len({people[case.number] for case in scope.received}) if tells else None
    again = repeat_complainants(register.cases, people, scope.period) if tells else None
    return {
        "special": len(special) if register.has("special") else None,
        "special_by_category": count(register, "category", special) if special else {},
        "complainants": here,
        "repeat_complainants": again,
        "repeat_share": share(again or 0, here or 0),
        "unseen_low": heard * 24 if n else None,  # 4 % heard: for each one 24 are not.
        "unseen_high": heard * 49 if n else None,  # 2 % heard: for each one 49 are not.
    }


def _insight(scope: _Scope) -> dict[str, Any]:
    return {
        "closings": outcomes(scope.register, scope.handlings),
        "speed_by_department": speed_by(scope.register, "department", scope.handlings),
        "trend": trend(scope.register, scope.period, scope.as_of),
        "recurring": recurring(scope.register, scope.received),
        "work": work(scope.register, scope.as_of),
    }


_COUNTED = (
    *("category", "subcategory", "cause", "channel", "department", "causing_department", "branch", "handler"),
    *("judgement", "severity", "responsible", "process", "subject", "supplier", "customer_kind"),
)
