"""The terms as Excel formulas, equal to what `compute.py` counts, so that a workbook answers while people type.

Arguments are Excel expressions: a reference or a function call, such as `Klachten[[#This Row],[Ontvangen op]]`.
Formulas come without the leading "=", with English names and commas, as the file format stores them, and use only
functions of Excel 2010 that LibreOffice knows too. A formula gives "" while the received cell holds no date.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from registerkit.deadlines.compute import ROLLING_LIMIT_DAYS
from registerkit.deadlines.profile import Profile, TermPolicy
from registerkit.deadlines.span import Span
from registerkit.errors import SettingsError
from registerkit.workbook.references import quote_text

__all__ = [
    "Choice",
    "DueParts",
    "PerProfile",
    "Running",
    "acknowledge_formula",
    "aftercare_formula",
    "due_formula",
    "signal_formula",
]

_LONGEST_FORMULA = 8192  # What Excel stores in one cell.


@dataclass(frozen=True)
class Choice:
    """Where a row says its category and severity, and the labels that stand there for the codes with an override."""

    category: str
    severity: str
    category_labels: Mapping[str, str]
    severity_labels: Mapping[str, str]


@dataclass(frozen=True)
class DueParts:
    """The expressions that due_on follows from; None where a register has no such field.

    `holidays` is a range of the days in use, `recognised` one of those of law and decree only, for profiles whose
    terms do not roll past an office's own days. `pause_days` is the sum of a complaint's pause days (see
    `pause_formulas.py`), `consented_pause_days` that of the pauses with consent (default: the same). `committee`
    and `refused` are conditions.
    """

    received: str
    holidays: str
    reopened: str | None = None
    extended_on: str | None = None
    extended_weeks: str | None = None
    consent_until: str | None = None
    consent_on: str | None = None
    pause_days: str | None = None
    consented_pause_days: str | None = None
    committee: str | None = None
    recognised: str | None = None
    refused: str | None = None

    @property
    def start(self) -> str:
        """The first day of the present phase: the day received, or reopened."""
        return f"MAX({self.received},{self.reopened})" if self.reopened else self.received


PerProfile = Callable[[Callable[[Profile], str]], str]
"""Gives an expression that differs by profile, once per profile of a register, chosen by category and severity."""


@dataclass(frozen=True)
class Running:
    """What the signal of a complaint that nobody has answered follows from; `paused` are conditions."""

    due_on: str
    holidays: str
    labels: Mapping[str, str]
    """The word for each of `SIGNAL_CODES`."""
    paused: str | None = None
    consented_paused: str | None = None
    today: str = "TODAY()"

    def word(self, code: str) -> str:
        """Return the word for a code, as a formula has it."""
        return quote_text(self.labels[code])

    def paused_test(self, per: PerProfile) -> str | None:
        """Return the condition that the term waits today."""

        def of(profile: Profile) -> str:
            consented = self.consented_paused or self.paused
            waits = {"ignored": None, "with_consent": consented}.get(profile.pauses, self.paused)
            return waits or "FALSE"

        test = per(of)
        return None if test == "FALSE" else test

    def formula(self, per: PerProfile) -> str:
        """Return how it stands against the present day."""
        ahead = f"NETWORKDAYS({self.today}+1,{self.due_on},{self.holidays})"
        # On the last day itself NETWORKDAYS runs backwards and is negative, which is soon enough.
        soon = f"IF({ahead}<={per(lambda p: str(p.warn_working_days))},{self.word('due_soon')},{self.word('on_time')})"
        return f"IF({self.today}>{self.due_on},{self.word('overdue')},{soon})"


def acknowledge_formula(rules: Profile | TermPolicy, received: str, holidays: str, choice: Choice | None = None) -> str:
    """Return the formula of acknowledge_by; `received` may be `DueParts.start`, to count from a reopening."""
    return _guarded(
        received, _per_profile(rules, choice, lambda p: _workday(received, p.acknowledge_working_days, holidays))
    )


def due_formula(rules: Profile | TermPolicy, parts: DueParts, choice: Choice | None = None) -> str:
    """Return the formula of due_on; raises `SettingsError` when overrides make it longer than Excel can store."""
    return _guarded(parts.received, _per_profile(rules, choice, lambda profile: _due(profile, parts)))


def aftercare_formula(
    rules: Profile | TermPolicy, answered_on: str, own: str, holidays: str, choice: Choice | None = None
) -> str:
    """Return the formula of aftercare_by; "" until the complaint is answered in its phase, as the test `own` says."""
    counted = _per_profile(rules, choice, lambda p: _workday(answered_on, p.aftercare_working_days, holidays))
    return _guarded(answered_on, f'IF({own},{counted},"")')


def signal_formula(
    rules: Profile | TermPolicy, received: str, state: Callable[[PerProfile], str], choice: Choice | None = None
) -> str:
    """Return the formula of the signal; `state` makes it from the parts that differ by profile."""
    return _guarded(received, state(lambda build: _per_profile(rules, choice, build)))


def _guarded(received: str, formula: str) -> str:
    guarded = f'IF(N({received})=0,"",{formula})'
    if len(guarded) > _LONGEST_FORMULA:
        raise SettingsError(
            reason="terms",
            where="terms.category, terms.severity",
            problem=f"{len(guarded)} > {_LONGEST_FORMULA}",
            suggestion="[terms.category], [terms.severity] -",
        )
    return guarded


def _per_profile(rules: Profile | TermPolicy, choice: Choice | None, build: Callable[[Profile], str]) -> str:
    """Nest the formulas of a policy's profiles; those of equal outcome are written once per level."""
    if isinstance(rules, Profile):
        return build(rules)
    if choice is None:
        if rules.categories or rules.severities:
            raise ValueError("a policy with overrides needs a choice")
        return build(rules.default)

    def of_severity(severity: str | None) -> str:
        cases = {code: build(rules.for_case(code, severity)) for code in rules.categories}
        return _choose(choice.category, cases, choice.category_labels, build(rules.for_case(None, severity)))

    cases = {code: of_severity(code) for code in rules.severities}
    return _choose(choice.severity, cases, choice.severity_labels, of_severity(None))


