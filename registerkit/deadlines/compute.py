"""The terms of one complaint: when it must be acknowledged and answered, and the sum behind that day.

All of it follows from the complaint's dates, the profile and the calendar alone; `formulas.py` says the same in Excel.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial

from registerkit.codes import FindingCode
from registerkit.deadlines.calendar import WorkCalendar
from registerkit.deadlines.profile import Profile
from registerkit.deadlines.span import Span
from registerkit.texts import Texts

__all__ = ["Pause", "TermCase", "Terms", "compute_terms", "counting_pauses", "is_paused", "pause_days", "pause_warning"]

# Algemene termijnenwet art. 4: rolling forward does not hold for terms over twelve weeks.
ROLLING_LIMIT_DAYS = 84

# Nobody means a later day; the calendar could not count on from the end of time.
_LAST_DAY = date(9000, 1, 1)


@dataclass(frozen=True)
class Pause:
    """A time in which the term waits, from `start` through `until`; without `until` it still runs."""

    start: date
    until: date | None = None
    consent_on: date | None = None
    reason: str | None = None


@dataclass(frozen=True)
class TermCase:
    """What the terms of a complaint's present phase depend on; `started_on` is the day received or reopened."""

    started_on: date
    acknowledged_on: date | None = None
    extended_on: date | None = None
    extended_weeks: int | None = None
    consent_until: date | None = None
    consent_on: date | None = None
    committee: bool = False
    reopened: bool = False
    pauses: tuple[Pause, ...] = ()
    refused: bool = False
    """It is not taken up, which the profile may want told within a term of its own."""
    answered_on: date | None = None
    """The day of the answer in this phase."""


@dataclass(frozen=True)
class Terms:
    """The terms of a complaint; `warnings` are codes of findings: what was filled in and does not count, and why."""

    acknowledge_by: date
    due_on: date
    aftercare_by: date | None
    unextended_due_on: date
    warnings: tuple[str, ...] = ()
    why: Callable[[], str] = field(default=str, compare=False, repr=False)
    """Gives the sum in words."""

    @property
    def due_reason(self) -> str:
        """The sum behind `due_on`, in words."""
        return self.why()


def compute_terms(case: TermCase, profile: Profile, calendar: WorkCalendar, texts: Texts) -> Terms:
    """Count the terms of a complaint; nothing of it depends on today.

    The answer's term runs from the day after the start; an extension runs from its unrolled end, counted pauses
    are added as calendar days, and the sum is rolled forward once where the profile does so, unless answer and
    extension together last over twelve weeks. That a complaint is not taken up is told within a term of its own,
    which is not extended (Awb art. 9:8 lid 3). An extension counts when given in this phase, on or before the
    unextended day; it never makes the day earlier. An agreed later day counts when it is later than what stands,
    and is not rolled, for it is no term of law (Awb art. 9:11; Algemene termijnenwet art. 1 and 4).
    """
    refusal = profile.ground_notice if case.refused else None
    answer = refusal or profile.answer_span(case.committee)
    paused = pause_days(case.pauses, profile, case.started_on)
    sums = _Sums(case.started_on, answer, paused, profile.roll_forward, calendar)
    unextended = sums.due(None)
    extension, remarks = (None, []) if refusal else _extension(case, profile, unextended)
    standing = max(unextended, sums.due(extension))
    consented, more = _consent(case, profile, standing)
    due_on = consented or standing
    unknown = ["past_known_decree"] if calendar.known_until and due_on > calendar.known_until else []
    about_pauses = [code for pause in case.pauses if (code := pause_warning(pause, profile, case.started_on))]
    warnings = [*remarks, *more, *dict.fromkeys(about_pauses), *unknown]
    return Terms(
        acknowledge_by=calendar.add_working_days(case.started_on, profile.acknowledge_working_days),
        due_on=due_on,
        aftercare_by=case.answered_on and calendar.add_working_days(case.answered_on, profile.aftercare_working_days),
        unextended_due_on=unextended,
        warnings=tuple(warnings),
        why=partial(_reason, case, sums, extension, standing, consented, texts),
    )


def counting_pauses(pauses: Iterable[Pause], profile: Profile, started_on: date) -> list[Pause]:
    """Return the pauses that may move the term, open ones included: begun in this phase, and allowed by the profile."""
    return [
        pause
        for pause in pauses
        if pause.start >= started_on
        and (profile.pauses == "moves" or (profile.pauses == "with_consent" and pause.consent_on is not None))
    ]


def is_paused(pauses: Iterable[Pause], profile: Profile, started_on: date, on: date) -> bool:
    """Tell whether a pause that may move the term runs on a day."""
    counting = counting_pauses(pauses, profile, started_on)
    return any(pause.start <= on and (pause.until is None or on <= pause.until) for pause in counting)


