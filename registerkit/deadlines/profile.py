"""Term profiles: the settings by which terms are counted, from the shipped data and `[terms]` of register.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any, Literal

from registerkit.deadlines.span import Span, parse_span
from registerkit.errors import SettingsError
from registerkit.setting_kinds import PROFILES

__all__ = ["PROFILE_NAMES", "PauseRule", "Profile", "TermPolicy", "load_profile", "profile_sources"]

PauseRule = Literal["moves", "ignored", "with_consent"]
PROFILE_NAMES = PROFILES

_ORIGINS = ("wet", "besluit", "kantoor")
_HOLIDAY_CODES = (
    "new_year",
    "good_friday",
    "easter_monday",
    "kings_day",
    "liberation_day",
    "ascension_day",
    "whit_monday",
    "christmas_day",
    "second_christmas_day",
    "decree",
)
_SPAN_EXAMPLES = '"4 weken" (4 weeks), "14 dagen" (14 days), "20 werkdagen" (20 working days)'


@dataclass(frozen=True)
class Profile:
    """How terms are counted for a complaint; each setting's source stands in `profiles.toml`.

    `acknowledge_working_days` 0 means at once. `holidays` names the origins whose days a term rolls past;
    working days skip every holiday in use. `ordinary_days` are the holidays seeded as not in use.
    """

    name: str
    acknowledge_working_days: int
    answer: Span
    answer_with_committee: Span | None
    extension: Span
    extension_max_weeks: int
    extension_needs_notice: bool
    consent_allowed: bool
    consent_needs_date: bool
    pauses: PauseRule
    roll_forward: bool
    reopen_window_days: int
    ground_notice: Span | None
    holidays: tuple[str, ...]
    ordinary_days: tuple[str, ...]
    warn_working_days: int = 5
    aftercare_working_days: int = 10
    days_until_next_run: int = 7

    def answer_span(self, committee: bool) -> Span:
        """Return the term to answer; with a complaints committee the longer one, where the profile has it."""
        return self.answer_with_committee if committee and self.answer_with_committee else self.answer


@dataclass(frozen=True)
class TermPolicy:
    """The profile of a register, and those of the categories and severities that differ from it.

    `profiles` holds a profile for each pair of a category and a severity with an override, or None.
    """

    default: Profile
    categories: tuple[str, ...]
    severities: tuple[str, ...]
    profiles: Mapping[tuple[str | None, str | None], Profile]

    def for_case(self, category: str | None, severity: str | None) -> Profile:
        """Return the profile of a complaint: first the category's settings, then the severity's, which win."""
        return self.profiles[
            category if category in self.categories else None, severity if severity in self.severities else None
        ]

    def check_codes(self, categories: Collection[str], severities: Collection[str]) -> None:
        """Raise `SettingsError` when an override names a category or severity that the lists do not hold."""
        for by, codes, known in (
            ("category", self.categories, categories),
            ("severity", self.severities, severities),
        ):
            for code in codes:
                if code not in known:
                    near = get_close_matches(code, known, n=1) or known
                    raise _error(f"terms.{by}.{code}", code, ", ".join(near))


def load_profile(terms: Mapping[str, Any]) -> TermPolicy:
    """Read the `[terms]` table of register.toml; raises `SettingsError` (reason "terms") naming the key.

    A `profile` named by a category or severity starts afresh from that profile; only the office's own warning,
    aftercare and batch-run settings (the `[common]` ones) carry over.
    """
    office = _read_layer(terms, "terms")
    by_category = _read_overrides(terms, "category")
    by_severity = _read_overrides(terms, "severity")
    profiles: dict[tuple[str | None, str | None], Profile] = {}
    for category, severity in product((None, *by_category), (None, *by_severity)):
        layers = [office, by_category.get(category or ""), by_severity.get(severity or "")]
        profiles[category, severity] = _build([layer for layer in layers if layer])
    return TermPolicy(profiles[None, None], tuple(by_category), tuple(by_severity), profiles)


def profile_sources(name: str) -> dict[str, str]:
    """Return for each setting of a profile where its value comes from: the law article, branch terms or own choice."""
    return {key: entry["source"] for key, entry in _shipped()[name].items()}


@dataclass(frozen=True)
class _Layer:
    """The settings of one table in register.toml, parsed."""

    where: str
    profile: str | None
    settings: Mapping[str, Any]


class _MisfitError(ValueError):
    """A value that does not fit its setting; carries what would."""


def _read_overrides(terms: Mapping[str, Any], by: str) -> dict[str, _Layer]:
    where = f"terms.{by}"
    return {code: _read_layer(table, f"{where}.{code}") for code, table in _table(terms.get(by, {}), where).items()}


def _read_layer(table: Any, where: str) -> _Layer:
    settings: dict[str, Any] = {}
    profile = None
    for key, value in _table(table, where).items():
        if where == "terms" and key in ("category", "severity"):
            continue
        if key == "profile":
            profile = _checked(_one_of(PROFILE_NAMES), value, f"{where}.profile")
        elif key in _PARSERS:
            settings[key] = _checked(_PARSERS[key], value, f"{where}.{key}")
        else:
            near = get_close_matches(key, ("profile", *_PARSERS), n=1) or ["profile", *_PARSERS]
            raise _error(f"{where}.{key}", key, ", ".join(near))
    return _Layer(where, profile, settings)


def _build(layers: list[_Layer]) -> Profile:
    office = layers[0]
    name = office.profile or "eigen"
    settings = {**_parsed(name), **office.settings}
    for layer in layers[1:]:
        if layer.profile:
            name = layer.profile
            carried = {key: value for key, value in office.settings.items() if key in _common()}
            settings = _parsed(name) | carried
        settings = {**settings, **layer.settings}
    profile = Profile(name=name, **settings)
    if profile.extension.about_weeks > profile.extension_max_weeks:
        problem = f"extension > extension_max_weeks = {profile.extension_max_weeks}"
        raise _error(f"{layers[-1].where}.extension", problem, f"<= {profile.extension_max_weeks} weeks")
    return profile


def _table(value: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise _error(where, repr(value), f"[{where}]")
    return value


def _checked(parse: Callable[[Any], Any], value: Any, where: str) -> Any:
    try:
        return parse(value)
    except _MisfitError as misfit:
        raise _error(where, repr(value), str(misfit)) from None


def _error(where: str, problem: str, suggestion: str) -> SettingsError:
    return SettingsError(reason="terms", where=where, problem=problem, suggestion=suggestion)


def _one_of(choices: tuple[str, ...]) -> Callable[[Any], str]:
    def parse(value: Any) -> str:
        if value in choices:
            return str(value)
        near = get_close_matches(str(value), choices, n=1)
        raise _MisfitError(", ".join(f'"{choice}"' for choice in near or choices))

    return parse


def _some_of(choices: tuple[str, ...]) -> Callable[[Any], tuple[str, ...]]:
    one = _one_of(choices)

    def parse(value: Any) -> tuple[str, ...]:
        if not isinstance(value, list | tuple):
            raise _MisfitError(f"[{', '.join(choices)}]")
        return tuple(one(item) for item in value)

    return parse


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 3650:
        raise _MisfitError("0, 1, 2, 3 ...")
    return value


def _switch(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _MisfitError("true, false")
    return value


def _span(value: Any) -> Span:
    try:
        return parse_span(value)
    except (ValueError, AttributeError):
        raise _MisfitError(_SPAN_EXAMPLES) from None


def _term(value: Any) -> Span:
    """Read a span that is not over as soon as it begins."""
    span = _span(value)
    if not span.number:
        raise _MisfitError(_SPAN_EXAMPLES)
    return span


def _span_or_none(value: Any) -> Span | None:
    if value in ("none", "geen"):
        return None
    try:
        return _span(value)
    except _MisfitError as misfit:
        raise _MisfitError(f'{misfit}, "none"') from None


_PARSERS: dict[str, Callable[[Any], Any]] = {
    "acknowledge_working_days": _whole,
    "answer": _term,
    "answer_with_committee": _span_or_none,
    "extension": _span,
    "extension_max_weeks": _whole,
    "extension_needs_notice": _switch,
    "consent_allowed": _switch,
    "consent_needs_date": _switch,
    "pauses": _one_of(("moves", "ignored", "with_consent")),
    "roll_forward": _switch,
    "reopen_window_days": _whole,
    "ground_notice": _span_or_none,
    "holidays": _some_of(_ORIGINS),
    "ordinary_days": _some_of(_HOLIDAY_CODES),
    "warn_working_days": _whole,
    "aftercare_working_days": _whole,
    "days_until_next_run": _whole,
}


@cache
def _data() -> dict[str, Any]:
    text = files(__package__).joinpath("profiles.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _common() -> dict[str, Any]:
    common: dict[str, Any] = _data()["common"]
    return common


def _shipped() -> dict[str, dict[str, Any]]:
    return {name: _common() | _data()[name] for name in PROFILE_NAMES}


@cache
def _parsed(name: str) -> dict[str, Any]:
    return {key: _PARSERS[key](entry["value"]) for key, entry in _shipped()[name].items()}
