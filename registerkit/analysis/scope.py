"""What is counted, cut to a period: the complaints and handlings in it, as conditions and as groups of handlings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from registerkit.analysis.period import Period
from registerkit.analysis.tally import BEFORE, COUNTS, FIRST, HANDLED, LAST, Days, Tally, how_many
from registerkit.register import DISPUTE, Register, Standing
from registerkit.store.schema import cases, handlings, waits

__all__ = ["CAME", "ENDED", "RECEIVED", "Ended", "Scope", "days_of", "inside", "is_open", "late_by"]


@dataclass(frozen=True)
class Ended:
    """Some handlings that ended and are alike: `n` of them."""

    again: bool
    """Whether they began with a reopening."""
    reason: str | None
    days: int
    ending: str
    judgement: str | None
    n: int
    cost: int
    due: int
    """Those that had a term."""
    in_time: int
    extended: int
    """Those that had a term, and whose term was moved."""
    extended_in_time: int
    paused: int
    paused_in_time: int


@dataclass(frozen=True)
class Scope:
    """A tally, cut to a period."""

    tally: Tally
    whole: Period

    @property
    def register(self) -> Register:
        """The register that is counted."""
        return self.tally.register

    @cached_property
    def as_of(self) -> date:
        """The day on which open complaints are counted."""
        return max(min(self.whole.last, self.register.on), self.whole.first)

    @cached_property
    def begun(self) -> date:
        """The day before the period."""
        return date.fromordinal(max(1, self.whole.first.toordinal() - 1))

    @cached_property
    def period(self) -> Period:
        """The days that are counted: a day still to come, typed by mistake, is in no figure of a period under way."""
        return replace(self.whole, last=self.as_of)

    @cached_property
    def days(self) -> Days:
        """The days that statements are asked with."""
        first, last = self.period.first, self.period.last
        return {"first": first, "last": last, "before": self.begun, "today": self.register.on}

    def one(self, query: sa.Select[Any]) -> tuple[int, ...]:
        """Return the one row of sums and counts."""
        return self.tally.one(query, self.days)

    def groups(
        self, roles: Sequence[str], where: sa.ColumnElement[bool], *beside: sa.ColumnElement[Any], **more: Any
    ) -> Iterator[tuple[Any, ...]]:
        """Group as `Tally.groups` does."""
        return self.tally.groups(roles, where, *beside, days=self.days, **more)

    @cached_property
    def how_many_came(self) -> tuple[int, int, int]:
        """How many complaints came in that count, that are special, and that turned out to be none."""
        counted, special, apart = self.one(_HOW_MANY_CAME)
        return counted, special, apart

    @cached_property
    def endings(self) -> tuple[Ended, ...]:
        """The handlings that ended within the period, alike together."""
        rows = self.tally.rows(_ENDINGS, self.days)
        return tuple(Ended(row[0] > 1, *row[1:5], *(int(value or 0) for value in row[5:])) for row in rows)

    @cached_property
    def open(self) -> tuple[int, int, int]:
        """How many were open before the period and at its end, and how many special ones at its end."""
        return self._sums[:3]

    @cached_property
    def begun_again(self) -> tuple[int, int]:
        """How many handlings began again within the period, and how many of those for an outside body."""
        return self._sums[3:]

    @cached_property
    def _sums(self) -> tuple[int, int, int, int, int]:
        before, after, special, reopened, disputes = self.one(_OPEN)
        return before, after, special, reopened, disputes

    @property
    def late(self) -> sa.ColumnElement[bool]:
        """Whether a handling was open and late at the end of the period."""
        return late_by(self.as_of, self.register.on)


def days_of(endings: Iterable[Ended]) -> Counter[int]:
    """Return the days that handlings took, with how many took so many."""
    found: Counter[int] = Counter()
    for each in endings:
        found[each.days] += each.n
    return found


def inside(day: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    """Return the condition that a day is in the period."""
    return day.between(FIRST, LAST)


def is_open(on: sa.ColumnElement[date]) -> sa.ColumnElement[bool]:
    """Return the condition that a handling was going on at the end of a day."""
    h = handlings.c
    return sa.and_(h.started_on <= on, sa.or_(h.ended_on.is_(None), h.ended_on > on))


def late_by(on: date, today: date) -> sa.ColumnElement[bool]:
    """Return the condition that a handling, beside its complaint, was open and late at the end of the last day.

    On the present day a complaint's signal says so, which knows more than the days of its handlings.
    """
    return _LATE_NOW if on == today else _LATE_THEN


def _waits(n: object) -> sa.ColumnElement[bool]:
    """Return the condition that the term of a handling waited on the last day."""
    w = waits.c
    runs = sa.and_(w.from_on <= LAST, sa.or_(w.until_on.is_(None), w.until_on >= LAST))
    own = sa.and_(w.complaint == handlings.c.complaint, w.n == n, runs)
    return sa.exists(sa.select(w.complaint).where(own).correlate(handlings))


def _endings() -> sa.Select[Any]:
    h = handlings.c
    in_time, due = h.in_time == sa.true(), h.in_time.is_not(None)
    moved, waited = sa.and_(due, h.extended == sa.true()), sa.and_(due, h.paused == sa.true())
    counted = (due, in_time, moved, sa.and_(moved, in_time), waited, sa.and_(waited, in_time))
    alike = (h.n, h.reason, h.days, h.ending, h.judgement)
    query = sa.select(*alike, sa.func.count(), sa.func.sum(h.cost), *(how_many(each) for each in counted))
    return query.where(ENDED).group_by(*alike)


def _open() -> sa.Select[Any]:
    h, crisis = handlings.c, handlings.c.standing == Standing.SPECIAL.value
    again = sa.and_(HANDLED, h.n > 1, inside(h.started_on))
    counted = (
        sa.and_(HANDLED, is_open(BEFORE)),
        sa.and_(HANDLED, is_open(LAST)),
        sa.and_(crisis, is_open(LAST)),
        again,
        sa.and_(again, h.reason == DISPUTE),
    )
    # What ended before the period did not begin in it either.
    return sa.select(*(how_many(each) for each in counted)).where(sa.or_(h.ended_on.is_(None), h.ended_on > BEFORE))


_H = handlings.c
CAME = inside(cases.c.received_on)
"""Whether a complaint came in within the period, counted or not."""
RECEIVED = sa.and_(COUNTS, CAME)
"""Whether a complaint that counts came in within the period."""
ENDED = sa.and_(HANDLED, inside(_H.ended_on))
"""Whether a handling ended within the period."""
_DUE = sa.and_(is_open(LAST), _H.due_on.is_not(None))
_LATE_NOW = sa.and_(_DUE, cases.c.late_after < LAST, ~_waits(0))
_ANSWERED = sa.case((_H.answered_on <= LAST, _H.answered_on), else_=LAST)
_LATE_THEN = sa.and_(_DUE, _H.due_on < LAST, _H.due_on < _ANSWERED, ~_waits(_H.n))
_HOW_MANY_CAME = sa.select(*(how_many(cases.c.standing == each.value) for each in Standing)).where(CAME)
_ENDINGS, _OPEN = _endings(), _open()
