"""The rules by which a series of counts gives a signal, and how likely it would do so by chance.

The limits are those of an individuals chart (XmR): three times the spread that the moving ranges show, those ranges
that are freaks left out. The runs are judged as Anhøj and Olesen do (PLoS ONE 2014), around the median: the longest
run of points on one side may be round(log2 n) + 3 long, and the line must cross the median at least as often as the
binomial distribution lets it in 95 of 100 cases; n is the number of points that are not on the median itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import comb, exp, lgamma, log, log1p, log2, pi, sqrt
from statistics import fmean, median

__all__ = [
    "FEWEST",
    "LOCKED",
    "Limits",
    "Runs",
    "chance_of_change",
    "chance_of_point",
    "chance_of_run",
    "limits_of",
    "runs_of",
]

LOCKED = 12
"""Limits rest on so many points at the start; fewer are provisional."""
FEWEST = 6
"""Of fewer points nothing is said."""
_SPREAD = 2.66
"""Three standard deviations, in mean moving ranges of two points: 3 / 1.128."""
_FREAK = 3.267
"""A moving range over so many times their mean is left out of it."""
_LEAST = 1.0
"""Counts go by one: one more or less than a mean that never moved is nothing."""
_STEPS = 400


@dataclass(frozen=True)
class Limits:
    """What a series usually stays within."""

    mean: float
    low: float
    """Never under nothing: a count is not negative."""
    high: float
    points: int
    """How many points they rest on."""

    @property
    def levels(self) -> tuple[float, float, float]:
        """The mean and both limits, as a chart draws them."""
        return self.mean, self.low, self.high

    def hold(self, value: float) -> bool:
        """Tell whether a count is usual."""
        return self.low <= value <= self.high

    @property
    def are_provisional(self) -> bool:
        """Whether they rest on too few points to stand."""
        return self.points < LOCKED


@dataclass(frozen=True)
class Runs:
    """How a series runs along its median."""

    useful: int
    """Points that are not on the median."""
    longest: int
    longest_allowed: int
    crossings: int
    crossings_needed: int
    current: int
    """How long the run is that the series ends in."""
    is_fair: bool
    """Whether both sides of the median have their share: where many points are on it, as with counts of 0 and 1, the
    others fall to one side and runs say nothing."""

    @property
    def is_long(self) -> bool:
        """Whether the longest run is longer than chance explains."""
        return self.is_fair and self.longest > self.longest_allowed

    @property
    def crosses_seldom(self) -> bool:
        """Whether the line crosses the median less often than chance explains."""
        return self.is_fair and self.crossings < self.crossings_needed


def limits_of(values: Sequence[float]) -> Limits | None:
    """Return the limits that the first points set; None when there are too few to say anything."""
    base = values[:LOCKED]
    if len(base) < FEWEST:
        return None
    ranges = [abs(later - earlier) for earlier, later in pairwise(base)]
    whole = fmean(ranges)
    kept = [moved for moved in ranges if moved < _FREAK * whole] or ranges
    mean, spread = fmean(base), max(_SPREAD * fmean(kept), _LEAST)
    return Limits(mean, max(0.0, mean - spread), mean + spread, len(base))


def runs_of(values: Sequence[float]) -> Runs:
    """Judge how a series runs along its median."""
    middle = median(values) if values else 0.0
    sides = [value > middle for value in values if value != middle]
    lengths = [len(list(run)) for _, run in groupby(sides)]
    useful = len(sides)
    return Runs(
        useful=useful,
        longest=max(lengths, default=0),
        longest_allowed=round(log2(useful)) + 3 if useful else 0,
        crossings=max(len(lengths) - 1, 0),
        crossings_needed=_binomial_quantile(max(useful - 1, 0)),
        current=lengths[-1] if lengths else 0,
        is_fair=min(sum(sides), useful - sum(sides)) * 3 >= useful > 0,
    )


def _binomial_quantile(n: int) -> int:
    """Return the fewest crossings k of n with a chance of at least 5 % that there are k or fewer."""
    below, k = comb(n, 0), 0
    while below / 2**n < 0.05:
        k += 1
        below += comb(n, k)
    return k


# ------------------------------------------------------------------------------------------------------- by chance
def chance_of_run(length: int, points: int) -> float:
    """Return how likely the longest run of heads or tails in so many throws of a coin is that long or longer."""
    if length <= 1:
        return 1.0
    if length > points:
        return 0.0
    # A run of equal sides in n throws is one of "the same again" in n - 1 comparisons, one shorter.
    ways = [1.0, *[0.0] * (length - 2)]
    for _ in range(points - 1):
        ways = [sum(ways) / 2, *(before / 2 for before in ways[:-1])]
    return 1.0 - sum(ways)


def chance_of_point(value: int, others: Sequence[int]) -> float:
    """Return how likely a count so far from the others is, in either direction, when nothing has changed."""
    return chance_of_change(others, [value]) if len(others) >= FEWEST else 1.0


def chance_of_change(before: Sequence[int], after: Sequence[int]) -> float:
    """Return how likely counts that differ so much before and after are, in either direction, when nothing has changed.

    It is the more likely one by two views: that counts vary as chance events do (exact, whatever their mean), and
    that they vary as much as they turn out to. So neither few complaints nor a series that always swings gives a
    signal of its own.
    """
    return max(_chance_of_events(before, after), _chance_by_spread(before, after))


def _chance_of_events(before: Sequence[int], after: Sequence[int]) -> float:
    """Share out all events over the points: how likely it is that those after get so many, or so few."""
    total, seen, part = sum(before) + sum(after), sum(after), len(after) / (len(before) + len(after))
    if not total:
        return 1.0
    odds = [exp(_log_binomial(k, total, part)) for k in range(total + 1)]
    return min(1.0, 2 * min(sum(odds[: seen + 1]), sum(odds[seen:])))


def _log_binomial(k: int, n: int, part: float) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) + k * log(part) + (n - k) * log1p(-part)


def _chance_by_spread(before: Sequence[int], after: Sequence[int]) -> float:
    """Set how far the means of the roots are apart against their spread; roots spread alike, of large and small."""
    groups = [[sqrt(value + 0.375) for value in values] for values in (before, after)]
    means = [fmean(group) for group in groups]
    freedom = len(before) + len(after) - 2
    squares = sum((root - mean) ** 2 for group, mean in zip(groups, means, strict=True) for root in group)
    spread = sqrt(squares / freedom * (1 / len(before) + 1 / len(after)))
    away = abs(means[0] - means[1])
    if not spread:
        return 0.0 if away else 1.0
    return _outside_student(away / spread, freedom)


def _outside_student(t: float, freedom: int) -> float:
    """Return the part of Student's distribution beyond ±t, by Simpson's rule over what lies within."""
    front = exp(lgamma((freedom + 1) / 2) - lgamma(freedom / 2)) / sqrt(freedom * pi)
    step = t / _STEPS
    heights = [(1 + (i * step) ** 2 / freedom) ** (-(freedom + 1) / 2) for i in range(_STEPS + 1)]
    area = heights[0] + heights[-1] + 4 * sum(heights[1:-1:2]) + 2 * sum(heights[2:-1:2])
    within: float = 2 * front * area * step / 3
    return max(0.0, 1 - within)