def _choose(cell: str, cases: Mapping[str, str], labels: Mapping[str, str], otherwise: str) -> str:
    tests: dict[str, list[str]] = {}
    for code, formula in cases.items():
        if formula != otherwise:
            tests.setdefault(formula, []).append(f"{cell}={quote_text(labels[code])}")
    for formula, found in tests.items():
        test = found[0] if len(found) == 1 else f"OR({','.join(found)})"
        otherwise = f"IF({test},{formula},{otherwise})"
    return otherwise


def _due(profile: Profile, parts: DueParts) -> str:
    due = _answer_due(profile, parts)
    if profile.ground_notice is None or parts.refused is None:
        return due
    told = dataclasses.replace(profile, answer=profile.ground_notice, answer_with_committee=None)
    plain = dataclasses.replace(parts, extended_on=None)
    return f"IF({parts.refused},{_answer_due(told, plain)},{due})"


def _answer_due(profile: Profile, parts: DueParts) -> str:
    term = _Term(profile, parts)
    unextended = term.due(extended=False)
    days = [unextended]
    if parts.extended_on:
        given = f"AND(N({parts.extended_on})>={parts.start},{parts.extended_on}<={unextended})"
        days.append(f"IF({given},{term.due(extended=True)},0)")
    if parts.consent_until and profile.consent_allowed:
        days.append(_consent(profile, parts))
    return unextended if len(days) == 1 else f"MAX({','.join(days)})"


