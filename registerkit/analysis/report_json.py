"""The report as one JSON document, in the shape that scripts rely on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from pathlib import PurePath
from typing import Any

from registerkit.analysis.comparison import Comparison
from registerkit.analysis.figures import Figures, figure_kinds
from registerkit.analysis.period import Period
from registerkit.analysis.watch import Signal

__all__ = ["report_json"]


def report_json(told: Comparison, files: Iterable[PurePath | str]) -> dict[str, Any]:
    """Return the document; `files` relative to the project folder, money in euros, shares 0..1 or None."""
    return {
        "period": _period(told.period),
        "figures": _figures(told.figures) | {"signals": [_signal(each) for each in told.watch.signals]},
        "previous": {"period": _period(told.previous_period), "figures": _figures(told.previous)},
        "year_ago": {"period": _period(told.year_ago_period), "figures": _figures(told.year_ago)},
        "files": [file.as_posix() if isinstance(file, PurePath) else file for file in files],
    }


def _period(period: Period) -> dict[str, str]:
    return {"label": period.label, "from": period.first.isoformat(), "until": period.last.isoformat()}


def _figures(told: Figures) -> dict[str, Any]:
    """Return every figure that is declared for it; counts as they are, money in euros."""
    kinds = dict(figure_kinds(key=False))
    found = {each.name: getattr(told, each.name) for each in fields(told) if each.metadata["json"]}
    return {
        **{name: _euros(value) if kinds.get(name) == "euro" else _plain(value) for name, value in found.items()},
        "founded_share": told.closings.founded_share,
        "unfounded_share": told.closings.unfounded_share,
        "recurring": [{"label": r.label, "n": r.n} for r in told.recurring],
    }


def _plain(value: Any) -> Any:
    return dict(value) if isinstance(value, dict) else value


def _euros(cents: int | None) -> float | None:
    return None if cents is None else round(cents / 100, 2)


def _signal(signal: Signal) -> dict[str, Any]:
    """Return what a rule says; `called` tells what stands on the first page of the report."""
    series = ": ".join(part for part in (signal.series.role or "received", signal.series.label) if part)
    at = signal.at.label
    return {"series": series, "rule": signal.rule, "at": at, "value": signal.value, "called": signal.called}
