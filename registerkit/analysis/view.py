"""What the words of a report are made from: the figures of a period beside those of others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from registerkit.analysis.comparison import Comparison, OfPeriod
from registerkit.analysis.counting import EMPTY, Counts, filled
from registerkit.analysis.figures import Figures
from registerkit.analysis.period import Period, began_late
from registerkit.analysis.words import Words
from registerkit.register import Register

__all__ = ["Lead", "View", "coverage", "lead_of"]


@dataclass(frozen=True)
class Lead:
    """Who leads a count: those with the highest number, out of all that are filled in."""

    labels: tuple[str, ...]
    n: int
    total: int
    others: bool
    """Whether there are more labels than those that lead."""

    @property
    def share(self) -> float:
        """The part of one leader."""
        return self.n / self.total


def lead_of(counts: Counts) -> Lead | None:
    """Tell who leads; None when nothing is filled in."""
    known = filled(counts)
    if not known:
        return None
    n = max(known.values())
    labels = tuple(label for label, value in known.items() if value == n)
    return Lead(labels, n, sum(known.values()), len(labels) < len(known))


@dataclass(frozen=True)
class View(OfPeriod):
    """A period's figures beside those of the period before."""

    snapshot: Register
    told: Comparison

    @cached_property
    def words(self) -> Words:
        """The register's language."""
        return Words(self.snapshot.texts, self.snapshot.settings.word)

    @property
    def unit(self) -> str:
        """What the office sets complaints against, in its own word for many of them."""
        return self.words.clean(self.snapshot.settings.report.unit or self.words("volume.unit"))

    @cached_property
    def before(self) -> Figures | None:
        """The figures of the period before; None when the register had not begun by its end."""
        return self.told.previous if self._is_known(self.previous_period) else None

    @cached_property
    def year_ago(self) -> Figures | None:
        """The figures of the same period last year; None of a year, or when the register was not there yet."""
        of_year = self.told.year_ago_period == self.previous_period
        return None if of_year or not self._is_known(self.told.year_ago_period) else self.told.year_ago

    def _is_known(self, period: Period) -> bool:
        """Tell whether the register had begun by a period's end."""
        begun = self.figures.register_from
        return begun is not None and begun <= period.last

    @property
    def fair(self) -> bool:
        """Whether the two periods may be compared: both over, and the register there during the whole of the first."""
        return self.before is not None and self.goes_on is None and self.began_on is None

    @property
    def began_on(self) -> date | None:
        """The day of the oldest complaint, when that leaves a fair part of the period before without figures."""
        begun = self.figures.register_from
        return begun if begun is not None and began_late(begun, self.previous_period) else None

    @property
    def goes_on(self) -> date | None:
        """The day up to which the figures run while the period has not ended."""
        return self.figures.as_of if self.figures.as_of < self.period.last else None

    def lead_sentence(self, name: str, counts: Counts, **values: object) -> str:
        """Say who leads a count in the words of `analysis.<name>`: none, only, all, top, tie or flat."""
        lead, words = lead_of(counts), self.words
        if lead is None:
            return words(f"{name}.none", **values)
        form = _form(lead)
        return words(
            f"{name}.{form}",
            label=words.clean(lead.labels[0]),
            labels=words.join([words.clean(label) for label in lead.labels]),
            n=lead.n,
            k=len(lead.labels),
            total=lead.total,
            share=words.percent(lead.share),
            empty=counts.get(EMPTY, 0),
            **values,
        )


def coverage(view: View) -> str:
    """Say what part of the period the figures are about: it goes on, or the register was not there all the time."""
    words, begun, period = view.words, view.figures.register_from, view.period
    parts = []
    if view.goes_on:
        is_alone = view.before is None or view.began_on is not None
        parts.append(words("title.running" if is_alone else "title.running_before", day=words.day(view.goes_on)))
    if begun is not None and begun > period.last:
        parts.append(words("title.not_yet", day=words.day(begun)))
    elif begun is not None and began_late(begun, period):
        parts.append(words("title.began_here", day=words.day(begun)))
    elif view.began_on:
        parts.append(words("title.began", day=words.day(view.began_on)))
    return words.sentence(*parts)


def _form(lead: Lead) -> str:
    if lead.total == 1:
        return "only"
    if len(lead.labels) == 1:
        return "top" if lead.others else "all"
    return "tie" if len(lead.labels) == 2 else "flat"
