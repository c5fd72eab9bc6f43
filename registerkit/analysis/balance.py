"""What was open and came in, beside what was closed and is open still: the table that balances."""

from __future__ import annotations

from dataclasses import dataclass

from registerkit.analysis.counting import Counts
from registerkit.analysis.outcomes import endings
from registerkit.analysis.period import Period
from registerkit.analysis.scope import Scope

__all__ = ["Balance", "balance"]


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
    before, after, _ = scope.open
    return Balance(
        period=scope.whole,
        open_at_start=before,
        received=scope.how_many_came[0],
        reopened=scope.begun_again[0],
        by_ending=endings(scope.register, scope.endings),
        open_at_end=after,
    )
