"""A period's figures beside those of other periods: the one before, the same one last year, and earlier years."""

from __future__ import annotations

from dataclasses import dataclass, field

from registerkit.analysis.balance import Balance, balance
from registerkit.analysis.crosstab import Crosstab, crosstab
from registerkit.analysis.effects import Effect, effects
from registerkit.analysis.figures import Figures, figures
from registerkit.analysis.period import Period, previous, year_before
from registerkit.analysis.scope import Scope
from registerkit.analysis.tally import Tally, tally_of
from registerkit.analysis.trend import Trend, trend
from registerkit.analysis.watch import Watch, watch
from registerkit.analysis.work import Work, work
from registerkit.register import Register

__all__ = ["Comparison", "OfPeriod", "compare"]

YEARS = 5
"""How many years stand side by side in the report of a year."""


@dataclass(frozen=True)
class Comparison:
    """What a report is made from."""

    tally: Tally = field(repr=False)
    """What is counted, for the lists of a report."""
    period: Period
    figures: Figures
    previous_period: Period
    previous: Figures
    year_ago_period: Period
    year_ago: Figures
    """Of a year, the same as `previous`."""
    balances: tuple[Balance, ...]
    """The period's own first, then those it is set beside; none of a period in which there was no register yet."""
    trend: Trend
    work: Work
    """What waits to be done on the last day that counts, or on the present day while the period goes on."""
    watch: Watch
    """What the months or weeks up to the period's end show."""
    crosstab: Crosstab | None
    effects: tuple[Effect, ...]
    """What measures did, up to the period's end."""


class OfPeriod:
    """What is made from a comparison, and knows what that is about."""

    told: Comparison

    @property
    def period(self) -> Period:
        """The period that the report is about."""
        return self.told.period

    @property
    def figures(self) -> Figures:
        """Its figures."""
        return self.told.figures

    @property
    def previous_period(self) -> Period:
        """The period of the same kind before."""
        return self.told.previous_period


def compare(register: Register, period: Period, tally: Tally | None = None) -> Comparison:
    """Count a period and those that it is set beside.

    `tally` is what the complaints are counted from, where they are not in the register.
    """
    tally = tally or tally_of(register)
    before, year_ago = previous(period), year_before(period)
    told = {each: figures(register, each, tally) for each in dict.fromkeys((period, before, year_ago))}
    own = told[period]
    steps = trend(tally, period, own.as_of)
    return Comparison(
        tally=tally,
        period=period,
        figures=own,
        previous_period=before,
        previous=told[before],
        year_ago_period=year_ago,
        year_ago=told[year_ago],
        balances=_balances(tally, period, own),
        trend=steps,
        work=work(tally, own.as_of),
        watch=watch(tally, steps.whole_since(own.register_from), period),
        effects=effects(tally, own.as_of),
        crosstab=crosstab(tally, [step.period for step in steps.steps]),
    )


def _balances(tally: Tally, period: Period, own: Figures) -> tuple[Balance, ...]:
    """Return the period's balance and those of others; none when the register cannot tell what is open."""
    if own.open_at_end is None or own.closed is None:
        return ()
    others = [previous(period), year_before(period)] if period.kind != "year" else _years_before(period)
    begun = own.register_from
    known = [each for each in dict.fromkeys(others) if begun is not None and begun <= each.last]
    return tuple(balance(Scope(tally, each)) for each in (period, *known))


def _years_before(period: Period) -> list[Period]:
    years = [previous(period)]
    while len(years) < YEARS - 1:
        years.append(previous(years[-1]))
    return years