def _consent(profile: Profile, parts: DueParts) -> str:
    until = f"N({parts.consent_until})"
    if parts.consent_on is None:
        return "0" if profile.consent_needs_date else until
    given = f"N({parts.consent_on})>={parts.start}"
    if not profile.consent_needs_date:
        given = f"OR(N({parts.consent_on})=0,{given})"
    return f"IF({given},{until},0)"


@dataclass(frozen=True)
class _Term:
    """The end of a term as an expression, and the bounds of its length where the calendar does not decide it."""

    profile: Profile
    parts: DueParts

    def due(self, *, extended: bool) -> str:
        """Return the end with pauses, rolled forward where that holds."""
        start, days = self._extended(*self._answer()) if extended else self._answer()
        end = f"{start}{days}{self._paused()}"
        if not self.profile.roll_forward:
            return end
        rolled = f"WORKDAY({end}-1,1,{self._rolling()})"
        shortest, longest = self._length(extended)
        if longest <= ROLLING_LIMIT_DAYS:
            return rolled
        if shortest > ROLLING_LIMIT_DAYS:
            return end
        length = days[1:] if start == self.parts.start else f"{start}{days}-{self.parts.start}"
        return f"IF({length}<={ROLLING_LIMIT_DAYS},{rolled},{end})"

    def _answer(self) -> tuple[str, str]:
        """Return the day that the calendar days of the term are added to, and "+" those days."""
        start, committee = self.parts.start, self.parts.committee
        usual, longer = self.profile.answer, self.profile.answer_with_committee
        if not committee or longer is None:
            return self._plus(start, "", usual)
        if usual.calendar_days is not None and longer.calendar_days is not None:
            return start, f"+IF({committee},{longer.calendar_days},{usual.calendar_days})"
        ends = ("".join(self._plus(start, "", span)) for span in (longer, usual))
        return f"IF({committee},{','.join(ends)})", ""

    def _extended(self, start: str, days: str) -> tuple[str, str]:
        weeks, usual = self.parts.extended_weeks, self.profile.extension
        if weeks is None:
            return self._plus(start, days, usual)
        asked = f"7*MIN({weeks},{self.profile.extension_max_weeks})"
        if usual.calendar_days is not None:
            return start, f"{days}+IF(N({weeks})>0,{asked},{usual.calendar_days})"
        return f"IF(N({weeks})>0,{start}{days}+{asked},{''.join(self._plus(start, days, usual))})", ""

    def _plus(self, start: str, days: str, span: Span) -> tuple[str, str]:
        if span.calendar_days is not None:
            return start, f"{days}+{span.calendar_days}"
        return _workday(f"{start}{days}", span.number, self.parts.holidays), ""

    def _paused(self) -> str:
        days = self.parts.pause_days
        if self.profile.pauses == "with_consent":
            days = self.parts.consented_pause_days or days
        return f"+{days}" if days and self.profile.pauses != "ignored" else ""

    def _rolling(self) -> str:
        own_days_count = "kantoor" in self.profile.holidays
        return self.parts.holidays if own_days_count else self.parts.recognised or self.parts.holidays

    def _length(self, extended: bool) -> tuple[float, float]:
        """Return shortest and longest this term can be in days; working days can be as long as holidays make them."""
        profile = self.profile
        answers = [profile.answer, profile.answer_with_committee if self.parts.committee else None]
        shortest, longest = _bounds([span for span in answers if span])
        if not extended:
            return shortest, longest
        least, most = _bounds([profile.extension])
        if self.parts.extended_weeks:
            least, most = min(least, 7), max(most, 7 * profile.extension_max_weeks)
        return shortest + least, longest + most


def _bounds(spans: list[Span]) -> tuple[float, float]:
    lengths = [span.calendar_days for span in spans]
    known = [days for days in lengths if days is not None]
    shortest = min(known) if len(known) == len(spans) else 0
    return shortest, max(known) if len(known) == len(spans) else float("inf")


def _workday(day: str, n: int, holidays: str) -> str:
    return f"WORKDAY({day},{n},{holidays})" if n else day