def pause_days(pauses: Iterable[Pause], profile: Profile, started_on: date) -> int:
    """Count the calendar days of the pauses that move the term, from `start` through `until` inclusive.

    Overlapping pauses are merged, so that no day counts twice; an open pause adds nothing until it ends.
    """
    days, counted_until = 0, date.min
    for pause in sorted(counting_pauses(pauses, profile, started_on), key=lambda pause: pause.start):
        if pause.until is not None and pause.until > counted_until and pause.until >= pause.start:
            days += (pause.until - max(pause.start - timedelta(days=1), counted_until)).days
            counted_until = pause.until
    return days


def pause_warning(pause: Pause, profile: Profile, started_on: date) -> FindingCode | None:
    """Return the code of the finding about a pause that does not count, or not yet; one of an earlier phase is past."""
    if pause.start < started_on:
        return None
    if not counting_pauses([pause], profile, started_on):
        return "pause_ignored" if profile.pauses == "ignored" else "pause_without_consent"
    return "pause_open" if pause.until is None else None


@dataclass(frozen=True)
class _Sums:
    """The sum start + answer + extension + pauses, before and after rolling forward."""

    started_on: date
    answer: Span
    paused: int
    rolls: bool
    calendar: WorkCalendar

    def end(self, extension: Span | None) -> date:
        """Return the unrolled end."""
        return _plus_days(self._term_end(extension), self.paused)

    def due(self, extension: Span | None) -> date:
        """Return the end, rolled forward where that holds."""
        end = self.end(extension)
        length = (self._term_end(extension) - self.started_on).days
        return self.calendar.roll_forward(end)[0] if self.rolls and length <= ROLLING_LIMIT_DAYS else end

    def _term_end(self, extension: Span | None) -> date:
        end = _plus_span(self.started_on, self.answer, self.calendar)
        return _plus_span(end, extension, self.calendar) if extension else end


def _plus_span(day: date, span: Span, calendar: WorkCalendar) -> date:
    days = span.calendar_days
    return calendar.add_working_days(day, span.number) if days is None else _plus_days(day, days)


def _plus_days(day: date, days: int) -> date:
    return min(_LAST_DAY, day + timedelta(days=min(days, (_LAST_DAY - day).days)))


def _extension(case: TermCase, profile: Profile, unextended: date) -> tuple[Span | None, list[str]]:
    """Return the extension that counts, and what there is to say about it."""
    # A notice from before a reopening belongs to the earlier phase and is no fault.
    if case.extended_on is None or (case.reopened and case.extended_on < case.started_on):
        return None, []
    if case.extended_on < case.started_on:
        return None, ["extension_before_receipt"]
    if case.extended_on > unextended:
        return None, ["extension_too_late"]
    if case.extended_weeks is None or case.extended_weeks <= 0:
        return profile.extension, []
    span = Span(min(case.extended_weeks, profile.extension_max_weeks), "weeks")
    return span, ["extension_too_long"] if case.extended_weeks > span.number else []


def _consent(case: TermCase, profile: Profile, standing: date) -> tuple[date | None, list[str]]:
    """Return the agreed later day when it counts, and what there is to say about it."""
    # Consent from before a reopening was about the earlier phase, which is over.
    if case.consent_until is None or (case.consent_on is not None and case.consent_on < case.started_on):
        return None, []
    if not profile.consent_allowed:
        return None, ["consent_not_allowed"]
    if profile.consent_needs_date and case.consent_on is None:
        return None, ["consent_undated"]
    return (case.consent_until, []) if case.consent_until > standing else (None, ["consent_not_later"])


def _reason(
    case: TermCase, sums: _Sums, extension: Span | None, standing: date, consented: date | None, texts: Texts
) -> str:
    start = "reopened" if case.reopened else "received"
    parts = [texts(f"terms.reason.{start}", day=case.started_on, span=sums.answer.show(texts))]
    if extension and extension.number:
        parts.append(texts("terms.reason.extension", span=extension.show(texts)))
    if sums.paused:
        parts.append(texts("terms.reason.pause", span=Span(sums.paused, "days").show(texts)))
    parts.append(_rolled_reason(sums, sums.end(extension), standing, texts))
    if consented and case.consent_on:
        parts.append(texts("terms.reason.consent_dated", day=consented, on=case.consent_on))
    elif consented:
        parts.append(texts("terms.reason.consent", day=consented))
    return "".join(parts)


def _rolled_reason(sums: _Sums, end: date, standing: date, texts: Texts) -> str:
    if standing == end:
        return texts("terms.reason.end", day=end)
    why = sums.calendar.roll_forward(end)[1][0][1]
    weekday = f"terms.weekday.{why}"
    named = texts(weekday) if weekday in texts else why
    return texts("terms.reason.rolled", short=f"{end:%d-%m}", why=named, day=standing)
