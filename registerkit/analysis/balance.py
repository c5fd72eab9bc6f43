"""What was open and came in, beside what was closed and is open still: the table that balances."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from registerkit.analysis.cases import Case
from registerkit.analysis.counting import Counts
from registerkit.analysis.outcomes import endings
from registerkit.analysis.period import Period
from registerkit.analysis.scope import Scope

__all__ = ["Balance", "balance", "count_open"]


@dataclass(frozen=True)
class Balance:
    """A period's complaints: open at its start, received and reopened are as many as closed and open at its end."""

    period: Period
    open_at_start: int
    received: int
    reopened: int
    by_ending: Counts
    open_at_end: int

    @property
    def closed(self) -> int:
        """How many handlings were brought to an end."""
        return sum(self.by_ending.values())


def balance(scope: Scope) -> Balance:
    """Count what was open, came in, ended and stayed open."""
    return Balance(
        period=scope.whole,
        open_at_start=count_open(scope.cases, scope.begun),
        received=len(scope.received),
        reopened=scope.reopened,
        by_ending=endings(scope.register, scope.handlings),
        open_at_end=count_open(scope.cases, scope.as_of),
    )


def count_open(cases: Iterable[Case], on: date) -> int:
    """Count those that were open at the end of a day."""
    return sum(case.open_phase(on) is not None for case in cases)
