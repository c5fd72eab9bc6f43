"""What measures did: the complaints that a measure aims at, month by month, before and after it was carried out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from registerkit.analysis.outcomes import label_of
from registerkit.analysis.period import Period, month_of, previous
from registerkit.analysis.signals import chance_of_change
from registerkit.analysis.tally import Tally
from registerkit.definition import Record
from registerkit.register import Register, row_day, row_text

__all__ = ["Effect", "Verdict", "effects", "temporary_ways"]

Verdict = Literal["fewer", "more", "alike", "too_early", "too_few", "no_aim"]

AIMS = {"cause": "cause", "process": "process", "department": "causing_department"}
"""The fields of a measure that say what it aims at, each with the role of the complaint's field."""
_MONTHS = 12
_TOLD_FOR = 18
"""Months after it was carried out that the effect of a measure is told."""
_FEWEST_MONTHS, _FEWEST = 3, 6
"""With fewer months on a side, or fewer complaints in all, nothing is said."""
_SURE = 0.05


@dataclass(frozen=True)
class Effect:
    """A measure that was carried out, and the complaints per month that it aims at."""

    number: str
    description: str
    done_on: date
    aims: tuple[tuple[str, str], ...]
    """The roles of which a complaint must have these labels to be one of them."""
    months: tuple[Period, ...]
    """The whole months before, and those after; the month itself is in neither."""
    before: tuple[int, ...]
    after: tuple[int, ...]
    verdict: Verdict


def effects(tally: Tally, on: date) -> tuple[Effect, ...]:
    """Look what measures did that were carried out in the eighteen months up to a day, the last one first."""
    found = _effects(tally, on)
    return tuple(sorted(found, key=lambda effect: (effect.done_on, effect.number), reverse=True))


def temporary_ways(register: Register, on: date) -> tuple[tuple[str, Record], ...]:
    """Return the measures with a temporary way of working that goes on, with their numbers."""
    rows = register.table("measures").items()
    return tuple((number, row) for number, row in rows if row_text(row, "temporary") and _goes_on(row, on))


def _goes_on(row: Record, on: date) -> bool:
    normal = row_day(row, "normal_from")
    return normal is None or normal > on


def _effects(tally: Tally, on: date) -> Iterator[Effect]:
    register, begun = tally.register, tally.counted_from or on
    done_on = {number: done for number, row in register.table("measures").items() if (done := _told(row, on))}
    months = {number: (_before(done, begun), _after(done, on)) for number, done in done_on.items()}
    counts = _counts(tally, [month for sides in months.values() for side in sides for month in side])
    for number, done in done_on.items():
        row = register.table("measures")[number]
        aims = {role: code for field, role in AIMS.items() if (code := row_text(row, field)) and register.has(role)}
        aimed: Counter[date] = Counter()
        for (month, *codes), n in counts.items():
            if all(dict(zip(AIMS.values(), codes, strict=True))[role] == code for role, code in aims.items()):
                aimed[month] += n
        before, after = (tuple(aimed[month.first] for month in side) for side in months[number])
        yield Effect(
            number=number,
            description=row_text(row, "description") or "",
            done_on=done,
            aims=tuple((role, label_of(register, role, code) or code) for role, code in aims.items()),
            months=(*months[number][0], *months[number][1]),
            before=before,
            after=after,
            verdict=_verdict(before, after) if aims else "no_aim",
        )


def _told(row: Record, on: date) -> date | None:
    """Return the day on which a measure was carried out, when its effect is told on a day."""
    done = row_day(row, "done_on")
    if done is None or done > on or (on.year - done.year) * 12 + on.month - done.month > _TOLD_FOR:
        return None
    return done


def _counts(tally: Tally, wanted: Sequence[Period]) -> Counter[tuple[Any, ...]]:
    """Count the complaints of months: by the first of the month, and by what measures can aim at."""
    found: Counter[tuple[Any, ...]] = Counter()
    if not wanted:
        return found
    first, last = min(month.first for month in wanted), max(month.last for month in wanted)
    steps = [month_of(first)]
    while steps[-1].last < last:
        steps.append(month_of(steps[-1].last + timedelta(days=1)))
    for place, *codes, n in tally.by_step([*AIMS.values()], steps):
        found[steps[place].first, *((code or "").strip() or None for code in codes)] += n
    return found


def _before(done: date, begun: date) -> list[Period]:
    months: list[Period] = []
    month = previous(month_of(done))
    while len(months) < _MONTHS and month.first >= begun:
        months.insert(0, month)
        month = previous(month)
    return months


def _after(done: date, on: date) -> list[Period]:
    months: list[Period] = []
    month = month_of(on)
    if month.last > on:
        month = previous(month)
    while month.first > done:
        months.insert(0, month)
        month = previous(month)
    return months[:_MONTHS]


def _verdict(before: Sequence[int], after: Sequence[int]) -> Verdict:
    if len(after) < _FEWEST_MONTHS:
        return "too_early"
    if len(before) < _FEWEST_MONTHS or sum(before) + sum(after) < _FEWEST:
        return "too_few"
    if chance_of_change(before, after) > _SURE:
        return "alike"
    return "fewer" if sum(after) * len(before) < sum(before) * len(after) else "more"
