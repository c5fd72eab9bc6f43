"""The figures of a period: what the contract promises, and what the reports tell beside it.

A figure is declared once: how it is written, whether it stands among the key figures, and in the JSON.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import Field, dataclass, field, fields
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from registerkit.analysis.content import CellKind
from registerkit.analysis.counting import EMPTY, Counts, by_size, count_months, median, percentile, share
from registerkit.analysis.outcomes import Outcomes, Speed, Timing, endings, outcomes, speed_by, timing
from registerkit.analysis.period import Period, began_late
from registerkit.analysis.scope import CAME, RECEIVED, Scope, days_of, inside
from registerkit.analysis.tally import COUNTS, HANDLED, TODAY, Tally, how_many, tally_of
from registerkit.analysis.volumes import per_thousand, volume_of
from registerkit.register import WITHIN, Recurrence, Register, Standing, kind_of, recurring
from registerkit.store.schema import cases, handlings

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


def figures(register: Register, period: Period, tally: Tally | None = None) -> Figures:
    """Count all figures of a period.

    `tally` is what the complaints are counted from, where they are not in the register. What was not there costs no
    look: of a week in which nothing came in, nothing is asked by category.
    """
    scope = Scope(tally or tally_of(register), period)
    return Figures(**_totals(scope), **_times(scope), **_counted(scope), **_people(scope), **_insight(scope))


def _totals(scope: Scope) -> dict[str, Any]:
    register, tally = scope.register, scope.tally
    known, closes = register.has("received_on"), register.has("received_on", "closed_on")
    volume, (received, special_received, apart) = _volume(scope), scope.how_many_came
    counted = known and (closes or register.has("status"))
    special = register.has("special")
    before, after, special_open = scope.open
    reopened, disputes = scope.begun_again
    cost = register.has("cost")
    return {
        "received": received if known else None,
        "closed": sum(each.n for each in scope.endings) if closes else None,
        "open_at_start": before if counted else None,
        "open_at_end": after if counted else None,
        "overdue_open": _overdue(scope) if known and register.has("due_on") else None,
        "reopened": reopened if register.has("received_on", "reopened_on") else None,
        "special": special_received if special else None,
        "special_open": special_open if special else None,
        "no_complaint": apart,
        "by_ending": endings(register, scope.endings),
        "disputes": disputes if register.has("reopen_reason") else None,
        "channels": by_size(_codes(scope, "channel")),
        "volume": volume,
        "per_thousand": per_thousand(received if known else None, volume),
        "amount_total": _sum(scope, "amount"),
        "cost_total": sum(each.cost for each in scope.endings) if cost else None,
        "cost_reopened": sum(each.cost for each in scope.endings if each.again) if cost else None,
        "as_of": scope.as_of,
        "register_from": tally.begun,
    }


def _volume(scope: Scope) -> int | None:
    """Return what the complaints of a whole period are set against; of a part of one they would seem too few."""
    begun = scope.tally.begun
    is_whole = scope.as_of == scope.whole.last and begun is not None and not began_late(begun, scope.whole)
    return volume_of(scope.whole, scope.register.settings.report.volumes) if is_whole else None


def _overdue(scope: Scope) -> int:
    if not scope.open[1]:
        return 0
    both = handlings.join(cases, cases.c.complaint == handlings.c.complaint)
    (overdue,) = scope.one(sa.select(sa.func.count()).select_from(both).where(HANDLED, scope.late))
    return overdue


def _codes(scope: Scope, role: str) -> Counter[str]:
    """Count complaints received by the code behind a role."""
    found: Counter[str] = Counter()
    for code, n in scope.groups([role], RECEIVED) if scope.how_many_came[0] else ():
        found[(code or "").strip() or EMPTY] += n
    return found


def _sum(scope: Scope, role: str) -> int | None:
    if not scope.register.has(role):
        return None
    if not scope.how_many_came[0]:
        return 0
    summed = sa.select(sa.func.sum(scope.tally.role(role)))
    (total,) = scope.one(summed.select_from(scope.tally.beside(cases)).where(RECEIVED))
    return total


def _times(scope: Scope) -> dict[str, Any]:
    acknowledged, in_time = _acknowledged(scope)
    due, kept = sum(each.due for each in scope.endings), sum(each.in_time for each in scope.endings)
    (marks, asked), days = _marks(scope), days_of(scope.endings)
    answers, total = sum(marks.values()), sum(mark * n for mark, n in marks.items())
    has_marks = scope.register.has("satisfaction")
    return {
        "acknowledged_in_time": share(in_time, acknowledged),
        "acknowledged_n": acknowledged,
        "acknowledged_kept": in_time,
        "closed_in_time": share(kept, due),
        "due_n": due,
        "due_kept": kept,
        "median_days_to_close": median(days),
        "p90_days_to_close": percentile(days, 0.9),
        "satisfaction_mean": total / answers if answers else None,
        "marks": {str(mark): marks.get(mark, 0) for mark in range(1, 6)} if answers else {},
        "satisfaction_asked": asked if has_marks else None,
        "satisfaction_n": answers if has_marks else None,
    }


def _acknowledged(scope: Scope) -> tuple[int, int]:
    """Count of how many complaints receipt was to be confirmed by now, and of how many it was in time."""
    if not scope.register.has("acknowledge_by", "acknowledged_on") or not scope.how_many_came[0]:
        return 0, 0
    n, kept = scope.one(_ACKNOWLEDGED)
    return n, kept


def _marks(scope: Scope) -> tuple[dict[int, int], int]:
    """Count the marks that were given, and who could have given one.

    One that came without a day of aftercare was asked for all the same.
    """
    rows = list(scope.groups([], _MARKED_OR_CARED, cases.c.mark, sums=_GIVEN))
    marks = {mark: int(given) for mark, _, given, _ in rows if mark is not None and given}
    return marks, max(sum(int(asked) for *_, asked in rows), sum(marks.values()))


def _counted(scope: Scope) -> dict[str, Any]:
    tally, days, (n, of_crises, _) = scope.tally, scope.days, scope.how_many_came
    return {
        **{f"by_{role}": tally.count(role, RECEIVED, days) if n else {} for role in counted_roles()},
        "by_month": count_months(scope.groups([], RECEIVED, cases.c.received_on)) if n else {},
        "causes_by_department": _causes_by_department(scope) if n else {},
        "special_by_category": tally.count("category", _SPECIAL, days) if of_crises else {},
    }


def _causes_by_department(scope: Scope) -> dict[str, Counts]:
    register, found = scope.register, dict[str, Counter[str]]()
    for department, cause, n in scope.groups(["causing_department", "cause"], RECEIVED):
        if name := register.label("causing_department", department):
            found.setdefault(name, Counter())[register.label("cause", cause) or EMPTY] += n
    return {name: by_size(found[name]) if register.has("cause") else {} for name in sorted(found)}


def _people(scope: Scope) -> dict[str, Any]:
    register, n = scope.register, scope.how_many_came[0]
    tells = register.has("name") or register.has("email") or register.has("phone")
    here, again, came = None, None, any(scope.how_many_came)
    if tells:
        (here,) = scope.one(_PERSONS.where(RECEIVED)) if n else (0,)
        (again,) = scope.one(_PERSONS.where(CAME, _came_before())) if came else (0,)
    return {
        "complainants": here,
        "repeat_complainants": again,
        "repeat_share": share(again or 0, here or 0),
        "unseen_low": n * 24 if n else None,  # 4 % heard: for each one 24 are not.
        "unseen_high": n * 49 if n else None,  # 2 % heard: for each one 49 are not.
    }


def _came_before() -> sa.ColumnElement[bool]:
    """Return the condition that a person had complained before in the twelve months up to a complaint."""
    before, c = cases.alias("before"), cases.c
    another = sa.and_(before.c.person == c.person, before.c.complaint != c.complaint)
    within = before.c.received_on.between(c.year_before, c.received_on)
    return sa.exists(sa.select(before.c.complaint).where(another, within).correlate(cases))


def _insight(scope: Scope) -> dict[str, Any]:
    return {
        "closings": outcomes(scope),
        "timing": timing(scope, scope.register.settings.report.durations),
        "speed_by_department": speed_by(scope, "department"),
        "recurring": recurring(_days_by_kind(scope), scope.period.first) if scope.how_many_came[0] else (),
    }


def _days_by_kind(scope: Scope) -> dict[str, list[date]]:
    """Return the days on which complaints of a kind came in, from four weeks before the period on."""
    register, kind = scope.register, kind_of(scope.register.definition)
    days = {**scope.days, "first": scope.period.first - WITHIN + timedelta(days=1)}
    found: dict[str, list[date]] = {}
    for code, day, n in scope.tally.groups([kind], RECEIVED, cases.c.received_on, days=days):
        if what := register.label(kind, code):
            found.setdefault(what, []).extend([day] * n)
    return found


_SPECIAL = sa.and_(cases.c.standing == Standing.SPECIAL.value, CAME)
_MARKED, _CARED = sa.and_(cases.c.mark.is_not(None), inside(cases.c.marked_on)), inside(cases.c.aftercare_on)
_MARKED_OR_CARED = sa.and_(COUNTS, sa.or_(_MARKED, _CARED))
_GIVEN = (how_many(_MARKED), how_many(_CARED))
_PERSONS = sa.select(sa.func.count(cases.c.person.distinct()))
_JUDGED = sa.or_(cases.c.acknowledged_on.is_not(None), cases.c.acknowledge_by < TODAY)
_ACKNOWLEDGED = sa.select(sa.func.count(), how_many(cases.c.acknowledged_on <= cases.c.acknowledge_by)).where(
    RECEIVED, cases.c.acknowledge_by.is_not(None), _JUDGED
)
