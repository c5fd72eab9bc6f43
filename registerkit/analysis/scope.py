"""A register, cut to a period: the complaints that count in it, and those that are told apart."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from registerkit.analysis.cases import Case, Handling
from registerkit.analysis.period import Period
from registerkit.register import Register

__all__ = ["Scope"]


@dataclass(frozen=True)
class Scope:
    """The complaints of a register, cut to a period; several periods share the same `every`."""

    register: Register
    whole: Period
    every: tuple[Case, ...]
    """All complaints that have been received, whenever that was."""

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
    def cases(self) -> tuple[Case, ...]:
        """Those that count; the others are told apart."""
        return tuple(case for case in self.every if case.complaint.counts)

    @cached_property
    def special(self) -> tuple[Case, ...]:
        """Those of special circumstances, such as a crisis."""
        return tuple(c for c in self.every if c.complaint.flag("special") is True and not c.complaint.state.is_apart)

    @cached_property
    def received(self) -> tuple[Case, ...]:
        """Those that came in within the period."""
        return tuple(case for case in self.cases if case.received_on in self.period)

    @cached_property
    def handlings(self) -> tuple[Handling, ...]:
        """The handlings that ended within the period."""
        return tuple(h for case in self.cases for h in case.handlings if h.closed_on in self.period)

    @cached_property
    def reopened(self) -> int:
        """How many handlings began again within the period."""
        return sum(phase.n > 1 and phase.started_on in self.period for case in self.cases for phase in case.phases)
