"""What `register.toml` says of the reports: `[report]`, and the `[volumes]` that complaints are set against.

On the office's own sheet the volumes of a year are one text: `11800`, or `11800; kw1 2900; okt 1040`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from registerkit.faults import Faults
from registerkit.setting_kinds import shown_value

__all__ = ["ReportSettings", "check_volumes", "report_settings", "volume_text", "volumes_in"]

_UNIT = "unit"
_OF_PERIOD = re.compile(r"\d{4}(-(0[1-9]|1[0-2])|-Q[1-4])?")
_MONTHS = {
    "nl": ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"),
    "en": ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
}
_QUARTER = {"nl": "kw", "en": "Q"}
_BEGINNINGS = {name: n for names in _MONTHS.values() for n, name in enumerate(names, 1)} | {"maa": 3}
_AMOUNT = r"\d{1,12}|\d{1,3}(?:[.,' \u00a0]\d{3}){1,3}"
_PART = re.compile(
    rf"(?:(?P<label>[^\W\d][^\d:=]*?\s?[1-4]|[^\W\d]+\.?|\d{{4}}-\w\w)(?:\s*[:=]\s*|\s+))?(?P<amount>{_AMOUNT})"
)
_OF_QUARTER = re.compile(r"(?:kw|kwartaal|quarter|q|k)\.?\s?([1-4])")


@dataclass(frozen=True)
class ReportSettings:
    """What an office wants of its reports."""

    durations: tuple[int, ...] = (21, 42, 70)
    """The bounds, in calendar days, by which closed complaints are grouped: three, six and ten weeks."""
    in_time_target: int | None = None
    """The part of the answers, in percent, that should be in time."""
    per_handler: bool = False
    """Whether the report tells what each handler has; a works council has a say in that."""
    unit: str | None = None
    """What complaints are set against, such as orders or inhabitants: the word for many."""
    volumes: Mapping[str, int] = field(default_factory=dict)
    """How many of those there were, by the label of a year, quarter or month."""


def report_settings(told: Mapping[str, Any], volumes: Mapping[str, Any]) -> ReportSettings:
    """Return what both sections say, with defaults for what they leave out."""
    bounds = {"durations": tuple(told["durations"])} if "durations" in told else {}
    by_period = {label: amount for label, amount in volumes.items() if label != _UNIT}
    return ReportSettings(**{**told, **bounds}, unit=volumes.get(_UNIT), volumes=by_period)


def check_volumes(bodies: Iterable[Mapping[str, Any]], faults: Faults) -> None:
    """Note a volume that is of no year, quarter or month, and volumes of nobody knows what."""
    for body in bodies:
        labels = [label for label in body if label != _UNIT]
        for label in labels:
            if not _OF_PERIOD.fullmatch(label):
                shown = shown_value(label)
                faults.add("period_label", f"volumes.{shown}", value=shown, known="2026, 2026-Q3, 2026-10")
        if labels and not str(body.get(_UNIT, "")).strip():
            faults.add("missing_key", "volumes", key=_UNIT)


def volumes_in(year: str, text: str) -> dict[str, int] | None:
    """Return the volumes that a text says of a year, by the label of the period; None when it cannot be understood."""
    found: dict[str, int] = {}
    for part in filter(None, (part.strip() for part in re.split(r"[;\n]|,\s", text))):
        match = _PART.fullmatch(part)
        label = _label(year, match["label"]) if match else None
        if match is None or label is None or label in found:
            return None
        found[label] = int(re.sub(r"\D", "", match["amount"]))
    return found or None


def _label(year: str, said: str | None) -> str | None:
    """Return the label of the whole year, a quarter or a month of it."""
    if said is None:
        return year
    folded = said.casefold().rstrip(".")
    if quarter := _OF_QUARTER.fullmatch(folded):
        return f"{year}-Q{quarter[1]}"
    if month := _BEGINNINGS.get(folded[:3]) if folded.isalpha() else None:
        return f"{year}-{month:02}"
    upper = said.upper()
    return upper if upper.startswith(f"{year}-") and _OF_PERIOD.fullmatch(upper) else None


def volume_text(year: str, volumes: Mapping[str, int], language: str) -> str | None:
    """Return the volumes of a year as one text that `volumes_in` understands; None when there are none."""
    labels = [year, *(f"{year}-Q{n}" for n in range(1, 5)), *(f"{year}-{n:02}" for n in range(1, 13))]
    parts = [f"{_shown(label, language)} {volumes[label]}".strip() for label in labels if label in volumes]
    return "; ".join(parts) or None


def _shown(label: str, language: str) -> str:
    part = label.partition("-")[2]
    if not part:
        return ""
    return f"{_QUARTER[language]}{part[1]}" if part[0] == "Q" else _MONTHS[language][int(part) - 1]
