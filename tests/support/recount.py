"""Every figure of a period once more, by straight loops over all complaints in memory: what the database is held against."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from statistics import fmean, median
from typing import Any

from registerkit.analysis import Figures, Period
from registerkit.analysis.figures import counted_roles
from registerkit.deadlines.compute import is_paused
from registerkit.register import DISPUTE, Case, Complaint, Handling, Register, a_year_back

__all__ = ["recount", "told_figure"]

_NOBODY = "-"


def recount(register: Register, period: Period) -> dict[str, Any]:
    """Count what a report promises of a period; counts by label without an order."""
    as_of = max(min(period.last, register.on), period.first)
    found = register.complaints.values()
    every = tuple(Case(c, c.received_on) for c in found if c.received_on is not None)
    cases = [case for case in every if case.complaint.counts]

    def inside(day: date | None) -> bool:
        return day is not None and period.first <= day <= as_of

    received = [case for case in cases if inside(case.received_on)]
    ended = [handling for case in cases for handling in case.handlings if inside(handling.closed_on)]
    again = [phase for case in cases for phase in case.phases if phase.n > 1 and inside(phase.started_on)]
    special = [c for c in every if c.complaint.flag("special") is True and not c.complaint.state.is_apart]
    return {
        "received": len(received),
        "closed": len(ended),
        "open_at_start": sum(case.open_phase(period.first - timedelta(days=1)) is not None for case in cases),
        "open_at_end": sum(case.open_phase(as_of) is not None for case in cases),
        "overdue_open": sum(_is_late(register, case, as_of) for case in cases),
        "reopened": len(again),
        "disputes": sum(phase.reason == DISPUTE for phase in again),
        "special": sum(inside(case.received_on) for case in special),
        "special_open": sum(case.open_phase(as_of) is not None for case in special),
        "no_complaint": sum(case.complaint.state.is_apart and inside(case.received_on) for case in every),
        "amount_total": sum(case.complaint.whole("amount") or 0 for case in received),
        "register_from": min((case.received_on for case in every), default=None),
        "by_month": _counted(f"{case.received_on:%Y-%m}" for case in received),
        **{f"by_{role}": _labels(received, role) for role in counted_roles() if register.has(role)},
        **_confirmed(register, received),
        **_ended(register, ended),
        **_marks(cases, inside),
        **_people(register, every, received, inside),
    }


def _counted(labels: Iterable[str | None]) -> dict[str, int]:
    return dict(Counter(label or _NOBODY for label in labels))


def _labels(cases: Iterable[Case], role: str) -> dict[str, int]:
    return _counted(case.complaint.label(role) for case in cases)


def _is_late(register: Register, case: Case, on: date) -> bool:
    phase, complaint = case.open_phase(on), case.complaint
    if phase is None or phase.due_on is None:
        return False
    if on == register.on:
        return complaint.signal is not None and complaint.signal.code == "overdue"
    answered = phase.answered_on if phase.answered_on and phase.answered_on <= on else on
    return answered > phase.due_on and not is_paused(complaint.pauses, complaint.profile, phase.started_on, on)


def _confirmed(register: Register, received: list[Case]) -> dict[str, Any]:
    kept = [told for case in received if (told := _in_time(register, case)) is not None]
    return {"acknowledged_n": len(kept), "acknowledged_kept": sum(kept)}


def _in_time(register: Register, case: Case) -> bool | None:
    complaint = case.complaint
    by, done = complaint.day("acknowledge_by"), complaint.day("acknowledged_on")
    if len(case.phases) > 1 or by is None:
        by = register.calendar.add_working_days(case.received_on, complaint.profile.acknowledge_working_days)
    if done is not None:
        return done <= by
    return None if complaint.is_taken_over or by >= register.on else False


def _ended(register: Register, ended: list[Handling]) -> dict[str, Any]:
    days = sorted(handling.days for handling in ended)
    due = [handling for handling in ended if handling.in_time is not None]
    judged = [h.phase.judgement for h in ended if h.ending.partition(":")[0] == "closed"]
    labels = register.lookups.label
    bounds = register.settings.report.durations
    groups = Counter(sum(number > bound for bound in bounds) for number in days)
    return {
        "due_n": len(due),
        "due_kept": sum(handling.in_time is True for handling in due),
        "median_days_to_close": float(median(days)) if days else None,
        "p90_days_to_close": days[-(-len(days) * 9 // 10) - 1] if days else None,
        "cost_total": sum(handling.cost for handling in ended),
        "cost_reopened": sum(handling.cost for handling in ended if handling.phase.n > 1),
        "closings.by_judgement": _counted(labels("judgement", code) if code else None for code in judged),
        "closings.by_solution": {
            label: _solution([h for h in ended if h.case.complaint.label("solution") == label])
            for label in {h.case.complaint.label("solution") for h in ended} - {None}
        },
        "closings.satisfied_n": sum(h.case.complaint.flag("customer_satisfied") is not None for h in ended),
        "timing.by_duration": tuple(groups[n] for n in range(len(bounds) + 1)),
        "timing.extended": sum(handling.was_extended for handling in due),
        "timing.paused": sum(handling.was_paused for handling in due),
        "timing.paused_in_time": sum(handling.was_paused and handling.in_time is True for handling in due),
        "speed_by_department": {
            name: (len(own), float(median(own)))
            for name in {h.case.complaint.label("department") or _NOBODY for h in ended}
            for own in ([h.days for h in ended if (h.case.complaint.label("department") or _NOBODY) == name],)
        },
    }


def _solution(own: list[Handling]) -> tuple[int, int, int, float | None]:
    marks = [mark for h in own if (mark := h.case.complaint.whole("satisfaction")) is not None]
    return len(own), sum(handling.cost for handling in own), len(marks), fmean(marks) if marks else None


def _marks(cases: list[Case], inside: Any) -> dict[str, Any]:
    marks = [
        mark for c in cases if (mark := c.complaint.whole("satisfaction")) is not None and inside(_asked(c.complaint))
    ]
    cared = sum(inside(case.complaint.day("aftercare_on")) for case in cases)
    return {
        "satisfaction_mean": fmean(marks) if marks else None,
        "satisfaction_n": len(marks),
        "satisfaction_asked": max(cared, len(marks)),
    }


def _asked(complaint: Complaint) -> date | None:
    return complaint.day("aftercare_on") or complaint.day("closed_on")


def _people(register: Register, every: Iterable[Case], received: list[Case], inside: Any) -> dict[str, Any]:
    again: set[int] = set()
    for case in every:
        for other in every:
            same = other is not case and register.persons[case.number] == register.persons[other.number]
            if (
                same
                and inside(case.received_on)
                and a_year_back(case.received_on) <= other.received_on <= case.received_on
            ):
                again.add(register.persons[case.number])
    return {
        "complainants": len({register.persons[case.number] for case in received}),
        "repeat_complainants": len(again),
    }


def told_figure(found: Figures, name: str) -> Any:
    """Give a figure in the form in which it was counted once more."""
    first, _, last = name.partition(".")
    value = getattr(found, first)
    if name == "closings.by_solution":
        return {k: (v.closed, v.cost, v.satisfaction_n, v.satisfaction_mean) for k, v in value.by_solution.items()}
    if name == "speed_by_department":
        return {label: (speed.closed, speed.median_days) for label, speed in value.items()}
    return getattr(value, last) if last else value
