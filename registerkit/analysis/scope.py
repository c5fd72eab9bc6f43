"""What is counted, cut to a period: the complaints and handlings in it, as conditions and as groups of handlings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import sqlalchemy as sa

from registerkit.analysis.period import Period
from registerkit.analysis.tally import COUNTS, HANDLED, Tally, how_many
from registerkit.register import DISPUTE, Register, Standing
from registerkit.store.schema import cases, handlings, waits

__all__ = ["Ended", "Scope", "days_of", "is_late", "is_open"]


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

    def inside(self, day: sa.ColumnElement[date | None]) -> sa.ColumnElement[bool]:
        """Return the condition that a day is in the period."""
        return day.between(self.period.first, self.period.last)

    @property
    def came(self) -> sa.ColumnElement[bool]:
        """Whether a complaint came in within the period, counted or not."""
        return self.inside(cases.c.received_on)

    @property
    def received(self) -> sa.ColumnElement[bool]:
        """Whether a complaint that counts came in within the period."""
        return sa.and_(COUNTS, self.came)

    @property
    def ended(self) -> sa.ColumnElement[bool]:
        """Whether a handling ended within the period."""
        return sa.and_(HANDLED, self.inside(handlings.c.ended_on))

    @cached_property
    def how_many_came(self) -> tuple[int, int, int]:
        """How many complaints came in that count, that are special, and that turned out to be none."""
        sums = (how_many(cases.c.standing == each.value) for each in Standing)
        counted, special, apart = self.tally.one(*sums, of=cases, where=self.came)
        return counted, special, apart

    @cached_property
    def endings(self) -> tuple[Ended, ...]:
        """The handlings that ended within the period, alike together."""
        h = handlings.c
        in_time, due = h.in_time == sa.true(), h.in_time.is_not(None)
        moved, waited = sa.and_(due, h.extended == sa.true()), sa.and_(due, h.paused == sa.true())
        sums = (how_many(due), how_many(in_time), *(how_many(each) for each in _each_in_time(moved, waited, in_time)))
        alike = (h.reason, h.days, h.ending, h.judgement)
        query = sa.select(h.n, *alike, sa.func.count(), sa.func.sum(h.cost), *sums).where(self.ended)
        rows = self.tally.rows(query.group_by(h.n, *alike))
        return tuple(Ended(row[0] > 1, *row[1:5], *(int(value or 0) for value in row[5:])) for row in rows)

    @cached_property
    def open(self) -> tuple[int, int, int]:
        """How many were open before the period and at its end, and how many special ones at its end."""
        h = handlings.c
        sums = (
            how_many(sa.and_(HANDLED, is_open(self.begun))),
            how_many(sa.and_(HANDLED, is_open(self.as_of))),
            how_many(sa.and_(h.standing == Standing.SPECIAL.value, is_open(self.as_of))),
        )
        perhaps = sa.or_(h.ended_on.is_(None), h.ended_on > min(self.begun, self.as_of))
        before, after, special = self.tally.one(*sums, of=handlings, where=perhaps)
        return before, after, special

    @cached_property
    def begun_again(self) -> tuple[int, int]:
        """How many handlings began again within the period, and how many of those for an outside body."""
        h = handlings.c
        again = sa.and_(HANDLED, h.n > 1, self.inside(h.started_on))
        reopened, disputes = self.tally.one(sa.func.count(), how_many(h.reason == DISPUTE), of=handlings, where=again)
        return reopened, disputes


def _each_in_time(
    moved: sa.ColumnElement[bool], waited: sa.ColumnElement[bool], in_time: sa.ColumnElement[bool]
) -> Iterable[sa.ColumnElement[bool]]:
    return moved, sa.and_(moved, in_time), waited, sa.and_(waited, in_time)


def days_of(endings: Iterable[Ended]) -> Counter[int]:
    """Return the days that handlings took, with how many took so many."""
    found: Counter[int] = Counter()
    for each in endings:
        found[each.days] += each.n
    return found


def is_open(on: date) -> sa.ColumnElement[bool]:
    """Return the condition that a handling was going on at the end of a day."""
    h = handlings.c
    return sa.and_(h.started_on <= on, sa.or_(h.ended_on.is_(None), h.ended_on > on))


def is_late(on: date, today: date) -> sa.ColumnElement[bool]:
    """Return the condition that a handling, beside its complaint, was open and late at the end of a day.

    On the present day a complaint's signal says so, which knows more than the days of its handlings.
    """
    h = handlings.c
    is_due = sa.and_(is_open(on), h.due_on.is_not(None))
    if on == today:
        return sa.and_(is_due, cases.c.late_after < on, ~_waits(0, on))
    answered = sa.case((h.answered_on <= on, h.answered_on), else_=on)
    return sa.and_(is_due, h.due_on < on, h.due_on < answered, ~_waits(h.n, on))


def _waits(n: object, on: date) -> sa.ColumnElement[bool]:
    """Return the condition that the term of a handling waited on a day."""
    w = waits.c
    runs = sa.and_(w.from_on <= on, sa.or_(w.until_on.is_(None), w.until_on >= on))
    own = sa.and_(w.complaint == handlings.c.complaint, w.n == n, runs)
    return sa.exists(sa.select(w.complaint).where(own).correlate(handlings))
