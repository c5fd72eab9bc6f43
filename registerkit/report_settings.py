"""What `register.toml` says of the reports: `[report]`, and the `[volumes]` that complaints are set against."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from registerkit.faults import Faults
from registerkit.setting_kinds import shown_value

__all__ = ["ReportSettings", "check_volumes", "report_settings"]

_UNIT = "unit"
_OF_PERIOD = re.compile(r"\d{4}(-(0[1-9]|1[0-2])|-Q[1-4])?")


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
